import type { WorkflowExecutionInfo } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietUntil } from '../../src/notify/hours.ts';
import { sensitiveStems } from '../../src/notify/subject.ts';
import { caseKinds, kindOf } from '../../src/domain/kernel/words.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import { wallTimeOf } from '../../src/domain/kernel/calendar.ts';
import { canonical } from '../../src/domain/kernel/digest.ts';
import { exportLedger } from '../../src/ledger/export.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { heldFrom, refold } from '../../src/ledger/state.ts';
import { stepRead } from '../../src/ledger/step-store.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import type { Played } from '../../src/sandbox/player.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { Playhouse } from '../faults/playhouse.ts';
import { until } from '../faults/acts.ts';
import { settled } from '../still-to-go.ts';
import {
  cast,
  digestOf,
  freeTexts,
  northsideTerms,
  rowsToExpect,
  scenario,
} from '../unit/northside-house.ts';
import type { PlayRow } from '../unit/northside-house.ts';

const terms = northsideTerms();
const { world } = rehearse(scenario, cast, terms);
const expected = rowsToExpect(world);
const openCases = [...world.cases].filter(([, place]) => !place.final).map(([id]) => id);
const finalCases = [...world.cases].filter(([, place]) => place.final).map(([id]) => id);
let here: Playhouse;
let played: Played;
let runs: readonly WorkflowExecutionInfo[];

/** What must be seen nowhere in clear: people's names and addresses, and what somebody wrote. */
const canaries = [
  ...Object.entries(scenario.people).flatMap(([word, { name }]) => [name, `${word}@people.invalid`]),
  ...freeTexts(),
];

const rowsIn = async <T>(sql: string): Promise<readonly T[]> =>
  (await here.house.pool.query(sql, [here.house.org])).rows as T[];

beforeAll(async () => {
  here = await Playhouse.open();
  const found = await here.startPlayer();
  if (found === null) throw new Error('the player was killed');
  played = found;
  await until('the runs of final cases to end', 20_000, async () => {
    const open = await Promise.all(finalCases.map((id) => statusOf(id)));
    return !open.includes('RUNNING');
  });
  const listed: WorkflowExecutionInfo[] = [];
  for await (const run of here.house.client.workflow.list()) listed.push(run);
  // Lists of a morning are runs of their own, and over once they are sent.
  runs = listed.filter((run) => run.type !== 'post');
}, 400_000);
afterAll(async () => here?.close(), 60_000);

async function statusOf(caseId: string): Promise<string> {
  return (await here.house.client.workflow.getHandle(caseId).describe()).status.name;
}

