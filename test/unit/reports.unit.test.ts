import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latenessText } from '../../src/cli/board.ts';
import { EXIT } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { detail } from '../../src/cli/packet-words.ts';
import { reportCsv } from '../../src/cli/report.ts';
import { askedIn, searchFrom } from '../../src/cli/search.ts';
import { funnel, funnelSteps } from '../../src/client/report-funnel.ts';
import { LEAST, groupsOf, spanOf } from '../../src/client/report-groups.ts';
import { dayMs } from '../../src/client/report-life.ts';
import type { Life } from '../../src/client/report-life.ts';
import { fairness } from '../../src/client/report-fairness.ts';
import { overdue, retention } from '../../src/client/report-people.ts';
import type { Late } from '../../src/client/report-people.ts';
import { shownTo } from '../../src/client/report-shape.ts';
import { job, life, value } from './report-house.ts';
import type { Event } from './report-house.ts';

describe('the funnel', () => {
  const advance: Event = ['screening_settled', '2025-01-05', { outcome: 'advance' }];
  const applied = (n: number): Event => ['applied', '2025-01-02', { person: `prs_${n}` }];

  it('counts what happened, and a step that only a later one stands for as skipped', () => {
    const lives = [
      life('candidacy-1', [applied(1), advance, ['selected', '2025-02-01'], ['offer_sent', '2025-02-02']]),
      life('candidacy-2', [
        applied(2),
        advance,
        ['interview_held', '2025-01-20'],
        ['withdrawn', '2025-01-21'],
      ]),
      life('candidacy-3', [applied(3)]),
      life('candidacy-4', [applied(4), ['screening_settled', '2025-01-05', { outcome: 'not_advanced' }]]),
    ];
    const counts = funnel(lives);
    expect(value(counts, 'applied', 'reached')).toBe(4);
    expect(value(counts, 'screened_in', 'reached')).toBe(2);
    expect(value(counts, 'screened_in', 'left')).toBe(1);
    expect(value(counts, 'screened_in', 'under_way')).toBe(1);
    expect(value(counts, 'interviewed', 'skipped')).toBe(1);
    expect(value(counts, 'rated', 'left')).toBe(1);
    expect(value(counts, 'offered', 'reached')).toBe(1);
    expect(value(counts, 'accepted', 'under_way')).toBe(1);
  });

  it('X2: somebody who came back is under way again', () => {
    const back: Event = ['candidacy_reopened', '2025-01-10', { stage: 'screening' }];
    const one = life('candidacy-1', [applied(1), ['closed_no_response', '2025-01-09'], back]);
    expect(value(funnel([one]), 'screened_in', 'under_way')).toBe(1);
    expect(value(funnel([one]), 'screened_in', 'left')).toBe(0);
  });

  it('adds up from step to step, whatever happened', () => {
    const kinds = [
      'screening_settled',
      'interview_held',
      'sheet_submitted',
      'selected',
      'offer_sent',
      'withdrawn',
    ];
    const lists = fc.array(fc.array(fc.constantFrom(...kinds, 'offer_accepted', 'hired', 'not_selected')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(lists, (all) => {
        const lives = all.map((list, n) =>
          life(`candidacy-${n}`, [
            applied(n),
            ...list.map((kind): Event => [kind, '2025-01-05', { outcome: 'advance' }]),
          ]),
        );
        const counts = funnel(lives);
        const of = (step: string, id: string): number => value(counts, step, id) ?? 0;
        funnelSteps.slice(1).forEach((step, n) => {
          const before = funnelSteps[n]!;
          const came = of(before, 'reached') + of(before, 'skipped');
          const here = of(step, 'reached') + of(step, 'skipped') + of(step, 'left') + of(step, 'under_way');
          expect(here).toBe(came);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('groups of fewer than five', () => {
  const many = (n: number, site: string, year: number): readonly Life[] =>
    Array.from({ length: n }, (_, m) =>
      job(year * 1000 + m + site.length * 100, `${year}-03-01`, [], { site, year }),
    );

  it('roll up across the sites of a year first, and the span says so', () => {
    const groups = groupsOf([...many(6, 'a', 2024), ...many(2, 'bb', 2024), ...many(3, 'ccc', 2024)]);
    expect(groups.map((group) => [group.sites, group.people])).toEqual([
      [['a'], 6],
      [['bb', 'ccc'], 5],
    ]);
    expect(spanOf(groups[1]!, (site) => site.toUpperCase())).toBe('BB, CCC · 2024');
  });

  it('roll up across years when a year is too few, forwards and at the end backwards', () => {
    const groups = groupsOf([
      ...many(2, 'a', 2023),
      ...many(4, 'a', 2024),
      ...many(5, 'a', 2025),
      ...many(1, 'a', 2026),
    ]);
    expect(groups.map((group) => [...group.years, group.people])).toEqual([
      [2023, 2024, 6],
      [2025, 2026, 6],
    ]);
  });

  it('count people and not cases, lose nobody, and remain only where all together are too few', () => {
    const twice = [1, 2, 3, 4].flatMap((n) => [job(n, '2025-01-01'), job(n, '2025-01-01')]);
    expect(groupsOf(twice)).toMatchObject([{ people: 4 }]);
    const shape = fc.array(
      fc.record({
        n: fc.nat(8),
        site: fc.constantFrom('a', 'bb', 'ccc'),
        year: fc.integer({ min: 2020, max: 2026 }),
      }),
    );
    fc.assert(
      fc.property(shape, (list) => {
        const lives = list.flatMap(({ n, site, year }) => many(n, site, year));
        const groups = groupsOf(lives);
        expect(groups.flatMap((group) => group.lives).length).toBe(lives.length);
        if (groups.length > 1) for (const group of groups) expect(group.people).toBeGreaterThanOrEqual(LEAST);
      }),
    );
  });

  it('R8.4: are withheld for outcomes from everybody, else from whoever may not open the cases', () => {
    const four = many(4, 'a', 2025);
    const [group] = groupsOf(four);
    const counts = retention(four, dayMs('2027-01-01'), null);
    expect(value(shownTo(counts, group!, true), '12 months', 'stayed')).toBeNull();
    expect(value(shownTo(counts, group!, false), '12 months', 'stayed')).toBe(4);
    const closed = { ...group!, lives: four.map((one) => ({ ...one, open: false })) };
    expect(value(shownTo(counts, closed, false), '12 months', 'stayed')).toBeNull();
  });

  it('R8.4: a single small number in a line takes another one along, so that no sum gives it away', () => {
    const left: Event = ['employment_ended', '2025-06-01', { how: 'resigned', lastDay: '2025-06-01' }];
    const lives = Array.from({ length: 12 }, (_, n) => job(n, '2025-03-01', n < 2 ? [left] : []));
    const [group] = groupsOf(lives);
    const line = shownTo(retention(lives, dayMs('2027-01-01'), null), group!, true).lines[2]!;
    expect(line.cells['left']).toEqual({ value: null, units: [], withheld: 'small' });
    expect(line.cells['stayed']?.value).toBeNull();
    expect(line.cells['began']?.value).toBe(12);
  });
});

describe('few people behind many cases', () => {
  const reviewed = (n: number, overall: string): readonly Life[] =>
    Array.from({ length: 5 }, (_, k) =>
      life(`review-${n}${k}`, [
        ['review_opened', '2025-03-01', { employee: `prs_${n}`, cycle: 'annual' }],
        ['draft_submitted', '2025-03-10', { overall, followUps: ['none'] }],
        ['response_recorded', '2025-03-12', { response: 'signed' }],
      ]),
    );

  it('R8.4: a number stands for people, so five reviews of one person are withheld', () => {
    const lives = [1, 2, 3, 4, 5].flatMap((n) => reviewed(n, 'meets'));
    const alone = [...lives, ...reviewed(6, 'does_not_meet')];
    const rating = (list: readonly Life[]) => {
      const [group] = groupsOf(list);
      return shownTo(fairness(list, null), group!, true).lines[0]!.cells;
    };
    expect(rating(alone)['does_not_meet']).toEqual({ value: null, units: [], withheld: 'small' });
    const five = [...lives, ...[6, 7, 8, 9, 10].flatMap((n) => reviewed(n, 'does_not_meet'))];
    expect(rating(five)['does_not_meet']?.value).toBe(25);
  });

  it('5.2: roles, openings and the site make no group of people larger', () => {
    const house = Array.from({ length: 9 }, (_, n) => life(`role-${n}`, [['role_opened', '2025-01-02']]));
    const lives = [job(1, '2025-03-01'), job(2, '2025-03-01'), ...house];
    expect(groupsOf(lives).map((group) => group.people)).toEqual([2]);
    expect(groupsOf(house).map((group) => group.people)).toEqual([9]);
  });

  it('2.1: what is for HR and one person is counted only where the case may be opened', () => {
    const asked = (code: string, visibility: string): Life => {
      const one = job(1, '2025-03-01', [['prompted', '2025-04-01', { code, obligation: `${code}:1` }]]);
      return { ...one, rows: one.rows.map((row) => ({ ...row, visibility })) };
    };
    const seen = (one: Life, late: readonly Late[] = []) =>
      overdue([one], late).lines.map((line) => line.about);
    const late: Late = { case: 'employment-1', code: 'R9.7', due: 0, visibility: 'C2' };
    for (const [code, visibility] of [
      ['X15', 'C2'],
      ['X15', 'C1'],
      ['D9.8', 'C1'],
      ['ANY', 'C2'],
    ] as const) {
      expect(seen({ ...asked(code, visibility), open: false }, [late])).toEqual([]);
      expect(seen(asked(code, visibility), [late])).toEqual([code, 'R9.7'].toSorted());
    }
    expect(seen({ ...asked('P7.1', 'C1'), open: false })).toEqual(['P7.1']);
  });
});

describe('what is typed and printed', () => {
  it('a search takes its five words and days or spans', () => {
    const asked = searchFrom(['actor:prs_x', 'since:30d', 'until:2025-03-04'], '5');
    expect(asked).toMatchObject({ actor: 'prs_x', limit: 5, since: { ago: 30 * 86_400_000 } });
    // A day means until its end, where the case is: the Monday after the clocks went forward begins an hour sooner.
    const until = (zone: string) => askedIn(asked, zone).until;
    expect(until('UTC')).toEqual({ at: dayMs('2025-03-05') });
    expect(until('Pacific/Honolulu')).toEqual({ at: dayMs('2025-03-05') + 10 * 3_600_000 });
    const spring = searchFrom(['since:2025-03-09', 'until:2025-03-09'], undefined);
    expect(askedIn(spring, 'America/New_York')).toMatchObject({
      since: { at: dayMs('2025-03-09') + 5 * 3_600_000 },
      until: { at: dayMs('2025-03-10') + 4 * 3_600_000 },
    });
    expect(askedIn(asked, 'UTC').since).toEqual({ ago: 30 * 86_400_000 });
    for (const wrong of ['since:2025-02-30', 'until:2025-03-04T10:00'])
      expect(() => searchFrom([wrong], undefined)).toThrow('a day of the site');
    for (const wrong of [['name:x'], ['kind:'], ['since:yesterday'], ['x']])
      expect(() => searchFrom(wrong, undefined)).toThrow(/takes/);
    expect(() => searchFrom([], '0')).toThrow('--limit');
  });

  it('a CSV field is never a formula, and commas stay inside', () => {
    const cells = { reached: { value: 3, units: [] } };
    const group = {
      role: null,
      span: '=Site, one · 2025',
      people: 3,
      cases: 3,
      lines: [{ about: 'applied', cells }],
    };
    const columns = [{ id: 'reached', is: 'count' as const }];
    const csv = reportCsv({ name: 'funnel', now: 0, columns, groups: [group] });
    expect(csv.split('\n')).toEqual([
      'report,role,span,people,about,reached',
      `funnel,,"'=Site, one · 2025",3,applied,3`,
    ]);
  });

  it('a paper gives codes, days and counts of a row; no ref, no mark, and not what a talk was about (R6.2)', () => {
    const body = {
      closeOn: '2025-03-24',
      outcome: 'not_advanced',
      reasons: ['RC_REL'],
      seats: 2,
      held: true,
    };
    expect(detail(body)).toBe('close on 2025-03-24, outcome not advanced, reasons RC_REL, seats 2, held yes');
    const person = 'prs_0123456789';
    const kept = {
      by: person,
      obligation: `P0.1:${person}`,
      topics: ['team'],
      note: 'txt_dec_note',
      people: [person],
    };
    expect(detail({ ...kept, said: 'two\nlines', nested: { a: 1 }, mark: 'abc' })).toBe('');
  });

  it('lateness is told in days', () => {
    const day = 86_400_000;
    expect([0, 1, day - 1, day, 3 * day].map((past) => latenessText(0, past))).toEqual([
      ...['', 'late today', 'late today', '1 day late', '3 days late'],
    ]);
  });

  it('wrong words of a report or a paper are wrong usage, before anything is opened', async () => {
    const said: string[] = [];
    const io: Io = {
      ...{ out: (text) => void said.push(text), err: (text) => void said.push(text) },
      ...{ env: { PEER_HIRE_HOME: '/nowhere' }, color: false, stdin: async () => null },
    };
    const wrong = [
      ['report', 'gossip'],
      ['report', 'funnel', '--from', 'last'],
      ['case', 'packet', 'candidacy-1', '--as', 'prs_x'],
      ['history', 'search', 'name:x'],
      ['history', 'search', 'kind:nonsense'],
      ['case', 'history', 'employment-1', '--kind', 'nonsense'],
    ];
    for (const argv of wrong) expect(await run(io, argv), argv.join(' ')).toBe(EXIT.usage);
    expect(said.join(' ')).toContain('supervision-dose');
  });
});
