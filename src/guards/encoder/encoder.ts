/**
 * A small transformer encoder: a line of text becomes the chance that it should be flagged and a chance for each code.
 * It reads the whole line, so that who is asked about whom counts and not one word alone.
 */
import { LARGEST, fastKernel, plainKernel } from './kernel.ts';
import type { Kernel, Product } from './kernel.ts';
import { readWeights } from './weights.ts';
import type { Header, Weights } from './weights.ts';
import { pieceIds } from './wordpiece.ts';

/** The chances (0 to 1) read off one line, by the labels of the two heads. */
export interface Reading {
  readonly flags: Readonly<Record<string, number>>;
  readonly codes: Readonly<Record<string, number>>;
}

/** A loaded model. `read` is pure; equal lines give equal readings. */
export interface Encoder {
  readonly header: Header;
  /** Whether `read` sees all of a line: of a longer one it sees the beginning only. */
  fits(text: string): boolean;
  read(text: string): Reading;
}

type Matrix = Pick<Product, 'weights' | 'weightScales' | 'bias' | 'inner' | 'outer'>;
interface Norm {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}
interface Layer {
  readonly mixing: Matrix;
  readonly out: Matrix;
  readonly afterMixing: Norm;
  readonly wide: Matrix;
  readonly narrow: Matrix;
  readonly afterNarrow: Norm;
}

const EPSILON = 1e-12;
const MATRICES = ['mixing', 'out', 'wide', 'narrow'] as const;

/** The error function, to seven places (a rational approximation). */
function erf(value: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(value));
  const tail =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const result = 1 - tail * Math.exp(-value * value);
  return value < 0 ? -result : result;
}

/** The layers' bend, x·Φ(x), in steps of 1/512 from -BENT to BENT; beyond, it is nought or x itself. */
const BENT = 8;
const STEPS = 512;
const BENDS = Float32Array.from({ length: 2 * BENT * STEPS + 2 }, (_, index) => {
  const x = index / STEPS - BENT;
  return 0.5 * x * (1 + erf(x * Math.SQRT1_2));
});

