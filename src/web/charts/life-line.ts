import type { GateNow, Happened } from '../app/types.ts';

/** What a timeline shows beside its entries: gates at the moment they were passed, times of rest, and dates that were planned. */

/** A gate, and when the first thing behind it happened; null: not yet. */
export interface GatePassed {
  readonly gate: string;
  readonly at: number | null;
}

/** A time in which dates stand still, by days. */
export interface Rest {
  readonly words: string;
  readonly from: string;
  readonly to: string;
}

/** A date as it was planned, and the day it really was; null: it is still to come, or was not said. */
export interface Planned {
  readonly words: string;
  readonly on: string;
  readonly real: string | null;
}

const DAY_MS = 86_400_000;
const day = /^\d{4}-\d{2}-\d{2}$/;

type Body = Readonly<Record<string, unknown>>;
const bodyOf = (one: Happened): Body => one.body ?? {};
const dayIn = (one: Happened | undefined, field: string): string | null => {
  const value = one === undefined ? undefined : bodyOf(one)[field];
  return typeof value === 'string' && day.test(value) ? value : null;
};

/** The middle of a day, where a day is drawn. */
export const middleOf = (on: string): number => Date.parse(on) + DAY_MS / 2;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** @returns each gate once, those passed in the order of time and then the others */
export function gatesOn(past: readonly Happened[], gates: readonly GateNow[]): readonly GatePassed[] {
  const all = gates.map(({ gate, guards, passed }): GatePassed => {
    const first = past.find((one) => one.kind !== null && guards.includes(one.kind));
    return { gate, at: passed ? (first?.at ?? null) : null };
  });
  return all.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
}

/** Kinds that begin a rest, with what ends it before its day. */
const rests = {
  leave_noted: { words: 'Leave', from: 'from', to: 'to', ends: 'leave_over', ended: 'returned' },
  search_paused: { words: 'The search rests', from: '', to: 'until', ends: 'search_resumed', ended: 'on' },
} as const;

/** @returns leaves, and times in which the search rested */
export function restsOn(past: readonly Happened[]): readonly Rest[] {
  return past.flatMap((one, n): readonly Rest[] => {
    if (one.kind !== 'leave_noted' && one.kind !== 'search_paused') return [];
    const { words, from, to, ends, ended } = rests[one.kind];
    const begins = dayIn(one, from) ?? dayOf(one.at);
    const over = past.slice(n + 1).find((other) => other.kind === ends);
    const until = dayIn(over, ended) ?? (over === undefined ? null : dayOf(over.at)) ?? dayIn(one, to);
    return until === null || until < begins ? [] : [{ words, from: begins, to: until }];
  });
}

/** A kind that plans a day: where the day stands, what it is, and what says that it was. */
interface Plan {
  readonly field: string;
  readonly words: string;
  readonly real: readonly string[];
  /** Where the real day stands; left out: the day of the entry. */
  readonly at?: string;
  /** Of several of a kind, both name the same thing here. */
  readonly same?: string;
}

const plans: Readonly<Record<string, Plan>> = {
  employment_started: { field: 'dayOne', words: 'First day', real: ['day_one_confirmed'] },
  review_opened: { field: 'due', words: 'Review', real: ['review_noted'], same: 'review' },
  leave_noted: { field: 'to', words: 'Back from leave', real: ['leave_over'], at: 'returned' },
  session_moved: { field: 'to', words: 'Moved session', real: ['session_logged'], at: 'on', same: 'session' },
  promotion_decided: { field: 'nextTalk', words: 'Next talk on promotion', real: ['promotion_proposed'] },
  credential_noted: { field: 'validTo', words: 'Credential valid to', real: ['credential_noted'] },
  interview_set: { field: 'on', words: 'Interview', real: ['interview_held'], at: 'on' },
  offer_sent: {
    field: 'expires',
    words: 'Answer to the offer',
    real: ['offer_accepted', 'offer_declined', 'offer_expired'],
  },
  start_set: { field: 'on', words: 'First day', real: ['hired'] },
  reserved: { field: 'until', words: 'Last day in reserve', real: ['reserve_ended', 'selected'] },
};

/** @returns dates that were planned, each with the day it really was where that is known */
export function plannedOn(past: readonly Happened[]): readonly Planned[] {
  return past.flatMap((one, n): readonly Planned[] => {
    const plan = one.kind !== null && Object.hasOwn(plans, one.kind) ? plans[one.kind] : undefined;
    const on = plan === undefined ? null : dayIn(one, plan.field);
    if (plan === undefined || on === null) return [];
    const { same, real, at } = plan;
    const found = past
      .slice(n + 1)
      .find(
        (other) =>
          real.includes(other.kind ?? '') &&
          (same === undefined || bodyOf(other)[same] === bodyOf(one)[same]),
      );
    const said = at === undefined ? null : dayIn(found, at);
    return [{ words: plan.words, on, real: said ?? (found === undefined ? null : dayOf(found.at)) }];
  });
}
