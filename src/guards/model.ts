/** The committed model, read and checked once when it is first needed. */
import { encoderOf } from './encoder/encoder.ts';
import type { Encoder } from './encoder/encoder.ts';
import { modelBytes } from './model-file.ts';

let loaded: Encoder | undefined;

/** The guards' own encoder; the first call loads it (tens of megabytes of memory), the others are free. */
export function guardsModel(): Encoder {
  loaded ??= encoderOf(modelBytes());
  return loaded;
}
