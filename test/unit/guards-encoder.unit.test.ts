import { describe, expect, it } from 'vitest';
import { LARGEST, fastKernel, plainKernel } from '../../src/guards/encoder/kernel.ts';
import type { Kernel } from '../../src/guards/encoder/kernel.ts';
import { readWeights } from '../../src/guards/encoder/weights.ts';
import { pieceIds } from '../../src/guards/encoder/wordpiece.ts';

/** A small repeatable stream of numbers between -1 and 1. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * 2 - 1;
  };
}

const ROWS = 8;
const INNER = 24;
const OUTER = 6;
const X_SCALES = 2 * ROWS * INNER;
const WEIGHTS = X_SCALES + 4 * ROWS;
const W_SCALES = WEIGHTS + 2 * OUTER * INNER;
const BIAS = W_SCALES + 4 * OUTER;
const Y = BIAS + 4 * OUTER;

function product(kernel: Kernel, largest: number): Float32Array {
  const next = stream(7);
  const whole = new Int16Array(kernel.memory.buffer);
  const floats = new Float32Array(kernel.memory.buffer);
  for (let k = 0; k < ROWS * INNER; k += 1) whole[k] = Math.round(next() * largest);
  for (let k = 0; k < OUTER * INNER; k += 1) whole[WEIGHTS / 2 + k] = Math.round(next() * largest);
  for (let k = 0; k < ROWS; k += 1) floats[X_SCALES / 4 + k] = next();
  for (let k = 0; k < 2 * OUTER; k += 1) floats[W_SCALES / 4 + k] = next();
  kernel.multiply({
    ...{ x: 0, xScales: X_SCALES, weights: WEIGHTS, weightScales: W_SCALES, bias: BIAS, y: Y },
    ...{ rows: ROWS, inner: INNER, outer: OUTER },
  });
  return floats.slice(Y / 4, Y / 4 + ROWS * OUTER);
}

describe('the kernel', () => {
  it.each([10, LARGEST])('multiplies as the plain loop does, with numbers up to %i', (largest) => {
    const fast = fastKernel(Y + 4 * ROWS * OUTER);
    expect(fast).not.toBeNull();
    const wanted = product(plainKernel(Y + 4 * ROWS * OUTER), largest);
    const found = product(fast as Kernel, largest);
    expect(found).toHaveLength(wanted.length);
    found.forEach((value, index) => expect(value / (wanted[index] ?? 0)).toBeCloseTo(1, 5));
    expect(new Set(found).size).toBeGreaterThan(ROWS * OUTER - 3);
  });
});

describe('word pieces', () => {
  const vocabulary = new Map(
    ['[UNK]', '[CLS]', '[SEP]', 'un', '##hur', '##ried', 'cafe', '?', '’'].map((piece, id) => [piece, id]),
  );
  it.each([
    ['Unhurried?', [1, 3, 4, 5, 7, 2]],
    ['CAFÉ', [1, 6, 2]],
    ['xylophone cafe', [1, 0, 6, 2]],
    ['', [1, 2]],
  ])('of %j', (text, wanted) => {
    expect(pieceIds(text, vocabulary, 10)).toStrictEqual(wanted);
  });
  it('keep the end mark when the line is too long', () => {
    expect(pieceIds('cafe cafe cafe cafe', vocabulary, 4)).toStrictEqual([1, 6, 6, 2]);
  });
});

describe('a model file', () => {
  it('refuses bytes that are none', () => {
    expect(() => readWeights(new Uint8Array(16))).toThrow('not a model of the guards');
  });
  it('gives back rows of four bits, eight bits and floats', () => {
    const entries = [
      { name: 'four', rows: 1, columns: 4, bits: 4, group: 2, at: 0 },
      { name: 'eight', rows: 1, columns: 2, bits: 8, group: 2, at: 12 },
      { name: 'floats', rows: 1, columns: 1, bits: 32, group: 1, at: 20 },
    ];
    const text = JSON.stringify({ entries }).padEnd(300);
    const bytes = new Uint8Array(8 + text.length + 24);
    bytes.set(new TextEncoder().encode(`PHG1`));
    const view = new DataView(bytes.buffer);
    view.setUint32(4, text.length, true);
    bytes.set(new TextEncoder().encode(text), 8);
    const at = 8 + text.length;
    view.setFloat32(at, 0.5, true);
    view.setFloat32(at + 4, 2, true);
    view.setUint8(at + 8, 0x0f);
    view.setUint8(at + 9, 0x98);
    view.setFloat32(at + 12, 0.25, true);
    view.setInt8(at + 16, -8);
    view.setInt8(at + 17, 4);
    view.setFloat32(at + 20, 1.5, true);
    const weights = readWeights(bytes);
    const row = (name: string, columns: number): number[] => {
      const into = new Float32Array(columns);
      weights.row(name, 0, into, 0);
      return [...into];
    };
    expect(row('four', 4)).toStrictEqual([3.5, -4, 0, 2]);
    expect(row('eight', 2)).toStrictEqual([-2, 1]);
    expect(row('floats', 1)).toStrictEqual([1.5]);
  });
});
