/** The form of a rule pack: reviewed data, checked when it is loaded. */
import { z } from 'zod';
import { GROUNDS, LEVELS, RULE_CODES, SURFACES } from './words.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
const surface = z.enum(SURFACES);
const code = z.enum(RULE_CODES);

const pattern = z.string().min(1).refine(compiles, { message: 'not a regular expression' });
/** A regular expression that may name groups of words of its pack, as `{TELL}`. */
const phrase = z.string().min(1);

function compiles(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * A phrase with the groups of words it names put in their place; a group may name those before it. Pure.
 * @throws RangeError for a group the pack does not have
 */
export function spelledOut(source: string, words: Readonly<Record<string, string>> = {}): string {
  const names = Object.keys(words);
  const known = new Map<string, string>();
  const put = (text: string): string =>
    text.replace(/\{([A-Z]+)\}/gu, (_, name: string) => {
      const group = known.get(name);
      if (group === undefined) throw new RangeError(`no group of words ${name}`);
      return `(?:${group})`;
    });
  for (const name of names) known.set(name, put(words[name] ?? ''));
  return put(source);
}

/**
 * One rule. `levels` names the surfaces it speaks on; `also` the rule of a stage that the same words break there;
 * `phrases` are wordings that are wrong wherever they stand, over the text as `plain` gives it; those of `softened` are
 * wrong unless its words stand somewhere in the line.
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
  phrases: z.array(phrase),
  softened: z.strictObject({ by: phrase, phrases: z.array(phrase).min(1) }).optional(),
});
export type Rule = z.output<typeof rule>;

/**
 * A pack: its name, its version and date, who answers for it, and its rules, each code once. `lawful` are whole lines
 * that were reviewed and are right as they stand: the encoder is not asked about them. `shared` are words that say a
 * task goes round all colleagues: what the encoder then takes for work outside the role (N_) is no finding. `words` are
 * groups of words that phrases name.
 */
export const packSchema = z
  .strictObject({
    pack: z.enum(['questions', 'duties', 'language']),
    version: z.string().regex(/^\d+\.\d+\.\d+$/u),
    date: day,
    owner: z.string().min(1),
    lawful: z.array(pattern),
    shared: z.array(pattern).optional(),
    words: z.record(z.string().regex(/^[A-Z]+$/u), z.string().min(1)).optional(),
    rules: z.array(rule).min(1),
  })
  .refine((pack) => new Set(pack.rules.map((each) => each.code)).size === pack.rules.length, {
    message: 'a code stands twice',
  })
  .refine(
    ({ rules, words }) =>
      rules.every(({ phrases, softened }) =>
        [...phrases, ...(softened?.phrases ?? []), ...(softened === undefined ? [] : [softened.by])].every(
          (one) => spelt(one, words),
        ),
      ),
    { message: 'not a regular expression' },
  );

function spelt(source: string, words: Readonly<Record<string, string>> | undefined): boolean {
  try {
    return compiles(spelledOut(source, words));
  } catch {
    return false;
  }
}
