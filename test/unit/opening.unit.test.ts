import { describe, expect, it } from 'vitest';
import { caseOf, person } from './house.ts';
import { opened, openPayload, posted, closed, pooled, planned } from './opening-play.ts';
import { c101, c102, c103, interviewed, questions, selected } from './opening-play.ts';
import { missingValues } from '../../src/domain/kernel/policy.ts';
import { policyKeys } from '../../src/domain/opening/words.ts';
import { termsForTests } from './house.ts';

describe('an opening of the worked example', () => {
  it('goes from posting to the reserve with each prompt on its day', () => {
    const stage = selected();
    expect(stage.sent('P3.4')).toEqual(['2025-03-17 D14', '2025-03-24 D21']);
    expect(stage.sent('P4.2')).toEqual(Array.from({ length: 4 }, () => '2025-03-27 s0'));
    expect(stage.sent('D4.4')).toEqual(['2025-04-09 r2']);
    // Mornings: it opens on 4 April, half of the window is gone on 8 April, due on 9, with a stand-in on 10.
    expect([...new Set(stage.sent('P4.4'))]).toEqual([
      '2025-04-04 r0',
      '2025-04-08 r1',
      '2025-04-09 r2',
      '2025-04-10 r3',
    ]);
    // Those who rate, whoever manages the work; Priya's sheets were dropped for all on the 9th.
    const asked = (rung: string) =>
      stage.prompts.filter((one) => one.code === 'P4.4' && one.rung === rung).map((one) => one.to);
    expect(asked('r0')).toEqual(['marisol', 'theo', 'priya', 'ana'].map(person));
    expect(asked('r3')).toEqual(['marisol', 'theo', 'ana'].map(person));
    const late = stage.rows.filter((row) => row.kind === 'answered_late').map((row) => row.body);
    expect(late).toMatchObject([{ code: 'P4.4' }]);
    expect(stage.told('selected').map(({ to, body }) => ({ to, body }))).toEqual([
      { to: c102, body: { seat: 1, hiringManager: person('marisol') } },
    ]);
    expect(stage.told('reserved').map(({ to, body }) => ({ to, body }))).toEqual([
      { to: c103, body: { until: '2025-07-09' } },
    ]);
    expect(stage.fact_('seat', c102)).toBe('1');
    expect(stage.last?.standing).toEqual({ stage: 'offer', status: 'open' });
  });

  it('is final on 9 July, when the seat is filled and the reserve ended by the policy', () => {
    const stage = selected();
    stage.to('2025-04-16').hear(c102, { kind: 'offer_ended', body: { candidacy: c102, how: 'accepted' } });
    const employment = caseOf('employment', 'c-102');
    stage.to('2025-05-09').hear(c102, {
      kind: 'hired',
      body: { candidacy: c102, employment, dayOne: '2025-05-12' },
    });
    expect(stage.last?.standing).toEqual({ stage: 'reserve', status: 'open' });
    stage.to('2025-07-09', '16:59');
    expect(stage.told('reserve_ended')).toEqual([]);
    expect(stage.sent('D5.9')).toEqual(['2025-07-09 r2']);
    stage.to('2025-07-09', '17:01');
    expect(stage.told('reserve_ended')).toMatchObject([{ to: c103, body: { how: 'expired' } }]);
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'reserve_ended', stamp: { how: 'policy' } });
    expect(stage.last?.standing).toEqual({ stage: 'filled', status: 'final' });
    expect(stage.last?.obligations).toEqual([]);
    expect(stage.sent('G5')).toEqual([]);
  });

  it('has every policy value it reads', () => {
    expect(missingValues(termsForTests().policy, policyKeys)).toEqual([]);
  });
});

