import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { boundTo, deriveSalt, open, saltedDigest, seal } from '../../src/directory/crypto.ts';
import {
  MasterKeyExposed,
  MasterKeyInvalid,
  MasterKeyIsTestKey,
  SealBroken,
} from '../../src/directory/errors.ts';
import { createDataKeyCache } from '../../src/directory/key-cache.ts';
import {
  keyRing,
  loadMasterKey,
  newDataKey,
  TEST_MASTER_KEY,
  unwrapKey,
  wrapKey,
} from '../../src/directory/keys.ts';

const key = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SealBroken) return error.fault;
    throw error;
  }
  return 'none';
}

describe('seal and open', () => {
  test('what was sealed opens again, in its own place only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string(), (bytes, place, elsewhere) => {
        const sealed = seal(key, Buffer.from(bytes), place);
        expect(open(key, sealed, place).equals(Buffer.from(bytes))).toBe(true);
        expect(faultOf(() => open(other, sealed, place))).toBe('tag');
        if (elsewhere !== place) expect(faultOf(() => open(key, sealed, elsewhere))).toBe('tag');
      }),
    );
  });

  test('a changed, missing or added byte is found, and the error repeats nothing', () => {
    const sealed = seal(key, Buffer.from('the secret text', 'utf8'), 'here');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(faultOf(() => open(key, changed, 'here'))).toBe(at === 0 ? 'format' : 'tag');
    }
    expect(faultOf(() => open(key, sealed.subarray(0, 12), 'here'))).toBe('format');
    expect(faultOf(() => open(key, Buffer.concat([sealed, Buffer.from([0])]), 'here'))).toBe('tag');
    expect(() => open(other, sealed, 'here')).toThrow(/^Sealed data cannot be opened \(tag\)/);
    expect(new SealBroken('tag').message).not.toContain('secret');
  });

  test('the same text is sealed differently each time, and its place cannot be blurred', () => {
    const text = Buffer.from('again', 'utf8');
    expect(seal(key, text, 'a').equals(seal(key, text, 'a'))).toBe(false);
    expect(boundTo('a', 'b,c')).not.toBe(boundTo('a,b', 'c'));
  });
});

describe('wrapped keys', () => {
  test('open under their master key and place, and say so when another key wrapped them', () => {
    const ring = keyRing(key);
    const dataKey = newDataKey('person/prs_x');
    const wrapped = wrapKey(ring, dataKey, 'place');
    expect(unwrapKey(ring, wrapped, 'place').equals(dataKey)).toBe(true);
    expect(faultOf(() => unwrapKey(keyRing(other), wrapped, 'place'))).toBe('other_key');
    expect(faultOf(() => unwrapKey(ring, wrapped, 'other place'))).toBe('tag');
    expect(faultOf(() => unwrapKey(ring, wrapped.subarray(0, 3), 'place'))).toBe('format');
    expect(keyRing(key).id).toBe(ring.id);
    expect(key.toString('hex')).not.toContain(ring.id);
  });

  test('a seed gives the same data key again, without one every key is new', () => {
    expect(newDataKey('vault', 'seed').equals(newDataKey('vault', 'seed'))).toBe(true);
    expect(newDataKey('vault', 'seed').equals(newDataKey('vault', 'other'))).toBe(false);
    expect(newDataKey('vault').equals(newDataKey('vault'))).toBe(false);
  });

  test('digests repeat for the same key, name and text, and differ in each of them', () => {
    const digest = saltedDigest(deriveSalt(key, 'txt_1_note'), 'text');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(saltedDigest(deriveSalt(key, 'txt_1_note'), 'text')).toBe(digest);
    expect(saltedDigest(deriveSalt(key, 'txt_2_note'), 'text')).not.toBe(digest);
    expect(saltedDigest(deriveSalt(other, 'txt_1_note'), 'text')).not.toBe(digest);
    expect(saltedDigest(deriveSalt(key, 'txt_1_note'), 'text.')).not.toBe(digest);
  });
});

describe('the master key file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keys-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('is made once, for its owner only, and read again', async () => {
    const path = join(folder, 'deep', 'master.key');
    const made = await loadMasterKey(path);
    expect(made).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await loadMasterKey(path)).equals(made)).toBe(true);
  });

  test('of eight first starts at once all read the same key', async () => {
    const path = join(folder, 'master.key');
    const made = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey(path)));
    expect(new Set(made.map((one) => one.toString('hex'))).size).toBe(1);
  });

  test('is refused when others can read it', async () => {
    const path = join(folder, 'master.key');
    await loadMasterKey(path);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(path, mode);
      await expect(loadMasterKey(path)).rejects.toBeInstanceOf(MasterKeyExposed);
    }
    const link = join(folder, 'link.key');
    await symlink(path, link);
    await expect(loadMasterKey(link)).rejects.toBeInstanceOf(MasterKeyExposed);
  });

  test('is refused when it holds something else, and left as it is', async () => {
    const path = join(folder, 'master.key');
    for (const content of ['', 'zz', 'ab'.repeat(31), `${'ab'.repeat(32)}00`]) {
      await writeFile(path, content, { mode: 0o600 });
      await expect(loadMasterKey(path)).rejects.toBeInstanceOf(MasterKeyInvalid);
      expect(await readFile(path, 'utf8')).toBe(content);
    }
    await expect(loadMasterKey(join(folder, 'none.key'), { create: false })).rejects.toBeInstanceOf(
      MasterKeyInvalid,
    );
  });

  test('is refused when everybody knows it, unless a test asks for it', async () => {
    const path = join(folder, 'master.key');
    for (const known of [Buffer.alloc(32), TEST_MASTER_KEY]) {
      expect(known).toHaveLength(32);
      await writeFile(path, known.toString('hex'), { mode: 0o600 });
      await expect(loadMasterKey(path)).rejects.toBeInstanceOf(MasterKeyIsTestKey);
      expect((await loadMasterKey(path, { allowTestKey: true })).equals(known)).toBe(true);
    }
  });
});

describe('the data key cache', () => {
  test('loads once within its time, a minute at most, and holds no more than its number', async () => {
    let now = 0;
    let loads = 0;
    const cache = createDataKeyCache({ maxAgeMs: 3_600_000, maxKeys: 2, now: () => now });
    const load = (): Promise<Buffer> => {
      loads += 1;
      return Promise.resolve(Buffer.alloc(32, loads));
    };
    await cache.get('a', load);
    now = 59_999;
    await cache.get('a', load);
    expect(loads).toBe(1);
    now = 60_000;
    await cache.get('a', load);
    expect(loads).toBe(2);
    await cache.get('b', load);
    await cache.get('c', load);
    expect(cache.size).toBe(2);
    await cache.get('a', load);
    expect(loads).toBe(5);
  });

  test('a key forgotten while it is being loaded does not come back', async () => {
    const cache = createDataKeyCache();
    let finish: (key: Buffer) => void = () => undefined;
    const loading = cache.get('a', () => new Promise((resolve) => (finish = resolve)));
    cache.forget('a');
    finish(key);
    expect(await loading).toBe(key);
    expect(cache.size).toBe(0);
    expect(await cache.get('a', () => Promise.resolve(other))).toBe(other);
    cache.clear();
    expect(cache.size).toBe(0);
  });
});
