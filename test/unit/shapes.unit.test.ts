import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deciders } from '../../src/domain/cases.ts';
import { kernelEventKinds } from '../../src/domain/kernel/decider.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import type { CaseKind } from '../../src/domain/kernel/words.ts';
import { SEALED } from '../../src/ledger/fold.ts';
import { houseKinds } from '../../src/ledger/verify/house.ts';
import type { ChainRow } from '../../src/ledger/verify/row-hash.ts';
import { shapeOf } from '../../src/ledger/verify/shape.ts';
import { misshapen, shapeText } from '../../src/ledger/verify/shapes/index.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { scenarioNames, staged } from '../scenarios.ts';
import { northside } from './ledger-play.ts';
import { bodiesFit } from './shapes-of.ts';

/** What each kind of row says: known for all of them, kept by all that was ever written, and by nothing else. */

const file = new URL('../replay/ledgers/northside-1.jsonl.gz', import.meta.url);
const recorded = gunzipSync(readFileSync(file))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line) => (JSON.parse(line) as { row?: ChainRow }).row)
  .filter((row) => row !== undefined);
const ofHouse = (row: ChainRow): boolean => row.case_id.startsWith('house-');
const tableOf = (row: ChainRow): CaseKind | 'house' => (ofHouse(row) ? 'house' : kindOf(row.case_id)!);

const every: readonly (readonly [CaseKind | 'house', string])[] = [
  ...Object.values(deciders).flatMap(({ kind, classes }) =>
    [...Object.keys(classes), ...kernelEventKinds].map((event) => [kind, event] as const),
  ),
  ...Object.values(houseKinds).flatMap((kinds) => kinds.map((event) => ['house', event] as const)),
];

describe('what a row may say', () => {
  it('is known for every event of every case and of the house', () => {
    expect(every.length).toBeGreaterThan(400);
    for (const [kind, event] of every) {
      const text = shapeText(kind, event);
      expect(text, `${kind} ${event}`).toBeDefined();
      expect(() => shapeOf(text ?? ''), `${kind} ${event}`).not.toThrow();
    }
  });

  it('is what every recorded row says', () => {
    const clear = recorded.filter((row) => row.kind !== SEALED);
    expect(clear.length).toBeGreaterThan(700);
    for (const row of clear)
      expect(misshapen(tableOf(row), row.kind, JSON.parse(row.body)), `${row.kind} ${row.body}`).toBeNull();
  });

  it.each(scenarioNames)('is what every row of the scenario %s says, confidential ones too', (name) => {
    const { scenario, cast, terms } = staged(name);
    const { world } = rehearse(scenario, cast, terms);
    expect(world.rows.length).toBeGreaterThan(50);
    for (const row of world.rows) bodiesFit(row.case, [row]);
  });

  it('is what every row of a play by hand says', () => {
    for (const row of northside().rows) bodiesFit(row.case, [row]);
  });

  it('is not an empty body where something has to be said, nor null, a list, a text or a number', () => {
    let needing = 0;
    for (const [kind, event] of every) {
      for (const other of [null, [], 'x', 5]) expect(misshapen(kind, event, other)).toBe('body');
      const needs = /[{ ]\w+: /u.test(shapeText(kind, event) ?? '');
      if (needs) expect(misshapen(kind, event, {}), `${kind} ${event}`).toMatch(/^body\.\w+$/u);
      needing += needs ? 1 : 0;
    }
    expect(needing).toBeGreaterThan(350);
  });

  it('holds no member more and none less, in any recorded row', () => {
    for (const row of recorded.filter((one) => one.kind !== SEALED)) {
      const body = JSON.parse(row.body) as Record<string, unknown>;
      const text = shapeText(tableOf(row), row.kind) ?? '';
      expect(misshapen(tableOf(row), row.kind, { ...body, unheard_of: 1 }), row.kind).toBe('body.?');
      for (const name of Object.keys(body)) {
        const { [name]: _, ...rest } = body;
        const needed = new RegExp(`^\\{(?:[^{}]|\\{[^{}]*\\})*\\b${name}: `, 'u').test(text);
        if (needed)
          expect(misshapen(tableOf(row), row.kind, rest), `${row.kind} ${name}`).toBe(`body.${name}`);
      }
    }
  });
});

describe('the words in which it is told', () => {
  const wrongOf = (text: string, value: unknown): string | null => shapeOf(text)(value);

  it('take what fits and name the first member that does not', () => {
    const text =
      '{on: day, how: "met"|"kept", by?: person, all: {at: time, n: 1|2}[], pair: [string, null|number]}';
    const good = { on: '2025-03-04', how: 'met', all: [{ at: '09:30', n: 2 }], pair: ['a', null] };
    expect(wrongOf(text, good)).toBeNull();
    expect(wrongOf(text, { ...good, by: `prs_${'0'.repeat(26)}` })).toBeNull();
    expect(wrongOf(text, { ...good, by: 'prs_0' })).toBe('.by');
    expect(wrongOf(text, { ...good, on: '2025-3-4' })).toBe('.on');
    expect(wrongOf(text, { ...good, how: 'banana' })).toBe('.how');
    expect(wrongOf(text, { ...good, all: [{ at: '09:30', n: 3 }] })).toBe('.all[0].n');
    expect(wrongOf(text, { ...good, pair: ['a'] })).toBe('.pair');
    expect(wrongOf(text, { ...good, pair: ['a', 'b'] })).toBe('.pair[1]');
    expect(wrongOf(text, { ...good, extra: 1 })).toBe('.?');
    expect(wrongOf(text, JSON.parse('{"__proto__": {"on": "2025-03-04"}}'))).toBe('.on');
  });

  it('know tables of any names, and a choice of objects', () => {
    expect(wrongOf('{*: number}', { a: 1, 'E5.2': 2 })).toBeNull();
    expect(wrongOf('{*: number}', { a: '1' })).toBe('.*');
    expect(wrongOf('{*: number}', { 'a name': 1 })).toBe('.*');
    expect(wrongOf('{a: 1}|{b: 2, c: {d: 3}}', { b: 2, c: { d: 3 } })).toBeNull();
    expect(wrongOf('{a: 1}|{b: 2, c: {d: 3}}', { b: 2, c: { d: 4 } })).toBe('.c.d');
    expect(wrongOf('{}', {})).toBeNull();
    expect(wrongOf('(string|number)[]', ['a', 1])).toBeNull();
    expect(wrongOf('(string|number)[]', ['a', true])).toBe('[1]');
  });

  it('take no words that somebody wrote for a code or a ref', () => {
    expect(wrongOf('string', 'duty_not_met')).toBeNull();
    expect(wrongOf('string', 'Alex Example')).toBe('');
    expect(wrongOf('string', 'Åsa')).toBe('');
    expect(wrongOf('string', 'x'.repeat(401))).toBe('');
  });

  it.each(['{on: day', '{on day}', 'day)', '(day', '{on: weekday}', '[day', 'day $'])(
    'are not "%s": told when it is read, not when a ledger is proven',
    (text) => {
      expect(() => shapeOf(text)).toThrow();
    },
  );
});
