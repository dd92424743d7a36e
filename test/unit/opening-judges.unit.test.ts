import { describe, expect, it } from 'vitest';
import { hasApplied, markAt, personMark, withMark } from '../../src/domain/opening/applicants.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { caseOf, person } from './house.ts';
import type { OpeningStage } from './opening-house.ts';
import { c101, c102, c103, closed, interviewed, planned, pooled, posted, questions } from './opening-play.ts';

/** Who judges, and who no longer does: newcomers, those who gave up a seat, applicants, and raters who differ. */

const lacking = (rule: string, ...codes: readonly string[]) => ({
  rule,
  missing: codes.map((code) => expect.objectContaining({ code })),
});
const seat = (name: string, who: string, more: object = {}) => ({
  ...{ seat: name, person: person(who), inRole: false, trained: true, ...more },
});
const fill = (stage: OpeningStage, name: string, who: string, more: object = {}) =>
  stage.ask('dana', 'fill_seat', seat(name, who, more));
const apply = (stage: OpeningStage, candidacy: string, who: string) =>
  stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person(who) } });
const held = (stage: OpeningStage, candidacy: string, on: string) =>
  stage.to(on, '16:00').hear(candidacy, { kind: 'interview_held', body: { candidacy, on } });
const sheet = (stage: OpeningStage, candidacy: string, who: string) =>
  stage.hear(candidacy, { kind: 'sheet_in', body: { candidacy, rater: person(who) } });
const sits = (stage: OpeningStage, who: string): boolean =>
  stage.state().panel.some((one) => one.person === person(who));

/** From a closed posting to a consensus of all who rate, with nobody left out. */
function interviewsOf(stage: OpeningStage, cases: readonly string[]): void {
  const raters = ['marisol', 'theo', 'priya', 'luis'];
  for (const who of raters) stage.must(who, 'declare', { answer: 'none', attest: true });
  stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
  stage.must('marisol', 'confirm_pool', { outcome: 'proceed' });
  stage.must('dana', 'mark_questions', { questions: [{ id: 'Q1', status: 'approved' }] });
  const days = { firstDay: '2025-04-03', lastDay: '2025-04-03', questions: ['Q1'] };
  stage.must('dana', 'plan_interviews', days);
  for (const who of raters) stage.must(who, 'confirm_attendance');
  for (const candidacy of cases) {
    held(stage, candidacy, '2025-04-03');
    for (const who of raters) sheet(stage, candidacy, who);
  }
  const results = cases.map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] }));
  stage.must('marisol', 'state_consensus', { results });
  for (const who of raters) stage.ask(who, 'answer_consensus', { dissents: [] });
}

