import { spawn } from 'node:child_process';

import type { Guardian } from './guardian.ts';

/** How a program ended; `code` is null when it was killed, did not start, or ran out of time. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly output: string;
}

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly withinMs: number;
  /** When given, the program and its children end with this process, however that ends. */
  readonly guardian?: Guardian;
}

const KEPT_OUTPUT = 20_000;

/** Runs a program in a process group of its own and gives how it ended and what it wrote. Throws `GuardianClosed` only. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    options.guardian?.mustWatch();
    const child = spawn(command, args, {
      detached: true,
      cwd: '/',
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) options.guardian?.watch(pid, command, 'SIGKILL');
    const timer = setTimeout(() => {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    }, options.withinMs);
    let output = '';
    const hear = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const end = (code: number | null, more = ''): void => {
      clearTimeout(timer);
      if (pid !== undefined) options.guardian?.forget(pid);
      resolve({ code, output: output + more });
    };
    child.once('error', (error) => {
      end(null, error.message);
    });
    child.once('close', (code) => {
      end(code);
    });
  });
}
