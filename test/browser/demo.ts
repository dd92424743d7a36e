import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

function printedBy(child: ChildProcess): Promise<Printed> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error('the demo did not come up in time')), UP_WITHIN_MS);
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (!text.includes('\n')) return;
      clearTimeout(late);
      resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as Printed);
    });
    child.once('exit', (code) =>
      reject(new Error(`the demo ended with ${String(code)}: ${text.slice(0, 2000)}`)),
    );
  });
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
  const child = spawn(process.execPath, [program, 'demo', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { folder, org, mail, console: page } = await printedBy(child);
  project.provide('demo', { ...page, folder, org, mail: mail.page, chromium: browser });
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
