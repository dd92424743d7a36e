import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { underFloor } from '../../src/domain/employment/cadence.ts';
import { employment } from '../../src/domain/employment/decider.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Profile } from '../../src/domain/kernel/policy.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { factsFrom } from '../../src/domain/kernel/facts.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { parseCommand } from '../../src/contracts/commands.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import type { World } from '../../src/sandbox/world.ts';
import { upTo } from './forecast-house.ts';
import { at, cast, northsideTerms } from './northside-house.ts';

const terms = northsideTerms();
const dcProfile = new URL('../../policies/profiles/dc.json', import.meta.url);
const before = ['G0', 'G1', 'G2', 'G3', 'G4', 'G5'];
const id = `employment-${opaque('adopted')}`;
const who = {
  hr: cast.person('dana'),
  hrDirector: cast.person('amara'),
  director: cast.person('robin'),
  supervisor: cast.person('marisol'),
  second: cast.person('theo'),
  manager: cast.person('grace'),
  person: `prs_${opaque('somebody who came over')}`,
};
const payload = {
  ...{ site: cast.site, person: who.person, role: cast.caseId('role'), dayOne: '2022-03-07' },
  ...{ supervisor: who.supervisor, second: null, manager: who.manager, weeks: 2 },
  credential: { status: 'verified', validTo: '2026-03-31' },
  exclusionCheckedOn: '2025-05-20',
};
let world: World;

beforeEach(() => {
  world = rehearse(upTo('2025-06-02 12:00'), cast, terms).world;
});

const propose = (over: object = {}, actor = who.hr, of = id) =>
  world.decide({ case: of, actor, type: 'adopt', payload: { ...payload, ...over } });
const confirm = (actor: string, of = id) =>
  world.decide({ case: of, actor, type: 'confirm_adoption', payload: {} });
/** By HR and the director of HR. */
const adopt = (over: object = {}, actor = who.hr) => {
  const first = propose(over, actor);
  return isRefusal(first) ? first : confirm(who.hrDirector);
};
const refusal = (answer: ReturnType<World['decide']>) =>
  isRefusal(answer) ? [answer.code, answer.rule, ...answer.missing.map((one) => one.code)] : 'accepted';
const owed = (code: string) =>
  world
    .obligations(id)
    .filter((one) => one.code === code)
    .map((one) => dateOf(terms.calendar, one.due));
const state = () => world.state(id) as EmploymentState;

