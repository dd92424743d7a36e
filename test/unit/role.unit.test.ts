import { describe, expect, it } from 'vitest';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { canonical } from '../../src/domain/kernel/digest.ts';
import { advance } from '../../src/domain/kernel/advance.ts';
import type { AnyInput } from '../../src/domain/kernel/run.ts';
import { role as decider } from '../../src/domain/role/decider.ts';
import { missingValues } from '../../src/domain/kernel/policy.ts';
import { policyKeys } from '../../src/domain/role/words.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import { World } from '../../src/sandbox/world.ts';
import { moveTo, person, site, termsForTests, worldAt } from './house.ts';
import {
  acceptReadiness,
  adoptedRole,
  agreeAll,
  ask,
  everyone,
  must,
  openRole,
  people,
} from './role-house.ts';
import {
  holding,
  proposal,
  role,
  sentOf,
  settle,
  staff,
  team,
  tell,
  tenElements,
  text,
} from './role-house.ts';

const { director, facilitator, program, marisol, theo, priya, luis, ana, dana } = people;

const stateOf = (world: World): RoleState => world.state(role) as RoleState;
const statusOf = (world: World, code: string): string | undefined => stateOf(world).elements[code]?.status;
const codesOf = (world: World): readonly string[] => world.obligations(role).map((one) => one.id);

function begun(date = '2025-01-28'): World {
  const world = worldAt(date);
  staff(world);
  openRole(world);
  return world;
}

/** One element under discussion; nobody has answered. */
function discussing(element = 'E2', date = '2025-01-28'): World {
  const world = begun(date);
  must(world, facilitator, 'plan_meeting', { on: date, elements: [element] });
  must(world, facilitator, 'propose_elements', { proposals: [proposal(element)] });
  must(world, facilitator, 'record_meeting', {
    meeting: 1,
    held: date,
    attended: everyone,
    elements: [element],
  });
  return world;
}

function say(world: World, who: string, position: string, element = 'E2', more = {}) {
  return ask(world, who, 'give_positions', { positions: [{ element, position, ...more }] });
}
const objection = { reason: text('reason'), proposal: text('instead') };
const conclude = (world: World, element = 'E2') =>
  ask(world, facilitator, 'conclude_elements', { elements: [element] });

