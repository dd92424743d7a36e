import { describe, expect, it } from 'vitest';
import { openingCommands } from '../../src/contracts/opening.ts';
import { person } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import {
  agreed,
  c101,
  c102,
  c103,
  closed,
  interviewed,
  openPayload,
  planned,
  pooled,
  posted,
  questions,
} from './opening-play.ts';

/** Reviewers, questions and panel: what each of them may do, and what stands in the way. */

const lacking = (rule: string, ...codes: readonly string[]) => ({
  rule,
  missing: codes.map((code) => expect.objectContaining({ code })),
});
const declared = { answer: 'none', attest: true };

/** A policy under which reviewers attest, or need not. */
function attesting(attest = true): OpeningStage {
  const stage = new OpeningStage('attesting', { 'R3.5': { source: 'O', attest } }).ready();
  stage.to('2025-02-26').must('dana', 'open', openPayload(stage));
  return posted(stage);
}

const held = (stage: OpeningStage, candidacy: string, on: string) =>
  stage.to(on, '16:00').hear(candidacy, { kind: 'interview_held', body: { candidacy, on } });
const sheet = (stage: OpeningStage, candidacy: string, who: string) =>
  stage.hear(candidacy, { kind: 'sheet_in', body: { candidacy, rater: person(who) } });

describe('HR keeps the process', () => {
  const rater = (who: string) => ({ person: person(who), inRole: false, trained: true });
  const keeper = (who: string) => ({
    rule: 'D4.2',
    missing: [{ code: 'keeps_the_process', who: person(who) }],
  });

  it('D4.2 seats nobody of HR on the panel or among its alternates, whoever of them names the raters', () => {
    const stage = new OpeningStage('keeper').ready().to('2025-02-26');
    stage.assign('dora', 'hr');
    const payload = openPayload(stage);
    for (const who of ['dana', 'dora']) {
      const [, ...others] = payload.panel;
      const seated = { ...payload, panel: [...others, rater(who)] };
      expect(stage.ask('dana', 'open', seated)).toMatchObject(keeper(who));
      const spare = { ...payload, alternates: [rater(who)] };
      expect(stage.ask('dana', 'open', spare)).toMatchObject(keeper(who));
    }
    // A director of HR who opens a search names the raters, and is none of them.
    const own = { ...payload, alternates: [rater('vera')] };
    expect(stage.ask('vera', 'open', own)).toMatchObject(keeper('vera'));
    stage.must('dana', 'open', own);
  });

  it('D4.2 fills no seat of a rater with HR; to screen is theirs', () => {
    const stage = planned().to('2025-03-27');
    stage.must('priya', 'decline_seat');
    const free = { person: person('dana'), inRole: false, trained: true };
    expect(stage.ask('dana', 'fill_seat', { ...free, seat: 'panel:3' })).toMatchObject(keeper('dana'));
    expect(stage.ask('dana', 'fill_seat', { ...free, seat: 'alternate' })).toMatchObject(keeper('dana'));
    stage.must('dana', 'fill_seat', { ...free, person: person('kim'), seat: 'panel:3' });
    const screens = posted().to('2025-03-05');
    screens.assign('dora', 'hr');
    screens.hear(c101, { kind: 'applied', body: { candidacy: c101, person: person('c-101') } });
    screens.must('marisol', 'declare', { answer: 'recuse' });
    screens.must('dana', 'fill_seat', { ...free, person: person('dora'), seat: 'screener:2' });
  });
});

