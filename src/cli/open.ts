import { resolve } from 'node:path';
import type pg from 'pg';
import type { House } from '../client/house.ts';
import type { ReadingOffice } from '../client/ask-reader.ts';
import { keyRing, loadMasterKey } from '../directory/keys.ts';
import { openPool } from '../ledger/database.ts';
import { TermsStore } from '../ledger/documents.ts';
import { erasedIn } from '../ledger/erased-list.ts';
import type { ErasedPlace } from '../ledger/erased-list.ts';
import { resolveHome, secondPlace } from '../local/home.ts';
import type { Env } from '../local/home.ts';
import { readInstallation } from '../local/installation.ts';
import type { Installation } from '../local/installation.ts';
import { connectionTo } from '../local/temporal-reach.ts';
import type { ConnectionTo } from '../local/temporal-reach.ts';

/** Options every command has. */
export interface Common {
  readonly json?: boolean | undefined;
  readonly home?: string | undefined;
}

/** The data folder a command works on: `--home`, else as the environment says. */
export function folderOf(common: Common, env: Env): string {
  return resolveHome(common.home === undefined ? env : { ...env, PEER_HIRE_HOME: resolve(common.home) });
}

/** An installation opened for one command. Temporal is reached only when it is asked for. */
export interface Opened {
  readonly folder: string;
  readonly installation: Installation;
  readonly office: ReadingOffice;
  readonly pool: pg.Pool;
  /** The second place for what must not be lost with this machine; null where the operator named none. */
  readonly second: string | null;
  /** Where it is noted what was erased, outside the database. */
  readonly erased: ErasedPlace;
  /** How its Temporal is reached. @throws TemporalProfileUnusable */
  connection(): ConnectionTo;
  /** Connects the façade. @throws when Temporal is away */
  house(): Promise<House>;
  close(): Promise<void>;
}

const CONNECTIONS = 3;

/**
 * Opens the installation of a data folder.
 * @throws NoInstallation, MasterKeyInvalid, MasterKeyExposed
 */
export async function openInstallation(common: Common, env: Env): Promise<Opened> {
  const folder = folderOf(common, env);
  const installation = readInstallation(folder);
  const keys = keyRing(await loadMasterKey(installation.keyFile, { create: false }));
  const { org, queue } = installation;
  const pool = openPool(installation.databaseUrl, CONNECTIONS);
  const terms = new TermsStore();
  const second = secondPlace(env);
  const connection = (): ConnectionTo => connectionTo(installation.temporal, env);
  let opening: Promise<House & { close(): Promise<void> }> | undefined;
  const connect = async () => {
    // Loaded when it is needed: reading commands start in half the time without Temporal's client.
    const { openHouse } = await import('../client/house.ts');
    const { namespace } = installation.temporal;
    return openHouse({ org, pool, keys, queue, namespace, connection: connection() });
  };
  // Asked again once it failed: a server that was away comes back.
  const forget = (error: unknown): never => {
    opening = undefined;
    throw error;
  };
  return {
    ...{ folder, installation, pool, connection, office: { org, pool, keys, terms } },
    ...{ second, erased: erasedIn(folder, second) },
    house: () => (opening ??= connect().catch(forget)),
    close: async () => {
      await opening?.then(
        (house) => house.close(),
        () => undefined,
      );
      await pool.end();
    },
  };
}

/** Opens an installation, works with it and closes it again, whatever happens. */
export async function within<T>(common: Common, env: Env, work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await openInstallation(common, env);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
