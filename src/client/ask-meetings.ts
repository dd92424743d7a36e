import type { Office } from './organization.ts';

/** A meeting somebody takes part in, in the zone of the site it is at. */
export interface MeetingAhead {
  readonly case: string;
  readonly id: string;
  readonly at: number;
  readonly minutes: number;
  readonly zone: string;
}

const MOST = 200;

/**
 * A person's own meetings that are not over yet, soonest first: those they take part in, and no others.
 * @returns with them the organization's clock
 */
export async function askMeetings(
  { pool, org }: Office,
  person: string,
): Promise<{ readonly now: number; readonly list: readonly MeetingAhead[] }> {
  const { rows } = await pool.query<{ now: number; list: MeetingAhead[] }>(
    `select n.now, coalesce((select jsonb_agg(to_jsonb(f)) from (
       select m.case_id as "case", m.id, m.at, m.minutes, s.zone
       from meetings m join cases c on c.org = m.org and c.case_id = m.case_id
         join sites s on s.org = c.org and s.ref = c.site
       where m.org = $1 and m.state = 'on' and $2 = any(m.who) and m.at + m.minutes * 60000 > n.now
       order by m.at, m.case_id, m.id limit ${MOST}) f), '[]') as list
     from (select org_now($1) as now) n`,
    [org, person],
  );
  return rows[0] ?? { now: 0, list: [] };
}
