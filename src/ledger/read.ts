import type pg from 'pg';
import type { Db } from '../directory/db.ts';
import type { KeyRing } from '../directory/keys.ts';
import { openVaultEntries } from '../directory/vault.ts';
import { deciderOf } from '../domain/cases.ts';
import type { Obligation } from '../domain/kernel/agenda.ts';
import type { Instant } from '../domain/kernel/calendar.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import type { Standing } from '../domain/kernel/decider.ts';
import { factsFrom } from '../domain/kernel/facts.ts';
import type { Fact, FactRef, FactSeen } from '../domain/kernel/facts.ts';
import { missingFor } from '../domain/kernel/gates.ts';
import { evolveHeld, standingOf } from '../domain/kernel/held.ts';
import type { AnyDecider, Held } from '../domain/kernel/held.ts';
import { agendaOf } from '../domain/kernel/obligations.ts';
import type { Missing } from '../domain/kernel/refusal.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { Capacity, CaseId, PersonRef, Visibility } from '../domain/kernel/words.ts';
import { factKinds } from '../domain/fact-kinds.ts';
import type { FactKind } from '../domain/fact-kinds.ts';
import { TermsStore } from './documents.ts';
import { SEALED, beforeFirst, eventOf, foldCase } from './fold.ts';
import type { LedgerRow, VaultBody } from './fold.ts';
import { FactBook } from './verify/fact-book.ts';
import { HouseFold } from './verify/house.ts';
import { Papers, termsRefOf } from './verify/papers.ts';

const COLUMNS = `org, position, case_id, sequence, kind, at, actor, how, capacity, on_behalf_of, decision_id,
  decision_index, asked_at, supersedes, visibility, retention, facts, terms, texts, body`;

/** @returns a case's rows in order, up to an instant; a house stream is read the same way. */
export async function rowsOf(
  db: Db,
  org: string,
  caseId: CaseId,
  until: Instant = Number.MAX_SAFE_INTEGER,
): Promise<readonly LedgerRow[]> {
  const { rows } = await db.query<LedgerRow>(
    `select ${COLUMNS} from ledger where org = $1 and case_id = $2 and at <= $3 order by sequence`,
    [org, caseId, until],
  );
  return rows;
}

/** What lies in the vault for these rows, by sequence. Whether the reader may see it is decided by the caller first. */
export async function openedOf(
  db: Db,
  keys: KeyRing,
  org: string,
  rows: readonly LedgerRow[],
): Promise<ReadonlyMap<number, VaultBody>> {
  const sealed = rows
    .filter((row) => row.kind === SEALED)
    .map((row) => ({ sequence: row.sequence, ref: (JSON.parse(row.body) as { ref: string }).ref }));
  const bodies = await openVaultEntries(
    db,
    keys,
    org,
    sealed.map((one) => one.ref),
  );
  return new Map(
    sealed.map(({ sequence, ref }) => [sequence, JSON.parse(bodies.get(ref) ?? 'null') as VaultBody]),
  );
}

/** Everybody who held a capacity, stood in for somebody or stood in a relation to the case at an instant. */
export interface PeopleThen {
  readonly people: readonly PersonRef[];
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
}

/** A case as it stood at a past instant, by today's rules of folding and that day's facts, terms and assignments. */
export interface AsOf {
  readonly case: CaseId;
  readonly at: Instant;
  readonly sequence: number;
  readonly held: Held;
  readonly standing: Standing;
  readonly gates: readonly { readonly gate: string; readonly missing: readonly Missing[] }[];
  readonly obligations: readonly Obligation[];
  readonly who: PeopleThen;
}

/** Facts as they stood: the cases that publish them are folded again up to the instant, in the ledger's order. */
async function factsAt(
  db: Db,
  org: string,
  refs: readonly FactRef[],
  until: Instant,
): Promise<readonly FactSeen[]> {
  const kinds = new Set<string>(
    refs.flatMap((ref) => (Object.hasOwn(factKinds, ref.kind) ? [factKinds[ref.kind as FactKind]] : [])),
  );
  // A supervisor's training is kept by the employment once there is one.
  if (kinds.has('candidacy')) kinds.add('employment');
  if (kinds.size === 0) return [];
  const { rows } = await db.query<LedgerRow>(
    `select ${COLUMNS} from ledger where org = $1 and at <= $2
     and split_part(case_id, '-', 1) = any($3::text[]) order by position`,
    [org, until, [...kinds]],
  );
  const book = new FactBook();
  const held = new Map<CaseId, Held>();
  for (const row of rows) book.publish(row.case_id, row.sequence, factsAfter(row, held));
  const wanted = new Set(refs.map((ref) => `${ref.kind}|${ref.subject}`));
  return book.all().filter((fact) => wanted.has(`${fact.kind}|${fact.subject}`));
}

