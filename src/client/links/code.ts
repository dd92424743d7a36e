import { createHmac, timingSafeEqual } from 'node:crypto';
import { boundTo, deriveKey } from '../../directory/crypto.ts';
import { tellPerson } from '../../directory/house-mail.ts';
import type { KeyRing } from '../../directory/keys.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import type { Link } from './store.ts';

/** Eight digits, for a quarter of an hour, five tries. */
const DIGITS = 8;
const HOLDS = `interval '15 minutes'`;
const MOST_TRIES = 5;

/** The one code of a link under its number: it follows from the keys, so that none is kept. */
export function codeOf(keys: KeyRing, org: string, link: string, n: number): string {
  const key = deriveKey(keys.master, boundTo('link_code', org));
  const mac = createHmac('sha256', key)
    .update(JSON.stringify([link, n]))
    .digest();
  return String(mac.readBigUInt64BE() % 10n ** BigInt(DIGITS)).padStart(DIGITS, '0');
}

/** Makes a code for whoever has this link, and sends it to its person's own address. The one before ends. */
export async function sendCode({ org, pool }: ReadingOffice, link: Link): Promise<void> {
  const { rows } = await pool.query<{ n: number }>(
    `insert into link_codes (org, link, n)
     select $1, $2, coalesce(max(n), 0) + 1 from link_codes where org = $1 and link = $2 returning n`,
    [org, link.id],
  );
  await tellPerson(pool, org, link.person, 'code', { about: link.id, n: rows[0]?.n ?? 1 });
}

/** Counts the try, and uses the code up where it is the one. @returns its number; null for any other */
export async function takeCode(
  { org, pool, keys }: ReadingOffice,
  link: Link,
  typed: string,
): Promise<number | null> {
  const { rows } = await pool.query<{ n: number }>(
    `update link_codes c set tries = tries + 1
     where org = $1 and link = $2 and used_at is null and tries < $3 and made_at > now() - ${HOLDS}
       and n = (select max(n) from link_codes where org = $1 and link = $2) returning n`,
    [org, link.id, MOST_TRIES],
  );
  const [row] = rows;
  const given = Buffer.from(typed.replaceAll(/\s/g, '').padEnd(DIGITS).slice(0, DIGITS), 'utf8');
  if (row === undefined) return null;
  const right = Buffer.from(codeOf(keys, org, link.id, row.n), 'utf8');
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const { rowCount } = await pool.query(
    'update link_codes set used_at = now() where org = $1 and link = $2 and n = $3 and used_at is null',
    [org, link.id, row.n],
  );
  return rowCount === 1 ? row.n : null;
}

/** What it was to open could not be done: it holds for the rest of its time. */
export async function giveBackCode({ org, pool }: ReadingOffice, link: Link, n: number): Promise<void> {
  await pool.query('update link_codes set used_at = null where org = $1 and link = $2 and n = $3', [
    ...[org, link.id, n],
  ]);
}