describe('the worked example, stage 1', () => {
  it('P1.3 records no meeting from before the role, and none that nobody listed came to', () => {
    const world = begun();
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: ['E2'] });
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E2')] });
    const record = (held: string, attended: readonly string[]) =>
      ask(world, facilitator, 'record_meeting', { meeting: 1, held, attended, elements: ['E2'] });
    expect(record('2025-01-27', everyone)).toMatchObject({
      rule: 'P1.3',
      missing: [{ code: 'before_the_role', about: '2025-01-28' }],
    });
    expect(record('2025-01-28', [person('stranger')])).toMatchObject({
      missing: [{ code: 'nobody_listed_came' }],
    });
    expect(record('2025-01-28', [person('stranger'), priya])).toHaveProperty('kinds');
  });

  function toMeetingTwo(): World {
    const world = worldAt('2025-01-06');
    staff(world);
    moveTo(world, '2025-01-14');
    openRole(world);
    const first = ['E1', 'E2', 'E3', 'E4'];
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: first });
    must(world, facilitator, 'propose_elements', { proposals: first.map((one) => proposal(one)) });
    moveTo(world, '2025-01-28');
    must(world, facilitator, 'record_meeting', {
      meeting: 1,
      held: '2025-01-28',
      attended: everyone,
      elements: first,
    });
    agreeAll(world, first);
    must(world, facilitator, 'conclude_elements', { elements: first });
    const second = ['E5', 'E6', 'E7', 'E8', 'E9', 'E10'];
    must(world, facilitator, 'plan_meeting', { on: '2025-02-11', elements: second });
    must(world, facilitator, 'propose_elements', {
      proposals: second.map((one) => (one === 'E5' ? proposal('E5', 1, ['read_role_based']) : proposal(one))),
    });
    moveTo(world, '2025-01-30', '11:00');
    must(world, facilitator, 'write_up', { meeting: 1, notes: text('notes_1') });
    moveTo(world, '2025-01-31');
    acceptReadiness(world);
    moveTo(world, '2025-02-11');
    must(world, facilitator, 'record_meeting', {
      meeting: 2,
      held: '2025-02-11',
      attended: everyone,
      elements: second,
    });
    agreeAll(world, ['E6', 'E7', 'E8', 'E9', 'E10']);
    agreeAll(world, ['E5'], [marisol, program, theo, priya, ana]);
    say(world, luis, 'block', 'E5', objection);
    must(world, facilitator, 'conclude_elements', { elements: ['E6', 'E7', 'E8', 'E9', 'E10'] });
    return world;
  }

  it('sends the proposals on 21 Jan, five business days before the meeting, once to each member (P1.1)', () => {
    const world = toMeetingTwo();
    const first = sentOf(world, 'P1.1', 'P1.1:1:');
    expect(first).toEqual(Array.from({ length: 6 }, () => '2025-01-21 09:00'));
    expect(new Set(sentOf(world, 'P1.1', 'P1.1:2:'))).toEqual(new Set(['2025-02-04 09:00']));
  });

  it('asks to read a blocked element again before a later meeting, and those silent once it was talked over', () => {
    const world = toMeetingTwo();
    must(world, facilitator, 'plan_meeting', { on: '2025-02-25', elements: ['E5'] });
    moveTo(world, '2025-02-18', '09:30');
    // Five business days before the 25th; the 17th is a holiday.
    expect(sentOf(world, 'P1.1', 'P1.1:3:')).toEqual(Array.from({ length: 6 }, () => '2025-02-18 09:00'));
    moveTo(world, '2025-02-19', '10:00');
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E5', 2)] });
    must(world, priya, 'give_positions', { positions: [{ element: 'E5', position: 'agree' }] });
    moveTo(world, '2025-02-25', '14:00');
    const meeting = { meeting: 3, held: '2025-02-25', attended: everyone, elements: ['E5'] };
    must(world, facilitator, 'record_meeting', meeting);
    expect(statusOf(world, 'E5')).toBe('revised');
    const asked = world.obligations(role).filter((one) => one.code === 'P1.2');
    expect(asked).toHaveLength(5);
    expect(asked.map((one) => dateOf(termsForTests().calendar, one.due))).toContain('2025-03-05');
    expect(asked.map((one) => one.owner)).not.toContain(priya);
  });

  it('owes the notes of the meeting on 30 Jan and of the second on 13 Feb (P1.3)', () => {
    const world = toMeetingTwo();
    const notes = world.obligations(role).find((one) => one.code === 'P1.3');
    expect(new Date(notes?.due ?? 0).toISOString()).toBe('2025-02-13T22:00:00.000Z');
    expect(sentOf(world, 'P1.3', 'P1.3:1')).toEqual(['2025-01-28 10:00', '2025-01-30 09:00']);
    const late = world.rows.filter((row) => row.case === role && row.kind === 'answered_late');
    expect(late).toEqual([]);
  });

  it('asks facilitator and director on the day of the block, and anew on 19 Feb, a holiday between (P1.4)', () => {
    const world = toMeetingTwo();
    expect(statusOf(world, 'E5')).toBe('blocked');
    moveTo(world, '2025-02-19', '09:30');
    const asked = world.prompts.filter((one) => one.code === 'P1.4');
    expect(asked.map((one) => [one.obligation, one.to])).toEqual([
      ['P1.4:E5:1:1', facilitator],
      ['P1.4:E5:1:1', `director@${site}`],
      ['P1.4:E5:1:2', facilitator],
      ['P1.4:E5:1:2', `director@${site}`],
    ]);
    expect(new Set(sentOf(world, 'P1.4'))).toEqual(new Set(['2025-02-11 10:00', '2025-02-19 09:00']));
  });

  it('revises E5 on 19 Feb to consensus with concerns, adopts version 1 and passes G1', () => {
    const world = toMeetingTwo();
    moveTo(world, '2025-02-13', '12:00');
    must(world, facilitator, 'write_up', { meeting: 2, notes: text('notes_2') });
    moveTo(world, '2025-02-19');
    const early = ask(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    expect(early).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G1',
      missing: [{ code: 'R1.1', about: 'E5' }],
    });
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E5', 2)] });
    expect(world.obligations(role).filter((one) => one.code === 'P1.4')).toEqual([]);
    agreeAll(world, ['E5'], [marisol, program, theo, priya, ana]);
    say(world, luis, 'agree_with_concern', 'E5', { reason: text('concern') });
    must(world, facilitator, 'conclude_elements', { elements: ['E5'] });
    expect(statusOf(world, 'E5')).toBe('consensus_with_concerns');
    const unread = ask(world, program, 'adopt_version', { heard: [] });
    expect(unread).toMatchObject({ code: 'acknowledgement_needed', rule: 'G1' });
    must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    expect(stateOf(world).adopted).toMatchObject({ version: 1, concerns: ['E5'], notConsensus: [] });
    const facts = world.cases.get(role)?.facts.map(({ kind, subject, value }) => [kind, subject, value]);
    expect(facts).toEqual([
      ['role_version', role, '1'],
      ['record_access', role, 'read_limited,write_own_notes'],
    ]);
    moveTo(world, '2025-03-10');
    expect(world.prompts.filter((one) => one.code === 'P1.4')).toHaveLength(4);
  });
});