describe('reviewers', () => {
  it('R3.5 takes no declaration without the word that nobody will be looked up, and publishes who gave it', () => {
    const stage = attesting().to('2025-03-05');
    stage.hear(c101, { kind: 'applied', body: { candidacy: c101, person: person('c-101') } });
    expect(stage.ask('dana', 'declare', { answer: 'none' })).toMatchObject(lacking('R3.5', 'attestation'));
    expect(stage.fact_('attested')).toBeUndefined();
    stage.must('dana', 'declare', declared);
    expect(stage.fact_('attested')).toBe(person('dana'));
    stage.must('marisol', 'declare', { answer: 'recuse' });
    stage.must('dana', 'fill_seat', {
      seat: 'screener:2',
      person: person('kim'),
      inRole: false,
      trained: true,
    });
    expect(stage.fact_('attested')).toBe(person('dana'));
  });

  it('R3.5 asks nothing under a policy that asks nothing', () => {
    const stage = attesting(false).to('2025-03-05');
    stage.hear(c101, { kind: 'applied', body: { candidacy: c101, person: person('c-101') } });
    stage.must('dana', 'declare', { answer: 'none' });
  });

  it('R3.5 lets somebody who declared without the word give it afterwards, once', () => {
    const stage = attesting(false).to('2025-03-05');
    stage.hear(c101, { kind: 'applied', body: { candidacy: c101, person: person('c-101') } });
    stage.must('dana', 'declare', { answer: 'none' });
    expect(stage.ask('dana', 'declare', { answer: 'none' })).toMatchObject({ rule: 'D3.5' });
    stage.must('dana', 'declare', declared);
    expect(stage.fact_('attested')).toBe(person('dana'));
    expect(stage.ask('dana', 'declare', declared)).toMatchObject({ rule: 'D3.5' });
  });

  it('D3.5 has no field for a reason or an applicant, and others see a seat that passed on', () => {
    expect(openingCommands.declare.safeParse({ answer: 'recuse', reason: 'x' }).success).toBe(false);
    expect(openingCommands.declare.safeParse({ answer: 'recuse', candidacy: c101 }).success).toBe(false);
    const stage = closed().to('2025-03-25');
    stage.must('luis', 'declare', { answer: 'recuse' });
    const row = stage.rows.find((one) => one.kind === 'seat_refilled');
    expect(Object.keys(row?.body ?? {}).toSorted()).toEqual(['by', 'left', 'seat']);
    expect(JSON.stringify(row?.body)).not.toContain('candidacy');
  });

  it('P3.4 says the age of a posting on day 14 and 21, and nothing more once it is closed', () => {
    const stage = posted().to('2025-03-24', '12:00');
    expect(stage.sent('P3.4')).toEqual(['2025-03-17 D14', '2025-03-24 D21']);
    stage.must('dana', 'close_posting');
    expect(stage.owed()).not.toContain('P3.4');
  });
});

describe('questions', () => {
  const mark = (stage: OpeningStage, one: object) =>
    stage.ask('dana', 'mark_questions', { questions: [one] });
  const found = { id: 'question-crisis-1', status: 'approved', findings: ['Q_MEDS'], pack: 'questions-1' };
  const worded = { ...found, findings: ['L1'] };

  it('D4.1 passes no question of the bank in which the guard found something', () => {
    const stage = pooled();
    expect(mark(stage, found)).toMatchObject(lacking('D4.1', 'Q_MEDS'));
    expect(mark(stage, { ...found, status: 'needs_review' })).toMatchObject({ kinds: ['questions_marked'] });
    // The same wording keeps what was found in it.
    expect(mark(stage, { ...found, findings: [] })).toMatchObject(lacking('D4.1', 'Q_MEDS'));
    expect(mark(stage, { ...found, id: 'question-crisis-2', findings: [] })).toMatchObject({
      kinds: ['questions_marked'],
    });
  });

  it('D4.1 passes it when its author and another person of HR say that the rule erred about this text', () => {
    const stage = pooled();
    const dispute = { question: worded.id, finding: 'L1' };
    const settle = { ...dispute, outcome: 'wrong_about_text' };
    expect(stage.ask('dana', 'settle_dispute', settle)).toMatchObject({ code: 'unknown_reference' });
    mark(stage, { ...worded, status: 'needs_review' });
    stage.must('dana', 'dispute_finding', dispute);
    expect(stage.owed()).toContain('D4.1');
    expect(stage.ask('dana', 'settle_dispute', settle)).toMatchObject(
      lacking('D4.1', 'second_person_needed'),
    );
    expect(mark(stage, worded)).toMatchObject(lacking('D4.1', 'L1'));
    stage.must('vera', 'settle_dispute', settle);
    expect(mark(stage, worded)).toMatchObject({ kinds: ['questions_marked'] });
    expect(mark(stage, { ...worded, id: 'question-crisis-2' })).toMatchObject(lacking('D4.1', 'L1'));
  });

  it('D4.1 keeps a finding that stands', () => {
    const stage = pooled();
    const dispute = { question: worded.id, finding: 'L1' };
    mark(stage, { ...worded, status: 'needs_review' });
    expect(stage.ask('marisol', 'dispute_finding', dispute)).toMatchObject(lacking('D4.1', 'author'));
    stage.must('dana', 'dispute_finding', dispute);
    expect(stage.ask('dana', 'dispute_finding', dispute)).toMatchObject(lacking('D4.1', 'already_asked'));
    stage.must('vera', 'settle_dispute', { ...dispute, outcome: 'stands' });
    expect(mark(stage, worded)).toMatchObject(lacking('D4.1', 'L1'));
  });

  it('D4.1 a house may let findings on health or a protected ground stand: nobody calls them wrong about the text', () => {
    const stage = new OpeningStage('strict', { 'D4.1': { source: 'O', within_bd: 3, protected_stand: 1 } })
      .ready()
      .to('2025-02-26');
    stage.must('dana', 'open', openPayload(stage));
    for (const finding of ['Q_MEDS', 'Q_AGE', 'Q_GENETIC', 'R1.3'])
      expect(stage.ask('theo', 'dispute_finding', { question: found.id, finding })).toMatchObject(
        lacking('D4.1', 'no_way_around'),
      );
    expect(stage.state().course.disputes).toEqual([]);
  });

  it('D4.1 such a finding may be called wrong about the text where the policy does not say otherwise', () => {
    const older = new OpeningStage('older', { 'D4.1': { source: 'O', within_bd: 3 } })
      .ready()
      .to('2025-02-26');
    older.must('dana', 'open', openPayload(older));
    mark(older, { ...found, status: 'needs_review' });
    older.must('dana', 'dispute_finding', { question: found.id, finding: 'Q_MEDS' });
  });

  it('D4.8 is reviewed before it is remedied, and says what was done, never what was answered', () => {
    const stage = planned();
    stage.must('uli', 'report_incident', { question: 'Q_STORY', candidacy: c101 });
    const review = (more: object) => stage.ask('vera', 'review_incident', { incident: 1, ...more });
    expect(review({ outcome: 'remedied' })).toMatchObject(lacking('D4.8', 'review_first'));
    review({ outcome: 'reviewed' });
    expect(review({ outcome: 'remedied' })).toMatchObject(lacking('D4.8', 'remedy_needed'));
    expect(openingCommands.report_incident.safeParse({ question: 'Q_STORY', answer: 'x' }).success).toBe(
      false,
    );
    expect(review({ outcome: 'remedied', remedy: 'conversation_repeated' })).toMatchObject({
      kinds: ['incident_reviewed'],
    });
    expect(stage.state().incidents).toEqual([]);
  });
});

