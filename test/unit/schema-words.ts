import { readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';

/** Every name under which something can be stored: fields and closed values of schemas, events, states and columns. */

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const files = (folder: string, ends: string): readonly string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ends))
    .map((path) => `${folder}/${path}`);

/** Where a name was found, so that a finding can be understood. */
export interface Named {
  readonly name: string;
  readonly where: string;
}

function walk(node: unknown, where: string, into: Named[]): void {
  if (Array.isArray(node)) return node.forEach((item) => walk(item, where, into));
  if (typeof node !== 'object' || node === null) return;
  const { properties, enum: values, const: only } = node as Record<string, unknown>;
  if (typeof properties === 'object' && properties !== null)
    for (const name of Object.keys(properties)) into.push({ name, where });
  for (const value of [...(Array.isArray(values) ? (values as unknown[]) : []), only])
    if (typeof value === 'string') into.push({ name: value, where });
  for (const inner of Object.values(node)) walk(inner, where, into);
}

/** Names of fields and closed values anywhere inside a schema. */
export function namesIn(schema: z.ZodType, where: string): readonly Named[] {
  const found: Named[] = [];
  walk(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }), where, found);
  return found;
}

function schemasIn(value: unknown, where: string): readonly (readonly [string, z.ZodType])[] {
  if (value instanceof z.ZodType) return [[where, value]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => schemasIn(inner, `${where}.${name}`));
}

/** Every schema the contracts export, also inside tables of commands. */
export async function schemas(): Promise<readonly (readonly [string, z.ZodType])[]> {
  const modules = await Promise.all(
    files('src/contracts', '.ts').map(async (path) => {
      const module = (await import(new URL(path, root).href)) as Record<string, unknown>;
      return Object.entries(module).flatMap(([name, value]) => schemasIn(value, `${path} ${name}`));
    }),
  );
  return modules.flat();
}

/** Closed lists of the domain: what may stand as a value in an event. */
export async function closedValues(): Promise<readonly Named[]> {
  const lists = await Promise.all(
    files('src/domain', 'words.ts').map(async (path) => {
      const module = (await import(new URL(path, root).href)) as Record<string, unknown>;
      return Object.entries(module).flatMap(([list, value]) =>
        Array.isArray(value)
          ? value.flatMap((name: unknown) =>
              typeof name === 'string' ? [{ name, where: `${path} ${list}` }] : [],
            )
          : [],
      );
    }),
  );
  return lists.flat();
}

/** Kinds and fields of events, states, notices and facts: types leave nothing at run time, so their text is read. */
export function typeNames(): readonly Named[] {
  return files('src/domain', '.ts').flatMap((path) => {
    const text = read(path);
    const fields = [...text.matchAll(/readonly '?([A-Za-z_]\w*)'?\??:/g)];
    const kinds = [...text.matchAll(/\bkind: '(\w+)'/g)];
    return [...fields, ...kinds].map((match) => ({ name: match[1] ?? '', where: path }));
  });
}

/** Columns of every table. */
export function columns(): readonly Named[] {
  return files('src/ledger/migrations', '.sql').flatMap((path) =>
    [
      ...read(path).matchAll(
        /^\s+(?:add column )?([a-z_]+) (?:text|jsonb?|bytea|bigint|integer|boolean|timestamptz)/gm,
      ),
    ]
      .concat([...read(path).matchAll(/add column ([a-z_]+)/g)])
      .map((match) => ({ name: match[1] ?? '', where: path })),
  );
}

/** Fields that personal details are sealed under in the directory. */
export function directoryFields(): readonly Named[] {
  return files('src/directory', '.ts').flatMap((path) =>
    [...read(path).matchAll(/readonly (\w+)\??:/g)].map((match) => ({ name: match[1] ?? '', where: path })),
  );
}
