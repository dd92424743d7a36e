import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askHistory } from '../../src/client/ask-history.ts';
import { loadGuard, remembering } from '../../src/client/guard-load.ts';
import { exportLedger } from '../../src/ledger/export.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { sensitiveStems } from '../../src/notify/subject.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { digestOf, rowsToExpect, scenarioNames, staged } from '../scenarios.ts';
import type { PlayRow, Staged } from '../scenarios.ts';
import { settled } from '../still-to-go.ts';
import { openPlayground } from './playground.ts';
import type { PlayedThere, Playground } from './playground.ts';

/** Every scenario beside the worked example on real servers, one set for all. */

const names = scenarioNames.filter((name) => name !== 'northside');
const guard = remembering(await loadGuard());
let ground: Playground;

beforeAll(async () => {
  ground = await openPlayground();
}, 120_000);
afterAll(async () => ground?.stop(), 60_000);

function rehearsed(stage: Staged) {
  return rehearse(stage.scenario, stage.cast, stage.terms, guard);
}

describe.each(names)('the scenario %s on the real servers', (name) => {
  const stage = staged(name);
  const { world } = rehearsed(stage);
  const expected = rowsToExpect(stage, world);
  let there: PlayedThere;

  beforeAll(async () => {
    there = await ground.play(stage);
  }, 300_000);

  const rowsIn = async <T>(sql: string): Promise<readonly T[]> =>
    (await there.house.pool.query(sql, [there.house.org])).rows as T[];

  it('goes as its file lists, refusals among it', () => {
    const { played } = there;
    expect(played.surprises).toEqual([]);
    expect(played.differences).toEqual({ missing: [], unlisted: [] });
    expect(played.acts).toBe(stage.scenario.acts.length);
  });

  it('has the rows of the rehearsal, one for one, confidential ones among them', async () => {
    const rows = await rowsIn<PlayRow>(
      `select case_id as "case", sequence, kind, at, actor, body from ledger
       where org = $1 and case_id not like 'house-%' order by case_id collate "C", sequence`,
    );
    expect(rows).toEqual(expected);
    expect(there.played.digest).toBe(digestOf(expected));
  });

  it('is proven in place, with all confidential rows opened, and from its export', async () => {
    const { pool, keys, org } = there.house;
    const online = await verifyLedger(pool, keys, org);
    expect(online).toMatchObject({ ok: true, cases: world.cases.size });
    if (online.ok) expect(online.sealed.opened).toBe(online.sealed.rows);
    const offline = await verifyExport(exportLedger(pool, org));
    expect(offline).toMatchObject({ ok: true, proves: 'organization', sealed: { opened: 0 } });
  });

  it('kept no text of what was refused, by a rule or by a guard', async () => {
    const texts = await rowsIn<{ state: string }>('select state from texts where org = $1');
    expect(texts.filter(({ state }) => state !== 'kept')).toEqual([]);
    const accepted = world.rows.flatMap((row) => JSON.stringify(row.body).match(/txt_dec_\w+/g) ?? []);
    expect(texts).toHaveLength(new Set(accepted).size);
  });

  it('sent each prompt once, under subjects without a name or a health word', async () => {
    const prompts = await rowsIn<{
      code: string;
      state: string;
      held: string | null;
      message_id: string | null;
    }>('select code, state, held, message_id from prompts where org = $1');
    // Beside the rungs there is what came into people's calendars.
    expect(prompts.filter((one) => !['MEETING', 'MOVED'].includes(one.code))).toHaveLength(
      world.prompts.length,
    );
    expect(prompts.filter((one) => !settled(one))).toEqual([]);
    const sent = new Set(prompts.flatMap((one) => (one.state === 'sent' ? [one.message_id] : [])));
    const mails = (await ground.parts.mail.messages()).filter((mail) => sent.has(mail.messageId));
    expect(mails).toHaveLength(sent.size);
    const told = new RegExp(`\\b(${sensitiveStems.join('|')})`, 'i');
    const known = Object.values(stage.scenario.people).flatMap((one) => one.name.split(' '));
    for (const { subject } of mails) {
      expect(subject).not.toMatch(told);
      expect(known.filter((word) => subject.includes(word))).toEqual([]);
    }
  });

  it('shows a supervisor no case of a check, and no row of one', async () => {
    const checks = Object.entries(stage.scenario.cases).filter(([, one]) => one.label === 'background');
    const supervisors = Object.entries(stage.scenario.people).filter(([, one]) =>
      one.capacities.includes('supervisor'),
    );
    expect(checks.length).toBeGreaterThan(0);
    for (const [check] of checks)
      for (const [who] of supervisors) {
        const seen = askHistory(there.house, stage.cast.person(who), stage.cast.caseId(check), {});
        await expect(seen, `${who} ${check}`).rejects.toMatchObject({ name: 'ReadingRefused' });
      }
  });
});
