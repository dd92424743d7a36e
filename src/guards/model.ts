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

function load(): Loaded {
  const { bytes, digest } = modelFile();
  return { encoder: encoderOf(bytes), digest };
}

/** The guards' own encoder; the first call loads it (tens of megabytes of memory), the others are free. */
export function guardsModel(): Encoder {
  loaded ??= load();
  return loaded.encoder;
}

/**
 * The model's version, and eight digits that change with its weights or with the limits from which a chance becomes a finding.
 * @param limits the limits, as they are used
 */
export function modelEdition(limits: unknown): string {
  loaded ??= load();
  const read = createHash('sha256')
    .update(`${loaded.digest} ${JSON.stringify(limits)}`)
    .digest('hex');
  return `${loaded.encoder.header.version}.${read.slice(0, 8)}`;
}
