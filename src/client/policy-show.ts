import { profileTopics } from '../contracts/policy.ts';
import type { ProfileTopic, WholeProfile } from '../contracts/policy.ts';
import { splitKey } from '../domain/kernel/policy.ts';
import type { Policy, PolicyValue } from '../domain/kernel/policy.ts';
import type { Comparator } from '../domain/kernel/terms.ts';

/** A number of the house as it holds under a profile, with where it comes from and as of which day. */
export interface ShownValue {
  readonly key: string;
  readonly value: PolicyValue;
  readonly from: 'policy' | 'profile';
  readonly source: string;
  /** The day it was last held against its source; else the day its document holds from. */
  readonly date: string;
}

/** What a profile says of a topic in words. Where it says nothing, Generic speaks and there is no source. */
export interface ShownTopic {
  readonly topic: ProfileTopic;
  readonly says: string | null;
  readonly source: string | null;
  readonly date: string | null;
  readonly from: 'profile' | 'generic';
}

export interface ShownTerms {
  readonly policy: { readonly id: string; readonly title: string; readonly effective: string };
  readonly profile: { readonly id: string; readonly title: string; readonly jurisdiction: string } | null;
  readonly counsel: 'read' | 'not_read' | null;
  readonly values: readonly ShownValue[];
  /** Values that Generic sets and the profile leaves blank: they are the policy's own here. */
  readonly blank: readonly string[];
  readonly topics: readonly ShownTopic[];
}

/** All values of a policy by key, e.g. `P0.1.window_bd`. */
function valuesOf(policy: Policy): ReadonlyMap<string, { value: PolicyValue; source: string }> {
  const list = Object.entries(policy.values).flatMap(([code, entry]) =>
    Object.entries(entry).flatMap(([name, value]) =>
      name === 'source' ? [] : [[`${code}.${name}`, { value, source: entry.source }] as const],
    ),
  );
  return new Map(list);
}

function shownUnder(policy: Policy, profile: WholeProfile | null): readonly ShownValue[] {
  const own = new Map<string, ShownValue>();
  for (const [key, { value, source }] of valuesOf(policy)) {
    const date = policy.reviewed?.[splitKey(key)?.code ?? key] ?? policy.effective;
    own.set(key, { key, value, from: 'policy', source, date });
  }
  for (const [key, value] of Object.entries(profile?.values ?? {})) {
    const code = splitKey(key)?.code ?? key;
    const source = profile?.sources[code] ?? 'no source';
    const date = profile?.reviewed?.[code] ?? profile?.effective ?? policy.effective;
    own.set(key, { key, value, from: 'profile', source, date });
  }
  return [...own.values()].toSorted((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
}

function topicsUnder(profile: WholeProfile, generic: WholeProfile): readonly ShownTopic[] {
  return profileTopics.map((topic): ShownTopic => {
    const own = profile.notes?.[topic];
    if (own !== undefined)
      return { topic, says: own.says, source: own.source, date: own.reviewed, from: 'profile' };
    const says = generic.notes?.[topic]?.says ?? null;
    return { topic, says, source: null, date: null, from: 'generic' };
  });
}

/**
 * A policy as it holds under a profile, each number with its source and day.
 * @param generic what a blank of the profile inherits, printed as "no source"
 */
export function showTerms(policy: Policy, profile: WholeProfile | null, generic: WholeProfile): ShownTerms {
  const { id, title, effective } = policy;
  const set = new Set(Object.keys(profile?.values ?? {}));
  return {
    policy: { id, title, effective },
    profile:
      profile === null ? null : { id: profile.id, title: profile.title, jurisdiction: profile.jurisdiction },
    counsel: profile === null ? null : profile.counsel?.read === true ? 'read' : 'not_read',
    values: shownUnder(policy, profile),
    blank: profile === null ? [] : Object.keys(generic.values).filter((key) => !set.has(key)),
    topics: profile === null ? [] : topicsUnder(profile, generic),
  };
}

/** One value or sentence in which two documents differ; null where one of them has none. */
export interface Difference {
  readonly key: string;
  readonly a: string | null;
  readonly b: string | null;
  /** What Generic says, where one of two profiles is blank and therefore as in Generic; else left out. */
  readonly generic?: string;
}

const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Everything a document says, flat: by key of a value, `source <code>`, `note <topic>`, `counsel`. */
function flat(document: Policy | WholeProfile): ReadonlyMap<string, string> {
  if (!('jurisdiction' in document)) {
    const values = [...valuesOf(document)].map(([key, { value }]) => [key, word(value)] as const);
    const sources = Object.entries(document.values).map(
      ([code, { source }]) => [`source ${code}`, source] as const,
    );
    return new Map([...values, ...sources, ['effective', document.effective]]);
  }
  return new Map([
    ...Object.entries(document.values).map(([key, value]) => [key, word(value)] as const),
    ...Object.entries(document.sources).map(([code, source]) => [`source ${code}`, source] as const),
    ...Object.entries(document.notes ?? {}).map(
      ([topic, note]) => [`note ${topic}`, `${note.says} (${note.source}; ${note.reviewed})`] as const,
    ),
    ['counsel', document.counsel?.read === true ? 'read' : 'not read'],
    ['effective', document.effective],
  ]);
}

/**
 * @param generic what a blank of a profile inherits; left out where documents are only held side by side
 * @returns where two policies, or two profiles, differ; in the order of their keys
 */
export function diffOf(
  a: Policy | WholeProfile,
  b: Policy | WholeProfile,
  generic?: WholeProfile,
): readonly Difference[] {
  const [left, right] = [flat(a), flat(b)];
  const below = generic !== undefined && 'jurisdiction' in a ? flat(generic) : new Map<string, string>();
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((key) => left.get(key) !== right.get(key))
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((key) => {
      const [one, other, inherited] = [left.get(key) ?? null, right.get(key) ?? null, below.get(key)];
      const blank = inherited !== undefined && (one === null || other === null);
      return { key, a: one, b: other, ...(blank ? { generic: inherited } : {}) };
    });
}

/** @returns fields of a comparator record that the rules ask for and it has no value for (domain 2.1) */
export function comparatorBlanks(comparator: Comparator): readonly string[] {
  return comparatorFields.filter((name) => !Object.hasOwn(comparator.values, name));
}

/** What is the same for all staff of a site, as the rules name it. */
export const comparatorFields = [
  'probation_d',
  'probation_extension_d',
  'review_cycle',
  'review_scale',
  'review_form',
  'mentoring_months',
  'sick_leave_policy',
  'pay_low',
  'pay_high',
  'discipline_steps',
  'drug_tests',
] as const;
