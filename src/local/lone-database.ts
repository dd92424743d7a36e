import { startGuardian } from './guardian.ts';
import type { Env } from './home.ts';
import { unlessInterrupted } from './interrupt.ts';
import { throwAwayFolder } from './leftovers.ts';
import { lockFolder } from './lock.ts';
import { startPostgres } from './postgres-server.ts';
import type { LocalPostgres } from './postgres-server.ts';
import type { Say } from './say.ts';

/** A PostgreSQL server of this machine by itself: nothing serves, nothing else is started. */
export interface LoneDatabase {
  readonly url: string;
  /** Stops it, and removes its folder where that is thrown away; a second call waits for the same. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  readonly say: Say;
  readonly env: Env;
  /** Aborted while it comes up: what was started is stopped again, and `Interrupted` is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Starts the embedded PostgreSQL on a folder, in a guardian's care. The folder is locked until it is stopped. */
async function startedIn(
  folder: string,
  what: string,
  throwAway: boolean,
  { say, env, signal }: DatabaseOptions,
): Promise<LoneDatabase> {
  const lock = await lockFolder(folder, what);
  const guardian = startGuardian();
  if (throwAway) guardian.removeAtEnd(folder);
  let server: LocalPostgres | undefined;
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    try {
      await server?.stop();
    } finally {
      await guardian.close();
      lock.release();
    }
  };
  const stop = (): Promise<void> => (stopped ??= stopAll());
  try {
    return await unlessInterrupted(signal, stop, async () => {
      server = await startPostgres({ folder, say, guardian, env, throwAway });
      return { url: server.url, stop };
    });
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A PostgreSQL server in a throw-away folder, for trying something out. It and its folder go at the end, also after a
 * killed process: then the guardian removes them.
 * @param what names this use to whoever finds the folder locked
 * @throws NoPostgres, LocalServerFailed, Interrupted
 */
export function throwAwayDatabase(what: string, options: DatabaseOptions): Promise<LoneDatabase> {
  return startedIn(throwAwayFolder(), what, true, options);
}

/**
 * The embedded PostgreSQL of a data folder by itself, without anything that serves. The folder stays.
 * @throws FolderInUse while something runs there; NoPostgres, UnusableCluster, LocalServerFailed, Interrupted
 */
export function databaseOf(folder: string, what: string, options: DatabaseOptions): Promise<LoneDatabase> {
  return startedIn(folder, what, false, options);
}
