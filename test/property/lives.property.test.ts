import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import type { Advanced } from '../../src/domain/kernel/advance.ts';
import { addDays, dateOf, isWithinHours, rollForward } from '../../src/domain/kernel/calendar.ts';
import { canonical } from '../../src/domain/kernel/digest.ts';
import { emptyBase, evolveHeld, pruned, restingIn } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held, RowDraft } from '../../src/domain/kernel/held.ts';
import { agendaOf } from '../../src/domain/kernel/obligations.ts';
import { id, leave, people, topics } from '../unit/employment-house.ts';
import { answer, byItself, longTerms, Years } from '../unit/employment-years.ts';
import { site } from '../unit/house.ts';
import { runs } from './hiring-walk.ts';

/**
 * Random lives of one employment: things are done on their day, early, late or never, sessions are missed and moved,
 * people fall ill, supervisors are out and change, managers change, a last day is named and taken back, and a death is recorded
 * that was none. FC_RUNS says how many lives.
 */

const terms = longTerms();
const decider = employment as unknown as AnyDecider;
const sameTerms = structuredClone(terms);
const DAYS = 500;
/** A life is many steps, each looked at from all sides. */
const timeout = 60_000 + runs(0) * 4_000;

/** A life with what must hold after every step. */
class Life extends Years {
  readonly fired = new Set<string>();
  readonly decisions = new Set<string>();
  /** The state as it stood, by the sequence of its last row. */
  readonly stood = new Map<number, string>();
  away: { readonly from: string; readonly to: string } | null = null;

  constructor() {
    super(terms);
    this.watch = (advanced) => this.check(advanced);
  }

  private check({ prompts, obligations, standing, nextWake, held, rows }: Advanced): void {
    for (const { stamp, index } of rows) {
      expect(this.decisions, 'the ledger takes a decision once').not.toContain(
        `${stamp.decisionId}#${index}`,
      );
      this.decisions.add(`${stamp.decisionId}#${index}`);
    }
    const open = new Set(obligations.map((one) => one.id));
    for (const prompt of prompts) {
      expect(open, `asked for what is not owed: ${prompt.key}`).toContain(prompt.obligation);
      expect(isWithinHours(terms.calendar, prompt.sendAfter), `out of hours: ${prompt.key}`).toBe(true);
      const rung = `${prompt.obligation}:${prompt.rung}:${prompt.sendAfter}:${prompt.to}`;
      expect(this.fired, 'twice the same step of a ladder').not.toContain(rung);
      this.fired.add(rung);
      this.checkRest(prompt);
    }
    for (const { owner, due, id: name } of obligations) {
      expect(owner, name).not.toBe('');
      expect(Number.isFinite(due), name).toBe(true);
    }
    if (standing?.status === 'open') expect(obligations.length).toBeGreaterThan(0);
    if (nextWake !== null) expect(nextWake).toBeGreaterThan(this.now);
    if (held !== null) this.stood.set(held.base.sequence, canonical(held));
  }

  /** Domain 2.2: nothing is asked of a person on leave. */
  private checkRest({ to, how, key, sendAfter }: Advanced['prompts'][number]): void {
    if (this.away === null || to !== people.employee || how === 'inform') return;
    const on = dateOf(terms.calendar, sendAfter);
    const resting = on >= this.away.from && on < this.away.to;
    expect(resting, `asked on leave: ${key}`).toBe(false);
  }

  /** Somebody tries something; a refusal is an answer too. */
  tries(actor: string, type: string, payload: object): void {
    this.ask(actor, type, payload);
  }

  rests(days: number): void {
    if (this.away !== null) return;
    const from = addDays(this.today, 2);
    this.away = { from, to: rollForward(terms.calendar, addDays(from, days)) };
    this.tell('leave_set', { clock: leave, ...this.away });
  }

  /** A death is recorded, or one that was recorded is taken back. */
  dies(): void {
    const state = this.held?.own as EmploymentState | undefined;
    if ((state?.ending.died ?? null) === null)
      this.tries(people.hr, 'record_death', { owner: people.hrDirector });
    else this.tries(people.hr, 'withdraw_separation', {});
  }

  returns(): void {
    if (this.away === null || this.today < this.away.to) return;
    const returned = this.away.to;
    this.away = null;
    this.tell('leave_ended', { clock: leave, returned });
  }
}

