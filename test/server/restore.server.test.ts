import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partOf } from '../../src/cli/copy-parts.ts';
import { copyFindings } from '../../src/cli/doctor-copies.ts';
import { openInstallation } from '../../src/cli/open.ts';
import { nextLines } from '../../src/cli/restore-words.ts';
import type { Found } from '../../src/cli/restore-words.ts';
import { makeBackup } from '../../src/client/backup.ts';
import { recordDrill } from '../../src/client/copies.ts';
import { openCopy } from '../../src/client/copy-reading.ts';
import { proveRestored, restoreCopy } from '../../src/client/restore.ts';
import {
  addWebhook,
  dropWebhook,
  replayWebhook,
  tellWebhooks,
  webhooksOf,
} from '../../src/client/webhooks.ts';
import { addPerson, erasePersonKey, person as detailsOf } from '../../src/directory/people.ts';
import { openText, sealText } from '../../src/directory/texts.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { openPool } from '../../src/ledger/database.ts';
import { erasedOf } from '../../src/ledger/erased-entries.ts';
import { completeLists, readErased } from '../../src/ledger/erased-list.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { actsOn, opened } from '../faults/acts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { actingIn, beside, commandLine, furnished, installed, keys } from './copied-house.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** What a restore leaves to people, what a copy is while everybody goes on, and lists of several hosts. */

const org = `org_${opaque('restore')}`;
const base = mkdtempSync(join(tmpdir(), 'peer-hire-restore-'));
const [home, copies, share] = [join(base, 'home'), join(base, 'copies'), join(base, 'share')];
const first = join(copies, 'first');
const keyFile = join(home, 'master.key');
const list = join(home, 'erased.jsonl');
const readiness = caseOf('readiness', 'restore');
const hold = caseOf('clock', 'restore hold');
const [held, gone, left] = [person('held'), person('gone'), person('left')];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MIGRATORS = 7_042_651;

let postgres: TestPostgres;
let pool: pg.Pool;
let made = 0;
let texts: readonly string[] = [];

const office = () => ({ org, pool, keys });
const copyOptions = () => ({ product: 'test', now: Date.now(), tell: () => undefined });

interface Said {
  readonly error: { readonly code: string; readonly message: string };
  readonly erased: {
    readonly people: readonly string[];
    readonly stale: boolean;
    readonly unreadable: readonly string[];
  };
}

const cli = commandLine<Said>(home);

/** A database of its own on the same server, gone afterwards. */
async function inFresh<T>(name: string, work: (empty: pg.Pool) => Promise<T>): Promise<T> {
  await pool.query(`create database ${name}`);
  const empty = openPool(beside(postgres.url, name), 4);
  try {
    return await work(empty);
  } finally {
    await empty.end();
    await pool.query(`drop database ${name} with (force)`);
  }
}

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 8);
  await migrate(pool);
  await furnished(office());
  for (const word of ['held', 'gone', 'left'])
    await addPerson(pool, keys, { org, ref: person(word), name: `Test ${word}`, email: null });
  const acted = actingIn(office());
  await acted(readiness, actsOn(readiness, 'restore')('director', 'open', opened));
  const on = new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10);
  const review = new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10);
  const suit = { site, subject: held, reason: 'suit', on, review };
  await acted(hold, actsOn(hold, 'restore-hold')('carol', 'hold_on', suit));
  const sealed = [held, left].map((subject, n) =>
    sealText(pool, keys, { org, decisionId: `text-${n}`, field: 'note', subject, text: 'The hours fit.' }),
  );
  texts = (await Promise.all(sealed)).map(({ ref }) => ref);
  for (const folder of [home, copies, share]) mkdirSync(folder, { mode: 0o700 });
  installed(home, keyFile, org, postgres.url);
  await addWebhook(office(), 'https://hooks.example.org/a', person('dana'));
  await addWebhook(office(), 'https://hooks.example.org/b', person('dana'));
  made = Date.now();
  expect(await cli(['backup', '--to', first])).toMatchObject({ code: 0 });
  // Beside the copies it would be found by every restore.
  rmSync(join(copies, 'erased.jsonl'));
}, 60_000);
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
  rmSync(base, { recursive: true, force: true });
}, 30_000);

const linesOf = (...entries: readonly object[]): string =>
  entries.map((one) => `${JSON.stringify({ v: 1, org, ...one })}\n`).join('');
const noted = (ref: string, at: number): object => ({ is: 'person', at, ref });
const listed = (...entries: readonly object[]) => erasedOf([{ file: 'a', text: linesOf(...entries) }], org);