describe('the list of the team', () => {
  const leaving = (person: string) => team.filter((one) => one.person !== person);

  it('needs the leaders and the adviser, and a reason for whoever is left out', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    const payload = { site, kind: 'peer', facilitator, members: leaving(theo), leftOut: [] };
    expect(ask(world, program, 'open', payload)).toMatchObject({
      code: 'rule_blocks',
      rule: 'D1.1',
      missing: [
        {
          code: 'not_listed',
          about: 'adviser',
        },
      ],
    });
    expect(() => ask(world, program, 'open', { ...payload, leftOut: [{ person: ana }] })).toThrow();
    must(world, program, 'open', {
      ...payload,
      members: leaving(ana),
      leftOut: [
        {
          person: ana,
          reason: 'own_wish',
        },
      ],
    });
  });

  it('asks for a word when the facilitator is one of the listed', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    const payload = { site, kind: 'peer', facilitator: priya, members: team, leftOut: [] };
    expect(ask(world, program, 'open', payload)).toMatchObject({
      code: 'acknowledgement_needed',
      rule: 'D1.2',
    });
  });

  it('does not give a leading or advising voice to somebody merely written down as such', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    const members = [...leaving(theo), { person: dana, capacity: 'adviser' }];
    const leftOut = [{ person: theo, reason: 'own_wish' }];
    must(world, program, 'open', { site, kind: 'peer', facilitator, members, leftOut });
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: ['E2'] });
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E2')] });
    must(world, facilitator, 'record_meeting', {
      meeting: 1,
      held: '2025-01-28',
      attended: [dana],
      elements: ['E2'],
    });
    expect(say(world, dana, 'agree')).toMatchObject({
      missing: [{ code: 'needs_capacity', about: 'adviser' }],
    });
  });

  it('takes positions of the listed only, and the block of a person who leaves ends', () => {
    const world = discussing();
    expect(say(world, person('stranger'), 'agree')).toMatchObject({ code: 'not_permitted', rule: 'D1.1' });
    say(world, luis, 'block', 'E2', objection);
    expect(statusOf(world, 'E2')).toBe('blocked');
    must(world, facilitator, 'change_members', { join: [], leave: [{ person: luis, reason: 'left_team' }] });
    expect(statusOf(world, 'E2')).toBe('discussed');
    expect(say(world, luis, 'agree')).toMatchObject({ code: 'not_permitted' });
  });
});

