import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyFindings } from '../../src/cli/doctor-copies.ts';
import { openInstallation } from '../../src/cli/open.ts';
import { makeBackup } from '../../src/client/backup.ts';
import { askCopies, recordDrill } from '../../src/client/copies.ts';
import { openCopy } from '../../src/client/copy-reading.ts';
import { makeOrganization } from '../../src/client/organization.ts';
import { deleteTexts } from '../../src/client/purge.ts';
import { proveRestored, restoreCopy } from '../../src/client/restore.ts';
import { addPerson, person as detailsOf } from '../../src/directory/people.ts';
import { openText, sealText } from '../../src/directory/texts.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { leftOut } from '../../src/ledger/copy/tables.ts';
import { openPool } from '../../src/ledger/database.ts';
import { completeLists, readErased } from '../../src/ledger/erased-list.ts';
import { headsIn, writeHead } from '../../src/ledger/heads.ts';
import { appliedIn, beginSchema, migrate, schemaUpTo } from '../../src/ledger/migrate.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { actsOn, opened } from '../faults/acts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { actingIn, beside, commandLine, furnished, installed, keys } from './copied-house.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** A copy of a house on a real PostgreSQL, what happens after it, and the way back. */

const org = `org_${opaque('backup')}`;
const base = mkdtempSync(join(tmpdir(), 'peer-hire-copies-'));
const home = join(base, 'home');
const copies = join(base, 'copies');
const first = join(copies, 'first');
const keyFile = join(home, 'master.key');
const readiness = caseOf('readiness', 'backup');
const hold = caseOf('clock', 'backup hold');
const acts = actsOn(readiness, 'backup');
const [gone, later] = [person('gone'), person('later')];
const NAME = 'Quillon Farrow';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let postgres: TestPostgres;
let pool: pg.Pool;
let act: ReturnType<typeof actingIn>;
let texts: readonly string[] = [];
let atCopy: readonly object[] = [];

interface Said {
  readonly is: string;
  readonly ok: boolean;
  readonly code: string;
  readonly what: string;
  readonly copy: string;
  readonly state: string;
  readonly recorded: boolean;
  readonly unwritten: readonly string[];
  readonly laterHeads: number;
  readonly erased: {
    readonly people: readonly string[];
    readonly texts: number;
    readonly stale: boolean;
    readonly lists: readonly string[];
  };
  readonly verdict: { readonly ok: boolean; readonly anchors: { readonly checked: number } };
  readonly states: { readonly same: number; readonly apart: readonly string[]; readonly closed: number };
  readonly error: { readonly code: string; readonly message: string };
}

const cli = commandLine<Said>(home);

/** A database of its own on the same server. */
async function fresh(name: string): Promise<pg.Pool> {
  await pool.query(`create database ${name}`);
  return openPool(beside(postgres.url, name), 4);
}

const states = async (db: pg.Pool): Promise<readonly object[]> =>
  (await db.query<object>('select * from cases where org = $1 order by case_id', [org])).rows;

const tablesIn = async (db: pg.Pool): Promise<readonly string[]> =>
  (
    await db.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    )
  ).rows.map(({ name }) => name);

/** Of the folder a copy is in, everything but the copies: nothing half-made may stay. */
const halves = (): readonly string[] => readdirSync(copies).filter((name) => name.includes('.part-'));

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 6);
  await migrate(pool);
  await furnished({ org, pool, keys });
  for (const ref of [gone, later]) await addPerson(pool, keys, { org, ref, name: NAME, email: null });
  act = actingIn({ org, pool, keys });
  await act(readiness, acts('director', 'open', opened));
  // A day that is over in every zone.
  const on = new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10);
  const review = new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10);
  const suit = { site, subject: person('theo'), reason: 'suit', on, review };
  await act(hold, actsOn(hold, 'backup-hold')('carol', 'hold_on', suit));
  const sealed = [gone, person('dana'), person('dana')].map((subject, n) =>
    sealText(pool, keys, {
      org,
      decisionId: `text-${n}`,
      field: 'note',
      subject,
      text: `The line\u2028of ${n} €.`,
    }),
  );
  texts = (await Promise.all(sealed)).map(({ ref }) => ref);
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(copies);
  installed(home, keyFile, org, postgres.url);
  await writeHead(pool, org, headsIn(home), Date.now());
}, 60_000);
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
  rmSync(base, { recursive: true, force: true });
}, 30_000);

