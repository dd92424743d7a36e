import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../src/directory/make-folder.ts';

const base = mkdtempSync(join(tmpdir(), 'ph-folder-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

it('makes a folder and those it lies in, for whom it is meant, and says which was the first', () => {
  expect(makeFolder(join(base, 'a', 'b', 'c'), 0o700)).toBe(join(base, 'a'));
  expect(statSync(join(base, 'a', 'b')).mode & 0o777).toBe(0o700);
  expect(makeFolder(join(base, 'a', 'b', 'c'), 0o700)).toBeUndefined();
});

it('says so where something else lies on the way', () => {
  writeFileSync(join(base, 'file'), '');
  expect(() => makeFolder(join(base, 'file'))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(base, 'file', 'below'))).toThrow(/EEXIST|ENOTDIR/);
  symlinkSync(join(base, 'nowhere'), join(base, 'link'));
  expect(() => makeFolder(join(base, 'link'))).toThrow(/EEXIST/);
  expect(existsSync(join(base, 'nowhere'))).toBe(false);
});

it.runIf(process.platform === 'linux')('comes to an end where the system makes nothing', () => {
  expect(() => makeFolder('/proc/nobody-makes-this/at-all')).toThrow(/ENOENT/);
});
