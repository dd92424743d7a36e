import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { afterAll, describe, expect, it } from 'vitest';

import { cacheFolder, privateFolder, resolveHome } from '../../src/local/home.ts';
import { FolderInUse, lockFolder } from '../../src/local/lock.ts';
import { readMail } from '../../src/local/mail-message.ts';
import { freePort } from '../../src/local/ports.ts';
import { placeForCluster, serverUser } from '../../src/local/postgres-place.ts';
import { endProcess, identityOf } from '../../src/local/processes.ts';
import { elapsed, waiting } from '../../src/local/say.ts';
import { NoTemporalServer, findTemporal } from '../../src/local/temporal-binary.ts';

const base = mkdtempSync(join(tmpdir(), 'peer-hire-unit-'));
let made = 0;

function folder(): string {
  made += 1;
  const path = join(base, String(made));
  mkdirSync(path);
  return path;
}

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

describe('the home and the cache folder', () => {
  it('are taken from their own variable, then from XDG, then from HOME', () => {
    const here = folder();
    expect(resolveHome({ PEER_HIRE_HOME: join(here, 'a'), XDG_DATA_HOME: join(here, 'b') })).toBe(
      join(here, 'a'),
    );
    expect(resolveHome({ XDG_DATA_HOME: join(here, 'b') })).toBe(join(here, 'b/peer-hire'));
    expect(resolveHome({ HOME: here, XDG_DATA_HOME: 'relative' })).toBe(join(here, '.local/share/peer-hire'));
    expect(cacheFolder({ HOME: here, PEER_HIRE_CACHE: '' })).toBe(join(here, '.cache/peer-hire'));
  });

  it('are made when something is kept there, readable by their owner only', () => {
    const home = resolveHome({ HOME: folder() });
    expect(existsSync(home)).toBe(false);
    privateFolder(home);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });
});

describe('what is said while waiting', () => {
  it('names what is waited for, and passes the result and the error on', async () => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    const slow = new Promise((resolve) =>
      setTimeout(() => {
        resolve(7);
      }, 80),
    );
    await expect(waiting(say, 'the build', slow, 20)).resolves.toBe(7);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines[0]).toMatch(/^still waiting for the build \(\d+ ms\)$/);
    await expect(waiting(say, 'x', Promise.reject(new Error('no')), 20)).rejects.toThrow('no');
    const before = lines.length;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(lines.length).toBe(before);
  });

  it('writes durations as a person reads them', () => {
    expect([850, 12_400, 185_000].map(elapsed)).toEqual(['850 ms', '12 s', '3 min 05 s']);
  });
});

describe('ports', () => {
  it('are free, differ within one start, and the preferred one is given only while it is free', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set(ports).size).toBe(20);
    const [mine = 0] = ports;
    expect(await freePort(mine)).toBe(mine);
    const taken = createTcpServer();
    await new Promise<void>((resolve) => taken.listen(mine, '127.0.0.1', resolve));
    expect(await freePort(mine)).not.toBe(mine);
    taken.close();
  });
});

describe('processes', () => {
  it('are told from later ones under the same pid, and are ended only when they are the same', async () => {
    const child = spawn('sleep', ['60'], { detached: true });
    const pid = child.pid ?? 0;
    const identity = identityOf(pid);
    expect(identity).not.toBeNull();
    expect(await endProcess(pid, 'another boot/1', 'SIGKILL', 100)).toBe(false);
    expect(identityOf(pid)).toBe(identity);
    expect(await endProcess(pid, identity ?? '', 'SIGTERM', 2000)).toBe(false);
    expect(identityOf(pid)).toBeNull();
  });

  it('that ignore the gentle signal are killed with their whole group after the grace', async () => {
    const child = spawn('sh', ['-c', 'trap "" TERM; sleep 60 & echo $!; wait; wait'], { detached: true });
    const inner = await new Promise<number>((resolve) =>
      child.stdout.once('data', (text) => {
        resolve(Number(text));
      }),
    );
    const pid = child.pid ?? 0;
    expect(await endProcess(pid, identityOf(pid) ?? '', 'SIGTERM', 150)).toBe(true);
    await expect.poll(() => [identityOf(pid), identityOf(inner)]).toEqual([null, null]);
  });
});

