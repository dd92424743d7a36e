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
const candidacy = caseOf('candidacy', 'any');
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

const clockMoves: readonly Move[] = [
  ...common,
  ask(officer, 'decide_leave', () => ({ outcome: 'approved' })),
  ask(officer, 'decide_leave', () => ({ outcome: 'pending_docs' })),
  ask(officer, 'decide_leave', () => ({ outcome: 'denied_with_review' })),
  ask(hr, 'review_denial', () => ({ outcome: 'overturned' })),
  ask(officer, 'extend_leave', (today) => ({ to: addDays(today, 12) })),
  ask(officer, 'record_return', (on) => ({ on })),
  ask(officer, 'record_check', () => ({ outcome: 'individual_assessment' })),
  ask(officer, 'record_check', (given) => ({ outcome: 'pre_adverse', given, notice: 'txt_1' })),
  ask(officer, 'record_check', () => ({ outcome: 'waiver_requested' })),
  ask(officer, 'propose_adverse', () => ({ reason: 'barred_by_law', notice: 'txt_2' })),
  ask(hr, 'confirm_adverse'),
  ask(officer, 'record_exclusion', () => ({ outcome: 'possible_match' })),
  ask(officer, 'record_exclusion', () => ({ outcome: 'clear' })),
  ask(officer, 'renew', (today) => ({ validTo: addDays(today, 60) })),
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

function clock(about: string): SingleCase {
  const one = new SingleCase(caseOf('clock', 'any'), '2025-07-11', terms);
  const offices = ['leave_officer', 'background_officer', 'compliance', 'credential_officer'] as const;
  for (const office of offices) one.assign(officer, office);
  one.assign(hr, 'hr_director');
  if (about === 'leave') {
    const dates = { from: '2025-07-14', to: '2025-08-01' };
    one.must(officer, 'open_leave', { site, person: employee, employment, ...dates });
    return one;
  }
  const parent = about === 'background' ? candidacy : employment;
  const validTo = about === 'credential' ? '2025-08-31' : null;
  one.tell(parent, {
    kind: 'start_clock',
    body: { site, about, parent, person: employee, supervisor, validTo },
  });
  return one;
}

describe('reviews and clocks under any order of events', () => {
  it.each(['probation_mid', 'probation_end', 'six_month', 'annual'])('a review of cycle %s', (cycle) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...reviewMoves), { maxLength: 24 }), (moves) => {
        const one = review(cycle);
        play(one, moves);
        const decided = one.rows.filter((row) => row.kind === 'probation_decided');
        expect(decided.every((row) => !row.stamp.actor.startsWith('policy:'))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['leave', 'background', 'exclusion', 'credential'])('a clock about %s', (about) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...clockMoves), { maxLength: 20 }), (moves) => {
        const one = clock(about);
        play(one, moves);
        expect(one.standing?.stage).toBe('open');
        // Nothing adverse is decided by anybody but two people.
        const adverse = one.rows.filter((row) => row.kind === 'adverse_decided');
        expect(adverse.every((row) => row.stamp.actor === hr)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