describe('a copy of the house', () => {
  it('is made whole, for its owner alone, and noted in the ledger', async () => {
    atCopy = await states(pool);
    const { code, said } = await cli(['backup', '--to', first]);
    expect({ code, said }).toMatchObject({ code: 0, said: { is: 'copied', recorded: true, unwritten: [] } });
    expect(statSync(first).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(first)) expect(statSync(join(first, name)).mode & 0o777, name).toBe(0o600);
    expect(halves()).toEqual([]);
    expect((await askCopies({ pool, org })).copy?.at).toBeGreaterThan(Date.now() - 60_000);
    // The list is at hand for the way back before anybody was erased.
    expect(existsSync(join(home, 'erased.jsonl')) && existsSync(join(copies, 'erased.jsonl'))).toBe(true);
  });

  it('holds every table of the schema but those named as left out', async () => {
    const files = readdirSync(first).filter((name) => name.endsWith('.gz'));
    const copied = files.map((name) => name.replace('.jsonl.gz', ''));
    expect([...copied, ...leftOut].toSorted()).toEqual([...(await tablesIn(pool))].toSorted());
  });

  it('holds neither the master key nor anything personal in clear', () => {
    const all = readdirSync(first).map((name) => {
      const bytes = readFileSync(join(first, name));
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
    });
    const whole = all.join('\n');
    expect(whole).toContain(gone);
    for (const secret of [keys.master.toString('hex'), NAME, 'Test dana', 'dana@example.org', 'The line'])
      expect(whole).not.toContain(secret);
  });

  it('never takes the place of another, and is not made where there is no place', async () => {
    expect(await cli(['backup', '--to', first])).toMatchObject({
      ...{ code: 2, said: { error: { code: 'file_exists' } } },
    });
    expect(await cli(['backup', '--to', join(base, 'no-disk', 'copy')])).toMatchObject({
      ...{ code: 2, said: { error: { code: 'no_such_place' } } },
    });
    expect(existsSync(join(base, 'no-disk'))).toBe(false);
  });

  it('leaves nothing when it is stopped on the way', async () => {
    const asking = new AbortController();
    const told: string[] = [];
    const tell = (table: string): void => {
      told.push(table);
      if (told.length === 4) asking.abort();
    };
    const to = join(copies, 'stopped');
    const options = { product: 'test', now: Date.now(), tell, signal: asking.signal };
    await expect(makeBackup({ org, pool, keys }, to, options)).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toHaveLength(4);
    expect(existsSync(to)).toBe(false);
    expect(halves()).toEqual([]);
  });
});

describe('what happens after the copy', () => {
  it('goes on, and somebody is erased: noted outside the database before it is true', async () => {
    await act(readiness, acts('executive', 'name_champion', { person: person('dana') }));
    expect(await cli(['people', 'erase', gone, '--as', person('pia')])).toMatchObject({ code: 0 });
    expect([...readErased([join(home, 'erased.jsonl')], org).people]).toEqual([gone]);
    await deleteTexts(pool as unknown as pg.ClientBase, org, [texts[1] ?? '']);
    // What a step deletes comes onto the list by night.
    const away = join(base, 'no-disk', 'erased.jsonl');
    expect(await completeLists(pool, org, [join(home, 'erased.jsonl'), away], Date.now())).toEqual([away]);
    expect([...readErased([join(home, 'erased.jsonl')], org).texts]).toEqual([texts[1]]);
    await writeHead(pool, org, headsIn(home), Date.now());
  });

  it('erases nobody whom it cannot note', async () => {
    const list = join(home, 'erased.jsonl');
    const kept = readFileSync(list);
    rmSync(list);
    mkdirSync(list);
    try {
      expect(await cli(['people', 'erase', later, '--as', person('pia')])).toMatchObject({
        ...{ code: 2, said: { error: { code: 'erased_list_closed' } } },
      });
      expect((await detailsOf(pool, keys, org, later)).name).toBe(NAME);
    } finally {
      rmSync(list, { recursive: true });
      writeFileSync(list, kept, { mode: 0o600 });
    }
  });
});

