/** A value of a policy. Its name carries its unit: `_bd` business days, `_d` calendar days, `_pct`, `_months` … */
export type PolicyValue = number | string | boolean | readonly number[] | readonly string[];

/** The values of one code, with where they come from. */
export interface PolicyEntry {
  readonly source: string;
  readonly [name: string]: PolicyValue;
}

/** The numbers of the house as versioned data, keyed by the code of the rule, prompt, decision or gate they serve. */
export interface Policy {
  readonly v: 1;
  readonly id: string;
  readonly title: string;
  readonly effective: string;
  /** The day on which a code's values were last held against their source. */
  readonly reviewed?: Readonly<Record<string, string>> | undefined;
  readonly values: Readonly<Record<string, PolicyEntry>>;
}

/** What a jurisdiction sets: keys are `D6.2.supervised_h`, and each code they touch has its source. */
export interface Profile {
  readonly v: 1;
  readonly id: string;
  readonly title: string;
  readonly jurisdiction: string;
  readonly effective: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number | string | boolean | readonly number[]>>;
}

export type PolicyValueKind = 'number' | 'numbers' | 'text' | 'texts' | 'flag';

/** A rule asked for a value that the policy lacks or holds in another form. The policy has to be completed. */
export class PolicyValueMissing extends Error {
  readonly code = 'policy_value_missing';
  readonly key: string;
  readonly expected: PolicyValueKind;

  constructor(key: string, expected: PolicyValueKind) {
    super(`policy_value_missing: add ${key} (${expected}) to the policy`);
    this.name = 'PolicyValueMissing';
    this.key = key;
    this.expected = expected;
  }
}

function found(policy: Policy, code: string, name: string): PolicyValue | undefined {
  const entry = Object.hasOwn(policy.values, code) ? policy.values[code] : undefined;
  return entry !== undefined && name !== 'source' && Object.hasOwn(entry, name) ? entry[name] : undefined;
}

/** The number `code.name`. Throws `PolicyValueMissing`. */
export function num(policy: Policy, code: string, name: string): number {
  const value = found(policy, code, name);
  if (typeof value === 'number') return value;
  throw new PolicyValueMissing(`${code}.${name}`, 'number');
}

/** The number `code.name`; null where a policy of an earlier day does not have it: the rule then is as it was. */
export function numIf(policy: Policy, code: string, name: string): number | null {
  return found(policy, code, name) === undefined ? null : num(policy, code, name);
}

/** The list of numbers `code.name`. Throws `PolicyValueMissing`. */
export function nums(policy: Policy, code: string, name: string): readonly number[] {
  const value = found(policy, code, name);
  if (Array.isArray(value) && value.every((item): item is number => typeof item === 'number')) return value;
  throw new PolicyValueMissing(`${code}.${name}`, 'numbers');
}

/** The text `code.name`. Throws `PolicyValueMissing`. */
export function text(policy: Policy, code: string, name: string): string {
  const value = found(policy, code, name);
  if (typeof value === 'string') return value;
  throw new PolicyValueMissing(`${code}.${name}`, 'text');
}

/** The list of texts `code.name`. Throws `PolicyValueMissing`. */
export function texts(policy: Policy, code: string, name: string): readonly string[] {
  const value = found(policy, code, name);
  if (Array.isArray(value) && value.every((item): item is string => typeof item === 'string')) return value;
  throw new PolicyValueMissing(`${code}.${name}`, 'texts');
}

/** The yes or no `code.name`. Throws `PolicyValueMissing`. */
export function flag(policy: Policy, code: string, name: string): boolean {
  const value = found(policy, code, name);
  if (typeof value === 'boolean') return value;
  throw new PolicyValueMissing(`${code}.${name}`, 'flag');
}

/** Where the values of a code come from. Throws `PolicyValueMissing`. */
export function sourceOf(policy: Policy, code: string): string {
  const entry = Object.hasOwn(policy.values, code) ? policy.values[code] : undefined;
  if (entry === undefined) throw new PolicyValueMissing(`${code}.source`, 'text');
  return entry.source;
}

/** Splits `P0.1.window_bd` into `P0.1` and `window_bd`; null when the key names no value. */
export function splitKey(key: string): { readonly code: string; readonly name: string } | null {
  const dot = key.lastIndexOf('.');
  return dot < 1 || dot === key.length - 1 ? null : { code: key.slice(0, dot), name: key.slice(dot + 1) };
}

/**
 * The policy as it holds in a jurisdiction: what a law or a state sets goes before the policy's own value, name by
 * name; the source of such a code says so. Throws `PolicyValueMissing` for a key of the profile that is none.
 */
export function inJurisdiction(policy: Policy, profile: Profile): Policy {
  const values: Record<string, PolicyEntry> = { ...policy.values };
  for (const [key, value] of Object.entries(profile.values)) {
    const parts = splitKey(key);
    if (parts === null) throw new PolicyValueMissing(key, 'text');
    const base = Object.hasOwn(values, parts.code) ? values[parts.code] : undefined;
    const origin = profile.sources[parts.code] ?? `profile ${profile.id}`;
    const known = base?.source;
    const source =
      known === undefined || known.startsWith(origin) ? (known ?? origin) : `${origin}; else ${known}`;
    values[parts.code] = { ...base, [parts.name]: value, source };
  }
  return { ...policy, id: `${policy.id}+${profile.id}`, values };
}

/** Which of the keys (`P0.1.window_bd`) the policy lacks. Empty when all are there. */
export function missingValues(policy: Policy, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => {
    const parts = splitKey(key);
    return parts === null || found(policy, parts.code, parts.name) === undefined;
  });
}
