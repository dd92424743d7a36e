import { describe, expect, it } from 'vitest';
import type { World } from '../../src/sandbox/world.ts';
import { person, worldAt } from './house.ts';
import {
  acceptReadiness,
  adoptedRole,
  agreeAll,
  ask,
  classesOf,
  classify,
  describedRole,
  enter,
  everyone,
  goodDuties,
  must,
  openRole,
  payApproved,
  people,
  proposal,
  role,
  settle,
  staff,
  tell,
  tenElements,
  termsConfirmed,
  text,
} from './role-house.ts';

/** Rules of the role and its description by their codes: where each bites, and where it does not. */

const { facilitator, program, marisol, theo, luis, dana, compliance, compensation, hrDirector } = people;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const owed = (world: World) => world.obligations(role).map((one) => one.code);
const kindsOf = (world: World) => world.rows.filter((row) => row.case === role).map((row) => row.kind);

function begun(): World {
  const world = worldAt('2025-01-28');
  staff(world);
  openRole(world);
  return world;
}

/** One element talked over; nobody has given a position. */
function discussing(element = 'E2'): World {
  const world = begun();
  must(world, facilitator, 'plan_meeting', { on: '2025-01-28', elements: [element] });
  must(world, facilitator, 'propose_elements', { proposals: [proposal(element)] });
  const meeting = { meeting: 1, held: '2025-01-28', attended: everyone, elements: [element] };
  must(world, facilitator, 'record_meeting', meeting);
  return world;
}

const position = (given: string, more = {}) => ({ positions: [{ element: 'E2', position: given, ...more }] });

describe('positions and consensus', () => {
  it('D1.1 refuses a block without reason and proposal, a stranger, and an element not talked over', () => {
    const world = discussing();
    expect(ask(world, luis, 'give_positions', position('block'))).toMatchObject(
      missing('reason_and_proposal'),
    );
    world.assign(person('stranger'), 'team_member');
    expect(ask(world, person('stranger'), 'give_positions', position('agree'))).toMatchObject(
      missing('not_listed'),
    );
    const other = { positions: [{ element: 'E3', position: 'agree' }] };
    expect(ask(world, luis, 'give_positions', other)).toMatchObject({ rule: 'D1.1' });
  });

  it('D1.1 takes a member’s position, and another one after it', () => {
    const world = discussing();
    const block = position('block', { reason: text('reason'), proposal: text('instead') });
    must(world, luis, 'give_positions', block);
    must(world, luis, 'give_positions', position('agree'));
    expect(kindsOf(world).filter((kind) => kind === 'positions_given')).toHaveLength(2);
  });

  it('D1.2 states no consensus while it is not one, and no decision of the leader before two rounds', () => {
    const world = discussing();
    expect(ask(world, facilitator, 'conclude_elements', { elements: ['E2'] })).toMatchObject({
      rule: 'D1.2',
    });
    const decision = { element: 'E2', reason: 'no_agreement_in_reach' };
    expect(ask(world, program, 'decide_by_leader', decision)).toMatchObject(missing('two_rounds_first'));
  });

  it('D1.2 concludes an element all agree on', () => {
    const world = discussing();
    agreeAll(world, ['E2']);
    must(world, facilitator, 'conclude_elements', { elements: ['E2'] });
    expect(kindsOf(world).at(-1)).toBe('elements_concluded');
  });

  it('R1.1 adopts no version with one of the ten elements open', () => {
    const world = begun();
    acceptReadiness(world);
    settle(world, tenElements.slice(0, 9));
    expect(ask(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] })).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G1',
      missing: [{ code: 'R1.1', about: 'E10' }],
    });
  });

  it('R1.1 lets the version be adopted with all ten concluded, the other elements only warned of', () => {
    const world = begun();
    acceptReadiness(world);
    settle(world, tenElements);
    expect(ask(world, program, 'adopt_version', { heard: [] })).toMatchObject({
      code: 'acknowledgement_needed',
      rule: 'G1',
    });
    must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
  });
});

const change = { outcome: 'reopen_element', elements: ['E6'], reason: 'drift_found', heard: [] };