describe('what whoever looks after the machine is told', () => {
  const told = async (now: number): Promise<readonly string[]> => {
    const opened = await openInstallation({ home }, {});
    try {
      return (await copyFindings(opened, now)).map(({ check, is }) => `${check} ${is}`);
    } finally {
      await opened.close();
    }
  };
  const noteDrill = (n: number, fault: string | null) =>
    recordDrill({ org, pool, keys }, { copy: 'a-copy', position: 1 }, `drill-${n}`, fault);

  it('how old the last copy and the last drill are, and whether the list is whole', async () => {
    const now = Date.now();
    expect(await told(now)).toEqual(['copies good', 'drill note', 'erased_list good']);
    await noteDrill(1, null);
    expect(await told(now + 25 * HOUR)).toEqual(['copies good', 'drill good', 'erased_list good']);
    expect(await told(now + 27 * HOUR)).toEqual(['copies note', 'drill good', 'erased_list good']);
    expect(await told(now + 36 * DAY)).toEqual(['copies note', 'drill note', 'erased_list good']);
    await noteDrill(2, 'copy_changed');
    expect((await told(now))[1]).toBe('drill bad');
    // Copies and drills are rows like any other.
    expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });
  });

  it('and what the list lacks', async () => {
    const list = join(home, 'erased.jsonl');
    const kept = readFileSync(list);
    try {
      writeFileSync(list, '');
      expect((await told(Date.now())).at(-1)).toBe('erased_list note');
    } finally {
      writeFileSync(list, kept);
    }
  });
});

describe('trying a copy', () => {
  const sandboxes = (): readonly string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('peer-hire-sandbox-'));

  it('puts it back somewhere else, erases again, proves it, notes the drill and leaves nothing', async () => {
    const before = sandboxes();
    const { code, said } = await cli(['restore', first, '--check']);
    expect({ code, said }).toMatchObject({
      code: 0,
      said: {
        ...{ is: 'checked', ok: true, recorded: true, laterHeads: 1 },
        erased: { people: [gone], texts: 1, stale: false },
        ...{ verdict: { ok: true, anchors: { checked: 1 } }, states: { same: 2, apart: [], closed: 0 } },
      },
    });
    expect(sandboxes().filter((name) => !before.includes(name))).toEqual([]);
    expect((await askCopies({ pool, org })).drill).toMatchObject({ ok: true });
  }, 120_000);

  it('proves what can be proven without the key, and says what not', async () => {
    const elsewhere = join(base, 'elsewhere');
    const { code, said } = await cli(['restore', first, '--check'], {}, elsewhere);
    expect({ code, said }).toMatchObject({
      ...{ code: 0, said: { ok: true, ours: false, recorded: false, states: { same: 1, closed: 1 } } },
    });
  }, 120_000);

  it('does not go without the list of what was erased, unless somebody says so', async () => {
    const alone = join(base, 'alone', 'copy');
    cpSync(first, alone, { recursive: true });
    const elsewhere = join(base, 'elsewhere');
    expect(await cli(['restore', alone, '--check'], {}, elsewhere)).toMatchObject({
      ...{ code: 2, said: { error: { code: 'erased_list_missing' } } },
    });
    const named = ['restore', alone, '--check', '--erased', join(home, 'erased.jsonl')];
    expect(await cli(named, {}, elsewhere)).toMatchObject({ code: 0, said: { erased: { people: [gone] } } });
  }, 120_000);
});