describe('the consensus test', () => {
  it('needs two thirds of the listed', () => {
    const world = discussing();
    agreeAll(world, ['E2'], [marisol, theo, priya]);
    expect(conclude(world)).toMatchObject({
      code: 'rule_blocks',
      rule: 'D1.2',
      missing: [
        {
          code: 'positions_of_two_thirds',
          about: 'E2',
        },
        {
          code: 'positions_of_team_members',
          about: 'E2',
        },
      ],
    });
    agreeAll(world, ['E2'], [luis]);
    expect(conclude(world)).toMatchObject({ kinds: ['elements_concluded'] });
  });

  it('needs two who neither lead nor advise', () => {
    const world = discussing();
    agreeAll(world, ['E2'], [marisol, program, theo, priya]);
    expect(conclude(world)).toMatchObject({ missing: [{ code: 'positions_of_team_members', about: 'E2' }] });
  });

  it('needs the adviser and the team leader', () => {
    const world = discussing();
    agreeAll(world, ['E2'], [program, priya, luis, ana]);
    expect(conclude(world)).toMatchObject({
      missing: [
        { code: 'adviser_position', who: theo },
        { code: 'team_leader_position', about: 'E2' },
      ],
    });
  });

  it('needs two thirds in agreement and no block; a block needs a reason and a proposal', () => {
    const world = discussing();
    agreeAll(world, ['E2'], [marisol, theo, priya]);
    for (const who of [program, ana]) say(world, who, 'stand_aside');
    expect(say(world, luis, 'block')).toMatchObject({
      missing: [{ code: 'reason_and_proposal', about: 'E2' }],
    });
    expect(conclude(world)).toMatchObject({ missing: [{ code: 'agreement_of_two_thirds', about: 'E2' }] });
    say(world, ana, 'agree');
    say(world, luis, 'block', 'E2', objection);
    expect(conclude(world)).toMatchObject({ missing: [{ code: 'block', about: 'E2', who: luis }] });
    say(world, luis, 'agree');
    expect(statusOf(world, 'E2')).toBe('discussed');
    expect(conclude(world)).toHaveProperty('kinds');
    expect(statusOf(world, 'E2')).toBe('consensus');
  });
});

describe('silence', () => {
  it('is asked about three times, then recorded by the policy; the person stays among the listed (P1.2, R1.5)', () => {
    const world = discussing();
    agreeAll(world, ['E2'], [marisol, program, theo]);
    moveTo(world, '2025-02-05', '16:00');
    expect(sentOf(world, 'P1.2', `P1.2:1:${luis}`)).toEqual([
      '2025-01-30 09:00',
      '2025-02-03 09:00',
      '2025-02-05 09:00',
    ]);
    expect(sentOf(world, 'P1.2', `P1.2:1:${theo}`)).toEqual([]);
    expect(world.rows.some((row) => row.kind === 'no_response_recorded')).toBe(false);
    moveTo(world, '2025-02-06');
    const silent = world.rows.filter((row) => row.kind === 'no_response_recorded');
    expect(silent.map((row) => row.body)).toEqual(
      expect.arrayContaining([{ member: luis, call: 1, elements: ['E2'] }]),
    );
    expect(silent).toHaveLength(3);
    expect(silent[0]?.stamp.how).toBe('policy');
    expect(conclude(world)).toMatchObject({
      missing: [
        { code: 'positions_of_two_thirds', about: 'E2' },
        { code: 'positions_of_team_members', about: 'E2' },
      ],
    });
    agreeAll(world, ['E2'], [priya, ana]);
    expect(conclude(world)).toMatchObject({ kinds: expect.arrayContaining(['elements_concluded']) });
  });
});

