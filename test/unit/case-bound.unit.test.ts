import { describe, expect, it } from 'vitest';
import { capacitiesOf } from '../../src/domain/kernel/can.ts';
import {
  accepted,
  application,
  ask,
  id,
  kindsOf,
  must,
  offered,
  ordered,
  people,
} from './candidacy-world.ts';
import { worldOn } from './candidacy-world.ts';
import { clockOn } from './clock-house.ts';
import { caseOf, person, site } from './house.ts';
import { agreed, c102, c103, choice } from './opening-play.ts';

/** Domain 2.1 and 5.2: what somebody is in one selection they are in no other, whatever they hold at the site. */

const other = person('another applicant');
const notPermitted = { refused: true, code: 'not_permitted' };

describe('a candidate at the site', () => {
  it.each([
    ['withdraw', {}],
    ['accept_offer', { version: 1 }],
    ['decline_offer', { version: 1 }],
  ] as const)('D5.1 X1 is no candidate of another candidacy: %s', (type, payload) => {
    const world = offered();
    world.assign(other, 'candidate');
    expect(ask(world, other, type, payload)).toMatchObject(notPermitted);
    must(world, people.candidate, type, payload);
  });

  it('D2.4 D5.2 ticks no statement and gives no consent in another’s', () => {
    const entered = worldOn('2025-03-11');
    must(entered, people.hr, 'open', { ...application, attested: false });
    entered.assign(other, 'candidate');
    expect(ask(entered, other, 'attest')).toMatchObject(notPermitted);
    const world = accepted();
    world.assign(other, 'candidate');
    expect(ask(world, other, 'answer_consent', { answer: 'given' })).toMatchObject(notPermitted);
  });

  it('D3.6 closes nobody else’s request', () => {
    const clock = clockOn('2025-04-01');
    const officer = person('accommodation officer');
    clock.assign(officer, 'accommodation_officer');
    const request = { site, person: people.candidate, parent: id };
    clock.must(officer, 'request_accommodation', request);
    clock.assign(other, 'candidate');
    expect(clock.ask(other, 'close_request', {})).toMatchObject(notPermitted);
    clock.must(people.candidate, 'close_request', {});
  });

  it('D3.3 applies for themselves, and nothing has to say so before', () => {
    const world = worldOn('2025-03-11');
    const own = { ...application, person: other };
    expect(ask(world, person('stranger'), 'open', own)).toMatchObject(notPermitted);
    must(world, other, 'open', own);
    expect(kindsOf(world)[0]).toBe('applied');
    expect(world.rows[0]?.stamp.capacity).toBe('candidate');
  });
});

describe('the people of another search', () => {
  const reach = (scope: string) => ({
    scopes: ['org_x', site, id],
    assignments: [{ person: other, capacity: 'panelist' as const, scope, from: 0, to: null }],
    ...{ delegations: [], relations: [], at: 1 },
  });

  it('D5.7 a hiring manager at the site asks nobody to be the mentor of another’s hire', () => {
    const world = ordered();
    world.assign(other, 'hiring_manager');
    const mentor = { mentor: person('m'), kind: 'assigned' };
    expect(ask(world, other, 'assign_mentor', mentor)).toMatchObject(notPermitted);
    must(world, people.manager, 'assign_mentor', mentor);
  });

  it('D4.5 D4.7 a panelist or a hiring manager at the site has no say in another’s consensus or selection', () => {
    const stage = agreed();
    stage.assign('pan', 'panelist');
    stage.assign('other', 'hiring_manager');
    const results = [
      { candidacy: c102, outcome: 'not_recommended', reasons: ['RC_REL'] },
      { candidacy: c103, outcome: 'recommend_1', reasons: [] },
    ];
    expect(stage.ask('pan', 'state_consensus', { results })).toMatchObject(notPermitted);
    expect(stage.ask('other', 'select', choice)).toMatchObject(notPermitted);
    stage.must('marisol', 'select', choice);
  });

  it('D4.5 counts an assignment to the case itself, and none to the site or the organization', () => {
    expect(capacitiesOf(other, reach(id))).toEqual(['panelist']);
    for (const scope of [site, 'org_x', caseOf('candidacy', 'elsewhere')])
      expect(capacitiesOf(other, reach(scope))).toEqual([]);
  });
});
