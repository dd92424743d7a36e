import type pg from 'pg';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { person, site } from '../unit/house.ts';

/** The payload with which a director opens the readiness case of the site. */
export const opened = {
  site,
  reasons: ['mission'],
  funding: 'mixed',
  scorers: [person('dana'), person('theo')],
  leads: [person('director')],
  roleHoldersOnSite: 0,
};

/** People who can act on a readiness case, by the words `actsOn` uses. */
export const people = {
  director: ['director'],
  executive: ['executive'],
  dana: ['hr'],
  theo: ['adviser'],
  carol: ['compliance'],
} as const;

type Act = (actor: string, type: string, payload: Record<string, unknown>) => Envelope;

/** Makes commands of one case, each under an id of its own. @param series begins the decision ids */
export function actsOn(caseId: string, series: string): Act {
  let n = 0;
  return (actor, type, payload) => ({
    v: 1,
    decisionId: `${series}-${String((n += 1)).padStart(4, '0')}`,
    case: caseId,
    type,
    actor: person(actor),
    how: 'asserted_local',
    payload,
  });
}

/** Everything of an organization that a refused command must leave alone, as one digest. */
export async function fingerprint(pool: pg.Pool, org: string): Promise<string> {
  const parts = [
    `select count(*) || '|' || encode(max(h.hash), 'hex') as t from ledger l join heads h using (org) where org = $1`,
    `select string_agg(c::text, '|' order by case_id) as t from cases c where org = $1`,
    `select string_agg(o::text, '|' order by case_id, id) as t from obligations o where org = $1`,
    `select string_agg(n::text, '|' order by key) as t from notices n where org = $1`,
    `select string_agg(key, '|' order by key) as t from prompts where org = $1`,
    `select string_agg(d::text, '|' order by decision_id) as t from decisions d where org = $1`,
  ];
  const texts: string[] = [];
  for (const sql of parts) {
    const { rows } = await pool.query<{ t: string | null }>(`select md5(coalesce((${sql}), '')) as t`, [org]);
    texts.push(rows[0]?.t ?? '');
  }
  return texts.join(' ');
}

export interface ChainState {
  readonly rows: number;
  /** Rows whose hash, predecessor or position is not what it must be, and cases with a gap. */
  readonly wrong: number;
}

/** Recomputes the whole chain in the database, and looks for gaps in every case's sequence. */
export async function chain(pool: pg.Pool, org: string): Promise<ChainState> {
  const { rows } = await pool.query<{ rows: number; wrong: number }>(
    `with l as (
       select ledger.hash <> row_hash(prev, ledger) as forged,
         prev <> coalesce(lag(ledger.hash) over (order by position), '\\x'::bytea) as unchained,
         position <> row_number() over (order by position) as jumped,
         sequence <> row_number() over (partition by case_id order by position) as gap
       from ledger where org = $1)
     select count(*)::int as rows, (count(*) filter (where forged or unchained or jumped or gap)
       + (select count(*) from cases c where c.org = $1 and c.sequence <>
           (select count(*) from ledger x where x.org = $1 and x.case_id = c.case_id))
       + (select count(*) from heads h where h.org = $1 and h.position <> (select count(*) from ledger x where x.org = $1))
     )::int as wrong from l`,
    [org],
  );
  return rows[0] ?? { rows: 0, wrong: -1 };
}

/** How often each of these decisions stands in the ledger. */
export async function timesInLedger(
  pool: pg.Pool,
  org: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ decision_id: string; n: number }>(
    `select decision_id, count(*)::int as n from ledger
     where org = $1 and decision_id = any($2::text[]) and decision_index = 0 group by decision_id`,
    [org, ids],
  );
  return new Map(rows.map((row) => [row.decision_id, row.n]));
}

/** The kernel's generator of a seed: the same seed, the same faults. @returns numbers from 0 up to 1 */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Waits until something holds. @throws when it does not within `ms` */
export async function until<T>(what: string, ms: number, look: () => Promise<T | false | null>): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== false && found !== null) return found;
    if (Date.now() > end) throw new Error(`did not happen within ${ms} ms: ${what}`);
    await new Promise((resume) => setTimeout(resume, 25));
  }
}
