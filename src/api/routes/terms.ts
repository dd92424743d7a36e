import { z } from 'zod';
import { genericProfile } from '../../cli/policy.ts';
import { newId } from '../../cli/ids.ts';
import { documentsAlong, read } from '../../cli/site.ts';
import { calendarNow, nudged, yearsOf } from '../../cli/terms.ts';
import { sitesOf } from '../../client/ask-waiting.ts';
import { applyTerms } from '../../client/organization.ts';
import { changeTerms, termsInForce } from '../../client/new-terms.ts';
import type { NewTerms, ToldCases } from '../../client/new-terms.ts';
import type { HouseActor } from '../../client/organization.ts';
import { comparatorBlanks, diffOf, showTerms } from '../../client/policy-show.ts';
import {
  applied,
  calendar,
  comparator,
  compared,
  documentsThere,
  newCalendar,
  newComparator,
  newPolicy,
  newSite,
  proposedPolicy,
  rehearsal,
  rehearsedPolicy,
} from '../../contracts/api/terms.ts';
import { shownTerms, termsInForce as inForce } from '../../contracts/api/terms.ts';
import { calendarSchema, holidayRulesSchema } from '../../contracts/calendar.ts';
import { policySchema, profileSchema } from '../../contracts/policy.ts';
import { siteRef } from '../../contracts/common.ts';
import { makeCalendar } from '../../directory/make-calendar.ts';
import type { SiteCalendar } from '../../domain/kernel/calendar.ts';
import type { Desk } from '../desk.ts';
import { limits } from '../../identity/limits.ts';
import { rehearseTerms } from '../../sandbox/rehearse-terms.ts';
import { byGuest, mustActAt } from '../house-act.ts';
import { within } from '../limits.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const params = z.object({ site: siteRef });

/** A document by its name, or the document itself. */
const policyOf = (given: z.output<typeof newSite>['policy']) =>
  typeof given === 'string' ? read('policy', given, '', policySchema) : given;
const profileOf = (given: z.output<typeof newSite>['profile']) =>
  typeof given === 'string' ? read('profile', given, 'profiles/', profileSchema) : given;
/** Without a profile the one in force stays. */
const proposedOf = ({ policy, profile }: z.output<typeof proposedPolicy>) => ({
  policy: policyOf(policy),
  profile: profile === undefined ? null : profileOf(profile),
});

/** The policy and profile in force at a site, as they are kept. */
async function documentsOf({ office: { pool, org } }: Desk, site: string) {
  const ref = await termsInForce(pool, org, site);
  const { rows } = await pool.query<{ hash: string; body: string }>(
    'select hash, body from documents where org = $1 and hash = any($2::text[])',
    [org, [ref.policy, ref.profile]],
  );
  const body = (hash: string): unknown =>
    JSON.parse(rows.find((row) => row.hash === hash)?.body ?? 'null') as unknown;
  return {
    ref,
    policy: policySchema.parse(body(ref.policy)),
    profile: profileSchema.parse(body(ref.profile)),
  };
}

const show = route({
  ...{ id: 'showPolicy', method: 'GET', path: '/sites/:site/policy', tag: 'terms', action: 'read:terms' },
  says: 'The policy of a site under its profile: every number with its source and day, and what the profile says in words.',
  params,
  answer: shownTerms,
  handle: async ({ desk, params: { site } }) => {
    const { policy, profile } = await documentsOf(desk, site);
    return showTerms(policy, profile, genericProfile());
  },
});

const whole = route({
  ...{ id: 'showTerms', method: 'GET', path: '/sites/:site/terms', tag: 'terms', action: 'read:terms' },
  says: 'The documents in force at a site, whole: to change one and put it in force again.',
  params,
  answer: inForce,
  handle: async ({ desk, params: { site } }) => ({ site, ...(await documentsOf(desk, site)) }),
});

