import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  FieldInvalid,
  KeyErased,
  PersonConflict,
  PersonUnknown,
  SealBroken,
  SiteConflict,
  SiteUnknown,
  TextConflict,
  TextMissing,
  TextTooLong,
  VaultKeyConflict,
  VaultKeyMissing,
  VaultMissing,
} from '../../src/directory/errors.ts';
import { keyRing } from '../../src/directory/keys.ts';
import {
  addPerson,
  changePerson,
  erasePersonKey,
  listRefs,
  peopleByRefs,
  person,
} from '../../src/directory/people.ts';
import { addSite, listSites, setSiteCalendar, site } from '../../src/directory/sites.ts';
import {
  dropPendingTexts,
  keepTexts,
  MAX_TEXT_BYTES,
  openText,
  sealText,
} from '../../src/directory/texts.ts';
import {
  createVaultKey,
  loadVaultKey,
  openVaultEntries,
  putVaultEntry,
  vaultOpen,
  vaultSeal,
} from '../../src/directory/vault.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

const keys = keyRing(Buffer.alloc(32, 5));

let postgres: TestPostgres;
let db: Pool;
let orgs = 0;

beforeAll(async () => {
  postgres = await withPostgres();
  db = new Pool({ connectionString: postgres.url, max: 8 });
  // An idle connection that the server ends would otherwise end the test run.
  db.on('error', () => undefined);
  await migrate(db);
}, 60_000);

afterAll(async () => {
  await db?.end();
  await postgres?.stop();
});

function freshOrg(): string {
  orgs += 1;
  return `org_${orgs}`;
}

const refA = 'prs_01JHX5T8Q2V7N4K9M3R6W0ZYAA';
const refB = 'prs_01JHX5T8Q2V7N4K9M3R6W0ZYAB';
const priya = { ref: refA, name: 'Priya Nair', email: 'priya.nair@example.org' };
const theo = {
  ref: refB,
  name: 'Theo Lindqvist',
  email: 'theo@example.org',
  phone: '+1 212 555 0134',
  zone: 'UTC',
};

async function orgWithTwo(seed?: string): Promise<string> {
  const org = freshOrg();
  const keySeed = seed === undefined ? {} : { keySeed: seed };
  await addPerson(db, keys, { org, ...priya, ...keySeed });
  await addPerson(db, keys, { org, ...theo, ...keySeed });
  return org;
}

