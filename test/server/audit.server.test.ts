import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/program.ts';
import { hardMoments } from '../../src/cli/inbox.ts';
import { assign } from '../../src/client/organization.ts';
import type { House } from '../../src/client/house.ts';
import { notOnRecord } from '../../src/client/known-citations.ts';
import { addPerson } from '../../src/directory/people.ts';
import { writeInstallation } from '../../src/local/installation.ts';
import { staged, textsOf } from '../scenarios.ts';
import { person } from '../unit/house.ts';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';

/** The questions of an auditor, and the day of a supervisor, on the command line of the worked example. */

const northside = staged('northside');
const { cast, scenario } = northside;
const auditor = person('an auditor of the forty questions');
const folder = mkdtempSync(join(tmpdir(), 'peer-hire-audit-'));
const words: Readonly<Record<string, string>> = {
  ...{ HIRE: cast.caseId('employment'), OPENING: cast.caseId('opening'), APPLICATION: cast.caseId('c102') },
  ...{ ROLE: cast.caseId('role'), READINESS: cast.caseId('readiness'), ANNUAL: cast.caseId('annual') },
  ...{ HR: cast.person('dana'), DIRECTOR: cast.person('amara'), COMPLIANCE: cast.person('kofi') },
  ...{ SUPERVISOR: cast.person('marisol'), EMPLOYEE: cast.person('c102'), AUDITOR: auditor, SITE: cast.site },
  ...{ MANAGER: cast.person('grace'), SECOND: cast.person('theo') },
  ...{ FILE: join(folder, 'ledger.jsonl'), FOLDER: join(folder, 'heads'), KEY: join(folder, 'anchor.pem') },
};
let ground: Playground;
let house: House;

interface Row {
  readonly masked: boolean;
  readonly actor: string | null;
  readonly to: readonly unknown[];
  readonly visibility: string;
}

interface Question {
  readonly n: number;
  readonly command: string;
  readonly look: string;
}

/** The table of the document: question, command, and what its answer says. */
const lines = readFileSync(new URL('../../docs/audit-questions.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const found = /^\| (\d+|[A-Z]) +\| .*? \| `([^`]+)` +\| (.*?) *\|$/.exec(line);
    return found === null ? [] : [{ n: found[1] ?? '', command: found[2] ?? '', look: found[3] ?? '' }];
  });
const questions: readonly Question[] = lines
  .filter(({ n }) => /^\d/.test(n))
  .map((one) => ({ ...one, n: Number(one.n) }));
/** The second table: what is asked once somebody has left. */
const afterwards = lines.filter(({ n }) => !/^\d/.test(n));

const filled = (word: string): string => {
  if (word.startsWith('{')) return word;
  const [lead, name] = word.includes(':') ? [`${word.split(':')[0] ?? ''}:`, word.split(':')[1]] : ['', word];
  return `${lead}${words[name ?? ''] ?? name ?? ''}`;
};

/** Runs a command line as typed, with the words in capitals filled in. */
async function typed(argv: readonly string[]): Promise<{ exit: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => void (said.out += `${text}\n`),
    err: (text: string) => void (said.err += `${text}\n`),
    ...{ env: {}, color: false, stdin: async () => null },
  };
  const exit = await run(io, [...argv.map(filled), '--home', folder]);
  return { exit, ...said };
}
const ask = (line: string, ...more: readonly string[]) => typed([...line.split(' '), ...more]);

