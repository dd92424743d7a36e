/**
 * The one hot loop of the guards: y = x·wᵀ + b, where x and w are rows of 16-bit whole numbers with a scale each.
 *
 * The loop is written out as WebAssembly instructions below: eight products at once, many times faster than plain
 * code. It is assembled here, from names, so that there is no binary to trust.
 */

interface Memory {
  readonly buffer: ArrayBuffer;
}
/** What is used of the engine's WebAssembly; the compiler's own description of it comes only with a browser's. */
declare const WebAssembly: {
  validate(code: Uint8Array): boolean;
  readonly Memory: new (size: { initial: number }) => Memory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
};

/** Where the parts of one product lie in the kernel's memory: offsets in bytes. */
export interface Product {
  /** Rows of 16-bit numbers, no larger than `LARGEST`, and one 32-bit scale per row. */
  readonly x: number;
  readonly xScales: number;
  readonly weights: number;
  readonly weightScales: number;
  /** 32-bit floats: one per row of weights; and the result, `rows` by `outer`. */
  readonly bias: number;
  readonly y: number;
  /** Multiples of four, of eight and of two: the caller pads. */
  readonly rows: number;
  readonly inner: number;
  readonly outer: number;
}

/** Multiplies within its memory. */
export interface Kernel {
  readonly memory: Memory;
  multiply(product: Product): void;
}

/** So that 1536 products of two of them still fit into 32 bits. */
export const LARGEST = 1023;

const PAGE = 65_536;

const OP = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  get: 0x20,
  set: 0x21,
  tee: 0x22,
  i32Const: 0x41,
  i32GeU: 0x4f,
  i32Add: 0x6a,
  i32Mul: 0x6c,
  i32Shl: 0x74,
  f32Load: 0x2a,
  f32Store: 0x38,
  f32Add: 0x92,
  f32Mul: 0x94,
  f32FromI32: 0xb2,
} as const;
const VOID = 0x40;
const I32 = 0x7f;
const V128 = 0x7b;

