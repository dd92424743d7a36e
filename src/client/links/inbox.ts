import type pg from 'pg';
import type { Envelope } from '../../contracts/envelope.ts';
import { envelopeSchema } from '../../contracts/envelope.ts';
import { boundTo, deriveKey, open, seal } from '../../directory/crypto.ts';
import type { KeyRing } from '../../directory/keys.ts';
import type { Db } from '../../directory/db.ts';
import { isDatabaseAway } from '../../ledger/database.ts';
import { decideAs } from '../decide-as.ts';
import type { Deciding } from '../decide-as.ts';
import type { Outcome } from '../decide-as.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { TemporalAway } from '../house.ts';

/** What became of a command that came by a link. `kept`: it waits in the inbox, and is entered as soon as it can be. */
export type Entered =
  { readonly is: 'done' } | { readonly is: 'kept' } | { readonly is: 'refused'; readonly refusal: Refusal };

const placeOf = (org: string, decisionId: string): string => boundTo('link_inbox', org, decisionId);
const keyOf = (keys: KeyRing, org: string): Buffer => deriveKey(keys.master, boundTo('link_inbox', org));

/** Keeps a command before anybody is asked. @returns false when it was there already */
export async function receive(
  db: Db,
  keys: KeyRing,
  org: string,
  link: string,
  envelope: Envelope,
): Promise<boolean> {
  const { decisionId } = envelope;
  const plain = Buffer.from(JSON.stringify(envelope), 'utf8');
  const sealed = seal(keyOf(keys, org), plain, placeOf(org, decisionId));
  const { rowCount } = await db.query(
    `insert into link_inbox (org, decision_id, link, sealed, received_at) values ($1, $2, $3, $4, org_now($1))
     on conflict do nothing`,
    [org, decisionId, link, sealed],
  );
  return rowCount === 1;
}

interface Waiting {
  readonly decision_id: string;
  readonly sealed: Buffer;
}

/** Takes one that waits, so that no other process asks for it at the same time; a try that died is taken over. */
async function take(pool: pg.Pool, org: string, decisionId: string, againAfterMs: number) {
  const { rows } = await pool.query<Waiting>(
    `update link_inbox set tries = tries + 1, tried_at = clock_timestamp()
     where org = $1 and decision_id = $2 and state = 'waiting'
       and (tried_at is null or tried_at < clock_timestamp() - make_interval(secs => $3 / 1000.0))
     returning decision_id, sealed`,
    [org, decisionId, againAfterMs],
  );
  return rows[0] ?? null;
}

/**
 * Notes what became of a command. One that was refused in the end, because somebody was faster, has used nothing up: its
 * link takes another answer, as long as the same is still asked.
 */
async function settle(pool: pg.Pool, org: string, id: string, outcome: string | null): Promise<void> {
  await pool.query(
    `with settled as (
       update link_inbox set state = case when $3::text is null then 'done' else 'refused' end, outcome = $3, sealed = null
       where org = $1 and decision_id = $2 and state = 'waiting' returning link)
     update links l set answer = null, answered_at = null from settled
     where $3::text is not null and l.org = $1 and l.id = settled.link and l.purpose = 'answer'
       and exists (select 1 from obligations o where o.org = l.org and o.case_id = l.case_id and o.id = l.obligation)`,
    [org, id, outcome],
  );
}

/** Nobody answered: it stays where it is. Anything else is an error of ours, and stays too. */
async function asked(deciding: Deciding, envelope: Envelope): Promise<Outcome | null> {
  try {
    return await decideAs(deciding, { envelope, texts: [] });
  } catch (error) {
    if (error instanceof TemporalAway) return null;
    throw error;
  }
}

/** Another process was faster: what it entered is done. */
async function isEntered(pool: pg.Pool, org: string, decisionId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from link_inbox where org = $1 and decision_id = $2 and state = 'done'`,
    [org, decisionId],
  );
  return rowCount === 1;
}

/** A try that is older than this belongs to a process that died. */
const DIED_MS = 30_000;

/**
 * Enters one command of the inbox: decided as any other, under its one decision id, so that doing it again is safe.
 * @param againAfterMs how old an earlier try must be
 */
export async function enter(
  deciding: Deciding,
  decisionId: string,
  againAfterMs: number = DIED_MS,
): Promise<Entered> {
  const { pool, org, keys } = deciding.office;
  const row = await take(pool, org, decisionId, againAfterMs);
  if (row === null) return { is: (await isEntered(pool, org, decisionId)) ? 'done' : 'kept' };
  const plain = open(keyOf(keys, org), row.sealed, placeOf(org, decisionId)).toString('utf8');
  const outcome = await asked(deciding, envelopeSchema.parse(JSON.parse(plain)));
  if (outcome === null || outcome.is === 'not_confirmed') return { is: 'kept' };
  if (outcome.is === 'refused') {
    await settle(pool, org, decisionId, outcome.refusal.code);
    return { is: 'refused', refusal: outcome.refusal };
  }
  // A link carries no text, so no guard stops it, and it is asked in earnest.
  if (outcome.is !== 'done') throw new Error(`link_outcome: ${outcome.is}`);
  await settle(pool, org, decisionId, null);
  return { is: 'done' };
}

const MOST_AT_ONCE = 100;

/** One that cannot be entered for a reason of its own does not keep the others waiting. */
async function enterIf(deciding: Deciding, id: string): Promise<'entered' | 'kept' | 'failed'> {
  try {
    return (await enter(deciding, id)).is === 'kept' ? 'kept' : 'entered';
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return 'failed';
  }
}

/**
 * Enters whatever waits in the inbox, oldest first: what came while Temporal was away, or whose process died.
 * @returns how many were entered or refused
 */
export async function drain(deciding: Deciding): Promise<number> {
  const { pool, org } = deciding.office;
  const { rows } = await pool.query<{ decision_id: string }>(
    `select decision_id from link_inbox where org = $1 and state = 'waiting'
       and (tried_at is null or tried_at < clock_timestamp() - make_interval(secs => $2 / 1000.0))
     order by received_at, decision_id limit ${MOST_AT_ONCE}`,
    [org, DIED_MS],
  );
  let done = 0;
  for (const { decision_id: id } of rows) {
    const entered = await enterIf(deciding, id);
    if (entered === 'kept') return done;
    if (entered === 'entered') done += 1;
  }
  return done;
}
