import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { doingCodes, doingOf } from '../../src/cli/doing.ts';
import { fairness } from '../../src/client/report-fairness.ts';
import { dayMs, staysOf, yearAt } from '../../src/client/report-life.ts';
import type { Life } from '../../src/client/report-life.ts';
import {
  confidentialCodes,
  overdue,
  retention,
  roleMeasures,
  supervisionDose,
} from '../../src/client/report-people.ts';
import { timeInStage, timeToFill } from '../../src/client/report-time.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import type { CaseKind } from '../../src/domain/kernel/words.ts';
import { parseLine } from '../../src/ledger/verify/lines.ts';
import { nowhere } from '../../src/ledger/verify/verdict.ts';
import { job, life, value } from './report-house.ts';
import type { Event } from './report-house.ts';

describe('people over time', () => {
  const now = dayMs('2026-06-01');

  it('retention: stayed, left, and skipped where it is too early or says nothing', () => {
    const over = (how: string, lastDay: string): Event => ['employment_ended', lastDay, { how, lastDay }];
    const lives = [
      job(1, '2025-01-01'),
      job(2, '2025-01-01', [over('resigned', '2025-05-01')]),
      job(3, '2026-05-01'),
      job(4, '2025-01-01', [over('died', '2025-04-20')]),
      job(5, '2025-01-01', [over('transferred', '2024-12-30')]),
    ];
    const counts = retention(lives, now, { retention_began: 40, retention_stayed: 31 });
    expect([value(counts, '3 months', 'stayed'), value(counts, '12 months', 'stayed')]).toEqual([3, 1]);
    expect([value(counts, '3 months', 'left'), value(counts, '12 months', 'left')]).toEqual([0, 1]);
    expect(value(counts, '12 months', 'skipped')).toBe(3);
    expect(value(counts, '12 months, other staff', 'stayed')).toBe(31);
  });

  it('supervision dose: held, not counting (R7.1), missed, moved, skipped, and what nobody recorded', () => {
    const session = (body: object): Event => [
      'session_logged',
      '2025-02-01',
      { extra: false, counts: true, ...body },
    ];
    const one = job(1, '2025-01-01', [
      session({ outcome: 'held' }),
      session({ outcome: 'held', counts: false }),
      session({ outcome: 'missed_employee' }),
      session({ outcome: 'held', extra: true }),
      ['session_moved', '2025-02-02'],
      ['session_on_leave', '2025-02-03'],
    ]);
    const late = [
      { case: one.case, code: 'P7.1', due: 0, visibility: 'C1' as const },
      { case: one.case, code: 'P9.1', due: 0, visibility: 'C1' as const },
      { case: 'employment-9', code: 'P7.1', due: 0, visibility: 'C1' as const },
    ];
    const counts = supervisionDose([one], late, true);
    const all = ['held', 'not_counting', 'missed', 'moved', 'skipped', 'not_recorded'].map((id) => [
      value(counts, 'planned sessions', id),
      value(counts, 'extra sessions', id),
      value(counts, one.case, id),
    ]);
    expect(all).toEqual([
      [1, 1, 1],
      [1, 0, 1],
      [1, 0, 1],
      [1, 0, 1],
      [1, 0, 1],
      [1, 0, 1],
    ]);
    expect(supervisionDose([one], late, false).lines.length).toBe(2);
  });

  it('role: the first three months beside the end of the first year, of those who were there', () => {
    const flags: readonly Event[] = [
      ['drift_flagged', '2025-02-01'],
      ['drift_flagged', '2025-07-01'],
      ['drift_flagged', '2025-11-15'],
      ['reflection_group_recorded', '2025-02-10', { outcome: 'attended' }],
      ['reflection_group_recorded', '2025-03-10', { outcome: 'not_wanted' }],
      ['networking_recorded', '2025-10-20', { outcome: 'taken' }],
    ];
    const served = { baseline: { people: 12, values: { functioning: 40 } }, twelve_months: null };
    const counts = roleMeasures(
      [job(1, '2025-01-01', flags), job(2, '2026-05-20', [['drift_flagged', '2026-05-21']])],
      now,
      served,
    );
    for (const [measure, ...wanted] of [
      ['reflection_groups', 1, 0],
      ['networking', 0, 1],
      ['functioning', 40, null],
      ['people_served', 12, null],
      ['empowerment', null, null],
    ] as const)
      expect([value(counts, 'months 1 to 3', measure), value(counts, 'months 10 to 12', measure)]).toEqual(
        wanted,
      );
    expect([
      value(counts, 'months 1 to 3', 'drift_flags'),
      value(counts, 'months 10 to 12', 'drift_flags'),
    ]).toEqual([1, 1]);
    expect([value(counts, 'months 1 to 3', 'people'), value(counts, 'months 1 to 3', 'skipped')]).toEqual([
      1, 1,
    ]);
  });

  it('R8.4: ratings count once answered, as corrected, beside what HR entered of other staff', () => {
    const drafted: Event = [
      'draft_submitted',
      '2025-06-01',
      { overall: 'meets', followUps: ['improvement_plan'] },
    ];
    const opened: Event = ['review_opened', '2025-05-01', { employee: 'prs_1', cycle: 'annual' }];
    const signed: Event = ['response_recorded', '2025-06-09', { response: 'disputed' }];
    const settled: Event = ['dispute_settled', '2025-06-19', { overall: 'exceeds' }];
    const lives = [
      life('review-1', [opened, drafted]),
      life('review-2', [opened, drafted, signed]),
      life('review-3', [opened, drafted, signed, settled]),
    ];
    const counts = fairness(lives, { rating_meets: 52, rating_exceeds: 'many' });
    expect(['exceeds', 'meets', 'skipped'].map((id) => value(counts, 'overall rating', id))).toEqual([
      1, 1, 1,
    ]);
    expect(['exceeds', 'meets'].map((id) => value(counts, 'overall rating, other staff', id))).toEqual([
      null,
      52,
    ]);
    expect(value(counts, 'improvement plan', 'improvement_plan')).toBe(3);
    expect(value(fairness(lives, null), 'overall rating, other staff', 'meets')).toBeNull();
  });
});

