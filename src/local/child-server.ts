import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';

import type { Guardian } from './guardian.ts';
import { freePort, isFree } from './ports.ts';
import { endProcess, identityOf, lives } from './processes.ts';
import type { StopSignal } from './processes.ts';
import { elapsed, waiting } from './say.ts';
import type { Say } from './say.ts';

/** A server of this machine did not come up, or ended while it was coming up. Carries the end of its log. */
export class LocalServerFailed extends Error {
  override readonly name = 'LocalServerFailed';
  readonly server: string;
  readonly what: string;
  readonly log: string;

  constructor(server: string, what: string, log: string, since = 0) {
    const tail = tailOf(log, since);
    super(
      `${server} ${what}. ${tail === '' ? 'It wrote no log' : `Its log ends with:\n${tail}`}\n(log: ${log})`,
    );
    this.server = server;
    this.what = what;
    this.log = log;
  }
}

/** Another program has the port that a server had, and whoever uses the server knows it by that port only. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  readonly what: string;

  constructor(server: string, port: number) {
    const what = `cannot have its port ${String(port)} again, which another program of this machine has taken meanwhile: end that program`;
    super(`${server} ${what}.`);
    this.what = what;
  }
}

/** Of a server that somebody starts again when it ends by itself. */
export interface Keeping {
  /** Aborted: nothing more is to come up, and what is coming up is ended. */
  readonly signal: AbortSignal;
  /** The port it must have, since others know it by that; null at the first start. */
  readonly port: number | null;
}

/** How to start one server and how to know that it is ready. */
export interface ServerPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly as?: { readonly uid: number; readonly gid: number } | undefined;
  readonly log: string;
  readonly signal: StopSignal;
  readonly graceMs: number;
  readonly readyWithinMs: number;
  /** Tries the server once, as a client would; throws while it is not ready. */
  readonly ready: () => Promise<void>;
  /** Called as soon as the process exists, before it is ready. */
  readonly born?: (pid: number, identity: string) => void;
  readonly keeping?: Keeping | undefined;
}

/** A running server process. */
export interface RunningServer {
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason: with the signal or the exit code. */
  readonly ended: Promise<string>;
  /** Ends the server and waits until it has ended. A second call waits for the same. */
  stop(): Promise<void>;
}

const LOG_LIMIT_BYTES = 10_000_000;
const TAIL_LINES = 12;
const PORT_ATTEMPTS = 3;

/**
 * Starts a server in a process group of its own, its output in the log file, in the care of the guardian, and
 * waits until it answers. Throws `LocalServerFailed` when it ends first or stays silent; then nothing is left running.
 */
export async function startServer(plan: ServerPlan, guardian: Guardian, say: Say): Promise<RunningServer> {
  const began = Date.now();
  const server = await launch(plan, guardian, say);
  const cut = (): void => void server.stop();
  plan.keeping?.signal.addEventListener('abort', cut);
  try {
    await waiting(say, `${plan.name} to answer`, untilReady(plan, server));
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    plan.keeping?.signal.removeEventListener('abort', cut);
  }
  say(`${plan.name} is ready after ${elapsed(Date.now() - began)} (process ${String(server.pid)})`);
  return server;
}

/**
 * Starts a server on a free port, the preferred one if it is free. Another program may take the port in the moment
 * before the server does: then once more with another.
 */
export async function withFreePort(
  preferred: number | undefined,
  start: (port: number) => Promise<RunningServer>,
): Promise<{ port: number; server: RunningServer }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? preferred : undefined);
    try {
      return { port, server: await start(port) };
    } catch (error) {
      if (!foundTaken(error) || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** Starts a server on this port and no other. @throws PortTaken */
export async function withSamePort(
  name: string,
  port: number,
  start: (port: number) => Promise<RunningServer>,
): Promise<{ port: number; server: RunningServer }> {
  if (!(await isFree(port))) throw new PortTaken(name, port);
  try {
    return { port, server: await start(port) };
  } catch (error) {
    throw foundTaken(error) ? new PortTaken(name, port) : error;
  }
}

const foundTaken = (error: unknown): boolean =>
  error instanceof LocalServerFailed && /address already in use/i.test(error.message);

interface Launched extends RunningServer {
  readonly identity: string;
  /** Where in the log this start begins, in bytes. */
  readonly logSince: number;
}

async function launch(plan: ServerPlan, guardian: Guardian, say: Say): Promise<Launched> {
  if (existsSync(plan.log) && statSync(plan.log).size > LOG_LIMIT_BYTES)
    renameSync(plan.log, `${plan.log}.1`);
  const logSince = existsSync(plan.log) ? statSync(plan.log).size : 0;
  guardian.mustWatch();
  plan.keeping?.signal.throwIfAborted();
  const log = openSync(plan.log, 'a', 0o600);
  const child = spawn(plan.command, plan.args, {
    detached: true,
    cwd: '/',
    env: { ...plan.env },
    stdio: ['ignore', log, log],
    ...plan.as,
  });
  closeSync(log);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      reject(new LocalServerFailed(plan.name, `could not be started (${error.message})`, plan.log));
    });
    if (child.pid !== undefined) resolve(child.pid);
  });
  guardian.watch(pid, plan.name, plan.signal, plan.graceMs);
  const identity = identityOf(pid) ?? '';
  plan.born?.(pid, identity);
  child.unref();
  let stopping: Promise<void> | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${String(code)}`;
      guardian.forget(pid);
      if (stopping === undefined && plan.keeping === undefined)
        say(
          `${plan.name} ended (${how}) and is not started again by itself: stop this with Ctrl-C and start it again; its log is ${plan.log}`,
        );
      resolve(how);
    });
  });
  const stop = (): Promise<void> => {
    stopping ??= endServer(plan, pid, identity, say);
    return stopping;
  };
  return { pid, identity, logSince, ended, stop };
}

async function endServer(plan: ServerPlan, pid: number, identity: string, say: Say): Promise<void> {
  const killed = await waiting(
    say,
    `${plan.name} to stop`,
    endProcess(pid, identity, plan.signal, plan.graceMs),
  );
  if (killed) say(`${plan.name} did not stop within ${elapsed(plan.graceMs)} and was killed`);
}

async function untilReady(plan: ServerPlan, server: Launched): Promise<void> {
  const until = Date.now() + plan.readyWithinMs;
  for (;;) {
    if (!lives(server.pid, server.identity)) {
      throw new LocalServerFailed(plan.name, 'ended while it was starting', plan.log, server.logSince);
    }
    try {
      await plan.ready();
      if (lives(server.pid, server.identity)) return;
    } catch (error) {
      if (Date.now() > until) {
        const last = error instanceof Error ? error.message : String(error);
        throw new LocalServerFailed(
          plan.name,
          `did not answer within ${elapsed(plan.readyWithinMs)} (${last})`,
          plan.log,
          server.logSince,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

function tailOf(path: string, since: number): string {
  if (!existsSync(path)) return '';
  return readFileSync(path)
    .subarray(since)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(-TAIL_LINES)
    .join('\n');
}
