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

/** A jurisdiction's values, which go before the policy's; each code they touch has a source. */
export const profileSchema = z
  .strictObject({
    ...heading,
    jurisdiction: shortText,
    sources: z.record(code, source),
    values: z.record(profileKey, z.union([z.number().refine(Number.isFinite), shortText, z.boolean()])),
  })
  .superRefine((profile, check) => {
    for (const key of Object.keys(profile.values)) {
      const parts = splitKey(key);
      if (parts !== null && !Object.hasOwn(profile.sources, parts.code)) {
        check.addIssue({ code: 'custom', path: ['sources', parts.code], message: 'a source for each code' });
      }
    }
  });

/** Every value that some case reads from a policy. */
export const everyPolicyKey: readonly string[] = [
  ...new Set([
    ...readinessKeys,
    ...roleKeys,
    ...openingKeys,
    ...candidacyKeys,
    ...employmentKeys,
    ...reviewKeys,
    ...clockKeys,
  ]),
];

/** Which of the keys (`P0.1.window_bd`) a policy lacks; ask this before a policy is accepted. */
export function requiredValues(policy: Policy, keys: readonly string[]): readonly string[] {
  return missingValues(policy, keys);
}

type Fits<A, B> = [A] extends [B] ? true : never;
// What the schemas let through is what the domain takes: these lines stop compiling when the two part.
const policyFits: Fits<z.output<typeof policySchema>, Policy> = true;
const profileFits: Fits<z.output<typeof profileSchema>, Profile> = true;
void policyFits;
void profileFits;