describe('people', () => {
  test('come back as they were added, and repeating the same adding changes nothing', async () => {
    const org = await orgWithTwo();
    expect(await person(db, keys, org, refB)).toEqual({ org, channel: 'mail', ...theo });
    expect(await person(db, keys, org, refA)).toMatchObject({ phone: null, zone: null });
    expect(await addPerson(db, keys, { org, ...priya })).toBe('present');
    await expect(addPerson(db, keys, { org, ...priya, name: 'Other' })).rejects.toBeInstanceOf(
      PersonConflict,
    );
    expect(await listRefs(db, org)).toEqual([refA, refB]);
    const people = await peopleByRefs(db, keys, org, [refB, refA, refA, 'prs_nobody00']);
    expect([...people.keys()].sort()).toEqual([refA, refB]);
    expect(people.get(refA)?.name).toBe('Priya Nair');
    await expect(person(db, keys, freshOrg(), refA)).rejects.toBeInstanceOf(PersonUnknown);
  });

  test('two processes adding the same person at once make one', async () => {
    const org = freshOrg();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => addPerson(db, keys, { org, ...priya })),
    );
    expect(results.filter((result) => result === 'added')).toHaveLength(1);
    expect(await person(db, keys, org, refA)).toMatchObject(priya);
  });

  test('neither names nor addresses can be found in what the database holds', async () => {
    await orgWithTwo();
    // Byte columns print as hex, in which a short word of digits could stand by chance.
    const needles = ['Priya', 'Nair', 'Theo', 'example.org', '212 555 0134'];
    const hex = needles.map((needle) => Buffer.from(needle, 'utf8').toString('hex'));
    for (const table of ['persons', 'person_fields']) {
      const { rows } = await db.query<{ line: string }>(`select t::text as line from ${table} t`);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ line }) => [...needles, ...hex].some((needle) => line.includes(needle)))).toEqual(
        [],
      );
    }
  });

  test('a field moved to another person, field or organization cannot be opened', async () => {
    const moves = [
      `update person_fields set sealed = (select sealed from person_fields where org = $1 and ref = '${refB}' and field = 'name')
        where org = $1 and ref = '${refA}' and field = 'name'`,
      `update person_fields set sealed = (select sealed from person_fields where org = $1 and ref = '${refA}' and field = 'email')
        where org = $1 and ref = '${refA}' and field = 'name'`,
      `update persons set wrapped_key = (select wrapped_key from persons where org = $1 and ref = '${refB}')
        where org = $1 and ref = '${refA}'`,
      `update persons set wrapped_key = (select wrapped_key from persons where org = 'org_1' and ref = '${refA}')
        where org = $1 and ref = '${refA}'`,
    ];
    for (const move of moves) {
      const org = await orgWithTwo();
      expect((await db.query(move, [org])).rowCount).toBe(1);
      await expect(person(db, keys, org, refA)).rejects.toBeInstanceOf(SealBroken);
    }
    const org = await orgWithTwo();
    await expect(person(db, keyRing(Buffer.alloc(32, 6)), org, refA)).rejects.toMatchObject({
      fault: 'other_key',
    });
  });

  test('changes of different fields at once both hold, and a field can be taken away', async () => {
    const org = await orgWithTwo();
    await Promise.all([
      changePerson(db, keys, org, refB, { name: 'Theo Berg' }),
      changePerson(db, keys, org, refB, { email: 'berg@example.org' }),
      changePerson(db, keys, org, refB, { phone: null, zone: 'Europe/Berlin' }),
    ]);
    const changed = { name: 'Theo Berg', email: 'berg@example.org', phone: null, zone: 'Europe/Berlin' };
    expect(await person(db, keys, org, refB)).toMatchObject(changed);
    await expect(changePerson(db, keys, org, 'prs_nobody00', {})).rejects.toBeInstanceOf(PersonUnknown);
  });

  test('values that could write mail headers or are no addresses are refused and named by field only', async () => {
    const org = await orgWithTwo();
    const bad = [
      { name: '' },
      { name: 'A\r\nBcc: b@example.org' },
      { email: 'a@example.org, b@example.org' },
      { email: 'Priya <a@example.org>' },
      { email: 'secret' },
      { zone: 'Mars/Olympus' },
      { channel: 'pigeon' },
      { phone: 'call me' },
    ];
    for (const change of bad) {
      const error: unknown = await changePerson(db, keys, org, refA, change).catch(
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(FieldInvalid);
      expect(String(error)).not.toMatch(/secret|example|Bcc|call me/);
    }
    await expect(addPerson(db, keys, { org, ...priya, ref: 'Priya' })).rejects.toBeInstanceOf(FieldInvalid);
  });

  test('an erased person stays as a ref; nothing of theirs opens, and nothing new can be written', async () => {
    const org = await orgWithTwo();
    const text = await sealText(db, keys, {
      org,
      decisionId: 'd1',
      field: 'note',
      subject: refA,
      text: 'a note',
    });
    expect(await erasePersonKey(db, org, refA)).toBe(true);
    expect(await erasePersonKey(db, org, refA)).toBe(true);
    expect(await erasePersonKey(db, org, 'prs_nobody00')).toBe(false);
    await expect(person(db, keys, org, refA)).rejects.toBeInstanceOf(KeyErased);
    await expect(changePerson(db, keys, org, refA, { name: 'New' })).rejects.toBeInstanceOf(KeyErased);
    await expect(openText(db, keys, org, text.ref)).rejects.toBeInstanceOf(KeyErased);
    await expect(addPerson(db, keys, { org, ...priya })).rejects.toBeInstanceOf(KeyErased);
    expect([...(await peopleByRefs(db, keys, org, [refA, refB])).keys()]).toEqual([refB]);
    expect(await listRefs(db, org)).toEqual([refA, refB]);
    const { rows } = await db.query('select 1 from person_fields where org = $1 and ref = $2', [org, refA]);
    expect(rows).toEqual([]);
  });
});