function factsAfter(row: LedgerRow, cases: Map<CaseId, Held>): readonly Fact[] {
  if (row.kind === SEALED) return (JSON.parse(row.body) as { outcomes: readonly Fact[] }).outcomes;
  const decider = deciderOfCase(row.case_id);
  const event = eventOf(row, null);
  const ref = termsRefOf(row.terms);
  const before = cases.get(row.case_id) ?? (ref === null ? null : beforeFirst(decider, event, ref));
  if (before === null) return [];
  const after = evolveHeld(decider, before, event);
  cases.set(row.case_id, after);
  return decider.facts(after.own, row.case_id);
}

function deciderOfCase(caseId: CaseId): AnyDecider {
  const kind = kindOf(caseId);
  if (kind === null) throw new Error('malformed_case_id');
  return deciderOf(kind);
}

async function houseAt(db: Db, org: string, until: Instant): Promise<HouseFold> {
  const house = new HouseFold(new Papers());
  for (const row of await rowsOf(db, org, 'house-assignment', until)) house.fold(row);
  return house;
}

/**
 * A case as it stood at an instant: state, gates with what they lacked, what was owed, and who was who.
 * @param instant milliseconds since the epoch; rows of that very instant are included
 * @returns null when the case did not exist yet
 * @throws DocumentMissing; VaultMissing and SealBroken for a confidential case whose entries are gone or damaged
 */
export async function asOf(
  pool: pg.Pool,
  keys: KeyRing,
  org: string,
  caseId: CaseId,
  instant: Instant,
): Promise<AsOf | null> {
  const rows = await rowsOf(pool, org, caseId, instant);
  const held = foldCase(rows, await openedOf(pool, keys, org, rows));
  if (held === null) return null;
  const decider = deciderOfCase(caseId);
  const store = new TermsStore();
  await store.load(pool, org, [held.base.terms]);
  const terms = store.get(held.base.terms);
  const refs = Object.values(decider.gates).flatMap((gate) => [...gate.reads(held.own)]);
  const facts = await factsAt(pool, org, refs, instant);
  const gates = Object.keys(decider.gates).map((gate) => ({
    gate,
    missing: missingFor(decider, gate, held.own, { facts: factsFrom(facts), terms, now: instant }),
  }));
  const house = await houseAt(pool, org, instant);
  const related = decider.relations(held.own).map((one) => one.person);
  const people = [...new Set([...house.people(), ...related])];
  return {
    ...{ case: caseId, at: instant, sequence: held.base.sequence, held, gates },
    standing: standingOf(decider, held),
    obligations: agendaOf(decider, held, terms, caseId),
    who: { people, assignments: house.assignments(people), delegations: house.delegations(people) },
  };
}

/** One row of a case for people to read; `event` is null when the reader may not see it. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly sequence: number;
  readonly visibility: Visibility;
  readonly decision: string;
  readonly event: {
    readonly kind: string;
    readonly body: object;
    readonly actor: string;
    readonly how: string;
    readonly capacity: string;
    readonly onBehalfOf: string | null;
  } | null;
}

/**
 * A case's rows as plain data, in order.
 * @param capacities what the reader is towards the case: rows of other classes keep their place and say nothing
 * @param opened what lies in the vault, by sequence; a confidential row without it stays closed
 */
export function timeline(
  rows: readonly LedgerRow[],
  capacities: readonly Capacity[],
  opened: ReadonlyMap<number, VaultBody> = new Map(),
): readonly TimelineEntry[] {
  return rows.map((row) => {
    const visibility = row.visibility as Visibility;
    const inside = opened.get(row.sequence) ?? null;
    const hidden = !canRead(capacities, visibility) || (row.kind === SEALED && inside === null);
    const { at, sequence } = row;
    if (hidden) return { at, sequence, visibility, decision: '', event: null };
    const { kind, body, stamp } = eventOf(row, inside);
    const { actor, how, capacity, onBehalfOf } = stamp;
    const event = { kind, body, actor, how, capacity, onBehalfOf: onBehalfOf ?? null };
    return { at, sequence, visibility, decision: stamp.decisionId, event };
  });
}