describe('the worked example on the real servers', () => {
  it('goes as its scenario lists', () => {
    expect(played.surprises).toEqual([]);
    expect(played.differences).toEqual({ missing: [], unlisted: [] });
    expect(played.acts).toBe(scenario.acts.length);
  });

  it('has the rows of the rehearsal, one for one, confidential ones among them', async () => {
    const rows = await rowsIn<PlayRow>(
      `select case_id as "case", sequence, kind, at, actor, body from ledger
       where org = $1 and case_id not like 'house-%' order by case_id collate "C", sequence`,
    );
    expect(rows.map((row) => `${row.case} ${row.sequence} ${row.kind}`)).toEqual(
      expected.map((row) => `${row.case} ${row.sequence} ${row.kind}`),
    );
    expect(rows).toEqual(expected);
    expect(played.digest).toBe(digestOf(expected));
    expect(rows.filter((row) => row.kind === 'sealed').length).toBeGreaterThan(10);
  });

  it('is proven in place, with all confidential rows opened, and from its export', async () => {
    const { pool, keys, org } = here.house;
    const online = await verifyLedger(pool, keys, org);
    expect(online).toMatchObject({ ok: true, cases: world.cases.size });
    const offline = await verifyExport(exportLedger(pool, org));
    expect(offline).toMatchObject({ ok: true, proves: 'organization', sealed: { opened: 0 } });
    if (online.ok) expect(online.sealed.opened).toBe(online.sealed.rows);
  });

  it('has state rows that are the fold of their rows', async () => {
    const { pool, org } = here.house;
    const library = { org, keys: here.house.keys, terms: new TermsStore(), rulesFailed: () => undefined };
    const client = await pool.connect();
    try {
      for (const id of world.cases.keys()) {
        const decider = deciderOf(kindOf(id)!);
        const read = await stepRead(client, { org, case: id, decision: null, people: [], site: null });
        const stored = await heldFrom(library, client, org, decider, read);
        const folded = await refold(library, client, org, decider, id);
        expect(canonical(stored), cast.wordOf(id)).toBe(canonical(folded));
        expect(canonical(stored), cast.wordOf(id)).toBe(canonical(world.cases.get(id)!.held));
        expect(read.case?.next_wake, cast.wordOf(id)).toBe(
          world.cases.get(id)!.final ? null : world.cases.get(id)!.nextWake,
        );
      }
    } finally {
      client.release();
    }
  });

  it('sent each prompt once, under neutral subjects', async () => {
    const mails = await here.parts.mail.messages();
    const prompts = await rowsIn<{
      key: string;
      code: string;
      state: string;
      held: string | null;
      outcome: string | null;
      message_id: string | null;
    }>('select key, code, state, held, outcome, message_id from prompts where org = $1');
    // Beside the rungs: what came into people's calendars.
    const meetings = prompts.filter((one) => one.code === 'MEETING');
    expect(meetings.length).toBeGreaterThan(5);
    expect(prompts.length - meetings.length).toBe(world.prompts.length);
    expect(prompts.filter((one) => !settled(one))).toEqual([]);
    const sent = prompts.filter((one) => one.state === 'sent');
    const alone = sent.filter((one) => one.outcome !== 'in_digest').map((one) => one.message_id);
    expect(new Set(alone).size).toBe(alone.length);
    const lists = await rowsIn<{ message_id: string; tries: number }>(
      `select message_id, tries from digests where org = $1 and state = 'sent'`,
    );
    expect(lists.length).toBeGreaterThan(5);
    expect(lists.filter(({ tries }) => tries > 1)).toEqual([]);
    const ids = [...sent.map((one) => one.message_id), ...lists.map((one) => one.message_id)];
    expect(new Set(mails.map((mail) => mail.messageId))).toEqual(new Set(ids));
    expect(mails).toHaveLength(new Set(ids).size);
    expect(sent.length).toBeGreaterThan(300);
    const told = new RegExp(`\\b(${sensitiveStems.join('|')})`, 'i');
    const names = Object.values(scenario.people).flatMap((one) => one.name.split(' '));
    for (const { subject, to } of mails) {
      expect(subject).not.toMatch(told);
      expect(names.filter((name) => subject.includes(name))).toEqual([]);
      expect(to).toMatch(/@people\.invalid>?$/);
    }
  });

  it('left people in peace: none in quiet time, one an hour but for what cannot wait, one list a day', async () => {
    const sent = await rowsIn<{ recipient: string; settled_at: number; waits: boolean }>(
      `select recipient, settled_at, code not in ('MEETING', 'P5.1') and rung <> 'told' as waits from prompts
       where org = $1 and state = 'sent' and outcome <> 'in_digest' order by recipient, settled_at, waits desc`,
    );
    const days = { ...terms.calendar };
    const quiet = { quietFrom: 1080, quietTo: 480 };
    expect(
      sent.filter((one) => quietUntil(one.settled_at, terms.calendar.zone, quiet, days) !== null),
    ).toEqual([]);
    // Of two at one instant the one that could have waited came first: what cannot wait may follow it at once.
    const close = sent.filter((one, n) => {
      const before = sent[n - 1];
      if (before?.recipient !== one.recipient || !one.waits) return false;
      return one.settled_at - before.settled_at < 3_600_000;
    });
    expect(close).toEqual([]);
    const lists = await rowsIn<{ person: string; day: string; sent_at: number }>(
      `select person, day, sent_at from digests where org = $1 and state = 'sent'`,
    );
    expect(new Set(lists.map((one) => `${one.person} ${one.day}`)).size).toBe(lists.length);
    for (const one of lists) expect(wallTimeOf(terms.calendar, one.sent_at)).toBe('08:30');
    console.log(`lists ${lists.length}, by themselves ${sent.length}`);
  });
});

