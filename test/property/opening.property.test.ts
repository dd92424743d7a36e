import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/kernel/calendar.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { OpeningStage } from '../unit/opening-house.ts';
import { c101, c102, c103, agreed, opened, pooled, selected } from '../unit/opening-play.ts';
import { caseOf, person } from '../unit/house.ts';

/**
 * Whatever people do in whatever order, accepted or refused: `OpeningStage` checks after every step that a case that
 * is not final has somebody who owes something by a date, that no decision id is used twice, and that the rows fold to
 * the state. Here the order is drawn at random.
 */

const candidates = [c101, c102, c103, caseOf('candidacy', 'c-104')];
const people = ['dana', 'vera', 'marisol', 'theo', 'priya', 'luis', 'ana', 'sam', 'kim'];

type Move = (stage: OpeningStage, a: number, b: number, day: string) => unknown;
const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

const notices: readonly Move[] = [
  (s, a) => s.hear(at(candidates, a), applied(at(candidates, a))),
  (s, a, b) => s.hear(at(candidates, a), screened(at(candidates, a), b)),
  (s, a, b, on) =>
    s.hear(at(candidates, a), {
      kind: b % 3 === 0 ? 'interview_set' : 'interview_held',
      body: { candidacy: at(candidates, a), on },
    }),
  (s, a, b) =>
    s.hear(at(candidates, a), {
      kind: 'sheet_in',
      body: { candidacy: at(candidates, a), rater: person(at(people, b)) },
    }),
  (s, a, b) =>
    s.hear(at(candidates, a), {
      kind: 'candidate_left',
      body: { candidacy: at(candidates, a), why: b % 2 === 0 ? 'withdrawn' : 'no_response' },
    }),
  (s, a, b) =>
    s.hear(at(candidates, a), {
      kind: 'offer_ended',
      body: {
        candidacy: at(candidates, a),
        how: at(['accepted', 'declined', 'expired', 'rescinded'] as const, b),
      },
    }),
  (s, a, _b, dayOne) =>
    s.hear(at(candidates, a), {
      kind: 'hired',
      body: { candidacy: at(candidates, a), employment: caseOf('employment', String(a % 4)), dayOne },
    }),
  (s, a) =>
    s.hear(caseOf('employment', String(a % 4)), {
      kind: 'holder_left',
      body: { employment: caseOf('employment', String(a % 4)), how: 'resigned' },
    }),
];

function applied(candidacy: string) {
  return { kind: 'applied', body: { candidacy, person: person(candidacy) } } as const;
}
function screened(candidacy: string, b: number) {
  const outcome = at(['advance', 'advance', 'advance', 'hold', 'not_advanced', 'duplicate'] as const, b);
  return { kind: 'screened', body: { candidacy, outcome, qualified: outcome === 'advance' } } as const;
}

const remaining = (s: OpeningStage) => s.state().rows.filter((row) => row.s === 'ad');
const results = (s: OpeningStage) =>
  remaining(s).map((row) => ({ candidacy: `candidacy-${row.c}`, outcome: 'acceptable', reasons: [] }));
const pools = ['proceed', 'extend', 'proceed_with_exception', 'failed_search'] as const;

