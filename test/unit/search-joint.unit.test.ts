import { describe, expect, it } from 'vitest';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { CaseId } from '../../src/domain/kernel/words.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { isApart } from '../../src/client/ask-reader.ts';
import { caseOf, moveTo, person, site, worldAt } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import {
  advance,
  agreed,
  c101,
  c102,
  c103,
  choice,
  closed,
  openPayload,
  questions,
  selected,
} from './opening-play.ts';

/** A search and its candidacies together: what one of them is told, and what the others make of it. */

const id = caseOf('opening', 'northside-1');
const all = [c101, c102, c103];
const stateOf = (world: World, of: CaseId) => world.state(of) as CandidacyState;

const must = (world: World, of: CaseId, who: string, type: string, payload: object = {}) =>
  world.must({ case: of, actor: person(who), type, payload });
const attest = (world: World, ...who: readonly string[]) => {
  for (const one of who) must(world, id, one, 'declare', { answer: 'none', attest: true });
};

function posted(): World {
  const world = worldAt('2025-02-28');
  const { facts } = new OpeningStage().ready();
  const nobody = { own: {}, base: { site, sequence: 1, terms: null as never, sent: {}, undelivered: [] } };
  const rest = { nextWake: null, obligations: [], facts, final: false };
  world.place(caseOf('readiness', 'northside'), { held: nobody, ...rest });
  world.assign(person('dana'), 'hr');
  const screeners = ['dana', 'marisol'].map(person);
  must(world, id, 'dana', 'open', { ...openPayload(new OpeningStage()), screeners });
  must(world, id, 'dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
  world.must({
    case: id,
    actor: person('dana'),
    type: 'approve_posting',
    payload: {},
    acknowledge: ['R0.4'],
  });
  moveTo(world, '2025-03-03');
  must(world, id, 'dana', 'post', { closeOn: '2025-03-24' });
  return world;
}

/** Three in the pool; no alternate is left, and the interviews are planned. */
function planned(): World {
  const world = posted();
  moveTo(world, '2025-03-05');
  for (const one of all) {
    const who = person(one);
    world.assign(who, 'candidate', one);
    world.must({
      case: one,
      actor: who,
      type: 'open',
      payload: { site, opening: id, person: who, attested: true },
    });
    if (one === c101) attest(world, 'dana', 'marisol');
    for (const reviewer of ['dana', 'marisol'])
      must(world, one, reviewer, 'screen', {
        eligibility: 'meets_all',
        outcome: 'advance',
        willNotLookUp: true,
      });
  }
  moveTo(world, '2025-03-24');
  must(world, id, 'dana', 'close_posting');
  must(world, id, 'luis', 'declare', { answer: 'recuse' });
  attest(world, 'marisol', 'theo', 'priya', 'ana');
  must(world, id, 'dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
  must(world, id, 'marisol', 'confirm_pool', { outcome: 'proceed' });
  must(world, id, 'dana', 'mark_questions', {
    questions: questions.map((one) => ({ id: one, status: 'approved' })),
  });
  must(world, id, 'dana', 'plan_interviews', { firstDay: '2025-04-03', lastDay: '2025-04-04', questions });
  return world;
}

/** The three are met on 3 April. */
function met(world: World, raters: readonly string[]): void {
  moveTo(world, '2025-04-01');
  for (const one of all) must(world, one, 'dana', 'send_questions');
  for (const who of raters) must(world, id, who, 'confirm_attendance');
  moveTo(world, '2025-04-03', '16:00');
  for (const one of all) must(world, one, 'dana', 'record_interview', { held: '2025-04-03' });
}

describe('conversations that are held anew', () => {
  it('X6 X2 closes nobody for times of weeks ago: HR owes new ones to all alike', () => {
    const world = planned();
    must(world, c101, 'dana', 'offer_slots', { slots: [{ on: '2025-04-03', at: '10:00' }] });
    moveTo(world, '2025-03-26');
    must(world, c101, 'dana', 'log_contact', { channel: 'call', on: '2025-03-26' });
    for (const [n, one] of all.entries())
      must(world, one, 'dana', 'schedule_interview', { on: '2025-04-03', at: `1${n}:00` });
    met(world, ['marisol', 'theo', 'priya', 'ana']);
    moveTo(world, '2025-04-09');
    must(world, id, 'dana', 'drop_rater', { rater: person('priya') });
    must(world, id, 'dana', 'order_re_interview', { drop: person('theo') });
    moveTo(world, '2025-04-09', '10:05');
    for (const one of all) {
      expect([stateOf(world, one).stage, stateOf(world, one).outcome]).toEqual(['pool', null]);
      const owed = world.obligations(one).filter(({ code }) => code === 'SCHEDULE');
      expect(owed.map(({ owner }) => owner)).toEqual([holder('hr', site)]);
    }
  });
});

describe('a seat that stood empty while an hour was agreed', () => {
  it('D4.2 R4.3 is of every conversation once it is filled: all candidates have the same raters', () => {
    const world = planned();
    must(world, c101, 'dana', 'schedule_interview', { on: '2025-04-03', at: '10:00' });
    must(world, id, 'priya', 'declare', { answer: 'recuse' });
    must(world, c102, 'dana', 'schedule_interview', { on: '2025-04-03', at: '11:00' });
    const sam = { seat: 'panel:3', person: person('sam'), inRole: false, trained: true };
    must(world, id, 'dana', 'fill_seat', sam);
    must(world, c103, 'dana', 'schedule_interview', { on: '2025-04-03', at: '12:00' });
    const ratersOf = (one: CaseId) => stateOf(world, one).interview?.raters.toSorted();
    expect(ratersOf(c102)).toContain(person('sam'));
    expect(ratersOf(c102)).toEqual(ratersOf(c101));
    expect(ratersOf(c103)).toEqual(ratersOf(c101));
    // Said twice, nobody sits there twice.
    expect(new Set(ratersOf(c102)).size).toBe(ratersOf(c102)?.length);
  });
});

describe('whoever stood aside', () => {
  it('D3.5 reads no applicant of the search any more, whatever they were in it', () => {
    const world = planned();
    const search = world.state(id) as never;
    expect(isApart(search, person('luis'))).toBe(true);
    for (const who of ['theo', 'dana', 'ana']) expect(isApart(search, person(who))).toBe(false);
  });

  it('D3.5 D4.7 has chosen nobody: a selection of theirs is not confirmed, and whoever hires next proposes anew', () => {
    const stage = agreed();
    stage.must('marisol', 'select', choice);
    stage.must('marisol', 'declare', { answer: 'recuse' });
    expect(stage.ask('dana', 'confirm_selection')).toMatchObject({
      ...{ rule: 'D3.5', missing: [{ code: 'change_hiring_manager' }] },
    });
    const owes = (code: string) => (stage.last?.obligations ?? []).filter((one) => one.code === code);
    expect(owes('G4')).toEqual([]);
    stage.must('dana', 'change_hiring_manager', { hiringManager: person('grace') });
    expect(stage.ask('dana', 'confirm_selection')).toMatchObject({ missing: [{ code: 'D4.7' }] });
    expect(owes('D4.7').map(({ owner }) => owner)).toEqual([person('grace')]);
    stage.must('grace', 'select', choice);
    expect(owes('G4').map(({ owner }) => owner)).toEqual([holder('hr', site)]);
  });

  it('D3.5 X28 may do so in a pause too, and HR names another one meanwhile', () => {
    const stage = agreed();
    stage.must('vera', 'pause_search', { until: '2025-05-12', why: 'hiring_freeze' });
    stage.must('marisol', 'declare', { answer: 'recuse' });
    stage.must('dana', 'change_hiring_manager', { hiringManager: person('grace') });
    expect(stage.state().hiringManager).toBe(person('grace'));
  });

  it('D3.5 after the selection they may as long as somebody is on the way, and HR is asked for another', () => {
    const stage = selected();
    stage.must('dana', 'change_hiring_manager', { hiringManager: person('grace') });
    stage.must('grace', 'declare', { answer: 'recuse' });
    const owed = (stage.last?.obligations ?? []).filter((one) => one.id.startsWith('D3.5/manager:'));
    expect(owed.map(({ owner }) => owner)).toEqual([holder('hr', site)]);
  });

  it('D3.5 D3.7 has proposed no pool either', () => {
    const stage = closed().to('2025-03-25');
    advance(stage, c103);
    for (const who of ['marisol', 'theo', 'priya', 'luis'])
      stage.must(who, 'declare', { answer: 'none', attest: true });
    stage.must('marisol', 'propose_pool', { outcome: 'proceed', reasons: [] });
    stage.must('marisol', 'declare', { answer: 'recuse' });
    expect(stage.ask('dana', 'confirm_pool', { outcome: 'proceed' })).toMatchObject({
      ...{ rule: 'D3.5', missing: [{ code: 'change_hiring_manager' }] },
    });
  });
});
