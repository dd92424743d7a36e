/** The form of a rule pack: reviewed data, checked when it is loaded. */
import { z } from 'zod';
import { GROUNDS, LEVELS, RULE_CODES, SURFACES } from './words.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
const surface = z.enum(SURFACES);
const code = z.enum(RULE_CODES);

const pattern = z.string().min(1).refine(compiles, { message: 'not a regular expression' });

function compiles(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * One rule. `levels` names the surfaces it speaks on; `also` the rule of a stage that the same words break there;
 * `phrases` are wordings that are wrong wherever they stand, over the text as `plain` gives it.
 */
const rule = z.strictObject({
  code,
  jurisdiction: z.enum(['all', 'US']),
  source: z.string().min(1),
  date: day,
  ground: z.enum(GROUNDS),
  why: z.string().min(1),
  instead: z.string().min(1),
  insteadOn: z.partialRecord(surface, z.string().min(1)).optional(),
  levels: z.partialRecord(surface, z.enum(LEVELS)),
  also: z.partialRecord(surface, code).optional(),
  phrases: z.array(pattern),
});
export type Rule = z.output<typeof rule>;

/**
 * A pack: its name, its version and date, who answers for it, and its rules, each code once. `lawful` are whole lines
 * that were reviewed and are right as they stand: the encoder is not asked about them. `shared` are words that say a
 * task goes round all colleagues: what the encoder then takes for work outside the role (N_) is no finding.
 */
export const packSchema = z
  .strictObject({
    pack: z.enum(['questions', 'duties', 'language']),
    version: z.string().regex(/^\d+\.\d+\.\d+$/u),
    date: day,
    owner: z.string().min(1),
    lawful: z.array(pattern),
    shared: z.array(pattern).optional(),
    rules: z.array(rule).min(1),
  })
  .refine((pack) => new Set(pack.rules.map((each) => each.code)).size === pack.rules.length, {
    message: 'a code stands twice',
  });
