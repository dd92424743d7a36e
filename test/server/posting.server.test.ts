import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHere } from '../../src/client/guard-load.ts';
import type { ReadingOffice } from '../../src/client/ask-reader.ts';
import type { GivenForLetter } from '../../src/client/letters.ts';
import { makePosting } from '../../src/client/letters-posting.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { staged } from '../scenarios.ts';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';

/** The posting of an opening that was played up to the day it went out. */

const whole = staged('northside');
const before = (moment: string) => moment < '2025-03-04';
const acts = whole.scenario.acts.filter(({ at }) => before(at));
const stage = { ...whole, scenario: { ...whole.scenario, acts, until: '2025-03-04 09:00', expect: [] } };
const { cast } = stage;
const opening = cast.caseId('opening');

let ground: Playground;
let office: ReadingOffice;
beforeAll(async () => {
  ground = await openPlayground();
  const { house } = await ground.play(stage);
  office = { org: house.org, pool: house.pool, keys: house.keys, terms: new TermsStore() };
}, 180_000);
afterAll(() => ground.stop());

const house = {
  ...{ organization_name: 'Cedar Bridge', team_name: 'Northside', hours_per_week: '40 hours' },
  ...{ schedule: 'Monday to Friday', benefits_summary: 'Health insurance and 20 days of leave' },
  ...{ ways_to_apply: ['Online', 'By telephone'], benefits_advice_contact: '555 0101' },
};
const given = (fields: GivenForLetter['fields']): GivenForLetter => ({
  ...{ fields, standing: new Set<string>(), sections: [] },
});
const make = async (fields: GivenForLetter['fields'], as = 'dana') =>
  makePosting(office, cast.person(as), opening, given(fields), readHere);

describe('a posting from the ledger', () => {
  it('D3.1 is whole with what only the house knows, and says what the role and the opening decided', async () => {
    const { letter } = await make(house);
    expect(letter?.markdown).toContain('# Peer support specialist');
    expect(letter?.markdown).toContain('Cedar Bridge, Northside, team Northside. Posted 3 Mar 2025');
    expect(letter?.markdown).toContain('open until 24 Mar 2025');
    expect(letter?.markdown).toContain('Pay: $22.00 to $25.00 per hour.');
    expect(letter?.markdown).toMatch(/What you will do\.\*\*\n\n(- .*: \d+ %\n)+/);
    expect(letter?.markdown).toContain('Tomas Berg');
    expect(letter?.markdown).toContain('This profile was not read by counsel.');
    expect(letter?.html).toContain('<h1>Peer support specialist</h1>');
  });

  it('names what is open, and takes no other word for what the ledger knows', async () => {
    await expect(make({})).rejects.toMatchObject({
      code: 'letter_incomplete',
      fields: expect.arrayContaining(['organization_name', 'ways_to_apply', 'schedule']) as unknown,
    });
    await expect(make({ ...house, pay_range: '$30' })).rejects.toMatchObject({
      ...{ code: 'letter_field_known', fields: ['pay_range'] },
    });
  });

  it('L2 does not go out with words that the guard stops, and is made by HR alone', async () => {
    const made = await make({ ...house, schedule: 'the peer works evenings' });
    expect(made).toMatchObject({ letter: null, blocked: [{ field: 'schedule', surface: 'posting' }] });
    await expect(make(house, 'marisol')).rejects.toMatchObject({ code: 'not_permitted' });
  });
});
