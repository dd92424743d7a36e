import { person as readPerson } from '../directory/people.ts';
import { addressMark, clearBounces, markBounced, setPostWish } from '../directory/post.ts';
import type { BounceKind, PostWish } from '../directory/post.ts';
import { tellUndelivered, waitsForAPerson } from '../ledger/undelivered.ts';
import type { PromptName } from '../ledger/undelivered.ts';
import type { House } from './house.ts';
import type { Office } from './organization.ts';
import { nudgeRun, quietOf } from './start-options.ts';

/** No message went out under this id. */
export class MessageUnknown extends Error {
  readonly code = 'message_unknown';
  constructor() {
    super(
      'message_unknown: no message of this organization has that Message-ID. Take it from the report of the mail server.',
    );
    this.name = 'MessageUnknown';
  }
}

/** What came of a message that was given back. */
export interface Bounced {
  readonly person: string;
  readonly kind: BounceKind;
  /** Cases in which HR now owes a way to reach the person. */
  readonly told: readonly string[];
  /** Prompts that are tried once more, under the same Message-ID. */
  readonly again: readonly string[];
}

interface Back extends PromptName {
  readonly recipient: string;
  readonly settled_at: number;
}

const DAY_MS = 86_400_000;
/** A mailbox that was full is tried again so much later, for a day. */
const AGAIN_MS = 14_400_000;

async function sentAs(office: Office, messageId: string): Promise<readonly Back[]> {
  const { rows } = await office.pool.query<Back>(
    `select key, case_id, code, rung, recipient, settled_at from prompts
     where org = $1 and message_id = $2 and recipient is not null and state in ('sent', 'unknown', 'failed') order by key`,
    [office.org, messageId],
  );
  return rows;
}

/** @returns to whom the message of this id went. @throws MessageUnknown */
export async function recipientOf(office: Office, messageId: string): Promise<string> {
  const person = (await sentAs(office, messageId))[0]?.recipient;
  if (person === undefined) throw new MessageUnknown();
  return person;
}

/** A message that reached nobody is no message: it counts as failed, and HR owes another way. */
async function failed(office: Office, row: Back): Promise<void> {
  await tellUndelivered(office.pool, office.org, row, 'bounced');
  await office.pool.query(
    `update prompts set state = 'failed', outcome = 'bounced' where org = $1 and key = $2`,
    [...[office.org, row.key]],
  );
}

async function tryAgain(office: Office, row: Back, now: number): Promise<void> {
  await office.pool.query(
    `update prompts set state = 'queued', outcome = 'soft_bounce', held = 'hour', rung_at = coalesce(rung_at, send_after),
       send_after = $3 where org = $1 and key = $2`,
    [office.org, row.key, now + AGAIN_MS],
  );
}

/** Whether a message given back for now may go once more: not an offer or a notice of law, and for a day. */
const mayGoAgain = (row: Back, now: number, rungAt: number): boolean =>
  !waitsForAPerson(row) && now - rungAt < DAY_MS;

/**
 * A mail server gave a message back (product 5, delivery). `hard`: its address is marked, nothing more is sent there
 * until there is another one, and HR owes a way to reach the person, in every case the message spoke for. `soft`: it is
 * tried again for a day, then as before. Doing it again changes nothing.
 * @param address the one the report names; left out: the person's present one
 * @throws MessageUnknown, PersonUnknown, KeyErased
 */
export async function messageBounced(
  house: House,
  one: { readonly messageId: string; readonly kind: BounceKind; readonly address?: string | undefined },
): Promise<Bounced> {
  const { org, pool, keys } = house;
  const rows = await sentAs(house, one.messageId);
  const person = rows[0]?.recipient;
  if (person === undefined) throw new MessageUnknown();
  const email = one.address ?? (await readPerson(pool, keys, org, person)).email;
  if (email !== null) {
    const mark = addressMark(keys, org, email);
    await markBounced(pool, org, { person, mark, kind: one.kind, messageId: one.messageId });
  }
  const told: string[] = [];
  const again: string[] = [];
  for (const row of rows) {
    const { rows: at } = await pool.query<{ now: number; rung: number }>(
      'select org_now($1) as now, coalesce(rung_at, send_after) as rung from prompts where org = $1 and key = $2',
      [org, row.key],
    );
    const { now = 0, rung = 0 } = at[0] ?? {};
    if (one.kind === 'soft' && mayGoAgain(row, now, rung)) {
      await tryAgain(house, row, now);
      again.push(row.key);
    } else {
      await failed(house, row);
      told.push(row.case_id);
    }
  }
  const quiet = await quietOf(pool, org);
  for (const caseId of new Set(rows.map((row) => row.case_id))) await nudgeRun(house, caseId, quiet);
  return { person, kind: one.kind, told: [...new Set(told)], again };
}

/** An address is good again, though it gave a message back. @returns whether there was a mark */
export async function addressGood(office: Office, person: string): Promise<boolean> {
  return clearBounces(office.pool, office.org, person);
}

/** Sets what a person wishes about their mail; see `PostWish`. */
export async function wishPost(office: Office, person: string, wish: PostWish): Promise<void> {
  await setPostWish(office.pool, office.org, person, wish);
}
