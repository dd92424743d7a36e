import { describe, expect, it } from 'vitest';
import { c101, c102, c103, advance, agreed, choice, closed } from './opening-play.ts';
import { interviewed, posted, pooled } from './opening-play.ts';
import type { OpeningStage } from './opening-house.ts';
import { person } from './house.ts';

/** X2 as the opening hears it: somebody closed without a response comes back. */

const apply = (stage: OpeningStage, candidacy: string) =>
  stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person(candidacy) } });
const silent = (stage: OpeningStage, candidacy: string) =>
  stage.hear(candidacy, { kind: 'candidate_left', body: { candidacy, why: 'no_response' } });
const rowOf = (stage: OpeningStage, candidacy: string) =>
  stage.state().rows.filter((row) => candidacy.endsWith(row.c));
const late = (stage: OpeningStage) =>
  stage.told('opening_closed').map(({ to, body }) => ({ to, how: (body as { how: string }).how }));

/** 5 March: applied; closed on the 19th, not screened. */
function unscreened(): OpeningStage {
  return silent(apply(posted().to('2025-03-05'), c101).to('2025-03-19'), c101);
}

describe('somebody who comes back after they were closed without a response', () => {
  it('X2 stands in the list again where they stood, in the one row they had', () => {
    const stage = unscreened();
    expect(rowOf(stage, c101)).toMatchObject([{ s: 'nr' }]);
    apply(stage.to('2025-03-20'), c101);
    expect(rowOf(stage, c101)).toEqual([{ c: c101.slice('candidacy-'.length), s: 'in' }]);
    expect(stage.kinds().at(-1)).toBe('applicant_listed');
    expect(stage.state().firstApplied).toBe(
      stage.rows.find((row) => row.kind === 'applicant_listed')?.stamp.at,
    );
    advance(stage, c101);
    expect(rowOf(stage, c101)).toMatchObject([{ s: 'ad', q: 1 }]);
  });

  it('X2 needs an outcome again before the pool is decided (R3.1)', () => {
    const stage = apply(silent(closed(), c103).to('2025-03-25'), c103);
    stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
    const answer = stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' });
    const { missing } = answer as { missing: readonly { code: string; about?: string }[] };
    expect(missing).toContainEqual(expect.objectContaining({ code: 'R3.1', about: c103 }));
  });

  it('X2 keeps the outcome they had when they were screened already', () => {
    const stage = silent(closed(), c102).to('2025-03-25');
    expect(stage.state().rows.filter((row) => row.s === 'ad')).toHaveLength(1);
    advance(stage, c102);
    expect(rowOf(stage, c102)).toMatchObject([{ s: 'ad', q: 1 }]);
    expect(stage.kinds().at(-1)).toBe('applicant_screened');
  });

  it('X2 is let in again after the pool was decided, screened or not, until a selection is proposed', () => {
    const stage = pooled();
    const before = stage.state().rows;
    silent(stage, c102);
    advance(stage.to('2025-03-28'), c102);
    expect(stage.kinds().at(-1)).toBe('applicant_screened');
    expect(rowOf(stage, c102)).toMatchObject([{ s: 'ad', q: 1 }]);
    silent(stage, c103);
    apply(stage, c103);
    expect(rowOf(stage, c103)).toMatchObject([{ s: 'in' }]);
    expect(late(stage)).toEqual([]);
    expect(stage.state().rows).toHaveLength(before.length);
  });

  it('X2 hears that it is too late once a selection is proposed or confirmed', () => {
    const stage = agreed();
    silent(stage, c103);
    stage.must('marisol', 'select', { outcomes: [choice.outcomes[0]] });
    advance(stage, c103);
    expect(stage.kinds().at(-1)).toBe('application_late');
    expect(late(stage)).toEqual([{ to: c103, how: 'pool_decided' }]);
    stage.must('dana', 'confirm_selection');
    apply(stage, c103);
    expect(stage.kinds().at(-1)).toBe('application_late');
    expect(rowOf(stage, c103)).toMatchObject([{ s: 'nr' }]);
  });

  it('R3.1 nobody is selected while somebody who came back has no outcome', () => {
    const stage = agreed();
    silent(stage, c103);
    apply(stage, c103);
    const select = () => stage.ask('marisol', 'select', { outcomes: [choice.outcomes[0]] });
    expect(select()).toMatchObject({ rule: 'R3.1', missing: [{ code: 'R3.1', about: c103 }] });
    stage.hear(c103, {
      ...{ kind: 'screened', body: { candidacy: c103, outcome: 'not_advanced', qualified: false } },
    });
    expect(select()).toMatchObject({ kinds: ['selection_proposed'] });
  });

  it('X2 is heard by the panel like the others: conversation, sheets, references and consensus are owed anew', () => {
    const stage = agreed();
    silent(stage, c103);
    advance(stage, c103);
    expect(stage.state()).toMatchObject({ done: null, consensus: null, references: null });
    expect(stage.told('rater_dropped').at(-1)).toMatchObject({ to: c103, body: { rater: person('priya') } });
    stage.hear(c103, { kind: 'interview_held', body: { candidacy: c103, on: '2025-04-04' } });
    for (const who of ['marisol', 'theo', 'ana'])
      stage.hear(c103, { kind: 'sheet_in', body: { candidacy: c103, rater: person(who) } });
    expect(stage.state().done).toMatchObject({ on: '2025-04-04' });
    expect(stage.owed()).toContain('D4.6');
  });

  it('X6 a conversation from before all are held anew counts for nobody who was away then', () => {
    const stage = interviewed();
    silent(stage, c103);
    stage.must('ana', 'declare', { answer: 'recuse' });
    stage.must('dana', 'order_re_interview');
    advance(stage.to('2025-04-10'), c103);
    stage.hear(c103, { kind: 'interview_held', body: { candidacy: c103, on: '2025-04-04' } });
    expect(stage.told('interview_again').at(-1)).toMatchObject({ to: c103 });
    stage.hear(c103, { kind: 'sheet_in', body: { candidacy: c103, rater: person('theo') } });
    expect(stage.kinds().at(-1)).toBe('notice_declined');
    expect(rowOf(stage, c103)).toEqual([{ c: c103.slice('candidacy-'.length), s: 'ad', q: 1 }]);
    stage.hear(c103, { kind: 'interview_held', body: { candidacy: c103, on: '2025-04-10' } });
    expect(rowOf(stage, c103)).toMatchObject([{ s: 'ad', on: expect.any(Number) }]);
  });

  it('X2 hears that it is too late once the search is over', () => {
    const stage = silent(closed(), c102);
    stage.must('marisol', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_pay'] });
    stage.must('dana', 'confirm_pool', { outcome: 'failed_search' });
    advance(stage, c102);
    expect(stage.kinds().at(-1)).toBe('application_late');
    expect(rowOf(stage, c102)).toMatchObject([{ s: 'nr' }]);
  });

  it('X2 opens no way back for somebody who withdrew, and none twice', () => {
    const stage = closed();
    stage.hear(c102, { kind: 'candidate_left', body: { candidacy: c102, why: 'withdrawn' } });
    advance(stage, c102);
    expect(stage.kinds().at(-1)).toBe('notice_declined');
    apply(stage, c102);
    expect(stage.kinds().at(-1)).toBe('notice_declined');
    expect(rowOf(stage, c102)).toMatchObject([{ s: 'wi' }]);
    apply(apply(silent(stage, c103), c103), c103);
    expect(stage.kinds().at(-1)).toBe('notice_declined');
    expect(rowOf(stage, c103)).toMatchObject([{ s: 'in' }]);
  });
});
