/** The committed model, read once when it is first needed. The only file of the guards that touches the disk. */
import { readFileSync } from 'node:fs';
import { encoderOf } from './encoder/encoder.ts';
import type { Encoder } from './encoder/encoder.ts';

const FILE = new URL('./model/guards.bin', import.meta.url);

let loaded: Encoder | undefined;

/** The guards' own encoder; the first call loads it (tens of megabytes of memory), the others are free. */
export function guardsModel(): Encoder {
  loaded ??= encoderOf(readFileSync(FILE));
  return loaded;
}
