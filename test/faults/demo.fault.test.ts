import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { build, busyWith, family, root } from './system.ts';
import { until } from './acts.ts';

/** The demo as a person starts it, and what stays of it when it is stopped or killed at any moment. */

beforeAll(build, 120_000);

const demos: Demo[] = [];
afterEach(() => {
  for (const demo of demos.splice(0)) demo.clean();
});

/** A throw-away folder's place, so that two demos can meet there. */
function place(): string {
  const base = mkdtempSync(join(tmpdir(), 'peer-hire-signals-'));
  // As root the database runs under another user, who must be able to pass through.
  chmodSync(base, 0o711);
  return base;
}

/** A configuration folder whose usual profile names somebody's Temporal for real work: a demo must never look at it. */
function profiled(base: string): string {
  mkdirSync(join(base, 'temporalio'), { recursive: true });
  const file = join(base, 'temporalio', 'temporal.toml');
  writeFileSync(file, '[profile.default]\naddress = "127.0.0.1:9"\nnamespace = "prod"\n');
  return base;
}

class Demo {
  readonly base: string;
  readonly ended: Promise<number | string>;
  out = '';
  err = '';
  private readonly mark: string;
  private readonly child: ChildProcess;

  constructor(base: string, more: readonly string[] = []) {
    this.base = base;
    this.mark = `/mark-${basename(base)}:`;
    demos.push(this);
    const kept = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_|DATABASE_URL$)/.test(name));
    this.child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'demo', ...more], {
      // A group of its own stands for the terminal's foreground group.
      ...{ detached: true, cwd: base, stdio: ['ignore', 'pipe', 'pipe'] },
      env: {
        ...Object.fromEntries(kept),
        ...{ TMPDIR: base, PEER_HIRE_HOME: join(base, 'home'), XDG_CONFIG_HOME: profiled(base) },
        // The path goes to every process that is started: a mark in it names them all.
        PATH: `${this.mark}${process.env['PATH'] ?? ''}`,
      },
    });
    this.child.stdout?.on('data', (part) => (this.out += String(part)));
    this.child.stderr?.on('data', (part) => (this.err += String(part)));
    this.ended = new Promise((resolve) =>
      this.child.once('exit', (code, signal) => resolve(signal ?? code ?? -1)),
    );
  }

  says(what: RegExp, ms = 120_000): Promise<unknown> {
    return until(`the demo says ${what}`, ms, async () => what.test(this.err) || what.test(this.out));
  }

  /** As the terminal does it: to the whole foreground group. */
  send(signal: NodeJS.Signals): void {
    process.kill(-(this.child.pid ?? 0), signal);
  }

  alive(): readonly string[] {
    return busyWith(this.base, this.mark).map(({ pid, command }) => `${pid} ${command}`);
  }

  folders(): readonly string[] {
    return readdirSync(this.base).filter((name) => name.startsWith('peer-hire-sandbox-'));
  }

  family(): readonly number[] {
    return family(this.child.pid ?? 0);
  }

  clean(): void {
    for (const { pid } of busyWith(this.base, this.mark)) process.kill(pid, 'SIGKILL');
    rmSync(this.base, { recursive: true, force: true });
  }
}

/** Moments of a start, by what it has said before. */
const moments = {
  'while PostgreSQL is made': /making a new PostgreSQL data folder/,
  'while the worker comes up': /brought up to date/,
  'in mid-play': /: [1-9]\d* of \d+ decisions/,
} as const;

async function nothingLeft(demo: Demo, ms: number): Promise<void> {
  await expect.poll(() => demo.alive(), { timeout: ms, interval: 50 }).toEqual([]);
  expect(demo.folders()).toEqual([]);
}

describe.runIf(process.platform === 'linux')('the demo', () => {
  it.each(Object.entries(moments))(
    'stopped by one Ctrl-C %s leaves nothing',
    async (_, moment) => {
      const demo = new Demo(place());
      await demo.says(moment);
      expect(demo.alive().length).toBeGreaterThan(2);
      demo.send('SIGINT');
      expect(await demo.ended).toBe(130);
      expect(demo.alive()).toEqual([]);
      expect(demo.folders()).toEqual([]);
      expect(demo.err).toContain('stopping');
      expect(demo.err).not.toMatch(/Something failed|does not answer|\n\s+at /);
    },
    150_000,
  );

  it.each(Object.entries(moments))(
    'stopped by two Ctrl-C %s leaves nothing',
    async (_, moment) => {
      const demo = new Demo(place());
      await demo.says(moment);
      demo.send('SIGINT');
      await new Promise((resume) => setTimeout(resume, 100));
      demo.send('SIGINT');
      expect(await demo.ended).toBe(130);
      expect(demo.alive()).toEqual([]);
      expect(demo.folders()).toEqual([]);
    },
    150_000,
  );

  it.each(Object.entries(moments))(
    'killed -9 %s leaves nothing, a moment later',
    async (_, moment) => {
      const demo = new Demo(place());
      await demo.says(moment);
      expect(demo.alive().length).toBeGreaterThan(2);
      demo.send('SIGKILL');
      expect(await demo.ended).toBe('SIGKILL');
      await nothingLeft(demo, 40_000);
    },
    150_000,
  );

  it('stopped by two Ctrl-C after the play leaves nothing, and ends with 0', async () => {
    const demo = new Demo(place());
    await demo.says(/stays up until Ctrl-C/, 170_000);
    expect(demo.alive().length).toBeGreaterThan(4);
    const [folder] = demo.folders();
    expect(demo.out).toContain(`ledger export --out ${join(demo.base, folder ?? '?', 'ledger.jsonl')}`);
    demo.send('SIGINT');
    await new Promise((resume) => setTimeout(resume, 100));
    demo.send('SIGINT');
    expect(await demo.ended).toBe(0);
    expect(demo.alive()).toEqual([]);
    expect(demo.folders()).toEqual([]);
  }, 200_000);

  it('killed together with its guardian is found and cleared by the next start', async () => {
    const base = place();
    const first = new Demo(base);
    await first.says(moments['in mid-play']);
    const [folder] = first.folders();
    const guardian = busyWith(base, `/mark-${basename(base)}:`).find((one) =>
      one.command.includes('guardian-main'),
    );
    process.kill(guardian?.pid ?? 0, 'SIGKILL');
    first.send('SIGKILL');
    await first.ended;
    const left = first.alive();
    // The worker, Temporal and PostgreSQL with its children: nobody is there to end them.
    for (const name of [/worker\/main/, /server start-dev/, /postgres -D/])
      expect(left.filter((one) => name.test(one))).toHaveLength(1);
    const next = new Demo(base);
    await next.says(/clearing what it left/);
    await next.says(moments['while PostgreSQL is made']);
    // Seen first, then asked whose they are: it goes on starting processes meanwhile, and those that ended in between are
    // nobody's. What was left of the first one would stay.
    const strangers = (): readonly string[] => {
      const seen = next.alive();
      const pids = new Set(next.family());
      return seen.filter((one) => !pids.has(Number.parseInt(one, 10)));
    };
    await expect.poll(strangers, { timeout: 5_000, interval: 50 }).toEqual([]);
    expect(next.folders()).toHaveLength(1);
    expect(next.folders()).not.toContain(folder);
    next.send('SIGINT');
    expect(await next.ended).toBe(130);
    await nothingLeft(next, 10_000);
  }, 150_000);
});