describe('a copy that is not what it was', () => {
  /** A copy of the copy, with something done to it. */
  function damaged(name: string, work: (folder: string) => void): string {
    const folder = join(copies, name);
    cpSync(first, folder, { recursive: true });
    work(folder);
    return folder;
  }

  const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  it.each([
    {
      name: 'a changed byte',
      ...{ code: 'copy_changed', place: 'ledger.jsonl.gz' },
      work: (folder: string) => {
        const bytes = readFileSync(join(folder, 'ledger.jsonl.gz'));
        bytes[200] = (bytes[200] ?? 0) ^ 1;
        writeFileSync(join(folder, 'ledger.jsonl.gz'), bytes);
      },
    },
    {
      name: 'a file cut short',
      ...{ code: 'copy_changed', place: 'persons.jsonl.gz' },
      work: (folder: string) => {
        const bytes = readFileSync(join(folder, 'persons.jsonl.gz'));
        writeFileSync(join(folder, 'persons.jsonl.gz'), bytes.subarray(0, -9));
      },
    },
    {
      name: 'a file that is missing',
      ...{ code: 'copy_unfinished', place: 'vault.jsonl.gz' },
      work: (folder: string) => rmSync(join(folder, 'vault.jsonl.gz')),
    },
    {
      name: 'a copy that was cut off before its manifest',
      ...{ code: 'copy_unfinished', place: 'manifest.json' },
      work: (folder: string) => rmSync(join(folder, 'manifest.json')),
    },
    {
      name: 'a file more',
      ...{ code: 'copy_changed', place: 'more.txt' },
      work: (folder: string) => writeFileSync(join(folder, 'more.txt'), ''),
    },
    {
      name: 'a login more, with a manifest that fits',
      ...{ code: 'copy_not_ours', place: 'manifest.seal' },
      work: (folder: string) => {
        const line = JSON.stringify([
          org,
          'intruder',
          person('dana'),
          null,
          '2026-01-01 00:00:00+00',
          null,
          null,
        ]);
        const packed = gzipSync(`${line}\n`);
        writeFileSync(join(folder, 'accounts.jsonl.gz'), packed);
        const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
          tables: { name: string; rows: number; bytes: number; sha256: string; content: string }[];
        };
        const table = manifest.tables.find((one) => one.name === 'accounts');
        const digests = { sha256: sha(packed), content: sha(Buffer.from(`${line}\n`)) };
        Object.assign(table ?? {}, { rows: 1, bytes: packed.length, ...digests });
        writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
      },
    },
  ])('is refused and the place is named: $name', async ({ name, code, place, work }) => {
    const folder = damaged(name.replaceAll(' ', '-').replaceAll(',', ''), work);
    const found = await cli(['restore', folder, '--check']);
    expect(found).toMatchObject({ code: 1, said: { is: 'broken', ok: false, code, recorded: true } });
    expect(found.said.what).toContain(place);
    expect((await askCopies({ pool, org })).drill).toMatchObject({ ok: false });
  });

  it('is found by meaning, too: rows of somebody else’s choice under a key of their own', async () => {
    const folder = damaged('forged', () => undefined);
    const copy = await openCopy(folder, keys);
    const empty = await fresh('forged');
    try {
      await restoreCopy(empty, copy, { erased: readErased([], org), tell: () => undefined });
      await empty.query('update cases set state = replace(state, $1, $2)', [person('theo'), person('luis')]);
      const { verdict, states: compared } = await proveRestored(empty, keys, copy, null);
      expect(verdict).toMatchObject({ ok: false, code: 'projection_differs', place: { case: readiness } });
      expect(compared.apart).toEqual([readiness]);
    } finally {
      await empty.end();
    }
  }, 60_000);
});