/** LEB128, unsigned: how WebAssembly writes every number. */
function number(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** LEB128, signed, for the small positive constants used here. */
function constant(value: number): number[] {
  const bytes = number(value);
  const last = bytes.at(-1) ?? 0;
  if ((last & 0x40) === 0) return [OP.i32Const, ...bytes];
  return [OP.i32Const, ...bytes.slice(0, -1), last | 0x80, 0x00];
}

const get = (local: number): number[] => [OP.get, ...number(local)];
const set = (local: number): number[] => [OP.set, ...number(local)];
const simd = (code: number): number[] => [0xfd, ...number(code)];
const load128 = (offset: number): number[] => [...simd(0), 2, ...number(offset)];
const i32x4Add = simd(0xae);
/** Eight products of 16-bit numbers, added up in pairs to four 32-bit ones. */
const dot = simd(0xba);
const lane = (index: number): number[] => [...simd(0x1b), index];
const zero128 = [...simd(12), ...Array.from({ length: 16 }, () => 0)];

// Parameters 0..8 in the order of Product; then the locals.
const PARAMETERS = 9;
const [X, XS, W, WS, B, Y, ROWS, INNER, OUTER] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const [N, T, K, BYTES, W1, X0, X1, X2, X3, WP, OUT] = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
const I32_LOCALS = 11;
const SUMS = 20;
const U = 28;
const V = 29;
const V128_LOCALS = 10;

/** sum[i] += x-row i · the two weight rows, eight numbers at a time. */
function inner(): number[] {
  const body = [
    ...[...get(WP), ...get(K), OP.i32Add, ...load128(0), ...set(U)],
    ...[...get(W1), ...get(K), OP.i32Add, ...load128(0), ...set(V)],
  ];
  [X0, X1, X2, X3].forEach((row, index) => {
    const value = [...get(row), ...get(K), OP.i32Add, ...load128(0)];
    const other = SUMS + 4 + index;
    body.push(...get(SUMS + index), ...value, ...get(U), ...dot, ...i32x4Add, ...set(SUMS + index));
    body.push(...get(other), ...value, ...get(V), ...dot, ...i32x4Add, ...set(other));
  });
  return body;
}

/** A float of the list at `base`, `index` places on and `more` further. */
const floatAt = (base: number, index: number, more: number): number[] => [
  ...[...get(base), ...get(index), ...constant(2), OP.i32Shl, OP.i32Add, OP.f32Load, 2],
  ...number(more * 4),
];

/** Adds the four lanes, scales, adds the bias, and stores the result `column` places right of OUT. */
function store(sum: number, row: number, column: number): number[] {
  const lanes = [0, 1, 2, 3].flatMap((index) => [...get(sum), ...lane(index)]);
  return [
    ...[...get(OUT), ...lanes, OP.i32Add, OP.i32Add, OP.i32Add, OP.f32FromI32],
    ...[...floatAt(XS, T, row), OP.f32Mul, ...floatAt(WS, N, column), OP.f32Mul],
    ...[...floatAt(B, N, column), OP.f32Add, OP.f32Store, 2, ...number(column * 4)],
  ];
}

/** A loop that runs `body` while the local `index`, raised by `step`, stays below the local `end`. */
function count(index: number, step: readonly number[], end: number, body: readonly number[]): number[] {
  return [
    ...[...constant(0), ...set(index), OP.block, VOID, OP.loop, VOID],
    ...[...get(index), ...get(end), OP.i32GeU, OP.brIf, 1],
    ...body,
    ...[...get(index), ...step, OP.i32Add, ...set(index), OP.br, 0, OP.end, OP.end],
  ];
}

function rowsOfFour(): number[] {
  const clear = Array.from({ length: 8 }, (_, index) => [...zero128, ...set(SUMS + index)]).flat();
  const rows = [
    ...[...get(X), ...get(T), ...get(BYTES), OP.i32Mul, OP.i32Add, ...set(X0)],
    ...[...get(X0), ...get(BYTES), OP.i32Add, ...set(X1)],
    ...[...get(X1), ...get(BYTES), OP.i32Add, ...set(X2)],
    ...[...get(X2), ...get(BYTES), OP.i32Add, ...set(X3)],
  ];
  const out = [
    ...[...get(Y), ...get(T), ...get(OUTER), OP.i32Mul, ...get(N), OP.i32Add],
    ...[...constant(2), OP.i32Shl, OP.i32Add, ...set(OUT)],
  ];
  const next = [...get(OUT), ...get(OUTER), ...constant(2), OP.i32Shl, OP.i32Add, ...set(OUT)];
  const stores = [0, 1, 2, 3].flatMap((row) => [
    ...store(SUMS + row, row, 0),
    ...store(SUMS + 4 + row, row, 1),
    ...next,
  ]);
  return [...clear, ...rows, ...count(K, constant(16), BYTES, inner()), ...out, ...stores];
}

function code(): number[] {
  const weights = [
    ...[...get(W), ...get(N), ...get(BYTES), OP.i32Mul, OP.i32Add, ...set(WP)],
    ...[...get(WP), ...get(BYTES), OP.i32Add, ...set(W1)],
  ];
  return [
    ...[...get(INNER), ...constant(1), OP.i32Shl, ...set(BYTES)],
    ...count(N, constant(2), OUTER, [...weights, ...count(T, constant(4), ROWS, rowsOfFour())]),
    OP.end,
  ];
}

const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...number(content.length),
  ...content,
];
const name = (text: string): number[] => [
  ...number(text.length),
  ...Array.from(text, (letter) => letter.charCodeAt(0)),
];

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const locals = [2, ...number(I32_LOCALS), I32, ...number(V128_LOCALS), V128];
  const body = [...locals, ...code()];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, PARAMETERS, ...Array.from({ length: PARAMETERS }, () => I32), 0]),
    ...section(2, [1, ...name('env'), ...name('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('multiply'), 0, 0]),
    ...section(10, [1, ...number(body.length), ...body]),
  ]);
}

/** The kernel over a memory of at least `bytes` bytes; null where the engine has no 128-bit instructions. */
export function fastKernel(bytes: number): Kernel | null {
  const code = moduleBytes();
  if (!WebAssembly.validate(code)) return null;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const multiply = instance.exports['multiply'] as (...offsets: readonly number[]) => void;
  return {
    memory,
    multiply: (p) =>
      multiply(p.x, p.xScales, p.weights, p.weightScales, p.bias, p.y, p.rows, p.inner, p.outer),
  };
}

/** The same loop in plain code: for engines without 128-bit instructions, and the measure of the other in tests. */
export function plainKernel(bytes: number): Kernel {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const floats = new Float32Array(memory.buffer);
  const whole = new Int16Array(memory.buffer);
  const at = (offset: number, index: number): number => floats[offset / 4 + index] ?? 0;
  return {
    memory,
    multiply({ x, xScales, weights, weightScales, bias, y, rows, inner, outer }) {
      for (let n = 0; n < outer; n += 1) {
        const w = weights / 2 + n * inner;
        for (let t = 0; t < rows; t += 1) {
          const from = x / 2 + t * inner;
          let sum = 0;
          for (let k = 0; k < inner; k += 1) sum += (whole[w + k] ?? 0) * (whole[from + k] ?? 0);
          floats[y / 4 + t * outer + n] = sum * at(xScales, t) * at(weightScales, n) + at(bias, n);
        }
      }
    },
  };
}