describe('the lock of a folder', () => {
  it('refuses a second start and names the first, until it is released', async () => {
    const here = folder();
    const first = await lockFolder(here, 'start');
    const refused = await lockFolder(here, 'demo').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FolderInUse);
    expect(refused).toMatchObject({ pid: process.pid, what: 'start', folder: here });
    expect((refused as Error).message).toContain(`process ${String(process.pid)}`);
    first.release();
    const next = await lockFolder(here);
    next.release();
    expect(readdirSync(here)).toEqual([]);
  });

  it('is taken over from a dead process and from a pid that belongs to a later process', async () => {
    const here = folder();
    const gone = spawn('true');
    await new Promise((resolve) => gone.once('exit', resolve));
    const claim = { since: '2026-01-01T00:00:00.000Z', what: 'start', held: true };
    const left = { ...claim, pid: gone.pid, identity: 'boot/1' };
    writeFileSync(join(here, 'lock-00000000000000aa.json'), JSON.stringify(left));
    const reused = { ...claim, pid: process.pid, identity: 'boot/1' };
    writeFileSync(join(here, 'lock-00000000000000bb.json'), JSON.stringify(reused));
    const lock = await lockFolder(here);
    expect(readdirSync(here)).toHaveLength(1);
    lock.release();
  });
});

describe('the place of the cluster', () => {
  it.runIf(process.getuid?.() === 0)(
    'is reachable for the system user although the home is closed to it',
    () => {
      const user = serverUser();
      const closed = folder();
      chmodSync(closed, 0o700);
      const home = join(closed, 'home');
      mkdirSync(home, { mode: 0o700 });
      const elsewhere = folder();
      chmodSync(base, 0o755);
      const place = placeForCluster(home, user, elsewhere);
      expect(place.startsWith(`${elsewhere}/cluster-`)).toBe(true);
      expect(lstatSync(join(home, 'postgres')).isSymbolicLink()).toBe(true);
      expect(statSync(closed).mode & 0o777).toBe(0o700);
      expect(placeForCluster(home, user, elsewhere)).toBe(place);
      execFileSync('/bin/sh', ['-c', 'cd "$1"', 'sh', join(place, '..')], { ...user, cwd: '/' });
      chmodSync(closed, 0o711);
      const open = join(closed, 'open');
      mkdirSync(open, { mode: 0o700 });
      expect(placeForCluster(open, user, elsewhere)).toBe(join(open, 'postgres'));
      expect(statSync(open).mode & 0o777).toBe(0o710);
    },
  );
});

describe('reading a caught mail', () => {
  it.each([
    ['plain', { subject: 'A step is due', text: 'Two lines\nof text' }],
    [
      'quoted',
      {
        subject: 'Frist für die Rückmeldung – bitte bestätigen, sobald es möglich ist',
        text: `Grüße = aus ${'ä'.repeat(120)}`,
      },
    ],
    ['base64', { subject: '予定のお知らせ', text: '予定'.repeat(80), textEncoding: 'base64' as const }],
    ['alternative', { subject: 'Both', text: 'Plain first', html: '<p>Then <b>html</b></p>' }],
    [
      'attached',
      { subject: 'More', text: 'Text', html: '<p>x</p>', attachments: [{ filename: 'a.txt', content: 'y' }] },
    ],
  ])('agrees with a full parser: %s', async (_, mail) => {
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
    const date = new Date('2026-03-02T09:00:00Z');
    const envelope = { from: '"Ops, Team" <ops@example.org>', to: 'Zoë <zoe@example.org>', date };
    const sent = await transport.sendMail({ ...envelope, messageId: '<a.1@example.org>', ...mail });
    const raw = sent.message as unknown as Buffer;
    const read = readMail('000007-20260302T090000Z.eml', raw);
    const full = await simpleParser(raw);
    expect(read.subject).toBe(full.subject);
    expect(read.text).toBe(full.text?.trimEnd());
    expect(read).toMatchObject({ number: 7, messageId: '<a.1@example.org>' });
    expect(read.to).toContain('Zoë');
    expect(Date.parse(read.date)).toBe(date.getTime());
  });

  it('gives something also for a broken one', () => {
    const read = readMail(
      '000001-20260302T090000Z.eml',
      Buffer.from('Subject: =?utf-9?Q?x?=\nno colon\n\xff'),
    );
    expect(read).toMatchObject({ subject: 'x', text: '' });
  });
});