describe('posting', () => {
  it('is refused while a neighbor has not delivered, naming all of it (G2, R0.1, R2.1, R2.4, P0.3, D3.2)', () => {
    const stage = opened();
    stage.facts = [];
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G2',
      missing: [
        { code: 'R2.1' },
        { code: 'R2.4' },
        { code: 'R0.1', about: 'readiness' },
        { code: 'R0.1', about: 'policies_to_change' },
        { code: 'P0.3' },
        { code: 'D3.2' },
        { code: 'D3.1' },
      ],
    });
  });

  it('D9.7 warns while the role is still to be looked at again after the last ending', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.fact('role_review', stage.role, 'asked');
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      ...{ code: 'acknowledgement_needed', missing: [{ code: 'D9.7', about: 'role_review' }] },
    });
    stage.must('dana', 'post', { closeOn: '2025-03-24' }, ['D9.7']);
    expect(stage.kinds().slice(-2)).toEqual(['posted', 'warning_acknowledged']);
  });

  it('R0.1 is refused while one policy must change before anybody is hired, and not once none does', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    const { site } = openPayload(stage);
    stage.fact('policies_to_change', site, '1');
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      ...{ rule: 'G2', missing: [{ code: 'R0.1', about: 'policies_to_change' }] },
    });
    stage.fact('policies_to_change', site, '0');
    stage.must('dana', 'post', { closeOn: '2025-03-24' });
  });

  it('is refused for another version of the role, and for an orientation older than twelve months', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.fact('role_described', stage.role, '2');
    stage.fact('team_oriented', openPayload(stage).site, '2024-02-25');
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      missing: [{ code: 'R2.1' }, { code: 'P0.3' }],
    });
  });

  it('counts community channels only (D3.2)', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['job_board', 'own_website', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject({
      missing: [{ code: 'D3.2' }],
    });
  });

  it('warns when nobody else in a peer role would be on site (R0.4)', () => {
    const stage = opened();
    expect(stage.ask('dana', 'approve_posting')).toMatchObject({
      code: 'acknowledgement_needed',
      rule: 'R0.4',
    });
    stage.fact('role_holders', openPayload(stage).site, '1');
    stage.must('dana', 'approve_posting');
    expect(stage.kinds()).not.toContain('warning_acknowledged');
  });

  it('goes out again after a rest only while no policy must change (R0.1)', () => {
    const stage = posted().to('2025-03-10');
    const site = openPayload(stage).site;
    stage.must('dana', 'pause_posting', { until: '2025-03-20' });
    stage.fact('policies_to_change', site, '1');
    stage.to('2025-03-20');
    const resume = () => stage.ask('dana', 'resume_posting', { closeOn: '2025-03-31' });
    expect(resume()).toMatchObject({ code: 'rule_blocks', rule: 'R0.1' });
    stage.fact('policies_to_change', site, '0');
    expect(resume()).toMatchObject({ kinds: ['posting_resumed'] });
    stage.fact('policies_to_change', site, '1');
    const longer = () => stage.ask('dana', 'extend_posting', { closeOn: '2025-04-14' });
    expect(longer()).toMatchObject({ code: 'rule_blocks', rule: 'R0.1' });
    stage.fact('policies_to_change', site, '0');
    expect(longer()).toMatchObject({ kinds: ['posting_extended'] });
  });

  it('stays open at least fourteen days, pauses not counted (R3.3)', () => {
    const stage = posted().to('2025-03-10');
    stage.must('dana', 'pause_posting', { until: '2025-03-20' });
    expect(stage.fact_('posting')).toBe('paused');
    stage.to('2025-03-20');
    expect(stage.ask('dana', 'resume_posting', { closeOn: '2025-03-26' })).toMatchObject({ rule: 'R3.3' });
    stage.must('dana', 'resume_posting', { closeOn: '2025-03-27' });
    expect(stage.to('2025-03-26').ask('dana', 'close_posting')).toMatchObject({
      code: 'rule_blocks',
      rule: 'R3.3',
    });
    stage.to('2025-03-27').must('dana', 'close_posting');
    // Day 14 of being open is the 27th: no prompt on the 17th, when it was paused.
    expect(stage.sent('P3.4')).toEqual(['2025-03-27 D14']);
  });

  it('asks nothing about age once three are screened as qualified (P3.4)', () => {
    const stage = posted();
    for (const candidacy of [c101, c102, c103]) {
      stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person(candidacy) } });
      stage.hear(candidacy, { kind: 'screened', body: { candidacy, outcome: 'advance', qualified: true } });
    }
    expect(stage.to('2025-03-24').sent('P3.4')).toEqual([]);
  });
});

