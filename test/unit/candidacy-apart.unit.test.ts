import { describe, expect, it } from 'vitest';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  accepted,
  application,
  ask,
  id,
  kindsOf,
  meets,
  must,
  offered,
  opening,
  ordered,
  people,
  screened,
  selected,
  sheet,
  tell,
  worldOn,
} from './candidacy-world.ts';
import { caseOf, moveTo, person } from './house.ts';

/** Nobody judges, settles or answers what is not theirs to. */

const [first = '', second = ''] = people.screeners;
const [marisol = '', theo = ''] = people.raters;
const stateOf = (world: World): CandidacyState => world.state(id) as CandidacyState;
const says = (rule: string, code: string) => ({
  ...{ refused: true, rule },
  missing: [expect.objectContaining({ code })],
});

function applied(): World {
  const world = worldOn('2025-03-11');
  must(world, people.candidate, 'open', application);
  return world;
}

describe('their own application', () => {
  it('D3.5 has no applicant as its reviewer, whoever seats them; another person takes the seat', () => {
    const world = applied();
    tell(world, { kind: 'screener_replaced', body: { screener: first, by: people.candidate } });
    expect(kindsOf(world).at(-1)).toBe('notice_declined');
    expect(ask(world, people.candidate, 'screen', meets)).toMatchObject({ refused: true });
    tell(world, { kind: 'screener_replaced', body: { screener: first, by: person('kim') } });
    expect(stateOf(world).reviewers.map((one) => one.person)).toEqual([second, person('kim')]);
  });

  it('D3.5 has no applicant as its rater; another person is one', () => {
    const world = screened();
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    tell(world, { kind: 'rater_replaced', body: { rater: marisol, by: people.candidate } });
    expect(stateOf(world).interview?.raters).toEqual(people.raters);
    tell(world, { kind: 'rater_replaced', body: { rater: marisol, by: person('kim') } });
    expect(stateOf(world).interview?.raters).toContain(person('kim'));
  });

  it('D3.5 refuses a sheet and a screening of the applicant, where an older row gave them the seat', () => {
    const world = applied();
    const own = stateOf(world);
    const reviewers = [{ person: people.candidate, since: 1, given: null, givenAt: 0 }];
    const context = { terms: {}, facts: { get: () => null } };
    const command = { type: 'screen', payload: meets };
    const input = { origin: 'ask', actor: people.candidate, command } as never;
    const answer = candidacy.decide({ ...own, reviewers }, input, context as never);
    expect(answer).toMatchObject(says('D3.5', 'own_application'));
    const interview = { raters: [people.candidate], sheetsOf: [], held: { on: '2025-04-04', at: 1 } };
    const rating = { ...own, stage: 'rating', interview } as never;
    const given = { type: 'submit_sheet', payload: sheet };
    const other = { origin: 'ask', actor: people.candidate, command: given } as never;
    expect(candidacy.decide(rating, other, context as never)).toMatchObject(says('D3.5', 'own_application'));
  });
});

describe('one person, one applicant', () => {
  const other = caseOf('candidacy', 'c-102-again');
  const again = (world: World) => {
    world.assign(people.candidate, 'candidate', other);
    return world.decide({ case: other, actor: people.candidate, type: 'open', payload: application });
  };

  it('R3.4 D3.4 refuses a second application to the same opening while the first is open', () => {
    expect(again(applied())).toMatchObject({
      ...{ rule: 'D3.4', missing: [{ code: 'already_applied', about: id }] },
    });
    const world = applied();
    const entered = { ...application, attested: false };
    expect(world.decide({ case: other, actor: people.hr, type: 'open', payload: entered })).toMatchObject({
      rule: 'D3.4',
    });
  });

  it('R3.4 D3.4 takes one after the first has ended, and X2 then opens the first no more', () => {
    const world = applied();
    must(world, people.candidate, 'withdraw');
    expect(again(world)).toHaveProperty('kinds', ['applied']);

    const silent = screened();
    must(silent, people.hr, 'ask_candidate', { topic: 'availability' });
    moveTo(silent, '2025-03-31');
    must(silent, people.hr, 'log_contact', { channel: 'call', on: '2025-03-31' });
    moveTo(silent, '2025-04-14');
    expect(stateOf(silent).outcome?.what).toBe('closed_no_response');
    const neighbour = silent.cases.get(opening);
    expect(neighbour).toBeDefined();
    const fact = { kind: 'applying', subject: `${opening}/${people.candidate}`, value: other };
    if (neighbour !== undefined)
      silent.place(opening, {
        ...neighbour,
        facts: [...neighbour.facts, { ...fact, case: other, sequence: 1 }],
      });
    expect(ask(silent, people.candidate, 'reopen')).toMatchObject(says('X2', 'already_applied'));
  });
});

describe('who is back after silence', () => {
  it('X2 D4.7 says whom their application takes for the hiring manager, as it did when they applied', () => {
    const told = (hires: readonly string[]) => {
      const world = screened();
      for (const hiringManager of hires)
        tell(world, { kind: 'hiring_manager_changed', body: { hiringManager } });
      must(world, people.hr, 'ask_candidate', { topic: 'availability' });
      moveTo(world, '2025-03-31');
      must(world, people.hr, 'log_contact', { channel: 'call', on: '2025-03-31' });
      moveTo(world, '2025-04-14');
      must(world, people.candidate, 'reopen');
      const row = world.rows.findLast((one) => one.kind === 'candidacy_reopened')!;
      const drafts = candidacy.notices(stateOf(world), row as never, { case: id } as never);
      return drafts.find((one) => one.kind === 'screened')?.body;
    };
    expect(told([person('marisol')])).toHaveProperty('hiringManager', person('marisol'));
    expect(told([])).not.toHaveProperty('hiringManager');
  });
});