const comparators = route({
  ...{
    id: 'showComparator',
    method: 'GET',
    path: '/sites/:site/comparator',
    tag: 'terms',
    action: 'read:terms',
  },
  says: 'What is the same for all staff of a site, with its source; what is not on record.',
  params,
  answer: comparator,
  handle: async ({ desk: { office }, params: { site } }) => {
    const ref = await termsInForce(office.pool, office.org, site);
    await office.terms.load(office.pool, office.org, [ref]);
    const { comparator: found } = office.terms.get(ref);
    return { site, comparator: found, blanks: found === null ? null : comparatorBlanks(found) };
  },
});

const calendars = route({
  ...{ id: 'showCalendar', method: 'GET', path: '/sites/:site/calendar', tag: 'terms', action: 'read:terms' },
  says: 'Hours, working days and holidays of a site, and how far they are known.',
  params,
  answer: calendar,
  handle: async ({ desk, params: { site } }) => ({
    site,
    calendar: calendarSchema.parse(await calendarNow(desk, site)),
  }),
});

const along = route({
  ...{ id: 'listDocuments', method: 'GET', path: '/documents', tag: 'terms', action: 'read:terms' },
  says: 'Policies, profiles and holidays that come with the product, by the names other requests take.',
  answer: documentsThere,
  handle: async () => documentsAlong(),
});

const compare = route({
  ...{ id: 'comparePolicy', method: 'POST', path: '/sites/:site/policy/diff', tag: 'terms' },
  action: 'read:terms',
  says: 'Where a policy differs from the one in force at a site. Nothing is changed.',
  params,
  body: proposedPolicy,
  answer: compared,
  handle: async ({ desk, params: { site }, body }) => {
    const now = await documentsOf(desk, site);
    const { policy, profile } = proposedOf(body);
    const of = (what: 'policy' | 'profile', list: ReturnType<typeof diffOf>) =>
      list.map(({ key, a, b }) => ({ of: what, key, now: a, proposed: b }));
    return {
      differences: [
        ...of('policy', diffOf(now.policy, policy)),
        ...(profile === null ? [] : of('profile', diffOf(now.profile, profile))),
      ],
    };
  },
});

const rehearse = route({
  ...{ id: 'rehearsePolicy', method: 'POST', path: '/sites/:site/policy/rehearsal', tag: 'terms' },
  action: 'change:terms',
  says: 'What a policy would change for the open cases of a site: each is tried in memory, by the rules. Nothing is changed.',
  params,
  body: rehearsedPolicy,
  answer: rehearsal,
  handle: async ({ desk, guest, params: { site }, body: { days, ...given } }) => {
    await mustActAt(desk, guest, 'change:terms', site);
    const as = personOf(guest);
    await within(desk.office, limits.reading, as);
    return rehearseTerms(desk.office, { as, site, days, ...proposedOf(given) });
  },
});

/** Puts terms in force, and lets the cases look at once where Temporal answers. */
async function put(desk: Desk, site: string, terms: NewTerms, whom: ToldCases, by: HouseActor) {
  const changed = await changeTerms(desk.office, site, terms, whom, by);
  return { ...changed, looking: await nudged(desk, changed.told) };
}

const applyPolicy = route({
  ...{ id: 'applyPolicy', method: 'PUT', path: '/sites/:site/policy', tag: 'terms', action: 'change:terms' },
  says: 'Puts a policy in force at a site: for new cases, and for open ones that are named.',
  params,
  body: newPolicy,
  answer: applied,
  handle: async ({ desk, guest, params: { site }, body }) => {
    await mustActAt(desk, guest, 'change:terms', site);
    const { decisionId, cases } = body;
    const { policy, profile } = proposedOf(body);
    const by = byGuest(guest, decisionId, ['policy', site, policy, profile, cases]);
    return put(desk, site, { what: 'policy', policy, profile }, cases, by);
  },
});

const enterComparator = route({
  ...{ id: 'enterComparator', method: 'PUT', path: '/sites/:site/comparator', tag: 'terms' },
  action: 'change:comparator',
  says: 'HR enters what is the same for all staff of a site.',
  params,
  body: newComparator,
  answer: applied,
  handle: async ({ desk, guest, params: { site }, body }) => {
    await mustActAt(desk, guest, 'change:comparator', site);
    const { decisionId, cases, comparator: record } = body;
    const by = byGuest(guest, decisionId, ['comparator', site, record, cases]);
    return put(desk, site, { what: 'comparator', comparator: { v: 1, site, ...record } }, cases, by);
  },
});

