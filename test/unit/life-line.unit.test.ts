import { describe, expect, it } from 'vitest';
import type { GateNow, Happened } from '../../src/web/app/types.ts';
import { gatesOn, plannedOn, restsOn } from '../../src/web/charts/life-line.ts';

/** What a hire's timeline shows beside its entries: gates, planned days and the days they really were, leave. */

let position = 0;
const row = (kind: string | null, on: string, body: object | null = {}): Happened => {
  position += 1;
  return {
    ...{ position, sequence: position, at: Date.parse(`${on}T15:00:00Z`), kind, actor: 'prs_a' },
    ...{ actorName: null, how: 'session', capacity: null, decisionId: null, to: [] },
    ...{ body: body as Happened['body'], visibility: 'C1' as const, masked: body === null },
  };
};
const gate = (name: string, guards: readonly string[], passed: boolean): GateNow => ({
  ...{ gate: name, guards: [...guards], passed, holds: passed, missing: [], acknowledged: [] },
});

describe('gates on a timeline', () => {
  it('stand where the first thing behind them happened; one that was not passed has no place', () => {
    const past = [row('caseload_started', '2025-05-21'), row('onboarding_completed', '2025-08-12')];
    const gates = [
      gate('G6', ['onboarding_completed'], true),
      gate('R6.1', ['caseload_started'], true),
      gate('D7.6', ['cadence_stepped_down'], false),
    ];
    expect(gatesOn(past, gates)).toEqual([
      { gate: 'R6.1', at: past[0]?.at },
      { gate: 'G6', at: past[1]?.at },
      { gate: 'D7.6', at: null },
    ]);
  });
});

describe('rests on a timeline', () => {
  const leave = row('leave_noted', '2026-01-05', { from: '2026-01-12', to: '2026-01-26' });

  it('a leave lasts to the day of return, else to the day it was planned to', () => {
    expect(restsOn([leave])).toEqual([{ words: 'Leave', from: '2026-01-12', to: '2026-01-26' }]);
    const back = row('leave_over', '2026-01-20', { returned: '2026-01-20' });
    expect(restsOn([leave, back])).toEqual([{ words: 'Leave', from: '2026-01-12', to: '2026-01-20' }]);
  });

  it('a leave whose days are not for the reader is not drawn, nor guessed', () => {
    expect(restsOn([row('leave_noted', '2026-01-05', null), row(null, '2026-01-06', null)])).toEqual([]);
  });

  it('a search rests from the day it was said until its last day, or until it goes on', () => {
    const rests = row('search_paused', '2026-02-02', { until: '2026-03-31' });
    expect(restsOn([rests])).toEqual([{ words: 'The search rests', from: '2026-02-02', to: '2026-03-31' }]);
    const on = row('search_resumed', '2026-02-20');
    expect(restsOn([rests, on])[0]?.to).toBe('2026-02-20');
  });
});

describe('planned days on a timeline', () => {
  it('stand beside the day they really were', () => {
    const past = [
      row('interview_set', '2026-06-01', { on: '2026-06-12' }),
      row('interview_set', '2026-06-10', { on: '2026-06-15' }),
      row('interview_held', '2026-06-15', { on: '2026-06-15' }),
      row('start_set', '2026-06-20', { on: '2026-08-17' }),
    ];
    expect(plannedOn(past)).toEqual([
      { words: 'Interview', on: '2026-06-12', real: '2026-06-15' },
      { words: 'Interview', on: '2026-06-15', real: '2026-06-15' },
      { words: 'First day', on: '2026-08-17', real: null },
    ]);
  });

  it('of several of a kind each has its own', () => {
    const past = [
      row('review_opened', '2026-01-01', { review: 'review-a', due: '2026-02-01' }),
      row('review_opened', '2026-01-02', { review: 'review-b', due: '2026-03-01' }),
      row('review_noted', '2026-03-03', { review: 'review-b' }),
    ];
    expect(plannedOn(past).map((one) => one.real)).toEqual([null, '2026-03-03']);
  });
});
