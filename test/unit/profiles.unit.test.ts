import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { comparatorBlanks, comparatorFields, diffOf, showTerms } from '../../src/client/policy-show.ts';
import {
  comparatorSchema,
  counselLine,
  policyKeysOf,
  policySchema,
  profileSchema,
  profileTopics,
} from '../../src/contracts/policy.ts';
import { inJurisdiction, splitKey } from '../../src/domain/kernel/policy.ts';

const root = new URL('../../policies/', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const profile = (name: string) => profileSchema.parse(json(`profiles/${name}.json`));
const policy = policySchema.parse(json('default.json'));
const generic = profile('generic');
const names = readdirSync(new URL('profiles/', root)).map((name) => name.replace('.json', ''));
const folder = mkdtempSync(join(tmpdir(), 'peer-hire-profiles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function said(argv: readonly string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const io: Io = {
    out: (text) => void lines.push(text),
    err: (text) => void lines.push(text),
    ...{ env: { PEER_HIRE_HOME: join(folder, 'none') }, color: false, stdin: async () => null },
  };
  return { code: await run(io, argv), text: lines.join('\n') };
}

describe('profiles of jurisdictions', () => {
  it('are Generic, D.C., Texas, Pennsylvania and the VA', () => {
    expect(names.toSorted()).toEqual(['dc', 'generic', 'pennsylvania', 'texas', 'va']);
  });

  it.each(names)('%s has source and day for each value and each sentence, and says who read it', (name) => {
    const one = profile(name);
    for (const key of Object.keys(one.values)) {
      const code = splitKey(key)?.code ?? '';
      expect(one.sources[code], key).toMatch(/^(S\d{3}|R|K|O) /);
      expect(one.reviewed?.[code], key).toMatch(/^20\d\d-/);
    }
    for (const note of Object.values(one.notes ?? {})) expect(note.source).toMatch(/^(S\d{3}|R|K|O) /);
    expect(one.counsel).toEqual({ read: false });
  });

  it('Generic says something of every topic, and no number of it is other than the policy’s own', () => {
    expect(Object.keys(generic.notes ?? {}).toSorted()).toEqual([...profileTopics].toSorted());
    const { values: _own, id: _id, ...rest } = inJurisdiction(policy, generic);
    const { values: _before, id: _name, ...before } = policy;
    expect(rest).toEqual(before);
    for (const [key, value] of Object.entries(generic.values)) {
      const { code, name } = splitKey(key) ?? { code: '', name: '' };
      expect(policy.values[code]?.[name], key).toBe(value);
    }
  });

  it.each([
    ['a note without a source', { notes: { retention: { says: 'Two years.', reviewed: '2026-11-22' } } }],
    ['a topic nobody knows', { notes: { dress: { says: 'x', source: 'O', reviewed: '2026-11-22' } } }],
    ['a day that is none', { reviewed: { 'D2.5': 'soon' } }],
    ['counsel that has no name', { counsel: { read: true } }],
  ])('%s is refused', (_, change) => {
    expect(profileSchema.safeParse({ ...(json('profiles/va.json') as object), ...change }).success).toBe(
      false,
    );
  });

  it('a letter says so until counsel has read the profile', () => {
    expect(counselLine(profile('texas'))).toBe('This profile was not read by counsel.');
    expect(counselLine({})).toBe('This profile was not read by counsel.');
    const counsel = { read: true, by: 'Counsel of the house', on: '2026-11-22' };
    expect(counselLine(profileSchema.parse({ ...profile('texas'), counsel }))).toBe('');
  });
});

describe('policy show', () => {
  it('gives every number with its source and day, and the profile’s before the policy’s', () => {
    const shown = showTerms(policy, profile('dc'), generic);
    expect(shown.values.map(({ key }) => key)).toEqual(expect.arrayContaining([...policyKeysOf(policy)]));
    for (const one of shown.values) {
      expect(one.source, one.key).toMatch(/^(S|R|K|O)/);
      expect(one.date, one.key).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
    const cadence = shown.values.find(({ key }) => key === 'CADENCE.then_every_weeks');
    expect(cadence).toMatchObject({ value: 1, from: 'profile', date: '2026-11-22' });
    expect(cadence?.source).toContain('22-A7314');
    expect(shown.values.find(({ key }) => key === 'X8.wait_bd')).toMatchObject({ from: 'policy', value: 5 });
  });

  it('prints a blank as no source, as in Generic', async () => {
    const shown = showTerms(policy, profile('pennsylvania'), generic);
    expect(shown.blank).toContain('D2.5.within_months');
    expect(shown.blank).not.toContain('R5.2.waiver_d');
    const retention = shown.topics.find(({ topic }) => topic === 'retention');
    expect(retention).toMatchObject({ from: 'generic', source: null });
    expect(retention?.says).toBe(generic.notes?.retention?.says);
    const { code, text } = await said(['policy', 'show', '--profile', 'pennsylvania']);
    expect(code).toBe(EXIT.done);
    expect(text).toContain('no source');
    expect(text).toContain('This profile was not read by counsel.');
    expect((await said(['policy', 'show', '--profile', 'nowhere'])).code).toBe(EXIT.usage);
  });

  it('X9 a blank is shown by diff as what it holds: no source, as in Generic', async () => {
    const { text } = await said(['policy', 'diff', 'generic', 'texas']);
    expect(text).toContain('X9.grace_months: 1 → no source, as in Generic (1)');
    const other = await said(['policy', 'diff', 'texas', 'generic']);
    expect(other.text).toContain('X9.grace_months: no source, as in Generic (1) → 1');
    expect(text).toContain('X10.hours: – → 250');
    const { text: json } = await said(['policy', 'diff', 'generic', 'texas', '--json']);
    expect(JSON.parse(json)).toMatchObject({
      differences: expect.arrayContaining([{ key: 'X9.grace_months', a: '1', b: null, generic: '1' }]),
    });
  });

  it('diff names each value, source and sentence that differs, and nothing else', async () => {
    const other = { ...policy, values: { ...policy.values } };
    other.values['P3.1'] = { source: 'O default', within_bd: 3 };
    expect(diffOf(policy, other)).toEqual([{ key: 'P3.1.within_bd', a: '2', b: '3' }]);
    expect(diffOf(policy, policy)).toEqual([]);
    const file = join(folder, 'mine.json');
    writeFileSync(file, JSON.stringify(other));
    expect(JSON.parse((await said(['policy', 'diff', 'default', file, '--json'])).text)).toMatchObject({
      differences: [{ key: 'P3.1.within_bd', a: '2', b: '3' }],
    });
    const { text } = await said(['policy', 'diff', 'dc', 'texas']);
    expect(text).toContain('D2.5.within_months');
    expect(text).toContain('note credential_route');
    expect((await said(['policy', 'diff', 'default', 'dc'])).code).toBe(EXIT.usage);
  });
});

describe('a comparator record', () => {
  const record = { source: 'staff handbook, invented', recorded: '2025-01-02', values: { probation_d: 90 } };

  it('has a source and a day, and what it leaves open is named', () => {
    const made = comparatorSchema.parse(record);
    const blanks = comparatorBlanks({ v: 1, site: 'site_x', ...made });
    expect(blanks).toEqual(comparatorFields.filter((name) => name !== 'probation_d'));
  });

  it('D2.6 has no range that ends before it begins', () => {
    const withPay = (low: number, high: number) =>
      comparatorSchema.safeParse({ ...record, values: { pay_low: low, pay_high: high } });
    expect(withPay(2604, 2290).error?.issues[0]).toMatchObject({
      path: ['values', 'pay_high'],
      message: 'not below pay_low',
    });
    expect(withPay(2290, 2290).success).toBe(true);
    const open = { ...record, values: { pay_low: 2290, pay_high: 'as agreed' } };
    expect(comparatorSchema.safeParse(open).success).toBe(true);
  });

  it.each(['source', 'recorded', 'values'] as const)(
    'R1.2 R8.1 R9.2 need one: without %s it is none',
    (part) => {
      const { [part]: _taken, ...rest } = record;
      expect(comparatorSchema.safeParse(rest).success).toBe(false);
    },
  );
});
