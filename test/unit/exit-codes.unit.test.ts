import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT, told } from '../../src/cli/exit.ts';
import { outputEnd } from '../../src/cli/io.ts';
import {
  checkSettings,
  mailServerIn,
  originSetting,
  pagesPort,
  portSetting,
} from '../../src/cli/settings.ts';
import { writeLines } from '../../src/cli/whole-file.ts';
import { run } from '../../src/cli/program.ts';
import type { Io } from '../../src/cli/io.ts';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const base = mkdtempSync(join(tmpdir(), 'peer-hire-exits-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** Rooms whose errors can come to a command. */
const rooms = ['cli', 'client', 'content', 'directory', 'domain', 'identity', 'ledger', 'local', 'sandbox'];

/** Told before they come to the exit: as a verdict, in a page, or as a class that others extend. */
const toldElsewhere = new Set(['Wrong', 'SignInFailed', 'DirectoryError', 'Stop']);

interface Typed {
  readonly name: string;
  /** Its code, where the class has one only. */
  readonly code: string;
}

/** Every typed error of the rooms, as its source says it. */
function typedErrors(): readonly Typed[] {
  return rooms.flatMap((room) =>
    readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(src, room, file), 'utf8');
        return [...text.matchAll(/class (\w+) extends (?:Error|DirectoryError) \{([\s\S]*?)\n\}/g)].map(
          ([, name = '', body = '']): Typed => ({
            name,
            code: /code = '(\w+)'|super\(\s*'(\w+)'/.exec(body)?.slice(1).find(Boolean) ?? 'one_of_many',
          }),
        );
      }),
  );
}

describe('every typed error', () => {
  it('comes to the screen with its own sentence, and never as something that failed inside', () => {
    const all = typedErrors();
    expect(all.length).toBeGreaterThan(50);
    const untold = all
      .filter(({ name }) => !toldElsewhere.has(name))
      .filter(({ name, code }) => {
        const error = Object.assign(new Error('what to do'), { name, code });
        // A silent database has the one sentence for every database that is away.
        return told(error).message !== 'what to do' && code !== 'database_silent';
      });
    expect(untold).toEqual([]);
  });
});

describe('a file or folder that cannot be used', () => {
  it.each([
    ['ENOENT', 'open', EXIT.usage],
    ['EISDIR', 'read', EXIT.usage],
    ['EEXIST', 'mkdir', EXIT.usage],
    ['ENOSPC', 'write', EXIT.unavailable],
  ])('%s is told with its name', (code, syscall, exit) => {
    const error = Object.assign(new Error(`${code}: raw`), { code, syscall, path: '/x/y' });
    expect(told(error)).toMatchObject({ exit, message: expect.stringMatching(/^\/x\/y cannot .*\.$/) });
    expect(told(error).message).not.toContain('raw');
  });

  it('is not what a refused connection is', () => {
    const error = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'connect', path: '/run/pg' });
    expect(told(error).code).toBe('internal');
  });
});

describe('a file that is written whole', () => {
  const written = (): readonly string[] => readdirSync(base).filter((name) => !name.startsWith('inputs.'));
  async function* lines(fails: boolean): AsyncIterable<string> {
    yield 'one';
    yield 'two';
    if (fails) throw new Error('the database went away');
  }

  it('is there once it is whole, for its owner only, and is never written over', async () => {
    const path = join(base, 'whole.jsonl');
    expect(await writeLines(path, lines(false))).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(writeLines(path, lines(false))).rejects.toMatchObject({ code: 'file_exists' });
    expect(written()).toEqual(['whole.jsonl']);
  });

  it('leaves nothing when it fails half-way, so that the next try can have the name', async () => {
    const path = join(base, 'half.jsonl');
    await expect(writeLines(path, lines(true))).rejects.toThrow('went away');
    expect(written()).toEqual(['whole.jsonl']);
    expect(await writeLines(path, lines(false))).toBe(2);
    const nowhere = join(base, 'nowhere', 'x.jsonl');
    await expect(writeLines(nowhere, lines(false))).rejects.toMatchObject({ code: 'ENOENT', path: nowhere });
  });
});

