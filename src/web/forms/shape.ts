/** The part of JSON Schema that the contracts of commands come out as. */
export interface Shape {
  readonly type?: string;
  /** Words of a layout: a name, a hint, and what choices are called. */
  readonly title?: string;
  readonly description?: string;
  readonly words?: Readonly<Record<string, string>>;
  readonly folded?: true;
  /** A list with one entry for each of a search: see `EachOf`. */
  readonly each?: true;
  /** Of a person: only somebody who works here, and not whoever fills it in. */
  readonly works?: true;
  /** Asked only where another field beside it has one of these values. */
  readonly when?: readonly [field: string, ...values: readonly string[]];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

/** Any value JSON can hold; `undefined`: nothing was entered. */
export type Value = unknown;

/** What kind of field a shape asks for. */
export type FieldKind =
  | {
      readonly is: 'text' | 'person' | 'site' | 'case' | 'day' | 'time' | 'month' | 'word' | 'tick' | 'agree';
    }
  | {
      /** An entry of the toolbox: a question for interviews, a duty; or any number of questions. */
      readonly is: 'question' | 'library' | 'questions';
    }
  | { readonly is: 'fixed'; readonly value: unknown }
  | { readonly is: 'one'; readonly of: readonly string[] }
  | { readonly is: 'some'; readonly of: readonly string[] }
  | { readonly is: 'number'; readonly whole: boolean }
  | { readonly is: 'list'; readonly item: Shape }
  | {
      readonly is: 'group';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    }
  | { readonly is: 'named'; readonly names: readonly string[]; readonly open: boolean; readonly item: Shape }
  | { readonly is: 'maybe'; readonly inner: Shape }
  | { readonly is: 'either'; readonly of: readonly Shape[] };

const has = (pattern: string | undefined, part: string): boolean => pattern?.includes(part) === true;

function stringKind(shape: Shape): FieldKind {
  const { pattern, format } = shape;
  if (shape.enum !== undefined) return { is: 'one', of: shape.enum };
  if (has(pattern, '^txt_')) return { is: 'text' };
  if (has(pattern, '^prs_')) return { is: 'person' };
  if (has(pattern, '^site_')) return { is: 'site' };
  if (has(pattern, 'question-[')) return { is: 'question' };
  if (has(pattern, '^duty-')) return { is: 'library' };
  if (has(pattern, '|candidacy|')) return { is: 'case' };
  if (format === 'date') return { is: 'day' };
  if (has(pattern, '2[0-3]):[0-5]')) return { is: 'time' };
  return has(pattern, '-(0[1-9]|1[0-2])$') ? { is: 'month' } : { is: 'word' };
}

/** Names that a record may have: a closed list, or the plain words of a pattern, beside which others may be typed. */
function namesOf(names: Shape | undefined): { readonly names: readonly string[]; readonly open: boolean } {
  if (names?.enum !== undefined) return { names: names.enum, open: false };
  const inner = /^\^\((.*)\)\$$/.exec(names?.pattern ?? '')?.[1] ?? '';
  return { names: inner.split('|').filter((word) => /^[a-z][a-z0-9_]*$/.test(word)), open: true };
}

function objectKind(shape: Shape): FieldKind {
  const { properties, required = [], additionalProperties, propertyNames } = shape;
  if (properties === undefined && typeof additionalProperties === 'object')
    return { is: 'named', ...namesOf(propertyNames), item: additionalProperties };
  return { is: 'group', fields: properties ?? {}, required };
}

function unionKind(of: readonly Shape[]): FieldKind {
  const real = of.filter((one) => one.type !== 'null');
  const [first] = real;
  if (first !== undefined && real.length === 1) return { is: 'maybe', inner: first };
  return { is: 'either', of: real };
}

/** What kind of field a shape asks for. */
export function kindOfField(shape: Shape): FieldKind {
  const union = shape.anyOf ?? shape.oneOf;
  if (union !== undefined) return unionKind(union);
  if (shape.const === true) return { is: 'agree' };
  if (shape.const !== undefined) return { is: 'fixed', value: shape.const };
  switch (shape.type) {
    case 'boolean':
      return { is: 'tick' };
    case 'integer':
    case 'number':
      return { is: 'number', whole: shape.type === 'integer' };
    case 'array': {
      const item = shape.items ?? {};
      // As many answers as there are questions, each its own: no choice among them.
      const each = shape.minItems !== undefined && shape.minItems > 1 && shape.minItems === shape.maxItems;
      if (has(item.pattern, 'question-[')) return { is: 'questions' };
      return item.enum === undefined || each ? { is: 'list', item } : { is: 'some', of: item.enum };
    }
    case 'object':
      return objectKind(shape);
    default:
      return stringKind(shape);
  }
}

/** What the façade fills in itself: codes of what the guards found. */
const filledIn = new Set(['findings', 'pack']);
/** The fields of a group, those that must be there first. */
export const fieldsOf = (fields: Readonly<Record<string, Shape>>): readonly (readonly [string, Shape])[] =>
  Object.entries(fields).filter(([name]) => !filledIn.has(name));

/** What a field begins with: nothing, except where nothing entered is an answer too. */
export function initial(shape: Shape): Value {
  const kind = kindOfField(shape);
  switch (kind.is) {
    case 'tick':
      return false;
    case 'fixed':
      return kind.value;
    case 'some':
    case 'questions':
      return [];
    case 'list':
      return Array.from({ length: Math.min(shape.minItems ?? 0, 100) }, () => initial(kind.item));
    case 'group':
      return Object.fromEntries(
        kind.required.flatMap((name) => {
          const inner = kind.fields[name];
          return inner === undefined ? [] : [[name, initial(inner)]];
        }),
      );
    case 'named':
      return {};
    case 'maybe':
      return null;
    default:
      return undefined;
  }
}

/** What is chosen of a list by ticking: an entry that was not filled in yet is none. */
export const chosenIn = (value: Value): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const isText = (value: Value): value is { text: string } =>
  typeof value === 'object' && value !== null && typeof (value as { text?: unknown }).text === 'string';

const isBlank = (value: Value): boolean =>
  value === undefined || value === '' || (isText(value) && value.text.trim() === '');

/** The same shape without the fields that have no place yet, as the others beside them stand. */
export function askedOf(shape: Shape, of: Readonly<Record<string, Value>>): Shape {
  const fields = Object.entries(shape.properties ?? {}).filter(
    ([, { when }]) => when === undefined || when.slice(1).includes(String(of[when[0]])),
  );
  return { ...shape, properties: Object.fromEntries(fields) };
}

/** The value as it is sent: what was left empty is left out. */
export function pruned(value: Value): Value {
  if (Array.isArray(value)) return value.map(pruned).filter((one) => !isBlank(one));
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, pruned(inner)] as const)
    .filter(([, inner]) => !isBlank(inner));
  return Object.fromEntries(kept);
}

