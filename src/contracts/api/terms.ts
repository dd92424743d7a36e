import { z } from 'zod';
import { caseId, siteRef } from '../common.ts';
import { calendarSchema, holidayRulesSchema } from '../calendar.ts';
import { comparatorSchema, policySchema, profileSchema } from '../policy.ts';
import { decisionId } from '../envelope.ts';
import { instant } from './shapes.ts';

const termsRef = z.object({
  ...{ policy: z.string(), calendar: z.string(), profile: z.string(), comparator: z.string().nullable() },
});

/** A policy as it holds at a site under its profile: each number with its source and day. */
export const shownTerms = z.object({
  policy: z.object({ id: z.string(), title: z.string(), effective: z.string() }),
  profile: z.object({ id: z.string(), title: z.string(), jurisdiction: z.string() }).nullable(),
  counsel: z.enum(['read', 'not_read']).nullable(),
  values: z.array(
    z.object({
      ...{ key: z.string(), value: z.unknown(), from: z.enum(['policy', 'profile']) },
      ...{ source: z.string(), date: z.string() },
    }),
  ),
  blank: z.array(z.string()),
  topics: z.array(
    z.object({
      ...{ topic: z.string(), says: z.string().nullable(), source: z.string().nullable() },
      ...{ date: z.string().nullable(), from: z.enum(['profile', 'generic']) },
    }),
  ),
});

/** The documents in force at a site, whole. */
export const termsInForce = z.object({
  ...{ site: z.string(), ref: termsRef, policy: policySchema, profile: profileSchema },
});

export const comparator = z.object({
  site: z.string(),
  comparator: comparatorSchema.extend({ v: z.literal(1), site: z.string() }).nullable(),
  blanks: z.array(z.string()).nullable(),
});

export const calendar = z.object({ site: z.string(), calendar: calendarSchema });

/** Open cases that adopt new terms: all of the site, none, or these. */
const told = z.union([z.enum(['all', 'none']), z.array(caseId).min(1).max(1_000)]);

const named = z.string().regex(/^[a-z0-9-]{1,64}$/, 'the name of a document that comes with the product');

/** A policy for a site, whole or by its name; without a profile the one in force stays. */
const proposed = {
  policy: z.union([named, policySchema]),
  profile: z.union([named, profileSchema]).optional(),
};

export const newPolicy = z.strictObject({
  ...{ decisionId: decisionId.optional(), ...proposed },
  cases: told.default('none'),
});

/** A policy that is only looked at. */
export const proposedPolicy = z.strictObject(proposed);
export const rehearsedPolicy = z.strictObject({ ...proposed, days: z.int().min(1).max(400).default(180) });

/** Where what is proposed differs from what is in force. */
export const compared = z.object({
  differences: z.array(
    z.object({
      ...{ of: z.enum(['policy', 'profile']), key: z.string() },
      ...{ now: z.string().nullable(), proposed: z.string().nullable() },
    }),
  ),
});

/** What a policy would change for open cases. */
export const rehearsal = z.object({
  ...{ now: instant, until: instant },
  list: z.array(
    z.object({
      ...{ case: z.string(), kind: z.string(), zone: z.string(), fits: z.boolean() },
      moved: z.array(z.object({ what: z.string(), before: instant.nullable(), after: instant.nullable() })),
    }),
  ),
  unmoved: z.array(z.string()),
  left: z.int(),
});

const comesAlong = z.object({ id: z.string(), title: z.string() });
/** Documents that come with the product, by the names that other requests take. */
export const documentsThere = z.object({
  ...{ policies: z.array(comesAlong), profiles: z.array(comesAlong), holidays: z.array(comesAlong) },
});

export const newComparator = z.strictObject({
  ...{ decisionId: decisionId.optional(), comparator: comparatorSchema, cases: told.default('none') },
});

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 09:00');
const days = z.array(z.strictObject({ date: z.string().max(10), name: z.string().min(1).max(80) }));

/** By the name of rules that come with the product, as rules, or as the days themselves. */
const holidaysGiven = z.union([
  named,
  holidayRulesSchema,
  z.strictObject({ source: z.string().min(1).max(120), days: days.max(2_000) }),
]);

export const newCalendar = z.strictObject({
  ...{ decisionId: decisionId.optional(), holidays: holidaysGiven },
  ...{ opens: wallTime.optional(), closes: wallTime.optional() },
  workdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
  lastYear: z.int().min(1_990).max(2_100).optional(),
});

/** A place of work with its hours, holidays, policy and jurisdiction; documents by the names of those that come along. */
export const newSite = z.strictObject({
  ...{ decisionId: decisionId.optional(), site: siteRef.optional(), name: z.string().min(1).max(120) },
  ...{ zone: z.string().min(1).max(60), opens: wallTime.default('09:00'), closes: wallTime.default('17:00') },
  workdays: z.array(z.int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5]),
  holidays: holidaysGiven.default('us-federal'),
  policy: z.union([named, policySchema]).default('default'),
  profile: z.union([named, profileSchema]).default('generic'),
  comparator: comparatorSchema.optional(),
});

/** New terms are in force; `looking`: the cases that adopt them were told at once. */
export const applied = z.object({
  ...{ site: z.string(), after: termsRef, told: z.array(z.string()), looking: z.boolean() },
});