describe('what the list names, and a restore does not erase in silence', () => {
  it('is what was not done when the copy was made and is held there, and what was found not to be done', async () => {
    const erased = listed(
      // Noted, its commit was lost, and then came a hold: the copy knows of both.
      noted(held, made - DAY),
      { is: 'texts', at: made - DAY, refs: texts },
      // Noted after the copy, and found there long after: what came since, no copy knows.
      noted(gone, made + HOUR),
      { is: 'not_done', at: made + DAY, people: [gone], texts: [] },
      noted(left, made - DAY),
    );
    await inFresh('undecided', async (empty) => {
      const put = await restoreCopy(empty, await openCopy(first, keys), { erased, tell: () => undefined });
      expect(put).toMatchObject({
        again: { people: [left], texts: 1 },
        undecided: { people: [gone, held].toSorted(), texts: [texts[0]] },
      });
      for (const [ref, name] of [
        [held, 'Test held'],
        [gone, 'Test gone'],
      ] as const)
        expect((await detailsOf(empty, keys, org, ref)).name).toBe(name);
      expect((await openText(empty, keys, org, texts[0] ?? '')).text).toBe('The hours fit.');
      await expect(detailsOf(empty, keys, org, left)).rejects.toMatchObject({ code: 'key_erased' });
    });
  });

  it('is nobody who was erased after the copy was made: no hold stood over them then', async () => {
    await inFresh('decided', async (empty) => {
      const erased = listed(noted(held, made + HOUR));
      const put = await restoreCopy(empty, await openCopy(first, keys), { erased, tell: () => undefined });
      expect(put).toMatchObject({ again: { people: [held] }, undecided: { people: [] } });
    });
  });

  it('is found by night, and whoever looks after the machine is told', async () => {
    const kept = readFileSync(list);
    const told = async (): Promise<readonly string[]> => {
      const house = await openInstallation({ home }, { PEER_HIRE_BACKUP: share });
      try {
        return (await copyFindings(house)).map(({ check, is }) => `${check} ${is}`);
      } finally {
        await house.close();
      }
    };
    try {
      writeFileSync(list, linesOf(noted(held, made - DAY), noted(gone, Date.now())));
      expect(await completeLists(pool, org, [list, join(share, 'erased.jsonl')], Date.now())).toEqual([]);
      for (const file of [list, join(share, 'erased.jsonl')])
        expect(readErased([file], org)).toMatchObject({
          // What was noted just now may be under way.
          ...{ people: new Set([gone]), undone: { people: new Set([held]), texts: new Set() } },
        });
      // Said once.
      await completeLists(pool, org, [list], Date.now());
      expect(readFileSync(list, 'utf8').match(/not_done/g)).toHaveLength(1);
      expect(await told()).toContain('erased_undone note');
    } finally {
      writeFileSync(list, kept);
      rmSync(join(share, 'erased.jsonl'), { force: true });
    }
  });
});

describe('the lists a restore goes by', () => {
  it('are told to be damaged before anything is put back, and are taken so only when somebody says it', async () => {
    const damaged = join(base, 'damaged.jsonl');
    writeFileSync(damaged, linesOf(noted(gone, made + HOUR)));
    appendFileSync(damaged, '{"v":1,"is":"person","org":"org_\n');
    const argv = ['restore', first, '--key', keyFile, '--erased', damaged];
    await inFresh('damaged', async (empty) => {
      const env = { DATABASE_URL: beside(postgres.url, 'damaged') };
      const stopped = await cli(argv, env, join(base, 'damaged-home'));
      expect(stopped).toMatchObject({ code: 2, said: { error: { code: 'erased_list_damaged' } } });
      expect(stopped.said.error.message).toContain(`${damaged}:2`);
      expect((await empty.query(`select 1 from pg_tables where schemaname = 'public'`)).rows).toEqual([]);
      const passed = await cli([...argv, '--pass-damaged'], env, join(base, 'damaged-home'));
      expect(passed).toMatchObject({
        ...{ code: 0, said: { erased: { people: [gone], unreadable: [`${damaged}:2`] } } },
      });
    });
  }, 60_000);

  it('of two hosts are taken together, and the house keeps what both know', async () => {
    const other = join(base, 'other-host.jsonl');
    const folder = join(base, 'two-hosts');
    mkdirSync(folder, { mode: 0o700 });
    // The clock of one host is ahead: by it alone its list would look younger than the copy.
    const early = { is: 'complete', at: made + 10 * DAY, position: 1 };
    writeFileSync(join(folder, 'erased.jsonl'), linesOf(noted(gone, made + HOUR), early));
    writeFileSync(other, linesOf(noted(left, made + HOUR)));
    const argv = ['restore', first, '--key', keyFile, '--erased', other];
    await inFresh('two_hosts', async (empty) => {
      const env = { DATABASE_URL: beside(postgres.url, 'two_hosts') };
      expect(await cli(argv, env, folder)).toMatchObject({
        ...{ code: 0, said: { erased: { people: [gone, left].toSorted(), stale: true } } },
      });
      for (const ref of [gone, left])
        await expect(detailsOf(empty, keys, org, ref)).rejects.toMatchObject({ code: 'key_erased' });
    });
    const known = readErased([join(folder, 'erased.jsonl')], org);
    expect([...known.people].toSorted()).toEqual([gone, left].toSorted());
  }, 60_000);

  it('are waited for where the second place hangs, for a while, and are not passed over in silence', async () => {
    const far = join(share, 'erased.jsonl');
    execFileSync('mkfifo', [far]);
    const argv = ['restore', first, '--check', '--erased', list];
    const env = { PEER_HIRE_BACKUP: share };
    try {
      expect(await cli(argv, env)).toMatchObject({ code: 4, said: { error: { code: 'second_place_away' } } });
      const house = await openInstallation({ home }, env);
      try {
        await erasePersonKey(pool, org, left);
        expect(await copyFindings(house)).toContainEqual(
          expect.objectContaining({ check: 'erased_second', is: 'note' }),
        );
      } finally {
        await house.close();
      }
      // Neither the night nor a copy hangs with it.
      expect(await completeLists(pool, org, [list, far], Date.now(), 700)).toEqual([far]);
    } finally {
      rmSync(far);
    }
  }, 60_000);
});

