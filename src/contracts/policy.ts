import { z } from 'zod';
import { policyKeys as candidacyKeys } from '../domain/candidacy/words.ts';
import { policyKeys as clockKeys } from '../domain/clock/words.ts';
import { policyKeys as employmentKeys } from '../domain/employment/words.ts';
import { isCivilDate } from '../domain/kernel/calendar.ts';
import { missingValues, splitKey } from '../domain/kernel/policy.ts';
import type { Policy, PolicyValue, PolicyValueKind, Profile } from '../domain/kernel/policy.ts';
import type { Comparator } from '../domain/kernel/terms.ts';
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

/** Days, months, people, percent: rules count with whole ones, and none counts backwards. */
const count = z.number().int().min(0);

const value = z.union([
  count,
  shortText,
  z.boolean(),
  z.array(count).min(1).max(100),
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

/** The values of a policy, each of the kind its rule takes: another kind would stop the cases that come to it. */
const values = z.record(code, entry).superRefine((entries, check) => {
  for (const [of, named] of Object.entries(entries))
    for (const [name, one] of Object.entries(named)) {
      const message = unfit(`${of}.${name}`, one);
      if (message !== null) check.addIssue({ code: 'custom', path: [of, name], message });
    }
});

const profileKey = z.string().refine((key) => {
  const parts = splitKey(key);
  return parts !== null && code.safeParse(parts.code).success && valueName.safeParse(parts.name).success;
}, 'a key such as D6.2.supervised_h');

const day = z.string().refine(isCivilDate, 'a day of the form YYYY-MM-DD');
/** The day on which a code's values were last held against their source; else the day the document holds from. */
const reviewed = z.record(code, day).optional();

/** A policy: every number of the house with its source and its day. */
export const policySchema = z.strictObject({ ...heading, reviewed, values });

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
  'credential_lapse',
  'supervisor_training',
  'supervision_cadence',
  'supervision_span',
  'hours_before_alone',
] as const;
export type ProfileTopic = (typeof profileTopics)[number];

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
    reviewed,
    values: z.record(profileKey, z.union([count, shortText, z.boolean(), z.array(count).min(1).max(100)])),
    notes: z.partialRecord(z.enum(profileTopics), profileNote).optional(),
  })
  .superRefine((profile, check) => {
    for (const [key, one] of Object.entries(profile.values)) {
      const message = unfit(key, one);
      if (message !== null) check.addIssue({ code: 'custom', path: ['values', key], message });
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
  'PROMPTS.quiet_from_min',
  'PROMPTS.quiet_to_min',
  'PROMPTS.digest_at_min',
  'PROMPTS.digest_over',
  'PROMPTS.max_per_person_hour',
  'RETENTION.selection_months',
  'RETENTION.personnel_after_end_months',
  'RETENTION.background_months',
  'RETENTION.checks_months',
  'X21.keep_months',
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

const readKeys: ReadonlySet<string> = new Set(everyPolicyKey);

/** What is not one number. */
const otherKinds: ReadonlyMap<string, PolicyValueKind> = new Map<string, PolicyValueKind>([
  ...['CADENCE.weekly_until_certified', 'R3.5.attest', 'P4.1.same_hours'].map(
    (key) => [key, 'flag'] as const,
  ),
  ...['P4.2.alternate_at', 'D7.1.at', 'P7.1.log_at'].map((key) => [key, 'text'] as const),
  ...['R1.6.new_practice_elements', 'R1.6.new_practice_elements_warn', 'G1.elements', 'G1.elements_warn']
    .concat('D6.1.items')
    .map((key) => [key, 'texts'] as const),
  ...['D0.7.weeks', 'D1.2.given_share', 'D1.2.agree_share', 'P0.1.remind_after_bd', 'P0.2.before_d']
    .concat('P1.2.after_bd', 'P3.3.remind_after_bd', 'P3.4.posting_age_d', 'P4.2.before_bd', 'P4.3.after_bd')
    .concat('P5.2.after_bd', 'P5.4.before_d', 'P5.5.before_d', 'P5.6.before_d', 'D6.4.at_d', 'P6.1.before_d')
    .concat('P6.2.at_d', 'P6.4.at_d', 'P7.5.before_d', 'P8.3.before_d', 'P8.3.overdue_bd', 'P8.5.after_bd')
    .concat('X2.after_bd', 'P7.6.before_d', 'R5.2.course_before_d', 'X10.before_d')
    .map((key) => [key, 'numbers'] as const),
]);

function kindOfValue(value: PolicyValue): PolicyValueKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'flag';
  if (typeof value === 'string') return 'text';
  return typeof value[0] === 'number' ? 'numbers' : 'texts';
}

const RECURS = /^(.*_)?every_(bd|d|weeks|months)$/;
const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const ELEMENT = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const ONBOARDING_ITEM = /^[A-Za-z][A-Za-z0-9_]{0,39}:[a-z][a-z_]{0,39}:\d{1,4}$/;

/** What a list of codes may hold: they come into rows, where nothing stands that somebody wrote in words. */
function misspelt(key: string, list: readonly unknown[]): string | null {
  const isItems = key === 'D6.1.items';
  const form = isItems ? ONBOARDING_ITEM : ELEMENT;
  if (list.every((one) => typeof one === 'string' && form.test(one))) return null;
  return isItems
    ? 'items as code:capacity:days, e.g. shadowing:mentor:14'
    : 'codes of letters, digits and underscores, e.g. E1';
}

/** Why no rule can work with a value; null when it fits, or when nothing reads it. */
function unfit(key: string, value: PolicyValue): string | null {
  if (!readKeys.has(key) && !namedByTheHouse.test(key)) return null;
  const expected = otherKinds.get(key) ?? (namedByTheHouse.test(key) ? 'texts' : 'number');
  if (kindOfValue(value) !== expected) return `a value of the kind ${expected}`;
  if (RECURS.test(key.slice(key.lastIndexOf('.') + 1)) && value === 0) return 'at least 1, since it recurs';
  if (expected === 'texts' && Array.isArray(value)) return misspelt(key, value);
  if (typeof value === 'string' && !CLOCK_TIME.test(value)) return 'a time of the day, HH:MM';
  return null;
}

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

/** `pay_low` and `pay_high`: what ends before it begins is no range, and nobody could be paid within it. */
function rangesHold(values: Comparator['values'], ctx: z.RefinementCtx): void {
  for (const [name, low] of Object.entries(values)) {
    if (!name.endsWith('_low')) continue;
    const upper = `${name.slice(0, -'_low'.length)}_high`;
    const high = values[upper];
    if (typeof low === 'number' && typeof high === 'number' && low > high)
      ctx.addIssue({ code: 'custom', path: [upper], message: `not below ${name}` });
  }
}

/** What is the same for all staff of a site (domain 2.1): entered with its source and the day it was recorded. */
export const comparatorSchema = z.object({
  source: shortText,
  recorded: day,
  values: z
    .record(valueName, z.union([z.number().refine(Number.isFinite), shortText, z.boolean()]))
    .superRefine(rangesHold),
});

/** A profile with all it says, also what no rule reads. */
export type WholeProfile = z.output<typeof profileSchema>;

/** The line that every letter carries: empty once counsel has read the profile the letter is written under. */
export function counselLine(profile: Pick<WholeProfile, 'counsel'>): string {
  return profile.counsel?.read === true ? '' : 'This profile was not read by counsel.';
}

type Fits<A, B> = [A] extends [B] ? true : never;
// What the schemas let through is what the domain takes: these lines stop compiling when the two part.
const policyFits: Fits<z.output<typeof policySchema>, Policy> = true;
const profileFits: Fits<z.output<typeof profileSchema>, Profile> = true;
void policyFits;
void profileFits;
