import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGuardian } from '../../src/local/guardian.ts';
import { keepUp } from '../../src/local/keep-up.ts';
import type { ServerGivenUp } from '../../src/local/keep-up.ts';
import { startPostgres } from '../../src/local/postgres-server.ts';
import { identityOf } from '../../src/local/processes.ts';
import { until } from '../faults/acts.ts';
import { busyWith } from '../faults/system.ts';

/** Servers of a start that end by themselves: it brings them back, and what depends on them goes on. */

const binary = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'peer-hire-kept-'));
// As root the database runs under another user, who must be able to pass through.
chmodSync(base, 0o711);
const home = join(base, 'home');
const mark = `/mark-${basename(base)}:`;
const foreign = /^(TEMPORAL_|DATABASE_URL$|PEER_HIRE_(SMTP|MAIL))/;
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
  ...{ TEMPORAL_CONFIG_FILE: join(base, 'none.toml'), PEER_HIRE_HOME: home },
  // The path goes to every process that is started: a mark in it names them all.
  PATH: `${mark}${process.env['PATH'] ?? ''}`,
};

const run = (argv: readonly string[]): ChildProcess =>
  spawn(process.execPath, [binary, ...argv], { env, cwd: base });

/** A start as a person sees it. */
class Start {
  readonly ended: Promise<number | null>;
  said = '';
  private readonly child = run(['start']);

  constructor() {
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (part) => (this.said += String(part)));
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** That it says something after the given place in what it said so far. */
  says(what: RegExp, since = 0, ms = 60_000): Promise<unknown> {
    return until(`the start says ${what}`, ms, async () => what.test(this.said.slice(since)));
  }

  interrupt(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.ended;
  }
}

interface Said {
  readonly site: string;
  readonly person: string;
  readonly receipt: { readonly case: string };
}

async function json(argv: readonly string[]): Promise<{ code: number | null; said: Said }> {
  const child = run([...argv, '--json']);
  let out = '';
  child.stdout?.on('data', (part) => (out += String(part)));
  child.stderr?.resume();
  child.stdin?.end();
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said: JSON.parse(out) as Said };
}

const kept = (file: string) =>
  JSON.parse(readFileSync(join(home, file), 'utf8')) as { readonly port: number; readonly pid: number };
