/** The committed model, read and checked once when it is first needed. */
import { createHash } from 'node:crypto';
import { encoderOf } from './encoder/encoder.ts';
import type { Encoder } from './encoder/encoder.ts';
import { modelFile } from './model-file.ts';

/** The model ready to read, and the digest of its file. */
interface Loaded {
  readonly encoder: Encoder;
  readonly digest: string;
}

let loaded: Loaded | undefined;

function read(): Loaded {
  const { bytes, digest } = modelFile();
  return { encoder: encoderOf(bytes), digest };
}

const model = (): Loaded => (loaded ??= read());

/** The guards' own encoder; the first call loads it (tens of megabytes of memory), the others are free. */
export const guardsModel = (): Encoder => model().encoder;

/**
 * The model's version, and eight digits that change with its weights or with the limits from which a chance becomes a finding.
 * @param limits the limits, as they are used
 */
export function modelEdition(limits: unknown): string {
  const { encoder, digest } = model();
  const both = createHash('sha256')
    .update(`${digest} ${JSON.stringify(limits)}`)
    .digest('hex');
  return `${encoder.header.version}.${both.slice(0, 8)}`;
}