describe('no consensus', () => {
  it('lets the program leader decide after two rounds only, and shows it as not consensus for ever', () => {
    const world = begun();
    acceptReadiness(world);
    settle(
      world,
      tenElements.filter((one) => one !== 'E7'),
    );
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: ['E7'] });
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E7')] });
    const meeting = { meeting: 2, held: '2025-01-28', attended: everyone, elements: ['E7'] };
    must(world, facilitator, 'record_meeting', meeting);
    say(world, luis, 'block', 'E7', objection);
    const decision = { element: 'E7', reason: 'no_agreement_in_reach' };
    expect(ask(world, facilitator, 'decide_by_leader', decision)).toMatchObject({ code: 'not_permitted' });
    expect(ask(world, program, 'decide_by_leader', decision)).toMatchObject({
      rule: 'D1.2',
      missing: [
        {
          code: 'two_rounds_first',
          about: 'E7',
        },
      ],
    });
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E7', 2)] });
    expect(ask(world, program, 'decide_by_leader', decision)).toHaveProperty('missing.length', 6);
    say(world, luis, 'block', 'E7', objection);
    agreeAll(world, ['E7'], [marisol, theo]);
    must(world, program, 'decide_by_leader', decision);
    must(world, facilitator, 'write_up', { meeting: 2, notes: text('notes') });
    must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    expect(stateOf(world).adopted?.notConsensus).toEqual(['E7']);
    const adopted = world.rows.find((row) => row.kind === 'version_adopted');
    expect(adopted?.body).toMatchObject({
      elements: expect.arrayContaining([{ ...proposal('E7', 2), how: 'leader_decided' }]),
    });
  });
});

describe('rules of single elements', () => {
  it('refuses E9 wording that obliges disclosure (R1.3)', () => {
    const world = begun();
    const obliging = ask(world, facilitator, 'propose_elements', {
      proposals: [proposal('E9', 1, ['must_tell'])],
    });
    expect(obliging).toMatchObject({ code: 'rule_blocks', rule: 'R1.3' });
    const silent = ask(world, facilitator, 'propose_elements', { proposals: [proposal('E9', 1, [])] });
    expect(silent).toMatchObject({ rule: 'R1.3' });
  });

  it('refuses a sick-leave rule of its own without HR review (R1.2)', () => {
    const world = begun();
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: ['E10'] });
    must(world, facilitator, 'propose_elements', { proposals: [proposal('E10', 1, ['other'])] });
    const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements: ['E10'] };
    must(world, facilitator, 'record_meeting', meeting);
    agreeAll(world, ['E10']);
    expect(conclude(world, 'E10')).toMatchObject({ rule: 'R1.2', missing: [{ code: 'hr_review' }] });
    expect(codesOf(world).some((id) => id.startsWith('R1.2:E10'))).toBe(true);
    must(world, dana, 'review_sick_leave', { outcome: 'rejected' });
    expect(conclude(world, 'E10')).toMatchObject({ rule: 'R1.2' });
    must(world, facilitator, 'revise_elements', { proposals: [proposal('E10', 2)] });
    agreeAll(world, ['E10']);
    expect(conclude(world, 'E10')).toHaveProperty('kinds');
  });

  it('refuses a sick-leave rule of its own without a comparator on file (R1.2)', () => {
    const { terms, at } = { terms: { ...termsForTests(), comparator: null }, at: worldAt('2025-01-28').now };
    const world = new World(site, terms, at);
    staff(world);
    openRole(world);
    expect(
      ask(world, facilitator, 'propose_elements', { proposals: [proposal('E10', 1, ['other'])] }),
    ).toMatchObject({ rule: 'R1.2', missing: [{ code: 'no_comparator_on_file' }] });
  });
});

