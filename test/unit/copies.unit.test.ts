import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { erasedFor } from '../../src/cli/restore-parts.ts';
import { keyRing } from '../../src/directory/keys.ts';
import {
  COPY_FORMAT,
  manifestText,
  mustBeOurs,
  nameOfCopy,
  parseManifest,
  sealOfManifest,
  stateHashOf,
} from '../../src/ledger/copy/manifest.ts';
import type { CopyManifest } from '../../src/ledger/copy/manifest.ts';
import { erasedOf, isOlderThan } from '../../src/ledger/erased-entries.ts';
import {
  completeList,
  erasedIn,
  followSecond,
  noteErased,
  readErased,
} from '../../src/ledger/erased-list.ts';
import { unknownOf } from '../../src/ledger/migrate.ts';

const sha = (digit: string): string => digit.repeat(64);
const tableOf = (name: string, digit: string): CopyManifest['tables'][number] => ({
  ...{ name, columns: ['org'], file: `${name}.jsonl.gz`, rows: 1, bytes: 40 },
  ...{ sha256: sha(digit), content: sha(digit) },
});
const manifest: CopyManifest = {
  ...{ format: COPY_FORMAT, product: '0.1.0', org: 'org_a', sandbox: false, at: '2026-11-20T02:00:00.000Z' },
  migrations: [{ name: '0001_ledger.sql', checksum: sha('a') }],
  ...{ head: { position: 3, hash: sha('b') }, keyId: '0123abcd' },
  tables: [tableOf('orgs', 'c'), tableOf('cases', 'd')],
};
const text = manifestText(manifest);

describe('the manifest of a copy', () => {
  it('comes back as it was written', () => {
    expect(parseManifest(text)).toEqual(manifest);
    expect(stateHashOf(manifest)).toBe(sha('d'));
  });

  it.each([
    ['another form', { format: 'peer-hire/copy/2' }],
    ['a file outside of its folder', { tables: [{ ...tableOf('cases', 'd'), file: '../keys.jsonl.gz' }] }],
    [
      'a table of a name that would need quoting',
      { tables: [tableOf('cases', 'd'), tableOf('a"; drop', 'e')] },
    ],
    ['a column of such a name', { tables: [{ ...tableOf('cases', 'd'), columns: ['org, secret'] }] }],
    [
      'one file for two tables',
      { tables: [tableOf('cases', 'd'), { ...tableOf('a', 'e'), file: 'cases.jsonl.gz' }] },
    ],
    ['no states', { tables: [tableOf('orgs', 'c')] }],
    ['no schema', { migrations: [] }],
    ['something more', { key: sha('f') }],
  ])('is refused with %s', (_what, change) => {
    const changed = JSON.stringify({ ...manifest, ...change });
    expect(() => parseManifest(changed)).toThrow(expect.objectContaining({ code: 'copy_malformed' }));
  });

  it('is refused when it is no JSON, and says nothing of what stands there', () => {
    expect(() => parseManifest('{ "Quillon Farrow')).toThrow(/^(?!.*Quillon).*no manifest/);
  });

  it('holds under the key it was sealed with alone', () => {
    const [ours, theirs] = [keyRing(Buffer.alloc(32, 1)), keyRing(Buffer.alloc(32, 2))];
    const seal = sealOfManifest(ours, text);
    expect(() => mustBeOurs(ours, text, seal)).not.toThrow();
    for (const [keys, said, word] of [
      [theirs, text, seal],
      [ours, `${text} `, seal],
      [ours, text, sealOfManifest(theirs, text)],
      [ours, text, ''],
    ] as const)
      expect(() => mustBeOurs(keys, said, word)).toThrow(expect.objectContaining({ code: 'copy_not_ours' }));
    expect(nameOfCopy(text)).not.toBe(nameOfCopy(`${text} `));
  });

  it('is of a schema this build knows, from its beginning on and in its order', () => {
    const sql = readFileSync(new URL('../../src/ledger/migrations/0001_ledger.sql', import.meta.url));
    const first = { name: '0001_ledger.sql', checksum: createHash('sha256').update(sql).digest('hex') };
    expect(unknownOf([first])).toBeNull();
    expect(unknownOf([first, first])).not.toBeNull();
    expect(unknownOf(manifest.migrations)).toMatchObject({ code: 'migration_changed' });
    expect(unknownOf([{ name: '9999_to_come.sql', checksum: sha('a') }])).toMatchObject({
      code: 'database_newer',
    });
  });
});

