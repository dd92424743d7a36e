import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { isAbsolute, parse } from 'node:path';

import { ownScript } from './own-script.ts';
import type { StopSignal } from './processes.ts';

/** Keeps processes and throw-away folders from outliving the process that started them, however that one ends. */
export interface Guardian {
  /** To be called right before a process is started. Throws `GuardianClosed` once nothing can be taken into care. */
  mustWatch(): void;
  /** Takes a process into care: it is sent `signal` when the parent has ended, and is killed after `graceMs`. */
  watch(pid: number, name: string, signal: StopSignal, graceMs?: number): void;
  /** The parent itself has ended that process. */
  forget(pid: number): void;
  /** Removes a folder at the end, after all processes have ended. */
  removeAtEnd(folder: string): void;
  /** Lets the guardian do what is left, and waits for it. A second call waits for the same. */
  close(): Promise<void>;
}

/** Everything is being stopped: a process that is started now would outlive its parent. */
export class GuardianClosed extends Error {
  override readonly name = 'GuardianClosed';

  constructor() {
    super('everything is being stopped; nothing more is started');
  }
}

const GRACE_MS = 15_000;
const RELAUNCH_AFTER_MS = 500;

/**
 * Starts the guardian process in a session of its own, so that a Ctrl-C in the terminal reaches only the
 * parent. When the guardian itself is killed, another takes over with the same orders.
 */
export function startGuardian(): Guardian {
  const watched = new Map<number, string>();
  const folders: string[] = [];
  let closed: Promise<void> | undefined;
  let child = launch();

  function launch(): ChildProcess {
    const born = Date.now();
    const next = guardianProcess();
    next.once('exit', () => {
      // One that cannot even start would be launched for ever.
      const livedAWhile = Date.now() - born > RELAUNCH_AFTER_MS;
      if (closed === undefined && next === child && livedAWhile) child = launch();
    });
    for (const order of [...watched.values(), ...folders]) next.stdin?.write(order);
    return next;
  }

  return {
    mustWatch() {
      if (closed !== undefined) throw new GuardianClosed();
    },
    watch(pid, name, signal, graceMs = GRACE_MS) {
      const order = line({ order: 'watch', pid, name, signal, graceMs });
      watched.set(pid, order);
      child.stdin?.write(order);
    },
    forget(pid) {
      watched.delete(pid);
      child.stdin?.write(line({ order: 'forget', pid }));
    },
    removeAtEnd(folder) {
      const order = line({ order: 'remove', folder: removable(folder) });
      folders.push(order);
      child.stdin?.write(order);
    },
    close: () => (closed ??= ended(child)),
  };
}

function guardianProcess(): ChildProcess {
  const child = spawn(process.execPath, [ownScript(['guardian-main', 'processes'])], {
    detached: true,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A guardian that ended leaves a broken pipe; its 'exit' is what is acted on.
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  // Neither the process nor the pipe to it keeps the parent from ending.
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  return child;
}

function removable(folder: string): string {
  if (isAbsolute(folder) && folder !== parse(folder).root) return folder;
  throw new Error(`only a folder named from the root can be thrown away, not ${folder}`);
}

function line(order: Record<string, string | number>): string {
  return `${JSON.stringify(order)}\n`;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve();
      return;
    }
    child.ref();
    child.once('exit', () => {
      resolve();
    });
    child.stdin?.end();
  });
}
