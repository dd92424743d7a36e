import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { showTerms } from '../../src/client/policy-show.ts';
import { policySchema, profileSchema, requiredValues } from '../../src/contracts/policy.ts';
import { flag, inJurisdiction, num, nums, sourceOf, text, texts } from '../../src/domain/kernel/policy.ts';
import defaults from '../../policies/default.json' with { type: 'json' };

const policy = policySchema.parse(defaults);
const folder = new URL('../../policies/profiles/', import.meta.url);
const profiles = readdirSync(folder).map((name) =>
  profileSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
);
const profile = (id: string) => {
  const found = profiles.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no profile ${id}`);
  return found;
};

const PROMPTS_PER_STAGE = [4, 5, 4, 5, 5, 6, 6, 7, 6, 5];

describe('the default policy', () => {
  it.each([
    ['P0.1', 'window_bd', 5],
    ['D2.2', 'core_min_pct', 70],
    ['D2.2', 'shared_cap_pct', 10],
    ['D2.2', 'support_cap_pct', 25],
    ['R3.3', 'posting_min_d', 14],
    ['R3.4', 'qualified_min', 3],
    ['P3.2', 'every_bd', 10],
    ['G4', 'quorum_sheets', 3],
    ['D4.7', 'reserve_d', 90],
    ['P5.1', 'expires_bd', 5],
    ['D5.1', 'extensions', 1],
    ['R5.2', 'waiver_d', 60],
    ['D6.2', 'supervised_h', 6],
    ['CADENCE', 'weekly_weeks', 26],
    ['CADENCE', 'then_every_weeks', 2],
    ['D7.4', 'non_peer_at_once_pct', 10],
    ['D7.4', 'outside_month_pct', 30],
    ['D7.4', 'outside_two_months_pct', 20],
    ['D7.4', 'view_gap_points', 20],
    ['D7.4', 'role_fit_weeks', 8],
    ['G8', 'hr_before_bd', 5],
    ['RETENTION', 'selection_months', 24],
  ])('%s.%s is %i', (code, name, value) => {
    expect(num(policy, code, name)).toBe(value);
  });

  it('has the day of each value beside its source, on which the two were last held together', () => {
    const days = policy.reviewed ?? {};
    expect(Object.keys(policy.values).filter((code) => !/^20\d\d-/.test(days[code] ?? ''))).toEqual([]);
    expect(Object.keys(days).filter((code) => !Object.hasOwn(policy.values, code))).toEqual([]);
    const shown = (from: typeof policy) =>
      showTerms(from, null, profile('generic')).values.find(({ key }) => key === 'R3.3.posting_min_d');
    expect(shown(policy)?.date).toBe(days['R3.3']);
    // One from before its days were kept is as old as the document.
    expect(shown({ ...policy, reviewed: undefined })?.date).toBe(policy.effective);
    expect(policySchema.safeParse({ ...defaults, reviewed: { 'R3.3': 'soon' } }).success).toBe(false);
  });

  it('holds lists, texts and flags', () => {
    expect(nums(policy, 'P3.4', 'posting_age_d')).toEqual([14, 21]);
    expect(nums(policy, 'P6.2', 'at_d')).toEqual([10, 30, 60, 90]);
    expect(nums(policy, 'P7.5', 'before_d')).toEqual([90, 60, 30, 14]);
    expect(text(policy, 'P7.1', 'log_at')).toBe('16:00');
    expect(texts(policy, 'G1', 'elements')).toHaveLength(10);
    expect(flag(policy, 'CADENCE', 'weekly_until_certified')).toBe(true);
    expect(sourceOf(policy, 'D6.2')).toMatch(/^R /);
  });

  it('has a value for every prompt that has a timing of its own', () => {
    const codes = PROMPTS_PER_STAGE.flatMap((count, stage) =>
      Array.from({ length: count }, (_, place) => `P${stage}.${place + 1}`),
    );
    // The role asks P6.5 as P1.5, P7.3 is asked on the last business day of each month, P8.4 climbs the default ladder to
    // the day the talk is due.
    const without = codes.filter((code) => !Object.hasOwn(policy.values, code));
    expect(without).toEqual(['P6.5', 'P7.3', 'P8.4']);
  });

  it.each([
    ['an unknown code', () => num(policy, 'P0.9', 'window_bd'), 'P0.9.window_bd'],
    ['an unknown name', () => num(policy, 'P0.1', 'window_d'), 'P0.1.window_d'],
    ['a list where a number is asked', () => num(policy, 'P0.2', 'before_d'), 'P0.2.before_d'],
    ['a number where a list is asked', () => nums(policy, 'P0.1', 'window_bd'), 'P0.1.window_bd'],
    ['a number where a text is asked', () => text(policy, 'P0.1', 'window_bd'), 'P0.1.window_bd'],
    ['numbers where texts are asked', () => texts(policy, 'P0.2', 'before_d'), 'P0.2.before_d'],
    ['a number where a flag is asked', () => flag(policy, 'P0.1', 'window_bd'), 'P0.1.window_bd'],
    ['the source as a value', () => text(policy, 'P0.1', 'source'), 'P0.1.source'],
    ['an inherited name', () => text(policy, 'constructor', 'name'), 'constructor.name'],
  ])('refuses %s and names the key', (_what, ask, key) => {
    expect(ask).toThrow(expect.objectContaining({ code: 'policy_value_missing', key }));
  });

  it('says which of the required values are missing', () => {
    const keys = ['P0.1.window_bd', 'P0.1.window_d', 'Z.z', 'nodot', 'P0.1.'];
    expect(requiredValues(policy, keys)).toEqual(['P0.1.window_d', 'Z.z', 'nodot', 'P0.1.']);
  });
});

describe('the policy format', () => {
  const withEntry = (code: string, entry: unknown) => ({ ...defaults, values: { [code]: entry } });

  it.each([
    ['no source', withEntry('P0.1', { window_bd: 5 })],
    ['a source without a tag', withEntry('P0.1', { source: 'default', window_bd: 5 })],
    ['nothing beside the source', withEntry('P0.1', { source: 'O' })],
    ['a code that is none', withEntry('p0.1', { source: 'O', window_bd: 5 })],
    ['a name with capitals', withEntry('P0.1', { source: 'O', windowBd: 5 })],
    ['an object as value', withEntry('P0.1', { source: 'O', window_bd: { n: 5 } })],
    ['an empty list', withEntry('P0.1', { source: 'O', before_d: [] })],
    ['another version', { ...defaults, v: 2 }],
    ['an unknown field', { ...defaults, remark: 'x' }],
    ['a text for a number', withEntry('P3.3', { source: 'O', within_bd: '5' })],
    ['a list for one number', withEntry('P3.3', { source: 'O', within_bd: [5] })],
    ['one number for a list', withEntry('P3.3', { source: 'O', remind_after_bd: 2 })],
    ['a number for a yes or no', withEntry('R3.5', { source: 'O', attest: 1 })],
    ['half a day', withEntry('P3.3', { source: 'O', within_bd: 1.5 })],
    ['days that count backwards', withEntry('P3.3', { source: 'O', within_bd: -3 })],
    ['half a day in a list', withEntry('P3.3', { source: 'O', remind_after_bd: [1, 2.5] })],
    ['what recurs after no time', withEntry('P3.2', { source: 'O', every_bd: 0 })],
    ['a time no day has', withEntry('P7.1', { source: 'O', log_at: '24:10' })],
    ['no date', { ...defaults, effective: '2025-02-30' }],
  ])('refuses %s', (_what, document) => {
    expect(policySchema.safeParse(document).success).toBe(false);
  });

  it('keeps all values when it reads the document', () => {
    expect(policy).toEqual(defaults);
  });
});

describe('jurisdiction profiles', () => {
  it('are five, and each of their codes has a source', () => {
    expect(profiles.map((one) => one.id).sort()).toEqual(['dc', 'generic', 'pennsylvania', 'texas', 'va']);
    const written = profile('dc');
    expect(profileSchema.safeParse({ ...written, sources: {} }).success).toBe(false);
    expect(profileSchema.safeParse({ ...written, values: { supervised: 6 } }).success).toBe(false);
    const sources = { ...written.sources, 'P3.3': 'R invented', 'P3.2': 'R invented' };
    const said = (values: object) => profileSchema.safeParse({ ...written, sources, values }).success;
    expect(said({ 'P3.3.within_bd': 7, 'P3.2.every_bd': 1 })).toBe(true);
    for (const values of [{ 'P3.3.within_bd': '7' }, { 'P3.3.within_bd': -1 }, { 'P3.2.every_bd': 0 }])
      expect(said(values)).toBe(false);
  });

  it('go before the policy, name by name', () => {
    const texas = inJurisdiction(policy, profile('texas'));
    expect(num(texas, 'CADENCE', 'then_every_weeks')).toBe(4);
    expect(num(texas, 'CADENCE', 'weekly_weeks')).toBe(26);
    expect(num(texas, 'D2.5', 'within_months')).toBe(6);
    expect(sourceOf(texas, 'D2.5')).toMatch(/^R 1 Tex\. Admin\. Code.*; else R VA/);
    expect(num(inJurisdiction(policy, profile('dc')), 'CADENCE', 'then_every_weeks')).toBe(1);
    expect(num(inJurisdiction(policy, profile('pennsylvania')), 'R5.2', 'waiver_d')).toBe(180);
    expect(num(policy, 'CADENCE', 'then_every_weeks')).toBe(2);
  });

  it('leave every value of the default policy as it is under the generic profile', () => {
    const generic = inJurisdiction(policy, profile('generic'));
    for (const [code, entry] of Object.entries(policy.values)) {
      expect(generic.values[code]).toMatchObject({ ...entry, source: expect.any(String) });
    }
  });

  it.each(['dc', 'generic', 'pennsylvania', 'texas', 'va'])('under %s the result is still a policy', (id) => {
    const merged = inJurisdiction(policy, profile(id));
    expect(policySchema.shape.values.safeParse(merged.values).success).toBe(true);
  });
});
