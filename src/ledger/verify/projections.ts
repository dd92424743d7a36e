import type pg from 'pg';
import { canonical } from '../../domain/kernel/digest.ts';
import type { FactSeen } from '../../domain/kernel/facts.ts';
import { isConfidential } from '../state.ts';
import type { Meaning } from './meaning.ts';
import type { Folded } from './scene.ts';
import { whoIsWhat } from '../who-is-what.ts';
import { Wrong } from './verdict.ts';

interface CaseState {
  readonly case_id: string;
  readonly sequence: number;
  readonly fold_version: number;
  readonly state: string;
  readonly relations: unknown;
  readonly about: string | null;
  readonly belongs_to: string | null;
}

const differs = (caseId: string, sequence: number, what: string): Wrong =>
  new Wrong({ position: 0, case: caseId, sequence }, 'projection_differs', what);

function sameState(row: CaseState, folded: Folded): boolean {
  const { held, decider } = folded;
  if (held === null || isConfidential(decider) || row.fold_version !== decider.foldVersion) return true;
  const stored = JSON.parse(row.state) as { own?: unknown };
  return canonical(stored.own) === canonical(JSON.parse(JSON.stringify(held.own)));
}

/** A row from before who is what was kept has none; the state is asked then. */
function sameRelations({ relations, about, belongs_to, fold_version }: CaseState, folded: Folded): boolean {
  const { held, decider } = folded;
  if (held === null || relations === null || fold_version !== decider.foldVersion) return true;
  const { relations: told, ...rest } = whoIsWhat(decider, held.own);
  return canonical({ relations, about, belongs_to }) === canonical({ relations: [...(told ?? [])], ...rest });
}

/** A state nobody can read is not the one that the rows say. */
function guarded(same: () => boolean): boolean {
  try {
    return same();
  } catch {
    return false;
  }
}

async function checkStates(client: pg.PoolClient, org: string, meaning: Meaning): Promise<void> {
  const { rows } = await client.query<CaseState>(
    `select case_id, sequence, fold_version, state, relations, about, belongs_to from cases where org = $1`,
    [org],
  );
  const stored = new Map(rows.map((row) => [row.case_id, row]));
  for (const [caseId, folded] of meaning.cases) {
    const row = stored.get(caseId);
    const sequence = folded.held?.base.sequence ?? row?.sequence ?? 0;
    if (row === undefined || row.sequence !== sequence)
      throw differs(caseId, sequence, 'the state row stands at another sequence');
    if (!guarded(() => sameState(row, folded)))
      throw differs(caseId, sequence, 'the state row is not the fold of its rows');
    if (!guarded(() => sameRelations(row, folded)))
      throw differs(caseId, sequence, 'who is what in the case');
  }
  for (const row of rows)
    if (!meaning.cases.has(row.case_id)) throw differs(row.case_id, row.sequence, 'a state without rows');
}

async function checkFacts(client: pg.PoolClient, org: string, meaning: Meaning): Promise<void> {
  const { rows } = await client.query<FactSeen>(
    'select kind, subject, value, case_id as "case", sequence from facts where org = $1',
    [org],
  );
  const key = (one: FactSeen): string => `${one.kind}|${one.subject}|${one.value}|${one.case}`;
  const stored = new Map(rows.map((row) => [key(row), row]));
  for (const fact of meaning.facts.all()) {
    if (!stored.delete(key(fact))) throw differs(fact.case, fact.sequence, `the fact ${fact.kind}`);
  }
  for (const row of stored.values()) throw differs(row.case, row.sequence, `the fact ${row.kind}`);
}

async function checkAssignments(client: pg.PoolClient, org: string, meaning: Meaning): Promise<void> {
  const { rows } = await client.query<{ person: string; told: string }>(
    `select person, concat_ws('|', capacity, scope, from_at, coalesce(to_at, -1)) as told from assignments where org = $1`,
    [org],
  );
  const people = meaning.house.people();
  const recorded = meaning.house
    .assignments(people)
    .map((one) => `${one.person}|${one.capacity}|${one.scope}|${one.from}|${one.to ?? -1}`);
  const stored = rows.map((row) => `${row.person}|${row.told}`);
  if (canonical(recorded.toSorted()) !== canonical(stored.toSorted()))
    throw differs('house-assignment', 0, 'assignments are not what the rows say');
}

async function checkTexts(client: pg.PoolClient, org: string, meaning: Meaning): Promise<void> {
  const { rows } = await client.query<{ ref: string; digest: string }>(
    `select ref, digest from texts where org = $1 and state = 'kept'`,
    [org],
  );
  const stored = new Map(rows.map((row) => [row.ref, row.digest]));
  for (const [ref, digest] of meaning.texts.digests)
    if (stored.get(ref) !== digest) throw differs('texts', 0, `the text ${ref}`);
}

/** What is derived from the rows and trusted by the step is what the rows say. @throws Wrong */
export async function checkProjections(client: pg.PoolClient, org: string, meaning: Meaning): Promise<void> {
  await checkStates(client, org, meaning);
  await checkFacts(client, org, meaning);
  await checkAssignments(client, org, meaning);
  await checkTexts(client, org, meaning);
}
