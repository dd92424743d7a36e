import { isIP } from 'node:net';
import type { ReadingOffice } from '../client/ask-reader.ts';
import { counted, limits, uncounted } from '../identity/limits.ts';
import type { Limit } from '../identity/limits.ts';
import { problemOf } from './problem.ts';

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const NETWORK_GROUPS = 4;

/**
 * An address as it is counted: whoever has one IPv6 address has 2^64 of them, so its network of 64 bits counts.
 * @returns anything else as it is
 */
export function counterOf(whom: string): string {
  if (isIP(whom) !== 6) return whom;
  const inside = MAPPED.exec(whom)?.[1];
  if (inside !== undefined) return inside;
  const [head = '', tail] = (whom.split('%')[0] ?? whom).toLowerCase().split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const dotted = [...before, ...after].some((one) => one.includes('.')) ? 1 : 0;
  const left = tail === undefined ? 0 : 8 - before.length - after.length - dotted;
  const whole = [...before, ...Array.from({ length: left }, () => '0'), ...after];
  const network = whole.slice(0, NETWORK_GROUPS).map((one) => Number.parseInt(one, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** Counts a try, across processes. @throws ApiProblem (429) with the time to wait */
export async function within({ pool }: ReadingOffice, limit: Limit, whom: string): Promise<void> {
  const retryAfter = await counted(pool, limit, counterOf(whom));
  if (retryAfter > 0)
    throw problemOf(429, 'too_many', `Wait ${retryAfter} seconds, then try again.`, { retryAfter });
}

/**
 * Counts a try under a link: first under the address it comes from, so that links somebody makes up are few.
 * @throws ApiProblem (429) with the time to wait
 */
export async function withinLink(office: ReadingOffice, from: string, token: string): Promise<void> {
  await within(office, limits.linkFrom, from);
  await within(office, limits.link, token);
}

/** Takes back a try that turned out well, where only failures count. */
export const succeeded = ({ pool }: ReadingOffice, limit: Limit, whom: string): Promise<void> =>
  uncounted(pool, limit, counterOf(whom));
