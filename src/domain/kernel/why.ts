import type { Instant } from './calendar.ts';
import { canRead } from './can.ts';
import type { Missing, Refusal } from './refusal.ts';
import type { Capacity, Owner, PersonRef, Visibility } from './words.ts';

/** An open obligation as it is kept: what the agenda said when the case moved last. */
export interface KeptObligation {
  readonly id: string;
  readonly code: string;
  readonly owner: Owner;
  readonly since: Instant;
  readonly due: Instant;
  readonly visibility: Visibility;
  /** What happens if nobody acts: a code. */
  readonly atSilence: string;
  /** The code of what follows once this is done. */
  readonly next: string | null;
  /** The rung that comes next, or null when the ladder is at its end. */
  readonly rung: {
    readonly id: string;
    readonly at: Instant;
    readonly to: readonly Owner[];
  } | null;
  /** Rungs fired or passed by so far. */
  readonly reminded: number;
}

/** Somebody who reads: what they are towards the case in question, and under which owners they are asked. */
export interface Onlooker {
  /** Null: the installation itself, which reads no people. */
  readonly person: PersonRef | null;
  readonly capacities: readonly Capacity[];
  /** Their own ref and every `capacity@scope` they hold or stand in for. */
  readonly owners: readonly Owner[];
}

/** Why something waits, as data. A reader without its class learns one thing: HR has it, and by when (domain 2.1). */
export type Why =
  | ({ readonly masked: false } & KeptObligation)
  | { readonly masked: true; readonly owner: 'hr'; readonly due: Instant };

/**
 * Somebody is told of what their partner answers for both (P7.1, P7.2): they may act, and are never late. The other one is.
 */
export const isTold = (why: Why): boolean => !why.masked && why.atSilence === 'the_other_answers';

/** True when a reader may see something of a class. What a person owes they may see: they are asked to do it. */
export function maySee(
  visibility: Visibility,
  reader: Onlooker,
  owners: readonly (Owner | undefined)[],
): boolean {
  if (owners.some((owner) => owner !== undefined && reader.owners.includes(owner))) return true;
  return canRead(reader.capacities, visibility);
}

/**
 * Why-waiting: on whom, since when, due when, what was sent, what comes next, what if nobody acts.
 * A function of the agenda and of the reader's rights, the same on every screen.
 */
export function whyWaiting(kept: KeptObligation, reader: Onlooker): Why {
  const { owner, due, visibility } = kept;
  if (!maySee(visibility, reader, [owner])) return { masked: true, owner: 'hr', due };
  // Field by field: made thousands of times for one list, all of one form.
  const { id, code, since, atSilence, next, rung, reminded } = kept;
  return { id, code, owner, since, due, visibility, atSilence, next, rung, reminded, masked: false };
}

/**
 * Why a whole case waits, soonest due first. All that is masked becomes one entry with the earliest date: several would
 * tell a count.
 */
export function whyAll(kept: readonly KeptObligation[], reader: Onlooker): readonly Why[] {
  const all = kept.map((one) => whyWaiting(one, reader));
  if (all.length === 1) return all;
  const masked = all.filter((one) => one.masked);
  const hidden = masked.toSorted((a, b) => a.due - b.due).slice(0, 1);
  return [...all.filter((one) => !one.masked), ...hidden].toSorted((a, b) => a.due - b.due);
}

/** What stands for everything a reader may not see in a list of what is missing. */
export const HIDDEN_MISSING: Missing = { code: 'waiting_for_hr' };

/** What is missing, as this reader may know it. Items without a class of their own are of class `otherwise`. */
export function missingFor(
  missing: readonly Missing[],
  reader: Onlooker,
  otherwise: Visibility,
): readonly Missing[] {
  const seen = missing.filter((one) => maySee(one.visibility ?? otherwise, reader, [one.who]));
  return seen.length === missing.length ? missing : [...seen, HIDDEN_MISSING];
}

/** Held at a place and counted in every case of it: by these alone nobody knows what a confidential matter is about. */
const sitesOwn: ReadonlySet<Capacity> = new Set(['hr', 'hr_director', 'auditor', 'administrator']);

/**
 * A refusal as this reader may know it: its code and rule stay, what they may not see of the list goes. In a confidential
 * matter of which nothing on the list is theirs the rule goes as well: it would tell what kind of matter that is.
 */
export function refusalFor(refusal: Refusal, reader: Onlooker, otherwise: Visibility): Refusal {
  const missing = missingFor(refusal.missing, reader, otherwise);
  const { rule: _, ...bare } = refusal;
  const officer = reader.capacities.some((one) => !sitesOwn.has(one));
  const nothing =
    !officer && missing.every((one) => one === HIDDEN_MISSING) && !maySee(otherwise, reader, []);
  return otherwise === 'C3' && nothing ? { ...bare, missing } : { ...refusal, missing };
}
