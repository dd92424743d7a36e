import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeTerms, termsInForce } from '../../src/client/new-terms.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import type { HolidayRules } from '../../src/directory/make-calendar.ts';
import { exportLedger } from '../../src/ledger/export.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { site } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** A case that sleeps past the end of its calendar, on a real database: a longer one is told, adopted and works. */

const DAY = 86_400_000;
let post: PostOffice;
let id: string;

beforeAll(async () => {
  post = await postOffice();
  id = await application(post, 'slept-1');
}, 60_000);
afterAll(async () => post?.close(), 30_000);

const rules = JSON.parse(
  readFileSync(new URL('../../policies/holidays/us-federal.json', import.meta.url), 'utf8'),
) as HolidayRules;
const longer = makeCalendar({
  ...{
    id: 'northside',
    zone: 'America/New_York',
    opens: '09:00',
    closes: '17:00',
    workdays: [1, 2, 3, 4, 5],
  },
  ...{ firstYear: 2024, lastYear: 2032, holidays: rules },
});

async function looked(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await post.look(id);
}

describe('a calendar that came to its end', () => {
  it('stops a case, and a longer one that is put in force sets it going again', async () => {
    // The site's calendar ends with 2028.
    await post.forward(1_460 * DAY);
    // A step does so many of the notes that fell due; the next ones come to the end of the calendar.
    await expect(looked(6)).rejects.toMatchObject({ code: 'calendar_range_exceeded' });
    const by = { decisionId: 'longer-1', actor: 'installation' as const };
    const terms = { what: 'calendar' as const, calendar: longer };
    const { told, after } = await changeTerms(post.ports, site, terms, 'all', by);
    expect(told).toContain(id);
    await post.look(id);
    const { rows } = await post.pool.query<{ kind: string; body: string }>(
      `select kind, body from ledger where org = $1 and case_id = $2 and kind = 'terms_adopted'`,
      [post.ports.org, id],
    );
    expect(rows.map((row) => (JSON.parse(row.body) as { after: object }).after)).toEqual([after]);
    expect(await termsInForce(post.pool, post.ports.org, site)).toEqual(after);
    const answer = await post.act(id, 'dana', 'acknowledge', { of: 'application' });
    expect(answer).toMatchObject({ answer: { is: 'done' } });
    // What fell due before was done under the new terms, and the rows say so.
    const proof = await verifyExport(exportLedger(post.pool, post.ports.org, { case: id }));
    expect(proof).toMatchObject({ ok: true, proves: 'case' });
  }, 60_000);
});
