import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOf } from '../../src/domain/kernel/calendar.ts';
import { caseOf, person, site, termsForTests } from '../unit/house.ts';
import { SingleCase } from '../unit/single-case.ts';

/**
 * Whatever people do and in whatever order, nothing waits without an owner and a date, no decision id comes twice and
 * no command is answered by silence: `SingleCase` throws when one of these breaks.
 */

const terms = termsForTests();
const employment = caseOf('employment', 'any');
const [employee, supervisor, manager, colleague, other, officer, hr] = [
  'employee',
  'supervisor',
  'manager',
  'colleague',
  'other',
  'officer',
  'hr',
].map(person) as [string, string, string, string, string, string, string];

type Move = (one: SingleCase, today: string) => void;

const wait =
  (days: number): Move =>
  (one, today) =>
    one.moveTo(addDays(today, days));
const ask =
  (actor: string, type: string, payload: (today: string) => object = () => ({})): Move =>
  (one, today) =>
    void one.ask(actor, type, payload(today), { acknowledge: ['R8.3'] });
const tell =
  (from: string, kind: string, body: (today: string) => object): Move =>
  (one, today) =>
    one.tell(from, { kind, body: body(today) });

const common: readonly Move[] = [
  ...[1, 3, 8, 20, 45].map(wait),
  tell(employment, 'person_away', (today) => ({ from: addDays(today, 2), to: addDays(today, 16) })),
  tell(employment, 'person_away', (today) => ({ from: today, to: addDays(today, 9) })),
  tell(employment, 'person_back', (today) => ({ on: today })),
  tell(employment, 'supervisor_changed', () => ({ supervisor: other })),
];

const draft = (overall: string, goals: readonly string[]) => () => ({
  form: 'common-1',
  scale: '1-5',
  ratings: { growth: 2 },
  overall,
  cites: {},
  text: 'txt_d',
  followUps: goals.length > 0 ? ['goal'] : ['none'],
  goals,
});

const reviewMoves: readonly Move[] = [
  ...common,
  ask(supervisor, 'choose_colleagues', () => ({ colleagues: [colleague, officer] })),
  ask(colleague, 'share_feedback', () => ({ text: 'txt_f' })),
  ask(officer, 'decline_feedback'),
  ask(employee, 'share_self_review', () => ({ text: 'txt_s' })),
  ask(supervisor, 'submit_draft', draft('meets', [])),
  ask(other, 'submit_draft', draft('does_not_meet', ['txt_g'])),
  ask(hr, 'check_standard', () => ({ result: 'same_as_comparator' })),
  ask(supervisor, 'hold_talk', (held) => ({ held })),
  ask(manager, 'propose_probation', () => ({ outcome: 'passed', reasons: [] })),
  ask(manager, 'propose_probation', () => ({ outcome: 'not_passed', reasons: ['conduct'] })),
  ask(officer, 'give_word', () => ({ word: 'nothing_stands_against' })),
  ask(hr, 'confirm_probation'),
  ask(employee, 'respond', () => ({ response: 'signed' })),
  ask(employee, 'respond', () => ({ response: 'disputed' })),
  ask(hr, 'settle_dispute', () => ({ outcome: 'kept', text: 'txt_k' })),
  ask(supervisor, 'check_goals', (held) => ({ state: 'on_track', held })),
];

function play(one: SingleCase, moves: readonly Move[]): void {
  for (const move of moves) {
    const today = dateOf(terms.calendar, one.now);
    // Ten moves of at most 45 days stay inside the calendar of the test site.
    move(one, today);
  }
}

function review(cycle: string): SingleCase {
  const one = new SingleCase(caseOf('review', 'any'), '2025-07-11', terms);
  one.assign(hr, 'hr');
  one.assign(officer, 'accommodation_officer');
  const body = {
    site,
    employment,
    employee,
    supervisor,
    manager,
    mentor: null,
    role: caseOf('role', 'r'),
    roleVersion: 1,
    cycle,
    due: '2025-08-08',
    periodEnd: '2025-08-10',
    nextDue: '2025-11-12',
  };
  one.tell(employment, { kind: 'start_review', body });
  return one;
}

describe('reviews under any order of events', () => {
  it.each(['probation_mid', 'probation_end', 'six_month', 'annual', 'special'])(
    'a review of cycle %s',
    (cycle) => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...reviewMoves), { maxLength: 24 }), (moves) => {
          const one = review(cycle);
          play(one, moves);
          const decided = one.rows.filter((row) => row.kind === 'probation_decided');
          expect(decided.every((row) => !row.stamp.actor.startsWith('policy:'))).toBe(true);
        }),
        { numRuns: 60 },
      );
    },
  );
});
