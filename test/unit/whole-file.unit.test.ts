import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { pagesOf } from '../../src/client/copy-reading.ts';
import type { Copy } from '../../src/client/copy-reading.ts';
import { writeWhole } from '../../src/directory/whole-file.ts';

/** Files that are there whole or not at all, and files of a copy that are not what they were. */

const base = mkdtempSync(join(tmpdir(), 'peer-hire-whole-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('a file that is written whole', () => {
  it('is won by one of two that write it at once, and both find it whole', async () => {
    const path = join(base, 'key');
    const texts = Array.from({ length: 8 }, (_, n) => String(n).repeat(64));
    const done = await Promise.allSettled(texts.map((text) => writeWhole(path, [text])));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of done)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'EEXIST', path });
    expect(readFileSync(path, 'utf8')).toBe(texts[done.findIndex(({ status }) => status === 'fulfilled')]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(base)).toEqual(['key']);
  });

  it('takes the place of another only when that is asked for, and never half of it', async () => {
    const path = join(base, 'last-check');
    await writeWhole(path, ['before']);
    const broken = async function* (): AsyncIterable<string> {
      yield 'half';
      throw new Error('went away');
    };
    await expect(writeWhole(path, broken(), { replaces: true })).rejects.toThrow('went away');
    expect(readFileSync(path, 'utf8')).toBe('before');
    await writeWhole(path, ['after'], { replaces: true });
    expect(readFileSync(path, 'utf8')).toBe('after');
    expect(readdirSync(base).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is written on a disk that lets nobody set rights, as a share of another machine may be', async () => {
    const path = join(base, 'on-a-share');
    const handle = await open(join(base, 'any'), 'w');
    const chmod = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'chmod');
    await handle.close();
    try {
      chmod.mockRejectedValue(Object.assign(new Error('EPERM: fchmod'), { code: 'EPERM' }));
      await writeWhole(path, ['whole']);
      expect(readFileSync(path, 'utf8')).toBe('whole');
      // A disk that fails is no such disk.
      chmod.mockRejectedValue(Object.assign(new Error('EIO: fchmod'), { code: 'EIO' }));
      await expect(writeWhole(join(base, 'broken'), ['whole'])).rejects.toMatchObject({ code: 'EIO' });
    } finally {
      chmod.mockRestore();
    }
    expect(readdirSync(base).filter((name) => /part$|^broken/.test(name))).toEqual([]);
  });
});

describe('a file of a copy', () => {
  const file = 'orgs.jsonl.gz';
  const line = '["org_a"]';

  async function readBack(bytes: Buffer): Promise<readonly string[]> {
    writeFileSync(join(base, file), bytes);
    const content = createHash('sha256').update(`${line}\n`).digest('hex');
    const table = { name: 'orgs', columns: ['org'], file, rows: 1, bytes: bytes.length, sha256: '', content };
    const lines: string[] = [];
    for await (const page of pagesOf({ folder: base } as unknown as Copy, table)) lines.push(...page);
    return lines;
  }

  it('gives its lines', async () => {
    expect(await readBack(gzipSync(`${line}\n`))).toEqual([line]);
  });

  it.each([
    ['that cannot be unpacked', () => gzipSync(`${line}\n`.repeat(9_000)).subarray(0, -20)],
    // Small on the disk: gathered in memory it would be as large as somebody likes.
    ['with a line that has no end', () => gzipSync('a'.repeat(40 * 1024 * 1024))],
    ['with an empty line', () => gzipSync(`${line}\n\n`)],
  ])('%s is told as a broken copy', async (_what, bytes) => {
    await expect(readBack(bytes())).rejects.toMatchObject({
      ...{ code: 'copy_changed', message: expect.stringContaining('cannot be unpacked') },
    });
  });
});
