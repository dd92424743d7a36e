import { describe, expect, it } from 'vitest';
import { review } from '../../src/domain/review/decider.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import type { SingleCase } from './single-case.ts';
import { person } from './house.ts';
import { caseManager, draft, employee, hr, manager, mentor, nurse, officer } from './review-house.ts';
import { opened, planFrom, planOwed, probation, sources, supervisor, toSign } from './review-house.ts';

/** Stage 8: each side is closed to the others until its author shares it, and no side explains by health (R8.2). */

const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const six = () => opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });

const stateOf = (one: SingleCase) => one.holds?.own as ReviewState;
const lookOf = (one: SingleCase, reader: string | null) => ({ reader, now: one.now, terms: one.terms });

/** The kinds of rows whose words a reader does not get. */
function closedTo(one: SingleCase, reader: string | null): readonly string[] {
  const rows = one.rows.filter((row) => review.hidden?.(stateOf(one), rowOf(row), lookOf(one, reader)));
  return [...new Set(rows.map((row) => row.kind))];
}
const rowOf = (row: SingleCase['rows'][number]) => ({
  kind: row.kind,
  actor: row.stamp.actor,
  body: row.body,
});
const seenBy = (one: SingleCase, reader: string | null) =>
  review.veiled?.(stateOf(one), lookOf(one, reader)) as ReviewState;

describe('what somebody keeps for themselves', () => {
  it('P8.1 is read by its author alone, until they share it', () => {
    const one = six();
    one.must(employee, 'keep_self_review', { text: 'txt_early' });
    one.must(employee, 'keep_self_review', { text: 'txt_later' });
    for (const reader of [supervisor, manager, hr, mentor, null])
      expect(closedTo(one, reader)).toEqual(['self_review_kept']);
    expect(closedTo(one, employee)).toEqual([]);
    expect(seenBy(one, supervisor).kept).toEqual({});
    expect(seenBy(one, employee).kept).toEqual({ [employee]: 'txt_later' });
    one.must(employee, 'share_self_review');
    expect(one.rows.at(-1)?.body).toEqual({ text: 'txt_later' });
    const still = one.rows.filter((row) =>
      review.hidden?.(stateOf(one), rowOf(row), lookOf(one, supervisor)),
    );
    expect(still.map((row) => row.body)).toEqual([{ text: 'txt_early' }]);
  });

  it('P8.1 what is shared is another text than the one kept: that one stays closed', () => {
    const one = six();
    one.must(employee, 'keep_self_review', { text: 'txt_early' });
    one.must(employee, 'share_self_review', { text: 'txt_other' });
    expect(closedTo(one, supervisor)).toEqual(['self_review_kept']);
    expect(one.ask(employee, 'keep_self_review', { text: 'txt_more' })).toMatchObject(missing('already_in'));
  });

  it('P8.1 P8.2 there is nothing to share where nothing was written', () => {
    const one = six();
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    expect(one.ask(employee, 'share_self_review')).toMatchObject(missing('text_needed'));
    expect(one.ask(nurse, 'share_feedback')).toMatchObject(missing('text_needed'));
    one.must(nurse, 'keep_feedback', { text: 'txt_nurse' });
    expect(one.ask(caseManager, 'share_feedback')).toMatchObject(missing('text_needed'));
    expect(closedTo(one, caseManager)).toEqual(['feedback_kept']);
    expect(closedTo(one, supervisor)).toEqual(['feedback_kept']);
    one.must(nurse, 'share_feedback');
    expect(closedTo(one, supervisor)).toEqual([]);
    expect(one.ask(person('stranger'), 'keep_feedback', { text: 'txt_x' })).toMatchObject({
      code: 'not_permitted',
    });
  });

  it('P8.1 keeping is not sharing: the prompt goes on', () => {
    const one = probation();
    one.must(employee, 'keep_self_review', { text: 'txt_early' });
    one.moveTo('2025-07-31');
    expect(one.sentTo(employee)).toContain('2025-07-18 09:00 P8.1');
    expect(one.obligations.map((owed) => owed.code)).toContain('P8.1');
  });
});

