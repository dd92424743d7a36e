import { describe, expect, it } from 'vitest';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import type { CaseId } from '../../src/domain/kernel/words.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { isApart } from '../../src/client/ask-reader.ts';
import { moveTo, person, site } from './house.ts';
import { advance, agreed, c101, c102, c103, choice, closed, selected } from './opening-play.ts';
import { ask, id, planned } from './opening-world.ts';

/** A search and its candidacies together: what one of them is told, and what the others make of it. */

const all = [c101, c102, c103];
const stateOf = (world: World, of: CaseId) => world.state(of) as CandidacyState;

/** The three are met on 3 April. */
function met(world: World, raters: readonly string[]): void {
  moveTo(world, '2025-04-01');
  for (const one of all) ask(world, one, 'dana', 'send_questions');
  for (const who of raters) ask(world, id, who, 'confirm_attendance');
  moveTo(world, '2025-04-03', '16:00');
  for (const one of all) ask(world, one, 'dana', 'record_interview', { held: '2025-04-03' });
}

describe('conversations that are held anew', () => {
  it('X6 X2 closes nobody for times of weeks ago: HR owes new ones to all alike', () => {
    const world = planned();
    ask(world, c101, 'dana', 'offer_slots', { slots: [{ on: '2025-04-03', at: '10:00' }] });
    moveTo(world, '2025-03-26');
    ask(world, c101, 'dana', 'log_contact', { channel: 'call', on: '2025-03-26' });
    for (const [n, one] of all.entries())
      ask(world, one, 'dana', 'schedule_interview', { on: '2025-04-03', at: `1${n}:00` });
    met(world, ['marisol', 'theo', 'priya', 'ana']);
    moveTo(world, '2025-04-09');
    ask(world, id, 'dana', 'drop_rater', { rater: person('priya') });
    ask(world, id, 'dana', 'order_re_interview', { drop: person('theo') });
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
    ask(world, c101, 'dana', 'schedule_interview', { on: '2025-04-03', at: '10:00' });
    ask(world, id, 'priya', 'declare', { answer: 'recuse' });
    ask(world, c102, 'dana', 'schedule_interview', { on: '2025-04-03', at: '11:00' });
    const sam = { seat: 'panel:3', person: person('sam'), inRole: false, trained: true };
    ask(world, id, 'dana', 'fill_seat', sam);
    ask(world, c103, 'dana', 'schedule_interview', { on: '2025-04-03', at: '12:00' });
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
