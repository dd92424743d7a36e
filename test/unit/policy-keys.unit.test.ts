import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  everyPolicyKey,
  policyKeysOf,
  policySchema,
  profileSchema,
  requiredValues,
  unreadKeys,
} from '../../src/contracts/policy.ts';
import { splitKey } from '../../src/domain/kernel/policy.ts';

const root = new URL('../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const policy = policySchema.parse(json('policies/default.json'));
const profiles = readdirSync(new URL('policies/profiles/', root)).map((name) =>
  profileSchema.parse(json(`policies/profiles/${name}`)),
);

/** The rules of each folder of the domain, without the lists that only say what is read. */
function rulesByFolder(): readonly string[] {
  const domain = fileURLToPath(new URL('src/domain/', root));
  const paths = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('words.ts'),
  );
  const folders = new Map<string, string>();
  for (const path of paths) {
    const text = readFileSync(`${domain}${path}`, 'utf8');
    folders.set(dirname(path), `${folders.get(dirname(path)) ?? ''}\n${text}`);
  }
  return [...folders.values()];
}

/** Some folder's rules name the code and the value, each as a word of its own. */
function isRead(key: string, folders: readonly string[]): boolean {
  const { code, name } = splitKey(key) ?? { code: '', name: '' };
  return folders.some((text) => text.includes(`'${code}'`) && text.includes(`'${name}'`));
}

describe('the default policy', () => {
  it('has every value some case reads', () => {
    expect(everyPolicyKey.length).toBeGreaterThan(80);
    expect(requiredValues(policy, everyPolicyKey)).toEqual([]);
  });

  it('is refused when one of them is taken out', () => {
    const { 'P7.1': _taken, ...values } = policy.values;
    expect(requiredValues({ ...policy, values }, everyPolicyKey)).toContain('P7.1.before_bd');
    const { LADDER: _ladder, ...rest } = policy.values;
    expect(requiredValues({ ...policy, values: rest }, everyPolicyKey)).toContain('LADDER.stand_in_bd');
  });

  it('has no value that nothing reads', () => {
    expect(policyKeysOf(policy).length).toBeGreaterThanOrEqual(everyPolicyKey.length);
    expect(unreadKeys(policyKeysOf(policy))).toEqual([]);
  });

  it('would be found with one: a new code, a new name, a name of another code', () => {
    const values = {
      ...policy.values,
      FAIRNESS: { source: 'O', group_min: 5 },
      'P7.1': { ...policy.values['P7.1'], source: 'O', digest_at: '08:30', within_bd: 3 },
    };
    expect(unreadKeys(policyKeysOf({ ...policy, values }))).toEqual([
      'P7.1.digest_at',
      'P7.1.within_bd',
      'FAIRNESS.group_min',
    ]);
  });
});

describe('what the cases say they read', () => {
  const folders = rulesByFolder();

  it('stands in their rules', () => {
    expect(everyPolicyKey.filter((key) => !isRead(key, folders))).toEqual([]);
  });

  it('would be found if it did not', () => {
    expect(isRead('P7.1.before_bd', folders)).toBe(true);
    expect(isRead('P7.1.before_weeks', folders)).toBe(false);
    expect(isRead('FAIRNESS.group_min', folders)).toBe(false);
  });
});

describe('a jurisdiction’s profile', () => {
  it.each(profiles)('sets no value that nothing reads: $id', ({ values }) => {
    expect(Object.keys(values).length).toBeGreaterThan(0);
    expect(unreadKeys(Object.keys(values))).toEqual([]);
  });
});
