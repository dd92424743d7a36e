import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { employment } from '../../src/domain/employment/decider.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { addDays, dateOf } from '../../src/domain/kernel/calendar.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { Employed, people, role } from '../unit/employment-house.ts';
import { caseOf, site, termsForTests } from '../unit/house.ts';

/** Growth, conduct and endings in any order of commands, by whoever may or may not give them (X15, X19 to X24, D9.2, D9.8). */

const terms = termsForTests();
const decider = employment as unknown as AnyDecider;
const { employee, supervisor, manager, hr, hrDirector, director, officer, investigator } = people;
const leadRole = caseOf('role', 'lead');
const clock = caseOf('clock', 'leave');
const today = '2025-05-12';

type Move = readonly [string, string, object];
const moves: readonly Move[] = [
  [employee, 'record_specialty', { specialty: 'groups', outcome: 'started', training: 'leading_groups' }],
  [employee, 'record_specialty', { specialty: 'groups', outcome: 'completed', until: '2025-12-19' }],
  [employee, 'record_specialty', { specialty: 'groups', outcome: 'lapsed' }],
  [hr, 'propose_pay_change', { reason: 'step', from: 2300, to: 2400, on: today }],
  [hr, 'propose_pay_change', { reason: 'promotion', from: 2400, to: 2700, on: today }],
  [hrDirector, 'confirm_pay_change', {}],
  [hrDirector, 'decline_pay_change', {}],
  [manager, 'propose_promotion', { outcome: 'promoted', steps: ['tier_3'], criteria: [] }],
  [hr, 'confirm_promotion', {}],
  [manager, 'record_relations_talk', { on: today }],
  [hr, 'record_supervisor_training', { supervisor: employee, on: today }],
  [hr, 'take_up_role', { role: leadRole, on: today }],
  [employee, 'let_promotion_go', {}],
  [supervisor, 'raise_conduct', { concern: 'records', on: today }],
  [employee, 'answer_conduct', { answer: 'nothing_to_add' }],
  [hr, 'record_hearing', { outcome: 'not_taken_up' }],
  [manager, 'propose_measure', { measure: 'training' }],
  [manager, 'propose_measure', { measure: 'written_warning', comparator: 'same_as_comparator' }],
  [officer, 'give_officer_word', { about: 'conduct' }],
  [investigator, 'give_officer_word', { about: 'conduct' }],
  [hr, 'confirm_measure', {}],
  [hr, 'decline_measure', {}],
  [employee, 'ask_assignment_change', {}],
  [supervisor, 'note_assignment_change', { on: today }],
  [
    hr,
    'propose_separation',
    {
      ...{ how: 'terminated_conduct', lastDay: '2025-07-31', reasons: ['conduct'] },
      comparator: 'same_as_comparator',
    },
  ],
  [officer, 'give_clearance', {}],
  [investigator, 'give_officer_word', { about: 'separation' }],
  [hrDirector, 'confirm_separation', {}],
  [employee, 'resign', { how: 'resigned', lastDay: '2025-07-31', reasons: ['role_drift'] }],
  [employee, 'withdraw_separation', {}],
  [hr, 'withdraw_separation', {}],
  [supervisor, 'record_handover', { outcome: 'handed_over' }],
  [hr, 'record_separation_notice', { notice: 'final_pay' }],
  [people.it, 'end_access', {}],
  [hr, 'decide_rehire', { outcome: 'eligible' }],
  [director, 'propose_opening', { outcome: 'close' }],
  [hr, 'confirm_opening', {}],
  [hr, 'record_death', { owner: hrDirector }],
  [hrDirector, 'close_after_death', {}],
];

/** What leads to a warning, and to a termination: steps in their order, any of them left out. */
const chains: readonly (readonly string[])[] = [
  [
    ...['raise_conduct', 'answer_conduct', 'propose_measure:written_warning'],
    ...['give_officer_word:conduct:0', 'give_officer_word:conduct:1', 'confirm_measure'],
  ],
  [
    ...['raise_conduct', 'answer_conduct', 'propose_separation'],
    ...['give_clearance', 'give_officer_word:separation', 'confirm_separation'],
  ],
];

function stepOf(name: string): Move | undefined {
  const [type, word, nth] = name.split(':');
  const all = moves.filter(
    ([, one, payload]) => one === type && (word === undefined || JSON.stringify(payload).includes(word)),
  );
  return all[Number(nth ?? 0)];
}