/** The server of a kind that runs now, by its own files. */
const pidOf = {
  Temporal: () => kept('temporal.json').pid,
  PostgreSQL: () => Number.parseInt(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8'), 10),
};
const places = () => [kept('temporal.json').port, kept('postgres.json').port];
const names = ['Temporal', 'PostgreSQL'] as const;

let start: Start;
let ana = '';
let id = '';
let decided = 0;

const decide = () =>
  json([
    ...[
      'decide',
      '--case',
      id,
      '--type',
      'take_stance',
      '--actor',
      ana,
      '--decision-id',
      `dec_${(decided += 1)}`,
    ],
    ...['--payload', JSON.stringify({ stance: decided % 2 === 0 ? 'do_not_bill' : 'later', risks: [] })],
  ]);
const page = async (path: string) => {
  const { port } = kept('installation.json');
  const answer = await fetch(`http://localhost:${port}/api${path}`);
  return { status: answer.status, body: (await answer.json()) as { readonly temporal?: string } };
};

beforeAll(async () => {
  start = new Start();
  await start.says(/Ctrl-C stops everything/, 0, 280_000);
  const { site } = (await json(['site', 'add', 'Northside', '--zone', 'America/New_York'])).said;
  const add = async (name: string, capacity: string): Promise<string> =>
    (await json(['people', 'add', '--name', name, '--capacity', capacity])).said.person;
  const dana = await add('Dana Ortiz', 'hr');
  ana = await add('Ana Reyes', 'director');
  const open = ['decide', '--new', 'readiness', '--type', 'open', '--actor', ana, '--payload'];
  const more = {
    site,
    reasons: ['mission'],
    funding: 'mixed',
    scorers: [dana],
    leads: [ana],
    roleHoldersOnSite: 0,
  };
  id = (await json([...open, JSON.stringify(more)])).said.receipt.case;
}, 300_000);

afterAll(() => {
  for (const { pid } of busyWith(base, mark)) process.kill(pid, 'SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

describe.runIf(process.platform === 'linux')('a server of a start that is killed', () => {
  it.each(names)('%s comes back at its address, and the next decision goes through', async (name) => {
    const before = { places: places(), pid: pidOf[name](), since: start.said.length };
    process.kill(before.pid, 'SIGKILL');
    await start.says(new RegExp(`${name} ended \\(SIGKILL\\); it is started again in 1 s`), before.since);
    // Without Temporal everything can be read; whether it was back in time for the answer is a matter of luck.
    expect(await page('/readyz')).toMatchObject({ status: name === 'Temporal' ? 200 : 503 });
    await start.says(new RegExp(`${name} is ready`), before.since);
    expect(places()).toEqual(before.places);
    expect(pidOf[name]()).not.toBe(before.pid);
    await expect
      .poll(() => page('/readyz'), { timeout: 20_000 })
      .toMatchObject({ body: { temporal: 'there' } });
    // Asked at once: the worker finds its way back by itself.
    const answer = await decide();
    expect(answer).toMatchObject({ code: 0, said: { is: 'done', receipt: { case: id } } });
  });

  it('waits for its port where another program has it, and says so', async () => {
    const since = start.said.length;
    const [, port] = places();
    process.kill(pidOf.PostgreSQL(), 'SIGKILL');
    const other = await listening(port ?? 0);
    await start.says(/PostgreSQL cannot have its port \d+ again/, since);
    expect((await page('/readyz')).status).toBe(503);
    await new Promise((resolve) => other.close(resolve));
    await start.says(/PostgreSQL is ready/, since);
    expect(await decide()).toMatchObject({ code: 0 });
  });

  it('is not brought back once Ctrl-C came, also in the middle of it; nothing is left', async () => {
    const since = start.said.length;
    for (const name of names) process.kill(pidOf[name](), 'SIGKILL');
    await start.says(/PostgreSQL ended[\s\S]*Temporal ended|Temporal ended[\s\S]*PostgreSQL ended/, since);
    // Past the pause of one of them, so that one is being started and one waits.
    await until('one of them is being started', 60_000, async () => names.some((name) => runs(pidOf[name])));
    expect(await start.interrupt()).toBe(0);
    expect(busyWith(base, mark)).toEqual([]);
  });

  it('is given up when it fails again and again, and nothing of it is left', async () => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    const guardian = startGuardian();
    const folder = join(base, 'given-up');
    let given: (error: ServerGivenUp) => void = () => undefined;
    const givenUp = new Promise<ServerGivenUp>((resolve) => (given = resolve));
    const server = await keepUp('PostgreSQL', { givenUp: given, pausesMs: [10, 20], say }, (keeping) =>
      startPostgres({ folder, say, guardian, keeping }),
    );
    const control = join(server.first.data, 'global', 'pg_control');
    renameSync(control, `${control}.away`);
    process.kill(server.first.pid, 'SIGKILL');
    expect((await givenUp).message).toMatch(
      /^PostgreSQL failed 3 times in a row, the last time so: ended while/,
    );
    expect(lines.filter((line) => line.includes('is started again in'))).toHaveLength(2);
    expect(server.pid()).toBeNull();
    await server.stop();
    await guardian.close();
  }, 60_000);
});

const runs = (pid: () => number): boolean => {
  try {
    return identityOf(pid()) !== null;
  } catch {
    return false;
  }
};

/** Takes a port as soon as it is free. */
async function listening(port: number): Promise<Server> {
  for (;;) {
    const server = createServer((socket) => socket.destroy());
    const got = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (got) return server;
  }
}
