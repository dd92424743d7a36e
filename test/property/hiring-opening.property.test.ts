import { describe, expect, it } from 'vitest';
import { openingCommands } from '../../src/contracts/opening.ts';
import { addDays } from '../../src/domain/kernel/calendar.ts';
import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import type { Held } from '../../src/domain/kernel/held.ts';
import type { OpeningState } from '../../src/domain/opening/state.ts';
import { caseOf, person, site } from '../unit/house.ts';
import type { OpeningStage } from '../unit/opening-house.ts';
import { agreed, closed, interviewed, opened, planned, pooled } from '../unit/opening-play.ts';
import { c101, c102, c103, posted, questions, selected } from '../unit/opening-play.ts';
import { timeout, walks } from './hiring-walk.ts';
import type { Likely, Start, Walk, Ways } from './hiring-walk.ts';

const candidates = [c101, c102, c103, caseOf('candidacy', 'c-104')];
const [dana, marisol, vera] = ['dana', 'marisol', 'vera'].map(person) as [string, string, string];
const panel = ['marisol', 'theo', 'priya', 'luis', 'ana', 'sam', 'kim', 'grace'].map(person);
const people = [dana, vera, person('uli'), ...panel];
const first = opened();

interface Inside {
  readonly held: Held;
  readonly now: number;
  readonly assignments: Start['assignments'];
  readonly facts: readonly FactSeen[];
}
function startOf(stage: OpeningStage): Start {
  const { held, now, assignments, facts } = stage as unknown as Inside;
  return { id: stage.id, held, now, assignments, facts, kinds: stage.kinds() };
}

const one = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

function likely(state: OpeningState, today: string): readonly Likely[] {
  const left = state.rows.filter((row) => row.s === 'ad').map((row) => `candidacy-${row.c}`);
  const results = left.map((candidacy, n) => ({
    ...{ candidacy, outcome: n === 0 ? 'recommend_1' : 'acceptable', reasons: n === 0 ? [] : ['RC_RANK'] },
  }));
  const picks = (how: 'reserve' | 'not_selected') =>
    results.map(({ candidacy }, n) => ({
      ...{ candidacy, reasons: ['RC_RANK'], rank: n + 1, outcome: n === 0 ? 'select' : how },
    }));
  return [
    [dana, 'plan_channels', { channels: ['advocacy_group', 'training_program'] }],
    [dana, 'approve_posting'],
    [dana, 'post', { closeOn: addDays(today, 16) }],
    [dana, 'close_posting'],
    ...panel.map((who) => [who, 'declare', { answer: 'none', attest: true }] as const),
    [dana, 'propose_pool', { outcome: 'proceed', reasons: [] }],
    [
      dana,
      'propose_pool',
      { outcome: 'proceed_with_exception', reasons: ['lacked_reach', 'small_labor_market'] },
    ],
    [marisol, 'confirm_pool', { outcome: 'proceed' }],
    [marisol, 'confirm_pool', { outcome: 'proceed_with_exception' }],
    [dana, 'mark_questions', { questions: questions.map((id) => ({ id, status: 'approved' })) }],
    [dana, 'plan_interviews', { firstDay: addDays(today, 8), lastDay: addDays(today, 9), questions }],
    ...panel.slice(0, 5).map((who) => [who, 'confirm_attendance'] as const),
    [dana, 'drop_rater', { rater: person('priya') }],
    [dana, 'record_references', { outcome: 'done_same_questions', unreachable: [] }],
    ...[0, 1].map(() => [marisol, 'state_consensus', { results }] as const),
    ...panel.slice(0, 5).map((who) => [who, 'answer_consensus', { dissents: [] }] as const),
    ...[0, 1].map(() => [marisol, 'select', { outcomes: picks('reserve') }] as const),
    [marisol, 'select', { outcomes: picks('not_selected') }],
    ...[0, 1].map(() => [dana, 'confirm_selection'] as const),
    ...candidates.map((candidacy) => [dana, 'offer_next', { candidacy }] as const),
  ];
}