describe('the draft', () => {
  it('P8.2 feedback that is in stands: whoever gave it is named with the others, and one who has not may be replaced', () => {
    const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    const another = person('another colleague');
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    one.must(nurse, 'share_feedback', { text: 'txt_nurse' });
    one.must(caseManager, 'keep_feedback', { text: 'txt_kept' });
    expect(one.ask(supervisor, 'choose_colleagues', { colleagues: [another, caseManager] })).toMatchObject({
      ...{ code: 'rule_blocks', rule: 'P8.2' },
      missing: [{ code: 'feedback_is_in', about: nurse }],
    });
    // What somebody only keeps for themselves is given to nobody.
    one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, another] });
    one.must(another, 'share_feedback', { text: 'txt_another' });
    expect(one.rows.filter((row) => row.kind === 'feedback_shared')).toHaveLength(2);
    expect(one.obligations.filter((owed) => owed.code === 'P8.2')).toEqual([]);
  });

  it('P8.3 is closed to the employee until its author shares it, and so is what colleagues wrote', () => {
    const one = six();
    sources(one);
    one.must(supervisor, 'submit_draft', draft());
    expect(closedTo(one, employee)).toEqual(['feedback_shared', 'draft_submitted']);
    expect(seenBy(one, employee).draft).toBeNull();
    for (const reader of [supervisor, manager, hr]) {
      expect(closedTo(one, reader)).toEqual([]);
      expect(seenBy(one, reader).draft).not.toBeNull();
    }
    one.must(supervisor, 'share_draft');
    expect(closedTo(one, employee)).toEqual([]);
    expect(seenBy(one, employee).draft).toMatchObject({ overall: 'meets' });
    expect(one.ask(supervisor, 'share_draft')).toMatchObject(missing('already_shared'));
  });

  it('P8.3 a version that was never shared stays closed when the next one is open', () => {
    const one = six();
    one.must(supervisor, 'submit_draft', draft({ overall: 'exceeds' }));
    one.must(supervisor, 'submit_draft', draft());
    one.must(supervisor, 'share_draft');
    const shut = one.rows.filter((row) => review.hidden?.(stateOf(one), rowOf(row), lookOf(one, employee)));
    expect(shut.map((row) => (row.body as { version: number }).version)).toEqual([1]);
  });

  it('P8.3 P8.4 is open with the talk, and at the latest when it waits for a signature', () => {
    const one = six();
    one.moveTo('2025-11-03');
    one.must(supervisor, 'submit_draft', draft());
    expect(closedTo(one, employee)).toEqual(['draft_submitted']);
    one.must(supervisor, 'hold_talk', { held: '2025-11-03' });
    expect(closedTo(one, employee)).toEqual([]);
    one.must(supervisor, 'submit_draft', draft({ overall: 'exceeds' }));
    expect(closedTo(one, employee)).toEqual(['draft_submitted']);
    one.must(hr, 'check_standard', { result: 'same_as_comparator' });
    expect(closedTo(one, employee)).toEqual([]);
    expect(closedTo(toSign(), employee)).toEqual([]);
  });

  it('P8.3 is shared by the reviewer, and not before there is one', () => {
    const one = six();
    expect(one.ask(supervisor, 'share_draft')).toMatchObject(missing('D8.2'));
    one.must(supervisor, 'submit_draft', draft());
    for (const who of [employee, hr, manager])
      expect(one.ask(who, 'share_draft')).toMatchObject({ code: 'not_permitted' });
  });
});

describe('those beside a review', () => {
  it('R8.5 mentor and colleagues read nothing of what it says, and a colleague their own feedback', () => {
    const one = planOwed();
    one.must(supervisor, 'write_plan', planFrom('2025-11-17'));
    const said = ['self_review_shared', 'draft_submitted', 'standard_checked', 'response_recorded'];
    expect(closedTo(one, mentor)).toEqual(
      expect.arrayContaining([...said, 'feedback_shared', 'plan_asked', 'plan_written']),
    );
    const own = one.rows.find((row) => row.kind === 'feedback_shared' && row.stamp.actor === nurse);
    expect(own && review.hidden?.(stateOf(one), rowOf(own), lookOf(one, nurse))).toBe(false);
    expect(closedTo(one, nurse)).toEqual(expect.arrayContaining([...said, 'feedback_shared']));
    expect(seenBy(one, nurse)).toMatchObject({ draft: null, response: null, plan: null });
    for (const reader of [employee, supervisor, manager]) expect(closedTo(one, reader)).toEqual([]);
  });

  it('R8.7 the officer’s word is in nobody’s view but HR’s', () => {
    const one = probation();
    one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['conduct'] });
    one.must(officer, 'give_word', { word: 'matter_open' });
    for (const reader of [employee, supervisor, manager, mentor, null])
      expect(seenBy(one, reader).word).toBeNull();
    expect(seenBy(one, hr).word).toBe('matter_open');
  });
});