describe('what Temporal knows of it', () => {
  it('is a run for every open case, and none for a final one', async () => {
    for (const id of openCases) expect(await statusOf(id), cast.wordOf(id)).toBe('RUNNING');
    for (const id of finalCases) expect(await statusOf(id), cast.wordOf(id)).toBe('COMPLETED');
    expect(openCases.length).toBeGreaterThan(3);
    expect(finalCases.length).toBeGreaterThan(5);
    expect(new Set(runs.map((run) => run.workflowId))).toEqual(new Set(world.cases.keys()));
    const statuses = new Set(runs.map((run) => run.status.name));
    expect([...statuses].toSorted()).toEqual(['COMPLETED', 'CONTINUED_AS_NEW', 'RUNNING']);
  });

  it('is generic: five search attributes with codes, and clocks that look all alike', () => {
    for (const run of runs) {
      const shown = Object.fromEntries(
        Object.entries(run.searchAttributes).map(([key, values]) => [key, (values as unknown[])[0]]),
      );
      const known = ['HireOrg', 'HireCaseKind', 'HireStage', 'HireAttention', 'HireNextDueAt'];
      expect(Object.keys(shown).filter((key) => key.startsWith('Hire') && !known.includes(key))).toEqual([]);
      expect(shown['HireOrg']).toBe(here.house.org);
      expect(caseKinds).toContain(shown['HireCaseKind']);
      expect(run.type).toBe(shown['HireCaseKind']);
      expect(String(shown['HireStage'])).toMatch(/^[a-z_]+$/);
      expect(['ok', 'due', 'late']).toContain(shown['HireAttention']);
      if (run.type !== 'clock') continue;
      expect(shown).toMatchObject({ HireCaseKind: 'clock', HireStage: 'open', HireAttention: 'ok' });
      expect(shown['HireNextDueAt']).toBeUndefined();
      expect(run.taskQueue).toBe(here.house.queue);
    }
  });

  it('is nothing about a person: no name, address, text, ref or event in any history', async () => {
    const { client } = here.house;
    const refs = Object.keys(scenario.people).map((word) => cast.person(word));
    const inside = [...canaries, ...refs, 'prs_', 'txt_', 'leave_', 'asserted_local', 'readiness_opened'];
    let bytes = 0;
    for (const run of runs) {
      const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      const seen = clearText(history);
      bytes += seen.length;
      expect(inside.filter((one) => seen.includes(one))).toEqual([]);
    }
    expect(bytes).toBeGreaterThan(500_000);
  }, 120_000);
});

describe('what lies about in clear', () => {
  it('is no name, address or text: not in any table, not in any log', async () => {
    const tables = await rowsIn<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and $1 <> '' order by 1`,
    );
    expect(tables.length).toBeGreaterThan(12);
    for (const { name } of tables) {
      const { rows } = await here.house.pool.query<{ text: string }>(
        `select t::text as text from "${name}" t`,
      );
      const whole = rows.map((row) => row.text).join('\n');
      expect(
        canaries.filter((one) => whole.includes(one)),
        name,
      ).toEqual([]);
    }
    const logs = here.logs();
    expect(logs).toContain('"event":"prompt"');
    expect(canaries.filter((one) => logs.includes(one))).toEqual([]);
    expect(logs).not.toMatch(/leave_|prs_[0-9a-z]{26}|txt_/);
  });
});

/** Everything in a history that can be read: its texts, and its bytes taken as text. */
function clearText(value: unknown): string {
  const found: string[] = [];
  const walk = (one: unknown): void => {
    if (typeof one === 'string') found.push(one);
    else if (one instanceof Uint8Array) found.push(Buffer.from(one).toString('utf8'));
    else if (typeof one === 'object' && one !== null)
      for (const [key, inner] of Object.entries(one)) {
        found.push(key);
        walk(inner);
      }
  };
  walk(value);
  return found.join('\n');
}