describe('a copy put back', () => {
  const restored = join(base, 'restored');
  const argv = ['restore', first, '--key', keyFile, '--erased', join(home, 'erased.jsonl')];

  it('goes into no house that holds rows', async () => {
    const before = await states(pool);
    const found = await cli(['restore', first], { DATABASE_URL: postgres.url });
    expect(found).toMatchObject({ code: 2, said: { error: { code: 'house_not_empty' } } });
    expect(await states(pool)).toEqual(before);
  });

  it('needs the key it was sealed under', async () => {
    expect(await cli(['restore', first], {}, restored)).toMatchObject({
      ...{ code: 2, said: { error: { code: 'key_missing' } } },
    });
    const other = join(base, 'other.key');
    writeFileSync(other, Buffer.alloc(32, 8).toString('hex'), { mode: 0o600 });
    expect(await cli(['restore', first, '--key', other], {}, restored)).toMatchObject({
      ...{ code: 1, said: { code: 'copy_not_ours' } },
    });
  });

  it('stands where the house stood when it was copied, and nobody erased comes back', async () => {
    const empty = await fresh('restored');
    try {
      const { code, said } = await cli(argv, { DATABASE_URL: beside(postgres.url, 'restored') }, restored);
      expect({ code, said }).toMatchObject({ code: 0, said: { is: 'restored', ok: true } });
      expect(await states(empty)).toEqual(atCopy);
      const manifest = JSON.parse(readFileSync(join(first, 'manifest.json'), 'utf8')) as {
        tables: { name: string; content: string }[];
      };
      expect(said.state).toBe(manifest.tables.find(({ name }) => name === 'cases')?.content);
      await expect(detailsOf(empty, keys, org, gone)).rejects.toMatchObject({ code: 'key_erased' });
      const { rows } = await empty.query(
        `select (select count(*) from person_fields where ref = $1) + (select count(*) from texts
           where subject = $1 and sealed is not null) + (select count(*) from persons where ref = $1 and wrapped_key is not null) as left`,
        [gone],
      );
      expect(rows).toEqual([{ left: 0 }]);
      await expect(openText(empty, keys, org, texts[1] ?? '')).rejects.toMatchObject({
        redaction: 'deleted',
      });
      expect((await openText(empty, keys, org, texts[2] ?? '')).text).toBe('The line\u2028of 2 €.');
      expect((await detailsOf(empty, keys, org, later)).name).toBe(NAME);
      expect(await verifyLedger(empty, keys, org)).toMatchObject({ ok: true });
      const again = await empty.query<{ body: string }>(
        `select body from ledger where kind = 'erased_again'`,
      );
      expect(again.rows.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
        { people: [gone], texts: 1 },
      ]);
      expect((await empty.query('select 1 from sessions')).rows).toEqual([]);
    } finally {
      await empty.end();
    }
    // The house has its key and its list, so that the next restore knows as much.
    expect(readFileSync(join(restored, 'master.key'))).toEqual(readFileSync(keyFile));
    expect([...readErased([join(restored, 'erased.jsonl')], org).people]).toEqual([gone]);
  }, 60_000);

  it('goes on from there: the next step of a case fits on the last', async () => {
    const empty = openPool(beside(postgres.url, 'restored'), 4);
    try {
      const there = actingIn({ org, pool: empty, keys });
      await there(readiness, acts('executive', 'name_champion', { person: person('theo') }));
      expect(await verifyLedger(empty, keys, org)).toMatchObject({ ok: true });
    } finally {
      await empty.end();
    }
  });

  it('goes into the embedded database of a new folder, which serves nobody meanwhile', async () => {
    const folder = join(base, 'embedded');
    const { code, said } = await cli(argv, {}, folder);
    expect({ code, said }).toMatchObject({ code: 0, said: { ok: true, erased: { people: [gone] } } });
    expect(existsSync(join(folder, 'postgres', 'PG_VERSION')) && existsSync(join(folder, 'master.key'))).toBe(
      true,
    );
    // Its database was stopped, and its folder given free.
    expect(readdirSync(folder).filter((name) => name.startsWith('lock-'))).toEqual([]);
    expect(await cli(argv, {}, folder)).toMatchObject({
      ...{ code: 2, said: { error: { code: 'house_not_empty' } } },
    });
  }, 120_000);

  it('leaves the database as empty as it was when it is stopped on the way', async () => {
    const empty = await fresh('stopped');
    try {
      const asking = new AbortController();
      const tell = (table: string): void => {
        if (table === 'ledger') asking.abort();
      };
      const copy = await openCopy(first, keys);
      const options = { erased: readErased([], org), tell, signal: asking.signal };
      await expect(restoreCopy(empty, copy, options)).rejects.toMatchObject({ name: 'AbortError' });
      expect(await tablesIn(empty)).toEqual([]);
    } finally {
      await empty.end();
    }
  });

  it('holds messages that may have gone out since for unsure, and sends none of them twice by itself', async () => {
    const now = Date.now();
    await pool.query(
      `insert into prompts (org, key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site)
       select $1, 'prompt-' || n, $2, 'P0.1', 'P0.1', 'first', 'inform', $3, $4::bigint, $4::bigint + (n - 1) * $5::bigint, 'C0', $6
       from generate_series(0, 2) as n`,
      [org, readiness, person('dana'), now, DAY, site],
    );
    const to = join(copies, 'second');
    await makeBackup({ org, pool, keys }, to, { product: 'test', now: Date.now(), tell: () => undefined });
    const empty = await fresh('unsure');
    try {
      const options = { erased: readErased([], org), tell: () => undefined };
      expect(await restoreCopy(empty, await openCopy(to, keys), options)).toMatchObject({ unsure: 2 });
      const { rows } = await empty.query(
        `select key, state, claimed_at < now() - interval '1 day' as cut from prompts where key like 'prompt-%' order by key`,
      );
      expect(rows).toEqual([
        { key: 'prompt-0', state: 'sending', cut: true },
        { key: 'prompt-1', state: 'sending', cut: true },
        { key: 'prompt-2', state: 'queued', cut: null },
      ]);
    } finally {
      await empty.end();
    }
  }, 60_000);
});

