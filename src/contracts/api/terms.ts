import { z } from 'zod';
import { caseId, siteRef } from '../common.ts';
import { calendarSchema, holidayRulesSchema } from '../calendar.ts';
import { comparatorSchema, policySchema, profileSchema } from '../policy.ts';
import { decisionId } from '../envelope.ts';

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

export const newPolicy = z.strictObject({
  ...{ decisionId: decisionId.optional(), policy: policySchema, profile: profileSchema.optional() },
  cases: told.default('none'),
});

export const newComparator = z.strictObject({
  ...{ decisionId: decisionId.optional(), comparator: comparatorSchema, cases: told.default('none') },
});

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 09:00');
const days = z.array(z.strictObject({ date: z.string().max(10), name: z.string().min(1).max(80) }));

const named = z.string().regex(/^[a-z0-9-]{1,64}$/, 'the name of a document that comes with the product');

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