describe('somebody who joins the panel late', () => {
  it('D3.5 D4.2 is trained, or HR has read the warning', () => {
    const stage = planned().to('2025-03-28');
    stage.must('priya', 'decline_seat');
    const late = seat('panel:3', 'sam', { trained: false });
    expect(stage.ask('dana', 'fill_seat', late)).toMatchObject({ code: 'acknowledgement_needed' });
    expect(isRefusal(stage.ask('dana', 'fill_seat', late, ['D4.2']))).toBe(false);
    expect(isRefusal(fill(stage, 'alternate', 'kim'))).toBe(false);
  });

  it('D4.2 warns of an alternate who was not trained when the interviews are planned', () => {
    const stage = pooled();
    fill(stage, 'alternate', 'sam', { trained: false });
    stage.must('dana', 'mark_questions', { questions: questions.map((id) => ({ id, status: 'approved' })) });
    const plan = { firstDay: '2025-04-03', lastDay: '2025-04-04', questions };
    expect(stage.ask('dana', 'plan_interviews', plan)).toMatchObject({ code: 'acknowledgement_needed' });
    stage.must('dana', 'plan_interviews', plan, ['D4.2']);
  });

  /** Everything up to the selection, with somebody on the panel who never declared. */
  function undeclared(): OpeningStage {
    const stage = planned().to('2025-03-28');
    stage.must('priya', 'decline_seat');
    fill(stage, 'panel:3', 'sam');
    expect(stage.ask('sam', 'confirm_attendance')).toMatchObject(lacking('D3.5', 'D3.5'));
    for (const who of ['marisol', 'theo', 'ana']) stage.must(who, 'confirm_attendance');
    const days = [
      [c101, '2025-04-03'],
      [c102, '2025-04-03'],
      [c103, '2025-04-04'],
    ] as const;
    stage.to('2025-04-02', '09:30');
    for (const [candidacy, on] of days) {
      held(stage, candidacy, on);
      for (const who of ['marisol', 'theo', 'ana', 'sam']) sheet(stage, candidacy, who);
    }
    return stage;
  }

  function chosen(stage: OpeningStage): OpeningStage {
    stage.must('dana', 'record_references', { outcome: 'waived_for_all', unreachable: [] });
    const results = [c101, c102, c103].map((candidacy) => ({
      candidacy,
      outcome: 'acceptable',
      reasons: [],
    }));
    stage.must('marisol', 'state_consensus', { results });
    const raters = stage.state().panel.filter((one) => one.person !== null && !one.dropped);
    for (const who of ['theo', 'ana', 'sam'])
      if (raters.some((one) => one.person === person(who)))
        stage.must(who, 'answer_consensus', { dissents: [] });
    const outcomes = [c101, c102, c103].map((candidacy, n) => ({
      ...{ candidacy, outcome: n === 1 ? 'select' : 'not_selected', reasons: ['RC_RANK'] },
    }));
    stage.must('marisol', 'select', { outcomes });
    return stage;
  }

  it('G4 asks their declaration of them like of all others (D3.5, R3.5)', () => {
    const stage = planned().to('2025-03-28');
    for (const who of ['marisol', 'theo', 'priya', 'ana']) stage.must(who, 'confirm_attendance');
    // Whoever was called in never declared, and confirmed in words only.
    stage.must('priya', 'decline_seat');
    fill(stage, 'panel:3', 'sam');
    for (const candidacy of [c101, c102, c103]) {
      held(stage, candidacy, '2025-04-01');
      for (const who of ['marisol', 'theo', 'ana', 'sam']) sheet(stage, candidacy, who);
    }
    chosen(stage);
    const answer = stage.ask('dana', 'confirm_selection');
    expect(answer).toMatchObject({ rule: 'G4', missing: [{ code: 'D3.5', who: person('sam') }] });
    stage.must('sam', 'declare', { answer: 'none', attest: true });
    expect(isRefusal(stage.ask('dana', 'confirm_selection'))).toBe(false);
  });

  it('P4.2 calls nobody in for long who says nothing: the seat falls away at the first interview (X6)', () => {
    expect(sits(undeclared(), 'sam')).toBe(false);
  });
});

describe('whoever gave up a seat', () => {
  it('D3.5 comes back neither as a reviewer nor as an alternate', () => {
    const stage = closed().to('2025-03-25');
    stage.must('luis', 'declare', { answer: 'recuse' });
    for (const name of ['alternate', 'screener:1'])
      expect(fill(stage, name, 'luis')).toMatchObject(lacking('D3.5', 'gave_up_a_seat'));
    stage.must('dana', 'declare', { answer: 'recuse' });
    expect(fill(stage, 'screener:1', 'dana')).toMatchObject(lacking('D3.5', 'gave_up_a_seat'));
    expect(isRefusal(fill(stage, 'screener:1', 'kim'))).toBe(false);
  });

  it('D3.5 is not called in either where they were an alternate already', () => {
    const stage = closed().to('2025-03-25');
    stage.must('luis', 'declare', { answer: 'recuse' });
    fill(stage, 'alternate', 'dana');
    stage.must('dana', 'declare', { answer: 'recuse' });
    stage.must('priya', 'declare', { answer: 'recuse' });
    expect(sits(stage, 'dana')).toBe(false);
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'seat_left', body: { seat: 'panel:3' } });
  });

  it('D4.2 may come back where a no-show or silence took the seat: that was not their own word', () => {
    const stage = planned().to('2025-04-02', '16:00');
    expect(stage.kinds()).toContain('alternate_called');
    expect(isRefusal(fill(stage, 'panel:3', 'priya'))).toBe(false);
  });
});

