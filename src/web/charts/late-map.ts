import { doingHere } from '../../cli/doing.ts';
import type { Waiting } from '../app/types.ts';
import { titled } from '../app/words.ts';

/** One person, or an office whose holder is not the reader's to name, and what is late with them by kind. */
export interface LateRow {
  readonly who: string;
  readonly late: number;
  readonly cells: Readonly<Record<string, readonly Waiting[]>>;
}

/** Who is late with what: a line for each person or office, a column for each kind. */
export interface LateMap {
  readonly kinds: readonly { readonly code: string; readonly words: string }[];
  readonly rows: readonly LateRow[];
  readonly late: number;
}

/** What a reader may not know of is with HR, whoever it is. */
const codeOf = ({ why }: Waiting): string => (why.masked ? '' : why.code);

const wordsOf = ({ why }: Waiting): string => (why.masked ? 'HR has this in hand' : titled(doingHere(why)));

/** Whose it is: by name where the reader has it, else by the office alone, so that no line stands for one nameless person. */
function whoseOf({ who, why }: Waiting): string {
  if (why.masked || who === null) return 'HR';
  return who.name ?? titled(who.capacity ?? 'others');
}

function grouped(list: readonly Waiting[], by: (one: Waiting) => string) {
  const all = new Map<string, readonly Waiting[]>();
  for (const one of list) all.set(by(one), [...(all.get(by(one)) ?? []), one]);
  return all;
}

/**
 * Only what is late, counted: every number stands for the items behind it.
 * @param list what waits, as its reader may know it
 */
export function lateMap(list: readonly Waiting[]): LateMap {
  const late = list.filter((one) => one.late);
  const kinds = new Map(late.map((one) => [codeOf(one), wordsOf(one)]));
  const byWho = grouped(late, whoseOf);
  const rows = [...byWho].map(([who, items]): LateRow => {
    const cells = Object.fromEntries(grouped(items, codeOf));
    return { who, late: items.length, cells };
  });
  return {
    kinds: [...kinds]
      .map(([code, words]) => ({ code, words }))
      .toSorted((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true })),
    rows: rows.toSorted((a, b) => b.late - a.late || a.who.localeCompare(b.who, 'en')),
    late: late.length,
  };
}

/** The map in words. */
export function lateText({ rows, late }: LateMap): string {
  const first = rows.slice(0, 3).map((row) => `${row.who} ${row.late}`);
  const more = rows.length - first.length;
  return `${late} late: ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
