import { describe, expect, it } from 'vitest';
import { aheadRows, timelineText } from '../../src/cli/case.ts';
import { boardShown, filled, hireShown } from '../../src/cli/demo-tables.ts';
import type { Io } from '../../src/cli/io.ts';
import { missingText } from '../../src/cli/sentences.ts';
import { ownScenario, stageOf } from '../../src/cli/stage-play.ts';
import type { BoardRow } from '../../src/client/ask-cases.ts';
import type { Happened } from '../../src/client/ask-history.ts';
import type { Waiting } from '../../src/client/ask-waiting.ts';

const io: Io = {
  ...{ out: () => undefined, err: () => undefined, env: {}, color: false, stdin: async () => null },
};
const zone = 'America/New_York';
const day = (n: number): number => Date.UTC(2026, 0, n, 15);

/** Something owed: asked at one instant, due at another. */
function owed(code: string, asked: number, due: number): Waiting {
  const who = {
    person: 'prs_x',
    name: 'Jordan Ames',
    capacity: 'employee',
    standIn: null,
    standInName: null,
  };
  const why = { masked: false, id: `${code}:1`, code, due: day(due), rung: { at: day(asked) }, next: null };
  return { case: 'employment-x', why, who, nextTo: [who], zone, late: false } as unknown as Waiting;
}

const happened = (n: number, sequence: number | null): Happened =>
  ({
    ...{ position: n, sequence, at: day(1) + n * 3_600_000, kind: `event_${n}`, to: [], body: null },
    ...{ actor: 'prs_x', actorName: 'Jordan Ames', capacity: 'employee', masked: false },
  }) as unknown as Happened;

const staged = stageOf(ownScenario('twelve'));
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('what is ahead', () => {
  it('stands in the order of time, also where one thing is asked before and due after another', () => {
    const rows = aheadRows([owed('P7.1', 5, 20), owed('P7.2', 9, 10), owed('P7.3', 1, 2)]);
    expect(rows.map(({ at }) => at)).toEqual([1, 2, 5, 9, 10, 20].map(day));
  });
});

describe('a timeline', () => {
  it('has a column of numbers only for who may know them', () => {
    const told = (sequence: number | null): string =>
      timelineText(io, { zone, past: [happened(1, sequence)], ahead: [] });
    expect(told(7)).toMatch(/│ # │ when[\s\S]*│ 7 │/);
    expect(told(null)).not.toContain('#');
  });
});

describe('what the demo prints', () => {
  it('fills a usual terminal and is never wider', () => {
    expect(filled([10, 0, 20])).toEqual([10, 84, 20]);
    expect(10 + 84 + 20 + 4).toBe(118);
  });

  it('shows how a hire began and what came lately, with the command for the rest', () => {
    const past = Array.from({ length: 40 }, (_, n) => happened(n, null));
    const text = hireShown(io, staged, { zone, past, ahead: [owed('P7.1', 5, 20)] }, 'ask for all');
    expect(text).toContain('event_0 ');
    expect(text).toContain('event_39 ');
    expect(text).not.toContain('event_20 ');
    expect(text).toMatch(/… 26 more between/);
    expect(text).toMatch(/… 26 more: ask for all$/);
    expect(widest(text)).toBeLessThanOrEqual(118);
    const short = hireShown(io, staged, { zone, past: past.slice(0, 15), ahead: [] }, 'ask');
    for (let n = 0; n < 15; n++) expect(short).toContain(`event_${n} `);
  });

  it('counts final cases and breaks long words of the board into lines', () => {
    const row = (status: string, waiting: Waiting | null): BoardRow =>
      ({
        case: `readiness-${'a'.repeat(26)}`,
        kind: 'readiness',
        stage: 'ready',
        status,
        waiting,
        zone,
      }) as BoardRow;
    const text = boardShown(io, staged, [row('open', owed('P7.1', 1, 2)), row('final', null)], 'ask for all');
    expect(text).toMatch(/… 1 more, final: ask for all$/);
    expect(text).toContain('readiness (1)');
    expect(text).toContain('2026-01-02 10:00');
    expect(widest(text)).toBe(118);
  });
});

describe('a field nobody knows', () => {
  it('is told with its place, or alone at the top', () => {
    expect(missingText({ code: 'unrecognized_keys', about: 'terms' })).toBe(
      'a field nobody knows, in: terms',
    );
    expect(missingText({ code: 'unrecognized_keys', about: '' })).toBe('a field nobody knows');
  });
});
