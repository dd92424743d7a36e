import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import type { FactSeen } from '../domain/kernel/facts.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { NoticeLike } from '../domain/kernel/decider.ts';
import type { Terms, TermsRef } from '../domain/kernel/terms.ts';
import { caseKinds, kindOf } from '../domain/kernel/words.ts';
import type { CaseId, OrgRef, SiteRef } from '../domain/kernel/words.ts';
import { casesFrom, heldOf } from './ask-reader.ts';
import type { Reader, ReadingOffice } from './ask-reader.ts';

/** A notice that was written and not handled yet. */
export interface NoticeWaiting extends NoticeLike {
  readonly key: string;
  readonly from: CaseId;
  readonly to: CaseId;
  readonly at: number;
}

/** What an organization holds at this instant around one case: from here a forecast goes on by itself. */
export interface Present {
  readonly org: OrgRef;
  readonly now: number;
  readonly cases: readonly { readonly id: CaseId; readonly held: Held }[];
  /** Cases that are there and not among these: what goes to them is not followed. */
  readonly others: ReadonlySet<CaseId>;
  /** Those of them that are final: they return what they are told. */
  readonly final: ReadonlySet<CaseId>;
  readonly notices: readonly NoticeWaiting[];
  /** Which of these cases was started by which. */
  readonly started: readonly { readonly from: CaseId; readonly to: CaseId }[];
  /** What every case of the organization publishes. */
  readonly facts: readonly FactSeen[];
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
  termsOf(ref: TermsRef): Terms;
  /** Terms in force at a site, for a case that begins; null where there are none. */
  termsAt(site: SiteRef): Terms | null;
}

const idsIn = new RegExp(`\\b(?:${caseKinds.join('|')})-[0-9a-z]{26}\\b`, 'g');

/** Cases through which one site's other matters hang together: known, and not followed further. */
const hubs: ReadonlySet<string> = new Set(['readiness', 'role']);

async function linked(office: ReadingOffice, ids: readonly CaseId[]): Promise<readonly CaseId[]> {
  const { rows } = await office.pool.query<{ id: CaseId }>(
    `select to_case as id from notices where org = $1 and from_case = any($2::text[])
     union select from_case from notices where org = $1 and to_case = any($2::text[])`,
    [office.org, ids],
  );
  return rows.map((row) => row.id);
}

/** The case and all that it hangs together with: by what they hold of each other, and by what one told another. */
async function around(office: ReadingOffice, reader: Reader, id: CaseId): Promise<ReadonlyMap<CaseId, Held>> {
  const found = new Map<CaseId, Held>();
  let wanted: readonly CaseId[] = [id];
  while (wanted.length > 0) {
    const seen = await casesFrom(office, reader, `case_id = any($2::text[]) and status <> 'final'`, [wanted]);
    const named: CaseId[] = [];
    const through: CaseId[] = [];
    for (const one of seen) {
      const held = one.held ?? (await heldOf(office, one));
      if (held === null) continue;
      found.set(one.case_id, held);
      if (one.case_id !== id && hubs.has(one.kind)) continue;
      through.push(one.case_id);
      named.push(...(JSON.stringify(held.own).match(idsIn) ?? []));
    }
    const next = new Set([...named, ...(await linked(office, through))]);
    wanted = [...next].filter((one) => kindOf(one) !== null && !found.has(one));
  }
  return found;
}

async function termsInForce(office: ReadingOffice): Promise<ReadonlyMap<SiteRef, TermsRef>> {
  const { rows } = await office.pool.query<TermsRef & { site: SiteRef }>(
    'select site, policy, calendar, profile, comparator from terms_in_force where org = $1',
    [office.org],
  );
  return new Map(
    rows.map(({ site, policy, calendar, profile, comparator }) => [
      site,
      { policy, calendar, profile, comparator },
    ]),
  );
}

async function noticesTo(office: ReadingOffice, ids: readonly CaseId[]): Promise<readonly NoticeWaiting[]> {
  const { rows } = await office.pool.query<{
    key: string;
    from_case: CaseId;
    to_case: CaseId;
    kind: string;
    body: string;
    at: number;
  }>(
    `select key, from_case, to_case, kind, body, at from notices
     where org = $1 and outcome is null and (to_case = any($2::text[]) or from_case = any($2::text[])) order by at, key`,
    [office.org, ids],
  );
  return rows.map((row) => ({
    ...{ key: row.key, from: row.from_case, to: row.to_case, kind: row.kind, at: row.at },
    body: JSON.parse(row.body) as object,
  }));
}

/**
 * Reads what a forecast of a case starts from. Confidential cases are opened too: what is shown of it is for the caller
 * to mask.
 */
export async function presentAround(office: ReadingOffice, reader: Reader, id: CaseId): Promise<Present> {
  const { pool, org, terms } = office;
  const found = await around(office, reader, id);
  const ids = [...found.keys()];
  const cases = [...found].map(([of, held]) => ({ id: of, held }));
  const sites = await termsInForce(office);
  const notices = await noticesTo(office, ids);
  const told = notices.flatMap((one) => {
    const { after } = one.body as { after?: TermsRef };
    return one.kind === 'terms_changed' && after !== undefined ? [after] : [];
  });
  await terms.load(pool, org, [...cases.map((one) => one.held.base.terms), ...sites.values(), ...told]);
  const everywhere = await pool.query<{ case_id: CaseId; status: string }>(
    'select case_id, status from cases where org = $1',
    [org],
  );
  const started = await pool.query<{ from: CaseId; to: CaseId }>(
    `select distinct from_case as "from", to_case as "to" from notices where org = $1 and starts and to_case = any($2::text[])`,
    [org, ids],
  );
  const facts = await pool.query<FactSeen>(
    'select kind, subject, value, case_id as "case", sequence from facts where org = $1',
    [org],
  );
  return {
    ...{ org, now: reader.now, cases, notices, started: started.rows, facts: facts.rows },
    others: new Set(everywhere.rows.map((row) => row.case_id).filter((one) => !found.has(one))),
    final: new Set(everywhere.rows.filter((row) => row.status === 'final').map((row) => row.case_id)),
    ...{ assignments: reader.assignments, delegations: reader.delegations },
    termsOf: (ref) => terms.get(ref),
    termsAt: (site) => {
      const ref = sites.get(site);
      return ref === undefined ? null : terms.get(ref);
    },
  };
}