describe('a role that changes', () => {
  it('R0.5 warns when a role is changed and nobody with lived experience was asked', () => {
    const world = adoptedRole();
    expect(ask(world, program, 'decide_change', change)).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'R0.5' }],
    });
    must(world, program, 'decide_change', change, { acknowledge: ['R0.5'] });
    expect(kindsOf(world).slice(-2)).toEqual(['change_decided', 'warning_acknowledged']);
  });

  it('R0.5 has nothing to say when the adviser was asked', () => {
    const world = adoptedRole();
    must(world, program, 'decide_change', { ...change, heard: [theo] });
    expect(kindsOf(world).at(-1)).toBe('change_decided');
  });

  const employment = `employment-${'1'.repeat(26)}`;

  it('X18 asks the program leader about an element that drift has opened, the holder heard first', () => {
    const world = adoptedRole();
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    tell(world, employment, 'drift_reopens_element', { employment, element: 'E6' });
    expect(owed(world)).toContain('D1.4');
    expect(ask(world, program, 'decide_change', change)).toMatchObject(missing('holder_heard_first'));
  });

  it('X18 declines an element the role does not have', () => {
    const world = adoptedRole();
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    tell(world, employment, 'drift_reopens_element', { employment, element: 'E99' });
    expect(kindsOf(world).at(-1)).toBe('notice_declined');
    expect(owed(world)).not.toContain('D1.4');
  });
});

function entered(): World {
  const world = adoptedRole();
  enter(world, goodDuties);
  return world;
}

describe('the description', () => {
  it('D2.1 wants every duty classed, no duty twice, and none that is not on the list', () => {
    const world = entered();
    const classes = classesOf(goodDuties);
    const sheet = (some: readonly object[]) =>
      ask(world, theo, 'classify_duties', { list: 1, classes: some });
    expect(sheet(classes.slice(1))).toMatchObject({ rule: 'D2.1', ...missing('not_classified') });
    expect(sheet([...classes, ...classes.slice(0, 1)])).toMatchObject(missing('duty_twice'));
    expect(sheet([...classes, { duty: 'van', class: 'support' }])).toMatchObject({
      code: 'unknown_reference',
    });
  });

  it('D2.1 takes two whole sheets, one of them the adviser’s', () => {
    const world = entered();
    classify(world, 1, goodDuties);
    expect(kindsOf(world).slice(-2)).toEqual(['duties_classified', 'duties_screened']);
  });

  it('D2.4 keeps G2 shut while the wording is not decided, or with counsel', () => {
    const world = entered();
    const lacks = () => ask(world, dana, 'complete_description', {});
    expect(lacks()).toHaveProperty('missing', expect.arrayContaining([{ code: 'D2.4' }]));
    must(world, dana, 'propose_terms', { wording: 'needs_counsel' });
    must(world, compliance, 'confirm_terms', {});
    expect(lacks()).toHaveProperty(
      'missing',
      expect.arrayContaining([{ code: 'D2.4', about: 'needs_counsel' }]),
    );
  });

  it('D2.4 asks no more once a wording is approved by HR and compliance', () => {
    const world = entered();
    termsConfirmed(world);
    const { missing: lacks } = ask(world, dana, 'complete_description', {}) as {
      missing: readonly { code: string }[];
    };
    expect(lacks.map((one) => one.code)).not.toContain('D2.4');
    expect(owed(world)).not.toContain('D2.4');
  });

  it('D2.6 refuses a range upside down, and an approval by whoever proposed it', () => {
    const world = adoptedRole();
    const pay = {
      grade: 'G5',
      low: 2500,
      high: 2200,
      comparatorRole: 'case_manager_1',
      reason: 'comparator',
    };
    expect(ask(world, compensation, 'propose_pay', pay)).toMatchObject(missing('low_over_high'));
    expect(ask(world, hrDirector, 'approve_pay', { outcome: 'approved' })).toMatchObject(
      missing('nothing_proposed'),
    );
    world.assign(compensation, 'hr_director');
    must(world, compensation, 'propose_pay', { ...pay, low: 2200, high: 2500 });
    expect(ask(world, compensation, 'approve_pay', { outcome: 'approved' })).toMatchObject(
      missing('second_person_needed'),
    );
  });

  it('D2.6 publishes the range that two people agreed on', () => {
    const world = adoptedRole();
    payApproved(world);
    const range = world.cases.get(role)?.facts.find((one) => one.kind === 'pay_range');
    expect(range?.value).toBe('2200-2500');
  });

  const draft = { text: text('description'), requirements: [], hours: 'full_time', benefits: true };

  it('D2.8 is approved by another person of the other side, and not before there is a draft', () => {
    const world = entered();
    classify(world, 1, goodDuties);
    termsConfirmed(world);
    expect(ask(world, marisol, 'approve_description', {})).toMatchObject(missing('no_draft'));
    must(world, dana, 'draft_description', draft);
    expect(ask(world, dana, 'approve_description', {})).toMatchObject(missing('second_person_needed'));
  });

  it('D2.8 is done when HR and the supervisor have both spoken', () => {
    const world = describedRole();
    expect(kindsOf(world)).toContain('description_approved');
    expect(owed(world)).not.toContain('D2.8');
  });
});
