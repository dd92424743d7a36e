import { endList } from '../../directory/post.ts';
import type { Office } from '../organization.ts';
import { linkOf } from './store.ts';

/** True for a token that ends somebody's daily list; looking changes nothing. */
export async function endsList({ pool, org }: Office, token: string): Promise<boolean> {
  const link = await linkOf(pool, org, token, 'unsubscribe');
  return link !== null && link.revokedAt === null;
}

/** RFC 8058: ends the daily list of the person whose token it is. Again: the same. @returns false for no such token */
export async function unsubscribe(office: Office, token: string): Promise<boolean> {
  const link = await linkOf(office.pool, office.org, token, 'unsubscribe');
  if (link === null || link.revokedAt !== null) return false;
  await endList(office.pool, office.org, link.person);
  return true;
}
