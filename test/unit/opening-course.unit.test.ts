import { describe, expect, it } from 'vitest';
import { caseOf } from './house.ts';
import { c101, c102, c103, closed, opened, openPayload, planned, posted, selected } from './opening-play.ts';
import { OpeningStage } from './opening-house.ts';

/** What happens to a search from outside of it: a failed search, a new version of the role, a freeze. */

const dueOf = (stage: OpeningStage, code: string): string =>
  new Date(stage.last?.obligations.find((one) => one.code === code)?.due ?? 0).toISOString();
const told = (stage: OpeningStage, kind: string) => stage.told(kind).map((one) => one.to);

function failed(): OpeningStage {
  const stage = closed();
  stage.must('marisol', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_pay'] });
  stage.must('dana', 'confirm_pool', { outcome: 'failed_search' });
  return stage;
}

describe('a posting', () => {
  it('D3.1 is approved, sent back with what has to change, approved again, extended, paused and closed', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.must('dana', 'return_posting', { changes: ['wording'] });
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      rule: 'G2',
      missing: [{ code: 'D3.1', about: 'approved' }],
    });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.must('dana', 'post', { closeOn: '2025-03-24' });
    expect(stage.ask('dana', 'return_posting', { changes: ['wording'] })).toMatchObject({ rule: 'D3.1' });
    stage.must('dana', 'extend_posting', { closeOn: '2025-03-31' });
    expect(stage.ask('dana', 'extend_posting', { closeOn: '2025-03-30' })).toMatchObject({ rule: 'D3.1' });
    stage.to('2025-03-10').must('dana', 'pause_posting', { until: '2025-03-14' });
    stage.to('2025-03-14').must('dana', 'resume_posting', { closeOn: '2025-03-31' });
    stage.to('2025-03-31').must('dana', 'close_posting');
    const kinds = stage.kinds().filter((kind) => kind.startsWith('post'));
    expect(kinds).toEqual([
      ...['posting_approved', 'posting_returned', 'posting_approved', 'posted', 'posting_extended'],
      ...['posting_paused', 'posting_resumed', 'posting_closed'],
    ]);
  });

  it('D3.2 does not go back under two community channels once it is out, and may change them before', () => {
    const one = { channels: ['peer_run_organization', 'job_board'] };
    const stage = opened();
    stage.must('dana', 'plan_channels', one);
    const out = posted();
    expect(out.ask('dana', 'plan_channels', one)).toMatchObject({ code: 'rule_blocks', rule: 'D3.2' });
    out.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
  });

  it('D3.7 makes an exception only with the reason why fewer are enough', () => {
    const stage = closed();
    const exception = { outcome: 'proceed_with_exception' };
    expect(stage.ask('dana', 'propose_pool', { ...exception, reasons: ['lacked_reach'] })).toMatchObject({
      rule: 'D3.7',
      missing: [{ code: 'why_fewer_are_enough' }],
    });
    stage.must('dana', 'propose_pool', { ...exception, reasons: ['second_search'] });
  });
});

