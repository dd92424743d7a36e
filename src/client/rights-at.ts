import { capacitiesOf } from '../domain/kernel/can.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { Capacity, PersonRef } from '../domain/kernel/words.ts';
import { SiteUnknown } from '../directory/errors.ts';
import { ReadingRefused, readerOf } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';
import { whereIs } from './places-of.ts';

async function sitesIn({ pool, org }: ReadingOffice): Promise<readonly string[]> {
  const { rows } = await pool.query<{ ref: string }>('select ref from sites where org = $1', [org]);
  return rows.map(({ ref }) => ref);
}

/**
 * The places at which an office has to be held: a case counts where its site is, the organization at each of its sites.
 * @throws ReadingRefused, SiteUnknown for a place that is not there
 */
async function placesOf(office: ReadingOffice, scope: string): Promise<readonly string[]> {
  const sites = await sitesIn(office);
  if (scope === office.org) return sites.length === 0 ? [scope] : sites;
  if (kindOf(scope) === null) {
    if (!sites.includes(scope)) throw new SiteUnknown(scope);
    return [scope];
  }
  const { rows } = await office.pool.query<{ site: string }>(
    'select site from cases where org = $1 and case_id = $2',
    [office.org, scope],
  );
  const [found] = rows;
  if (found === undefined) throw new ReadingRefused('unknown_case', scope);
  return [found.site];
}

/**
 * What somebody does to a place of the house they may do at that place: an office at one site is none at another, and
 * what holds for the whole organization takes an office at all of it (domain 5.2). Their own office: who stands in for
 * somebody answers for them, and changes nothing of the house in their place.
 * @param scope organization, site or case
 * @throws ReadingRefused, SiteUnknown
 */
export async function mustHoldAt(
  office: ReadingOffice,
  as: As,
  scope: string,
  needed: readonly Capacity[],
): Promise<void> {
  const { assignments, delegations, now: at } = await readerOf(office, as);
  for (const place of await placesOf(office, scope)) {
    const scopes = [office.org, place];
    const held = capacitiesOf(as, { assignments, delegations, at, scopes, relations: [] });
    if (!needed.some((one) => held.includes(one))) throw new ReadingRefused('not_permitted', scope);
  }
}

/** True where {@link mustHoldAt} says nothing. @throws whatever else it throws */
async function holdsThere(
  office: ReadingOffice,
  as: As,
  scope: string,
  needed: readonly Capacity[],
): Promise<boolean> {
  try {
    await mustHoldAt(office, as, scope, needed);
    return true;
  } catch (error) {
    if (error instanceof ReadingRefused || error instanceof SiteUnknown) return false;
    throw error;
  }
}

/**
 * What is about a person is for whoever holds the office where that person is: at a site of a case about them, or where
 * they work. Somebody who is nowhere yet is for whoever added them, and for an office of the whole organization.
 * @param all at every one of their places, for what reaches to all of them (a stand-in, an erasure); else one is enough
 * @throws ReadingRefused
 */
export async function mustHoldFor(
  office: ReadingOffice,
  as: As,
  person: PersonRef,
  needed: readonly Capacity[],
  all = false,
): Promise<void> {
  const { places, addedBy } = await whereIs(office, person);
  const wanted = places.length > 0 ? places : [office.org];
  if (places.length === 0 && addedBy.includes(as) && !all) return;
  const held = await Promise.all(wanted.map((place) => holdsThere(office, as, place, needed)));
  if (all ? held.includes(false) : !held.includes(true)) throw new ReadingRefused('not_permitted', person);
}