describe('an output that takes nothing more', () => {
  it('ends a command whose reader went away, and tells of a full disk', () => {
    expect(outputEnd('EPIPE')).toEqual({ stop: true, message: null });
    expect(outputEnd('ENOSPC')).toMatchObject({ stop: false, message: expect.stringContaining('ENOSPC') });
  });
});

describe('the settings of a start', () => {
  it('are taken as documented', () => {
    expect(mailServerIn({ PEER_HIRE_SMTP: 'mail.example.org:587' })).toEqual({
      ...{ host: 'mail.example.org', port: 587 },
    });
    expect(mailServerIn({ PEER_HIRE_SMTP: '10.0.0.1' })).toEqual({ host: '10.0.0.1', port: 25 });
    expect(originSetting({ PEER_HIRE_ORIGIN: 'https://hire.example.org/' })).toBe('https://hire.example.org');
    expect(portSetting({ PEER_HIRE_PORT: '8080' })).toBe(8080);
    const empty = { PEER_HIRE_SMTP: '', PEER_HIRE_PORT: '', PEER_HIRE_ORIGIN: '' };
    for (const env of [{}, empty])
      expect([mailServerIn(env), portSetting(env), originSetting(env)]).toEqual([null, null, null]);
  });

  it.each([
    ['PEER_HIRE_SMTP', 'localhost:abc'],
    ['PEER_HIRE_SMTP', 'localhost:'],
    ['PEER_HIRE_SMTP', 'smtp://mail'],
    ['PEER_HIRE_PORT', 'abc'],
    ['PEER_HIRE_PORT', '0'],
    ['PEER_HIRE_PORT', '70000'],
    ['PEER_HIRE_ORIGIN', 'foo'],
    ['PEER_HIRE_ORIGIN', 'ftp://x'],
  ])('%s=%s is refused by its name, before anything is started', (name, value) => {
    const check = (): void => checkSettings({ [name]: value });
    expect(check).toThrow(expect.objectContaining({ exit: EXIT.usage, code: 'setting_invalid' }));
    expect(check).toThrow(new RegExp(`^${name} takes .*e\\.g\\. `));
  });

  it('a port that another program has is said with its number', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const asked = pagesPort({ PEER_HIRE_PORT: String(port) }, undefined);
    await expect(asked).rejects.toMatchObject({ code: 'port_taken', exit: EXIT.refused });
    await new Promise((resolve) => other.close(resolve));
    expect(await pagesPort({ PEER_HIRE_PORT: String(port) }, undefined)).toBe(port);
  });
});

describe('an input file that is not what it must be', () => {
  const key = join(base, 'inputs.key');
  const anchor = join(base, 'inputs.anchor');
  const gz = join(base, 'inputs.jsonl.gz');
  writeFileSync(key, 'not a key');
  writeFileSync(anchor, 'not an anchor');
  writeFileSync(gz, Buffer.from([0x1f, 0x8b, 8, 0]));
  it.each([
    [['ledger', 'verify', base], 'usage', /is a folder/],
    [
      ['ledger', 'verify', gz, '--anchors', anchor, '--anchor-key', key],
      'anchor_broken',
      /inputs\.anchor is not/,
    ],
    [['board', '--home', join(base, 'mistyped')], 'no_installation', /nothing runs in/],
  ])('%j is told in a sentence', async (argv, code, says) => {
    const out: string[] = [];
    const io: Io = {
      ...{ out: (text) => void out.push(text), err: () => undefined, color: false, stdin: async () => null },
      env: { HOME: base },
    };
    await run(io, [...argv, '--json']);
    const { error } = JSON.parse(out[0] ?? '') as { error: { code: string; message: string } };
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(existsSync(join(base, 'mistyped'))).toBe(false);
  });
});
