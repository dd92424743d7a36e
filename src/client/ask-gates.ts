import { deciderOf } from '../domain/cases.ts';
import { canRead } from '../domain/kernel/can.ts';
import { factsFrom } from '../domain/kernel/facts.ts';
import type { FactSeen } from '../domain/kernel/facts.ts';
import { missingFor as gateMissing } from '../domain/kernel/gates.ts';
import type { Missing } from '../domain/kernel/refusal.ts';
import { missingFor } from '../domain/kernel/why.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { acknowledgedAt } from './acknowledged.ts';
import type { Acknowledged } from './acknowledged.ts';
import { recordReading } from './ask-access.ts';
import { rowsFor, withNames } from './ask-history.ts';
import { ReadingRefused, caseClass, caseFor, heldOf, readerOf, seesGate } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';

/** One gate of a case as it stands now. */
export interface GateNow {
  readonly gate: string;
  /** The kinds of events that may not happen before it holds. */
  readonly guards: readonly string[];
  /** An event it guards has happened already. */
  readonly passed: boolean;
  readonly holds: boolean;
  readonly missing: readonly Missing[];
  /** Warnings that were acknowledged on the way to it, as far as this reader may know of it. */
  readonly acknowledged: readonly Acknowledged[];
  /** It lies before an employment that began elsewhere: never passed here, and never said to hold. */
  readonly notWitnessed?: true;
}

/** Gates that lie before an employment that began elsewhere, for ever *not witnessed*. */
function earlierGates(own: unknown): readonly string[] {
  return (own as { job?: { notWitnessed?: readonly string[] } | null } | null)?.job?.notWitnessed ?? [];
}

async function factsOf(
  office: ReadingOffice,
  refs: readonly { readonly kind: string; readonly subject: string }[],
): Promise<readonly FactSeen[]> {
  const { rows } = await office.pool.query<FactSeen>(
    `select f.kind, f.subject, f.value, f.case_id as "case", f.sequence from facts f
     join jsonb_to_recordset($2::jsonb) as r(kind text, subject text) on f.kind = r.kind and f.subject = r.subject
     where f.org = $1`,
    [office.org, JSON.stringify(refs)],
  );
  return rows;
}

async function happenedKinds(office: ReadingOffice, id: string): Promise<ReadonlySet<string>> {
  const { rows } = await office.pool.query<{ kind: string }>(
    'select distinct kind from ledger where org = $1 and case_id = $2',
    [office.org, id],
  );
  return new Set(rows.map((row) => row.kind));
}

/**
 * Every gate of a case, asked of its state and of the facts as they are now: the same functions that a decision is
 * checked with. What is missing is masked for the reader. @throws ReadingRefused
 */
export async function askGates(
  office: ReadingOffice,
  as: As,
  id: string,
): Promise<{ readonly now: number; readonly list: readonly GateNow[] }> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const kind = one.kind as CaseKind;
  // Whether a gate of a confidential matter holds would tell how it goes.
  if (kind === 'clock' && !canRead(sight.capacities, 'C3')) throw new ReadingRefused('not_permitted', id);
  const decider = deciderOf(kind);
  const held = one.held ?? (await heldOf(office, one));
  if (held === null) return { now: reader.now, list: [] };
  const gates = Object.entries(decider.gates).filter(([gate]) => seesGate(sight, kind, gate));
  const facts = await factsOf(
    office,
    gates.flatMap(([, gate]) => [...gate.reads(held.own)]),
  );
  await office.terms.load(office.pool, office.org, [held.base.terms]);
  const terms = office.terms.get(held.base.terms);
  const happened = await happenedKinds(office, id);
  const rows = await withNames(office, sight, reader, await rowsFor(office, reader, one, sight));
  const guardsOf = (gate: string): readonly string[] =>
    Object.entries(decider.requires).flatMap(([event, needs]) =>
      needs?.includes(gate) === true ? [event] : [],
    );
  const acknowledged = acknowledgedAt(
    rows,
    gates.map(([gate]) => ({ gate, guards: guardsOf(gate) })),
  );
  const list = gates.map(([gate]): GateNow => {
    const missing = gateMissing(decider, gate, held.own, { facts: factsFrom(facts), terms, now: reader.now });
    const guards = guardsOf(gate);
    return {
      ...{ gate, guards, passed: guards.some((event) => happened.has(event)), holds: missing.length === 0 },
      missing: missingFor(missing, sight, caseClass[kind]),
      acknowledged: acknowledged.get(gate) ?? [],
    };
  });
  const earlier = earlierGates(held.own);
  const unseen = earlier.map((gate): GateNow => ({
    ...{ gate, guards: [], passed: false, holds: false, missing: [], acknowledged: [], notWitnessed: true },
  }));
  await recordReading(office, reader, { what: 'gates', refs: [id], classes: [caseClass[kind]] });
  return { now: reader.now, list: [...unseen, ...list.filter((one) => !earlier.includes(one.gate))] };
}
