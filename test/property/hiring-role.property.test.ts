import { describe, expect, it } from 'vitest';
import { roleCommands } from '../../src/contracts/role.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import { caseOf, worldAt } from '../unit/house.ts';
import { adoptedRole, classesOf, describedRole, everyone, goodDuties, openRole } from '../unit/role-house.ts';
import { people as named, proposal, role, staff, tenElements, text } from '../unit/role-house.ts';
import { acceptReadiness, settle } from '../unit/role-house.ts';
import { startOf, timeout, walks } from './hiring-walk.ts';
import type { Likely, Ways } from './hiring-walk.ts';

const { facilitator, program, marisol, theo, dana, compliance, compensation, hrDirector, luis } = named;
const { director } = named;
const unbounded = { duty: 'one_to_one', finding: 'OTHER_DUTIES' };
const people = [...new Set([...Object.values(named), ...everyone])];

function likely(state: RoleState, today: string): readonly Likely[] {
  const { meetings: meeting, description } = state;
  const elements = tenElements.slice(4);
  const list = description.list?.list ?? 1;
  const agree = elements.map((element) => ({ element, position: 'agree' }));
  return [
    [facilitator, 'plan_meeting', { on: today, elements }],
    [facilitator, 'propose_elements', { proposals: elements.map((one) => proposal(one)) }],
    [facilitator, 'record_meeting', { meeting, held: today, attended: everyone, elements }],
    ...everyone.map((who) => [who, 'give_positions', { positions: agree }] as const),
    [facilitator, 'conclude_elements', { elements }],
    [facilitator, 'write_up', { meeting, notes: text('n') }],
    ...[0, 1].map(() => [program, 'adopt_version', { heard: [] }] as const),
    [
      program,
      'decide_change',
      { outcome: 'reopen_element', elements: ['E5'], reason: 'concern', heard: [luis] },
    ],
    [
      dana,
      'enter_duties',
      {
        duties: goodDuties.map(({ duty, share, alsoDoneBy }) => ({
          ...{ duty, text: text(duty), share },
          ...(alsoDoneBy === undefined ? {} : { alsoDoneBy }),
        })),
      },
    ],
    ...[marisol, theo].map(
      (who) =>
        [
          who,
          'classify_duties',
          JSON.parse(JSON.stringify({ list, classes: classesOf(goodDuties) })) as object,
        ] as const,
    ),
    [
      compensation,
      'propose_pay',
      { grade: 'G5', low: 2200, high: 2500, comparatorRole: 'case_manager_1', reason: 'comparator' },
    ],
    [hrDirector, 'approve_pay', { outcome: 'approved' }],
    [
      dana,
      'propose_terms',
      {
        requirements: [{ requirement: 'lived_experience', outcome: 'essential' }],
        ...{ wording: 'approved_text_A', credential: { rule: 'within_n_months', months: 12 } },
      },
    ],
    [compliance, 'confirm_terms'],
    [
      dana,
      'draft_description',
      {
        ...{ text: text('description'), requirements: ['lived_experience'] },
        ...{ hours: 'full_time', benefits: true },
      },
    ],
    [
      dana,
      'draft_description',
      {
        ...{ text: text('description'), requirements: ['lived_experience'] },
        ...{ hours: 'full_time', benefits: true, findings: ['L2'] },
      },
    ],
    [dana, 'dispute_finding', { finding: 'L2' }],
    [dana, 'dispute_finding', { ...unbounded, text: text('d'), findings: ['OTHER_DUTIES'] }],
    ...[director, theo].flatMap((who) => [
      [who, 'settle_dispute', { finding: 'L2', outcome: 'wrong_about_text' }] as const,
      [who, 'settle_dispute', { ...unbounded, outcome: 'wrong_about_text' }] as const,
    ]),
    [marisol, 'approve_description'],
    ...[0, 1].map(() => [dana, 'complete_description'] as const),
  ];
}

const ways: Ways = {
  ...{ schemas: roleCommands, actors: people },
  likely,
  pools: { people, cases: [caseOf('opening', 'one')], words: [...tenElements, 'one_to_one', 'degree'] },
  notices: [
    (n) => {
      const opening = caseOf('opening', `o${n % 3}`);
      return [
        opening,
        { kind: 'search_standing', body: { opening, version: 1 + (n % 2), open: n % 4 !== 0 } },
      ];
    },
  ],
};

function started() {
  const world = worldAt('2025-01-28');
  staff(world);
  acceptReadiness(world);
  openRole(world);
  return world;
}
function halfway() {
  const world = started();
  settle(world, tenElements.slice(0, 4));
  return world;
}

describe('stages 1 and 2, any sequence of commands', () => {
  it(
    'G1 and G2 are never passed over, and somebody always owes something by a date',
    () => {
      const worlds = [started(), halfway(), adoptedRole(), describedRole()];
      const { stages, accepted } = walks(
        worlds.map((world) => startOf(world, role)),
        ways,
        {
          gates: { version_adopted: ['G1'], role_described: ['G2'] },
          stages: {
            ...{ description: ['version_adopted'], redefinition: ['version_adopted'] },
            described: ['role_described'],
          },
        },
        60,
      );
      expect(accepted).toBeGreaterThan(100);
      expect([...stages.keys()]).toEqual(expect.arrayContaining(['definition', 'description', 'described']));
    },
    timeout,
  );
});
