import { describe, expect, it } from 'vitest';
import type { Waiting } from '../../src/web/app/types.ts';
import { lateMap, lateText } from '../../src/web/charts/late-map.ts';

/** Who is late with what: people or offices by kind, and nothing that is not late. */

let made = 0;
const waits = (code: string, who: Partial<NonNullable<Waiting['who']>> | null, late = true): Waiting => {
  made += 1;
  return {
    ...{ case: `employment-${made}`, kind: 'employment', stage: 'supervision', site: 's', siteName: 'S' },
    ...{ zone: 'UTC', late, nextTo: [], unreached: null, sentence: '' },
    who:
      who === null
        ? null
        : {
            owner: 'o',
            person: 'prs_a',
            standIn: null,
            capacity: null,
            name: null,
            standInName: null,
            ...who,
          },
    why:
      who === null
        ? { masked: true, owner: 'hr', due: 1 }
        : {
            ...{ masked: false, id: `${code}:${made}`, code, owner: 'o', since: 0, due: 1, visibility: 'C1' },
            ...{ atSilence: 'hr_decides', next: null, rung: null, reminded: 0 },
          },
  };
};

const theo = { name: 'Theo', capacity: 'supervisor' };

describe('the map of what is late', () => {
  const map = lateMap([
    waits('P7.1', theo),
    waits('P7.1', theo),
    waits('P8.3', theo),
    waits('P8.3', theo, false),
    waits('P7.7', { person: 'prs_b', capacity: 'compliance' }),
    waits('P7.7', { person: 'prs_c', capacity: 'compliance' }),
    waits('', null),
  ]);
  const number = (who: string, code: string) =>
    map.rows.find((row) => row.who === who)?.cells[code]?.length ?? 0;

  it('has a line for each person and a column for each kind, and counts only what is late', () => {
    expect(map.kinds.map(({ code }) => code)).toEqual(['', 'P7.1', 'P7.7', 'P8.3']);
    expect([number('Theo', 'P7.1'), number('Theo', 'P8.3'), number('Theo', 'P7.7')]).toEqual([2, 1, 0]);
    expect(map.late).toBe(6);
  });

  it('puts an office in place of names that are not for its reader, and never a person without a name', () => {
    expect(map.rows.map(({ who }) => who)).toEqual(['Theo', 'Compliance', 'HR']);
    expect(number('Compliance', 'P7.7')).toBe(2);
    expect(JSON.stringify(map.rows.map(({ who }) => who))).not.toContain('prs_');
  });

  it('says in words what it shows, and its numbers add up', () => {
    expect(lateText(map)).toBe('6 late: Theo 3, Compliance 2, HR 1.');
    const sum = map.rows.flatMap((row) => Object.values(row.cells)).reduce((n, items) => n + items.length, 0);
    expect(sum).toBe(map.late);
  });
});
