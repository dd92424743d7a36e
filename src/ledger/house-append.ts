import type pg from 'pg';
import { canonical } from '../domain/kernel/digest.ts';
import type { TermsRef } from '../domain/kernel/terms.ts';
import { PATIENT_MS, underHead } from './database.ts';
import type { RowIn } from './step-store.ts';

/** The organization's own streams: appended under the same lock as any step, without a workflow. */
export const houseStreams = [
  'policy',
  'calendar',
  'assignment',
  'comparator',
  'access',
  'erasure',
  'anchor',
] as const;
export type HouseStream = (typeof houseStreams)[number];

export interface HouseEvent {
  readonly stream: HouseStream;
  readonly kind: string;
  readonly body: object;
}

export interface HouseAct {
  readonly decisionId: string;
  readonly actor: string;
  readonly how: string;
  readonly capacity: string;
  readonly events: readonly HouseEvent[];
}

const noTerms: TermsRef = { policy: '', calendar: '', profile: '', comparator: null };

async function sequences(client: pg.ClientBase, org: string): Promise<Map<string, number>> {
  const { rows } = await client.query<{ case_id: string; last: number }>(
    `select case_id, max(sequence) as last from ledger where org = $1 and case_id like 'house-%' group by case_id`,
    [org],
  );
  return new Map(rows.map((row) => [row.case_id, row.last]));
}

function rowOf(
  act: HouseAct,
  event: HouseEvent,
  index: number,
  at: number,
  last: Map<string, number>,
): RowIn {
  const caseId = `house-${event.stream}`;
  const sequence = (last.get(caseId) ?? 0) + 1;
  last.set(caseId, sequence);
  const { actor, how, capacity, decisionId } = act;
  return {
    ...{ case_id: caseId, sequence, kind: event.kind, actor, how, capacity, on_behalf_of: '' },
    ...{ decision_id: decisionId, decision_index: index, asked_at: at, supersedes: '' },
    ...{ visibility: 'C1', retention: 'keep', facts: '[]', terms: canonical(noTerms), texts: '[]' },
    body: JSON.stringify(event.body),
  };
}

/**
 * Appends events of the house and lets `project` update their projections in the same transaction.
 * A decision id already used changes nothing.
 * @returns the instant of the rows, or null when the decision was there already
 */
export async function houseAppend(
  pool: pg.Pool,
  org: string,
  act: HouseAct,
  project: (client: pg.PoolClient, at: number) => Promise<void>,
): Promise<number | null> {
  return underHead(pool, org, PATIENT_MS, async (client) => {
    const at = await houseAppendIn(client, org, act);
    if (at !== null) await project(client, at);
    return at;
  });
}

/**
 * Appends events of the house inside a transaction of the caller's, who holds the lock of the ledger's head.
 * @returns the instant of the rows, or null when the decision was there already
 */
export async function houseAppendIn(
  client: pg.ClientBase,
  org: string,
  act: HouseAct,
): Promise<number | null> {
  const known = await client.query('select 1 from ledger where org = $1 and decision_id = $2 limit 1', [
    org,
    act.decisionId,
  ]);
  if (known.rows.length > 0) return null;
  const { rows } = await client.query<{ now: number }>('select org_now($1) as now', [org]);
  const at = rows[0]?.now ?? 0;
  const last = await sequences(client, org);
  const written = act.events.map((event, index) => rowOf(act, event, index, at, last));
  await client.query('select append_rows($1, $2, $3)', [org, at, JSON.stringify(written)]);
  return at;
}