describe('a panel', () => {
  it('D4.2 lets a panelist decline without a reason: the alternate takes the seat', () => {
    const stage = planned();
    stage.must('dana', 'fill_seat', {
      seat: 'alternate',
      person: person('sam'),
      inRole: false,
      trained: true,
    });
    stage.must('priya', 'decline_seat');
    expect(stage.rows.at(-1)).toMatchObject({
      kind: 'seat_refilled',
      body: { by: { person: person('sam') } },
    });
    expect(stage.ask('priya', 'decline_seat')).toMatchObject({ code: 'not_permitted' });
    expect(stage.told('rater_replaced').map((one) => one.to)).toEqual([c101, c102, c103]);
    expect(pooled().ask('priya', 'decline_seat')).toMatchObject({ code: 'not_expected_now', rule: 'P4.2' });
  });

  it('D4.2 notes a no-show from the day of the interviews on, and loses no sheet of the others', () => {
    const stage = planned().to('2025-03-28');
    for (const who of ['marisol', 'theo', 'priya', 'ana']) stage.must(who, 'confirm_attendance');
    const noShow = () => stage.ask('dana', 'record_no_show', { panelist: person('priya') });
    expect(noShow()).toMatchObject(lacking('D4.2', 'interviews_ahead'));
    held(stage, c101, '2025-04-03');
    for (const who of ['marisol', 'theo', 'ana']) sheet(stage, c101, who);
    const before = stage.state().rows[0]?.sh;
    noShow();
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'rater_dropped', body: { rater: person('priya') } });
    expect(stage.state().rows[0]?.sh).toBe(before);
    expect(stage.ask('dana', 'record_no_show', { panelist: person('theo') })).toMatchObject({ rule: 'X6' });
  });

  it('D4.2 keeps the sheets of the others when a rater steps back after the first interview', () => {
    const stage = planned().to('2025-03-28');
    for (const who of ['marisol', 'theo', 'priya', 'ana']) stage.must(who, 'confirm_attendance');
    held(stage, c101, '2025-04-03');
    for (const who of ['marisol', 'theo', 'priya', 'ana']) sheet(stage, c101, who);
    stage.must('priya', 'declare', { answer: 'recuse' });
    expect(stage.state().rows[0]?.sh).toBe('0124');
    expect(stage.told('rater_dropped').map((one) => one.to)).toEqual([c101, c102, c103]);
  });

  it('X6 asks everybody anew, with the same questions, when too few raters are left', () => {
    const stage = interviewed();
    expect(stage.ask('dana', 'order_re_interview', {})).toMatchObject(lacking('X6', 'quorum_holds'));
    // D4.4: a rater whose sheets are all in is dropped by nobody; they may step back themselves.
    expect(stage.ask('dana', 'order_re_interview', { drop: person('theo') })).toMatchObject(
      lacking('D4.4', 'sheets_in'),
    );
    stage.must('theo', 'decline_seat');
    stage.must('dana', 'order_re_interview', {});
    expect(stage.told('interview_again').map((one) => one.to)).toEqual([c102, c103]);
    expect(stage.state().rows.filter((row) => row.sh !== undefined || row.on !== undefined)).toEqual([]);
    expect(stage.owed().filter((code) => code === 'D4.2')).toHaveLength(3);
    const kim = { seat: 'panel:2', person: person('kim'), inRole: true, trained: true };
    stage.must('dana', 'fill_seat', kim);
    const days = { firstDay: '2025-04-17', lastDay: '2025-04-18' };
    expect(stage.ask('dana', 'plan_interviews', { ...days, questions: ['Q1'] })).toMatchObject({
      rule: 'R4.6',
    });
    stage.must('dana', 'plan_interviews', { ...days, questions });
    stage.must('kim', 'declare', declared);
    for (const who of ['marisol', 'kim', 'ana']) stage.must(who, 'confirm_attendance');
    for (const candidacy of [c102, c103]) held(stage, candidacy, '2025-04-17');
    expect(stage.state().done?.on).toBe('2025-04-17');
    expect(stage.owed()).toContain('P4.4');
  });

  it('X6 orders nothing anew before an interview was held, or after a selection was proposed', () => {
    expect(planned().ask('dana', 'order_re_interview', {})).toMatchObject(lacking('X6', 'no_interview_held'));
    const stage = agreed();
    const one = { candidacy: c102, outcome: 'select', reasons: [] };
    const two = { candidacy: c103, outcome: 'reserve', reasons: ['RC_RANK'], rank: 1 };
    stage.must('marisol', 'select', { outcomes: [one, two] });
    expect(stage.ask('dana', 'order_re_interview', { drop: person('theo') })).toMatchObject({ rule: 'X6' });
  });
});

