import { askSearch } from '../client/ask-search.ts';
import type { Found, Moment, SearchQuestion } from '../client/ask-search.ts';
import { checkKind } from '../client/known-kinds.ts';
import { asOf } from './board.ts';
import { pastCells } from './case.ts';
import type { CaseOptions } from './case.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { beginsAt, endsAt, typedFrom, zoneFor } from './moments.ts';
import { within } from './open.ts';

export interface SearchOptions extends CaseOptions {
  readonly limit?: string | undefined;
}

const words = ['actor', 'kind', 'case', 'since', 'until'] as const;
const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);
const DAY_MS = 86_400_000;

type Typed = { readonly ago: number } | ReturnType<typeof typedFrom>;

/** A day, an instant or a span back such as `30d`. */
function momentFrom(text: string | undefined, option: string): Typed | undefined {
  if (text === undefined) return undefined;
  const span = /^(\d{1,5})d$/.exec(text)?.[1];
  return span === undefined ? typedFrom(text, option) : { ago: Number(span) * DAY_MS };
}

const settled = (typed: Typed | undefined, at: (typed: { day: string }) => number): Moment | undefined =>
  typed === undefined || !('day' in typed) ? typed : { at: at(typed) };

/** What was typed, before it is known where its days begin. */
interface Asked extends Omit<SearchQuestion, 'since' | 'until'> {
  readonly since: Typed | undefined;
  readonly until: Typed | undefined;
}

/** Its days begin and end in this zone; a day until which counts to its end. */
export const askedIn = ({ since, until, ...rest }: Asked, zone: string): SearchQuestion => ({
  ...rest,
  since: settled(since, (typed) => beginsAt(typed, zone)),
  until: settled(until, (typed) => endsAt(typed, zone)),
});

/** The words of a search as a question. @throws Stop (usage), KindUnknown */
export function searchFrom(given: readonly string[], limit: string | undefined): Asked {
  const said: Partial<Record<(typeof words)[number], string>> = {};
  for (const part of given) {
    const colon = part.indexOf(':');
    const word = words.find((known) => known === part.slice(0, colon));
    if (word === undefined || part.length === colon + 1)
      throw usage(`A search takes ${words.map((one) => `${one}:…`).join(', ')}.`);
    said[word] = part.slice(colon + 1);
  }
  const most = limit ?? '200';
  if (!/^[1-9]\d{0,4}$/.test(most)) throw usage('--limit takes a number from 1 to 99999.');
  const { actor, kind, case: id, since, until } = said;
  checkKind(kind);
  return {
    ...{ actor, kind, case: id, limit: Number(most) },
    ...{ since: momentFrom(since, 'since'), until: momentFrom(until, 'until') },
  };
}

function line(row: Found): string {
  return [row.case, ...pastCells(row, row.zone)].filter((cell) => cell !== '').join(' · ');
}

/** `history search`. The filter is printed with what it found. */
export async function historySearch(io: Io, given: readonly string[], options: SearchOptions): Promise<Exit> {
  const asked = searchFrom(given, options.limit);
  return within(options, io.env, async ({ office }) => {
    const question = askedIn(asked, await zoneFor(office, asked.case ?? null));
    const { now, list, more } = await askSearch(office, asOf(options.as), question);
    if (options.json === true) io.out(JSON.stringify({ now, filter: given, rows: list, more }));
    else {
      const head = `${list.length} rows for ${given.length === 0 ? 'everything' : given.join(' ')}`;
      const rest =
        more === 0 ? [] : [`${more} earlier rows are left out; narrow the search or raise --limit.`];
      io.out([head, ...list.map(line), ...rest].join('\n'));
    }
    return EXIT.done;
  });
}
