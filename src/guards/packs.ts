/** The three packs, checked and frozen at load, with the digest a finding is filed under. */
import { createHash } from 'node:crypto';
import duties from './packs/duties.json' with { type: 'json' };
import language from './packs/language.json' with { type: 'json' };
import questions from './packs/questions.json' with { type: 'json' };
import { packSchema } from './schema.ts';
import type { Rule } from './schema.ts';
import type { RuleCode } from './words.ts';

/** A rule with its phrases made ready. */
export interface ReadyRule extends Rule {
  readonly found: readonly RegExp[];
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
  const rules = pack.rules.map((rule): [RuleCode, ReadyRule] => [
    rule.code,
    Object.freeze({ ...rule, found: rule.phrases.map((phrase) => new RegExp(phrase, 'u')) }),
  ]);
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