describe('the pool', () => {
  it('keeps of a recusal only that the seat was refilled (D3.5)', () => {
    const stage = pooled();
    const rows = stage.rows.filter((row) => row.stamp.actor === person('luis'));
    expect(rows.map(({ kind, body }) => ({ kind, body }))).toEqual([
      {
        kind: 'seat_refilled',
        body: {
          seat: 'panel:4',
          left: person('luis'),
          by: { person: person('ana'), inRole: false, trained: true },
        },
      },
    ]);
    expect(JSON.stringify([stage.rows, stage.state()])).not.toContain('recus');
    expect(stage.ask('luis', 'declare', { answer: 'none', attest: true })).toMatchObject({
      code: 'not_permitted',
    });
  });

  it('needs an outcome for everybody, and hold is none (R3.1); three qualified (R3.4); declarations (D3.5)', () => {
    const stage = closed();
    stage.hear(c103, { kind: 'screened', body: { candidacy: c103, outcome: 'hold', qualified: false } });
    stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
    const answer = stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' });
    expect(answer).toMatchObject({ code: 'gate_not_passed', rule: 'G3' });
    const codes = (answer as { missing: readonly { code: string }[] }).missing.map((one) => one.code);
    expect(codes).toEqual(['R3.1', 'R3.4', 'D3.5', 'D3.5', 'D3.5', 'D3.5']);
  });

  it('is decided by two people, HR and the hiring manager, for what was proposed (D3.7)', () => {
    const stage = closed();
    stage.must('dana', 'propose_pool', {
      outcome: 'extend',
      reasons: ['lacked_reach'],
      closeOn: '2025-04-07',
    });
    expect(stage.ask('dana', 'confirm_pool', { outcome: 'extend' })).toMatchObject({ rule: 'D3.7' });
    expect(stage.ask('marisol', 'confirm_pool', { outcome: 'proceed' })).toMatchObject({ code: 'stale' });
    expect(stage.ask('theo', 'confirm_pool', { outcome: 'extend' })).toMatchObject({ code: 'not_permitted' });
    stage.fact('policies_to_change', openPayload(stage).site, '1');
    const early = stage.ask('marisol', 'confirm_pool', { outcome: 'extend' });
    expect(early).toMatchObject({ code: 'rule_blocks', rule: 'R0.1' });
    stage.fact('policies_to_change', openPayload(stage).site, '0');
    stage.must('marisol', 'confirm_pool', { outcome: 'extend' });
    expect(stage.fact_('posting')).toBe('posted');
    expect(stage.owed()).toContain('D3.1');
  });

  it('goes on with fewer only as an exception with a reason (R3.4)', () => {
    const stage = closed();
    stage.hear(c103, {
      kind: 'screened',
      body: { candidacy: c103, outcome: 'not_advanced', qualified: false },
    });
    for (const who of ['marisol', 'theo', 'priya', 'luis'])
      stage.must(who, 'declare', { answer: 'none', attest: true });
    const exception = { outcome: 'proceed_with_exception' };
    expect(stage.ask('dana', 'propose_pool', { ...exception, reasons: [] })).toMatchObject({ rule: 'D3.7' });
    stage.must('dana', 'propose_pool', { ...exception, reasons: ['small_labor_market'] });
    stage.must('marisol', 'confirm_pool', exception);
    expect(stage.fact_('pool_ready')).toBe('yes');
  });

  it('tells everybody who waits when the search failed, and is final once HR said what follows (X4)', () => {
    const stage = closed();
    stage.must('marisol', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_pay'] });
    stage.must('dana', 'confirm_pool', { outcome: 'failed_search' });
    expect(stage.told('opening_closed').map((one) => one.to)).toEqual([c101, c102, c103]);
    expect(stage.last?.standing).toEqual({ stage: 'failed_search', status: 'closed' });
    expect(stage.owed()).toEqual(['X4']);
    stage.must('dana', 'follow_search', { next: 'revise_pay' });
    expect(stage.last?.standing).toEqual({ stage: 'failed_search', status: 'final' });
  });

  it('tells an application that comes after the decision, and does not drop it', () => {
    const stage = pooled();
    const candidacy = caseOf('candidacy', 'late');
    stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person('late') } });
    expect(stage.told('opening_closed')).toMatchObject([{ to: candidacy, body: { how: 'pool_decided' } }]);
  });
});

