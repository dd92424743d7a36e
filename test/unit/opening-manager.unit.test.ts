import { describe, expect, it } from 'vitest';
import { doingHere } from '../../src/cli/doing.ts';
import { isApart } from '../../src/client/ask-reader.ts';
import { evolve } from '../../src/domain/candidacy/evolve.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import { managerNotices } from '../../src/domain/opening/decide-manager.ts';
import { candidacyOf } from '../../src/domain/opening/state.ts';
import { textKey } from '../../src/notify/prompt-texts.ts';
import { accepted, application, ask, id, interviewed, must, nearlyReady } from './candidacy-world.ts';
import { openingSays, ordered, people, screened, sheet, tell, worldOn } from './candidacy-world.ts';
import { caseOf, moveTo, person, site, termsForTests } from './house.ts';
import { OpeningPair } from './opening-pair.ts';
import type { OpeningStage } from './opening-house.ts';
import { agreed, c102, closed, choice, posted, selected } from './opening-play.ts';

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

  const toldOf = (stage: OpeningStage) =>
    stage
      .told('hiring_manager_changed')
      .filter((one) => (one.body as typeof grace).hiringManager === grace.hiringManager)
      .map((one) => one.to);

  it('P5.4 is told to those who have a seat, and to nobody who is out', () => {
    const stage = selected();
    stage.must('dana', 'change_hiring_manager', grace);
    const standing = stage.state().rows.filter((row) => row.s === 're' || row.s === 'se');
    expect(standing.length).toBeGreaterThan(1);
    expect(toldOf(stage).toSorted()).toEqual(standing.map(candidacyOf).toSorted());
    expect(toldOf(stage)).toContain(c102);
  });

  it('D4.7 is told to everybody in the running: who chooses reads the applications, who left reads none', () => {
    const stage = agreed();
    const before = stage.state().rows.filter((row) => row.s === 'ad');
    expect(before.length).toBeGreaterThan(1);
    stage.must('dana', 'change_hiring_manager', grace);
    expect(toldOf(stage).toSorted()).toEqual(before.map(candidacyOf).toSorted());
  });

  it('D3.5 reads no application any more once they stood aside, until HR names another one', () => {
    const stage = posted();
    const [marisol, theo] = [person('marisol'), person('theo')];
    expect(isApart(stage.state(), marisol)).toBe(false);
    stage.must('marisol', 'declare', { answer: 'recuse' });
    expect(isApart(stage.state(), marisol)).toBe(true);
    expect(isApart(stage.state(), theo)).toBe(false);
  });

  it('D3.5 once they stand aside HR is asked for another at once, and until there is one; nothing while they do not', () => {
    const asked = (stage: OpeningStage) =>
      (stage.last?.obligations ?? []).filter((one) => one.id.startsWith('D3.5/manager:'));
    const stage = posted();
    expect(asked(stage)).toEqual([]);
    stage.must('marisol', 'declare', { answer: 'recuse' });
    expect(asked(stage)).toMatchObject([{ code: 'D3.5', owner: holder('hr', site) }]);
    const name = asked(stage)[0]?.id ?? '';
    expect([textKey('D3.5', name), doingHere({ code: 'D3.5', id: name })]).toEqual([
      'D3.5/manager',
      'name another hiring manager, for theirs stands aside',
    ]);
    stage.must('dana', 'change_hiring_manager', grace);
    expect(asked(stage)).toEqual([]);
    stage.hear(caseOf('candidacy', 'hers'), {
      kind: 'applied',
      body: { candidacy: caseOf('candidacy', 'hers'), person: grace.hiringManager },
    });
    expect(asked(stage).map((one) => one.id)).not.toEqual([name]);
    expect(asked(stage)).toHaveLength(1);
  });

  it('D3.5 stands aside without a seat as well: HR is asked for another, and nobody is told why', () => {
    const stage = posted();
    stage.must('dana', 'change_hiring_manager', grace);
    expect(stage.ask('grace', 'declare', { answer: 'none', attest: true })).toMatchObject({
      missing: [{ code: 'nothing_to_declare' }],
    });
    stage.must('grace', 'declare', { answer: 'recuse' });
    expect(stage.rows.at(-1)).toMatchObject({
      kind: 'choice_passed_on',
      body: { left: grace.hiringManager },
    });
    expect(isApart(stage.state(), grace.hiringManager)).toBe(true);
    expect((stage.last?.obligations ?? []).some((one) => one.id.startsWith('D3.5/manager:'))).toBe(true);
    expect(stage.ask('grace', 'declare', { answer: 'recuse' })).toMatchObject({
      missing: [{ code: 'nothing_to_declare' }],
    });
    stage.must('dana', 'change_hiring_manager', { hiringManager: person('noor') });
    expect(stage.ask('dana', 'change_hiring_manager', grace)).toMatchObject({
      missing: [{ code: 'gave_up_a_seat' }],
    });
  });

  it('D4.7 a row from before applications knew who hires told nobody in the running, and tells nobody now', () => {
    const state = agreed().state();
    const to = (body: { hiringManager: string; told?: 'running' }) =>
      managerNotices(state, body, caseOf('opening', 'before')).map((one) => one.to);
    expect(to(grace)).toEqual([]);
    expect(to({ ...grace, told: 'running' }).length).toBeGreaterThan(1);
  });

  it('D4.7 is told to an application that knows another one or none, and not to one that knows', () => {
    const stage = posted().to('2025-03-05');
    const hears = (label: string, hires: object) =>
      stage.hear(caseOf('candidacy', label), {
        kind: 'applied',
        body: { candidacy: caseOf('candidacy', label), person: person(label), ...hires },
      });
    hears('knows', { hiringManager: person('marisol') });
    hears('another', { hiringManager: person('noor') });
    hears('none', {});
    hears('itself', { hiringManager: person('noor') });
    const told = stage.told('hiring_manager_changed').map((one) => one.to);
    expect(told).toEqual(['another', 'none', 'itself'].map((label) => caseOf('candidacy', label)));
  });

  it('D4.7 X2 is told to somebody who is back after silence and knows another one, and to nobody who knows', () => {
    const stage = agreed();
    const one = candidacyOf(stage.state().rows.find((row) => row.s === 'ad')!);
    const silent = () =>
      stage.hear(one, { kind: 'candidate_left', body: { candidacy: one, why: 'no_response' } });
    const back = (hires: object) => {
      silent();
      stage.hear(one, {
        kind: 'screened',
        body: { candidacy: one, outcome: 'advance', qualified: true, ...hires },
      });
      return stage.rows.findLast((row) => row.kind === 'applicant_screened')?.body;
    };
    silent();
    stage.must('dana', 'change_hiring_manager', grace);
    expect(toldOf(stage)).not.toContain(one);
    expect(back({ hiringManager: person('marisol') })).toMatchObject(grace);
    expect(toldOf(stage).filter((to) => to === one)).toHaveLength(1);
    for (const knows of [grace, {}]) expect(back(knows)).not.toHaveProperty('hiringManager');
    expect(toldOf(stage).filter((to) => to === one)).toHaveLength(1);
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

  it('D4.7 D3.5 means nothing once it is known, and never makes anybody the manager of their own application', () => {
    const world = screened();
    tell(world, { kind: 'hiring_manager_changed', body: { hiringManager: people.candidate } });
    expect([managerOf(world), world.rows.at(-1)?.kind]).toEqual([null, 'notice_declined']);
    tell(world, changed);
    expect([managerOf(world), world.rows.at(-1)?.kind]).toEqual([person('grace'), 'hiring_manager_changed']);
    tell(world, changed);
    expect(world.rows.at(-1)?.kind).toBe('notice_declined');
  });
});