describe('reports over a played ledger', () => {
  const file = new URL('../replay/ledgers/northside-1.jsonl.gz', import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n').slice(1);
  const rows = lines.flatMap((line) => {
    const parsed = parseLine(line, nowhere);
    return parsed.is === 'row' && !parsed.row.case_id.startsWith('house-') ? [parsed.row] : [];
  });
  const ids = [...new Set(rows.map((row) => row.case_id))].filter((id) => kindOf(id) !== 'clock');
  const lives = ids.map((id): Life => {
    const own = rows.filter((row) => row.case_id === id);
    const year = yearAt(own[0]!.at, 'America/New_York');
    return { case: id, kind: kindOf(id)!, site: 'site_a', year, rows: own, open: true };
  });

  it('time in stage: stays follow each other without a gap, and a case is in one stage at most', () => {
    for (const one of lives) {
      const stays = staysOf(one);
      stays.slice(1).forEach((stay, n) => expect(stay.from).toBeGreaterThanOrEqual(stays[n]!.until!));
      expect(stays.filter((stay) => stay.until === null).length).toBeLessThanOrEqual(1);
    }
    const counts = timeInStage(lives);
    const of = (kind: CaseKind): number => lives.filter((one) => one.kind === kind).length;
    expect(value(counts, 'candidacy · screening', 'entered')).toBe(of('candidacy'));
    expect(value(counts, 'employment · onboarding', 'entered')).toBe(of('employment'));
  });

  it('time to fill: one seat, from the posting of 3 March to the first day of 12 May', () => {
    const counts = timeToFill(lives);
    expect(value(counts, 'opened to first day', 'filled')).toBe(1);
    expect(value(counts, 'posted to accepted', 'median')).toBeGreaterThan(30);
    expect(value(counts, 'posted to accepted', 'median')).toBeLessThan(60);
    expect(value(counts, 'still searching', 'skipped')).toBe(0);
  });

  it('overdue: every late answer is counted once, and nothing of a confidential kind', () => {
    const counts = overdue(lives, [{ case: lives[0]!.case, code: 'X30', due: 0, visibility: 'C3' }]);
    const answered = counts.lines.reduce((sum, line) => sum + (line.cells['answered_late']?.value ?? 0), 0);
    expect(answered).toBe(rows.filter((row) => row.kind === 'answered_late').length);
    expect(counts.lines.filter((line) => confidentialCodes.has(line.about))).toEqual([]);
    const masked = doingCodes.filter((code) => doingOf(code) === 'look at a confidential item');
    expect(masked.filter((code) => !confidentialCodes.has(code))).toEqual([]);
  });
});
