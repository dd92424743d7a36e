import type { TermsRef } from '../domain/kernel/terms.ts';
import { TEMPLATE_VERSION } from '../notify/templates.ts';
import { CUT_OFF_MS } from './claim.ts';
import type { Ports } from './ports.ts';
import type { PromptRow } from './prepare.ts';
import { recipientSql } from './recipient-sql.ts';

/** Something a person was asked for that is open. */
export interface OpenItem {
  readonly case_id: string;
  readonly id: string;
  readonly code: string;
  readonly owner: string;
  readonly due: number;
  readonly visibility: string;
  readonly site: string;
  /** Who gave another word on it, or null. */
  readonly spoke: readonly string[] | null;
}

/** A prompt that waits for a list, and who gave another word on what it asks. */
export type ListedPrompt = PromptRow & Pick<OpenItem, 'spoke'>;

/** Whose items these owners' are now: every person with something open they were asked for, or something put into a list. */
export async function peopleWithItems(
  ports: Ports,
  now: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await ports.pool.query<{ owner: string; person: string }>(
    `with owners as (
       select owner from obligations where org = $1 and reminded > 0
       union select owner from prompts where org = $1 and state = 'queued' and held = 'digest' and send_after <= $2)
     select o.owner, coalesce(w.stand_in, w.person) as person from owners o
     cross join lateral (${recipientSql('o.owner', '$2::bigint')}) w order by 2, 1`,
    [ports.org, now],
  );
  const found = new Map<string, string[]>();
  for (const { owner, person } of rows) found.set(person, [...(found.get(person) ?? []), owner]);
  return found;
}

/** @returns what these owners were asked for and is open, soonest due first */
export async function openItems(ports: Ports, owners: readonly string[]): Promise<readonly OpenItem[]> {
  const { rows } = await ports.pool.query<OpenItem>(
    `select o.case_id, o.id, o.code, o.owner, o.due, o.visibility, o.spoke, c.site from obligations o
     join cases c on c.org = o.org and c.case_id = o.case_id
     where o.org = $1 and o.reminded > 0 and o.owner = any($2::text[]) order by o.due, o.case_id, o.id`,
    [ports.org, owners],
  );
  return rows;
}

/** @returns the prompts to these owners that wait for a list by now, in their order */
export async function waitingForList(
  ports: Ports,
  owners: readonly string[],
  now: number,
): Promise<readonly ListedPrompt[]> {
  const { rows } = await ports.pool.query<ListedPrompt>(
    `select key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site, outcome, attempts,
       held, coalesce(rung_at, send_after) as rung_at,
       (select o.spoke from obligations o where o.org = prompts.org and o.case_id = prompts.case_id
         and o.id = prompts.obligation) as spoke
     from prompts where org = $1 and state = 'queued' and held = 'digest' and send_after <= $3 and owner = any($2::text[])
     order by rung_at, key`,
    [ports.org, owners, now],
  );
  return rows;
}

/** @returns the terms in force at a site, or null */
export async function termsAt(ports: Ports, site: string): Promise<TermsRef | null> {
  const { rows } = await ports.pool.query<TermsRef>(
    'select policy, calendar, profile, comparator from terms_in_force where org = $1 and site = $2',
    [ports.org, site],
  );
  return rows[0] ?? null;
}

/** Puts what waits for a list off to the next one: this morning is none for them. */
export async function toNextList(ports: Ports, keys: readonly string[], at: number): Promise<void> {
  await ports.pool.query(
    `update prompts set send_after = $3 where org = $1 and key = any($2::text[]) and state = 'queued'`,
    [ports.org, keys, at],
  );
}

/** Of one person's list of one day. `claimed`: this process alone sends it now. */
export type ListClaim = 'claimed' | 'busy' | 'done' | 'twice';

/** A list that was cut off while sending goes once more under its one Message-ID; a second time it does not. */
export async function claimList(
  ports: Ports,
  person: string,
  day: string,
  messageId: string,
): Promise<ListClaim> {
  const { rows } = await ports.pool.query<{ claimed: boolean }>(
    `insert into digests as d (org, person, day, state, message_id, listed) values ($1, $2, $3, 'sending', $4, '[]')
     on conflict (org, person, day) do update set claimed_at = clock_timestamp(), tries = d.tries + 1
       where d.state = 'sending' and d.tries < 2 and d.claimed_at < clock_timestamp() - make_interval(secs => $5 / 1000.0)
     returning true as claimed`,
    [ports.org, person, day, messageId, CUT_OFF_MS],
  );
  if (rows.length > 0) return 'claimed';
  const { rows: found } = await ports.pool.query<{ state: string; twice: boolean }>(
    `select state, tries > 1 and claimed_at < clock_timestamp() - make_interval(secs => $4 / 1000.0) as twice
     from digests where org = $1 and person = $2 and day = $3`,
    [ports.org, person, day, CUT_OFF_MS],
  );
  if (found[0]?.state !== 'sending') return 'done';
  return found[0].twice ? 'twice' : 'busy';
}

/** The mail server does not have it: the next try begins anew. */
export async function releaseList(ports: Ports, person: string, day: string): Promise<void> {
  await ports.pool.query(
    `delete from digests where org = $1 and person = $2 and day = $3 and state = 'sending'`,
    [ports.org, person, day],
  );
}

/** What became of a list and, in the same statement, of the prompts it stood for. */
export async function settleList(
  ports: Ports,
  list: {
    readonly person: string;
    readonly day: string;
    readonly messageId: string;
    readonly state: 'sent' | 'unknown' | 'failed';
    readonly listed: readonly (readonly [string, string])[];
    readonly keys: readonly string[];
  },
): Promise<void> {
  await ports.pool.query(
    `with d as (update digests set state = $4, listed = $5::jsonb, sent_at = org_now($1)
       where org = $1 and person = $2 and day = $3)
     update prompts set state = $4, recipient = $2, message_id = $6, outcome = 'in_digest', template_version = $7,
       settled_at = org_now($1), claimed_at = null where org = $1 and key = any($8::text[]) and state = 'queued'`,
    [
      ...[ports.org, list.person, list.day, list.state, JSON.stringify(list.listed), list.messageId],
      ...[TEMPLATE_VERSION, list.keys],
    ],
  );
}

/**
 * Moves the job to its next morning: outside a sandbox every weekday, as its schedule rings. A sandbox stops only where a
 * list may be due, and forgets the job when none is, so that its clock can go on for years.
 * @param due the next morning on which something of much that is open falls due, or null
 */
export async function nextMorning(
  ports: Ports,
  job: string,
  weekday: number,
  due: number | null,
): Promise<void> {
  const { rows } = await ports.pool.query<{ sandbox: boolean; waits: number | null }>(
    `select o.sandbox, (select min(send_after) from prompts p where p.org = o.org and p.state = 'queued'
       and p.held = 'digest' and p.send_after > org_now(o.org)) as waits from orgs o where o.org = $1`,
    [ports.org],
  );
  const { sandbox = false, waits = null } = rows[0] ?? {};
  const stops = [due, waits].filter((one) => one !== null);
  const at = sandbox ? Math.min(...stops) : weekday;
  await (Number.isFinite(at)
    ? ports.pool.query(
        'update jobs set next_at = $3 where org = $1 and name = $2 and next_at <= org_now($1)',
        [ports.org, job, at],
      )
    : ports.pool.query('delete from jobs where org = $1 and name = $2 and next_at <= org_now($1)', [
        ports.org,
        job,
      ]));
}
