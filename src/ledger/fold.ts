import { deciderOf } from '../domain/cases.ts';
import type { HowKnown } from '../domain/kernel/words.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { emptyBase, evolveHeld } from '../domain/kernel/held.ts';
import type { AnyDecider, Held } from '../domain/kernel/held.ts';
import type { Stamp } from '../domain/kernel/decider.ts';
import type { FactSeen } from '../domain/kernel/facts.ts';
import type { TermsRef } from '../domain/kernel/terms.ts';

/** A ledger row as it is read, exported and verified. */
export interface LedgerRow {
  readonly org: string;
  readonly position: number;
  readonly case_id: string;
  readonly sequence: number;
  readonly kind: string;
  readonly at: number;
  readonly actor: string;
  readonly how: string;
  readonly capacity: string;
  readonly on_behalf_of: string;
  readonly decision_id: string;
  readonly decision_index: number;
  readonly asked_at: number;
  readonly supersedes: string;
  readonly visibility: string;
  readonly retention: string;
  readonly facts: string;
  readonly terms: string;
  /** JSON of `[[ref, digest], …]`: the sealed texts the body names, so that swapping one shows. */
  readonly texts: string;
  readonly body: string;
}

export const SEALED = 'sealed';

/** What lies in the vault for a confidential row. */
export interface VaultBody {
  readonly kind: string;
  readonly body: object;
  readonly capacity: string;
  readonly decisionId: string;
  /** What the row would say in clear. */
  readonly facts: readonly FactSeen[];
  readonly supersedes: string;
  readonly texts: readonly TextDigest[];
}

/** Ref and salted digest of one sealed text. */
export type TextDigest = readonly [ref: string, digest: string];

/** @returns the event of a row as `evolve` takes it. @param open the vault's body of a confidential row */
export function eventOf(
  row: LedgerRow,
  open: VaultBody | null,
): { kind: string; body: object; stamp: Stamp } {
  const stamp: Stamp = {
    at: row.at,
    asked: row.asked_at,
    actor: row.actor,
    how: row.how as HowKnown,
    capacity: open?.capacity ?? row.capacity,
    ...(row.on_behalf_of === '' ? {} : { onBehalfOf: row.on_behalf_of }),
    sequence: row.sequence,
    decisionId: open?.decisionId ?? row.decision_id,
  };
  return open === null
    ? { kind: row.kind, body: JSON.parse(row.body) as object, stamp }
    : { kind: open.kind, body: open.body, stamp };
}

/** The state before a case's first event. */
export function beforeFirst(decider: AnyDecider, first: { readonly body: object }, terms: TermsRef): Held {
  const site = (first.body as { site?: string }).site ?? '';
  return { own: decider.initial(), base: emptyBase(site, terms) };
}

/**
 * Folds a case's rows, in order of sequence, into what it holds.
 * @param opened bodies of confidential rows by their sequence; all are needed for a case that has any
 * @returns null for no rows
 */
export function foldCase(rows: readonly LedgerRow[], opened: ReadonlyMap<number, VaultBody>): Held | null {
  const first = rows[0];
  if (first === undefined) return null;
  const kind = kindOf(first.case_id);
  if (kind === null) throw new Error(`malformed_case_id: ${first.case_id}`);
  const decider = deciderOf(kind);
  const events = rows.map((row) =>
    eventOf(row, row.kind === SEALED ? (opened.get(row.sequence) ?? null) : null),
  );
  const terms = JSON.parse(first.terms) as TermsRef;
  return events.reduce(
    (held, event) => evolveHeld(decider, held, event),
    beforeFirst(decider, events[0]!, terms),
  );
}
