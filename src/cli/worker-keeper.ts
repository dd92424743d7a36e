import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Guardian } from '../local/guardian.ts';
import type { Env } from '../local/home.ts';
import { endProcess, identityOf } from '../local/processes.ts';
import type { Say } from '../local/say.ts';
import { waiting } from '../local/say.ts';

/** A worker process kept alive for an installation. */
export interface KeptWorker {
  /** The process that runs now; null between two. */
  pid(): number | null;
  /** Ends it in order; a second call waits for the same. `hurry` kills it at once. */
  stop(hurry?: boolean): Promise<void>;
}

export interface KeeperOptions {
  readonly folder: string;
  readonly guardian: Guardian;
  readonly env: Env;
  readonly say: Say;
}

const script = fileURLToPath(new URL('../worker/main.js', import.meta.url));
const GRACE_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const LIVED_WELL_MS = 60_000;
const READY_WITHIN_MS = 60_000;

/** The worker came up and ended at once, or never said that it is ready. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed';
  readonly code = 'worker_failed';
  constructor(log: string) {
    super(`The worker did not come up. Its last words are in ${log}.`);
  }
}

/**
 * Starts the worker of an installation in a process of its own, in the guardian's care, and starts it again when it
 * dies: after half a second, then after twice as long each time. @returns once it is ready. @throws WorkerFailed
 */
export async function keepWorker(options: KeeperOptions): Promise<KeptWorker> {
  const { say, folder } = options;
  const errors = join(folder, 'worker-errors.log');
  let child: ChildProcess | null = null;
  let stopping: Promise<void> | undefined;
  let pause = FIRST_PAUSE_MS;
  const again = (born: number, how: string): void => {
    if (stopping !== undefined) return;
    pause = Date.now() - born > LIVED_WELL_MS ? FIRST_PAUSE_MS : pause;
    say(`the worker ended (${how}); starting it again in ${pause / 1000} s`);
    setTimeout(() => {
      if (stopping === undefined) void run();
    }, pause).unref();
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };
  const run = (): Promise<boolean> => {
    const born = Date.now();
    const next = launch(options, errors);
    child = next;
    return new Promise((resolve) => {
      next.once('message', () => {
        resolve(true);
      });
      next.once('exit', (code, signal) => {
        if (next.pid !== undefined) options.guardian.forget(next.pid);
        child = null;
        resolve(false);
        again(born, signal ?? `exit code ${String(code)}`);
      });
    });
  };
  const stop = async (hurry = false): Promise<void> => {
    const pid = child?.pid;
    const identity = pid === undefined ? null : identityOf(pid);
    if (pid === undefined || identity === null) return;
    if (hurry) await endProcess(pid, identity, 'SIGKILL', 0);
    else await waiting(say, 'the worker to stop', endProcess(pid, identity, 'SIGTERM', GRACE_MS));
  };
  const kept: KeptWorker = {
    pid: () => child?.pid ?? null,
    stop: (hurry) => {
      if (stopping !== undefined && hurry === true) void stop(true);
      return (stopping ??= stop(hurry));
    },
  };
  const ready = await waiting(say, 'the worker to be ready', inTime(run()));
  if (ready) return kept;
  await kept.stop(true);
  throw new WorkerFailed(errors);
}

function inTime(ready: Promise<boolean>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, READY_WITHIN_MS).unref();
  });
  return Promise.race([ready, late]);
}

function launch(options: KeeperOptions, errors: string): ChildProcess {
  const log = openSync(errors, 'a', 0o600);
  const child = spawn(process.execPath, [script], {
    detached: true,
    cwd: '/',
    env: { ...options.env, PEER_HIRE_FOLDER: options.folder },
    stdio: ['ignore', 'ignore', log, 'ipc'],
  });
  closeSync(log);
  child.on('error', () => undefined);
  if (child.pid !== undefined) options.guardian.watch(child.pid, 'worker', 'SIGTERM', GRACE_MS);
  return child;
}
