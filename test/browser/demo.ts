import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { chromiumHere } from '../chromium.ts';

/** What the demo prints when it is up, as far as a browser needs it. */
export interface Demo {
  readonly address: string;
  readonly passphrase: string;
  readonly logins: readonly { readonly login: string; readonly person: string; readonly is: string }[];
  readonly folder: string;
  readonly org: string;
  /** The page that shows the caught mails. */
  readonly mail: string | null;
  /** The system's Chromium; null where there is none. */
  readonly chromium: string | null;
}

declare module 'vitest' {
  export interface ProvidedContext {
    demo: Demo;
  }
}

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const UP_WITHIN_MS = 420_000;

interface Printed extends Pick<Demo, 'folder' | 'org'> {
  readonly mail: { readonly page: string | null };
  readonly console: Pick<Demo, 'address' | 'passphrase' | 'logins'>;
}

function firstLine<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error('the demo did not come up in time')), UP_WITHIN_MS);
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (!text.includes('\n')) return;
      clearTimeout(late);
      resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as T);
    });
    child.once('exit', (code) =>
      reject(new Error(`the demo ended with ${String(code)}: ${text.slice(0, 2000)}`)),
    );
  });
}

const run = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });

interface Up {
  readonly printed: Printed;
  readonly child: ChildProcess;
  readonly tidy: () => void;
}

async function played(): Promise<Up> {
  const child = run('demo');
  return { child, printed: await firstLine<Printed>(child), tidy: () => undefined };
}

interface Ready {
  readonly ready: { readonly folder: string; readonly console: string; readonly mail: Printed['mail'] };
}

/** A copy of a demo that was played before and stopped, brought up as it was left. */
async function copied(kept: string): Promise<Up> {
  const before = JSON.parse(readFileSync(join(kept, 'printed.json'), 'utf8')) as Printed;
  const home = mkdtempSync(join(tmpdir(), 'peer-hire-kept-'));
  // The database's files keep their owner, which is another account where these tests run as root.
  execFileSync('cp', ['-a', `${join(kept, 'home')}/.`, home]);
  const child = run('start', '--home', home);
  const { ready } = await firstLine<Ready>(child);
  const page = { ...before.console, address: ready.console };
  const printed = { ...before, folder: ready.folder, mail: ready.mail, console: page };
  return { child, printed, tidy: () => rmSync(home, { recursive: true, force: true }) };
}

/** One demo for all tests in a browser: the very thing a newcomer starts, with its twelve people, on real servers. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = chromiumHere();
  if (browser === null) {
    console.warn('No Chromium here: the tests in a real browser are skipped.');
    const nothing = { address: '', passphrase: '', logins: [], folder: '', org: '', mail: null };
    project.provide('demo', { ...nothing, chromium: null });
    return async () => undefined;
  }
  // While a test is written: one that is up already, by the file with what it printed.
  const there = process.env['PEER_HIRE_DEMO_UP'];
  if (there !== undefined) {
    const { folder, org, mail, console: page } = JSON.parse(readFileSync(there, 'utf8')) as Printed;
    project.provide('demo', { ...page, folder, org, mail: mail.page, chromium: browser });
    return async () => undefined;
  }
  const kept = process.env['PEER_HIRE_DEMO_KEPT'];
  const { child, printed, tidy } = await (kept === undefined ? played() : copied(kept));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { folder, org, mail, console: page } = printed;
  project.provide('demo', { ...page, folder, org, mail: mail.page, chromium: browser });
  return async () => {
    child.kill('SIGTERM');
    await ended;
    tidy();
  };
}