describe('an applicant', () => {
  it('D3.5 takes no seat in their own search, and reviewers who apply leave theirs', () => {
    const stage = posted().to('2025-03-05');
    apply(stage, c101, 'c-101');
    for (const name of ['alternate', 'panel:4', 'screener:1'])
      expect(fill(stage, name, 'c-101')).toMatchObject(lacking('D3.5', 'applies_here'));
    apply(stage, c102, 'priya');
    expect(sits(stage, 'priya')).toBe(false);
    expect(sits(stage, 'ana')).toBe(true);
    expect(stage.kinds().slice(-2)).toEqual(['applicant_listed', 'seat_refilled']);
  });

  it('D3.5 is never called in as an alternate', () => {
    const stage = posted().to('2025-03-05');
    apply(stage, c101, 'ana');
    stage.to('2025-03-25').must('dana', 'close_posting');
    stage.must('luis', 'declare', { answer: 'recuse' });
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'seat_left', body: { seat: 'panel:4' } });
  });

  it('R3.4 G3 with three applications is one person, and gets one seat (X25)', () => {
    const stage = posted().to('2025-03-06');
    const cases = [c101, c102, c103];
    for (const candidacy of cases) {
      apply(stage, candidacy, 'c-101');
      const body = { candidacy, outcome: 'advance', qualified: true } as const;
      stage.hear(candidacy, { kind: 'screened', body });
    }
    for (const who of ['dana', 'marisol']) stage.must(who, 'declare', { answer: 'none', attest: true });
    stage.to('2025-03-24').must('dana', 'close_posting');
    for (const who of ['marisol', 'theo', 'priya', 'luis'])
      stage.ask(who, 'declare', { answer: 'none', attest: true });
    stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
    const confirm = () => stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' });
    expect(confirm()).toMatchObject({ rule: 'G3', missing: [{ code: 'R3.4' }] });
    expect(stage.state().qualifiedPeak).toBe(1);
  });

  it('X25 gets no second place in a selection under another application', () => {
    const again = caseOf('candidacy', 'c-102-again');
    const cases = [c101, c102, c103, again];
    const stage = closed().to('2025-03-25');
    apply(stage, again, c102);
    for (const candidacy of cases)
      stage.hear(candidacy, { kind: 'screened', body: { candidacy, outcome: 'advance', qualified: true } });
    interviewsOf(stage, cases);
    const pick = (which: readonly string[]) =>
      stage.ask('marisol', 'select', {
        outcomes: cases.map((candidacy, n) => ({
          ...{ candidacy, reasons: ['RC_RANK'], rank: n + 1 },
          outcome: candidacy === c102 ? 'select' : which.includes(candidacy) ? 'reserve' : 'not_selected',
        })),
      });
    expect(pick([again])).toMatchObject(lacking('X25', 'same_applicant'));
    expect(pick([c101])).toMatchObject({ kinds: ['selection_proposed'] });
  });
});

