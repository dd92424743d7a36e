import { z } from 'zod';
import { policyKeys as candidacyKeys } from '../domain/candidacy/words.ts';
import { policyKeys as clockKeys } from '../domain/clock/words.ts';
import { policyKeys as employmentKeys } from '../domain/employment/words.ts';
import { isCivilDate } from '../domain/kernel/calendar.ts';
import { missingValues, splitKey } from '../domain/kernel/policy.ts';
import type { Policy, Profile } from '../domain/kernel/policy.ts';
import { policyKeys as openingKeys } from '../domain/opening/words.ts';
import { policyKeys as readinessKeys } from '../domain/readiness/words.ts';
import { policyKeys as reviewKeys } from '../domain/review/words.ts';
import { policyKeys as roleKeys } from '../domain/role/words.ts';

/** A code of the domain (`P0.1`, `R3.4`, `D5.2`, `G4`, `X2`) or a word for what has no number (`LADDER`). */
const code = z
  .string()
  .regex(/^([PRD]\d\.\d{1,2}|[GX]\d{1,2}(\.\d)?|[A-Z]{3,20})$/, 'a code such as P0.1, G4 or LADDER');
const valueName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,60}$/, 'a name in lower case with its unit, e.g. window_bd');
const shortText = z.string().min(1).max(400);

/** Tags of the statement's origin, then a note: `S002 …`, `R …`, `K …`, `O …`; several parts are set apart by `;`. */
const source = z
  .string()
  .max(400)
  .regex(/^(S|R|K|O)\d{0,3}\b/, 'a source that begins with S, R, K or O');

const value = z.union([
  z.number().refine(Number.isFinite),
  shortText,
  z.boolean(),
  z.array(z.number().refine(Number.isFinite)).min(1).max(100),
  z.array(shortText).min(1).max(100),
]);

const entry = z
  .intersection(z.object({ source }), z.record(valueName, value))
  .superRefine((values, check) => {
    const named = Object.keys(values).filter((name) => name !== 'source');
    if (named.length === 0)
      check.addIssue({ code: 'custom', message: 'at least one value beside its source' });
  });

const heading = {
  v: z.literal(1),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  title: shortText,
  effective: z.string().refine(isCivilDate, 'a day of the form YYYY-MM-DD'),
};

/** A policy: every number of the house with its source. */
export const policySchema = z.strictObject({ ...heading, values: z.record(code, entry) });

const profileKey = z.string().refine((key) => {
  const parts = splitKey(key);
  return parts !== null && code.safeParse(parts.code).success && valueName.safeParse(parts.name).success;
}, 'a key such as D6.2.supervised_h');

const day = z.string().refine(isCivilDate, 'a day of the form YYYY-MM-DD');

/** What a profile may say in words. No rule reads these: they are for the people who decide, and for letters. */
export const profileTopics = [
  'adverse_wait',
  'record_timing',
  'record_assessment',
  'pay_range_law',
  'salary_history_law',
  'retention',
  'credential_route',
  'credential_renewal',
  'supervisor_training',
  'supervision_cadence',
  'supervision_span',
  'hours_before_alone',
] as const;

/** What is said of one topic, where it comes from, and the day it was last held against that source. */
const profileNote = z.strictObject({ says: z.string().min(1).max(600), source, reviewed: day });

/** Whether counsel read the profile; a profile without this was read by nobody, and each letter says so. */
const counsel = z
  .strictObject({ read: z.boolean(), by: shortText.optional(), on: day.optional() })
  .refine(
    (one) => !one.read || (one.by !== undefined && one.on !== undefined),
    'who read it, and on which day',
  );

/** A jurisdiction's values, which go before the policy's; each code they touch has a source. */
export const profileSchema = z
  .strictObject({
    ...heading,
    jurisdiction: shortText,
    counsel: counsel.optional(),
    sources: z.record(code, source),
    /** The day on which a code's values were last held against their source; else the day the profile holds from. */
    reviewed: z.record(code, day).optional(),
    values: z.record(profileKey, z.union([z.number().refine(Number.isFinite), shortText, z.boolean()])),
    notes: z.partialRecord(z.enum(profileTopics), profileNote).optional(),
  })
  .superRefine((profile, check) => {
    for (const key of Object.keys(profile.values)) {
      const parts = splitKey(key);
      if (parts !== null && !Object.hasOwn(profile.sources, parts.code)) {
        check.addIssue({ code: 'custom', path: ['sources', parts.code], message: 'a source for each code' });
      }
    }
  });

/** What the kernel reads for every case: the ladder, the ceiling of messages, the months until a purge. */
const kernelKeys = [
  'LADDER.halfway_over_bd',
  'LADDER.stand_in_bd',
  'LADDER.escalate_bd',
  'LADDER.decide_bd',
  'PROMPTS.max_per_obligation',
  'RETENTION.selection_months',
  'RETENTION.personnel_after_end_months',
  'RETENTION.background_months',
  'RETENTION.checks_months',
  'X30.confirm_bd',
] as const;

/** Every value that the kernel or some case reads from a policy. */
export const everyPolicyKey: readonly string[] = [
  ...new Set([
    ...kernelKeys,
    ...readinessKeys,
    ...roleKeys,
    ...openingKeys,
    ...candidacyKeys,
    ...employmentKeys,
    ...reviewKeys,
    ...clockKeys,
  ]),
];

/** Values whose names a house chooses itself: the elements of a kind of role (R1.6). */
const namedByTheHouse = /^R1\.6\.[a-z][a-z0-9_]*_elements(_warn)?$/;

/** Which of the keys (`P0.1.window_bd`) a policy lacks; ask this before a policy is accepted. */
export function requiredValues(policy: Policy, keys: readonly string[]): readonly string[] {
  return missingValues(policy, keys);
}

/**
 * Which keys nothing reads: such a number would stand in the policy as if it acted.
 * @param keys of a policy (`policyKeysOf`) or of a jurisdiction's profile
 */
export function unreadKeys(keys: readonly string[]): readonly string[] {
  const read = new Set(everyPolicyKey);
  return keys.filter((key) => !read.has(key) && !namedByTheHouse.test(key));
}

/** @returns the keys of all values of a policy, e.g. `P0.1.window_bd` */
export function policyKeysOf(policy: Policy): readonly string[] {
  return Object.entries(policy.values).flatMap(([of, values]) =>
    Object.keys(values).flatMap((name) => (name === 'source' ? [] : [`${of}.${name}`])),
  );
}

type Fits<A, B> = [A] extends [B] ? true : never;
// What the schemas let through is what the domain takes: these lines stop compiling when the two part.
const policyFits: Fits<z.output<typeof policySchema>, Policy> = true;
const profileFits: Fits<z.output<typeof profileSchema>, Profile> = true;
void policyFits;
void profileFits;
