import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideNow } from '../../src/client/decide.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { caseOf, person, site, termsForTests } from '../unit/house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

const id = caseOf('readiness', 'northside');
let here: Stage;

beforeAll(async () => {
  here = await stage({
    seed: 'case-test',
    clock: '2025-01-06',
    people: { director: ['director'], executive: ['executive'], dana: ['hr'], theo: ['adviser'] },
  });
}, 120_000);
afterAll(async () => here?.stop(), 60_000);

let n = 0;
const command = (actor: string, type: string, payload: Record<string, unknown>): Envelope => ({
  ...{
    v: 1,
    decisionId: `dec-${(n += 1)}-x`,
    case: id,
    type,
    actor: person(actor),
    how: 'asserted_local',
    payload,
  },
});
const opened = {
  site,
  reasons: ['mission'],
  funding: 'mixed',
  scorers: [person('dana'), person('theo')],
  leads: [person('director')],
  roleHoldersOnSite: 0,
};

describe('a case on the real servers', () => {
  it('refuses, accepts, repeats and prompts', async () => {
    const refused = await decideNow(here.house, command('dana', 'open', opened));
    expect(refused).toMatchObject({ is: 'refused', refusal: { code: 'not_permitted', rule: 'D0.1' } });
    const open = command('director', 'open', opened);
    const first = await decideNow(here.house, open);
    expect(first).toMatchObject({ is: 'done', receipt: { sequence: 1, kinds: ['readiness_opened'] } });
    expect(await decideNow(here.house, open)).toEqual(first);
    const conductor = await here.conductor();
    await conductor.drain();
    const { calendar } = termsForTests();
    await conductor.advanceTo(instantOf(calendar, '2025-01-09', '10:00'));
    await conductor.release();
    const { rows } = await here.house.pool.query(
      `select kind, decision_id, at from ledger where case_id = $1 order by position`,
      [id],
    );
    expect(rows.map((row) => row.kind)).toEqual([
      'readiness_opened',
      'prompted',
      'prompted',
      'prompted',
      'prompted',
    ]);
    const mails = await here.parts.mail.messages();
    expect(mails).toHaveLength(4);
  }, 60_000);
});