describe('who hires, from the application on', () => {
  const relation = (world: ReturnType<typeof accepted>) =>
    candidacy
      .relations(world.state(id) as CandidacyState)
      .filter((one) => one.capacity === 'hiring_manager')
      .map((one) => one.person);
  const applied = (manager?: string) => {
    const world = worldOn('2025-03-11');
    openingSays(world, manager === undefined ? {} : { hiring_manager: manager });
    must(world, people.candidate, 'open', application);
    return world;
  };

  it('D4.7 is a relation of the application once it is in', () => {
    expect(relation(applied(people.manager))).toEqual([people.manager]);
  });

  it('D3.5 is nobody who applies themselves', () => {
    expect(relation(applied(people.candidate))).toEqual([]);
  });

  it('D4.7 a row from before this says nothing of them, and folds as it did', () => {
    const world = applied();
    const row = world.rows.find((one) => one.kind === 'applied')!;
    expect(row.body).not.toHaveProperty('hiringManager');
    expect([relation(world), managerOf(world)]).toEqual([[], null]);
  });

  it('D4.3 5.2 reads no single sheet of a panel that they are not on', () => {
    const world = interviewed();
    tell(world, { kind: 'hiring_manager_changed', body: { hiringManager: people.manager } });
    const [rater = ''] = people.raters;
    must(world, rater, 'submit_sheet', sheet);
    const row = world.rows.find((one) => one.kind === 'sheet_submitted')!;
    const seen = { kind: row.kind, actor: rater, body: row.body };
    const hides = (reader: string) => {
      const look = { reader, now: world.now, terms: termsForTests() };
      return candidacy.hidden?.(world.state(id) as CandidacyState, seen, look);
    };
    expect([hides(people.manager), hides(people.hr), hides(rater)]).toEqual([true, false, false]);
  });
});
