import { describe, expect, it } from 'vitest';
import { caseOf, person } from './house.ts';
import {
  c101,
  c102,
  c103,
  closed,
  opened,
  openPayload,
  planned,
  pooled,
  posted,
  questions,
  selected,
} from './opening-play.ts';
import { OpeningStage } from './opening-house.ts';

/** Rules of an opening by their codes: where each bites, and where it does not. */

const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const employment = caseOf('employment', 'c-102');

/** The seat accepted, and then filled on the first day. */
function filled(): OpeningStage {
  const stage = selected();
  stage.to('2025-04-16').hear(c102, { kind: 'offer_ended', body: { candidacy: c102, how: 'accepted' } });
  const body = { candidacy: c102, employment, dayOne: '2025-05-12' };
  return stage.to('2025-05-09').hear(c102, { kind: 'hired', body });
}

describe('posting and pool', () => {
  it('X4 wants to know what the posting lacked before a search is called failed', () => {
    const stage = closed();
    const failed = { outcome: 'failed_search', reasons: [] };
    expect(stage.ask('marisol', 'propose_pool', failed)).toMatchObject(missing('reason_needed'));
  });

  it('X4 ends the search with that reason, and everybody who waits is told', () => {
    const stage = closed();
    stage.must('marisol', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_reach'] });
    stage.must('dana', 'confirm_pool', { outcome: 'failed_search' });
    const failed = stage.rows.find((row) => row.kind === 'search_failed');
    expect(failed).toMatchObject({ body: { reasons: ['lacked_reach'] } });
    expect(stage.told('opening_closed').map((one) => one.to)).toEqual([c101, c102, c103]);
  });

  it('X5 posts no version of the role but the one that is described', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.fact('role_described', stage.role, '2');
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      rule: 'G2',
      missing: [{ code: 'R2.1' }],
    });
  });

  it('X5 keeps its version when the role changes later, or is canceled and everybody told', () => {
    const stage = closed();
    stage.fact('role_described', stage.role, '2');
    expect(stage.fact_('opening_role')).toBe(`${stage.role},1`);
    stage.must('vera', 'cancel_opening', { why: 'cancel_and_repost' });
    expect(stage.told('opening_closed').map((one) => one.to)).toEqual([c101, c102, c103]);
    expect(stage.told('opening_closed')[0]?.body).toEqual({ how: 'canceled' });
  });

  it('X28 refuses a pause until a day that is past, and a cancellation while an offer is out', () => {
    const stage = posted().to('2025-03-10');
    expect(stage.ask('dana', 'pause_posting', { until: '2025-03-10' })).toMatchObject({ rule: 'X28' });
    expect(stage.ask('dana', 'cancel_opening', { why: 'funding_ended' })).toMatchObject({
      code: 'not_permitted',
    });
    expect(selected().ask('vera', 'cancel_opening', { why: 'funding_ended' })).toMatchObject(
      missing('offer_under_way'),
    );
  });

  it('X28 pauses a posting and goes on, or cancels it when the money is gone', () => {
    const stage = posted().to('2025-03-10');
    stage.must('dana', 'pause_posting', { until: '2025-03-20' });
    expect(stage.fact_('posting')).toBe('paused');
    stage.to('2025-03-20').must('dana', 'resume_posting', { closeOn: '2025-04-04' });
    expect(stage.fact_('posting')).toBe('posted');
    stage.must('vera', 'cancel_opening', { why: 'funding_ended' });
    expect(stage.last?.standing).toEqual({ stage: 'canceled', status: 'final' });
  });
});

describe('an applicant who is silent', () => {
  const gone = { kind: 'candidate_left', body: { candidacy: c103, why: 'no_response' } } as const;
  const lacks = (stage: OpeningStage): readonly string[] => {
    stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
    const answer = stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' });
    return (answer as { missing: readonly { code: string }[] }).missing.map((one) => one.code);
  };

  it('X2 has an outcome like anybody who left, and holds the pool up no longer', () => {
    expect(lacks(closed().to('2025-03-25'))).toContain('R3.1');
    const stage = closed().to('2025-03-25').hear(c103, gone);
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'applicant_left', body: { why: 'no_response' } });
    expect(lacks(stage)).not.toContain('R3.1');
  });

  it('X2 does not take somebody for silent who withdrew before', () => {
    const left = { candidacy: c103, why: 'withdrawn' } as const;
    const stage = closed().to('2025-03-25').hear(c103, { kind: 'candidate_left', body: left });
    stage.hear(c103, gone);
    expect(stage.rows.at(-1)?.kind).toBe('notice_declined');
    expect(stage.kinds().filter((kind) => kind === 'applicant_left')).toHaveLength(1);
  });
});