function lackingIn(kind: FieldKind, shape: Shape, value: Value, path: string): readonly string[] {
  switch (kind.is) {
    case 'group': {
      const of = (value ?? {}) as Readonly<Record<string, Value>>;
      return Object.entries(kind.fields).flatMap(([name, inner]) => {
        const asked = kind.required.includes(name);
        const given = of[name];
        if (!asked && (isBlank(given) || given === null)) return [];
        return lacking(inner, given, path === '' ? name : `${path}.${name}`);
      });
    }
    case 'list':
    case 'questions':
    case 'some': {
      const list = Array.isArray(value) ? (value as readonly Value[]) : [];
      if (list.length < (shape.minItems ?? 0)) return [path];
      return kind.is === 'list' ? list.flatMap((one, n) => lacking(kind.item, one, `${path}.${n}`)) : [];
    }
    case 'named':
      return Object.entries((value ?? {}) as Readonly<Record<string, Value>>).flatMap(([name, one]) =>
        isBlank(one) ? [] : lacking(kind.item, one, `${path}.${name}`),
      );
    case 'maybe':
      return value === null ? [] : lacking(kind.inner, value, path);
    case 'agree':
      return value === true ? [] : [path];
    case 'either':
      return isBlank(value) || value === null ? [path] : [];
    default:
      return isBlank(value) ? [path] : [];
  }
}

/** Fields that must be filled in and are not: their paths. */
export const lacking = (shape: Shape, value: Value, path = ''): readonly string[] =>
  lackingIn(kindOfField(shape), shape, value, path);