describe('a failed search', () => {
  it('X4 says what the posting lacked: a reason for an exception is none', () => {
    const answer = closed().ask('dana', 'propose_pool', {
      ...{ outcome: 'failed_search', reasons: ['small_labor_market'] },
    });
    expect(answer).toMatchObject({ rule: 'X4', missing: [{ code: 'what_it_lacked' }] });
  });

  it('X4 asks HR within five business days what follows, and publishes the answer', () => {
    const stage = failed();
    expect(dueOf(stage, 'X4')).toBe('2025-03-31T21:00:00.000Z');
    expect(stage.ask('dana', 'post', { closeOn: '2025-05-01' })).toMatchObject({ rule: 'D4.7' });
    stage.must('dana', 'follow_search', { next: 'revise_pay' });
    expect(stage.fact_('search_next')).toBe('revise_pay');
    expect(stage.ask('dana', 'follow_search', { next: 'extend' })).toMatchObject({ rule: 'X4' });
  });

  it('X4 is as final as before under a policy that asks nothing', () => {
    const stage = new OpeningStage('old', { X4: { source: 'O' } }).ready().to('2025-02-26');
    stage.must('dana', 'open', openPayload(stage));
    const before = closed(stage);
    before.must('marisol', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_pay'] });
    before.must('dana', 'confirm_pool', { outcome: 'failed_search' });
    expect(before.last?.standing).toEqual({ stage: 'failed_search', status: 'final' });
  });

  it('X4 opens anew only after what it lacked was looked at, with the same version unless that changes', () => {
    const before = caseOf('opening', 'northside-0');
    const stage = new OpeningStage('northside-2').ready().to('2025-04-07');
    const payload = { ...openPayload(stage), plannedPosting: '2025-04-14', after: before };
    expect(stage.ask('dana', 'open', payload)).toMatchObject({ code: 'unknown_reference', rule: 'X4' });
    stage.fact('opening_role', before, `${stage.role},1`);
    expect(stage.ask('dana', 'open', payload)).toMatchObject({
      rule: 'X4',
      missing: [{ code: 'what_it_lacked' }],
    });
    stage.fact('search_next', before, 'no_new_search');
    expect(stage.ask('dana', 'open', payload)).toMatchObject({
      rule: 'X4',
      missing: [{ code: 'what_it_lacked' }],
    });
    stage.fact('search_next', before, 'revise_pay');
    expect(stage.ask('dana', 'open', { ...payload, roleVersion: 2 })).toMatchObject({
      rule: 'X4',
      missing: [{ code: 'same_version', about: '1' }],
    });
    stage.must('dana', 'open', payload);
  });

  it('X4 takes another version when the description was revised', () => {
    const before = caseOf('opening', 'northside-0');
    const stage = new OpeningStage('northside-2').ready().to('2025-04-07');
    stage.fact('opening_role', before, `${stage.role},1`);
    stage.fact('search_next', before, 'revise_description');
    const payload = { ...openPayload(stage), plannedPosting: '2025-04-14' };
    stage.must('dana', 'open', { ...payload, after: before, roleVersion: 2 });
  });
});

describe('a role that changes during the search', () => {
  const adopted = (stage: OpeningStage, version = 2) =>
    stage.hear(stage.role, { kind: 'role_version_adopted', body: { role: stage.role, version } });

  it('X5 is asked of HR with a date, and the version kept is told to the candidates', () => {
    const stage = adopted(closed());
    expect(dueOf(stage, 'X5')).toBe('2025-03-26T21:00:00.000Z');
    stage.must('dana', 'answer_role_change', { outcome: 'keep_version' });
    expect(told(stage, 'version_kept')).toEqual([c101, c102, c103]);
    expect(stage.fact_('opening_role')).toBe(`${stage.role},1`);
    expect(stage.owed()).toContain('X5');
    stage.must('dana', 'record_told', { word: 1 });
    expect(stage.owed()).not.toContain('X5');
    adopted(stage);
    expect(stage.rows.at(-1)?.kind).toBe('notice_declined');
  });

  it('X5 cancels to post anew, and owes the candidates a word within two business days', () => {
    const stage = adopted(closed());
    stage.must('dana', 'answer_role_change', { outcome: 'cancel_and_repost' });
    expect(told(stage, 'opening_closed')).toEqual([c101, c102, c103]);
    expect(stage.last?.standing).toEqual({ stage: 'canceled', status: 'closed' });
    expect(dueOf(stage, 'X28')).toBe('2025-03-26T21:00:00.000Z');
    stage.must('dana', 'record_told', { word: 1 });
    expect(stage.last?.standing).toEqual({ stage: 'canceled', status: 'final' });
  });

  it('X5 is noted by HR too, when the role says so; an older version changes nothing', () => {
    const stage = closed();
    stage.fact('role_version', stage.role, '2');
    expect(stage.ask('dana', 'note_role_change', { version: 3 })).toMatchObject({ rule: 'X5' });
    expect(stage.ask('dana', 'answer_role_change', { outcome: 'keep_version' })).toMatchObject({
      rule: 'X5',
    });
    stage.must('dana', 'note_role_change', { version: 2 });
    expect(stage.ask('dana', 'note_role_change', { version: 2 })).toMatchObject({ rule: 'X5' });
  });

  it('X5 takes no step under two versions: the pool is decided after HR said which one holds', () => {
    const stage = closed();
    const proceed = { outcome: 'proceed', reasons: [] };
    stage.fact('role_version', stage.role, '2');
    expect(stage.ask('dana', 'propose_pool', proceed)).toMatchObject({
      ...{ code: 'rule_blocks', rule: 'X5', missing: [{ code: 'newer_version', about: '2' }] },
    });
    stage.must('dana', 'note_role_change', { version: 2 });
    stage.must('dana', 'answer_role_change', { outcome: 'keep_version' });
    stage.must('dana', 'propose_pool', proceed);
  });

  it('X5 keeps no version of a posting that is not out, and cancels nothing while an offer is', () => {
    const draft = adopted(opened());
    expect(draft.ask('dana', 'answer_role_change', { outcome: 'keep_version' })).toMatchObject({
      missing: [{ code: 'not_posted' }],
    });
    const offered = adopted(selected());
    expect(offered.ask('dana', 'answer_role_change', { outcome: 'cancel_and_repost' })).toMatchObject({
      missing: [{ code: 'offer_under_way' }],
    });
    offered.must('dana', 'answer_role_change', { outcome: 'keep_version' });
  });
});

describe('a freeze', () => {
  it('X28 stops every timer, and owes candidates a word and somebody the day on which it goes on', () => {
    const stage = planned().to('2025-03-28');
    expect(stage.owed().filter((code) => code === 'P4.2')).toHaveLength(4);
    stage.must('vera', 'pause_search', { until: '2025-05-02', why: 'hiring_freeze' });
    expect(stage.owed().toSorted()).toEqual(['X28', 'X28']);
    expect(stage.last?.standing).toEqual({ stage: 'paused', status: 'open' });
    expect(stage.fact_('search_paused')).toBe('2025-05-02');
    expect(told(stage, 'search_paused')).toEqual([c101, c102, c103]);
    // Candidacies hear why: money is a ground to take an offer back, and nothing else is.
    expect(stage.told('search_paused')[0]?.body).toEqual({ until: '2025-05-02', why: 'hiring_freeze' });
    expect(dueOf(stage, 'X28')).toBe('2025-04-01T21:00:00.000Z');
    stage.must('dana', 'record_told', { word: 1 });
    expect(stage.owed()).toEqual(['X28']);
    const calls = stage.to('2025-04-11').kinds();
    expect(calls).not.toContain('alternate_called');
    expect(stage.ask('theo', 'confirm_attendance')).toMatchObject({ code: 'not_expected_now', rule: 'X28' });
    stage.must('uli', 'report_incident', { question: 'Q_STORY' });
  });

  it('X28 runs on as much later as it stood still, reserve and all', () => {
    const stage = selected();
    stage.to('2025-04-14').must('vera', 'pause_search', { until: '2025-04-24', why: 'funding_freeze' });
    stage.to('2025-04-24').must('vera', 'resume_search');
    const reserved = stage.last?.obligations.find((one) => one.id.startsWith(`D5.9/${c103}`));
    // Nine July and ten days is a Saturday: never on a day the site is closed.
    expect(new Date(reserved?.due ?? 0).toISOString()).toBe('2025-07-21T21:00:00.000Z');
    stage.to('2025-07-18');
    expect(stage.kinds()).not.toContain('reserve_ended');
    stage.to('2025-07-22');
    expect(stage.kinds()).toContain('reserve_ended');
  });

  it('X28 pauses a posting that is out with the rest, which goes out again by itself only on command', () => {
    const stage = posted().to('2025-03-10');
    stage.must('vera', 'pause_search', { until: '2025-03-20', why: 'hiring_freeze' });
    expect(stage.ask('dana', 'resume_posting', { closeOn: '2025-04-04' })).toMatchObject({ rule: 'X28' });
    stage.to('2025-03-18').must('vera', 'resume_search');
    expect(stage.fact_('posting')).toBe('paused');
    stage.must('dana', 'resume_posting', { closeOn: '2025-04-04' });
    expect(stage.state().posting.openDays).toBe(7);
  });

  it('X28 lasts longer only to a later day, is decided above HR, and ends with what was paused', () => {
    const stage = closed();
    const until = (day: string, who = 'vera') =>
      stage.ask(who, 'pause_search', { until: day, why: 'funding_freeze' });
    expect(until('2025-04-30', 'dana')).toMatchObject({ code: 'not_permitted' });
    expect(until('2025-03-24')).toMatchObject({ rule: 'X28' });
    expect(stage.ask('vera', 'resume_search')).toMatchObject({ missing: [{ code: 'not_paused' }] });
    until('2025-04-30');
    expect(until('2025-04-30')).toMatchObject({ missing: [{ code: 'later_than', about: '2025-04-30' }] });
    expect(until('2025-05-30')).toMatchObject({ kinds: ['search_paused'] });
    stage.must('vera', 'cancel_opening', { why: 'funding_ended' });
    expect(stage.last?.standing?.stage).toBe('canceled');
    expect(stage.told('opening_closed')).toHaveLength(3);
  });
});
