import { describe, expect, it } from 'vitest';
import type { PolicyEntry } from '../../src/domain/kernel/policy.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { termsForTests } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import {
  agreed,
  c102,
  c103,
  choice,
  interviewed,
  opened,
  openPayload,
  posted,
  selected,
} from './opening-play.ts';

/** A reason for every candidate (G4), and one version of the role from the posting to the seat (X5). */

const lacking = (rule: string, ...codes: readonly string[]) => ({
  rule,
  missing: codes.map((code) => expect.objectContaining({ code })),
});

/** Consensus under a policy that asks for a reason of every candidate, or does not. */
function consensus(values: object): OpeningStage {
  const { policy } = termsForTests();
  const stage = new OpeningStage('reasons', { G4: { ...policy.values['G4'], ...values } as PolicyEntry });
  stage.ready().to('2025-02-26').must('dana', 'open', openPayload(stage));
  interviewed(stage).to('2025-04-10');
  const results = [c102, c103].map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] }));
  stage.must('marisol', 'state_consensus', { results });
  for (const who of ['theo', 'ana']) stage.must(who, 'answer_consensus', { dissents: [] });
  return stage;
}
const outcomes = (first: readonly string[], second: readonly string[]) => ({
  outcomes: [
    { candidacy: c102, outcome: 'select', reasons: first },
    { candidacy: c103, outcome: 'reserve', reasons: second, rank: 1 },
  ],
});

describe('a reason code for every candidate', () => {
  it('R4.7 is given for somebody in reserve as for somebody not selected', () => {
    const stage = agreed();
    expect(stage.ask('marisol', 'select', outcomes([], []))).toMatchObject({
      rule: 'R4.7',
      missing: [{ code: 'reason_needed', about: c103 }],
    });
    expect(isRefusal(stage.ask('marisol', 'select', outcomes([], ['RC_RANK'])))).toBe(false);
  });

  it('G4 asks it of whoever is selected too, where the policy says so (R4.7)', () => {
    const stage = consensus({ reason_each: 1 });
    expect(stage.ask('marisol', 'select', outcomes([], ['RC_RANK']))).toMatchObject({
      rule: 'R4.7',
      missing: [{ code: 'reason_needed', about: c102 }],
    });
    stage.must('marisol', 'select', outcomes(['RC_REL', 'RC_CRISIS'], ['RC_RANK']));
    expect(isRefusal(stage.ask('dana', 'confirm_selection'))).toBe(false);
    expect(isRefusal(consensus({}).ask('marisol', 'select', outcomes([], ['RC_RANK'])))).toBe(false);
  });

  it('R4.7 reaches whoever was not selected, word for word', () => {
    const stage = agreed();
    stage.must('marisol', 'select', {
      outcomes: [
        { candidacy: c102, outcome: 'select', reasons: [] },
        { candidacy: c103, outcome: 'not_selected', reasons: ['RC_TEAM', 'RC_RANK'] },
      ],
    });
    stage.must('dana', 'confirm_selection');
    expect(stage.told('not_selected')[0]?.body).toEqual({ reasons: ['RC_TEAM', 'RC_RANK'] });
  });
});

describe('a newer version of the role', () => {
  const newer = lacking('X5', 'newer_version');
  const adopt = (stage: OpeningStage): void => stage.fact('role_version', stage.role, '2');

  it('X5 lets no posting go out under the old one', () => {
    const stage = opened();
    stage.must('dana', 'plan_channels', { channels: ['recovery_community_center', 'peer_run_organization'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    adopt(stage);
    stage.to('2025-03-03');
    expect(stage.ask('dana', 'post', { closeOn: '2025-03-24' })).toMatchObject(newer);
    stage.must('dana', 'note_role_change', { version: 2 });
    stage.must('dana', 'answer_role_change', { outcome: 'cancel_and_repost' });
  });

  it('X5 lets none go out again before HR has said whether the search keeps its own', () => {
    const stage = posted().to('2025-03-10');
    stage.must('dana', 'pause_posting', { until: '2025-03-12' });
    adopt(stage);
    expect(stage.ask('dana', 'resume_posting', { closeOn: '2025-03-31' })).toMatchObject(newer);
    stage.must('dana', 'note_role_change', { version: 2 });
    stage.must('dana', 'answer_role_change', { outcome: 'keep_version' });
    expect(isRefusal(stage.ask('dana', 'resume_posting', { closeOn: '2025-03-31' }))).toBe(false);
  });

  it('X5 G4 grants no seat, and D5.9 offers none, while that is open', () => {
    const stage = agreed();
    stage.must('marisol', 'select', choice);
    adopt(stage);
    expect(stage.ask('dana', 'confirm_selection')).toMatchObject(newer);
    stage.must('dana', 'note_role_change', { version: 2 });
    stage.must('dana', 'answer_role_change', { outcome: 'keep_version' });
    expect(isRefusal(stage.ask('dana', 'confirm_selection'))).toBe(false);

    const next = selected();
    next.hear(c102, { kind: 'offer_ended', body: { candidacy: c102, how: 'declined' } });
    adopt(next);
    expect(next.ask('dana', 'offer_next', { candidacy: c103 })).toMatchObject(newer);
  });
});

describe('a search that rests with an offer out', () => {
  const ended = (how: 'accepted' | 'rescinded') =>
    ({ kind: 'offer_ended', body: { candidacy: c102, how } }) as const;

  it('X28 says so to whoever has the offer, and ends once it was taken back in its own case', () => {
    const stage = selected().to('2025-04-16').hear(c102, ended('accepted'));
    stage.must('vera', 'pause_search', { until: '2025-06-02', why: 'funding_freeze' });
    expect(stage.told('search_paused').map((one) => one.to)).toEqual([c103, c102]);
    expect(stage.owed()).toContain('X28');
    expect(stage.ask('vera', 'cancel_opening', { why: 'funding_ended' })).toMatchObject({
      rule: 'X28',
      missing: [{ code: 'offer_under_way', about: c102 }],
    });
    stage.hear(c102, ended('rescinded'));
    expect(isRefusal(stage.ask('vera', 'cancel_opening', { why: 'funding_ended' }))).toBe(false);
    expect(stage.told('reserve_ended').map((one) => one.to)).toEqual([c103]);
  });

  it('X28 owes a word also where nobody waits but whoever has the offer', () => {
    const stage = selected();
    stage.must('dana', 'release_reserve', { candidacy: c103 });
    stage.must('vera', 'pause_search', { until: '2025-06-02', why: 'funding_freeze' });
    expect(stage.last?.obligations.map((one) => one.id)).toContain('X28/tell/1');
    stage.must('dana', 'record_told', { word: 1 });
    expect(stage.last?.obligations.map((one) => one.id)).not.toContain('X28/tell/1');
  });
});