describe('a panel without anybody in a peer role', () => {
  const inRole = { inRole: true };

  it('R4.1 keeps the seat for somebody who is, and holds no conversation until then', () => {
    const stage = planned().to('2025-03-28');
    fill(stage, 'alternate', 'sam');
    stage.must('theo', 'decline_seat');
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'seat_left', body: { seat: 'panel:2' } });
    expect(stage.owed()).toContain('D4.2');
    expect(stage.fact_('panel')).toBeUndefined();
    expect(fill(stage, 'panel:2', 'kim')).toMatchObject(lacking('R4.1', 'in_peer_role'));
    held(stage, c101, '2025-03-31');
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'interview_set_aside', body: { candidacy: c101 } });
    expect(stage.told('interview_again').map((one) => one.to)).toEqual([c101]);
    expect(stage.state().began).toBe(false);
    expect(isRefusal(fill(stage, 'panel:2', 'kim', inRole))).toBe(false);
    expect(stage.fact_('panel')).toContain(person('kim'));
    stage.must('kim', 'declare', { answer: 'none', attest: true });
    stage.must('kim', 'confirm_attendance');
    held(stage, c101, '2025-04-03');
    expect(stage.state().began).toBe(true);
  });

  it('R4.1 goes on when an alternate in a peer role takes the seat', () => {
    const stage = planned().to('2025-03-28');
    fill(stage, 'alternate', 'sam');
    fill(stage, 'alternate', 'kim', inRole);
    stage.must('theo', 'decline_seat');
    expect(sits(stage, 'kim')).toBe(true);
    expect(stage.fact_('panel')).toContain(person('kim'));
  });
});

describe('a rater who differs', () => {
  /** Consensus stated, all sheets in, and Theo names a dissent. */
  function dissenting(): OpeningStage {
    const stage = planned().to('2025-03-28');
    for (const who of ['marisol', 'theo', 'priya', 'ana']) stage.must(who, 'confirm_attendance');
    for (const candidacy of [c101, c102, c103]) {
      held(stage, candidacy, '2025-04-03');
      for (const who of ['marisol', 'theo', 'priya', 'ana']) sheet(stage, candidacy, who);
    }
    stage.must('marisol', 'state_consensus', {
      results: [c101, c102, c103].map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] })),
    });
    return stage;
  }
  const away = (stage: OpeningStage) => [
    stage.ask('dana', 'drop_rater', { rater: person('priya') }),
    stage.ask('dana', 'record_no_show', { panelist: person('priya') }),
  ];

  it('D4.4 is not dropped where every sheet of theirs is in', () => {
    for (const answer of away(dissenting())) expect(answer).toMatchObject(lacking('D4.4', 'sheets_in'));
  });

  it('D4.5 R4.5 is not dropped while their dissent stands', () => {
    const stage = dissenting();
    stage.must('priya', 'answer_consensus', { dissents: [{ candidacy: c102, reasons: ['RC_REL'] }] });
    for (const answer of away(stage)) expect(answer).toMatchObject(lacking('R4.5', 'dissent_stands'));
    stage.must('priya', 'decline_seat');
    expect(stage.kinds().at(-1)).toBe('rater_dropped');
  });

  it('D4.4 is dropped for all where a sheet of theirs is missing', () => {
    expect(interviewed().kinds()).toContain('rater_dropped');
  });
});

describe('what an opening knows of an applicant', () => {
  it('D3.5 R3.4 a mark that tells people apart, and never who they are', () => {
    const stage = posted().to('2025-03-05');
    apply(stage, c101, 'c-101');
    const row = stage.rows.find((one) => one.kind === 'applicant_listed');
    const hires = { hiringManager: person('marisol') };
    expect(row?.body).toEqual({ candidacy: c101, mark: personMark(person('c-101')), ...hires });
    expect(JSON.stringify([stage.rows, stage.state()])).not.toContain(person('c-101'));
    expect(hasApplied(stage.state().applicants, person('c-102'))).toBe(false);
  });

  it('R3.4 counts an application from before marks as one of its own', () => {
    const [a, b] = [personMark('prs_a'), personMark('prs_b')];
    const marks = withMark(withMark(withMark('', 0, a), 2, b), 1, null);
    expect([0, 1, 2, 3].map((place) => markAt(marks, place))).toEqual([a, null, b, null]);
    expect(withMark(marks, 1, a)).toHaveLength(marks.length);
  });
});