describe('a version', () => {
  it('is not adopted before readiness is accepted for the site (G0)', () => {
    const world = begun();
    settle(world, tenElements);
    const answer = ask(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
    expect(answer).toMatchObject({ code: 'gate_not_passed', missing: [{ code: 'G0', about: site }] });
  });

  it('is frozen once adopted (R1.4)', () => {
    const world = adoptedRole();
    const again = { proposals: [proposal('E2', 9)] };
    for (const type of ['propose_elements', 'revise_elements'] as const)
      expect(ask(world, facilitator, type, again)).toMatchObject({ code: 'rule_blocks', rule: 'R1.4' });
    expect(say(world, luis, 'block', 'E2', objection)).toMatchObject({ code: 'not_expected_now' });
  });

  it('is opened again with the holder heard, and version 2 is told to everybody who holds the role (D1.4)', () => {
    const world = adoptedRole();
    const employment = `employment-${'1'.repeat(26)}`;
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    tell(world, employment, 'drift_reopens_element', { employment, element: 'E6' });
    expect(codesOf(world)).toContain('D1.4:E6:1');
    const change = { outcome: 'reopen_element', elements: ['E6'], reason: 'drift_found', heard: [] };
    expect(ask(world, program, 'decide_change', change)).toMatchObject({
      rule: 'D1.4',
      missing: [{ code: 'holder_heard_first' }],
    });
    holding(world, employment, person('holder'));
    for (const who of [person('stranger'), theo])
      expect(ask(world, program, 'decide_change', { ...change, heard: [who] })).toMatchObject({
        missing: [{ code: 'holder_heard_first' }],
      });
    must(world, program, 'decide_change', { ...change, heard: [person('holder')] });
    expect(codesOf(world)).not.toContain('D1.4:E6:1');
    expect(ask(world, facilitator, 'propose_elements', { proposals: [proposal('E2', 2)] })).toMatchObject({
      rule: 'R1.4',
    });
    settle(world, ['E6']);
    for (const heard of [[], [person('stranger')]])
      expect(ask(world, program, 'adopt_version', { heard })).toMatchObject({ rule: 'D1.3' });
    const place = world.cases.get(role);
    const adopting: AnyInput = {
      origin: 'ask',
      decisionId: 'dec_v2',
      actor: program,
      how: 'asserted_local',
      asked: world.now,
      acknowledge: ['G1'],
      command: {
        type: 'adopt_version',
        payload: { heard: [person('holder')] },
      },
    };
    const { answer, notices } = advance(decider, place?.held ?? null, [adopting], {
      org: world.org,
      case: role,
      now: world.now,
      opening: null,
      assignments: world.assignments,
      facts: [...world.cases.values()].flatMap((one) => one.facts),
      delegations: [],
      termsOf: () => termsForTests(),
    });
    expect(answer).toHaveProperty('kinds');
    expect(notices.map(({ to, kind, body }) => ({ to, kind, body }))).toEqual([
      { to: employment, kind: 'role_version_adopted', body: { role, version: 2 } },
    ]);
  });

  it('is re-affirmed on 11 Aug, the 90th day being a Sunday, then yearly; a concern is closed (P1.5)', () => {
    const world = adoptedRole('E5');
    const employment = `employment-${'1'.repeat(26)}`;
    moveTo(world, '2025-05-09');
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    const early = ask(world, facilitator, 'reaffirm', { closed: [], change: [] });
    expect(early).toMatchObject({ rule: 'P1.5', missing: [{ code: 'not_before' }] });
    moveTo(world, '2025-08-11');
    expect(new Set(sentOf(world, 'P1.5'))).toEqual(new Set(['2025-08-11 09:00']));
    expect(world.prompts.filter((one) => one.code === 'P1.5').map((one) => one.to)).toEqual([
      facilitator,
      ...everyone,
    ]);
    expect(ask(world, luis, 'reaffirm', { closed: ['E6'], change: [] })).toMatchObject({
      missing: [{ code: 'no_open_concern', about: 'E6' }],
    });
    must(world, luis, 'reaffirm', { closed: ['E5'], change: [] });
    expect(stateOf(world).adopted?.concerns).toEqual([]);
    expect(codesOf(world)).toContain('P1.5:2026-08-11');
  });
});

describe('the engine serves other roles too (R1.6)', () => {
  const kind = 'care_coordinator';
  function configured(): World {
    const terms = termsForTests();
    const entry = { source: 'O a test', [`${kind}_elements`]: ['PURPOSE', 'CALLS'] };
    const policy = { ...terms.policy, values: { ...terms.policy.values, 'R1.6': entry } };
    const world = new World(site, { ...terms, policy }, worldAt('2025-01-28').now);
    staff(world);
    return world;
  }

  it('defines a role of another kind by its own elements, without stage 0 and without an adviser', () => {
    const world = configured();
    const members = team.filter((one) => one.capacity !== 'adviser');
    must(world, program, 'open', { site, kind, facilitator, members, leftOut: [] });
    expect(Object.keys(stateOf(world).elements)).toEqual(['PURPOSE', 'CALLS']);
    const elements = ['PURPOSE', 'CALLS'];
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements });
    must(world, facilitator, 'propose_elements', { proposals: elements.map((one) => proposal(one)) });
    const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements };
    must(world, facilitator, 'record_meeting', meeting);
    agreeAll(world, elements, [marisol, program, priya, luis]);
    const early = ask(world, program, 'adopt_version', { heard: [] });
    expect(early).toMatchObject({ rule: 'G1', missing: [{ about: 'PURPOSE' }, { about: 'CALLS' }] });
    must(world, facilitator, 'conclude_elements', { elements });
    must(world, program, 'adopt_version', { heard: [] });
    expect(stateOf(world).adopted?.version).toBe(1);
  });

  it('refuses a kind whose elements nobody configured', () => {
    const world = configured();
    const payload = { site, kind: 'unknown_kind', facilitator, members: team, leftOut: [] };
    expect(ask(world, program, 'open', payload)).toMatchObject({ code: 'unknown_reference', rule: 'R1.6' });
  });
});

