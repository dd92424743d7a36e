import { describe, expect, it } from 'vitest';
import { historyCsv } from '../../src/cli/history-csv.ts';

describe('entries of the history as a file', () => {
  it('says on top what was asked, by whom and when, and how much is left out', () => {
    const lines = historyCsv({
      asked: { actor: 'prs_a', kind: undefined, since: Date.UTC(2026, 2, 1) },
      as: 'prs_b',
      now: Date.UTC(2026, 6, 28),
      list: [],
      more: 7,
    }).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'asked for,actor prs_a; since 2026-03-01T00:00:00.000Z',
      'asked by,prs_b',
      'asked at,2026-07-28T00:00:00.000Z',
      'entries,0',
      'earlier entries left out,7',
    ]);
  });
});
