import { dayIn } from '../notify/hours.ts';
import type { DigestLine } from '../notify/mail-facts.ts';

/** How an item stands in a list of open ones. */

const WEEK_MS = 7 * 86_400_000;

/** @returns under which heading it stands, by the reader's clock */
export function groupOf(
  due: number,
  { now, zone }: { readonly now: number; readonly zone: string },
): DigestLine['group'] {
  if (due < now) return 'late';
  if (dayIn(due, zone) === dayIn(now, zone)) return 'today';
  return due < now + WEEK_MS ? 'week' : 'later';
}

/** The reference of a case as people see it. */
export const refOf = (caseId: string): string => caseId.slice(-6).toUpperCase();