describe('questions and panel', () => {
  it('D4.1 forbids no question without its code, and never approves it afterwards', () => {
    const stage = pooled();
    const mark = (one: object) => stage.ask('dana', 'mark_questions', { questions: [one] });
    expect(mark({ id: 'Q11', status: 'forbidden' })).toMatchObject({
      rule: 'D4.1',
      ...missing('code_needed'),
    });
    mark({ id: 'Q11', status: 'forbidden', code: 'Q_STORY' });
    expect(mark({ id: 'Q11', status: 'approved' })).toMatchObject({ rule: 'R4.2' });
  });

  it('D4.1 lets a question that needs review be approved later', () => {
    const stage = pooled();
    stage.must('dana', 'mark_questions', { questions: [{ id: 'Q9', status: 'needs_review' }] });
    stage.must('dana', 'mark_questions', { questions: [{ id: 'Q9', status: 'approved' }] });
    expect(stage.state().questions['Q9']).toBe('approved');
  });

  it('D4.2 seats nobody twice and no panel too small or too large', () => {
    const stage = new OpeningStage().ready().to('2025-02-26');
    const payload = openPayload(stage);
    const [one, two] = payload.panel;
    const open = (panel: readonly unknown[]) => stage.ask('dana', 'open', { ...payload, panel });
    expect(open([one, two])).toMatchObject({ rule: 'D4.2', ...missing('panel_size') });
    expect(open([...payload.panel, one])).toMatchObject(missing('seated_twice'));
  });

  it('D3.1 plans a posting for today or later, unless it shares one that may be out already', () => {
    const stage = new OpeningStage().ready().to('2025-02-26');
    const payload = { ...openPayload(stage), plannedPosting: '2025-02-25' };
    expect(stage.ask('dana', 'open', payload)).toMatchObject({ rule: 'D3.1', ...missing('day_not_past') });
    const sharing = caseOf('opening', 'other');
    // What it shares is not known here, which is another refusal.
    expect(stage.ask('dana', 'open', { ...payload, sharing })).toMatchObject({ rule: 'X26' });
    stage.must('dana', 'open', { ...payload, plannedPosting: '2025-02-26' });
  });

  it('D4.2 warns of a rater who was not trained, and plans with the acknowledgement', () => {
    const stage = pooled();
    const marked = questions.map((id) => ({ id, status: 'approved' }));
    stage.must('dana', 'mark_questions', { questions: marked });
    const plan = { firstDay: '2025-04-03', lastDay: '2025-04-04', questions };
    stage.must('dana', 'fill_seat', {
      seat: 'alternate',
      person: person('mika'),
      inRole: false,
      trained: false,
    });
    stage.must('ana', 'declare', { answer: 'recuse' });
    expect(stage.ask('dana', 'plan_interviews', plan)).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'D4.2', about: person('mika') }],
    });
    stage.must('dana', 'plan_interviews', plan, ['D4.2']);
  });

  it('D4.2 plans without a word when all are trained', () => {
    const warned = planned().rows.filter((row) => row.kind === 'warning_acknowledged');
    expect(warned.map((row) => row.body)).toEqual([expect.objectContaining({ rule: 'R0.4' })]);
  });
});

describe('afterwards', () => {
  it('X20 notes which seat falls free when its holder leaves', () => {
    const stage = filled();
    stage.to('2025-06-02').hear(employment, { kind: 'holder_left', body: { employment, how: 'resigned' } });
    expect(stage.rows.at(-1)).toMatchObject({
      kind: 'holder_gone',
      body: { employment, seat: 1, how: 'resigned' },
    });
  });

  it('D9.7 X20 gives a seat up that nobody follows on, said with the leaving or after it', () => {
    const body = { employment, how: 'resigned' };
    const seat = (stage: OpeningStage) => stage.state().seats[0]?.st;
    const once = filled();
    once.to('2025-06-02').hear(employment, { kind: 'holder_left', body: { ...body, closes: true } });
    expect(seat(once)).toBe('gone');
    const twice = filled();
    twice.to('2025-06-02').hear(employment, { kind: 'holder_left', body });
    expect(seat(twice)).toBe('free');
    twice.hear(employment, { kind: 'holder_left', body: { ...body, closes: true } });
    expect(seat(twice)).toBe('gone');
    expect(twice.last?.obligations.filter(({ id }) => id.startsWith('D5.9/seat'))).toEqual([]);
  });

  it('X20 declines the word of an employment that never held a seat here', () => {
    const stage = filled();
    const stranger = caseOf('employment', 'elsewhere');
    stage.to('2025-06-02');
    stage.hear(stranger, { kind: 'holder_left', body: { employment: stranger, how: 'resigned' } });
    expect(stage.rows.at(-1)?.kind).toBe('notice_declined');
    expect(stage.kinds()).not.toContain('holder_gone');
  });
});
