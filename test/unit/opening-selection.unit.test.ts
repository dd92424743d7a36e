import { describe, expect, it } from 'vitest';
import { caseOf, person } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import {
  agreed,
  c101,
  c102,
  c103,
  choice,
  interviewed,
  openPayload,
  planned,
  selected,
} from './opening-play.ts';

describe('consensus and selection', () => {
  it('waits for every sheet before the panel says anything (R4.3)', () => {
    const stage = planned();
    for (const candidacy of [c101, c102, c103])
      stage.hear(candidacy, { kind: 'interview_held', body: { candidacy, on: '2025-04-03' } });
    const results = [c101, c102, c103].map((candidacy) => ({
      candidacy,
      outcome: 'acceptable',
      reasons: [],
    }));
    expect(stage.ask('marisol', 'state_consensus', { results })).toMatchObject({ rule: 'R4.3' });
    expect(stage.ask('marisol', 'state_consensus', { results: results.slice(1) })).toMatchObject({
      rule: 'D4.5',
      missing: [{ code: 'every_candidate', about: c101 }],
    });
  });

  it('selects nobody without consensus or a recorded dissent (R4.5)', () => {
    const stage = interviewed();
    expect(stage.ask('marisol', 'select', choice)).toMatchObject({ rule: 'R4.5' });
    stage.must('marisol', 'state_consensus', {
      results: [c102, c103].map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] })),
    });
    stage.must('theo', 'answer_consensus', { dissents: [{ candidacy: c103, reasons: ['RC_CRISIS'] }] });
    expect(stage.ask('marisol', 'select', choice)).toMatchObject({
      rule: 'R4.5',
      missing: [{ code: 'consensus_or_dissent' }, { code: 'D4.5', who: person('ana') }],
    });
    stage.must('ana', 'answer_consensus', { dissents: [] });
    stage.must('marisol', 'select', choice);
  });

  it('names an outcome for every candidate, with a job-related reason (D4.7, R4.7), within the seats (X25)', () => {
    const stage = agreed();
    const [first, second] = choice.outcomes;
    const ask = (...outcomes: unknown[]) => stage.ask('marisol', 'select', { outcomes });
    expect(ask(first)).toMatchObject({ rule: 'D4.7', missing: [{ about: c103 }] });
    expect(ask(first, { ...second, outcome: 'not_selected', reasons: [] })).toMatchObject({ rule: 'R4.7' });
    expect(ask(first, { ...second, outcome: 'select' })).toMatchObject({ rule: 'X25' });
    expect(ask(first, { candidacy: c103, outcome: 'reserve', reasons: [] })).toMatchObject({ rule: 'D4.7' });
    expect(stage.ask('dana', 'select', choice)).toMatchObject({ code: 'not_permitted', rule: 'D4.7' });
  });

  it('warns about a choice against the finding of the panel', () => {
    const stage = interviewed();
    stage.must('marisol', 'state_consensus', {
      results: [
        { candidacy: c102, outcome: 'not_recommended', reasons: ['RC_TEAM'] },
        { candidacy: c103, outcome: 'acceptable', reasons: [] },
      ],
    });
    for (const who of ['theo', 'ana']) stage.must(who, 'answer_consensus', { dissents: [] });
    expect(stage.ask('marisol', 'select', choice)).toMatchObject({
      code: 'acknowledgement_needed',
      rule: 'D4.5',
    });
  });

  it('grants no seat while an incident is open or references are missing (G4, D4.8, D4.6)', () => {
    const stage = agreed();
    stage.must('uli', 'report_incident', { question: 'Q_STORY', candidacy: c103 });
    stage.must('marisol', 'select', choice);
    expect(stage.ask('dana', 'confirm_selection')).toMatchObject({
      code: 'gate_not_passed',
      rule: 'G4',
      missing: [{ code: 'D4.8', about: '1' }],
    });
    expect(stage.ask('dana', 'review_incident', { incident: 1, outcome: 'remedied' })).toMatchObject({
      code: 'not_permitted',
    });
    stage.must('vera', 'review_incident', { incident: 1, outcome: 'reviewed' });
    stage.must('vera', 'review_incident', { incident: 1, outcome: 'remedied', remedy: 'answer_disregarded' });
    stage.must('dana', 'confirm_selection');
  });

  it('asks the hiring manager anew when the one chosen leaves before HR confirmed (X1)', () => {
    const stage = agreed();
    stage.must('marisol', 'select', choice);
    stage.hear(c102, { kind: 'candidate_left', body: { candidacy: c102, why: 'withdrawn' } });
    expect(stage.ask('dana', 'confirm_selection')).toMatchObject({ code: 'not_expected_now', rule: 'G4' });
    expect(stage.owed()).toContain('D4.7');
  });

  it('X1 gives the hiring manager days of their own to choose anew, and calls nobody late for the first', () => {
    const stage = agreed().to('2025-04-15', '16:00');
    stage.must('marisol', 'select', choice);
    stage.hear(c102, { kind: 'candidate_left', body: { candidacy: c102, why: 'withdrawn' } });
    const owed = stage.last?.obligations.find((one) => one.code === 'D4.7');
    expect(new Date(owed?.due ?? 0).toISOString()).toBe('2025-04-18T21:00:00.000Z');
    const before = stage.kinds().length;
    stage.to('2025-04-16').must('marisol', 'select', {
      outcomes: [{ candidacy: c103, outcome: 'select', reasons: [] }],
    });
    expect(stage.kinds().slice(before)).toEqual(['selection_proposed']);
  });
});

