/** The three packs, checked and frozen at load, with the digest a finding is filed under. */
import { createHash } from 'node:crypto';
import duties from './packs/duties.json' with { type: 'json' };
import language from './packs/language.json' with { type: 'json' };
import questions from './packs/questions.json' with { type: 'json' };
import { packSchema, spelledOut } from './schema.ts';
import type { Rule } from './schema.ts';
import type { RuleCode } from './words.ts';

/** A rule with its phrases made ready. */
export interface ReadyRule extends Rule {
  readonly found: readonly RegExp[];
  /** Phrases that are a finding only in a line without the words that soften them. */
  readonly unless: { readonly by: RegExp; readonly found: readonly RegExp[] } | null;
}

/** A pack as it is used. `digest` is the SHA-256 of its JSON: the same words and rules, the same digest. */
export interface ReadyPack {
  readonly pack: 'questions' | 'duties' | 'language';
  readonly version: string;
  readonly digest: string;
  readonly lawful: readonly RegExp[];
  readonly shared: readonly RegExp[];
  readonly rules: ReadonlyMap<RuleCode, ReadyRule>;
}

function ready(source: unknown): ReadyPack {
  const pack = packSchema.parse(source);
  const spelt = (phrase: string): RegExp => new RegExp(spelledOut(phrase, pack.words), 'u');
  const rules = pack.rules.map((rule): [RuleCode, ReadyRule] => {
    const { softened } = rule;
    const unless =
      softened === undefined ? null : { by: spelt(softened.by), found: softened.phrases.map(spelt) };
    return [rule.code, Object.freeze({ ...rule, found: rule.phrases.map(spelt), unless })];
  });
  const digest = createHash('sha256').update(JSON.stringify(pack)).digest('hex');
  const made = (sources: readonly string[]) => sources.map((source) => new RegExp(source, 'u'));
  const [lawful, shared] = [made(pack.lawful), made(pack.shared ?? [])];
  return Object.freeze({
    ...{ pack: pack.pack, version: pack.version, digest, lawful, shared, rules: new Map(rules) },
  });
}

export const QUESTIONS = ready(questions);
export const DUTIES = ready(duties);
export const LANGUAGE = ready(language);
export const PACKS = [QUESTIONS, DUTIES, LANGUAGE] as const;

const BY_CODE: ReadonlyMap<RuleCode, ReadyRule> = new Map(PACKS.flatMap((pack) => [...pack.rules]));

/** The rule of a code; every code of the closed lists has one (a test says so). */
export function ruleOf(code: RuleCode): ReadyRule {
  const rule = BY_CODE.get(code);
  if (rule === undefined) throw new RangeError(`no pack holds ${code}`);
  return rule;
}
