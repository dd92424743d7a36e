import fc from 'fast-check';
import { z } from 'zod';
import { commandSchemas } from '../../src/contracts/commands.ts';

/** Requests made from the OpenAPI document: mostly of the right form, often a little off, sometimes not at all. */

type Json = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly params: readonly { readonly name: string; readonly in: string; readonly schema: Json }[];
  readonly body: Json | null;
}

export interface Sent {
  readonly id: string;
  readonly method: Operation['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
  /** Who sends it, by their place in the list of people; one more than there are: nobody. */
  readonly who: number;
}

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly parameters?: Operation['params'];
            readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
          }
        >
      >
    >
  >;
}

export function operationsOf(document: unknown): readonly Operation[] {
  return Object.entries((document as Described).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => ({
      ...{ id: one.operationId, method: method.toUpperCase() as Operation['method'], path },
      params: one.parameters ?? [],
      body: one.requestBody?.content['application/json']?.schema ?? null,
    })),
  );
}

/** Ids of things that are there, among words that only look like them. */
export interface Known {
  readonly ids: readonly string[];
}

const nasty = [
  ...['', ' ', '0', '-1', '1e999', 'null', 'true', '../../etc/passwd', '%00', '\u0000', '\u202e', '💬'],
  ...['__proto__', 'constructor', "' or 1=1 --", '<script>', '{{7*7}}', 'a'.repeat(300), '\ud800'],
];

const textOf = ({ ids }: Known): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom(...nasty) },
    { weight: 1, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.constantFrom('2025-06-02', '2026-02-30', 'role_fit', 'held', 'en_US') },
  );

const numberOf = (schema: Json, whole: boolean): fc.Arbitrary<number> => {
  const min = Number(schema['minimum'] ?? -5);
  const max = Number(schema['maximum'] ?? 2_000_000_000_000);
  const [low, high] = [Math.max(min, -(2 ** 40)), Math.min(max, 2 ** 45)];
  return whole
    ? fc.integer({ min: Math.ceil(Math.max(low, -(2 ** 31))), max: Math.floor(Math.min(high, 2 ** 31 - 1)) })
    : fc.double({ min: low, max: high, noNaN: true });
};

function objectOf(schema: Json, known: Known, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Json>>;
  const required = (schema['required'] ?? []) as readonly string[];
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valueOf(one, known, depth + 1)]),
  );
  const whole = fc.record(fields, { requiredKeys: required.filter((name) => Object.hasOwn(fields, name)) });
  const additional = schema['additionalProperties'];
  if (typeof additional !== 'object' || additional === null) return whole;
  const more = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 12 }),
    valueOf(additional as Json, known, depth + 1),
    { maxKeys: 4 },
  );
  return fc.tuple(whole, more).map(([own, others]) => ({ ...others, ...own }));
}

/** A value of a JSON schema; one in twelve is of no such form. */
function valueOf(schema: Json, known: Known, depth = 0): fc.Arbitrary<unknown> {
  const right = rightOf(schema, known, depth);
  return fc.oneof(
    { weight: 22, arbitrary: right },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [], {}, '', 0, -1, true) },
  );
}

function rightOf(schema: Json, known: Known, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null);
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const union = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as readonly Json[] | undefined;
  if (union !== undefined && union.length > 0)
    return fc.oneof(...union.map((one) => valueOf(one, known, depth + 1)));
  switch (schema['type']) {
    case 'string':
      return textOf(known);
    case 'integer':
      return numberOf(schema, true);
    case 'number':
      return numberOf(schema, false);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valueOf((schema['items'] ?? {}) as Json, known, depth + 1), { maxLength: 4 });
    case 'object':
      return objectOf(schema, known, depth);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Commands of the contracts with payloads of their schemas, to cases of their kind. */
function decisionsOf(known: Known): fc.Arbitrary<unknown> {
  const all = Object.entries(commandSchemas).flatMap(([kind, schemas]) =>
    Object.entries(schemas ?? {}).map(([type, schema]) => ({
      ...{ kind, type },
      payload: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json,
    })),
  );
  return fc.constantFrom(...all).chain(({ kind, type, payload }) => {
    const own = known.ids.filter((id) => id.startsWith(`${kind}-`));
    return fc.record({
      decisionId: fc.string({
        minLength: 24,
        maxLength: 24,
        unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      }),
      case: fc.constantFrom(...own, `${kind}-${'7'.repeat(26)}`),
      type: fc.constant(type),
      payload: valueOf(payload, known),
    });
  });
}

const queryText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

/** encodeURIComponent throws for half a character; a program may send one all the same. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function urlOf(one: Operation, values: readonly unknown[]): string {
  let url = one.path;
  const query: string[] = [];
  one.params.forEach((param, n) => {
    const value = values[n];
    if (value === undefined) return;
    if (param.in === 'path') url = url.replace(`{${param.name}}`, encoded(queryText(value)) || 'x');
    else if (param.in === 'query') query.push(`${encoded(param.name)}=${encoded(queryText(value))}`);
  });
  return query.length === 0 ? url : `${url}?${query.join('&')}`;
}

/** @param people how many there are to send it */
export function requestsTo(
  operations: readonly Operation[],
  known: Known,
  people: number,
): fc.Arbitrary<Sent> {
  const decisions = decisionsOf(known);
  const usual = fc.constantFrom(...operations);
  const deciding = operations.filter((one) => one.id === 'decide');
  return fc
    .oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...deciding) })
    .chain((one) => {
      const body =
        one.id === 'decide'
          ? decisions
          : one.body === null
            ? fc.constant(undefined)
            : valueOf(one.body, known);
      const params = one.params.map(({ in: place, schema }) =>
        place === 'path' ? valueOf(schema, known) : fc.option(valueOf(schema, known), { nil: undefined }),
      );
      const type = fc.constantFrom(
        ...Array.from({ length: 9 }, () => 'application/json'),
        'text/html',
        'application/x-www-form-urlencoded',
      );
      return fc
        .tuple(fc.tuple(...params), body, type, fc.nat({ max: people }))
        .map(([values, said, kind, who]): Sent => {
          const { id, method } = one;
          const payload = method === 'GET' ? undefined : JSON.stringify(said);
          const headers: Record<string, string> = payload === undefined ? {} : { 'content-type': kind };
          return {
            id,
            method,
            url: urlOf(one, values),
            headers,
            who,
            ...(payload === undefined ? {} : { payload }),
          };
        });
    });
}
