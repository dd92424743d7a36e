import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Guardian } from '../local/guardian.ts';
import type { Env } from '../local/home.ts';
import { endKeptOrphan, remember } from '../local/leftovers.ts';
import type { Kept } from '../local/leftovers.ts';
import { endProcess, identityOf } from '../local/processes.ts';
import type { Say } from '../local/say.ts';
import { waiting } from '../local/say.ts';

/** A process kept alive for an installation: its worker, or its faces over HTTP. */
export interface KeptProcess {
  /** The process that runs now; null between two. */
  pid(): number | null;
  /** What it said last when it was ready. */
  readonly said: unknown;
  /** Ends it in order; a second call waits for the same. `hurry` kills it at once. */
  stop(hurry?: boolean): Promise<void>;
}

export interface KeeperOptions {
  readonly kept: Kept;
  readonly folder: string;
  readonly guardian: Guardian;
  readonly env: Env;
  readonly say: Say;
  /** Aborted while it comes up: it is not started again. */
  readonly signal?: AbortSignal | undefined;
}

const scriptOf = (kept: Kept): string => fileURLToPath(new URL(`../${kept}/main.js`, import.meta.url));
const GRACE_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const LIVED_WELL_MS = 60_000;
const READY_WITHIN_MS = 60_000;

/** A kept process came up and ended at once, or never said that it is ready. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed';
  readonly code = 'worker_failed';
  constructor(kept: Kept, log: string) {
    super(`The ${kept} did not come up. Its last words are in ${log}.`);
  }
}

class Keeper implements KeptProcess {
  readonly errors: string;
  /** What it said when it was ready. */
  said: unknown;
  private readonly options: KeeperOptions;
  private child: ChildProcess | null = null;
  private stopping: Promise<void> | undefined;
  private pause = FIRST_PAUSE_MS;

  constructor(options: KeeperOptions) {
    this.options = options;
    this.errors = join(options.folder, `${options.kept}-errors.log`);
  }

  pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** @returns true once the process says that it is ready, false when it ends before */
  run(): Promise<boolean> {
    const born = Date.now();
    const child = launch(this.options, this.errors);
    this.child = child;
    return new Promise((resolve) => {
      child.once('message', (said) => {
        this.said = said;
        resolve(true);
      });
      child.once('exit', (code, signal) => {
        if (child.pid !== undefined) this.options.guardian.forget(child.pid);
        this.child = null;
        resolve(false);
        this.again(born, signal ?? `exit code ${String(code)}`);
      });
    });
  }

  stop(hurry = false): Promise<void> {
    if (this.stopping !== undefined && hurry) void this.end(true);
    return (this.stopping ??= this.end(hurry));
  }

  private again(born: number, how: string): void {
    if (this.stopping !== undefined || this.options.signal?.aborted === true) return;
    if (Date.now() - born > LIVED_WELL_MS) this.pause = FIRST_PAUSE_MS;
    this.options.say(`the ${this.options.kept} ended (${how}); starting it again in ${this.pause / 1000} s`);
    setTimeout(() => {
      if (this.stopping === undefined && this.options.signal?.aborted !== true) void this.run();
    }, this.pause).unref();
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }

  private async end(hurry: boolean): Promise<void> {
    const pid = this.child?.pid;
    const identity = pid === undefined ? null : identityOf(pid);
    if (pid === undefined || identity === null) return;
    if (hurry) await endProcess(pid, identity, 'SIGKILL', 0);
    else
      await waiting(
        this.options.say,
        `the ${this.options.kept} to stop`,
        endProcess(pid, identity, 'SIGTERM', GRACE_MS),
      );
  }
}

/**
 * Starts the worker, or the faces, of an installation in a process of its own, in the guardian's care, and starts it again when it
 * dies: after half a second, then after twice as long each time. @returns once it is ready. @throws WorkerFailed
 */
export async function keep(options: KeeperOptions): Promise<KeptProcess> {
  await endKeptOrphan(options.folder, options.kept, options.say);
  const keeper = new Keeper(options);
  if (await waiting(options.say, `the ${options.kept} to be ready`, inTime(keeper.run()))) return keeper;
  await keeper.stop(true);
  throw new WorkerFailed(options.kept, keeper.errors);
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
  options.guardian.mustWatch();
  const log = openSync(errors, 'a', 0o600);
  const child = spawn(process.execPath, [scriptOf(options.kept)], {
    detached: true,
    cwd: '/',
    env: { ...options.env, PEER_HIRE_FOLDER: options.folder },
    stdio: ['ignore', 'ignore', log, 'ipc'],
  });
  closeSync(log);
  child.on('error', () => undefined);
  if (child.pid !== undefined) {
    options.guardian.watch(child.pid, options.kept, 'SIGTERM', GRACE_MS);
    remember(options.folder, options.kept, child.pid);
  }
  return child;
}
