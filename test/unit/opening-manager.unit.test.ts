import { describe, expect, it } from 'vitest';
import { evolve } from '../../src/domain/candidacy/evolve.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { accepted, ask, id, must, nearlyReady, ordered, people, screened, tell } from './candidacy-world.ts';
import { caseOf, moveTo, person } from './house.ts';
import { OpeningPair } from './opening-pair.ts';
import type { OpeningStage } from './opening-house.ts';
import { agreed, c102, closed, choice, selected } from './opening-play.ts';

/** The hiring manager leaves while the search goes on: what they owe passes on, and they are asked no more. */

const grace = { hiringManager: person('grace') };
const owners = (stage: OpeningStage, code: string) =>
  (stage.last?.obligations ?? []).filter((one) => one.code === code).map((one) => one.owner);
const idsOf = (stage: OpeningStage) => (stage.last?.obligations ?? []).map((one) => one.id);
/** Who was asked under a code from an instant on. */
const asked = (stage: OpeningStage, code: string, since: number) =>
  new Set(stage.prompts.filter((one) => one.code === code && one.sendAfter >= since).map((one) => one.to));

describe('another hiring manager', () => {
  it('D4.7 is asked to choose in place of the one who left, under an id of its own', () => {
    const stage = agreed();
    expect(owners(stage, 'D4.7')).toEqual([person('marisol')]);
    const before = idsOf(stage);
    stage.to('2025-04-11').must('dana', 'change_hiring_manager', grace);
    expect(owners(stage, 'D4.7')).toEqual([person('grace')]);
    expect(idsOf(stage).filter((one) => one.startsWith('D4.7/') && before.includes(one))).toEqual([]);
    const { at } = stage.rows.at(-1)!.stamp;
    stage.to('2025-04-25');
    expect([...asked(stage, 'D4.7', at)]).toContain(person('grace'));
    expect([...asked(stage, 'D4.7', at)]).not.toContain(person('marisol'));
    expect(stage.ask('marisol', 'select', choice)).toMatchObject({ code: 'not_permitted' });
    stage.must('grace', 'select', choice);
  });

  it('D3.7 confirms what HR proposed', () => {
    const stage = closed().to('2025-03-25');
    for (const who of ['marisol', 'theo', 'priya', 'luis'])
      stage.must(who, 'declare', { answer: 'none', attest: true });
    stage.hear(caseOf('candidacy', 'c-103'), {
      kind: 'screened',
      body: { candidacy: caseOf('candidacy', 'c-103'), outcome: 'advance', qualified: true },
    });
    stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
    stage.must('dana', 'change_hiring_manager', grace);
    expect(owners(stage, 'D3.7')).toEqual([person('grace')]);
    expect(stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' })).toMatchObject({ refused: true });
    stage.must('grace', 'confirm_pool', { outcome: 'proceed' });
  });

  it('D4.7 D3.5 is named by HR, is somebody else, and is nobody who applied here', () => {
    const stage = agreed();
    expect(stage.ask('theo', 'change_hiring_manager', grace)).toMatchObject({ code: 'not_permitted' });
    expect(stage.ask('dana', 'change_hiring_manager', { hiringManager: person('marisol') })).toMatchObject({
      missing: [{ code: 'already_so' }],
    });
    expect(stage.ask('dana', 'change_hiring_manager', { hiringManager: person(c102) })).toMatchObject({
      ...{ rule: 'D3.5', missing: [{ code: 'applies_here' }] },
    });
  });

  it('P5.4 is told to those who have a seat, and to nobody else', () => {
    const stage = selected();
    stage.must('dana', 'change_hiring_manager', grace);
    expect(stage.told('hiring_manager_changed').map((one) => [one.to, one.body])).toEqual([[c102, grace]]);
  });

  it('X26 is told to the search that fills the seats, for offers that follow and those under way', () => {
    const pair = new OpeningPair(closed()).to('2025-03-25');
    expect(pair.open(1)).not.toHaveProperty('refused');
    const late = { hiringManager: person('noor') };
    pair.second.must('dana', 'change_hiring_manager', late);
    pair.settle();
    expect(pair.first.state().seats.at(-1)).toMatchObject({ of: pair.second.id, manager: person('noor') });
    expect(pair.first.state().hiringManager).toBe(person('marisol'));
    const foreign = { kind: 'joined_manager_changed', body: { opening: pair.second.id, ...grace } } as const;
    pair.first.hear(caseOf('opening', 'other'), foreign);
    expect(pair.first.kinds().at(-1)).toBe('notice_declined');
  });
});

const managerOf = (world: ReturnType<typeof accepted>) => (world.state(id) as CandidacyState).hiringManager;
const changed = { kind: 'hiring_manager_changed', body: { hiringManager: person('grace') } } as const;

describe('a start under another hiring manager', () => {
  it('P5.4 P5.5 asks the new one from now on, and the one who left no more', () => {
    const world = accepted();
    const of = (code: string) =>
      world.obligations(id).filter((one) => one.code === code && one.owner === person('grace'));
    expect(of('P5.4')).toEqual([]);
    tell(world, changed);
    expect(managerOf(world)).toBe(person('grace'));
    expect(of('P5.4')).toHaveLength(1);
    expect(of('P5.5')).toHaveLength(1);
    const at = world.now;
    moveTo(world, '2025-05-09');
    const to = (code: string) =>
      new Set(world.prompts.filter((one) => one.code === code && one.sendAfter > at).map((one) => one.to));
    for (const code of ['P5.4', 'P5.5']) {
      expect([...to(code)]).toContain(person('grace'));
      expect([...to(code)]).not.toContain(people.manager);
    }
    must(world, person('grace'), 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
  });

  it('R5.5 D5.7 whoever leads the hire from now on mentors them no longer, and another mentor is asked for', () => {
    const world = accepted();
    const grace = person('grace');
    must(world, people.manager, 'assign_mentor', { mentor: grace, kind: 'assigned' });
    must(world, grace, 'answer_mentoring', { answer: 'accepted' });
    const mentor = () => (world.state(id) as CandidacyState).pre.mentor?.person ?? null;
    expect(mentor()).toBe(grace);
    tell(world, { kind: 'hiring_manager_changed', body: { hiringManager: person('lee') } });
    expect(mentor()).toBe(grace);
    tell(world, changed);
    expect(mentor()).toBeNull();
    expect(world.obligations(id).some((one) => one.owner === grace && one.code === 'P5.4')).toBe(true);
    expect(ask(world, grace, 'assign_mentor', { mentor: grace, kind: 'assigned' })).toMatchObject({
      rule: 'R5.5',
    });
    must(world, grace, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
    expect(mentor()).toBe(people.mentor);
  });

  it('R5.5 a row from before the mentor was let go keeps them: the gate it passed later is proven as it was', () => {
    const world = accepted();
    must(world, people.manager, 'assign_mentor', { mentor: person('grace'), kind: 'assigned' });
    must(world, person('grace'), 'answer_mentoring', { answer: 'accepted' });
    const before = world.state(id) as CandidacyState;
    tell(world, changed);
    const row = world.rows.findLast((one) => one.kind === 'hiring_manager_changed')!;
    expect(row).toMatchObject({ kind: 'hiring_manager_changed', body: { ...grace, mentor: 'to_name' } });
    const { stamp } = row;
    const old = evolve(before, { kind: 'hiring_manager_changed', body: grace, stamp });
    expect([old.hiringManager, old.pre.mentor?.person]).toEqual([person('grace'), person('grace')]);
  });

  it('P5.6 a welcome is from whoever mentors now: another mentor is asked for theirs', () => {
    const world = nearlyReady(ordered(accepted()));
    const lee = person('lee');
    moveTo(world, '2025-05-07');
    must(world, people.mentor, 'record_welcome');
    const owed = () => world.obligations(id).filter((one) => one.code === 'P5.6');
    expect(owed()).toEqual([]);
    must(world, people.manager, 'assign_mentor', { mentor: lee, kind: 'assigned' });
    must(world, lee, 'answer_mentoring', { answer: 'accepted' });
    expect(owed().map((one) => one.owner)).toEqual([lee]);
    must(world, lee, 'record_welcome');
    expect(owed()).toEqual([]);
  });

  it('P5.4 means nothing to somebody who has no seat', () => {
    const world = screened();
    tell(world, changed);
    expect(managerOf(world)).toBeNull();
    expect(world.rows.at(-1)?.kind).toBe('notice_declined');
  });
});
