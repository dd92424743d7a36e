import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileSchema } from '../../src/contracts/policy.ts';
import { employment } from '../../src/domain/employment/decider.ts';
import { deadlineOf, hoursLeft, periodOf } from '../../src/domain/employment/field.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { addDays, addMonths, dateOf } from '../../src/domain/kernel/calendar.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { Employed, people } from '../unit/employment-house.ts';
import { caseOf, policyForTests, site, termsForTests } from '../unit/house.ts';

/** Lives of people with and without a certificate, under each jurisdiction: the clocks of the field keep their word. */

const { employee, supervisor, manager, hr } = people;
const clock = caseOf('clock', 'credential');
const names = ['generic', 'texas', 'pennsylvania', 'va'] as const;

const places: Readonly<Record<string, Terms>> = Object.fromEntries(
  names.map((name) => {
    const text = readFileSync(new URL(`../../policies/profiles/${name}.json`, import.meta.url), 'utf8');
    const profile = profileSchema.parse(JSON.parse(text));
    const policy = inJurisdiction(policyForTests(), profile);
    return [name, { ...termsForTests(), profile, policy }];
  }),
);

const change = fc.record({
  wait: fc.integer({ min: 1, max: 70 }),
  what: fc.constantFrom(
    'hours',
    'leave',
    'back',
    'certified',
    'lapsed',
    'training',
    'more',
    'over',
    'confirm',
  ),
  n: fc.integer({ min: 0, max: 60 }),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const own = (one: Employed): EmploymentState => one.holds?.own as EmploymentState;
const todayOf = (one: Employed): string => dateOf(one.terms.calendar, one.now);

/** What somebody tries; a refusal is an answer too. */
function apply(one: Employed, { what, n }: Change, count: number): void {
  const today = todayOf(one);
  const leave = caseOf('clock', `leave ${count}`);
  const running = own(one).leave.at(-1);
  switch (what) {
    case 'hours':
      return void one.ask(supervisor, 'log_certification_hours', { on: today, hours: 1 + n });
    case 'leave': {
      if (running !== undefined && running.to > today) return;
      const from = addDays(today, n % 9);
      // Leaves of long ago leave the state; what stood open since then is another matter than the clocks of the field.
      if (own(one).leave.some((spell) => addDays(spell.to, 190) < from)) return;
      return one.tell(leave, { kind: 'leave_set', body: { clock: leave, from, to: addDays(from, 3 + n) } });
    }
    case 'back':
      if (running === undefined || running.from > today || running.to <= today) return;
      return one.tell(running.clock, {
        kind: 'leave_ended',
        body: { clock: running.clock, returned: today },
      });
    case 'certified':
    case 'lapsed': {
      const status = what === 'lapsed' ? 'expired' : 'verified';
      if (what === 'lapsed' && own(one).field?.route !== undefined) return;
      const validTo = what === 'lapsed' ? today : addMonths(today, 6 + (n % 24));
      return one.tell(clock, { kind: 'credential_changed', body: { clock, status, validTo } });
    }
    case 'training':
      return void one.ask(employee, 'record_ce_hours', { hours: n % 20, ethics: n % 4 });
    case 'more':
      return void one.ask(manager, 'propose_certification', {
        ...{ outcome: 'extended', until: addDays(today, 20 + n * 3) },
      });
    case 'over':
      return void one.ask(manager, 'propose_certification', { outcome: 'moved_to_other_role' });
    case 'confirm':
      return void one.ask(hr, 'confirm_certification');
    default: {
      const unknown: never = what;
      throw new Error(String(unknown));
    }
  }
}

/** What holds at any moment. */
function holds(one: Employed): void {
  const { field, job, leave } = own(one);
  const { calendar } = one.terms;
  const route = field?.route;
  const watch = one.obligations.filter(({ id }) => id.startsWith('X10:watch'));
  const asked = one.obligations.filter(({ code }) => code === 'X10');
  if (route === undefined) expect(asked).toEqual([]);
  else {
    const deadline = deadlineOf(route, leave, one.terms);
    expect(deadline >= route.deadline).toBe(true);
    const ahead = route.missed === null && route.closed === null;
    expect(watch.map(({ due }) => dateOf(calendar, due))).toEqual(ahead ? [deadline] : []);
    // Never without somebody who has to act.
    expect(asked.length).toBeGreaterThan(0);
    const hours = asked.some(({ id }) => id.startsWith('X10:hours'));
    expect(hours).toBe(ahead && hoursLeft(route, one.terms) > 0);
  }
  const period = job === null ? null : periodOf(field, job, one.terms);
  if (period !== null) expect(period.end > period.since).toBe(true);
  // Nothing of all this ends anything, or says that anybody may not work.
  expect(one.standing?.status).toBe('open');
  expect(JSON.stringify(field ?? {}).length).toBeLessThan(900);
}

/** No message about a certificate or its hours reaches a person in a leave that was known, and none comes twice. */
function askedRightly(one: Employed): void {
  const { calendar } = one.terms;
  const spells = one.rows.flatMap((row) => {
    if (row.kind !== 'leave_noted') return [];
    const { clock: of, from, to } = row.body as { clock: string; from: string; to: string };
    const over = one.rows.find(
      (other) => other.kind === 'leave_over' && (other.body as { clock: string }).clock === of,
    );
    const end = over === undefined ? to : (over.body as { returned: string }).returned;
    return [{ from, end, known: row.stamp.at }];
  });
  const mine = one.prompts.filter(({ code, to }) => to === employee && (code === 'X10' || code === 'P7.6'));
  for (const { sendAfter } of mine) {
    const day = dateOf(calendar, sendAfter);
    const within = spells.filter(({ from, end, known }) => from <= day && day < end && known < sendAfter);
    expect(within).toEqual([]);
  }
  const keys = one.prompts.map(({ obligation, rung, to }) => `${obligation} ${rung} ${to}`);
  expect(new Set(keys).size).toBe(keys.length);
}

function lived(name: string, apprentice: boolean, changes: readonly Change[]): Employed {
  const status = apprentice ? ('in_progress_with_deadline' as const) : ('verified' as const);
  const credential = { status, validTo: name === 'va' ? '2026-05-12' : '2025-11-12' };
  const one = new Employed('2025-05-12', '2025-05-12', places[name], { credential });
  for (const [count, each] of changes.entries()) {
    one.moveTo(addDays(todayOf(one), each.wait), '11:00');
    holds(one);
    apply(one, each, count);
    holds(one);
  }
  askedRightly(one);
  return one;
}

describe('the clocks of the field, in any life', () => {
  it('X10 P7.6 have an owner and a day, rest with a leave, send nothing twice, and end nobody’s work', () => {
    const lives = fc.tuple(fc.constantFrom(...names), fc.boolean(), fc.array(change, { maxLength: 12 }));
    fc.assert(
      fc.property(lives, ([name, apprentice, changes]) => {
        const one = lived(name, apprentice, changes);
        const folded = one.rows.reduce(
          (state, { kind, body, stamp }) =>
            evolveHeld(employment as unknown as AnyDecider, state, { kind, body, stamp }),
          { own: employment.initial() as unknown, base: emptyBase(site, one.terms.ref) } as Held,
        );
        expect(folded.own).toEqual(one.holds?.own);
      }),
      { numRuns: 120 },
    );
  }, 120_000);

  it('X10 P7.6 hours of the record and of the state are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }), (hours) => {
        const life = (what: 'hours' | 'training') => hours.map((n) => ({ wait: 3, what, n }));
        const logged = lived('texas', true, life('hours'));
        const sum = hours.reduce((all, n) => all + 1 + n, 0);
        expect(own(logged).field?.route?.hours).toBe(sum);
        const trained = lived('pennsylvania', false, life('training'));
        const done = trained.rows.filter(
          (row) => (row.body as { period?: { done?: string } }).period?.done !== undefined,
        );
        const total = hours.reduce((all, n) => all + n, 0);
        if (done.length === 0) expect(own(trained).field?.ce?.hours ?? 0).toBe(total);
        else expect(total).toBeGreaterThanOrEqual(18);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