describe('programs that were told', () => {
  it('are told nothing after a restore until somebody starts them again', async () => {
    const [kept, dropped] = await webhooksOf(office());
    await dropWebhook(office(), dropped?.id ?? '');
    await inFresh('webhooks', async (empty) => {
      const put = await restoreCopy(empty, await openCopy(first, keys), {
        erased: listed(),
        tell: () => undefined,
      });
      expect(put.paused).toBe(2);
      const there = { org, pool: empty, keys };
      const heard: string[] = [];
      const tell = async (url: string): Promise<number> => {
        heard.push(url);
        return 200;
      };
      await empty.query('update webhooks set position = 0');
      expect(await tellWebhooks(there, tell)).toBe(0);
      expect((await webhooksOf(there)).every(({ disabled, failures }) => disabled && failures === 0)).toBe(
        true,
      );
      await replayWebhook(there, kept?.id ?? '', 0);
      expect(await tellWebhooks(there, tell)).toBe(1);
      expect(heard).toEqual([kept?.url]);
    });
  });
});

describe('what comes next', () => {
  const found = (ok: boolean, apart: readonly string[] = []): Found =>
    ({
      copy: { manifest: { at: '2026-11-20T02:00:00.000Z' } },
      restored: { unsure: 0, paused: 2 },
      held: { verdict: { ok }, states: { apart } },
    }) as unknown as Found;
  const said = (one: Found): string => nextLines(one, '/home').join('\n');

  it('is a start only of what holds', () => {
    expect(said(found(true))).toMatch(/peer-hire start --home \/home[\s\S]*webhooks\): 2, all paused/);
    for (const one of [found(false), found(true, [readiness])]) {
      expect(said(one)).toContain('do not start it');
      expect(said(one)).not.toMatch(/peer-hire (start|recover)/);
    }
  });
});

