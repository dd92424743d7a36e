import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';

/** What doctor says of an installation that cannot even be opened; no server is needed for that. */

const base = mkdtempSync(join(tmpdir(), 'peer-hire-doctor-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const KEY = 'ab'.repeat(32);
let made = 0;

/** A folder as a start leaves it. @param key null for a key that is lost */
function folder(key: string | null, mode = 0o600): string {
  made += 1;
  const home = join(base, String(made));
  mkdirSync(home);
  const keyFile = join(home, 'master.key');
  const installation = {
    ...{ v: 1, org: 'org_x', sandbox: false, pid: 1, keyFile, queue: 'lifecycle-x' },
    temporal: { address: '127.0.0.1:9', namespace: 'peer-hire', ui: null, ours: true },
    ...{ databaseUrl: 'postgres://x@127.0.0.1:9/x', databaseOurs: true },
    mail: { host: '127.0.0.1', port: 9, from: 'no-reply@peer-hire.invalid', page: null },
  };
  writeFileSync(join(home, 'installation.json'), JSON.stringify(installation));
  if (key !== null) {
    writeFileSync(keyFile, key);
    chmodSync(keyFile, mode);
  }
  return home;
}

async function doctor(home: string): Promise<{ readonly exit: number; readonly out: string }> {
  const out: string[] = [];
  const hear = (text: string): void => void out.push(text);
  const io: Io = { out: hear, err: hear, env: { HOME: base }, color: false, stdin: async () => null };
  return { exit: await run(io, ['doctor', '--home', home]), out: out.join('\n') };
}

describe('doctor, of an installation that cannot be opened', () => {
  it('says that the key can be read by others, and what to do', async () => {
    const { exit, out } = await doctor(folder(KEY, 0o644));
    expect(exit).toBe(EXIT.unavailable);
    expect(out).toMatch(/^BAD {2}key_file: .*chmod 600/);
    expect(out).toMatch(/One thing is wrong\.$/);
  });

  it('tells a key that is lost from one that is none', async () => {
    expect((await doctor(folder(null))).out).toMatch(/BAD {2}key_file: .*master\.key is not there/);
    expect((await doctor(folder('no key'))).out).toMatch(/BAD {2}key_file: .*does not hold a master key/);
  });

  it('says that the file of the installation is damaged, and not that nothing runs there', async () => {
    const home = folder(KEY);
    writeFileSync(join(home, 'installation.json'), '{"v":1,');
    const { out } = await doctor(home);
    expect(out).toMatch(/BAD {2}folder: .*installation\.json cannot be read.*peer-hire start/);
    expect(out).not.toContain('nothing runs');
  });

  it('leaves a folder without any installation to the usual sentence', async () => {
    const { exit, out } = await doctor(join(base, 'nothing'));
    expect(exit).toBe(EXIT.unavailable);
    expect(out).toContain('nothing runs in');
  });
});

describe('the command line', () => {
  it('says which build it is', async () => {
    const out: string[] = [];
    const io: Io = {
      ...{ out: (text) => void out.push(text), err: () => undefined },
      ...{ env: {}, color: false, stdin: async () => null },
    };
    expect(await run(io, ['--version'])).toBe(EXIT.done);
    expect(out.join('')).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('names the kinds of case it can list', async () => {
    const heard: string[] = [];
    const io: Io = {
      ...{ out: () => undefined, err: (text) => void heard.push(text) },
      ...{ env: { HOME: base }, color: false, stdin: async () => null },
    };
    expect(await run(io, ['board', '--kind', 'nosuch'])).toBe(EXIT.usage);
    expect(heard.join()).toMatch(/--kind takes one of .*candidacy.*employment/);
  });
});
