import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/kernel/calendar.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { OpeningStage } from '../unit/opening-house.ts';
import { OpeningPair } from '../unit/opening-pair.ts';
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
  (s, a, b) =>
    s.ask(at(people, a), 'declare', b % 4 === 0 ? { answer: 'recuse' } : { answer: 'none', attest: true }),
  (s, a, b) =>
    s.ask('dana', 'fill_seat', {
      seat: at(['panel:1', 'panel:2', 'panel:3', 'panel:4', 'screener:1', 'screener:2', 'alternate'], b),
      ...{ person: person(at(people, a)), inRole: a % 2 === 0, trained: true },
    }),
  (s, a, b, day) =>
    s.ask(b % 2 === 0 ? 'dana' : 'marisol', 'propose_pool', {
      outcome: a % 12 === 11 ? 'failed_search' : at(pools.slice(0, 3), a),
      ...{ reasons: ['lacked_reach', 'small_labor_market'], closeOn: addDays(day, 10) },
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
  (s, a, b) =>
    s.ask('vera', 'review_incident', {
      incident: 1 + (a % 2),
      ...(b % 2 === 0 ? { outcome: 'reviewed' } : { outcome: 'remedied', remedy: 'panel_briefed' }),
    }),
  (s, a) => s.ask('dana', 'offer_next', { candidacy: at(candidates, a) }),
  (s, a) => s.ask('dana', 'release_reserve', { candidacy: at(candidates, a) }),
  (s, a) => s.ask(at(people, a), 'decline_seat'),
  (s, a) => s.ask('dana', 'record_no_show', { panelist: person(at(people, a)) }),
  (s, a, b) => s.ask('dana', 'order_re_interview', b % 2 === 0 ? {} : { drop: person(at(people, a)) }),
  (s, a, b) =>
    s.ask('dana', 'record_fee', { person: person(at(people, a)), outcome: at(['offered', 'paid'], b) }),
  (s, a, _b, day) =>
    a % 4 === 0 && s.ask('vera', 'pause_search', { until: addDays(day, 1 + (a % 9)), why: 'hiring_freeze' }),
  (s) => s.ask('vera', 'resume_search'),
  (s, a) => s.ask('dana', 'record_told', { word: 1 + (a % 5) }),
  (s, a) => s.hear(s.role, { kind: 'role_version_adopted', body: { role: s.role, version: 2 + (a % 3) } }),
  (s) => s.ask('dana', 'answer_role_change', { outcome: 'keep_version' }),
  (s) => s.ask('dana', 'follow_search', { next: 'extend' }),
  // Away and back: what is owed is never owed under an id it had before.
  (s, a) => {
    const before = s.state().hiringManager;
    s.ask('dana', 'change_hiring_manager', { hiringManager: person('grace') });
    return a % 3 > 0 && s.ask('dana', 'change_hiring_manager', { hiringManager: before });
  },
  (s, a, b) =>
    s.ask('dana', 'mark_questions', {
      questions: [
        { id: at(['Q1', 'Q2'], a), status: 'needs_review', findings: at([['L1'], ['L1', 'L2'], []], b) },
      ],
    }),
  (s, a) =>
    s.ask(a % 5 === 0 ? 'theo' : 'dana', 'dispute_finding', {
      ...{ question: at(['Q1', 'Q2'], a), finding: 'L1' },
    }),
  (s, a, b) =>
    s.ask('vera', 'settle_dispute', {
      ...{ question: at(['Q1', 'Q2'], a), finding: 'L1' },
      outcome: at(['wrong_about_text', 'stands'], b),
    }),
];
const moves = [...notices, ...notices, ...commands];

const step = fc.record({
  move: fc.nat(moves.length - 1),
  ...{ a: fc.nat(35), b: fc.nat(35), days: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 5) },
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Nobody holds two seats, and no seat is held that does not exist (X25). */
function seatsHold(stage: OpeningStage): void {
  const { seats, rows } = stage.state();
  const holders = seats.flatMap((seat) => seat.c ?? []);
  if (new Set(holders).size < holders.length) throw new Error('one candidate holds two seats');
  const standing = rows.filter((row) => row.s === 'se' || row.s === 'ac' || row.s === 'hi');
  if (standing.length > seats.length + stage.kinds().filter((kind) => kind === 'holder_gone').length)
    throw new Error('more seats than there are');
}

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
    seatsHold(stage);
    if (stage.last?.standing?.status === 'final') break;
  }
  return accepted;
}

/** What two openings of one role do to each other, besides what people do in each (X26). */
const between: readonly ((pair: OpeningPair, a: number) => unknown)[] = [
  (pair, a) => pair.second.last === null && pair.open(1 + (a % 3)),
  (pair) => pair.second.last !== null && pair.second.ask('dana', 'leave_pool'),
  (pair, a) =>
    pair.second.last !== null &&
    pair.second.ask('dana', 'change_hiring_manager', { hiringManager: person(`manager ${a}`) }),
  (pair, a) =>
    pair.second.last !== null &&
    a % 6 === 0 &&
    pair.second.ask('vera', 'cancel_opening', { why: 'role_withdrawn' }),
];

describe('two openings of one role, whatever people do', () => {
  it('X26 never hold a seat twice, and owe something until both are final', () => {
    let joined = 0;
    const drawn = fc.array(step, { minLength: 40, maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(drawn, (list: readonly Step[]) => {
        const pair = new OpeningPair(at([pooled, agreed, selected], list.length)());
        const asked = { second: 0 };
        let day = '2025-04-11';
        for (const { move, a, b, days } of list) {
          day = addDays(day, days);
          pair.to(day, '11:00');
          if (pair.first.last?.standing?.status === 'final') break;
          if (move % 4 === 0) between[a % between.length]?.(pair, b);
          else moves[move]?.(pair.first, a, b, day);
          pair.settle();
          if (pair.second.last === null || pair.second.state().site === null) continue;
          asked.second = pair.second.state().seats.length;
          seatsHold(pair.first);
          const theirs = pair.first.state().seats.filter((seat) => seat.of === pair.second.id);
          const own = pair.second.state().seats.filter((seat) => seat.st !== 'lent' && seat.st !== 'filled');
          const there = theirs.filter((seat) => seat.st !== 'gone').length;
          const ended = pair.first.state().ended !== null;
          if (!ended && there + own.length > asked.second) throw new Error('a seat is in two places');
          joined += theirs.length > 0 ? 1 : 0;
        }
      }),
      { numRuns: 30, seed: 26, endOnFailure: true },
    );
    expect(joined).toBeGreaterThan(100);
  }, 60_000);
});

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
