import { createHmac } from 'node:crypto';
import { boundTo, deriveKey } from './crypto.ts';
import type { Db } from './db.ts';
import type { KeyRing } from './keys.ts';

/** Whether a person gets each message by itself, or one list a day. */
export const postStyles = ['immediate', 'digest'] as const;
export type PostStyle = (typeof postStyles)[number];

/** `hard`: nobody is reached there; `soft`: it was full or away. */
export const bounceKinds = ['hard', 'soft'] as const;
export type BounceKind = (typeof bounceKinds)[number];

/** What a person wishes about their mail. */
export interface PostWish {
  readonly style: PostStyle;
  /** Codes of which they want no mail; what only they can do comes all the same. */
  readonly muted: readonly string[];
}

/** @returns what stands for an address where it must not stand itself: another one has another mark */
export function addressMark(keys: KeyRing, org: string, email: string): string {
  const key = deriveKey(keys.master, boundTo('address', org));
  return createHmac('sha256', key).update(email.trim().toLowerCase()).digest('hex').slice(0, 32);
}

/** Keeps that an address gave a message back. A hard one stays until the person has another address, or it is cleared. */
export async function markBounced(
  db: Db,
  org: string,
  one: {
    readonly person: string;
    readonly mark: string;
    readonly kind: BounceKind;
    readonly messageId: string;
  },
): Promise<void> {
  await db.query(
    `insert into bounces (org, person, address, kind, at, message_id) values ($1, $2, $3, $4, org_now($1), $5)
     on conflict (org, person, address) do update set at = excluded.at, message_id = excluded.message_id,
       kind = case when bounces.kind = 'hard' then 'hard' else excluded.kind end`,
    [org, one.person, one.mark, one.kind, one.messageId],
  );
}

/** An address that is good again. @returns whether there was a mark */
export async function clearBounces(db: Db, org: string, person: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from bounces where org = $1 and person = $2', [org, person]);
  return (rowCount ?? 0) > 0;
}

/**
 * Ends the daily list of a person: whatever they are asked comes by itself from now on, and what waited for the list goes
 * now. Doing it again changes nothing.
 */
export async function endList(db: Db, org: string, person: string): Promise<void> {
  await db.query(
    `insert into post_wishes (org, person, style, unlisted) values ($1, $2, 'immediate', true)
     on conflict (org, person) do update set style = excluded.style, unlisted = true`,
    [org, person],
  );
  await db.query(
    `update prompts set held = 'hour', send_after = least(send_after, org_now($1))
     where org = $1 and recipient = $2 and state = 'queued' and held = 'digest'`,
    [org, person],
  );
}

/** Sets what a person wishes; doing it again changes nothing. Whoever wants a list is on it again. */
export async function setPostWish(db: Db, org: string, person: string, wish: PostWish): Promise<void> {
  await db.query(
    `insert into post_wishes (org, person, style, muted) values ($1, $2, $3, $4)
     on conflict (org, person) do update set style = excluded.style, muted = excluded.muted,
       unlisted = post_wishes.unlisted and excluded.style = 'immediate'`,
    [org, person, wish.style, wish.muted],
  );
}

/** @returns what a person wishes; who never said so gets each message by itself */
export async function postWish(db: Db, org: string, person: string): Promise<PostWish> {
  const { rows } = await db.query<PostWish>(
    'select style, muted from post_wishes where org = $1 and person = $2',
    [org, person],
  );
  return rows[0] ?? { style: 'immediate', muted: [] };
}
