import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bankQuestions } from '../../src/domain/opening/bank.ts';
import type { PolicyEntry } from '../../src/domain/kernel/policy.ts';
import { termsForTests } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import { openPayload, planned, pooled, questions } from './opening-play.ts';

/** A question and its wording: what was found in a text belongs to that text, and is not passed over by leaving it out. */

const lacking = (rule: string, ...codes: readonly string[]) => ({
  rule,
  missing: codes.map((code) => expect.objectContaining({ code })),
});
const marked = { kinds: ['questions_marked'] };
const mark = (stage: OpeningStage, one: object, who = 'dana') =>
  stage.ask(who, 'mark_questions', { questions: [one] });
const put = (stage: OpeningStage, finding: string, text = 'txt_a') =>
  stage.must('dana', 'mark_questions', {
    questions: [{ id: 'Q1', status: 'needs_review', text, findings: [finding] }],
  });

/** An opening under a policy that knows one more value about questions. */
function under(values: object): OpeningStage {
  const { policy } = termsForTests();
  const entry = { ...policy.values['D4.1'], ...values } as PolicyEntry;
  const stage = new OpeningStage('worded', { 'D4.1': entry }).ready().to('2025-02-26');
  stage.must('dana', 'open', openPayload(stage));
  return stage;
}

describe('the wording of a question', () => {
  it('D4.1 keeps what was found in it: nobody passes it by leaving text and findings out (R4.2)', () => {
    const stage = pooled();
    put(stage, 'Q_MEDS');
    expect(mark(stage, { id: 'Q1', status: 'approved' })).toMatchObject(lacking('D4.1', 'Q_MEDS'));
    expect(mark(stage, { id: 'Q1', status: 'needs_review', findings: [] })).toMatchObject(marked);
    expect(mark(stage, { id: 'Q1', status: 'approved', text: 'txt_a' })).toMatchObject(
      lacking('D4.1', 'Q_MEDS'),
    );
    const days = { firstDay: '2025-04-03', lastDay: '2025-04-04', questions: ['Q1'] };
    expect(stage.ask('dana', 'plan_interviews', days)).toMatchObject(lacking('R4.2', 'not_approved'));
  });

  it('D4.1 passes another text in its place, in which nothing was found', () => {
    const stage = pooled();
    put(stage, 'Q_MEDS');
    expect(mark(stage, { id: 'Q1', status: 'approved', text: 'txt_b', findings: ['L1'] })).toMatchObject(
      lacking('D4.1', 'L1'),
    );
    expect(mark(stage, { id: 'Q1', status: 'approved', text: 'txt_b' })).toMatchObject(marked);
  });

  it('D4.1 names each question once in a command: none is looked at and passed in one breath', () => {
    const one = { id: 'Q1', status: 'needs_review', text: 'txt_a', findings: ['Q_MEDS'] };
    const both = { questions: [one, { id: 'Q1', status: 'approved' }] };
    expect(pooled().ask('dana', 'mark_questions', both)).toMatchObject(lacking('D4.1', 'named_twice'));
  });

  it('D4.1 knows the questions of the bank, and no others of that name', () => {
    const content = new URL('../../content/questions.json', import.meta.url);
    const bank = JSON.parse(readFileSync(content, 'utf8')) as Record<
      'questions' | 'practical',
      { id: string }[]
    >;
    const ids = [...bank.questions, ...bank.practical].map(({ id }) => id);
    expect(bankQuestions.toSorted()).toEqual(ids.toSorted());
    const stage = pooled();
    expect(mark(stage, { id: 'question-zzz-99', status: 'approved' })).toMatchObject(
      lacking('D4.1', 'question_of_the_bank'),
    );
    expect(mark(stage, { id: 'question-crisis-2', status: 'approved' })).toMatchObject(marked);
  });

  it('D4.1 forbidden is final, whatever comes between (R4.2)', () => {
    const stage = pooled();
    mark(stage, { id: 'Q2', status: 'forbidden', code: 'Q_MEDS', text: 'txt_a' });
    for (const status of ['needs_review', 'approved'])
      expect(mark(stage, { id: 'Q2', status, text: 'txt_b' })).toMatchObject(lacking('R4.2', 'forbidden'));
    expect(mark(stage, { id: 'Q3', status: 'approved', text: 'txt_b' })).toMatchObject(marked);
  });

  it('D4.1 passes nothing nobody can read, where the policy asks for a text', () => {
    const stage = under({ text_needed: 1 });
    expect(mark(stage, { id: 'Q1', status: 'approved' })).toMatchObject(lacking('D4.1', 'question_text'));
    expect(mark(stage, { id: 'question-crisis-2', status: 'approved' })).toMatchObject(marked);
    mark(stage, { id: 'Q1', status: 'needs_review', text: 'txt_a' });
    expect(mark(stage, { id: 'Q1', status: 'approved' })).toMatchObject(marked);
    expect(mark(under({}), { id: 'Q1', status: 'approved' })).toMatchObject(marked);
  });
});

describe('"the guard erred about this text"', () => {
  const dispute = { question: 'Q1', finding: 'L1' };
  const wrong = { ...dispute, outcome: 'wrong_about_text' };

  it('D4.1 is said of a text that is there, and of what was found in it', () => {
    const stage = pooled();
    expect(stage.ask('dana', 'dispute_finding', dispute)).toMatchObject({ code: 'unknown_reference' });
    put(stage, 'L2');
    expect(stage.ask('dana', 'dispute_finding', dispute)).toMatchObject({ code: 'unknown_reference' });
    put(stage, 'L1');
    expect(stage.ask('dana', 'dispute_finding', dispute)).toMatchObject({ kinds: ['finding_disputed'] });
  });

  it('D4.1 is said by whoever put the text forward, and settled by somebody else', () => {
    const stage = pooled();
    put(stage, 'L1');
    for (const who of ['vera', 'theo', 'marisol'])
      expect(stage.ask(who, 'dispute_finding', dispute)).toMatchObject(lacking('D4.1', 'author'));
    stage.must('dana', 'dispute_finding', dispute);
    expect(stage.ask('dana', 'settle_dispute', wrong)).toMatchObject(lacking('D4.1', 'second_person_needed'));
    expect(stage.ask('vera', 'settle_dispute', wrong)).toMatchObject({ kinds: ['dispute_settled'] });
    expect(mark(stage, { id: 'Q1', status: 'approved' })).toMatchObject(marked);
  });

  it('D4.1 holds for no other text, and an open one is over with the text it was about', () => {
    const stage = pooled();
    put(stage, 'L1');
    stage.must('dana', 'dispute_finding', dispute);
    stage.must('vera', 'settle_dispute', wrong);
    expect(mark(stage, { id: 'Q1', status: 'approved', text: 'txt_b', findings: ['L1'] })).toMatchObject(
      lacking('D4.1', 'L1'),
    );
    put(stage, 'L1', 'txt_b');
    expect(mark(stage, { id: 'Q1', status: 'approved' })).toMatchObject(lacking('D4.1', 'L1'));
    stage.must('dana', 'dispute_finding', dispute);
    put(stage, 'L1', 'txt_c');
    expect(stage.state().course.disputes).toEqual([]);
    expect(stage.ask('vera', 'settle_dispute', wrong)).toMatchObject({ code: 'unknown_reference' });
  });

  it('R4.6 still keeps the set in use as it is', () => {
    const stage = planned();
    expect(mark(stage, { id: questions[0] ?? '', status: 'needs_review', text: 'txt_b' })).toMatchObject(
      lacking('R4.6', 'in_use'),
    );
  });
});
