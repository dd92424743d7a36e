import { clock } from './clock/decider.ts';
import { review } from './review/decider.ts';
import { candidacy } from './candidacy/decider.ts';
import { employment } from './employment/decider.ts';
import { readiness } from './readiness/decider.ts';
import { opening } from './opening/decider.ts';
import { role } from './role/decider.ts';
import type { AnyDecider } from './kernel/held.ts';
import type { CaseKind } from './kernel/words.ts';

/** Every case of the house by its kind. */
export const deciders: Readonly<Partial<Record<CaseKind, AnyDecider>>> = {
  candidacy,
  clock,
  employment,
  opening,
  readiness,
  review,
  role,
};

/** @returns the decider of a kind. Throws for a kind this build does not have. */
export function deciderOf(kind: CaseKind): AnyDecider {
  const found = deciders[kind];
  if (found === undefined) throw new Error(`unknown_case_kind: ${kind}`);
  return found;
}