describe('a difference of two reviewers', () => {
  const differ = (): World => {
    const world = worldOn('2025-03-11');
    world.assign(first, 'hr');
    must(world, people.candidate, 'open', application);
    must(world, first, 'screen', meets);
    const no = { ...meets, outcome: 'not_advanced', reason: 'RC_HOURS' };
    must(world, second, 'screen', no);
    return world;
  };
  const settled = { eligibility: 'meets_all', outcome: 'advance' };

  it('D3.4 is not settled by one of the two, though they hold HR as well', () => {
    expect(ask(differ(), first, 'settle_screening', settled)).toMatchObject(says('D3.4', 'own_difference'));
  });

  it('D3.4 is settled by HR who is no part of it', () => {
    const world = differ();
    must(world, people.hr, 'settle_screening', settled);
    expect(stateOf(world).stage).toBe('pool');
  });
});

describe('who stepped back', () => {
  it('R5.3 is asked for no place again, neither as mentor nor as supervisor; others are', () => {
    const world = accepted();
    const mentor = (who: string) =>
      ask(world, people.manager, 'assign_mentor', { mentor: who, kind: 'assigned' });
    const supervisor = (who: string, more: object = {}) =>
      ask(world, people.hr, 'assign_supervisor', {
        ...{ supervisor: who, outcome: 'qualified', trained: '2025-01-10' },
        ...more,
      });
    expect(mentor(people.mentor)).toHaveProperty('kinds');
    must(world, people.mentor, 'step_back');
    must(world, people.supervisor, 'step_back');
    expect(mentor(people.mentor)).toMatchObject(says('R5.3', 'stepped_back'));
    expect(mentor(people.supervisor)).toMatchObject(says('R5.3', 'stepped_back'));
    expect(supervisor(people.supervisor)).toMatchObject(says('R5.3', 'stepped_back'));
    const under = { second: people.supervisor, secondTrained: '2025-01-10' };
    expect(supervisor(person('indira'), under)).toMatchObject(says('R5.3', 'stepped_back'));
    expect(mentor(person('kim'))).toHaveProperty('kinds', ['mentor_assigned']);
    expect(supervisor(person('indira'))).toHaveProperty('kinds', ['supervisor_assigned']);
  });

  it('R5.3 a mentor who said no may be asked another time: that was an answer', () => {
    const world = accepted();
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
    must(world, people.mentor, 'answer_mentoring', { answer: 'declined' });
    must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
  });
});

describe('what only the candidate says', () => {
  const standIn = (world: World, type: string, payload: object) => {
    world.delegations.push({ from: people.candidate, to: people.hr, since: 0, until: null });
    return world.decide({ case: id, actor: people.hr, onBehalfOf: people.candidate, type, payload });
  };

  const own = { code: 'not_permitted', missing: [{ code: 'own_case' }] };

  it('D2.4 D5.1 D5.2 is said by no stand-in', () => {
    const entered = worldOn('2025-03-11');
    must(entered, people.hr, 'open', { ...application, attested: false });
    expect(standIn(entered, 'attest', {})).toMatchObject(own);
    expect(standIn(offered(), 'accept_offer', { version: 1 })).toMatchObject(own);
    expect(standIn(offered(), 'decline_offer', { version: 1 })).toMatchObject(own);
    expect(standIn(accepted(), 'answer_consent', { answer: 'given' })).toMatchObject(own);
  });

  it('X1 HR enters a withdrawal that somebody tells them of by their own office, and in nobody’s name', () => {
    const world = worldOn('2025-03-11');
    must(world, people.hr, 'open', { ...application, attested: false });
    must(world, people.candidate, 'attest');
    expect(standIn(world, 'withdraw', {})).toMatchObject(own);
    must(world, people.hr, 'withdraw', {});
    const row = world.rows.find(({ kind }) => kind === 'withdrawn');
    expect(row?.stamp).toMatchObject({ actor: people.hr, capacity: 'hr' });
  });
});

describe('domain 5.2: what the panel may read', () => {
  const capacities = (world: World, who: string): readonly string[] =>
    candidacy
      .relations(stateOf(world))
      .filter((one) => one.person === who)
      .map((one) => one.capacity);

  it('R4.3 ends with the selection: offers and outcomes of checks are not the panel’s', () => {
    const rating = screened();
    must(rating, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    expect(capacities(rating, theo)).toEqual(['panelist']);
    expect(capacities(rating, first)).toEqual(['screener']);
    for (const world of [selected(), offered(), ordered()]) {
      expect(capacities(world, people.raters[3] ?? '')).toEqual([]);
      expect(capacities(world, first)).toEqual([]);
      expect(capacities(world, people.candidate)).toEqual(['candidate']);
    }
    expect(capacities(accepted(), people.supervisor)).toEqual(['supervisor']);
  });
});