describe('the case as a whole', () => {
  it('finds every policy value it reads', () => {
    expect(missingValues(termsForTests().policy, policyKeys)).toEqual([]);
  });

  it('holds at most 24 kB with 12 people, 13 elements and 3 rounds, and always owes something', () => {
    const world = worldAt('2025-01-28');
    staff(world);
    const more = Array.from({ length: 6 }, (_, n) => person(`member ${n}`));
    const members = [...team, ...more.map((one) => ({ person: one, capacity: 'team_member' }))];
    must(world, program, 'open', { site, kind: 'peer', facilitator, members, leftOut: [] });
    const elements = Object.keys(stateOf(world).elements);
    expect([members.length, elements.length]).toEqual([12, 13]);
    const size = () => Buffer.byteLength(canonical(world.cases.get(role)?.held));
    const long = (one: string, round: number) => ({
      ...proposal(one),
      text: text(`dec_${'0'.repeat(26)}_${one}_${round}`),
    });
    must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements });
    must(world, facilitator, 'propose_elements', { proposals: elements.map((one) => long(one, 1)) });
    const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements };
    must(world, facilitator, 'record_meeting', meeting);
    const dates = ['2025-01-31', '2025-02-14', '2025-03-03'];
    const sizes: number[] = [];
    for (const [round, date] of dates.entries()) {
      moveTo(world, date);
      const positions = elements.map((element) => ({ element, position: 'block', ...objection }));
      must(world, luis, 'give_positions', { positions });
      sizes.push(size());
      expect(world.obligations(role).length).toBeGreaterThan(0);
      const proposals = elements.map((one) => long(one, round + 2));
      if (round < 2) must(world, facilitator, 'revise_elements', { proposals });
    }

    expect(Math.max(...sizes)).toBeLessThan(24_000);
    expect(stateOf(world).elements['E13']?.round).toBe(3);
  });

  it('is final only once it is retired, and owes nothing then (D1.3)', () => {
    const world = adoptedRole();
    expect(ask(world, director, 'retire_role', {})).toMatchObject({ code: 'not_permitted' });
    expect(world.obligations(role).length).toBeGreaterThan(0);
    must(world, program, 'retire_role', {});
    expect([world.obligations(role), world.cases.get(role)?.final]).toEqual([[], true]);
  });
});
