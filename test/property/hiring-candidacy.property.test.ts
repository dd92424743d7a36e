import { describe, expect, it } from 'vitest';
import { candidacyCommands } from '../../src/contracts/candidacy.ts';
import { addDays } from '../../src/domain/kernel/calendar.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { accepted as taken, application, child, id, meets } from '../unit/candidacy-world.ts';
import { nearlyReady, offered, opening, ordered, people, promised, role } from '../unit/candidacy-world.ts';
import { must, screened, selected, sheet, worldOn } from '../unit/candidacy-world.ts';
import { caseOf, moveTo, person } from '../unit/house.ts';
import { startOf, timeout, walks } from './hiring-walk.ts';
import type { Likely, Ways } from './hiring-walk.ts';

const everyone = [...new Set(Object.values(people).flat())];
const { hr, director, candidate, compliance, credentials, background, manager, mentor, it: desk } = people;

/** What somebody would do next, by where the candidacy stands: the walks get to a first day, and past one. */
function likely(state: CandidacyState, today: string): readonly Likely[] {
  const version = state.offer?.version ?? 1;
  const on = state.interview?.on ?? today;
  switch (state.stage) {
    case 'screening':
      return [
        ...people.screeners.map((who) => [who, 'screen', meets] as const),
        [hr, 'acknowledge', { of: 'application' }],
      ];
    case 'pool':
      return [3, 4, 5, 8].map((days) => [
        hr,
        'schedule_interview',
        { on: addDays(today, days), at: '10:00' },
      ]);
    case 'interview':
      return [
        [hr, 'send_questions'],
        [hr, 'record_interview', { held: on }],
        [hr, 'record_interview', { held: today }],
      ];
    case 'rating':
      return people.raters.map((who) => [who, 'submit_sheet', sheet] as const);
    case 'offer':
      return [
        [hr, 'draft_offer', { amount: 2350, hours: 40 }],
        ...[hr, director].map((who) => [who, 'approve_offer', { version, outcome: 'approved' }] as const),
        ...[0, 1].map(() => [hr, 'send_offer', { version }] as const),
        [candidate, 'counter_offer', { version, amount: 2400 }],
        [hr, 'draft_offer', { amount: 2400, hours: 40 }],
        [candidate, 'accept_offer', { version: Math.max(1, version - 1) }],
        ...[0, 1].map(() => [candidate, 'accept_offer', { version }] as const),
      ];
    case 'preboarding':
      return joining(today);
    default:
      return [
        [hr, 'tell_outcome'],
        [hr, 'acknowledge', { of: 'withdrawal' }],
      ];
  }
}

function joining(today: string): readonly Likely[] {
  const start = (days: number, more: object = {}): Likely => [
    ...([hr, 'set_start', { on: addDays(today, days), ...more }] as const),
  ];
  return [
    ...[1, 2, 3, 4].map((days) => start(days)),
    ...[1, 3].map((days) => start(days, { conditional: true })),
    [candidate, 'answer_consent', { answer: 'given' }],
    [background, 'order_check'],
    [compliance, 'record_exclusion', { outcome: 'clear' }],
    [credentials, 'record_credential', { status: 'verified', validTo: addDays(today, 300) }],
    [hr, 'assign_supervisor', { supervisor: people.supervisor, outcome: 'qualified', trained: '2025-03-01' }],
    [manager, 'assign_mentor', { mentor, kind: 'assigned' }],
    [mentor, 'answer_mentoring', { answer: 'accepted' }],
    [manager, 'report_setup', { items: ['desk', 'keys', 'invitations'] }],
    [desk, 'report_setup', { items: ['accounts'], access: ['read_limited', 'write_own_notes'] }],
    [hr, 'name_promises', promised],
    [mentor, 'record_welcome'],
    ...[0, 1, 2, 3].map(() => [hr, 'confirm_day_one'] as const),
  ];
}

const said = (kind: string, body: (n: number, today: string) => object): Ways['notices'][number] => {
  return (n, today) => [opening, { kind, body: body(n, today) }];
};
const check = child(ordered(), 'clock', 'background');
const ways: Ways = {
  ...{ schemas: candidacyCommands, actors: everyone },
  likely,
  pools: { people: everyone, cases: [opening, caseOf('candidacy', 'another')], words: ['degree', 'desk'] },
  notices: [
    // An opening selects only whom it has sheets of.
    (_n, _today, { stage }) =>
      ['rating', 'reserve'].includes(stage)
        ? [opening, { kind: 'selected', body: { seat: 1, hiringManager: manager } }]
        : null,
    (_n, today, { stage }) =>
      stage === 'rating' ? [opening, { kind: 'reserved', body: { until: addDays(today, 90) } }] : null,
    said('not_selected', () => ({ reasons: ['RC_RANK'] })),
    said('reserve_ended', (n) => ({ how: n % 2 === 0 ? 'expired' : 'released' })),
    said('seat_refused', () => ({ why: 'no_seat' })),
    said('rater_dropped', (n) => ({ rater: people.raters[n % 4] })),
    said('rater_replaced', (n) => ({ rater: people.raters[n % 4], by: person('kim') })),
    said('opening_closed', (n) => ({ how: n % 2 === 0 ? 'canceled' : 'failed' })),
    said('search_paused', (_n, today) => ({ until: addDays(today, 9) })),
    said('search_resumed', (_n, today) => ({ on: today })),
    said('interview_again', () => ({})),
    ...(['clear', 'not_yet', 'adverse'] as const).map((outcome): Ways['notices'][number] => () => [
      check,
      { kind: 'check_outcome', body: { check: 'background', outcome } },
    ]),
  ],
  facts: [
    ['seat', id, '1'],
    ['seat', id, '1'],
    ['pool_ready', opening, 'yes'],
    ['pool_ready', opening, 'no'],
    ['background', id, 'clear'],
    ['background', id, 'not_yet'],
    ['pay_range', role, '2200-2500'],
    ['pay_range', role, '2000-2100'],
  ],
};

/** Two business days before day one, with all that G5 asks for but the confirmation. */
function dayOneNear() {
  const world = nearlyReady();
  must(world, manager, 'report_setup', { items: ['invitations'] });
  must(world, desk, 'report_setup', { items: ['accounts'], access: ['read_limited', 'write_own_notes'] });
  moveTo(world, '2025-05-08');
  return world;
}

function appliedOnly() {
  const world = worldOn('2025-03-11');
  must(world, candidate, 'open', application);
  return world;
}

describe('stages 3 to 5 of one candidate, any sequence of commands', () => {
  it(
    'G3, G4, D5.10 and G5 are never passed over, and somebody always owes something by a date',
    () => {
      const worlds = [
        ...[appliedOnly(), screened(), selected(), offered(), taken(), ordered(), nearlyReady()],
        dayOneNear(),
      ];
      const { stages, accepted } = walks(
        worlds.map((world) => startOf(world, id)),
        ways,
        {
          gates: {
            ...{ interview_set: ['G3'], slots_offered: ['G3'], sheets_carried: ['G3'] },
            ...{ offer_sent: ['G4', 'D5.10'], hired: ['G5'] },
          },
          stages: {
            ...{
              interview: ['interview_set', 'slots_offered'],
              rating: ['interview_held', 'sheets_carried'],
            },
            ...{ preboarding: ['offer_sent'], hired: ['hired'] },
          },
        },
        60,
      );
      expect(accepted).toBeGreaterThan(100);
      expect([...stages.keys()]).toEqual(expect.arrayContaining(['preboarding', 'hired']));
    },
    timeout,
  );
});