describe('panel and questions', () => {
  it('asks nothing that is not approved (R4.2), and one set in one opening (R4.6)', () => {
    const stage = planned();
    const days = { firstDay: '2025-04-03', lastDay: '2025-04-04' };
    expect(stage.ask('dana', 'plan_interviews', { ...days, questions: [...questions, 'Q9'] })).toMatchObject({
      rule: 'R4.2',
      missing: [{ code: 'not_approved', about: 'Q9' }],
    });
    expect(stage.ask('dana', 'plan_interviews', { ...days, questions: ['Q1'] })).toMatchObject({
      rule: 'R4.6',
    });
    const mark = (id: string, status: string) =>
      stage.ask('dana', 'mark_questions', { questions: [{ id, status }] });
    expect(mark('Q1', 'needs_review')).toMatchObject({ rule: 'R4.6' });
    expect(mark('Q11', 'approved')).toMatchObject({ rule: 'R4.2' });
  });

  it('schedules nobody without a person in a peer role on the panel (R4.1)', () => {
    const stage = pooled();
    stage.must('theo', 'declare', { answer: 'recuse' });
    stage.must('dana', 'mark_questions', { questions: [{ id: 'Q1', status: 'approved' }] });
    const plan = { firstDay: '2025-04-03', lastDay: '2025-04-03', questions: ['Q1'] };
    expect(stage.ask('dana', 'plan_interviews', plan)).toMatchObject({ code: 'rule_blocks', rule: 'R4.1' });
    const fill = { seat: 'panel:2', person: person('kim'), inRole: true, trained: false };
    stage.must('dana', 'fill_seat', fill);
    expect(stage.ask('dana', 'plan_interviews', plan)).toMatchObject({ rule: 'D4.2' });
    stage.must('dana', 'plan_interviews', plan, ['D4.2']);
    expect(stage.fact_('panel')?.split(',')).toContain(person('kim'));
  });

  it('calls the alternate in on the day before when a panelist is silent (P4.2)', () => {
    const stage = planned();
    stage.must('dana', 'fill_seat', {
      seat: 'alternate',
      person: person('sam'),
      inRole: false,
      trained: true,
    });
    for (const who of ['marisol', 'theo', 'ana']) stage.must(who, 'confirm_attendance');
    stage.to('2025-04-02', '12:59');
    expect(stage.sent('P4.2').filter((one) => one.includes('04-02'))).toEqual(['2025-04-02 s1']);
    stage.to('2025-04-02', '14:00');
    expect(stage.rows.find((row) => row.kind === 'alternate_called')).toMatchObject({
      stamp: { how: 'policy' },
      body: { seat: 'panel:3', left: person('priya'), by: { person: person('sam') } },
    });
    expect(stage.told('rater_replaced').map((one) => one.to)).toEqual([c101, c102, c103]);
    expect(stage.sent('P4.2').at(-1)).toBe('2025-04-02 r0');
    // D3.5: they came late, and declare like all others before anything else.
    expect(stage.ask('sam', 'confirm_attendance')).toMatchObject({ rule: 'D3.5' });
    stage.must('sam', 'declare', { answer: 'none', attest: true });
    stage.must('sam', 'confirm_attendance');
  });

  it('leaves a seat empty to HR when there is no alternate, and lets it fall away at the first interview', () => {
    const stage = planned();
    for (const who of ['marisol', 'theo', 'ana']) stage.must(who, 'confirm_attendance');
    stage.to('2025-04-03', '09:30');
    expect(stage.owed()).toContain('D4.2');
    expect(stage.told('rater_dropped')).toEqual([]);
    stage.hear(c101, { kind: 'interview_held', body: { candidacy: c101, on: '2025-04-03' } });
    expect(stage.told('rater_dropped').map((one) => one.body)).toEqual(
      Array.from({ length: 3 }, () => ({ rater: person('priya') })),
    );
  });

  it('drops a rater for every candidate, and never below the quorum (D4.4, X6)', () => {
    const stage = interviewed();
    expect(stage.told('rater_dropped').map((one) => one.to)).toEqual([c102, c103]);
    expect(stage.fact_('panel')).toBe([person('marisol'), person('theo'), person('ana')].join(','));
    expect(stage.ask('dana', 'drop_rater', { rater: person('theo') })).toMatchObject({
      rule: 'X6',
      missing: [{ code: 'X6' }, { code: 'R4.1' }, { code: 're_interview' }],
    });
  });

  it('declines a sheet of somebody who does not rate', () => {
    const stage = interviewed();
    stage.hear(c102, { kind: 'sheet_in', body: { candidacy: c102, rater: person('priya') } });
    expect(stage.rows.at(-1)).toMatchObject({ kind: 'notice_declined', body: { notice: 'sheet_in' } });
  });
});