describe('texts', () => {
  const note = { decisionId: 'dec-1', field: 'note', subject: refA, text: 'They kept every promise.' };

  test('the same text gives the same digest, another text under the same ref is refused', async () => {
    const org = await orgWithTwo();
    const first = await sealText(db, keys, { org, ...note, findings: ['R0.4'], pack: 'guard-1' });
    expect(first.ref).toBe('txt_dec-1_note');
    const again = await Promise.all(Array.from({ length: 5 }, () => sealText(db, keys, { org, ...note })));
    expect(again).toEqual(Array.from({ length: 5 }, () => first));
    await expect(sealText(db, keys, { org, ...note, text: 'Other' })).rejects.toBeInstanceOf(TextConflict);
    await expect(sealText(db, keys, { org, ...note, subject: refB })).rejects.toBeInstanceOf(TextConflict);
    expect(await openText(db, keys, org, first.ref)).toMatchObject({ text: note.text, state: 'pending' });
    const { rows } = await db.query<{ line: string }>('select t::text as line from texts t where org = $1', [
      org,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.line).not.toContain('promise');
  });

  test('two plays of one seed give the same digests, without a seed they differ', async () => {
    const digest = async (seed?: string): Promise<string> =>
      (await sealText(db, keys, { org: await orgWithTwo(seed), ...note })).digest;
    expect(await digest('northside')).toBe(await digest('northside'));
    expect(await digest('northside')).not.toBe(await digest('southside'));
    expect(await digest()).not.toBe(await digest());
  });

  test('a kept text outlives the day, a pending one does not, and a missing one ends the append', async () => {
    const org = await orgWithTwo();
    await db.query('insert into orgs (org, sandbox, clock, quiet_ms) values ($1, true, 0, 0)', [org]);
    await db.query('insert into heads (org) values ($1)', [org]);
    const kept = await sealText(db, keys, { org, ...note, findings: ['R0.4'], pack: 'guard-1' });
    const left = await sealText(db, keys, { org, ...note, field: 'reason' });
    expect(await keepTexts(db, org, [kept.ref])).toEqual([
      { ...kept, subject: refA, findings: ['R0.4'], pack: 'guard-1' },
    ]);
    await db.query('update orgs set clock = $2 where org = $1', [org, 86_399_999]);
    expect(await dropPendingTexts(db, org)).toBe(0);
    expect(await openText(db, keys, org, left.ref)).toMatchObject({ state: 'pending' });
    await db.query('update orgs set clock = $2 where org = $1', [org, 86_400_000]);
    await expect(openText(db, keys, org, left.ref)).rejects.toBeInstanceOf(TextMissing);
    expect(await dropPendingTexts(db, org)).toBe(1);
    expect(await openText(db, keys, org, kept.ref)).toMatchObject({ state: 'kept' });
    await expect(openText(db, keys, org, left.ref)).rejects.toBeInstanceOf(TextMissing);
    await expect(keepTexts(db, org, [kept.ref, left.ref])).rejects.toMatchObject({ refs: [left.ref] });
    await expect(sealText(db, keys, { org, ...note, text: 'Other' })).rejects.toBeInstanceOf(TextConflict);
    expect(await keepTexts(db, org, [])).toEqual([]);
  });

  test('a rolled back append leaves the text pending', async () => {
    const org = await orgWithTwo();
    const { ref } = await sealText(db, keys, { org, ...note });
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query('begin');
    await keepTexts(client, org, [ref]);
    await client.query('rollback');
    await client.end();
    expect(await openText(db, keys, org, ref)).toMatchObject({ state: 'pending' });
  });

  test('texts that are too long, about nobody, or badly named are refused', async () => {
    const org = await orgWithTwo();
    const long = 'ü'.repeat(MAX_TEXT_BYTES / 2 + 1);
    await expect(sealText(db, keys, { org, ...note, text: long })).rejects.toBeInstanceOf(TextTooLong);
    await expect(sealText(db, keys, { org, ...note, subject: 'prs_nobody00' })).rejects.toBeInstanceOf(
      PersonUnknown,
    );
    await expect(sealText(db, keys, { org, ...note, decisionId: 'a b' })).rejects.toBeInstanceOf(
      FieldInvalid,
    );
    await expect(sealText(db, keys, { org, ...note, field: 'Note_x' })).rejects.toBeInstanceOf(FieldInvalid);
  });

  test('a sealed text moved under another ref cannot be opened', async () => {
    const org = await orgWithTwo();
    const one = await sealText(db, keys, { org, ...note });
    const two = await sealText(db, keys, { org, ...note, field: 'reason' });
    await db.query(
      'update texts set sealed = (select sealed from texts where org = $1 and ref = $2) where org = $1 and ref = $3',
      [org, one.ref, two.ref],
    );
    await expect(openText(db, keys, org, two.ref)).rejects.toBeInstanceOf(SealBroken);
  });
});

describe('the vault', () => {
  const body = '{"kind":"leave_started","from":"2025-06-02"}';

  test('keeps a confidential body that opens in its place only', async () => {
    const org = freshOrg();
    await expect(loadVaultKey(db, keys, org)).rejects.toBeInstanceOf(VaultKeyMissing);
    await createVaultKey(db, keys, org);
    await createVaultKey(db, keys, org);
    const vault = await loadVaultKey(db, keys, org);
    const entry = vaultSeal(vault, { ref: 'vlt_1', body });
    await putVaultEntry(db, org, 'vlt_1', entry);
    expect((await openVaultEntries(db, keys, org, ['vlt_1'])).get('vlt_1')).toBe(body);
    await expect(openVaultEntries(db, keys, org, ['vlt_1', 'vlt_2'])).rejects.toBeInstanceOf(VaultMissing);
    await expect(putVaultEntry(db, org, 'vlt_1', entry)).rejects.toMatchObject({ code: '23505' });
    expect(() => vaultOpen(vault, 'vlt_2', entry)).toThrow(SealBroken);
    expect(() => vaultOpen(vault, 'vlt_1', { ...entry, digest: '0'.repeat(64) })).toThrow(SealBroken);
    expect(() => vaultOpen({ ...vault, org: 'other' }, 'vlt_1', entry)).toThrow(SealBroken);
    const { rows } = await db.query<{ line: string }>('select v::text as line from vault v');
    expect(rows).toHaveLength(1);
    const hex = Buffer.from('leave_started', 'utf8').toString('hex');
    expect(rows.filter(({ line }) => line.includes('leave') || line.includes(hex))).toEqual([]);
  });

  test('two plays of one seed give the same digest and salt; a key is never replaced', async () => {
    const entryOf = async (seed?: string): Promise<{ digest: string; salt: string }> => {
      const org = freshOrg();
      await createVaultKey(db, keys, org, seed);
      const { digest, salt } = vaultSeal(await loadVaultKey(db, keys, org), { ref: 'vlt_1', body });
      return { digest, salt: salt.toString('hex') };
    };
    expect(await entryOf('northside')).toEqual(await entryOf('northside'));
    expect(await entryOf('northside')).not.toEqual(await entryOf());
    const org = freshOrg();
    await createVaultKey(db, keys, org);
    await expect(createVaultKey(db, keys, org, 'northside')).rejects.toBeInstanceOf(VaultKeyConflict);
  });
});

describe('sites', () => {
  test('are added once, listed, and take another calendar', async () => {
    const org = freshOrg();
    const north = { org, ref: 'sit_north', name: 'Northside', zone: 'America/New_York', calendarHash: 'c1' };
    expect(await addSite(db, north)).toBe('added');
    expect(await addSite(db, north)).toBe('present');
    await expect(addSite(db, { ...north, zone: 'UTC' })).rejects.toBeInstanceOf(SiteConflict);
    await expect(addSite(db, { ...north, ref: 'sit_2', zone: 'Nowhere/At' })).rejects.toBeInstanceOf(
      FieldInvalid,
    );
    await setSiteCalendar(db, org, 'sit_north', 'c2');
    expect(await listSites(db, org)).toEqual([{ ...north, calendarHash: 'c2' }]);
    await expect(site(db, freshOrg(), 'sit_north')).rejects.toBeInstanceOf(SiteUnknown);
    await expect(setSiteCalendar(db, org, 'sit_none', 'c2')).rejects.toBeInstanceOf(SiteUnknown);
  });
});
