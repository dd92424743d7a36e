import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyPolicyKey, policySchema, requiredValues } from '../../src/contracts/policy.ts';

const policy = policySchema.parse(
  JSON.parse(readFileSync(new URL('../../policies/default.json', import.meta.url), 'utf8')),
);

describe('the default policy', () => {
  it('has every value some case reads', () => {
    expect(everyPolicyKey.length).toBeGreaterThan(80);
    expect(requiredValues(policy, everyPolicyKey)).toEqual([]);
  });

  it('is refused when one of them is taken out', () => {
    const { 'P7.1': _taken, ...values } = policy.values;
    expect(requiredValues({ ...policy, values }, everyPolicyKey)).toContain('P7.1.before_bd');
  });
});
