import type { Obligation } from './kernel/agenda.ts';
import type { Instant } from './kernel/calendar.ts';
import { numIf } from './kernel/policy.ts';
import { dueIn, owed } from './kernel/rungs.ts';
import type { Terms } from './kernel/terms.ts';
import type { Owner, SiteRef, Visibility } from './kernel/words.ts';

/**
 * X22: a death was recorded, and one person sees to what is left. Until they have, nothing is over that a wrong entry would
 * have to bring back; it only rests, and nobody is asked for anything.
 */

/** To whatever hangs on an employment. */
export type Resting =
  | { readonly kind: 'rest_begun'; readonly body: Readonly<Record<string, never>> }
  | { readonly kind: 'rest_over'; readonly body: Readonly<Record<string, never>> };

/** Business days to a date in the list, under a policy from before X22 was counted. */
const SETTLE_BD = 10;

/** What stands in the list instead of all that rests: without a single prompt. */
export function restOwed(
  owner: Owner,
  site: SiteRef,
  since: Instant,
  terms: Terms,
  visibility: Visibility = 'C2',
): Obligation {
  const due = dueIn(terms.calendar, since, numIf(terms.policy, 'X22', 'settle_bd') ?? SETTLE_BD);
  const one = { id: `rest:${since}`, code: 'X22', owner, site, since, due, visibility };
  return owed({ ...one, atSilence: 'stays_with_owner' }, []);
}