beforeAll(async () => {
  ground = await openPlayground();
  ({ house } = await ground.play(northside, true));
  const { org, pool, keys } = house;
  await addPerson(pool, keys, { org, ref: auditor, name: 'Test auditor', email: 'auditor@example.org' });
  const held = [{ person: auditor, capacity: 'auditor' as const, scope: cast.site }];
  await assign(house, held, { decisionId: 'audit-auditor', actor: 'installation' });
  const keyFile = join(folder, 'master.key');
  writeFileSync(keyFile, Buffer.alloc(32, 7).toString('hex'), { mode: 0o600 });
  const { temporal, databaseUrl, mail } = ground.parts;
  const { address, namespace, ui } = temporal;
  writeInstallation(folder, {
    ...{ v: 1, org, sandbox: true, pid: process.pid, keyFile, queue: 'lifecycle-northside' },
    ...{ temporal: { address, namespace, ui, ours: true }, databaseUrl, databaseOurs: true },
    mail: { ...mail.address, from: 'no-reply@peer-hire.invalid', page: null },
  });
}, 500_000);
afterAll(async () => {
  await ground?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('docs/audit-questions.md', () => {
  it('has forty questions, numbered, each with a command of its own', () => {
    expect(questions.map((one) => one.n)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(new Set(questions.map((one) => one.command)).size).toBe(40);
    // What looks for nothing would find it everywhere.
    for (const { n, look } of questions) expect(look, String(n)).not.toBe('');
  });

  it.each(questions)('$n: $command', async ({ command, look }) => {
    const { exit, out, err } = await ask(command);
    expect(exit, err).toBe(0);
    expect(out.trim()).not.toBe('');
    expect(out).toContain(look);
  });

  it('shows an auditor nobody by name, and no text that somebody wrote about a person', async () => {
    const names = Object.values(scenario.people).map((one) => one.name);
    for (const line of [
      'case history APPLICATION',
      'case history HIRE',
      'case explain OPENING',
      'board --all',
    ]) {
      const { out } = await ask(`${line} --as AUDITOR`);
      expect(out, line).not.toBe('');
      expect(
        [...names, ...textsOf(scenario)].filter((one) => one.length > 4 && out.includes(one)),
        line,
      ).toEqual([]);
    }
  });

  it('tells an auditor which of the readers the case is about, and not by which ref', async () => {
    for (const as of ['AUDITOR', 'installation']) {
      const { out, exit } = await ask(`ledger as-of APPLICATION 2026-05-13 --as ${as} --json`);
      expect(exit).toBe(0);
      const { readers } = JSON.parse(out) as {
        readers: { person: string | null; capacities: string[] }[] | null;
      };
      const about = (readers ?? []).filter(({ capacities }) => capacities.includes('candidate'));
      expect(about.map(({ person }) => person)).toEqual([null]);
    }
  });

  it('who could read a case is whoever is given it, and nobody else', async () => {
    for (const one of ['HIRE', 'OPENING', 'ROLE']) {
      const { out } = await ask(`ledger as-of ${one} 2026-05-13 --as HR --json`);
      const { readers } = JSON.parse(out) as { readers: { person: string; reads: string[] }[] };
      expect(readers.length).toBeGreaterThan(2);
      const said = new Map(readers.map((reader) => [reader.person, reader.reads]));
      for (const word of Object.keys(scenario.people)) {
        const person = cast.person(word);
        const answer = await ask(`case history ${one} --as ${person} --json`);
        const rows = answer.exit === 0 ? (JSON.parse(answer.out) as { rows: Row[] }).rows : [];
        // Besides these, everybody reads what they wrote and what they were asked themselves.
        const others = rows.filter((row) => !row.masked && row.actor !== person && row.to.length === 0);
        const inside = [...new Set(others.map((row) => row.visibility))];
        // A case may hold no row of a class that somebody could read; what is open to all lists only who is somebody here.
        if (one === 'HIRE') expect(answer.exit === 0, word).toBe(said.has(person));
        expect(said.get(person) ?? ['C0'], `${one} ${word}`).toEqual(expect.arrayContaining(inside));
      }
    }
  });

  it('a day is one of the place where the case is', async () => {
    const { out } = await ask('ledger as-of HIRE 2025-06-02 --as HR');
    expect(out).toMatch(/Mon 2 Jun 2025, 23:59/);
  });

  it('a gap is named: a row changed behind the back of the ledger fails the proof of its case', async () => {
    const { pool, org } = house;
    const change = (to: string, from: string) =>
      pool.query(
        `update ledger set body = replace(body, $3, $2) where org = $1 and case_id = $4 and kind = 'session_logged'
         and sequence = (select min(sequence) from ledger where org = $1 and case_id = $4 and kind = 'session_logged')`,
        [org, to, from, words['HIRE']],
      );
    await pool.query('alter table ledger disable trigger user');
    await change('"minutes":61', '"minutes":60');
    const { exit, out, err } = await ask('case proof HIRE');
    await change('"minutes":60', '"minutes":61');
    await pool.query('alter table ledger enable trigger user');
    expect(exit).toBe(1);
    expect(`${out}${err}`).toContain(words['HIRE']);
    expect((await ask('case proof HIRE')).exit).toBe(0);
  });
});

describe('the day of a supervisor, one command each', () => {
  const json = async (line: string, ...more: readonly string[]) => {
    const { exit, out } = await ask(line, ...more, '--json');
    return { exit, said: JSON.parse(out) as Record<string, unknown> };
  };

  it('inbox: what is asked, soonest due first, with the command that answers', async () => {
    const { said } = await json('inbox --as SUPERVISOR');
    const due = (said['inbox'] as { why: { due: number; owner: string } }[]).map((one) => one.why.due);
    expect(due.length).toBeGreaterThan(2);
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    const { out } = await ask('inbox --as SUPERVISOR');
    expect(out).toContain(`checkin ${words['HIRE']}`);
    expect(out).not.toMatch(/Kofi|Dana/);
    const { out: own } = await ask('inbox --as EMPLOYEE');
    expect(own).toContain(`agenda add ${words['HIRE']}`);
  });

  it('brief: one page with last talk, actions, agenda, certificate and hours, and what to do in hard moments', async () => {
    const { exit, out } = await ask('brief HIRE --as SUPERVISOR');
    expect(exit).toBe(0);
    for (const part of ['Last held', 'Agreed actions', 'To talk about', 'Certificate: verified', hardMoments])
      expect(out).toContain(part);
    expect(out.split('\n').length).toBeLessThan(40);
    expect((await ask('brief HIRE --as EMPLOYEE')).exit).toBe(0);
    // Whoever has no part in it learns nothing, and neither does the machine's keeper.
    for (const who of ['AUDITOR', cast.person('leo')]) {
      const refused = await ask(`brief HIRE --as ${who}`);
      expect([refused.exit, refused.out]).toEqual([2, '']);
    }
  });

  it('checkin, agenda, review and adopt would each be accepted as typed', async () => {
    const dry = async (line: string, ...more: readonly string[]) => {
      const { exit, said } = await json(`${line} --dry-run`, ...more);
      return [exit, (said['receipt'] as { kinds?: string[] } | undefined)?.kinds];
    };
    expect(await dry('agenda add HIRE --as EMPLOYEE --topic workload --topic growth')).toEqual([
      ...[0, ['agenda_topic_added']],
    ]);
    const session = (
      await house.pool.query<{ on: string }>(
        `select max(body::jsonb ->> 'session') as "on" from ledger where org = $1 and kind = 'session_logged'`,
        [house.org],
      )
    ).rows[0]?.on;
    expect(session).toBe('2026-05-12');
    // The next session is ahead still: the rules say so, and the command itself is well made.
    const early = await json('checkin HIRE --as SUPERVISOR --topic role_fit --dry-run');
    expect(early.said).toMatchObject({ refusal: { code: 'not_expected_now', rule: 'D7.1' } });
    const goals = await json('review ANNUAL --as SUPERVISOR --goals on_track --held 2026-05-13 --dry-run');
    expect(goals.exit === 0 || (goals.said['refusal'] as { rule: string }).rule === 'P8.6').toBe(true);
    const came = person('somebody who came over');
    const { org, pool, keys } = house;
    await addPerson(pool, keys, { org, ref: came, name: 'Test came over', email: 'came@example.org' });
    const given = `--site SITE --person ${came} --role ROLE --day-one 2023-03-06 --supervisor SUPERVISOR`;
    const more =
      '--manager MANAGER --credential verified@2027-03-31 --exclusion-checked 2026-05-04 --weeks 2';
    expect(await dry(`adopt --as HR ${given} ${more}`)).toEqual([0, ['adoption_proposed']]);
    const first = await json(`adopt --as HR ${given.replace('2023-03-06', '2026-05-01')} ${more} --dry-run`);
    expect(first.said).toMatchObject({ refusal: { code: 'not_expected_now', rule: 'G6' } });
  });

  it('R8.3 what a review rests on is found on the record of its employment, by the day planned, the day held or the action', async () => {
    const { rows } = await house.pool.query<{
      session: string | null;
      on: string | null;
      action: string | null;
    }>(
      `select body::jsonb ->> 'session' as session, body::jsonb ->> 'on' as "on",
         body::jsonb -> 'actions' -> 0 ->> 'id' as action
       from ledger where org = $1 and case_id = $2 and body like '%"actions":[%'`,
      [house.org, words['HIRE']],
    );
    const days = rows.flatMap(({ session, on }) =>
      session === null || on === null ? [] : [{ session, on }],
    );
    // A day that was a holiday is held on another, where there is one.
    const moved = days.find(({ session, on }) => session !== on) ?? days[0];
    const action = rows.find((row) => row.action !== null)?.action;
    expect([moved, action].every((one) => one !== undefined)).toBe(true);
    const lacking = (cites: object) =>
      notOnRecord(house, {
        ...{ v: 1, decisionId: 'cites', case: words['ANNUAL'] ?? '', type: 'submit_draft' },
        ...{ actor: words['SUPERVISOR'] ?? '', how: 'asserted_local', payload: { cites } },
      });
    const found = {
      growth: `session:${moved?.session}`,
      sharing: `session:${moved?.on}`,
      overall: `action:${action}`,
    };
    expect(await lacking(found)).toBeNull();
    expect(await lacking({ ...found, growth: 'session:2025-05-14' })).toMatchObject({
      ...{ code: 'unknown_reference', rule: 'R8.3' },
      missing: [{ code: 'cited_on_record', about: 'growth: session:2025-05-14' }],
    });
    expect(await lacking({ overall: `action:${action}9` })).not.toBeNull();
  });

  it('asks for what is missing in words, and for one answer at a time', async () => {
    for (const line of [
      'review ANNUAL --as SUPERVISOR',
      'review ANNUAL --as SUPERVISOR --share --sign signed',
      'checkin HIRE --as SUPERVISOR --agrees --differs',
      'case forecast HIRE --days 0 --as HR',
      'case forecast HIRE --days 3 --if-silent --if-on-time --as HR',
    ])
      expect((await ask(line)).exit, line).toBe(64);
  });

  it('delegate: names a stand-in, who then finds the items in their own inbox', async () => {
    const before = (await json('inbox --as SECOND')).said['inbox'] as object[];
    expect((await ask('delegate --as SUPERVISOR --to SECOND --until 2026-06-20')).exit).toBe(0);
    const after = (await json('inbox --as SECOND')).said['inbox'] as object[];
    expect(after.length).toBeGreaterThan(before.length);
    // What is theirs by themselves names nobody; what they do for somebody says for whom.
    const { out } = await ask('inbox --as SECOND');
    expect(out).toContain(`--as ${words['SECOND']} --behalf-of ${words['SUPERVISOR']}`);
    expect((await ask('inbox --as SUPERVISOR')).out).not.toContain('--behalf-of');
    expect((await ask('brief HIRE --as SECOND')).exit).toBe(0);
  });
});

describe('a text that a guard warned of', () => {
  it('is taken with the code that was read, and the gates say who let it stand, in the row that is proven', async () => {
    const text = 'An ex-addict like them gives hope to the group.';
    expect((await ask('clock advance 2026-05-27')).exit).toBe(0);
    const { rows: owed } = await house.pool.query<{ session: string }>(
      `select substring(id from '[0-9]{4}-[0-9]{2}-[0-9]{2}') as session from obligations
       where org = $1 and case_id = $2 and code = 'P7.1' order by due limit 1`,
      [house.org, words['HIRE']],
    );
    const payload = {
      ...{ session: owed[0]?.session, outcome: 'held', minutes: 45, mode: 'in_person' },
      ...{ topics: ['skills'], actions: [] },
      note: { text, about: words['EMPLOYEE'] },
    };
    const log = ['decide', '--case', 'HIRE', '--actor', 'SUPERVISOR', '--type', 'log_session'];
    const asked = [...log, '--payload', JSON.stringify(payload), '--json'];
    const first = await typed(asked);
    expect(first.exit, first.out).toBe(2);
    expect(first.out).toContain('acknowledgement_needed');
    const second = await typed([...asked, '--acknowledge', 'L3', '--acknowledge', 'L8']);
    expect(second.exit, second.out + second.err).toBe(0);
    const { rows } = await house.pool.query<{ position: number; body: string }>(
      `select position, body from ledger where org = $1 and case_id = $2 and kind = 'session_logged'
       order by position desc limit 1`,
      [house.org, words['HIRE']],
    );
    const [row] = rows;
    // Of the two codes the one that was found: whoever sends all has read none.
    expect(JSON.parse(row?.body ?? '')).toMatchObject({ warned: [{ field: 'note', rules: ['L3'] }] });
    const { out } = await ask('case gates HIRE --as HR --json');
    const { gates } = JSON.parse(out) as { gates: { passed: boolean; acknowledged: object[] }[] };
    const shown = {
      rules: ['L3'],
      about: 'note',
      actor: words['SUPERVISOR'],
      position: Number(row?.position),
    };
    expect(gates.filter(({ passed }) => !passed).map((one) => one.acknowledged)).toContainEqual(
      expect.arrayContaining([expect.objectContaining(shown)]),
    );
    expect((await ask('case gates HIRE --as HR')).out).toContain('warning L3 about note acknowledged by');
    expect((await ask('case history HIRE --as HR')).out).toContain('a text was let stand against L3');
    expect((await ask('case explain HIRE --as HR')).out).toContain('let stand against the warning L3');
    const proof = await ask('ledger verify --json');
    expect(JSON.parse(proof.out), proof.out).toMatchObject({ ok: true });
  }, 60_000);
});

describe('docs/audit-questions.md, of a hire that is over', () => {
  const does = async (who: string, type: string, payload: object = {}) => {
    const of = ['--case', 'HIRE', '--actor', who, '--type', type, '--payload', JSON.stringify(payload)];
    const { exit, out, err } = await typed(['decide', ...of]);
    expect(exit, `${type} ${out} ${err}`).toBe(0);
  };

  beforeAll(async () => {
    await does('EMPLOYEE', 'resign', { how: 'resigned', lastDay: '2026-05-29', reasons: [] });
    await does('SUPERVISOR', 'record_handover', { outcome: 'handed_over' });
    expect((await ask('clock advance 2026-06-01')).exit).toBe(0);
    await does(cast.person('leo'), 'end_access');
    await does('HR', 'decide_rehire', { outcome: 'eligible' });
    await does(cast.person('robin'), 'propose_opening', { outcome: 'close' });
    await does('HR', 'confirm_opening');
    const hold = 'hold on HIRE --as COMPLIANCE --reason charge --date 2026-06-01 --review 2026-09-01';
    const set = await ask(hold);
    expect(set.exit, set.err).toBe(0);
  }, 200_000);

  it('has questions with letters, each looking for something', () => {
    expect(afterwards.map(({ n }) => n)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
    for (const { n, look } of afterwards) expect(look, n).not.toBe('');
  });

  it.each(afterwards)('$n: $command', async ({ command, look }) => {
    const { exit, out, err } = await ask(command);
    expect(exit, err).toBe(0);
    expect(out).toContain(filled(look));
  });

  it.each(questions.filter(({ n }) => [5, 19, 20, 24, 26, 27].includes(n)))(
    '$n, put to it again: $command',
    async ({ command, look, n }) => {
      const { exit, out, err } = await ask(command);
      expect(exit, err).toBe(0);
      // Nothing is ahead of it any more.
      if (n !== 20) expect(out).toContain(look);
    },
  );

  it('its records have a day, and the hold is on it', async () => {
    const list = async () => {
      const { out } = await ask('records list --as DIRECTOR --json');
      const { records } = JSON.parse(out) as { records: { case: string; is: string; purge: string }[] };
      return records.find((one) => one.case === words['HIRE']);
    };
    // Three years from the day nothing was owed any more (domain 5.7); nothing was deleted before it.
    expect(await list()).toMatchObject({ is: 'later', purge: '2029-06-01' });
    const { holds } = JSON.parse((await ask('hold list --as COMPLIANCE --json')).out) as { holds: object[] };
    expect(holds).toMatchObject([{ subject: words['HIRE'], reason: 'charge' }]);
  });

  describe('once that day is over', () => {
    interface Told {
      readonly records: readonly { case: string; is: string; texts: number }[];
      readonly counts: Readonly<Record<'later' | 'due' | 'held' | 'purged', number>>;
    }
    const purged = async () => {
      const { exit, out, err } = await ask('records purge --as DIRECTOR --json');
      expect(exit, err).toBe(0);
      const told = JSON.parse(out) as Told;
      return { ...told, hire: told.records.find((one) => one.case === words['HIRE']) };
    };
    const proven = async () => {
      const { exit, out } = await ask('ledger verify --json');
      expect({ exit, ok: (JSON.parse(out) as { ok: boolean }).ok }, out).toEqual({ exit: 0, ok: true });
    };
    const rows = async (kind: string) => {
      const { rows: found } = await house.pool.query<{ actor: string; body: string; position: number }>(
        `select actor, body, position from ledger where org = $1 and kind = $2 order by position`,
        [house.org, kind],
      );
      return found.map(({ actor, body, position }) => ({
        actor,
        position,
        ...(JSON.parse(body) as object),
      }));
    };
    let clock = '';

    beforeAll(async () => {
      const { exit, err } = await ask('clock advance 2029-06-04');
      expect(exit, err).toBe(0);
      const { holds } = JSON.parse((await ask('hold list --as COMPLIANCE --json')).out) as {
        holds: { clock: string }[];
      };
      clock = holds[0]?.clock ?? '';
    }, 500_000);

    it('X29 a purge passes over the hire that is held, says so and counts it, and the ledger is proven', async () => {
      const told = await purged();
      expect(told.hire).toMatchObject({ is: 'held' });
      expect(told.hire?.texts).toBeGreaterThan(0);
      expect(told.counts.held).toBe(told.records.filter(({ is }) => is === 'held').length);
      expect(told.counts.held).toBeGreaterThan(0);
      expect((await rows('purged')).map((row) => (row as { case?: string }).case)).not.toContain(
        words['HIRE'],
      );
      // To a person: one line with the numbers, beneath the list.
      const { out } = await ask('records purge --as DIRECTOR');
      expect(out).toMatch(new RegExp(`\\b${told.counts.held} held: a legal hold goes first`, 'u'));
      await proven();
    }, 60_000);

    it('X29 lifted by two people, the next purge takes it once; who lifted it stands in its row', async () => {
      const settled = `hold off ${clock} --reason settled --date 2029-06-04`;
      expect((await ask(`${settled} --as COMPLIANCE`)).exit).toBe(0);
      expect((await purged()).hire).toMatchObject({ is: 'held' });
      expect((await ask(`hold off ${clock} --confirm --as DIRECTOR`)).exit).toBe(0);
      const told = await purged();
      expect(told.hire).toMatchObject({ is: 'purged' });
      expect(told.counts).toMatchObject({ held: 0, due: 0 });
      expect(told.counts.purged).toBeGreaterThan(0);
      const gone = (await rows('purged')).filter((row) => (row as { case?: string }).case === words['HIRE']);
      expect(gone).toMatchObject([{ actor: words['DIRECTOR'], texts: told.hire?.texts }]);
      expect((await purged()).hire).toBeUndefined();
      const byDirector = (await rows('sealed'))
        .filter(({ actor }) => actor === words['DIRECTOR'])
        .map(({ position }) => position);
      const { out } = await ask('hold list --lifted --as COMPLIANCE --json');
      expect((JSON.parse(out) as { holds: object[] }).holds).toMatchObject([
        {
          ...{ clock, subject: words['HIRE'], reason: 'charge' },
          lifted: {
            ...{ proposedBy: words['COMPLIANCE'], confirmedBy: words['DIRECTOR'], reason: 'settled' },
            position: expect.toSatisfy((position: number) => byDirector.includes(position)),
          },
        },
      ]);
      expect((await ask('hold list --lifted --as EMPLOYEE --json')).exit).toBe(2);
      await proven();
    }, 60_000);
  });
});
