import { clockLayouts } from './layouts-clock.ts';
import { employmentLayouts } from './layouts-employment.ts';
import { hiringLayouts } from './layouts-hiring.ts';
import { reviewLayouts } from './layouts-review.ts';
import type { Shape, Value } from './shape.ts';

/** How one field of a command reads to a person. */
export interface FieldLayout {
  readonly label?: string;
  readonly hint?: string;
  /** Asked only where another field has one of these values. */
  readonly when?: readonly [field: string, ...values: readonly string[]];
  /** It has to be filled in where it is asked, although the contract leaves it open. */
  readonly needed?: true;
  /** Seldom needed: it is opened by whoever needs it. */
  readonly folded?: true;
  /** Words of the choices. */
  readonly words?: Readonly<Record<string, string>>;
  /** Of a list: one entry for each of a search, by name; none is added or left out. */
  readonly each?: true;
  /** How the fields of each entry read. */
  readonly entry?: Readonly<Record<string, FieldLayout>>;
  /** A place in an order is chosen, as far as there are entries: `recommend_1` and so on, before the other words. */
  readonly ranked?: string;
  /** Nobody has to type it: it follows from what is known, and is said in words. */
  readonly known?: true;
}

/** How the form of a command reads: rules are none of its matter, only words and order. */
export interface Layout {
  /** What the page is called. */
  readonly title: string;
  /** What the button says. */
  readonly button: string;
  /** One sentence on what this is for and who reads it. */
  readonly lead?: string;
  /** What is said once it is done. */
  readonly done?: string;
  readonly fields?: Readonly<Record<string, FieldLayout>>;
  /** Fields that come to this together. */
  readonly sum?: { readonly of: readonly string[]; readonly to: number };
}

const layouts: Readonly<Record<string, Layout>> = {
  ...employmentLayouts,
  ...reviewLayouts,
  ...clockLayouts,
  ...hiringLayouts,
};

/** @returns how the form of a command reads, or null where its contract speaks for itself */
export const layoutOf = (kind: string, type: string): Layout | null => {
  const key = `${kind}/${type}`;
  return Object.hasOwn(layouts, key) ? (layouts[key] ?? null) : null;
};

type Record_ = Readonly<Record<string, Value>>;
const fieldsOf = (value: Value): Record_ =>
  typeof value === 'object' && value !== null ? (value as Record_) : {};

const asked = ({ when }: FieldLayout, value: Record_): boolean =>
  when === undefined || when.slice(1).includes(String(value[when[0]]));

/** Names in the order of the layout, then those it does not name. */
function inOrder(names: readonly string[], { fields = {} }: Layout): readonly string[] {
  const first = Object.keys(fields).filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name))];
}

/** The choices of a field with an order: as many places as there are entries, then its other words. */
const places = (rank: string, { words = {} }: FieldLayout, entries: number): Shape => ({
  enum: [...Array.from({ length: entries }, (_, n) => `${rank}${n + 1}`), ...Object.keys(words)],
  words: {
    ...Object.fromEntries(
      Array.from({ length: entries }, (_, n) => [`${rank}${n + 1}`, `Recommended: place ${n + 1}`]),
    ),
    ...words,
  },
});

/** A field with the words of its layout. @param entries how long the list is that it stands in, or is */
function worded(shape: Shape, field: FieldLayout, entries: number): Shape {
  const { label, hint, words, folded, each, entry, ranked, when } = field;
  const { items } = shape;
  return {
    ...shape,
    ...(label === undefined ? {} : { title: label }),
    ...(hint === undefined ? {} : { description: hint }),
    ...(words === undefined ? {} : { words }),
    ...(folded === undefined ? {} : { folded }),
    ...(each === undefined ? {} : { each }),
    ...(when === undefined ? {} : { when }),
    ...(ranked === undefined ? {} : places(ranked, field, entries)),
    ...(entry === undefined || items === undefined ? {} : { items: wordedEntry(items, entry, entries) }),
  };
}

function wordedEntry(items: Shape, entry: NonNullable<FieldLayout['entry']>, entries: number): Shape {
  const { properties = {} } = items;
  const first = Object.keys(entry).filter((name) => name in properties);
  const names = [...new Set([...first, ...Object.keys(properties)])];
  return {
    ...items,
    properties: Object.fromEntries(
      names.map((name) => [name, worded(properties[name] ?? {}, entry[name] ?? {}, entries)]),
    ),
  };
}

/**
 * The shape of a command as it is asked now: with the words of its layout, and without what has no place yet.
 * @param value what stands in the form
 */
export function laidOut(shape: Shape, layout: Layout | null, value: Value): Shape {
  const { properties } = shape;
  if (layout === null || properties === undefined) return shape;
  const { fields = {} } = layout;
  const now = fieldsOf(value);
  const names = inOrder(Object.keys(properties), layout).filter((name) => asked(fields[name] ?? {}, now));
  const shown = names.map((name): [string, Shape] => {
    const field = fields[name] ?? {};
    const length = Array.isArray(now[name]) ? now[name].length : 0;
    const one = worded(properties[name] ?? {}, field, length);
    return [name, field.needed === true && one.type === 'array' ? { minItems: 1, ...one } : one];
  });
  const needed = names.filter((name) => fields[name]?.needed === true);
  return {
    ...shape,
    properties: Object.fromEntries(shown),
    required: [...new Set([...(shape.required ?? []), ...needed])].filter((name) => names.includes(name)),
  };
}

/** What is sent: without answers to what is no longer asked; lists that nobody was asked for stay empty. */
export function asSent(shape: Shape, layout: Layout | null, value: Value): Value {
  if (layout === null) return value;
  const { fields = {} } = layout;
  const now = fieldsOf(value);
  return Object.fromEntries(
    Object.entries(now).flatMap(([name, one]) => {
      if (asked(fields[name] ?? {}, now)) return [[name, one]];
      const empty = shape.required?.includes(name) === true && Array.isArray(one);
      return empty ? [[name, []]] : [];
    }),
  );
}

/** Fields that stand as facts above the form, since what they hold is known: by name. */
export function knownIn(layout: Layout | null, prefill: Record_): readonly string[] {
  const fields = Object.entries(layout?.fields ?? {});
  return fields.flatMap(([name, one]) => (one.known === true && prefill[name] !== undefined ? [name] : []));
}