const next = (life: Life): string =>
  life.obligations
    .map((one) => one.id.split(':'))
    .filter(([code]) => code === 'P7.1')
    .map(([, name = '']) => name)
    // An extra one is known by its number.
    .filter((name) => /^\d/u.test(name))
    .toSorted()[0] ?? life.today;

/** What may happen on a day beside what is owed. */
const surprises: readonly ((life: Life, n: number) => void)[] = [
  (life) => life.tries(people.employee, 'ask_extra_session', {}),
  (life, n) => life.tries(people.supervisor, 'plan_extra_session', { on: addDays(life.today, 1 + (n % 5)) }),
  (life, n) =>
    life.tries(people.employee, 'move_session', {
      session: next(life),
      to: addDays(next(life), 1 + (n % 4)),
    }),
  (life, n) =>
    life.tries(people.supervisor, 'log_session', {
      ...{ session: next(life), topics: [], actions: [] },
      outcome: n % 2 === 0 ? 'missed_supervisor' : 'missed_employee',
    }),
  // The employee says of a session that its other half did not come.
  (life) =>
    life.tries(people.employee, 'log_session', {
      ...{ session: next(life), outcome: 'missed_supervisor', topics: [], actions: [] },
    }),
  (life, n) => life.tries(people.supervisor, 'set_session_time', { weekday: 1 + (n % 5), at: '10:00' }),
  (life, n) =>
    life.tries(people.manager, 'report_supervisor_out', {
      ...{ supervisor: people.supervisor, from: life.today, back: addDays(life.today, 5 + (n % 20)) },
    }),
  (life) => life.tries(people.manager, 'report_supervisor_back', { supervisor: people.supervisor }),
  (life) =>
    life.tries(people.manager, 'change_supervisor', {
      ...{ how: 'interim', supervisor: people.second, second: null },
    }),
  (life) =>
    life.tries(people.manager, 'change_supervisor', {
      ...{ how: 'reassigned', supervisor: people.supervisor, second: people.second },
    }),
  (life, n) => life.tries(people.hr, 'propose_cadence', { change: 'step_up', weeks: 1 + (n % 3) }),
  (life) => life.tries(people.hr, 'waive_pulse', {}),
  (life, n) =>
    life.tries(people.supervisor, 'log_session', {
      ...{ session: next(life), outcome: 'held', minutes: 45, mode: 'phone', topics, actions: [] },
      ...(n % 2 === 0 ? { on: life.today } : {}),
    }),
  (life, n) => life.rests(3 + (n % 40)),
  // What is done by mistake and set right the same day.
  (life, n) => {
    life.tries(people.supervisor, 'set_session_time', { weekday: 1 + (n % 5), at: '10:00' });
    life.tries(people.supervisor, 'set_session_time', { weekday: 2, at: '10:00' });
  },
  (life, n) => {
    const from = addDays(life.today, n % 3);
    if (life.away !== null) return;
    life.tell('leave_set', { clock: leave, from, to: addDays(from, 20) });
    life.tell('leave_ended', { clock: leave, returned: from });
  },
  (life, n) => {
    life.tries(people.supervisor, 'answer_ready', { outcome: 'yes', missing: [] });
    life.tries(people.supervisor, 'answer_ready', {
      outcome: 'not_yet',
      missing: n % 2 === 0 ? ['crisis'] : [],
    });
  },
  (life) => {
    life.tries(people.employee, 'ask_new_mentor', {});
    life.tries(people.manager, 'assign_mentor', { mentor: people.nextMentor });
    life.tries(people.nextMentor, 'answer_mentoring', { answer: 'decline' });
  },
  (life) => {
    life.tries(people.employee, 'resign', { how: 'resigned', lastDay: addDays(life.today, 30), reasons: [] });
    life.tries(people.employee, 'withdraw_separation', {});
  },
  (life) => life.returns(),
  (life, n) =>
    life.tries(people.hr, 'change_manager', { manager: n % 2 === 0 ? people.director : people.manager }),
  // A death that was recorded by mistake: found out the same day, or on another.
  (life) => {
    life.tries(people.hr, 'record_death', { owner: people.hrDirector });
    life.tries(people.hr, 'withdraw_separation', {});
  },
  (life) => life.dies(),
  // A last day that is named, and taken back before it comes, or not.
  (life, n) =>
    life.tries(people.employee, 'resign', {
      ...{ how: 'resigned', lastDay: addDays(life.today, 20 + n), reasons: [] },
    }),
  (life) => life.tries(people.employee, 'withdraw_separation', {}),
  (life, n) => {
    life.tries(people.hr, 'propose_separation', {
      ...{ how: 'laid_off', lastDay: addDays(life.today, 20 + n), reasons: ['position_ended'] },
    });
    if (n % 2 === 0) life.tries(people.hrDirector, 'confirm_separation', {});
  },
  (life) => life.tries(people.hr, 'withdraw_separation', {}),
];

