import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { privateFolder } from '../../src/local/home.ts';
import { PlaceUnusable, mustTakeFile, mustTakeFolder } from '../../src/local/place-check.ts';

const base = mkdtempSync(join(tmpdir(), 'peer-hire-places-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const at = (...names: readonly string[]): string => join(base, ...names);
mkdirSync(at('folder'));
writeFileSync(at('plain'), 'here before');
symlinkSync(at('folder'), at('to-folder'));
symlinkSync(at('nowhere'), at('to-nothing'));
execFileSync('sh', ['-c', 'mkfifo "$0"', at('pipe')]);

describe.runIf(process.platform === 'linux')('a place that is named for what is written', () => {
  it.each([
    ['/proc/x'],
    ['/proc/x/y/z'],
    ['/proc/self/x'],
    ['/sys/x'],
    ['/dev/x'],
    ['/proc'],
    [at('pipe')],
    [at('pipe', 'x')],
    [at('plain', 'x')],
    [at('to-nothing')],
    [at('to-nothing', 'x')],
  ])('%s is refused for a file and for a folder, in a sentence that names it', (path) => {
    for (const ask of [mustTakeFile, mustTakeFolder]) {
      expect(() => ask(path)).toThrow(PlaceUnusable);
      expect(() => ask(path)).toThrow(`${path} cannot be used: `);
    }
  });

  it('takes plain files and new ones for a file, folders and new ones for a folder, and memory below /dev', () => {
    for (const path of [at('plain'), at('new'), at('to-folder', 'new'), '/dev/shm/peer-hire-new'])
      expect(() => mustTakeFile(path)).not.toThrow();
    for (const path of [at('folder'), at('to-folder'), at('new', 'and', 'deeper'), '/dev/shm/peer-hire-new'])
      expect(() => mustTakeFolder(path)).not.toThrow();
    for (const path of ['/dev/null', at('folder'), at('nowhere', 'new')])
      expect(() => mustTakeFile(path)).toThrow(PlaceUnusable);
    expect(() => mustTakeFolder(at('plain'))).toThrow(/it is no folder/);
    expect(readdirSync(base).toSorted()).toEqual(['folder', 'pipe', 'plain', 'to-folder', 'to-nothing']);
  });

  it('keeps a data folder from being made where making it would never end', () => {
    expect(() => privateFolder('/proc/peer-hire')).toThrow(PlaceUnusable);
  });

  it.each([
    [['ledger', 'anchor', '--to', '/proc/x']],
    [['ledger', 'anchor', '--key', at('pipe')]],
    [['ledger', 'export', '--out', at('pipe')]],
    [['backup', '--to', '/sys/x']],
    [['case', 'packet', `opening-${'0'.repeat(26)}`, '--as', 'prs_x', '--out', '/dev/x']],
    [['case', 'explain', `role-${'0'.repeat(26)}`, '--as', 'prs_x', '--out', at('pipe')]],
    [['role', 'description', `role-${'0'.repeat(26)}`, '--out', '/proc/x']],
    [['toolbox', 'questions', '--out', at('pipe')]],
    [['start', '--home', '/proc/x']],
  ])('%j is refused before anything is opened', async (argv) => {
    const out: string[] = [];
    const io: Io = {
      ...{ out: (text) => void out.push(text), err: () => undefined, color: false, stdin: async () => null },
      env: { HOME: base, PEER_HIRE_HOME: at('no-installation') },
    };
    expect(await run(io, [...argv, '--json'])).toBe(64);
    expect(JSON.parse(out.join(''))).toMatchObject({ error: { code: 'place_unusable' } });
    expect(existsSync(at('no-installation'))).toBe(false);
  });
});
