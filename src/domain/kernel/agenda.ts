import type { Instant } from './calendar.ts';
import type { Owner, PersonRef, Visibility } from './words.ts';

/** One prompt of a ladder, or the instant at which the policy itself acts. */
export interface Rung {
  /** Unique within the obligation, e.g. `r0`, `due`, `T-7`. */
  readonly id: string;
  readonly at: Instant;
  readonly to: readonly Owner[];
  /** `inform` tells somebody something and asks nothing of them. */
  readonly how: 'ask' | 'remind' | 'inform' | 'digest' | 'escalate' | 'act';
  /** Only with `how: 'act'`: one of the case's closed list of policy acts. */
  readonly act?: string;
}

/** One thing somebody owes. Derived from state, so nothing can wait without appearing here. */
export interface Obligation {
  /** Stable within the case for as long as the same thing is owed, e.g. `P1.2:E5:2:prs_…`. */
  readonly id: string;
  /** The code of its prompt, or of the decision or rule it is about, e.g. `P1.2`. */
  readonly code: string;
  readonly owner: Owner;
  readonly since: Instant;
  readonly due: Instant;
  readonly visibility: Visibility;
  /** Sorted by `at`; may be empty for a thing that is only shown. */
  readonly rungs: readonly Rung[];
  /** What happens if nobody acts: a code, shown by why-waiting. */
  readonly atSilence: string;
  /** The code of what follows once this is done, shown by why-waiting. */
  readonly next?: string | undefined;
  /** Subject and version the answer must name; another version is stale. */
  readonly about?: { readonly subject: string; readonly version: number } | undefined;
  /** Who proposed what this is about, or gave another word on it: it is asked of somebody else. Left out: nobody. */
  readonly spoke?: readonly PersonRef[] | undefined;
}

/** The rung of an obligation that was fired last, and when. A rung alone: written before instants were kept. */
export type Mark = string | readonly [rung: string, at: Instant];

/** The mark of each obligation that is open, or was until lately. */
export type Sent = Readonly<Record<string, Mark>>;

/** The same thing is asked anew: it began again after the last rung, and that rung lies ahead of it once more. */
function anew(obligation: Obligation, rung: Rung, at: Instant): boolean {
  return obligation.since > at && rung.at > at;
}

/**
 * A rung that was fired stays fired, also where what it is about went away and came back as it was. What is asked anew
 * under the same id climbs its ladder from the start.
 * @returns the place of the first rung that has neither fired nor been passed by
 */
export function openFrom(obligation: Obligation, sent: Sent): number {
  const mark = sent[obligation.id];
  if (mark === undefined) return 0;
  const [last, at] = typeof mark === 'string' ? [mark, null] : mark;
  const { rungs } = obligation;
  for (let place = 0; place < rungs.length; place += 1) {
    const rung = rungs[place];
    if (rung?.id !== last) continue;
    return at !== null && anew(obligation, rung, at) ? 0 : place + 1;
  }
  // A ladder recomputed under new terms may lack the rung: then only later instants count again.
  if (at === null) return 0;
  const later = rungs.findIndex((rung) => rung.at > at);
  return later === -1 ? rungs.length : later;
}

/** @returns the rungs of an obligation that have neither fired nor been passed by. */
export function unsent(obligation: Obligation, sent: Sent): readonly Rung[] {
  const from = openFrom(obligation, sent);
  return from === 0 ? obligation.rungs : obligation.rungs.slice(from);
}

/** @returns the earliest instant at which the case must be looked at again, or null. */
export function nextWake(agenda: readonly Obligation[], sent: Sent): Instant | null {
  let earliest: Instant | null = null;
  for (const obligation of agenda) {
    // Rungs are sorted: one whose first is no earlier cannot wake the case sooner.
    if (earliest !== null && (obligation.rungs[0]?.at ?? Infinity) >= earliest) continue;
    const rung = obligation.rungs[openFrom(obligation, sent)];
    if (rung !== undefined && (earliest === null || rung.at < earliest)) earliest = rung.at;
  }
  return earliest;
}