describe('a hiring manager who does not rate', () => {
  const apart = (): OpeningStage => {
    const stage = new OpeningStage().ready().to('2025-02-26');
    stage.must('dana', 'open', { ...openPayload(stage), hiringManager: person('grace') });
    return stage;
  };

  it('neither leads nor hears of the consensus meeting (P4.4, D4.5)', () => {
    const stage = interviewed(apart());
    const meeting = stage.last?.obligations.find((one) => one.code === 'P4.4');
    expect(meeting?.owner).toBe(person('marisol'));
    stage.to('2025-04-10', '09:30');
    const heard = stage.prompts.filter((one) => one.code === 'P4.4').map((one) => one.to);
    expect(heard).toContain(person('ana'));
    expect(heard).not.toContain(person('grace'));
    const answer = stage.ask('grace', 'state_consensus', {
      results: [{ candidacy: c102, outcome: 'acceptable', reasons: [] }],
    });
    expect(answer).toMatchObject({ code: 'not_permitted', rule: 'D4.5' });
  });
});

describe('seats', () => {
  it('offers the next of the reserve within three business days when an offer ends (X3, D5.9)', () => {
    const stage = selected().to('2025-04-18');
    stage.hear(c102, { kind: 'offer_ended', body: { candidacy: c102, how: 'expired' } });
    const owed = stage.last?.obligations.find((one) => one.id.startsWith('D5.9/seat:1'));
    expect(new Date(owed?.due ?? 0).toISOString()).toBe('2025-04-23T21:00:00.000Z');
    expect(stage.ask('dana', 'offer_next', { candidacy: c101 })).toMatchObject({ rule: 'X3' });
    stage.must('dana', 'offer_next', { candidacy: c103 });
    expect(stage.told('selected').map((one) => one.to)).toEqual([c102, c103]);
    expect(stage.ask('dana', 'offer_next', { candidacy: c103 })).toMatchObject({ rule: 'D5.9' });
  });

  it('owes how the search goes on when there is no reserve left', () => {
    const stage = selected();
    stage.must('dana', 'release_reserve', { candidacy: c103 });
    stage.hear(c102, { kind: 'candidate_left', body: { candidacy: c102, why: 'withdrawn' } });
    expect(stage.owed()).toEqual(['D3.7']);
    stage.must('dana', 'propose_pool', { outcome: 'extend', reasons: [], closeOn: '2025-05-05' });
    stage.must('marisol', 'confirm_pool', { outcome: 'extend' });
    expect(stage.last?.standing).toMatchObject({ stage: 'posted', status: 'open' });
  });

  it('refuses a seat to a candidacy that holds none', () => {
    const stage = selected();
    stage.hear(c103, { kind: 'offer_ended', body: { candidacy: c103, how: 'accepted' } });
    expect(stage.told('seat_refused')).toMatchObject([{ to: c103, body: { why: 'no_seat' } }]);
  });
});

describe('two hundred candidates', () => {
  it('keep a state of at most 24 kB at every moment, also when all were interviewed', () => {
    const stage = new OpeningStage().ready().to('2025-02-26');
    stage.must('dana', 'open', openPayload(stage));
    stage.must('dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
    stage.must('dana', 'approve_posting', {}, ['R0.4']);
    stage.to('2025-03-03').must('dana', 'post', { closeOn: '2025-03-24' });
    const all = Array.from({ length: 200 }, (_, n) => caseOf('candidacy', `many-${n}`));
    for (const candidacy of all) {
      stage.hear(candidacy, { kind: 'applied', body: { candidacy, person: person(candidacy) } });
      stage.hear(candidacy, { kind: 'screened', body: { candidacy, outcome: 'advance', qualified: true } });
    }
    stage.to('2025-03-24').must('dana', 'close_posting');
    for (const who of ['marisol', 'theo', 'priya', 'luis', 'dana'])
      stage.must(who, 'declare', { answer: 'none', attest: true });
    stage.must('dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
    stage.must('marisol', 'confirm_pool', { outcome: 'proceed' });
    stage.must('dana', 'mark_questions', { questions: [{ id: 'Q1', status: 'approved' }] });
    const days = { firstDay: '2025-04-03', lastDay: '2025-04-30', questions: ['Q1'] };
    stage.must('dana', 'plan_interviews', days);
    let largest = stage.size();
    for (const candidacy of all) {
      stage.hear(candidacy, { kind: 'interview_held', body: { candidacy, on: '2025-04-03' } });
      for (const who of ['marisol', 'theo', 'priya', 'luis'])
        stage.hear(candidacy, { kind: 'sheet_in', body: { candidacy, rater: person(who) } });
    }
    stage.must('dana', 'record_references', { outcome: 'waived_for_all', unreachable: [] });
    stage.must('marisol', 'state_consensus', {
      results: all.map((candidacy) => ({ candidacy, outcome: 'acceptable', reasons: [] })),
    });
    for (const who of ['theo', 'priya', 'luis']) stage.must(who, 'answer_consensus', { dissents: [] });
    largest = Math.max(largest, stage.size());
    const outcomes = all.map((candidacy, n) => ({
      ...{ candidacy, outcome: n === 0 ? 'select' : 'not_selected', reasons: ['RC_RANK'] },
    }));
    stage.must('marisol', 'select', { outcomes });
    largest = Math.max(largest, stage.size());
    stage.must('dana', 'confirm_selection');
    expect(Math.max(largest, stage.size())).toBeLessThanOrEqual(24_000);
    expect(stage.told('not_selected')).toHaveLength(199);
  }, 60_000);
});