describe('adopt: an employment that began elsewhere', () => {
  it('D7.6 keeps the floor of the policy and of the jurisdiction, and weekly sessions until the certificate', () => {
    expect(refusal(adopt({ weeks: 8 }))).toEqual(['rule_blocks', 'D7.6', 'floor']);
    const onTheWay = { credential: { status: 'in_progress_with_deadline', validTo: '2026-01-31' } };
    expect(refusal(adopt(onTheWay))).toEqual(['rule_blocks', 'D7.6', 'D5.4']);
    expect(refusal(adopt({ dayOne: '2025-02-03' }))).toEqual(['rule_blocks', 'D7.6', 'CADENCE']);
    const { policy } = terms;
    const dc = inJurisdiction(policy, JSON.parse(readFileSync(dcProfile, 'utf8')) as Profile);
    expect(underFloor(2, '2025-06-02', policy)).toBe(false);
    expect(underFloor(2, '2025-06-02', dc)).toBe(true);
    expect(underFloor(1, '2025-06-02', dc)).toBe(false);
  });

  it('stands in supervision; sessions and rounds go on, and nothing is owed for what lies before', () => {
    expect(refusal(adopt())).toBe('accepted');
    expect(employment.standing(state())).toEqual({ stage: 'supervision', status: 'open' });
    const since = world.obligations(id).filter((one) => one.due < at('2025-06-02 12:00'));
    expect(since).toEqual([]);
    const codes = new Set(world.obligations(id).map((one) => one.code));
    for (const code of ['P7.1', 'P7.3', 'P7.7', 'P6.4', 'D8.1']) expect([...codes], code).toContain(code);
    for (const [code, day] of [
      ['P9.4', '2026-03-09'],
      ['P9.5', '2025-07-07'],
      ['REFLECT', '2025-07-07'],
    ] as const)
      expect(owed(code), code).toEqual([day]);
    for (const code of ['D6.1', 'P6.1', 'P6.2', 'D6.2', 'D6.6']) expect([...codes], code).not.toContain(code);
    // Its credential has a clock of its own from now on, and the next review is the annual one.
    expect(world.cases.has(state().job?.clock ?? '')).toBe(true);
    const reviews = world.obligations(id).filter((one) => one.code === 'D8.1');
    expect(reviews.map((one) => one.id.split(':')[1])).toEqual(['annual']);
  });

  it('G0 to G8 before it are for ever not witnessed: no gate is passed by it, and G6 never says that it holds', () => {
    adopt();
    const rows = world.rows.filter((row) => row.case === id);
    const passed = rows.flatMap(
      (row) => (employment.requires as Record<string, readonly string[]>)[row.kind] ?? [],
    );
    expect(passed).toEqual([]);
    expect(state().job?.notWitnessed).toEqual([...before, 'D6.2', 'R6.1', 'G6', 'G8']);
    world.advanceTo(at('2026-04-01 12:00'));
    expect(state().job?.notWitnessed).toContain('G5');
    const asked = { facts: factsFrom([]), terms, now: world.now };
    for (const gate of ['G6', 'D6.2', 'R6.1'])
      expect(employment.gates[gate]?.missing(state(), asked), gate).toEqual([{ code: 'not_witnessed' }]);
    const here = world.state(cast.caseId('employment')) as EmploymentState;
    expect(here.job?.notWitnessed).toBeUndefined();
  });

  it('waits until the first months are over, for a role that is described here, and for people apart', () => {
    expect(refusal(adopt({ dayOne: '2025-05-05' }))).toEqual(['not_expected_now', 'G6', 'first_months_over']);
    expect(refusal(adopt({ role: `role-${opaque('another')}` }))).toEqual([
      'rule_blocks',
      'G2',
      'role_described',
    ]);
    expect(refusal(adopt({ supervisor: who.person }))).toEqual(['rule_blocks', 'D7.7', 'another_person']);
    expect(refusal(adopt({ second: who.supervisor }))).toEqual([
      'rule_blocks',
      'D7.7',
      'two_different_people',
    ]);
    expect(refusal(adopt({ exclusionCheckedOn: '2025-06-30' }))).toEqual([
      ...['rule_blocks', 'P7.7', 'day_not_in_future'],
    ]);
  });

  it('is HR’s, and once only', () => {
    expect(refusal(adopt({}, who.supervisor))).toContain('not_permitted');
    adopt();
    expect(refusal(adopt())).toEqual(['already_open', 'ADOPT']);
  });

  it('ADOPT: two people take it over; until the second has, nobody is employed and one item waits', () => {
    expect(refusal(propose())).toBe('accepted');
    expect(employment.standing(state())).toEqual({ stage: 'adoption', status: 'open' });
    const waits = world.obligations(id).map(({ code, owner }) => [code, owner]);
    expect(waits).toEqual([['ADOPT', `hr_director@${cast.site}`]]);
    expect(employment.facts(state(), id)).toEqual([]);
    world.advanceTo(at('2025-06-04 12:00'));
    world.assign(who.hr, 'hr_director');
    expect(refusal(confirm(who.hr))).toEqual(['rule_blocks', 'ADOPT', 'second_person_needed']);
    expect(refusal(confirm(who.director))).toBe('accepted');
    // It counts from the day of the second word.
    const row = world.rows.find((one) => one.kind === 'employment_adopted');
    expect(row?.body).toMatchObject({ on: '2025-06-04' });
    expect(refusal(confirm(who.director))).toEqual(['not_expected_now', 'ADOPT', 'nothing_proposed']);
    expect(world.obligations(id).map(({ code }) => code)).not.toContain('ADOPT');
  });

  it('ADOPT: may be taken back until then, and nothing is left of it', () => {
    propose();
    world.must({ case: id, actor: who.hr, type: 'withdraw_adoption', payload: {} });
    expect(employment.standing(state())).toEqual({ stage: 'ended', status: 'final' });
    expect(world.obligations(id)).toEqual([]);
    expect(refusal(confirm(who.hrDirector))).toEqual(['not_expected_now', 'ADOPT', 'nothing_proposed']);
    expect(refusal(propose())).toEqual(['already_open', 'ADOPT']);
  });

  it('ADOPT: nobody is employed here twice, also when both were proposed before either was confirmed', () => {
    const another = `employment-${opaque('adopted once more')}`;
    const twice = ['rule_blocks', 'ADOPT', 'employed_here_already'];
    expect(refusal(propose({ person: cast.person('c102') }))).toEqual(twice);
    propose();
    expect(refusal(propose({}, who.hr, another))).toBe('accepted');
    expect(refusal(confirm(who.hrDirector))).toBe('accepted');
    expect(refusal(confirm(who.hrDirector, another))).toEqual(twice);
    expect(refusal(propose({}, who.hr, `employment-${opaque('a third')}`))).toEqual(twice);
  });

  it('R5.2 a supervisor is qualified, by what is on record or what HR says; or one beside is who is', () => {
    const supervisor = cast.person('priya');
    const blocks = ['rule_blocks', 'R5.2', 'supervisor_qualified'];
    expect(refusal(propose({ supervisor }))).toEqual(blocks);
    // Trained too long ago, or on a day to come.
    expect(refusal(propose({ supervisor, trained: '2023-05-05' }))).toEqual(blocks);
    expect(refusal(propose({ supervisor, trained: '2025-06-30' }))).toEqual([
      ...['rule_blocks', 'R5.2', 'training_not_yet_held'],
    ]);
    expect(refusal(adopt({ supervisor, trained: '2025-01-20' }))).toBe('accepted');
    expect(state().job?.trained).toEqual({ [supervisor]: '2025-01-20' });
    const beside = `employment-${opaque('beside')}`;
    const person = `prs_${opaque('another who came over')}`;
    const pair = { person, supervisor: cast.person('luis'), second: who.supervisor };
    expect(refusal(propose(pair, who.hr, beside))).toBe('accepted');
  });

  it('R5.2 is asked again of the second person: what ended meanwhile counts no more', () => {
    const supervisor = cast.person('priya');
    propose({ supervisor, trained: '2023-06-03' });
    world.advanceTo(at('2025-06-05 12:00'));
    expect(refusal(confirm(who.hrDirector))).toEqual(['rule_blocks', 'R5.2', 'supervisor_qualified']);
  });

  it('nobody brings over or confirms their own employment', () => {
    world.assign(who.person, 'hr');
    world.assign(who.person, 'hr_director');
    const own = ['rule_blocks', 'ADOPT', 'own_employment'];
    expect(refusal(propose({}, who.person))).toEqual(own);
    propose();
    expect(refusal(confirm(who.person))).toEqual(own);
  });

  it('lives on like any other: a year in silence, and an end without a search to tell of it', () => {
    adopt();
    world.advanceTo(at('2026-01-15 12:00'));
    expect(world.ids('review').length).toBeGreaterThan(0);
    world.must({
      ...{ case: id, actor: who.person, type: 'resign' },
      payload: { how: 'resigned', lastDay: '2026-02-27', reasons: ['moved'] },
    });
    world.advanceTo(at('2026-03-10 12:00'));
    expect(employment.standing(state()).stage).toBe('ended');
    expect(JSON.stringify(state()).length).toBeLessThan(8_192);
  });
});

