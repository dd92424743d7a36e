/**
 * The file the encoder's weights come in: `PHG1`, the length of a JSON header, the header, then the numbers. Matrices
 * are whole numbers of four or eight bits with one scale per row (or per group of a row); the rest is 32-bit floats.
 */

/** One named block of numbers: `bits` 32 for floats, 8 or 4 for scaled whole numbers in groups of `group`. */
interface Entry {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly bits: 4 | 8 | 32;
  readonly group: number;
  readonly at: number;
}

/** What the header says: sizes, the labels of the two heads, the pieces of the vocabulary in order of their ids. */
export interface Header {
  readonly version: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly middle: number;
  readonly most: number;
  readonly flags: readonly string[];
  readonly codes: readonly string[];
  readonly pieces: readonly string[];
  readonly entries: readonly Entry[];
}

/** A model file taken apart; `row` copies one row of a block as floats into `into`. */
export interface Weights {
  readonly header: Header;
  size(name: string): { readonly rows: number; readonly columns: number };
  row(name: string, index: number, into: Float32Array, offset: number): void;
}

const MAGIC = 'PHG1';

/** Takes apart a model file; refuses bytes that are none. Pure. */
export function readWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC)
    throw new TypeError('not a model of the guards: train it again with scripts/guards/train.py');
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header;
  const start = 8 + length;
  const byName = new Map(header.entries.map((entry) => [entry.name, entry]));
  const entryOf = (name: string): Entry => {
    const entry = byName.get(name);
    if (entry === undefined) throw new RangeError(`the model lacks ${name}`);
    return entry;
  };
  return {
    header,
    size: entryOf,
    row: (name, index, into, offset) => readRow(view, start, entryOf(name), index, into, offset),
  };
}

/** Scales first (32-bit floats, row by row), then the whole numbers, low half of a byte before the high one. */
function readRow(
  view: DataView,
  start: number,
  entry: Entry,
  index: number,
  into: Float32Array,
  offset: number,
): void {
  const { rows, columns, bits, group } = entry;
  const base = start + entry.at;
  if (bits === 32) {
    for (let k = 0; k < columns; k += 1)
      into[offset + k] = view.getFloat32(base + 4 * (index * columns + k), true);
    return;
  }
  const groups = columns / group;
  const numbers = base + 4 * rows * groups;
  for (let k = 0; k < columns; k += 1) {
    const place = index * columns + k;
    const scale = view.getFloat32(base + 4 * (index * groups + Math.floor(k / group)), true);
    into[offset + k] = scale * (bits === 8 ? view.getInt8(numbers + place) : half(view, numbers, place));
  }
}

function half(view: DataView, numbers: number, place: number): number {
  const byte = view.getUint8(numbers + (place >> 1));
  return ((place & 1) === 0 ? byte & 15 : byte >> 4) - 8;
}
