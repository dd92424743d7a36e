import type { Look, RowSeen } from '../kernel/decider.ts';
import { num, numIf } from '../kernel/policy.ts';
import { dueIn } from '../kernel/rungs.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { ReadinessState } from './state.ts';
import { itemCount } from './words.ts';

/**
 * D0.3: scored independently first, then revealed. Sheets are shown once all are in or the window has ended (P0.1), and
 * to a scorer never before their own is in, however late that is.
 */
export function revealed(state: ReadinessState, { reader, now, terms }: Look): boolean {
  const sent = (who: PersonRef): boolean => state.sheets[who] !== undefined;
  if (reader !== null && state.scorers.includes(reader) && !sent(reader)) return false;
  if (state.scorers.every(sent)) return true;
  return now > dueIn(terms.calendar, state.opened, num(terms.policy, 'P0.1', 'window_bd'));
}

/** True while what a sheet says is kept from a reader. */
export function hidden(state: ReadinessState, row: RowSeen, look: Look): boolean {
  return row.kind === 'items_scored' && row.actor !== look.reader && !revealed(state, look);
}

/** The state without the sheets a reader may not see yet. */
export function veiled(state: ReadinessState, look: Look): ReadinessState {
  if (revealed(state, look)) return state;
  const own = Object.entries(state.sheets).filter(([who]) => who === look.reader);
  return { ...state, sheets: Object.fromEntries(own) };
}

/** One item as it was scored: by whom how, and whether the scores lie so far apart that they are talked over. */
export interface ScoredItem {
  /** From 1. */
  readonly item: number;
  readonly scores: Readonly<Record<PersonRef, string>>;
  readonly talk: boolean;
}

/**
 * D0.3: the items side by side, for the talk: where two scores differ by two. Not applicable (`n`) counts as no score.
 * @returns null while the sheets are not revealed to the reader
 */
export function scoredItems(state: ReadinessState, look: Look): readonly ScoredItem[] | null {
  if (!revealed(state, look)) return null;
  const apart = numIf(look.terms.policy, 'D0.3', 'talk_difference') ?? Number.POSITIVE_INFINITY;
  const sheets = Object.entries(state.sheets);
  return Array.from({ length: itemCount }, (_, place): ScoredItem => {
    const scores = Object.fromEntries(sheets.map(([who, sheet]) => [who, sheet[place] ?? 'n']));
    const given = Object.values(scores).flatMap((one) => (one === 'n' ? [] : [Number(one)]));
    const talk = given.length > 1 && Math.max(...given) - Math.min(...given) >= apart;
    return { item: place + 1, scores, talk };
  });
}
