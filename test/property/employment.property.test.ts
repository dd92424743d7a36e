import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { leaveOn, slots } from '../../src/domain/employment/sessions.ts';
import { addDays, daysBetween, rollForward, weekdayOf } from '../../src/domain/kernel/calendar.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { people, topics } from '../unit/employment-house.ts';
import { Years, live, longTerms } from '../unit/employment-years.ts';
import { caseOf, site } from '../unit/house.ts';

const terms = longTerms();
const decider = employment as unknown as AnyDecider;
const { employee, supervisor, second, manager, hr } = people;

/** Every cadence is open from the second week on, so that short plays change it often. */
const open: Terms = {
  ...terms,
  policy: {
    ...terms.policy,
    values: {
      ...terms.policy.values,
      CADENCE: { ...(terms.policy.values['CADENCE'] ?? { source: 'O' }), weekly_weeks: 1 },
    },
  },
};

const kinds = [
  ...(['move', 'move', 'weeks', 'weeks', 'keep', 'leave', 'weekday', 'weekday', 'back', 'miss'] as const),
  ...(['extra', 'supervisor', 'probation', 'nothing'] as const),
];
const change = fc.record({
  wait: fc.integer({ min: 1, max: 9 }),
  what: fc.constantFrom(...kinds),
  n: fc.integer({ min: 0, max: 20 }),
  /** Whether the supervisor has logged what was held so far. */
  logs: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const stateOf = (one: Years) => one.held?.own as EmploymentState;

function log(one: Years, session: string, outcome: 'held' | 'missed_supervisor'): boolean {
  const held = { minutes: 60, mode: 'video', topics };
  const answer = one.ask(stateOf(one).job?.supervisor ?? '', 'log_session', {
    session,
    outcome,
    actions: [],
    topics: [],
    ...(outcome === 'held' ? held : {}),
  });
  return !isRefusal(answer);
}

/** A plan may be changed only once what is past has its log line. */
function logAll(one: Years, outcome: 'held' | 'missed_supervisor' = 'held'): void {
  for (;;) {
    const { sessions, leave } = stateOf(one);
    const { on } = sessions.extra;
    const slot = slots(sessions, terms.calendar, 1)[0];
    const extra = on !== null && on <= one.today && leaveOn(leave, on) === undefined;
    if (extra && (slot === undefined || on < slot.on)) {
      if (!log(one, on, outcome)) return;
    } else if (slot === undefined || slot.on > one.today || !log(one, slot.session, outcome)) return;
  }
}

function apply(one: Years, { what, n }: Change, count: number): void {
  const { sessions, leave, job } = stateOf(one);
  const clock = caseOf('clock', `leave ${count}`);
  const now = job?.supervisor ?? '';
  switch (what) {
    case 'move': {
      const slot = slots(sessions, terms.calendar)[n % 2];
      if (slot === undefined) return;
      const to = rollForward(terms.calendar, addDays(slot.on, (n % 9) - 4));
      one.ask(now, 'move_session', { session: slot.session, to });
      return;
    }
    case 'weeks': {
      const weeks = 1 + (n % 4);
      const word = weeks > sessions.weeks ? 'step_down' : weeks < sessions.weeks ? 'step_up' : 'keep';
      one.ask(hr, 'propose_cadence', { change: word, weeks });
      return;
    }
    case 'keep':
      one.ask(hr, 'propose_cadence', { change: 'keep', weeks: sessions.weeks });
      return;
    case 'weekday':
      one.ask(now, 'set_session_time', { weekday: 1 + (n % 5), at: '11:00' });
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
      one.ask(now, 'plan_extra_session', { on: rollForward(terms.calendar, addDays(one.today, n % 9)) });
      return;
    case 'supervisor': {
      const other = now === supervisor ? second : supervisor;
      const beside = n % 3 === 0 ? null : now;
      one.ask(manager, 'change_supervisor', { how: 'reassigned', supervisor: other, second: beside });
      return;
    }
    case 'probation':
      one.tell('probation_decided', { outcome: 'extended', until: addDays(one.today, 30 + n) });
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
  const { sessions, job, leave } = stateOf(one);
  const ahead = slots(sessions, terms.calendar, 3);
  for (const [place, slot] of ahead.entries()) {
    const next = ahead[place + 1];
    if (next !== undefined) expect(next.session > slot.session && next.on > slot.on).toBe(true);
  }
  const of = (start: string, who: string) =>
    one.obligations.filter((owed) => owed.id.startsWith(start) && owed.id.includes(who));
  const asked = of('P7.1:2', ':employee');
  expect(asked.length + of('D7.1:leave', '').length).toBe(2);
  const owners = of('P7.1:2', ':supervisor').map((owed) => owed.owner);
  expect(owners).toHaveLength(asked.length);
  for (const owner of owners) expect([job?.supervisor, job?.second]).toContain(owner);
  // An extra session that was asked for or planned is owed until it has its log line, one way or the other.
  const { extra } = sessions;
  const wanted = extra.asked !== null || extra.on !== null;
  const paused = extra.on !== null && leaveOn(leave, extra.on) !== undefined;
  const planned = extra.on !== null && !paused;
  expect(of('P7.1:extra', ':supervisor')).toHaveLength(planned ? 1 : 0);
  expect(of('R7.5:', '')).toHaveLength(wanted && !planned ? 1 : 0);
  if (planned) expect(ahead.map((slot) => slot.session)).not.toContain(extra.on);
  expect(new Set(one.obligations.map((owed) => owed.id)).size).toBe(one.obligations.length);
}

/** After a change of the plan nothing that is planned lies behind. */
function aheadHolds(one: Years): void {
  const last = one.rows.findLast((row) => row.kind !== 'warning_acknowledged' && row.kind !== 'prompted');
  if (last === undefined || !planChanges.has(last.kind) || last.stamp.at !== one.now) return;
  for (const slot of slots(stateOf(one).sessions, terms.calendar)) expect(slot.on > one.today).toBe(true);
}

const planChanges: ReadonlySet<string> = new Set(['cadence_stepped_down', 'cadence_set', 'session_time_set']);

interface PlanChange {
  readonly cadence: boolean;
  readonly weeks: readonly number[];
  /** A session that was agreed for another day kept that day. */
  readonly stayed: boolean;
}

interface Told {
  readonly lines: readonly { readonly session: string; readonly weeks: number }[];
  /** Changes of the plan, by how many sessions were settled before: all before them, for a plan never changes earlier. */
  readonly changes: ReadonlyMap<number, readonly PlanChange[]>;
}

/** The recorded sessions, each with the interval it was planned at. */
function told(one: Years): Told {
  const lines: { session: string; weeks: number }[] = [];
  const changes = new Map<number, PlanChange[]>();
  let weeks = 1;
  for (const { kind, body } of one.rows) {
    const its = body as { session: string; extra?: boolean; weeks?: number; stays?: readonly unknown[] };
    if (planChanges.has(kind)) {
      const cadence = kind !== 'session_time_set';
      const between = [weeks, its.weeks ?? weeks];
      weeks = its.weeks ?? weeks;
      const list = changes.get(lines.length) ?? [];
      changes.set(lines.length, [...list, { cadence, weeks: between, stayed: its.stays !== undefined }]);
    }
    const settled = (kind === 'session_logged' && its.extra === false) || kind === 'session_on_leave';
    if (settled) lines.push({ session: its.session, weeks });
  }
  return { lines, changes };
}

const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

/** How far a session may lie after the one before it. */
function gapHolds(before: string, session: string, weeks: number, changes: readonly PlanChange[]): void {
  if (changes.length === 0) {
    expect(daysBetween(before, session)).toBe(weeks * 7);
    return;
  }
  const gap = daysBetween(mondayOf(before), mondayOf(session)) / 7;
  // Another day of the week leaves each session in its week.
  if (changes.every((one) => !one.cadence)) expect(gap).toBe(weeks);
  // Another cadence puts off nothing beyond the longer interval, but for what was agreed for a later day.
  const longest = Math.max(...changes.flatMap((one) => one.weeks));
  expect(gap).toBeGreaterThanOrEqual(1);
  expect(gap).toBeLessThanOrEqual(changes.some((one) => one.stayed) ? 2 * longest : longest);
}

function nothingLost(one: Years): void {
  const { lines, changes } = told(one);
  expect(new Set(lines.map((line) => line.session)).size).toBe(lines.length);
  const inOrder = lines.toSorted((x, y) => (x.session < y.session ? -1 : 1));
  for (const [place, line] of inOrder.entries()) {
    const before = inOrder[place - 1];
    if (before !== undefined) gapHolds(before.session, line.session, line.weeks, changes.get(place) ?? []);
    // The first one stays in its week whatever is changed before it.
    else expect(mondayOf(line.session)).toBe('2025-05-12');
  }
  const held = one.rows.filter(({ kind, body }) => kind === 'session_logged' && isHeld(body));
  const days = held.map(({ body }) => (body as { on: string }).on);
  expect(new Set(days).size).toBe(days.length);
}

const isHeld = (body: object): boolean => (body as { outcome: string }).outcome === 'held';

describe('sessions', () => {
  it('are neither lost nor doubled by moves, leaves, cadences, supervisors, extra sessions and late logs', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 5, maxLength: 30 }), (changes) => {
        const one = new Years(open);
        const review = caseOf('review', 'r');
        one.tell('review_closed', { review, cycle: 'six_month', outcome: 'meets', response: 'signed' });
        one.moveTo('2025-05-12', '12:00', false);
        for (const [count, step] of changes.entries()) {
          one.moveTo(addDays(one.today, step.wait), '16:30', false);
          if (step.logs) logAll(one);
          apply(one, step, count);
          planHolds(one);
          aheadHolds(one);
        }
        logAll(one);
        nothingLost(one);
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