describe('people served', () => {
  const heard = (answers: number) => ({ answers, text: 'txt_served' });

  it('P8.2 are heard through HR, never by name and never so few that one could be told', () => {
    const one = six();
    expect(one.ask(hr, 'enter_served_feedback', heard(4))).toMatchObject({
      missing: [{ code: 'too_few_to_stay_unnamed', about: '5' }],
    });
    expect(one.ask(supervisor, 'enter_served_feedback', heard(5))).toMatchObject({ code: 'not_permitted' });
    const named = { ...heard(5), people: [nurse] };
    expect(one.ask(hr, 'enter_served_feedback', named)).toMatchObject({ code: 'malformed' });
    one.must(hr, 'enter_served_feedback', heard(5));
    expect(one.rows.at(-1)?.body).toEqual({ by: hr, answers: 5, text: 'txt_served' });
    expect(one.ask(hr, 'enter_served_feedback', heard(9))).toMatchObject(missing('already_in'));
  });

  it('P8.2 are optional: nobody owes it, and a review closes without', () => {
    const one = toSign();
    expect(one.rows.map((row) => row.kind)).not.toContain('served_feedback_entered');
    one.must(employee, 'respond', { response: 'signed' });
    expect(one.standing?.status).toBe('final');
  });
});

describe('R8.2 health in a text', () => {
  const found = { findings: ['R8.2'] };
  const refused = { rule: 'R8.2', missing: [{ code: 'guard', about: 'R8.2' }] };

  it('R8.2 refuses it in the draft, in feedback, in a justification and in HR’s answer', () => {
    const one = six();
    sources(one);
    expect(one.ask(supervisor, 'submit_draft', draft(found))).toMatchObject(refused);
    one.must(supervisor, 'submit_draft', draft({ form: 'own-2' }));
    const differs = { result: 'differs', justification: 'txt_why' };
    expect(one.ask(hr, 'check_standard', { ...differs, ...found })).toMatchObject(refused);
    expect(one.ask(hr, 'enter_served_feedback', { answers: 6, text: 'txt_s', ...found })).toMatchObject(
      refused,
    );
    one.must(hr, 'check_standard', differs);
    one.moveTo('2025-11-12');
    one.must(employee, 'hold_talk', { held: '2025-11-12' });
    one.must(employee, 'respond', { response: 'disputed' });
    expect(one.ask(hr, 'settle_dispute', { outcome: 'kept', text: 'txt_a', ...found })).toMatchObject(
      refused,
    );
    const early = six();
    early.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
    for (const type of ['keep_feedback', 'share_feedback'])
      expect(early.ask(nurse, type, { text: 'txt_n', ...found })).toMatchObject(refused);
  });

  it('R8.2 lets other findings pass, and keeps no findings in the record', () => {
    const one = six();
    one.must(supervisor, 'submit_draft', draft({ findings: ['L2'] }));
    expect(one.rows.at(-1)?.body).not.toHaveProperty('findings');
  });
});

describe('every answer leads to a closed case', () => {
  it.each([
    ['signed', {}],
    ['signed_with_comment', { comment: 'txt_c' }],
    ['refused', {}],
    ['refused', { comment: 'txt_c' }],
  ])('D8.6 %s', (response, more) => {
    const one = toSign();
    one.must(employee, 'respond', { response, ...more });
    expect(one.standing).toEqual({ stage: 'done', status: 'final' });
    expect(one.notices.at(-1)).toMatchObject({ kind: 'review_closed', body: { response, outcome: 'meets' } });
    expect(one.obligations).toEqual([]);
  });

  it('D8.6 disputed closes with HR’s answer, and not before', () => {
    const one = toSign();
    one.must(employee, 'respond', { response: 'disputed' });
    one.moveTo('2026-01-30');
    expect(one.standing?.status).toBe('closed');
    one.must(hr, 'settle_dispute', { outcome: 'kept', text: 'txt_a' });
    expect(one.standing?.status).toBe('final');
    expect(one.notices.filter((notice) => notice.kind === 'review_closed')).toHaveLength(1);
  });

  it('D8.6 not_signed closes by the policy, and a signature with a comment wants the comment', () => {
    const one = toSign();
    expect(one.ask(employee, 'respond', { response: 'signed_with_comment' })).toMatchObject(
      missing('comment_needed'),
    );
    one.moveTo('2025-12-01');
    expect(one.standing).toEqual({ stage: 'done', status: 'final' });
    expect(one.notices.at(-1)?.body).toMatchObject({ response: 'not_signed' });
  });
});
