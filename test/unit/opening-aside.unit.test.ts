import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../src/domain/kernel/can.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { opening } from '../../src/domain/opening/decider.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import type { OpeningStage } from './opening-house.ts';
import { advance, agreed, c102, c103, choice, closed, interviewed, planned, pooled } from './opening-play.ts';

/** Who decides about the people of a search: its own panel, its own hiring manager, and nobody who applies in it. */

const lacking = (rule: string, ...codes: readonly string[]) => ({
  ...{ refused: true, rule, missing: codes.map((code) => ({ code })) },
});

function hold(stage: OpeningStage, who: string, capacity: Assignment['capacity'], scope = site): void {
  const list = (stage as unknown as { assignments: Assignment[] }).assignments;
  list.push({ ...{ person: person(who), capacity, scope }, from: 0, to: null });
}

/** Somebody applies whom the search knows in another part. */
function apply(stage: OpeningStage, who: string, name = 'late'): string {
  const candidacy = caseOf('candidacy', name);
  stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person(who) } });
  return candidacy;
}

const results = [
  { candidacy: c102, outcome: 'not_recommended', reasons: ['RC_REL'] },
  { candidacy: c103, outcome: 'recommend_1', reasons: [] },
];
const owners = (stage: OpeningStage, code: string) =>
  (stage.last?.obligations ?? []).filter((one) => one.code === code).map((one) => one.owner);

describe('the panel', () => {
  it('D4.5 speaks for itself: a panelist of another search states no consensus', () => {
    const stage = interviewed().to('2025-04-10');
    hold(stage, 'pan', 'panelist', stage.id);
    expect(stage.ask('pan', 'state_consensus', { results })).toMatchObject(lacking('D4.5', 'not_on_panel'));
    expect(stage.state().consensus).toBeNull();
    expect(isRefusal(stage.ask('theo', 'state_consensus', { results }))).toBe(false);
  });

  it('D4.5 a rater who was dropped states none either', () => {
    const stage = interviewed().to('2025-04-10');
    expect(isRefusal(stage.ask('priya', 'state_consensus', { results }))).toBe(true);
  });
});

