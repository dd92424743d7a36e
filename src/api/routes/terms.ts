import { z } from 'zod';
import { genericProfile } from '../../cli/policy.ts';
import { newId } from '../../cli/ids.ts';
import { read } from '../../cli/site.ts';
import { calendarNow, nudged, yearsOf } from '../../cli/terms.ts';
import { sitesOf } from '../../client/ask-waiting.ts';
import { applyTerms } from '../../client/organization.ts';
import { changeTerms, termsInForce } from '../../client/new-terms.ts';
import type { NewTerms, ToldCases } from '../../client/new-terms.ts';
import type { HouseActor } from '../../client/organization.ts';
import { comparatorBlanks, showTerms } from '../../client/policy-show.ts';
import {
  applied,
  calendar,
  comparator,
  newCalendar,
  newComparator,
  newPolicy,
  newSite,
} from '../../contracts/api/terms.ts';
import { shownTerms, termsInForce as inForce } from '../../contracts/api/terms.ts';
import { calendarSchema, holidayRulesSchema } from '../../contracts/calendar.ts';
import { policySchema, profileSchema } from '../../contracts/policy.ts';
import { siteRef } from '../../contracts/common.ts';
import { makeCalendar } from '../../directory/make-calendar.ts';
import type { SiteCalendar } from '../../domain/kernel/calendar.ts';
import type { Desk } from '../desk.ts';
import { byGuest, mustActAt } from '../house-act.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';

const params = z.object({ site: siteRef });

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
    const { decisionId, cases, policy, profile = null } = body;
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

const holidaysOf = (given: z.output<typeof newCalendar>['holidays']) =>
  typeof given === 'string' ? read('holidays', given, 'holidays/', holidayRulesSchema) : given;

/** @throws ApiProblem, CalendarRequestInvalid */
function madeOf(request: Parameters<typeof makeCalendar>[0]): SiteCalendar {
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

/** A document by its name, or the document itself. */
const policyOf = (given: z.output<typeof newSite>['policy']) =>
  typeof given === 'string' ? read('policy', given, '', policySchema) : given;
const profileOf = (given: z.output<typeof newSite>['profile']) =>
  typeof given === 'string' ? read('profile', given, 'profiles/', profileSchema) : given;

const addSite = route({
  ...{ id: 'addSite', method: 'POST', path: '/sites', tag: 'terms', action: 'change:terms' },
  says: 'Adds a place of work with its hours, holidays, policy and jurisdiction, in force for new cases.',
  body: newSite,
  answer: z.object({ site: z.string(), first: z.string(), last: z.string() }),
  handle: async ({ desk, guest, body }) => {
    const { office } = desk;
    await mustActAt(desk, guest, 'change:terms', office.org);
    const { decisionId, site = newId('site_'), name, comparator: record, ...given } = body;
    if ((await sitesOf(office)).has(site))
      throw problemOf(
        409,
        'site_conflict',
        'This place of work is there already. Put other terms in force for it instead.',
      );
    const { rows } = await office.pool.query<{ now: number }>('select org_now($1) as now', [office.org]);
    const firstYear = new Date(rows[0]?.now ?? 0).getUTCFullYear();
    const calendarMade = madeOf({
      ...given,
      id: site.slice(-12),
      firstYear,
      holidays: holidaysOf(given.holidays),
    });
    const terms = {
      site,
      name,
      calendar: calendarMade,
      policy: policyOf(given.policy),
      profile: profileOf(given.profile),
    };
    const comparatorGiven = record === undefined ? null : { v: 1 as const, site, ...record };
    await applyTerms(
      office,
      { ...terms, comparator: comparatorGiven },
      byGuest(guest, decisionId, ['site', terms]),
    );
    return { site, first: calendarMade.first, last: calendarMade.last };
  },
});

/** The numbers and days that cases stand under. */
export const termsRoutes = [
  ...[show, whole, comparators, calendars],
  ...[applyPolicy, enterComparator, applyCalendar, addSite],
];
