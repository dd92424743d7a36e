import type { Instant } from './calendar.ts';
import type { Owner, Visibility } from './words.ts';

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
  readonly next?: string;
  /** Subject and version the answer must name; another version is stale. */
  readonly about?: { readonly subject: string; readonly version: number };
}

/** The rung of each open obligation that was fired or passed by last. */
export type Sent = Readonly<Record<string, string>>;

/** @returns the place of the first rung that has neither fired nor been passed by. */
export function openFrom(obligation: Obligation, sent: Sent): number {
  const last = sent[obligation.id];
  if (last === undefined) return 0;
  // A ladder recomputed under new terms may lack the rung: then only later instants count again.
  const { rungs } = obligation;
  for (let place = 0; place < rungs.length; place += 1) if (rungs[place]?.id === last) return place + 1;
  return 0;
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
