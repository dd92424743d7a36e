import { capacitiesOf } from '../domain/kernel/can.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { Capacity, PersonRef } from '../domain/kernel/words.ts';
import { SiteUnknown } from '../directory/errors.ts';
import { ReadingRefused, readerOf } from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';

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

/**
 * For what is about a person who works at several places: the office at one of theirs is enough.
 * @throws ReadingRefused, also where they hold nothing anywhere
 */
export async function mustHoldFor(
  office: ReadingOffice,
  as: As,
  person: PersonRef,
  needed: readonly Capacity[],
): Promise<void> {
  const { rows } = await office.pool.query<{ scope: string }>(
    `select distinct scope from assignments where org = $1 and person = $2 and from_at <= org_now($1)
       and (to_at is null or org_now($1) < to_at)`,
    [office.org, person],
  );
  for (const { scope } of rows) {
    const held = await mustHoldAt(office, as, scope, needed).then(
      () => true,
      () => false,
    );
    if (held) return;
  }
  throw new ReadingRefused('not_permitted', person);
}