describe('a panelist from outside', () => {
  function withOutside(): OpeningStage {
    const stage = new OpeningStage().ready().to('2025-02-26');
    const payload = openPayload(stage);
    const panel = payload.panel.map((one) => (one.inRole ? { ...one, outside: true } : one));
    stage.must('dana', 'open', { ...payload, panel });
    return pooled(stage);
  }
  const plan = { firstDay: '2025-04-03', lastDay: '2025-04-04', questions };
  const fee = (outcome: string) => ({ person: person('theo'), outcome });
  const ready = (stage: OpeningStage) =>
    stage.must('dana', 'mark_questions', { questions: questions.map((id) => ({ id, status: 'approved' })) });

  it('D4.2 is offered a fee before the interviews are planned', () => {
    const stage = withOutside();
    ready(stage);
    expect(stage.owed()).toContain('D4.2');
    expect(stage.ask('dana', 'plan_interviews', plan)).toMatchObject(lacking('D4.2', 'fee_not_offered'));
    expect(stage.ask('dana', 'record_fee', fee('paid'))).toMatchObject(lacking('D4.2', 'fee_not_offered'));
    stage.must('dana', 'record_fee', fee('offered'));
    stage.must('dana', 'plan_interviews', plan);
    const own = { person: person('priya'), outcome: 'offered' };
    expect(stage.ask('dana', 'record_fee', own)).toMatchObject(lacking('D4.2', 'not_from_outside'));
  });

  it('D4.2 is paid within ten business days of the last interview, and HR owes it until then', () => {
    const stage = withOutside();
    ready(stage);
    stage.must('dana', 'record_fee', fee('offered'));
    stage.must('dana', 'plan_interviews', plan);
    for (const who of ['marisol', 'theo', 'priya', 'ana']) stage.must(who, 'confirm_attendance');
    for (const candidacy of [c101, c102, c103]) held(stage, candidacy, '2025-04-03');
    const owed = () => stage.last?.obligations.find((one) => one.id.startsWith('D4.2/fee'));
    expect(new Date(owed()?.due ?? 0).toISOString()).toBe('2025-04-17T21:00:00.000Z');
    stage.must('vera', 'cancel_opening', { why: 'funding_ended' });
    stage.must('dana', 'record_told', { word: 1 });
    expect(stage.last?.standing?.status).toBe('closed');
    stage.must('dana', 'record_fee', fee('paid'));
    expect(stage.last?.standing?.status).toBe('final');
  });
});
