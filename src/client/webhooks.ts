import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { boundTo, deriveKey, open, seal } from '../directory/crypto.ts';
import type { Office } from './organization.ts';

/** A program that is told when something moved. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly createdBy: string;
  readonly createdAt: number;
  /** Everything up to here was taken. */
  readonly position: number;
  readonly failures: number;
  readonly lastStatus: number | null;
  /** Given up after failures; without one it was paused by a restore. */
  readonly disabled: boolean;
}

/** Sends one message to an address. @returns the status of its answer; 0 for none */
export type Tell = (
  url: string,
  message: { readonly id: string; readonly at: number; readonly body: string },
  secret: string,
) => Promise<number>;

const shown = `id, url, created_by as "createdBy", (extract(epoch from created_at) * 1000)::bigint as "createdAt",
  position, failures, last_status as "lastStatus", disabled_at is not null as disabled`;

const keyOf = ({ keys }: Office): Buffer => deriveKey(keys.master, 'webhooks');
const placeOf = ({ org }: Office, id: string): string => boundTo('webhook', org, id);

/** Makes one; it hears what happens from now on. Its secret is given once. */
export async function addWebhook(
  office: Office,
  url: string,
  by: string,
): Promise<{ readonly secret: string; readonly webhook: Webhook }> {
  const { org, pool } = office;
  const id = `whk_${randomUUID()}`;
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const sealed = seal(keyOf(office), Buffer.from(secret, 'utf8'), placeOf(office, id));
  const { rows } = await pool.query<Webhook>(
    `insert into webhooks (org, id, url, secret, created_by, position)
     select $1, $2, $3, $4, $5, position from heads where org = $1 returning ${shown}`,
    [org, id, url, sealed, by],
  );
  const [webhook] = rows;
  if (webhook === undefined) throw new Error('a webhook was not kept');
  return { secret, webhook };
}

/** Every one there is; never a secret. */
export async function webhooksOf({ org, pool }: Office): Promise<readonly Webhook[]> {
  const { rows } = await pool.query<Webhook>(
    `select ${shown} from webhooks where org = $1 order by created_at, id`,
    [org],
  );
  return rows;
}

/** Takes one away. @returns false when there is none of this id */
export async function dropWebhook({ org, pool }: Office, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from webhooks where org = $1 and id = $2', [org, id]);
  return rowCount === 1;
}

/** Begins again after a position, also one that was given up. @returns false when there is none of this id */
export async function replayWebhook({ org, pool }: Office, id: string, after: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update webhooks set position = least($3, (select position from heads where org = $1)), failures = 0,
       next_at = now(), disabled_at = null where org = $1 and id = $2`,
    [org, id, after],
  );
  return rowCount === 1;
}

/**
 * Pauses every one that is told, after a copy was put back: one that was taken away since is there again, and what it
 * was told of entries that are gone is nobody's any more. {@link replayWebhook} goes on.
 * @returns how many
 */
export async function pauseWebhooks(client: pg.ClientBase, org: string): Promise<number> {
  const { rowCount } = await client.query(
    'update webhooks set disabled_at = now(), failures = 0, last_status = null where org = $1 and disabled_at is null',
    [org],
  );
  return rowCount ?? 0;
}

const BATCH = 100;
/** After so many failures in a row, some two days of them, it is given up until somebody replays it. */
const GIVEN_UP = 20;

interface Due {
  readonly id: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly position: number;
  /** Where the ledger stood when it was found due. */
  readonly head: number;
}

/** What moved after a position, for programs: places and times. What confidential cases do is told to none. */
async function movesAfter(pool: pg.Pool, org: string, { position, head }: Due) {
  const { rows } = await pool.query<{ position: number; case: string; sequence: number; at: number }>(
    `select l.position, l.case_id as "case", l.sequence, l.at from ledger l join cases c on c.org = l.org and c.case_id = l.case_id
     where l.org = $1 and l.position > $2 and l.position <= $3 and not c.confidential and c.kind <> 'clock' and l.visibility <> 'C3'
     order by l.position limit ${BATCH}`,
    [org, position, head],
  );
  return rows;
}

async function deliver(office: Office, due: Due, tell: Tell): Promise<boolean> {
  const { org, pool } = office;
  const moves = await movesAfter(pool, org, due);
  const last = moves.at(-1);
  if (last === undefined) {
    // Nothing a program is told of: passed over, so that it is not looked at again.
    await pool.query(
      'update webhooks set position = $3, next_at = now() where org = $1 and id = $2 and position = $4',
      [org, due.id, due.head, due.position],
    );
    return false;
  }
  const secret = open(keyOf(office), due.secret, placeOf(office, due.id)).toString('utf8');
  const body = JSON.stringify({ webhook: due.id, moved: moves });
  const at = Math.floor(Date.now() / 1_000);
  const status = await tell(due.url, { id: `${due.id}:${last.position}`, at, body }, secret).catch(() => -1);
  const taken = status >= 200 && status < 300;
  await pool.query(
    taken
      ? `update webhooks set position = $3, failures = 0, last_status = $4, next_at = now() where org = $1 and id = $2 and position = $5`
      : `update webhooks set failures = failures + 1, last_status = $4,
           next_at = now() + least(interval '1 second' * power(2, least(failures, 14)), interval '4 hours'),
           disabled_at = case when failures + 1 >= ${GIVEN_UP} then now() end
         where org = $1 and id = $2 and $3::bigint is not null and position = $5`,
    [org, due.id, last.position, status, due.position],
  );
  return taken;
}

/** Longer than a receiver may take: until then a message under way is told by nobody else. */
const CLAIMED = `interval '1 minute'`;

/**
 * Tells each program what it has not taken yet: in the order of the ledger, and so of each case; the next only after the
 * one before was taken. One process at a time tells a program, a slow one keeps no other waiting, and none holds a
 * connection to the database while it is told.
 * @returns how many messages were taken
 */
export async function tellWebhooks(office: Office, tell: Tell): Promise<number> {
  const { org, pool } = office;
  const due = await pool.query<Due>(
    `update webhooks w set next_at = now() + ${CLAIMED} from heads h
     where w.org = $1 and h.org = w.org and w.disabled_at is null and w.next_at <= now() and w.position < h.position
     returning w.id, w.url, w.secret, w.position, h.position as head`,
    [org],
  );
  const told = await Promise.allSettled(due.rows.map((one) => deliver(office, one, tell)));
  const failed = told.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return told.filter((one) => one.status === 'fulfilled' && one.value).length;
}
