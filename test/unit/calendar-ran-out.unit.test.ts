import { describe, expect, it } from 'vitest';
import { deciderOf } from '../../src/domain/cases.ts';
import { advance } from '../../src/domain/kernel/advance.ts';
import type { Advanced } from '../../src/domain/kernel/advance.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { AnyInput } from '../../src/domain/kernel/run.ts';
import type { Terms, TermsRef } from '../../src/domain/kernel/terms.ts';
import { clockId, credentials, employment, started } from './clock-house.ts';
import { site, termsForTests } from './house.ts';
import type { SingleCase } from './single-case.ts';

/** A case whose own calendar came to its end adopts a longer one, although it cannot be asked a thing before. */

const long = termsForTests();
const short: Terms = {
  ...long,
  ref: { ...long.ref, calendar: 'the calendar that ran out' },
  calendar: { ...long.calendar, last: '2025-05-30' },
};
const termsOf = (ref: TermsRef): Terms => (ref.calendar === short.ref.calendar ? short : long);

const adopt = (asked: number): AnyInput => ({
  ...{ origin: 'notice', decisionId: 'house-calendar/2/1', from: 'house-calendar', asked },
  notice: { kind: 'terms_changed', body: { after: long.ref } },
});
const asking = (asked: number): AnyInput => ({
  ...{ origin: 'ask', decisionId: 'dec_late', actor: credentials, how: 'asserted_local', asked },
  ...{ acknowledge: [], command: { type: 'renew', payload: { validTo: '2025-09-30' } } },
});

function step(one: SingleCase, on: string, inputs: (now: number) => readonly AnyInput[]): Advanced {
  const now = instantOf(long.calendar, on, '10:00');
  const scope = { capacity: 'credential_officer' as const, scope: site, from: 0, to: null };
  return advance(deciderOf('clock'), one.holds, inputs(now), {
    ...{ org: `org_${'0'.repeat(26)}`, case: clockId, now, facts: [], opening: null, delegations: [] },
    ...{ assignments: [{ person: credentials, ...scope }], termsOf },
  });
}

/** A credential that is overdue from day to day: each day asks for the next, until the calendar has none. */
const overdue = (): SingleCase => started('2025-05-12', 'credential', employment, '2025-05-14', short);

describe('new terms for a case that cannot go on under its own', () => {
  it('are out of reach without the notice: neither it nor a command gets past the end of the calendar', () => {
    const one = overdue();
    for (const inputs of [() => [], (now: number) => [asking(now)]])
      expect(() => step(one, '2025-06-16', inputs)).toThrow('calendar_range_exceeded');
  });

  it('come first, and everything that waited is dated by them', () => {
    const one = overdue();
    const { held, rows, handled, prompts } = step(one, '2025-06-16', (now) => [adopt(now)]);
    expect(rows[0]).toMatchObject({ kind: 'terms_adopted', terms: short.ref });
    expect(held?.base.terms).toEqual(long.ref);
    expect(handled).toEqual(['house-calendar/2/1']);
    // What fell due meanwhile is done under the new terms, as the rows say.
    const others = rows.slice(1);
    expect(others.map((row) => row.kind)).toContain('credential_expired');
    expect(others.every((row) => row.terms.calendar === long.ref.calendar)).toBe(true);
    expect(prompts.length).toBeGreaterThan(0);
  });

  it('come before a command that was asked earlier as well, which is then decided', () => {
    const one = overdue();
    const later = step(one, '2025-06-16', (now) => [adopt(now), asking(now - 3_600_000)]);
    expect(isRefusal(later.answer)).toBe(false);
    expect(later.rows.map((row) => row.kind)).toContain('credential_renewed');
  });

  it('stay in the order of time where the case can go on: what fell due before is done under the old ones', () => {
    const one = overdue();
    const { rows } = step(one, '2025-05-20', (now) => [adopt(now)]);
    const kinds = rows.map((row) => row.kind);
    expect(kinds.indexOf('credential_expired')).toBe(0);
    expect(rows[0]?.terms).toEqual(short.ref);
    expect(kinds).toContain('terms_adopted');
  });

  it('that do not reach either change nothing: what stopped the case is thrown', () => {
    const one = overdue();
    const after = { ...adopt(0), notice: { kind: 'terms_changed', body: { after: short.ref } } } as AnyInput;
    expect(() => step(one, '2025-06-16', (now) => [{ ...after, asked: now }])).toThrow(
      'calendar_range_exceeded',
    );
  });
});