/** Bends all values in place; between two steps in a straight line, which is right to six places. */
function bend(values: Float32Array): void {
  for (let k = 0; k < values.length; k += 1) {
    const value = values[k] ?? 0;
    if (value >= BENT) continue;
    const place = value <= -BENT ? 0 : (value + BENT) * STEPS;
    const below = Math.trunc(place);
    const low = BENDS[below] ?? 0;
    values[k] = low + ((BENDS[below + 1] ?? 0) - low) * (place - below);
  }
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Scales each row to mean nought and variance one, in place. */
function normalise(rows: Float32Array, count: number, width: number, norm: Norm): void {
  for (let row = 0; row < count; row += 1) {
    const values = rows.subarray(row * width, (row + 1) * width);
    let mean = 0;
    for (const value of values) mean += value;
    mean /= width;
    let spread = 0;
    for (const value of values) spread += (value - mean) ** 2;
    const scale = 1 / Math.sqrt(spread / width + EPSILON);
    for (let k = 0; k < width; k += 1)
      values[k] = ((values[k] ?? 0) - mean) * scale * (norm.scale[k] ?? 0) + (norm.shift[k] ?? 0);
  }
}

/** Each head's softmax-weighted mean of the values; `mixed` rows hold queries, keys and values side by side. */
function attend(
  mixed: Float32Array,
  result: Float32Array,
  count: number,
  width: number,
  heads: number,
): void {
  const size = width / heads;
  const scale = 1 / Math.sqrt(size);
  const chances = new Float64Array(count);
  for (let head = 0; head < heads; head += 1) {
    for (let row = 0; row < count; row += 1) {
      const query = row * 3 * width + head * size;
      let sum = 0;
      let top = -Infinity;
      for (let other = 0; other < count; other += 1) {
        const key = other * 3 * width + width + head * size;
        let score = 0;
        for (let k = 0; k < size; k += 1) score += (mixed[query + k] ?? 0) * (mixed[key + k] ?? 0);
        chances[other] = score * scale;
        top = Math.max(top, score * scale);
      }
      for (let other = 0; other < count; other += 1) {
        const chance = Math.exp((chances[other] ?? 0) - top);
        chances[other] = chance;
        sum += chance;
      }
      const to = row * width + head * size;
      result.fill(0, to, to + size);
      for (let other = 0; other < count; other += 1) {
        const share = (chances[other] ?? 0) / sum;
        const value = other * 3 * width + 2 * width + head * size;
        for (let k = 0; k < size; k += 1)
          result[to + k] = (result[to + k] ?? 0) + share * (mixed[value + k] ?? 0);
      }
    }
  }
}

/** Where everything lies in the kernel's memory, in floats (the packed rows: in 16-bit numbers). */
interface Layout {
  readonly kernel: Kernel;
  readonly floats: Float32Array;
  readonly whole: Int16Array;
  readonly layers: readonly Layer[];
  readonly hidden: number;
  readonly mixed: number;
  readonly side: number;
  readonly middle: number;
  readonly packed: number;
  readonly scales: number;
}

function vector(weights: Weights, name: string): Float32Array {
  const { columns } = weights.size(name);
  const values = new Float32Array(columns);
  weights.row(name, 0, values, 0);
  return values;
}

const norm = (weights: Weights, name: string): Norm => ({
  scale: vector(weights, `${name}.scale`),
  shift: vector(weights, `${name}.shift`),
});

/** Rounds one row of floats to whole numbers up to LARGEST; gives the scale back. */
function pack(from: Float32Array, offset: number, count: number, into: Int16Array, at: number): number {
  let top = 0;
  for (let k = 0; k < count; k += 1) top = Math.max(top, Math.abs(from[offset + k] ?? 0));
  const scale = top === 0 ? 1 : top / LARGEST;
  const times = 1 / scale;
  for (let k = 0; k < count; k += 1) into[at + k] = Math.round((from[offset + k] ?? 0) * times);
  return scale;
}

/** Packs the model's matrices one behind the other into the kernel's memory, from float `free` on. */
function matrices(weights: Weights, kernel: Kernel, start: number): (name: string) => Matrix {
  const floats = new Float32Array(kernel.memory.buffer);
  const whole = new Int16Array(kernel.memory.buffer);
  let free = start;
  return (name) => {
    const { rows, columns } = weights.size(name);
    const values = new Float32Array(columns);
    const scales = free + (rows * columns) / 2;
    for (let row = 0; row < rows; row += 1) {
      weights.row(name, row, values, 0);
      floats[scales + row] = pack(values, 0, columns, whole, 2 * free + row * columns);
    }
    const bias = scales + rows;
    weights.row(`${name}.bias`, 0, floats, bias);
    const made = { weights: 4 * free, weightScales: 4 * scales, bias: 4 * bias, inner: columns, outer: rows };
    free = bias + rows;
    return made;
  };
}

function layOut(weights: Weights, makeKernel: (bytes: number) => Kernel | null): Layout {
  const { layers, width, middle, most } = weights.header;
  const rows = Math.ceil(most / 4) * 4;
  const sizes = [width, 3 * width, width, middle, middle / 2, 1].map((size) => size * rows);
  const [mixed, side, wide, packed, scales, free] = sizes.map((_, index) =>
    sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0),
  ) as [number, number, number, number, number, number];
  const each = MATRICES.map((name) => weights.size(`0.${name}`));
  const perLayer = each.reduce((sum, size) => sum + size.rows * (size.columns / 2 + 2), 0);
  const bytes = 4 * (free + layers * perLayer);
  const kernel = makeKernel(bytes) ?? plainKernel(bytes);
  const matrix = matrices(weights, kernel, free);
  const layer = (index: number): Layer => ({
    mixing: matrix(`${index}.mixing`),
    out: matrix(`${index}.out`),
    afterMixing: norm(weights, `${index}.afterMixing`),
    wide: matrix(`${index}.wide`),
    narrow: matrix(`${index}.narrow`),
    afterNarrow: norm(weights, `${index}.afterNarrow`),
  });
  return {
    kernel,
    floats: new Float32Array(kernel.memory.buffer),
    whole: new Int16Array(kernel.memory.buffer),
    layers: Array.from({ length: layers }, (_, index) => layer(index)),
    ...{ hidden: 0, mixed, side, middle: wide, packed, scales },
  };
}