describe('a copy that is made while everybody goes on', () => {
  /** The pool, whose clients wait before each table is copied until something else was done. */
  const slowed = (before: (table: string) => Promise<void>): pg.Pool =>
    ({
      connect: async () => {
        const client = await pool.connect();
        const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        const wrapped = async (...args: unknown[]): Promise<unknown> => {
          const table = /declare copying .* from "(\w+)"/s.exec(String(args[0]))?.[1];
          if (table !== undefined) await before(table);
          return query(...args);
        };
        return new Proxy(client, {
          get: (target, name) => (name === 'query' ? wrapped : Reflect.get(target, name, target)),
        });
      },
    }) as unknown as pg.Pool;

  it('is one instant, however much is written meanwhile', async () => {
    const to = join(copies, 'busy');
    const { rows } = await pool.query<{ position: number }>('select position from heads where org = $1', [
      org,
    ]);
    const tables: string[] = [];
    const before = async (table: string): Promise<void> => {
      tables.push(table);
      // A row of the ledger, its head, and a person: in tables that were copied, and in those that were not.
      await recordDrill(office(), { copy: 'x', position: 1 }, `busy-${tables.length}`, null);
      const ref = person(`busy ${tables.length}`);
      await addPerson(pool, keys, { org, ref, name: 'Test busy', email: null });
    };
    const copied = await makeBackup({ ...office(), pool: slowed(before) }, to, copyOptions());
    expect(tables.length).toBeGreaterThan(10);
    expect(copied.manifest.head.position).toBe(rows[0]?.position);
    const sizes = Object.fromEntries(copied.manifest.tables.map((one) => [one.name, one.rows]));
    const now = await pool.query<{ people: number; rows: number }>(
      `select (select count(*)::int from persons where org = $1) as people,
         (select count(*)::int from ledger where org = $1) as rows`,
      [org],
    );
    expect(now.rows[0]).toEqual({
      people: (sizes['persons'] ?? 0) + tables.length,
      rows: (sizes['ledger'] ?? 0) + tables.length,
    });
    await inFresh('busy', async (empty) => {
      const copy = await openCopy(to, keys);
      await restoreCopy(empty, copy, { erased: listed(), tell: () => undefined });
      const proven = await proveRestored(empty, keys, copy, null);
      expect(proven).toMatchObject({ verdict: { ok: true }, states: { apart: [] } });
    });
  }, 60_000);

  it('waits for a migrator, keeps the next one waiting, and holds up no start that has nothing to change', async () => {
    const migrator = await pool.connect();
    const tried: boolean[] = [];
    const before = async (): Promise<void> => {
      if (tried.length > 0) return;
      const { rows } = await migrator.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
        MIGRATORS,
      ]);
      tried.push(rows[0]?.got === true);
      expect(await migrate(pool)).toEqual([]);
    };
    const free = async (): Promise<boolean> =>
      (
        await migrator.query<{ got: boolean }>(
          'select pg_try_advisory_lock($1) and pg_advisory_unlock($1) as got',
          [MIGRATORS],
        )
      ).rows[0]?.got === true;
    try {
      await migrator.query('select pg_advisory_lock($1)', [MIGRATORS]);
      let over = false;
      const making = makeBackup({ ...office(), pool: slowed(before) }, join(copies, 'waits'), copyOptions());
      const waiting = making.finally(() => (over = true));
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(over).toBe(false);
      // What the migrator does now is in the copy, since the copy's instant comes after it.
      await migrator.query('create table a_new_one (org text primary key)');
      await migrator.query('select pg_advisory_unlock($1)', [MIGRATORS]);
      expect((await waiting).manifest.tables.map(({ name }) => name)).toContain('a_new_one');
      expect(tried).toEqual([false]);
      expect(await free()).toBe(true);
      // Given up while it waits, it leaves nothing.
      await migrator.query('select pg_advisory_lock($1)', [MIGRATORS]);
      const signal = AbortSignal.timeout(400);
      const to = join(copies, 'given-up');
      await expect(makeBackup(office(), to, { ...copyOptions(), signal })).rejects.toMatchObject({
        name: 'TimeoutError',
      });
      await migrator.query('select pg_advisory_unlock($1)', [MIGRATORS]);
      expect(readdirSync(copies).filter((name) => name.startsWith('given-up'))).toEqual([]);
    } finally {
      migrator.release(true);
      await pool.query('drop table if exists a_new_one');
    }
  }, 60_000);
});

describe('what a backup that was killed left', () => {
  it('is taken away by the next one: its own, old, and nobody’s who lives', async () => {
    const folder = join(base, 'parts');
    mkdirSync(folder);
    const old = (Date.now() - 2 * DAY) / 1_000;
    const own = partOf(org);
    // As a process that has ended would have called it.
    const ended = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => ended.once('exit', resolve));
    const dead = own.replace(`-${process.pid}-`, `-${ended.pid}-`);
    const [mine] = own.split('-');
    const there = {
      killed: `one.part-${dead}`,
      young: `two.part-${dead}`,
      living: `three.part-${own}`,
      foreign: `four.part-${dead.replace(String(mine), '0'.repeat(12))}`,
      other: `five.part-of-something`,
    };
    for (const name of Object.values(there)) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'orgs.jsonl.gz'), '');
      if (name !== there.young) utimesSync(join(folder, name), old, old);
    }
    expect(await cli(['backup', '--to', join(folder, 'copy')])).toMatchObject({ code: 0 });
    expect(
      Object.entries(there)
        .filter(([, name]) => existsSync(join(folder, name)))
        .map(([word]) => word),
    ).toEqual(['young', 'living', 'foreign', 'other']);
  });
});