describe('a copy of an earlier build', () => {
  it('is put back under its own schema, and then brought up to date', async () => {
    const marks = await appliedIn(pool as unknown as pg.ClientBase);
    const old = await fresh('old');
    const empty = await fresh('renewed');
    const to = join(copies, 'old');
    try {
      const client = await old.connect();
      await client.query('begin');
      await beginSchema(client);
      await schemaUpTo(client, marks.slice(0, -1));
      await client.query('commit');
      client.release();
      await makeOrganization({ org, pool: old, keys }, { org, sandbox: null, quietMs: 1_000 });
      await makeBackup({ org, pool: old, keys }, to, {
        product: 'old',
        now: Date.now(),
        tell: () => undefined,
      });
      const options = { erased: readErased([], org), tell: () => undefined };
      const put = await restoreCopy(empty, await openCopy(to, keys), options);
      expect(put.migrated).toEqual([marks.at(-1)?.name]);
      expect(await migrate(empty)).toEqual([]);
    } finally {
      await old.end();
      await empty.end();
    }
    const manifest = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')) as { migrations: object[] };
    manifest.migrations.push({ name: '9999_to_come.sql', checksum: '0'.repeat(64) });
    writeFileSync(join(to, 'manifest.json'), JSON.stringify(manifest));
    await expect(openCopy(to, null)).rejects.toMatchObject({ code: 'copy_newer' });
  }, 60_000);
});