describe('the agenda that the two share (stage 7)', () => {
  const own = cast.caseId('employment');
  const put = (actor: string, topics: readonly string[]) =>
    world.decide({ case: own, actor, type: 'put_on_agenda', payload: { topics } });
  const agenda = () => (world.state(own) as EmploymentState).sessions.agenda;

  it('either side adds topics; they stay until they were talked about', () => {
    expect(refusal(put(cast.person('c102'), ['workload', 'growth']))).toBe('accepted');
    expect(refusal(put(who.supervisor, ['credential', 'growth']))).toBe('accepted');
    expect(agenda()).toEqual({ workload: 'employee', growth: 'employee', credential: 'supervisor' });
    expect(refusal(put(who.supervisor, ['growth']))).toEqual(['nothing_to_do', 'D7.1']);
    world.advanceTo(at('2025-06-03 15:00'));
    const log = { session: '2025-06-03', outcome: 'held', minutes: 60, mode: 'in_person', actions: [] };
    const actor = world
      .obligations(own)
      .find((one) => one.id.startsWith('P7.1:2025-06-03') && one.id.includes(':supervisor:'))?.owner;
    world.must({
      case: own,
      actor: actor ?? '',
      type: 'log_session',
      payload: { ...log, topics: ['workload'] },
    });
    expect(agenda()).toEqual({ growth: 'employee', credential: 'supervisor' });
  });

  it('takes topic codes of the work alone, and nobody else’s', () => {
    expect(isRefusal(parseCommand('employment', 'put_on_agenda', { topics: ['health'] }))).toBe(true);
    expect(isRefusal(parseCommand('employment', 'put_on_agenda', { topics: ['growth'], note: 'x' }))).toBe(
      true,
    );
    expect(refusal(put(who.hr, ['growth']))).toContain('not_permitted');
  });
});