/** Does what the place in the list says, if it is known how; what is refused today is owed tomorrow. */
function answers(life: Life, place: number): void {
  const open = life.obligations.filter((one) => !byItself(one));
  const owed = open[place % Math.max(1, open.length)];
  if (owed === undefined) return;
  try {
    answer(life, owed);
  } catch (error) {
    if (!/^(refused|nobody_answers):/u.test((error as Error).message)) throw error;
  }
}

const day = fc.record({
  days: fc.integer({ min: 0, max: 21 }),
  wall: fc.constantFrom('06:30', '09:00', '14:00', '18:20'),
  everyWake: fc.boolean(),
  answered: fc.array(fc.nat(12), { maxLength: 6 }),
  surprise: fc.option(fc.tuple(fc.nat(surprises.length - 1), fc.nat(60)), { freq: 2 }),
  dutiful: fc.boolean(),
});
type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

function lived(life: Life, one: Day): void {
  const to = addDays(life.today, one.days);
  if (one.days > 0) life.moveTo(to, one.wall, one.everyWake);
  life.returns();
  if (one.dutiful)
    for (let n = 0; n < 6 && (life.obligations[0]?.due ?? Infinity) <= life.now; n += 1) answers(life, 0);
  for (const place of one.answered) answers(life, place);
  if (one.surprise !== null) surprises[one.surprise[0]]?.(life, one.surprise[1]);
}

/** The state that rows make, without the marks of what is no longer open, as a step leaves it. */
function folded(rows: readonly RowDraft[]): string {
  const first: Held = { own: decider.initial(), base: emptyBase(site, terms.ref) };
  const held = rows.reduce(
    (state, { kind, body, stamp }) => evolveHeld(decider, state, { kind, body, stamp }),
    first,
  );
  const open = new Set(agendaOf(decider, held, terms, id).map((one) => one.id));
  return canonical(pruned(held, open, restingIn(decider, held, terms, id)));
}

/** The agenda of a state that nobody has looked at before: nothing kept from earlier may change it. */
function derivedAnew(held: Held): string {
  const own = structuredClone(held.own) as EmploymentState;
  return canonical(agendaOf(decider, { ...held, own }, sameTerms, id));
}

describe('random lives of an employment', () => {
  it(
    'ask for nothing that is done, nothing out of hours, nothing twice, and are the fold of their rows at any time',
    () => {
      let steps = 0;
      const outcomes = new Set<string>();
      fc.assert(
        fc.property(fc.array(day, { minLength: 8, maxLength: 60 }), fc.nat(1_000), (days, moment) => {
          const life = new Life();
          const end = addDays(life.today, DAYS);
          for (const one of days) {
            if (life.today < end) lived(life, one);
            const held = life.held;
            if (held !== null) expect(canonical(life.obligations)).toBe(derivedAnew(held));
          }
          steps += life.steps;
          for (const { kind, body } of life.rows)
            if (kind === 'session_logged') outcomes.add((body as { outcome: string }).outcome);
          const sequences = [...life.stood.keys()];
          const chosen = sequences[moment % sequences.length] ?? 0;
          for (const until of [chosen, sequences.at(-1) ?? 0])
            expect(folded(life.rows.slice(0, until))).toBe(life.stood.get(until));
        }),
        { numRuns: runs(60) },
      );
      expect(steps).toBeGreaterThan(runs(60) * 20);
      // Lives in which nobody ever missed a session would say little; a handful of them may all the same be so.
      const all = ['held', 'missed_employee', 'missed_supervisor'];
      expect([...outcomes].toSorted()).toEqual(runs(60) < 60 ? expect.any(Array) : all);
    },
    timeout,
  );
});
