import type { Visibility, Owner } from './words.ts';

/** Codes of refusals; deciders add a rule code (`R4.3`, `G2`) in `rule`. */
export type RefusalCode =
  | 'malformed'
  | 'unknown_command'
  | 'unknown_case'
  | 'not_open'
  | 'already_open'
  | 'stale'
  | 'oversized'
  | 'not_permitted'
  | 'gate_not_passed'
  | 'rule_blocks'
  | 'acknowledgement_needed'
  | 'decision_id_reused'
  | 'not_expected_now'
  | 'nothing_to_do'
  | 'unknown_reference'
  | 'untrusted'
  | 'out_of_calendar'
  | 'rules_failed';

/** One thing that is not there yet. Carries codes and refs only. */
export interface Missing {
  readonly code: string;
  readonly about?: string;
  readonly who?: Owner;
  readonly visibility?: Visibility;
}

/** A typed "no". It leaves no trace in the ledger. */
export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  /** The rule, gate or decision behind the no, e.g. `R5.2`. */
  readonly rule?: string;
  readonly missing: readonly Missing[];
}

/** Builds a refusal. @param missing what must be there before the same command is accepted. */
export function refuse(code: RefusalCode, rule?: string, missing: readonly Missing[] = []): Refusal {
  return rule === undefined ? { refused: true, code, missing } : { refused: true, code, rule, missing };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}

/** A rule at level BLOCK that says no (domain 2.1, levels of a rule). */
export function blocked(rule: string, ...missing: readonly Missing[]): Refusal {
  return refuse('rule_blocks', rule, missing);
}

/** The command is known, yet the case is at a point where it has no meaning. */
export function notNow(rule: string, ...missing: readonly Missing[]): Refusal {
  return refuse('not_expected_now', rule, missing);
}