const lived = fc.array(
  fc.record({
    move: fc.nat({ max: moves.length - 1 }),
    days: fc.integer({ min: 0, max: 6 }),
    away: fc.integer({ min: 0, max: 24 }),
    /** Which steps of a chain are taken, as bits. */
    steps: fc.oneof(fc.constant(63), fc.nat({ max: 63 })),
  }),
  { maxLength: 60 },
);
type Lived = typeof lived extends fc.Arbitrary<infer T> ? T : never;

function play(life: Lived): Employed {
  const one = new Employed('2025-05-12', today, terms);
  one.seen.push(
    { kind: 'pay_range', subject: role, value: '2290-2604', case: role, sequence: 3 },
    { kind: 'role_described', subject: leadRole, value: '1', case: leadRole, sequence: 4 },
  );
  for (const { move, days, away, steps } of life) {
    const date = addDays(dateOf(terms.calendar, one.now), days);
    one.moveTo(date, days === 0 ? '16:59' : '11:00');
    if (away === 0) one.tell(clock, { kind: 'leave_set', body: { clock, from: date, to: addDays(date, 9) } });
    if (away === 1) one.tell(clock, { kind: 'leave_ended', body: { clock, returned: date } });
    const [who, type, payload] = moves[move] ?? moves[0]!;
    one.ask(who, type, payload);
    for (const [n, name] of (chains[away - 2] ?? []).entries()) {
      const step = (steps >> n) % 2 === 1 ? stepOf(name) : undefined;
      if (step !== undefined) one.ask(...step);
    }
  }
  return one;
}

const rowsOf = (one: Employed, ...kinds: readonly string[]) =>
  one.rows.filter((row) => kinds.includes(row.kind));

describe('any life in stage 9', () => {
  it('X15, X19: whatever stands against somebody has two people, the check and both officers’ words', () => {
    let met = 0;
    fc.assert(
      fc.property(lived, (life) => {
        const one = play(life);
        for (const against of rowsOf(one, 'warning_given', 'separation_confirmed')) {
          met += 1;
          const about = against.kind === 'warning_given' ? 'conduct' : 'separation';
          const before = one.rows.slice(0, one.rows.indexOf(against));
          const proposal = before.findLast(
            ({ kind }) => kind === (about === 'conduct' ? 'measure_proposed' : 'separation_proposed'),
          );
          expect(proposal?.stamp.actor).not.toBe(against.stamp.actor);
          expect(proposal?.body).toMatchObject({ comparator: 'same_as_comparator' });
          const raised = before.findLastIndex(({ kind }) => kind === 'conduct_raised');
          const answered = before.slice(raised).find(({ kind }) => kind.startsWith('conduct_a'));
          expect(before[raised]?.stamp.sequence).toBeLessThan(answered?.stamp.sequence ?? 0);
          const since = before.slice(before.indexOf(proposal!));
          const words = since.filter(({ kind, body }) => {
            const said = (body as { readonly about?: string }).about;
            return (kind === 'officer_word_given' && said === about) || kind === 'clearance_given';
          });
          expect(words.length).toBeGreaterThanOrEqual(2);
        }
      }),
      { numRuns: 250 },
    );
    expect(met).toBeGreaterThan(10);
  });

  it('X22, X20, X21: nothing is sent after a death, and nothing is final while it is owed', () => {
    fc.assert(
      fc.property(lived, (life) => {
        const one = play(life);
        const died = rowsOf(one, 'death_recorded').at(-1);
        const taken = rowsOf(one, 'separation_withdrawn').some(
          ({ body }) => (body as { readonly what: string }).what === 'died',
        );
        if (died !== undefined && !taken)
          expect(one.prompts.filter((prompt) => prompt.sendAfter > died.stamp.at)).toEqual([]);
        if (one.standing?.status === 'final') expect(one.obligations).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('D9.2, D9.8, X23, X24: the state is the fold of its rows, small, and keeps nothing that is over', () => {
    fc.assert(
      fc.property(lived, (life) => {
        const one = play(life);
        const folded = one.rows.reduce(
          (state, { kind, body, stamp }) => evolveHeld(decider, state, { kind, body, stamp }),
          { own: employment.initial() as unknown, base: emptyBase(site, terms.ref) } as Held,
        );
        expect(folded.own).toEqual(one.holds?.own);
        expect(JSON.stringify(one.holds).length).toBeLessThan(8_192);
        const { change } = folded.own as EmploymentState;
        const settled = rowsOf(one, 'measure_settled', 'warning_given').at(-1);
        const raised = rowsOf(one, 'conduct_raised').at(-1);
        if (settled !== undefined && one.rows.indexOf(settled) > one.rows.indexOf(raised!))
          expect(change?.conduct).toBeUndefined();
      }),
      { numRuns: 250 },
    );
  });
});