describe('finding a Temporal server', () => {
  const VERSION = 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)';
  const program = (path: string, ...lines: string[]): void => {
    writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  };
  const nowhere = 'http://127.0.0.1:9';
  const setUp = (): {
    path: string;
    cache: string;
    env: Record<string, string>;
    said: string[];
    say: (line: string) => void;
  } => {
    const path = folder();
    const cache = folder();
    mkdirSync(join(cache, 'bin'));
    const said: string[] = [];
    return {
      path,
      cache,
      said,
      say: (line) => void said.push(line),
      env: { PATH: `${path}:/usr/bin:/bin`, PEER_HIRE_CACHE: cache },
    };
  };

  it('takes the one on the PATH first, and passes over one that is too old or broken', async () => {
    const { path, cache, env, say, said } = setUp();
    program(join(path, 'temporal'), `echo "${VERSION}"`);
    program(join(cache, 'bin/temporal'), `echo "${VERSION}"`);
    expect(await findTemporal({ env, say })).toMatchObject({ how: 'path', path: join(path, 'temporal') });
    program(join(path, 'temporal'), 'echo "temporal version 1.1.0 (Server 1.25.0, UI 2.30.0)"');
    expect(await findTemporal({ env, say })).toMatchObject({
      how: 'cache',
      path: join(cache, 'bin/temporal'),
    });
    expect(said.join('\n')).toContain('too old');
    program(join(path, 'temporal'), 'exit 3');
    expect(await findTemporal({ env, say })).toMatchObject({ how: 'cache' });
  });

  it('removes a broken one from the cache and unpacks the download', async () => {
    const { cache, env, say } = setUp();
    program(join(cache, 'bin/temporal'), 'exit 1');
    const parts = folder();
    program(join(parts, 'temporal'), `echo "${VERSION}"`);
    execFileSync('tar', ['-czf', join(parts, 'a.tar.gz'), '-C', parts, 'temporal']);
    const asked: string[] = [];
    const site = createServer((request, response) => {
      asked.push(request.url ?? '');
      const here = `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
      if (request.url?.startsWith('/cli/') === true) {
        response.end(JSON.stringify({ archiveUrl: `${here}/a`, fileToExtract: 'temporal' }));
      } else response.end(readFileSync(join(parts, 'a.tar.gz')));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const downloadFrom = `http://127.0.0.1:${String((site.address() as AddressInfo).port)}`;
    expect(await findTemporal({ env, say, downloadFrom })).toMatchObject({
      how: 'download',
      path: join(cache, 'bin/temporal'),
    });
    site.close();
    expect(asked[0]).toMatch(/^\/cli\/v1\.5\.1\?.*format=tar\.gz/);
    expect(readdirSync(join(cache, 'bin'))).toEqual(['temporal']);
  });

  it('builds with Go when nothing else works; of two starts at once only one builds', async () => {
    const { path, cache, env, say } = setUp();
    const counter = join(path, 'built');
    mkdirSync(join(cache, 'bin/.build-leftover'));
    program(
      join(path, 'go'),
      'if [ "$1" = version ]; then echo "go version go1.26.0 linux/amd64"; exit 0; fi',
      `echo "$2" >> ${counter}; sleep 0.3; printf '#!/bin/sh\\necho "${VERSION}"\\n' > "$GOBIN/temporal"; chmod +x "$GOBIN/temporal"`,
    );
    const search = { env, say, downloadFrom: nowhere };
    const found = await Promise.all([findTemporal(search), findTemporal(search)]);
    expect(found.map(({ how }) => how).sort()).toEqual(['built', 'cache']);
    expect(readFileSync(counter, 'utf8')).toBe('github.com/temporalio/cli/cmd/temporal@v1.5.1\n');
    expect(readdirSync(join(cache, 'bin'))).toEqual(['temporal']);
  });

  it('says what was tried and what to install when all ways fail', async () => {
    const { path, cache, env, say } = setUp();
    program(
      join(path, 'go'),
      'if [ "$1" = version ]; then echo go1.26.0; exit 0; fi',
      'echo "no such module" >&2; exit 1',
    );
    const failed = await findTemporal({ env, say, downloadFrom: nowhere }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NoTemporalServer);
    expect((failed as NoTemporalServer).tried).toHaveLength(3);
    expect((failed as Error).message).toMatch(
      /no such module[\s\S]*install the Temporal CLI[\s\S]*TEMPORAL_ADDRESS/,
    );
    expect(existsSync(join(cache, 'bin/temporal'))).toBe(false);
    expect(readdirSync(join(cache, 'bin'))).toEqual([]);
  });
});
