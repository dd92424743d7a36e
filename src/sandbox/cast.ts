import type { Scenario } from '../contracts/scenario.ts';
import { childId } from '../domain/kernel/apply.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { CaseId, OrgRef, PersonRef, SiteRef } from '../domain/kernel/words.ts';

/** The ids behind the words of a scenario; all derive from its seed, so that every play has the same. */
export interface Cast {
  readonly org: OrgRef;
  readonly site: SiteRef;
  readonly person: (word: string) => PersonRef;
  readonly caseId: (word: string) => CaseId;
  /** @returns the word of a case, person or site, or the id itself. */
  readonly wordOf: (id: string) => string;
  /** Replaces `@person`, `#case` and `$site` in a payload; texts are left for the caller. */
  readonly resolve: (value: unknown) => unknown;
}

/** A word of the scenario names nothing in it. */
export class UnknownWord extends Error {
  readonly code = 'unknown_word';
  readonly kind: string;
  readonly word: string;
  constructor(kind: string, word: string) {
    super(`unknown_word: the scenario has no ${kind} "${word}"`);
    this.name = 'UnknownWord';
    this.kind = kind;
    this.word = word;
  }
}

export function castOf(scenario: Scenario, org: OrgRef = `org_${opaque(`${scenario.seed}|org`)}`): Cast {
  const { seed } = scenario;
  const site = `site_${opaque(`${seed}|site|${scenario.site.word}`)}`;
  const person = (word: string): PersonRef => {
    if (!Object.hasOwn(scenario.people, word)) throw new UnknownWord('person', word);
    return `prs_${opaque(`${seed}|person|${word}`)}`;
  };
  const caseId = (word: string): CaseId => {
    const found = Object.hasOwn(scenario.cases, word) ? scenario.cases[word] : undefined;
    if (found === undefined) throw new UnknownWord('case', word);
    if (found.startedBy === undefined) return `${found.kind}-${opaque(`${seed}|case|${word}`)}`;
    return childId(org, caseId(found.startedBy), found.kind, found.label ?? '');
  };
  const words = new Map<string, string>([[site, scenario.site.word]]);
  for (const word of Object.keys(scenario.people)) words.set(person(word), word);
  for (const word of Object.keys(scenario.cases)) words.set(caseId(word), word);
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
    if (typeof value !== 'string') return value;
    if (value === '$site') return site;
    if (value.startsWith('@')) return person(value.slice(1));
    return value.startsWith('#') ? caseId(value.slice(1)) : value;
  };
  return { org, site, person, caseId, wordOf: (id) => words.get(id) ?? id, resolve };
}