const inRoles = ['advance', 'advance', 'advance', 'advance', 'hold', 'not_advanced', 'duplicate'] as const;
const ways: Ways = {
  schemas: openingCommands,
  actors: people,
  likely,
  pools: { people, cases: candidates, words: ['Q_MEDS', 'Q_STORY'], questions: [...questions, 'Q11'] },
  notices: [
    (n) => {
      const candidacy = one(candidates, n);
      return [candidacy, { kind: 'applied', body: { candidacy, person: person(candidacy) } }];
    },
    (n) => {
      const [candidacy, outcome] = [one(candidates, n), one(inRoles, n)];
      return [
        candidacy,
        { kind: 'screened', body: { candidacy, outcome, qualified: outcome === 'advance' } },
      ];
    },
    (n, on) => {
      const candidacy = one(candidates, n);
      return [candidacy, { kind: n % 3 === 0 ? 'interview_set' : 'interview_held', body: { candidacy, on } }];
    },
    ...[0, 1, 2].map((): Ways['notices'][number] => (n) => {
      const candidacy = one(candidates, n);
      return [candidacy, { kind: 'sheet_in', body: { candidacy, rater: one(panel, n >> 3) } }];
    }),
    (n) => {
      const candidacy = one(candidates, n);
      const why = n % 2 === 0 ? 'withdrawn' : 'no_response';
      return [candidacy, { kind: 'candidate_left', body: { candidacy, why } }];
    },
    (n) => {
      const candidacy = one(candidates, n);
      const how = one(['accepted', 'accepted', 'declined', 'expired', 'rescinded'], n >> 3);
      return [candidacy, { kind: 'offer_ended', body: { candidacy, how } }];
    },
    (n, dayOne) => {
      const candidacy = one(candidates, n);
      const employment = caseOf('employment', String(n % 4));
      return [candidacy, { kind: 'hired', body: { candidacy, employment, dayOne } }];
    },
    (n) => {
      const employment = caseOf('employment', String(n % 4));
      return [employment, { kind: 'holder_left', body: { employment, how: 'resigned' } }];
    },
    (n) => {
      const opening = caseOf('opening', `northside-${2 + (n % 2)}`);
      const body = { opening, seats: 1 + (n % 2), hiringManager: person('grace') };
      return [opening, { kind: 'seats_joined', body }];
    },
    (n) => {
      const opening = caseOf('opening', `northside-${2 + (n % 2)}`);
      return [opening, { kind: 'seats_asked_back', body: { opening } }];
    },
  ],
  facts: [
    ['policies_to_change', site, '1'],
    ['policies_to_change', site, '0'],
    ['role_described', first.role, '2'],
    ['role_described', first.role, '1'],
    ['team_oriented', site, '2023-02-28'],
    ['team_oriented', site, '2025-02-28'],
  ],
};

/** X25: no seat twice, and never more people on seats than there are seats. */
function seatsHold(walk: Walk): void {
  const state = (walk.held?.own ?? { seats: [], rows: [] }) as OpeningState;
  const holders = state.seats.flatMap((seat) => seat.c ?? []);
  if (new Set(holders).size < holders.length) throw new Error('one candidate on two seats');
  const there = state.seats.filter((seat) => seat.st !== 'gone').length;
  if (holders.length > state.seats.length) throw new Error('more holders than seats');
  const gone = walk.kinds.filter((kind) => kind === 'holder_gone').length;
  const chosen = state.rows.filter((row) => row.s === 'se' || row.s === 'ac' || row.s === 'hi');
  if (chosen.length > there + gone) throw new Error('more candidates granted a seat than there are seats');
}

describe('stages 3 and 4, any sequence of commands', () => {
  it(
    'X25: G2, G3 and G4 are never passed over, no seat is granted twice, and somebody always owes something',
    () => {
      const worlds = [first, posted(), closed(), pooled(), planned(), interviewed(), agreed(), selected()];
      const interviews = ['pool_accepted'];
      const { stages, accepted } = walks(
        worlds.map(startOf),
        ways,
        {
          gates: { posted: ['G2'], pool_accepted: ['G3'], selection_confirmed: ['G4'] },
          stages: {
            ...{ posted: ['posted'], pool: ['posted'], interviews, selection: interviews },
            ...{ offer: ['selection_confirmed'], reserve: ['selection_confirmed'] },
          },
          also: seatsHold,
        },
        60,
      );
      expect(accepted).toBeGreaterThan(100);
      expect([...stages.keys()]).toEqual(expect.arrayContaining(['posted', 'interviews', 'offer']));
    },
    timeout,
  );
});