/** One layer, in place on the hidden rows. */
function run(layer: Layer, place: Layout, count: number, header: Header): void {
  const { kernel, floats, whole, hidden, mixed, side, middle, packed, scales } = place;
  const { width, heads } = header;
  const rows = Math.ceil(count / 4) * 4;
  const apply = (matrix: Matrix, from: number, to: number) => {
    const { inner } = matrix;
    for (let row = 0; row < rows; row += 1)
      floats[scales + row] = pack(floats, from + row * inner, inner, whole, 2 * packed + row * inner);
    kernel.multiply({ ...matrix, x: 4 * packed, xScales: 4 * scales, y: 4 * to, rows });
  };
  const rowsAt = (at: number, size: number) => floats.subarray(at, at + count * size);
  const add = () => {
    const base = rowsAt(hidden, width);
    const more = rowsAt(mixed, width);
    for (let k = 0; k < base.length; k += 1) base[k] = (base[k] ?? 0) + (more[k] ?? 0);
  };
  apply(layer.mixing, hidden, mixed);
  attend(rowsAt(mixed, 3 * width), rowsAt(side, width), count, width, heads);
  apply(layer.out, side, mixed);
  add();
  normalise(rowsAt(hidden, width), count, width, layer.afterMixing);
  apply(layer.wide, hidden, middle);
  bend(rowsAt(middle, layer.wide.outer));
  apply(layer.narrow, middle, mixed);
  add();
  normalise(rowsAt(hidden, width), count, width, layer.afterNarrow);
}

/** The mean of the last layer's rows. */
function meaning(place: Layout, weights: Weights, first: Norm, ids: readonly number[]): Float32Array {
  const { width } = weights.header;
  const { floats, hidden } = place;
  const position = new Float32Array(width);
  ids.forEach((id, row) => {
    const at = hidden + row * width;
    weights.row('pieces', id, floats, at);
    weights.row('places', row, position, 0);
    for (let k = 0; k < width; k += 1) floats[at + k] = (floats[at + k] ?? 0) + (position[k] ?? 0);
  });
  normalise(floats.subarray(hidden, hidden + ids.length * width), ids.length, width, first);
  for (const layer of place.layers) run(layer, place, ids.length, weights.header);
  const mean = new Float32Array(width);
  for (let row = 0; row < ids.length; row += 1)
    for (let k = 0; k < width; k += 1)
      mean[k] = (mean[k] ?? 0) + (floats[hidden + row * width + k] ?? 0) / ids.length;
  return mean;
}

function headOf(weights: Weights, name: string, labels: readonly string[]) {
  const bias = vector(weights, `${name}.bias`);
  const rows = labels.map((_, index) => {
    const row = new Float32Array(weights.header.width);
    weights.row(name, index, row, 0);
    return row;
  });
  return (mean: Float32Array): Record<string, number> =>
    Object.fromEntries(
      labels.map((label, index) => {
        let sum = bias[index] ?? 0;
        rows[index]?.forEach((weight, k) => (sum += weight * (mean[k] ?? 0)));
        return [label, sigmoid(sum)];
      }),
    );
}

/** Builds the encoder from the bytes of a model file. Takes some fifty milliseconds; keep it. */
export function encoderOf(
  bytes: Uint8Array,
  makeKernel: (bytes: number) => Kernel | null = fastKernel,
): Encoder {
  const weights = readWeights(bytes);
  const { header } = weights;
  const vocabulary = new Map(header.pieces.map((piece, id) => [piece, id]));
  const place = layOut(weights, makeKernel);
  const first = norm(weights, 'first');
  const flags = headOf(weights, 'flags', header.flags);
  const codes = headOf(weights, 'codes', header.codes);
  return {
    header,
    fits: (text) => pieceIds(text, vocabulary, header.most + 1).length <= header.most,
    read(text) {
      const mean = meaning(place, weights, first, pieceIds(text, vocabulary, header.most));
      return { flags: flags(mean), codes: codes(mean) };
    },
  };
}