describe('the hiring manager', () => {
  it('D4.7 is the one of this opening: another one chooses nobody here', () => {
    const stage = agreed();
    hold(stage, 'other', 'hiring_manager', stage.id);
    expect(stage.ask('other', 'select', choice)).toMatchObject({ code: 'not_permitted', rule: 'D4.7' });
    expect(isRefusal(stage.ask('marisol', 'select', choice))).toBe(false);
  });

  it('D3.7 is the one of this opening: another one proposes no pool', () => {
    const stage = closed().to('2025-03-25');
    advance(stage, c103);
    hold(stage, 'other', 'hiring_manager', stage.id);
    const proceed = { outcome: 'proceed', reasons: [] };
    expect(stage.ask('other', 'propose_pool', proceed)).toMatchObject({
      code: 'not_permitted',
      rule: 'D3.7',
    });
    expect(isRefusal(stage.ask('marisol', 'propose_pool', proceed))).toBe(false);
  });

  it('D3.5 who applied proposes no pool, and confirms none; HR names another one', () => {
    const stage = closed().to('2025-03-25');
    for (const candidacy of [c103, apply(stage, 'marisol')]) advance(stage, candidacy);
    for (const who of ['theo', 'priya', 'luis', 'ana'])
      stage.must(who, 'declare', { answer: 'none', attest: true });
    const proceed = { outcome: 'proceed', reasons: [] };
    const aside = lacking('D3.5', 'applies_here', 'change_hiring_manager');
    expect(stage.ask('marisol', 'propose_pool', proceed)).toMatchObject(aside);
    stage.must('dana', 'fill_seat', {
      ...{ seat: 'screener:2', person: person('kim'), inRole: false, trained: true },
    });
    stage.must('kim', 'declare', { answer: 'none', attest: true });
    stage.must('dana', 'propose_pool', proceed);
    expect(stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' })).toMatchObject(aside);
    expect(owners(stage, 'D3.7')).toEqual([`hr@${site}`]);
    stage.must('dana', 'change_hiring_manager', { hiringManager: person('grace') });
    expect(owners(stage, 'D3.7')).toEqual([person('grace')]);
    stage.must('grace', 'confirm_pool', { outcome: 'proceed' });
  });

  it('D3.5 who stood aside chooses nobody, and HR is asked to name another one', () => {
    const stage = planned().to('2025-03-28');
    stage.must('marisol', 'declare', { answer: 'recuse' });
    expect(stage.ask('dana', 'change_hiring_manager', { hiringManager: person('marisol') })).toMatchObject({
      refused: true,
    });
    expect(stage.ask('marisol', 'select', choice)).toMatchObject(
      lacking('D3.5', 'gave_up_a_seat', 'change_hiring_manager'),
    );
    stage.must('dana', 'change_hiring_manager', { hiringManager: person('grace') });
    expect(stage.ask('dana', 'change_hiring_manager', { hiringManager: person('marisol') })).toMatchObject(
      lacking('D3.5', 'gave_up_a_seat'),
    );
    expect(isRefusal(stage.ask('grace', 'select', choice))).toBe(true);
    expect(stage.ask('grace', 'select', choice)).not.toMatchObject({ rule: 'D3.5' });
  });

  it('D4.7 passes to HR while nobody may choose', () => {
    const stage = agreed();
    expect(owners(stage, 'D4.7')).toEqual([person('marisol')]);
    stage.must('marisol', 'declare', { answer: 'recuse' });
    expect(stage.ask('marisol', 'select', choice)).toMatchObject({ rule: 'D3.5' });
    expect(owners(stage, 'D4.7')).toEqual([`hr@${site}`]);
  });
});

describe('somebody of HR who applied', () => {
  it('D3.5 decides nothing in that search, in no capacity, and for nobody they stand in for', () => {
    const stage = pooled();
    hold(stage, 'hal', 'hr');
    const plan = { firstDay: '2025-04-03', lastDay: '2025-04-04', questions: ['Q1'] };
    expect(stage.ask('hal', 'plan_interviews', plan)).toMatchObject({ rule: 'R4.2' });
    apply(stage, 'hal', 'c-hal');
    expect(stage.kinds().at(-1)).toBe('application_late');
    const early = closed().to('2025-03-25');
    hold(early, 'hal', 'hr');
    apply(early, 'hal');
    for (const [type, payload] of [
      ['propose_pool', { outcome: 'proceed', reasons: [] }],
      ['confirm_selection', {}],
      ['drop_rater', { rater: person('theo') }],
      ['change_hiring_manager', { hiringManager: person('grace') }],
    ] as const)
      expect(early.ask('hal', type, payload)).toMatchObject(lacking('D3.5', 'applies_here'));
    expect(
      isRefusal(early.ask('dana', 'propose_pool', { outcome: 'extend', reasons: [], closeOn: '2025-04-30' })),
    ).toBe(false);
  });

  it('D4.8 still reports a question that should not be asked', () => {
    const stage = closed().to('2025-03-25');
    hold(stage, 'hal', 'hr');
    apply(stage, 'hal');
    expect(isRefusal(stage.ask('hal', 'report_incident', { question: 'Q_MEDS' }))).toBe(false);
  });

  it('X25 reads nothing of what was decided about the others', () => {
    const stage = closed().to('2025-03-25');
    const late = apply(stage, 'hal');
    const terms = termsForTests();
    const look = (who: string) => ({ reader: person(who), now: 0, terms });
    const row = (kind: string) => stage.rows.find((one) => one.kind === kind)!;
    const seen = (who: string, kind: string) => {
      const { body, stamp } = row(kind);
      return opening.hidden?.(stage.state(), { kind, body, actor: stamp.actor }, look(who)) === false;
    };
    expect([seen('hal', 'applicant_screened'), seen('hal', 'prompted')]).toEqual([false, false]);
    expect([seen('hal', 'posted'), seen('dana', 'applicant_screened')]).toEqual([true, true]);
    expect(opening.veiled?.(stage.state(), look('hal')).rows).toEqual([]);
    expect(opening.veiled?.(stage.state(), look('dana'))).toEqual(stage.state());
    expect(stage.state().rows.map((one) => `candidacy-${one.c}`)).toContain(late);
  });
});

describe('whoever stands aside', () => {
  const recuse = { answer: 'recuse' };
  const spare = { ...{ seat: 'alternate', person: person('ana'), inRole: false, trained: true } };
  const nothing = lacking('D3.5', 'nothing_to_declare');

  it('D3.5 may do so as an alternate, before anybody calls them in', () => {
    const stage = closed().to('2025-03-25');
    expect(stage.ask('ana', 'declare', { answer: 'none', attest: true })).toMatchObject(nothing);
    stage.must('ana', 'declare', recuse);
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'alternate_left', body: { left: person('ana') } });
    expect(stage.state().alternates).toEqual([]);
    expect(stage.ask('dana', 'fill_seat', spare)).toMatchObject({ rule: 'D3.5' });
    stage.must('luis', 'declare', recuse);
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'seat_left', body: { seat: 'panel:4' } });
    expect(opening.relations(stage.state()).map((one) => one.person)).not.toContain(person('ana'));
  });

  it('D3.5 is told that there is nothing to give up, where they have no seat', () => {
    const stage = closed().to('2025-03-25');
    hold(stage, 'luis', 'panelist', stage.id);
    stage.must('luis', 'declare', recuse);
    expect(stage.ask('luis', 'declare', recuse)).toMatchObject(nothing);
  });
});