describe('the list of what was erased', () => {
  const base = mkdtempSync(join(tmpdir(), 'peer-hire-erased-'));
  const [home, second] = [join(base, 'home'), join(base, 'second')];
  const place = erasedIn(home, second);
  const org = 'org_a';
  beforeEach(() => {
    for (const folder of [home, second]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
    }
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('holds refs, at both places, for its owner alone', async () => {
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    noteErased(place, org, { is: 'texts', refs: ['txt_a', 'txt_b'] }, 6);
    noteErased(place, org, { is: 'texts', refs: [] }, 7);
    noteErased(place, 'org_b', { is: 'person', ref: 'prs_other' }, 8);
    noteErased(null, org, { is: 'person', ref: 'prs_nowhere' }, 9);
    expect(await followSecond(place, org)).toBe('written');
    for (const file of [place.file, place.second ?? '']) {
      expect(readErased([file], org)).toMatchObject({
        ...{ people: new Set(['prs_one']), texts: new Set(['txt_a', 'txt_b']) },
        ...{ completeTo: null, unreadable: [] },
      });
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  it('goes on after a line that a crash cut off, and names that line', () => {
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    appendFileSync(place.file, '{"v":1,"is":"person","org":"org_a","at":5,"re');
    noteErased(place, org, { is: 'person', ref: 'prs_two' }, 6);
    expect(readErased([place.file], org)).toMatchObject({
      ...{ people: new Set(['prs_one', 'prs_two']), unreadable: [`${place.file}:2`] },
    });
  });

  it('stops an erasure that it cannot hold, and not for the second place', async () => {
    rmSync(second, { recursive: true });
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    expect(await followSecond(place, org)).toBe('not_reached');
    expect(await followSecond(erasedIn(home, null), org)).toBe('none');
    expect([...readErased([place.file, place.second ?? ''], org).people]).toEqual(['prs_one']);
    rmSync(home, { recursive: true });
    expect(() => noteErased(place, org, { is: 'person', ref: 'prs_two' }, 6)).toThrow(
      expect.objectContaining({ code: 'erased_list_closed' }),
    );
  });

  it('is not passed over by a restore where the second place is not there, as a disk that nobody connected', async () => {
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    const found = () => erasedFor(home, join(base, 'copies', 'copy'), org, {}, { PEER_HIRE_BACKUP: second });
    // A place that is there and has no list yet lacks nothing.
    expect((await found()).files).toEqual([place.file]);
    rmSync(second, { recursive: true });
    await expect(found()).rejects.toMatchObject({ code: 'second_place_away' });
  });

  it('waits for no second place that hangs, and brings over what that lacks the next time', async () => {
    const far = place.second ?? '';
    // Nobody writes into it: whoever opens it is held inside the system, as by a share that went away.
    execFileSync('mkfifo', [far]);
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    const began = Date.now();
    expect(await followSecond(place, org, 700)).toBe('not_reached');
    expect(Date.now() - began).toBeLessThan(10_000);
    rmSync(far);
    noteErased(place, org, { is: 'texts', refs: ['txt_a'] }, 6);
    expect(await followSecond(place, org)).toBe('written');
    expect(readFileSync(far, 'utf8')).toBe(readFileSync(place.file, 'utf8'));
    // Nothing is written twice.
    expect(await followSecond(place, org)).toBe('written');
    expect(readErased([far], org).lines).toHaveLength(2);
    expect(readFileSync(far, 'utf8').split('\n')).toHaveLength(3);
  });

  it('keeps at the second place what another host wrote there', async () => {
    const far = place.second ?? '';
    writeFileSync(far, '');
    completeList(far, org, { people: ['prs_other'], texts: [] }, 3);
    appendFileSync(far, '{"v":1,"is":"pers');
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    expect(await followSecond(place, org)).toBe('written');
    expect(readErased([far], org)).toMatchObject({
      ...{ people: new Set(['prs_other', 'prs_one']), unreadable: [`${far}:3`] },
    });
  });

  it('is completed from the database, each once, and says until when it is complete', () => {
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    const gone = { people: ['prs_one', 'prs_two'], texts: ['txt_a'] };
    completeList(place.file, org, gone, 10);
    completeList(place.file, org, gone, 20);
    expect(readErased([place.file], org)).toMatchObject({
      ...{ people: new Set(['prs_one', 'prs_two']), texts: new Set(['txt_a']), completeTo: 20 },
    });
    const lines = readFileSync(place.file, 'utf8').split('\n');
    expect(lines.filter((line) => line.includes('prs_two') || line.includes('txt_a'))).toHaveLength(2);
  });

  it('takes lists together: each may know what another does not', () => {
    writeFileSync(join(second, 'b.jsonl'), '');
    completeList(place.file, org, { people: ['prs_one'], texts: [] }, 10);
    completeList(join(second, 'b.jsonl'), org, { people: ['prs_two'], texts: [] }, 30);
    expect(readErased([place.file, join(second, 'b.jsonl'), join(second, 'none.jsonl')], org)).toMatchObject({
      ...{ people: new Set(['prs_one', 'prs_two']), completeTo: 30 },
    });
  });

  const linesOf = (...entries: readonly object[]): string =>
    entries.map((one) => `${JSON.stringify({ v: 1, org, ...one })}\n`).join('');

  it('is older than a copy by its clock or by the ledger, whichever of the two says so', () => {
    const copy = { at: 100, position: 40 };
    const older = (...marks: readonly { at: number; position?: number }[]): boolean =>
      isOlderThan(
        erasedOf([{ file: 'a', text: linesOf(...marks.map((one) => ({ is: 'complete', ...one }))) }], org),
        copy,
      );
    expect(older()).toBe(true);
    expect(older({ at: 100, position: 40 })).toBe(false);
    expect(older({ at: 99 })).toBe(true);
    expect(older({ at: 100 })).toBe(false);
    // A host whose clock is ahead compared before the copy was made.
    expect(older({ at: 500, position: 30 })).toBe(true);
    // Positions that went with a restore come again.
    expect(older({ at: 50, position: 60 })).toBe(true);
    // One list has the clock, the other the ledger: neither was compared since.
    expect(older({ at: 500, position: 30 }, { at: 50, position: 60 })).toBe(true);
    expect(older({ at: 500, position: 30 }, { at: 101, position: 41 })).toBe(false);
  });

  it('says what was not done, until it is done after all, whichever list knows it', () => {
    const noted = linesOf(
      { is: 'person', at: 5, ref: 'prs_one' },
      { is: 'texts', at: 5, refs: ['txt_a', 'txt_b'] },
    );
    const undone = linesOf({ is: 'not_done', at: 20, people: ['prs_one'], texts: ['txt_b'] });
    const both = erasedOf(
      [
        { file: 'a', text: noted + undone },
        { file: 'b', text: noted },
      ],
      org,
    );
    expect(both).toMatchObject({
      ...{ people: new Set(), texts: new Set(['txt_a']) },
      undone: { people: new Set(['prs_one']), texts: new Set(['txt_b']) },
    });
    const again = linesOf({ is: 'person', at: 30, ref: 'prs_one' });
    expect(
      erasedOf(
        [
          { file: 'a', text: again },
          { file: 'b', text: noted + undone },
        ],
        org,
      ),
    ).toMatchObject({
      ...{ people: new Set(['prs_one']), undone: { people: new Set(), texts: new Set(['txt_b']) } },
    });
  });

  it('gets lines of other lists as they are, and what the database has besides', () => {
    noteErased(place, org, { is: 'person', ref: 'prs_one' }, 5);
    const undone = { is: 'not_done', at: 20, people: ['prs_two'], texts: [] };
    const others = linesOf({ is: 'person', at: 7, ref: 'prs_two' }, undone).trimEnd().split('\n');
    completeList(place.file, org, { people: ['prs_three'], texts: [], position: 9 }, 40, others);
    const found = readErased([place.file], org);
    expect(found).toMatchObject({
      ...{ people: new Set(['prs_one', 'prs_three']), undone: { people: new Set(['prs_two']) } },
      marks: [{ at: 40, position: 9 }],
    });
    expect(found.notedAt.get('prs_two')).toBe(7);
  });
});