const commands: readonly Move[] = [
  (s) => s.ask('dana', 'plan_channels', { channels: ['advocacy_group', 'training_program'] }),
  (s) => s.ask('dana', 'approve_posting', {}, ['R0.4']),
  (s) => s.ask('dana', 'return_posting', { changes: ['wording'] }),
  (s, a, _b, day) => s.ask('dana', 'post', { closeOn: addDays(day, 14 + (a % 9)) }),
  (s, a, _b, day) => s.ask('dana', 'extend_posting', { closeOn: addDays(day, a % 30) }),
  (s, a, _b, day) => s.ask('dana', 'pause_posting', { until: addDays(day, 1 + (a % 9)) }),
  (s, a, _b, day) => s.ask('dana', 'resume_posting', { closeOn: addDays(day, 10 + (a % 9)) }),
  (s) => s.ask('dana', 'close_posting'),
  (s, a, b) => s.ask(at(people, a), 'declare', { answer: b % 4 === 0 ? 'recuse' : 'none' }),
  (s, a, b) =>
    s.ask('dana', 'fill_seat', {
      seat: at(['panel:1', 'panel:2', 'panel:3', 'panel:4', 'screener:1', 'screener:2', 'alternate'], b),
      ...{ person: person(at(people, a)), inRole: a % 2 === 0, trained: true },
    }),
  (s, a, b, day) =>
    s.ask(b % 2 === 0 ? 'dana' : 'marisol', 'propose_pool', {
      outcome: at(pools.slice(0, 3), a),
      ...{ reasons: ['lacked_reach'], closeOn: addDays(day, 10) },
    }),
  (s, a, b) => s.ask(b % 2 === 0 ? 'dana' : 'marisol', 'confirm_pool', { outcome: at(pools, a) }),
  (s) => s.ask('dana', 'mark_questions', { questions: [{ id: 'Q1', status: 'approved' }] }),
  (s, a, _b, day) =>
    s.ask('dana', 'plan_interviews', {
      ...{ firstDay: addDays(day, a % 12), lastDay: addDays(day, (a % 12) + 2), questions: ['Q1'] },
    }),
  (s, a) => s.ask(at(people, a), 'confirm_attendance'),
  (s, a) => s.ask('dana', 'drop_rater', { rater: person(at(people, a)) }),
  (s) => remaining(s).length > 0 && s.ask('marisol', 'state_consensus', { results: results(s) }),
  (s, a) => s.ask(at(people, a), 'answer_consensus', { dissents: [] }),
  (s) => s.ask('dana', 'record_references', { outcome: 'waived_for_all', unreachable: [] }),
  (s, a) =>
    remaining(s).length > 0 &&
    s.ask('marisol', 'select', {
      outcomes: results(s).map(({ candidacy }, n) => ({
        ...{ candidacy, reasons: ['RC_RANK'], rank: n + 1 },
        outcome: n === a % 3 ? 'select' : at(['reserve', 'not_selected'], a + n),
      })),
    }),
  (s) => s.ask('dana', 'confirm_selection'),
  (s) => s.ask('theo', 'report_incident', { question: 'Q_STORY' }),
  (s, a) => s.ask('vera', 'review_incident', { incident: 1 + (a % 2), outcome: 'remedied' }),
  (s, a) => s.ask('dana', 'offer_next', { candidacy: at(candidates, a) }),
  (s, a) => s.ask('dana', 'release_reserve', { candidacy: at(candidates, a) }),
];
const moves = [...notices, ...notices, ...commands];

const step = fc.record({
  move: fc.nat(moves.length - 1),
  ...{ a: fc.nat(35), b: fc.nat(35), days: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 5) },
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays a random order of moves. @returns how many commands were accepted */
function play(stage: OpeningStage, from: string, list: readonly Step[]): number {
  let day = from;
  let accepted = 0;
  for (const { move, a, b, days } of list) {
    day = addDays(day, days);
    stage.to(day, '11:00');
    const answer = moves[move]?.(stage, a, b, day);
    if (typeof answer === 'object' && answer !== null && 'kinds' in answer && !isRefusal(answer))
      accepted += 1;
    if (stage.last?.standing?.status === 'final') break;
  }
  return accepted;
}

describe('an opening, whatever people do', () => {
  it('owes something until it is final, from the first day on', () => {
    let accepted = 0;
    const drawn = fc.array(step, { minLength: 30, maxLength: 90, size: 'max' });
    fc.assert(
      fc.property(drawn, (list: readonly Step[]) => {
        accepted += play(opened(), '2025-02-26', list);
      }),
      { numRuns: 25, seed: 25, endOnFailure: true },
    );
    expect(accepted).toBeGreaterThan(100);
  }, 60_000);

  it('owes something until it is final, from the pool on', () => {
    let accepted = 0;
    const drawn = fc.array(step, { minLength: 60, maxLength: 160, size: 'max' });
    fc.assert(
      fc.property(drawn, (list: readonly Step[]) => {
        const start = at([pooled, agreed, selected], list.length);
        accepted += play(start(), '2025-04-11', list);
      }),
      { numRuns: 40, seed: 1, endOnFailure: true },
    );
    expect(accepted).toBeGreaterThan(100);
  }, 60_000);
});
