import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoverTemporal } from '../../src/client/recover.ts';
import { decide } from '../../src/client/decide.ts';
import { actsOn, opened, people } from '../faults/acts.ts';
import { Theatre } from '../faults/theatre.ts';
import { caseOf, person, site } from '../unit/house.ts';

/** X29 on the command line and the real servers: through the loss of all runs, to the last row, proven. */

let here: Theatre;
const readiness = caseOf('readiness', 'held');
const officers = {
  rosa: ['hr_director'],
  pia: ['privacy_officer'],
  someone: [],
} as const;

beforeAll(async () => {
  here = await Theatre.open({ seed: 'holds', clock: '2025-01-06', people: { ...people, ...officers } });
  await here.startWorker();
  const open = actsOn(readiness, 'held')('director', 'open', opened);
  expect(await decide(here.house, open, 20_000)).toMatchObject({ is: 'done' });
}, 120_000);
afterAll(async () => here?.close(), 60_000);

interface Said {
  readonly receipt: { readonly case: string; readonly kinds: readonly string[] };
  readonly refusal: { readonly code: string; readonly rule: string };
  readonly holds: readonly object[];
  readonly error: { readonly code: string };
  readonly ok: boolean;
}
const cli = async (as: string, ...argv: readonly string[]) =>
  (await here.cli(...argv, '--as', person(as))) as { readonly code: number; readonly said: Said };

const someone = person('someone');
const charge = ['--reason', 'charge', '--date', '2025-01-06', '--review', '2025-04-01'];
const over = ['--reason', 'settled', '--date', '2025-01-06'];

describe('a legal hold on the command line', () => {
  let clock = '';
  const shown = { subject: someone, reason: 'charge', on: '2025-01-06', owner: 'compliance' };

  it('X29 is set by those who look after holds, on what is there, and once', async () => {
    const refused = await cli('dana', 'hold', 'on', someone, ...charge);
    expect(refused).toMatchObject({ code: 2, said: { refusal: { code: 'not_permitted' } } });
    const nobody = await cli('carol', 'hold', 'on', person('nobody'), ...charge);
    expect(nobody).toMatchObject({ code: 2, said: { error: { code: 'unknown_subject' } } });
    const set = await cli('carol', 'hold', 'on', someone, ...charge);
    expect(set).toMatchObject({ code: 0, said: { receipt: { kinds: ['hold_on'] } } });
    clock = set.said.receipt.case;
    expect(await cli('rosa', 'hold', 'on', someone, ...charge)).toMatchObject({
      ...{ code: 2, said: { refusal: { code: 'rule_blocks', rule: 'X29' } } },
    });
    expect(await cli('rosa', 'hold', 'confirm', clock)).toMatchObject({ code: 0 });
  }, 60_000);

  it('X29 is shown to them with its dates, and to nobody else', async () => {
    expect((await cli('pia', 'hold', 'list')).said.holds).toMatchObject([{ clock, ...shown, site }]);
    for (const as of ['dana', 'someone'])
      expect(await cli(as, 'hold', 'list')).toMatchObject({
        code: 2,
        said: { error: { code: 'not_permitted' } },
      });
    const { code, said } = await cli('someone', 'case', 'show', clock);
    expect({ code, error: said.error.code }).toEqual({ code: 2, error: 'not_permitted' });
  }, 60_000);

  it('X29 keeps the person from being erased, also when all runs are lost and come back', async () => {
    const refused = { code: 2, said: { error: { code: 'legal_hold' } } };
    expect(await cli('pia', 'people', 'erase', someone)).toMatchObject(refused);
    await here.killWorker();
    here.killTemporal(true);
    await here.restartTemporal();
    const { started } = await recoverTemporal(here.house, () => undefined);
    expect(started.toSorted()).toEqual([clock, readiness].toSorted());
    await here.startWorker();
    expect(await cli('pia', 'people', 'erase', someone)).toMatchObject(refused);
    expect(await cli('carol', 'hold', 'review', clock, '--until', '2025-06-02')).toMatchObject({ code: 0 });
  }, 120_000);

  it('X29 is lifted by two people; then nothing is in the way, and everything is proven', async () => {
    expect(await cli('carol', 'hold', 'off', clock)).toMatchObject({ code: 64 });
    expect(await cli('carol', 'hold', 'off', clock, ...over)).toMatchObject({ code: 0 });
    expect(await cli('carol', 'hold', 'off', clock, '--confirm')).toMatchObject({
      ...{ code: 2, said: { refusal: { rule: 'X29' } } },
    });
    expect(await cli('rosa', 'hold', 'keep', clock)).toMatchObject({ code: 0 });
    expect(await cli('rosa', 'hold', 'off', clock, ...over)).toMatchObject({ code: 0 });
    expect(await cli('pia', 'people', 'erase', someone)).toMatchObject({ code: 2 });
    expect(await cli('pia', 'hold', 'off', clock, '--confirm')).toMatchObject({
      ...{ code: 0, said: { receipt: { kinds: ['hold_off'] } } },
    });
    expect((await cli('pia', 'hold', 'list')).said.holds).toEqual([]);
    expect(await cli('carol', 'people', 'erase', someone)).toMatchObject({
      ...{ code: 2, said: { error: { code: 'erasing_not_permitted' } } },
    });
    expect(await cli('pia', 'people', 'erase', someone)).toMatchObject({ code: 0, said: { is: 'erased' } });
    expect(await cli('pia', 'records', 'purge')).toMatchObject({ code: 0, said: { records: [] } });
    expect(await cli('dana', 'records', 'list')).toMatchObject({ code: 2 });
    expect(await here.cli('ledger', 'verify')).toMatchObject({ code: 0, said: { ok: true } });
  }, 60_000);
});