export const holidaysOf = (given: z.output<typeof newCalendar>['holidays']) =>
  typeof given === 'string' ? read('holidays', given, 'holidays/', holidayRulesSchema) : given;

/** @throws ApiProblem, CalendarRequestInvalid */
export function madeOf(request: Parameters<typeof makeCalendar>[0]): SiteCalendar {
  const { id, zone, opens, closes, workdays, holidays, firstYear, lastYear } = request;
  const years = { firstYear, ...(lastYear === undefined ? {} : { lastYear }) };
  const made = calendarSchema.safeParse(
    makeCalendar({ id, zone, opens, closes, workdays, holidays, ...years }),
  );
  if (made.success) return made.data;
  throw problemOf(400, 'malformed', 'These hours and days make no calendar: closing comes after opening.');
}

const applyCalendar = route({
  ...{
    id: 'applyCalendar',
    method: 'PUT',
    path: '/sites/:site/calendar',
    tag: 'terms',
    action: 'change:terms',
  },
  says: 'Puts hours and holidays in force at a site, for new cases and every open one; due dates are computed anew.',
  params,
  body: newCalendar,
  answer: applied,
  handle: async ({ desk, guest, params: { site }, body }) => {
    await mustActAt(desk, guest, 'change:terms', site);
    const { decisionId, holidays, lastYear, ...given } = body;
    const now = await calendarNow(desk, site);
    const { id, zone, opens, closes, workdays } = { ...now, ...given };
    const years = await yearsOf(desk, now, lastYear === undefined ? undefined : String(lastYear));
    const made = madeOf({ id, zone, opens, closes, workdays, holidays: holidaysOf(holidays), ...years });
    const by = byGuest(guest, decisionId, ['calendar', site, made]);
    return put(desk, site, { what: 'calendar', calendar: made }, 'all', by);
  },
});

/** Adds a place of work under its terms, from this year on. @throws ApiProblem for one that is there already */
export async function makeSite(
  { office }: Desk,
  { site, name, comparator: record, ...given }: Omit<z.output<typeof newSite>, 'site'> & { site: string },
  by: HouseActor | ((terms: object) => HouseActor),
): Promise<SiteCalendar> {
  if ((await sitesOf(office)).has(site))
    throw problemOf(
      409,
      'site_conflict',
      'This place of work is there already. Put other terms in force for it instead.',
    );
  const { rows } = await office.pool.query<{ now: number }>('select org_now($1) as now', [office.org]);
  const firstYear = new Date(rows[0]?.now ?? 0).getUTCFullYear();
  const holidays = holidaysOf(given.holidays);
  const calendar = madeOf({ ...given, id: site.slice(-12), firstYear, holidays });
  const terms = { site, name, calendar, policy: policyOf(given.policy), profile: profileOf(given.profile) };
  const comparator = record === undefined ? null : { v: 1 as const, site, ...record };
  await applyTerms(office, { ...terms, comparator }, typeof by === 'function' ? by(terms) : by);
  return calendar;
}

const addSite = route({
  ...{ id: 'addSite', method: 'POST', path: '/sites', tag: 'terms', action: 'change:terms' },
  says: 'Adds a place of work with its hours, holidays, policy and jurisdiction, in force for new cases.',
  body: newSite,
  answer: z.object({ site: z.string(), first: z.string(), last: z.string() }),
  handle: async ({ desk, guest, body }) => {
    await mustActAt(desk, guest, 'change:terms', desk.office.org);
    const { decisionId, site = newId('site_'), ...given } = body;
    const made = await makeSite(desk, { ...given, site }, (terms) =>
      byGuest(guest, decisionId, ['site', terms]),
    );
    return { site, first: made.first, last: made.last };
  },
});

/** The numbers and days that cases stand under. */
export const termsRoutes = [
  ...[show, whole, along, comparators, calendars],
  ...[compare, rehearse, applyPolicy, enterComparator, applyCalendar, addSite],
];
