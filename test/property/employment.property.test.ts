import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { slots } from '../../src/domain/employment/sessions.ts';
import { addDays, daysBetween, rollForward, weekdayOf } from '../../src/domain/kernel/calendar.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { people, topics } from '../unit/employment-house.ts';
import { Years, live, longTerms } from '../unit/employment-years.ts';
import { caseOf, site } from '../unit/house.ts';

const terms = longTerms();
const decider = employment as unknown as AnyDecider;
const { employee, supervisor, second, hr } = people;

const change = fc.record({
  wait: fc.integer({ min: 1, max: 9 }),
  what: fc.constantFrom('move', 'move', 'weeks', 'leave', 'weekday', 'back', 'miss', 'extra', 'nothing'),
  n: fc.integer({ min: 0, max: 20 }),
  /** Whether the supervisor has logged what was held so far. */
  logs: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const stateOf = (one: Years) => one.held?.own as EmploymentState;

/** A plan may be changed only once what is past has its log line. */
function logAll(one: Years, outcome: 'held' | 'missed_supervisor' = 'held'): void {
  for (;;) {
    const slot = slots(stateOf(one).sessions, terms.calendar, 1)[0];
    if (slot === undefined || slot.on > one.today) return;
    const by = slot.ordinal % 2 === 1 ? second : supervisor;
    const held = { minutes: 60, mode: 'video', topics };
    const answer = one.ask(by, 'log_session', {
      session: slot.session,
      outcome,
      actions: [],
      topics: [],
      ...(outcome === 'held' ? held : {}),
    });
    if (isRefusal(answer)) return;
  }
}

function apply(one: Years, { what, n }: Change, count: number): void {
  const { sessions, leave } = stateOf(one);
  const clock = caseOf('clock', `leave ${count}`);
  switch (what) {
    case 'move': {
      const slot = slots(sessions, terms.calendar)[n % 2];
      if (slot === undefined) return;
      const to = rollForward(terms.calendar, addDays(slot.on, (n % 9) - 4));
      one.ask(supervisor, 'move_session', { session: slot.session, to });
      return;
    }
    case 'weeks': {
      const weeks = 1 + (n % 4);
      const word = weeks > sessions.weeks ? 'step_down' : weeks < sessions.weeks ? 'step_up' : 'keep';
      one.ask(hr, 'propose_cadence', { change: word, weeks });
      return;
    }
    case 'weekday':
      one.ask(supervisor, 'set_session_time', { weekday: 1 + (n % 5), at: '11:00' });
      return;
    case 'leave': {
      const from = addDays(one.today, n % 7);
      one.tell('leave_set', { clock, from, to: addDays(from, 1 + n) }, clock);
      return;
    }
    case 'back': {
      const spell = leave.at(-1);
      if (spell === undefined || spell.from > one.today) return;
      one.tell('leave_ended', { clock: spell.clock, returned: one.today }, spell.clock);
      return;
    }
    case 'miss':
      logAll(one, 'missed_supervisor');
      return;
    case 'extra':
      one.ask(employee, 'ask_extra_session');
      one.ask(supervisor, 'plan_extra_session', {
        on: rollForward(terms.calendar, addDays(one.today, n % 3)),
      });
      return;
    case 'nothing':
      return;
    default: {
      const unknown: never = what;
      throw new Error(String(unknown));
    }
  }
}

/** What must hold of the plan at any moment. */
function planHolds(one: Years): void {
  const ahead = slots(stateOf(one).sessions, terms.calendar, 3);
  for (const [place, slot] of ahead.entries()) {
    const next = ahead[place + 1];
    if (next !== undefined) expect(next.session > slot.session && next.on > slot.on).toBe(true);
  }
  const asked = one.obligations.filter(
    (owed) =>
      (owed.code === 'P7.1' && owed.id.endsWith(':employee') && !owed.id.includes('extra')) ||
      owed.id.startsWith('D7.1:leave'),
  );
  expect(asked).toHaveLength(2);
  expect(new Set(one.obligations.map((owed) => owed.id)).size).toBe(one.obligations.length);
}

interface Told {
  readonly lines: readonly { readonly session: string; readonly weeks: number }[];
  /** Sessions that a change of cadence or weekday named as the next one. */
  readonly jumps: ReadonlySet<string>;
}

/** The recorded sessions, each with the interval it was planned at. */
function told(one: Years): Told {
  const lines: { session: string; weeks: number }[] = [];
  const jumps = new Set<string>();
  let weeks = 1;
  for (const { kind, body } of one.rows) {
    const its = body as { session: string; extra?: boolean; weeks: number; next: string };
    const cadence = kind === 'cadence_stepped_down' || kind === 'cadence_set';
    if (cadence) ({ weeks } = its);
    if (cadence || kind === 'session_time_set') jumps.add(its.next);
    const settled = (kind === 'session_logged' && its.extra === false) || kind === 'session_on_leave';
    if (settled) lines.push({ session: its.session, weeks });
  }
  return { lines, jumps };
}

describe('sessions', () => {
  it('are neither lost nor doubled by moves, leaves, cadences and late logs', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 5, maxLength: 30 }), (changes) => {
        const one = new Years(terms);
        // From the seventh month on every cadence is open.
        one.tell('review_closed', {
          review: caseOf('review', 'r'),
          cycle: 'six_month',
          outcome: 'meets',
          response: 'signed',
        });
        one.moveTo('2025-05-12', '12:00', false);
        for (const [count, step] of changes.entries()) {
          one.moveTo(addDays(one.today, step.wait), '16:30', false);
          if (step.logs) logAll(one);
          apply(one, step, count);
          planHolds(one);
        }
        logAll(one);
        const { lines, jumps } = told(one);
        const names = lines.map((line) => line.session);
        expect(new Set(names).size).toBe(names.length);
        const inOrder = lines.toSorted((x, y) => (x.session < y.session ? -1 : 1));
        for (const [place, line] of inOrder.entries()) {
          const before = inOrder[place - 1];
          if (before === undefined) expect(['2025-05-13', ...jumps]).toContain(line.session);
          // A change of plan names the next session itself, never later than the longest interval and a week.
          else if (jumps.has(line.session))
            expect(daysBetween(before.session, line.session)).toBeLessThanOrEqual(4 * 7 + 13);
          else expect(daysBetween(before.session, line.session)).toBe(line.weeks * 7);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep their day of the week under any cadence', () => {
    const one = new Years(terms);
    live(one, '2026-05-12');
    const days = told(one).lines.map((line) => weekdayOf(line.session));
    expect(new Set(days)).toEqual(new Set([2]));
  });
});

describe('years of an employment', () => {
  it('keep the state small: three years in at most 8 kB, ten years no larger', () => {
    const one = new Years(terms);
    const sizes: number[] = [];
    for (const until of ['2026-05-12', '2028-05-12', '2035-05-12']) {
      live(one, until);
      sizes.push(JSON.stringify(one.held).length);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8192);
    expect(one.rows.length).toBeGreaterThan(2000);
    // The state is nothing but the fold of its rows.
    const folded = one.rows.reduce(
      (state, { kind, body, stamp }) => evolveHeld(decider, state, { kind, body, stamp }),
      { own: employment.initial() as unknown, base: emptyBase(site, terms.ref) } as Held,
    );
    expect(folded.own).toEqual(one.held?.own);
  });
});
