import { readiness } from './readiness/decider.ts';
import { role } from './role/decider.ts';
import type { AnyDecider } from './kernel/held.ts';
import type { CaseKind } from './kernel/words.ts';

/** Every case of the house by its kind. */
export const deciders: Readonly<Partial<Record<CaseKind, AnyDecider>>> = { readiness, role };

/** @returns the decider of a kind. Throws for a kind this build does not have. */
export function deciderOf(kind: CaseKind): AnyDecider {
  const found = deciders[kind];
  if (found === undefined) throw new Error(`unknown_case_kind: ${kind}`);
  return found;
}
