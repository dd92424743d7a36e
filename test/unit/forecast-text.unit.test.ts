import { describe, expect, it } from 'vitest';
import { forecastText } from '../../src/cli/forecast.ts';
import type { Io } from '../../src/cli/io.ts';
import type { Coming } from '../../src/sandbox/forecast.ts';
import { caseOf, person } from './house.ts';

const io: Io = { out: () => undefined, err: () => undefined, env: {}, color: false, stdin: async () => null };
const DAY = 86_400_000;
const now = Date.UTC(2025, 5, 2, 12);

const comes = (what: string, obligation: string, how: Coming['how'] = 'ask'): Coming => ({
  ...{ at: now + DAY, case: caseOf('employment', 'hers'), kind: 'employment', zone: 'UTC' },
  ...{ what, obligation, how, due: now + 2 * DAY },
  to: [
    {
      ...{ owner: person('sol'), person: person('sol'), standIn: null, capacity: null },
      ...{ name: null, standInName: null },
    },
  ],
});

/** What a forecast prints, as one line of words. */
const said = (...list: readonly Coming[]): string =>
  forecastText(io, caseOf('employment', 'hers'), 30, {
    ...{ now, until: now + 30 * DAY, assumed: 'silent', list, hidden: [], done: [], judged: [] },
  }).replaceAll(/[\s│]+/g, ' ');

describe('what a forecast says that somebody is asked', () => {
  it('is what this item asks of them, as in their inbox: who is only told of a session does not record it', () => {
    const theirs = said(comes('P7.1', 'P7.1:2025-06-03:0:employee'));
    expect(theirs).toContain('come to the supervision session');
    expect(theirs).not.toContain('record the supervision session');
    const holds = said(comes('P7.1', `P7.1:2025-06-03:0:supervisor:${person('sol')}`));
    expect(holds).toContain('record the supervision session');
    expect(said(comes('D3.5', 'D3.5/manager:1'))).toContain('name another hiring manager');
  });
});
