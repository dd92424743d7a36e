import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';

import { startServer, withFreePort, withSamePort } from './child-server.ts';
import type { Keeping } from './child-server.ts';
import type { Guardian } from './guardian.ts';
import { privateFolder } from './home.ts';
import type { Env } from './home.ts';
import { lockFolder } from './lock.ts';
import {
  ROLE,
  checkVersion,
  childrenGone,
  endOrphan,
  UnusableCluster,
  majorVersion,
  makeCluster,
  newPassword,
  postgresEnv,
  postmasterOf,
  resetPassword,
} from './postgres-cluster.ts';
import type { Cluster } from './postgres-cluster.ts';
import { claimPlace, placeForCluster, postgresPrograms, serverUser } from './postgres-place.ts';
import { identityOf } from './processes.ts';
import type { Say } from './say.ts';

/** A PostgreSQL server of this machine, started by us. */
export interface LocalPostgres {
  /** A `DATABASE_URL`; stays the same over restarts on the same folder as long as the port is free. */
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Settles when it has ended, for whatever reason: with the signal or the exit code. */
  readonly ended: Promise<string>;
  /** Where the cluster lies; as root it may lie outside the given folder. */
  readonly data: string;
  /** Stops the server in order; a second call waits for the same. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  readonly folder: string;
  readonly say: Say;
  readonly guardian: Guardian;
  readonly env?: Env;
  /** The folder will be removed at the end; so is what had to be put outside it. */
  readonly throwAway?: boolean;
  /** Left out: nobody starts it again when it ends by itself, and that is said. */
  readonly keeping?: Keeping | undefined;
}

/** What the next start must know, in a file only its owner can read. */
interface Remembered {
  readonly port: number;
  readonly password: string;
}

const READY_WITHIN_MS = 120_000;
const STOP_GRACE_MS = 20_000;
const MAX_CONNECTIONS = 60;

/**
 * Starts the embedded PostgreSQL on a folder: makes the cluster the first time, ends what a killed start left
 * behind, and waits until it answers a query. fsync is on: what it acknowledged survives a power cut. It
 * listens on the loopback only. The caller holds the folder's lock. Throws `NoPostgres`, `UnusableCluster`, `CopiedFolder`,
 * `LocalServerFailed` or `PortTaken`.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const { say, guardian, keeping, env = process.env } = options;
  guardian.mustWatch();
  const folder = privateFolder(options.folder);
  const user = serverUser();
  const programs = postgresPrograms(user, env);
  const old = recall(folder);
  const data = placeForCluster(folder, user);
  const cluster: Cluster = { programs, data, user, guardian };
  const again = keeping?.port ?? null;
  if (again !== null && (old === null || !existsSync(data))) throw new UnusableCluster(goneText(folder));
  const outside = dirname(data) === folder ? null : dirname(data);
  if (outside !== null && options.throwAway === true) guardian.removeAtEnd(outside);
  const lock = outside === null ? null : await lockFolder(outside);
  try {
    if (outside !== null) claimPlace(outside, folder);
    const password = await prepare(cluster, folder, old, say);
    const serveAt = async (free: number): ReturnType<typeof startServer> => {
      remember(folder, { port: free, password });
      return serve(cluster, folder, { port: free, password }, { say, guardian, keeping });
    };
    const { port, server } = await (again === null
      ? withFreePort(old?.port, serveAt)
      : withSamePort('PostgreSQL', again, serveAt));
    void server.ended.then(() => lock?.release());
    const stop = async (): Promise<void> => {
      await server.stop();
      lock?.release();
    };
    return { url: urlOf(port, password), pid: server.pid, port, ended: server.ended, data, stop };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Another start would make an empty one; under those who still use the old one nobody should find that. */
const goneText = (folder: string): string =>
  `its data folder, or postgres.json with its port and password, is gone from ${folder}: put it back, or stop this with Ctrl-C and start it again`;

async function prepare(cluster: Cluster, folder: string, old: Remembered | null, say: Say): Promise<string> {
  if (!existsSync(cluster.data)) {
    const password = newPassword();
    say(
      `making a new PostgreSQL data folder${cluster.user === undefined ? '' : ' for the system user "postgres"'}`,
    );
    // Written down first, so that there is no moment with a cluster and no password.
    remember(folder, { port: 0, password });
    await makeCluster(cluster, password, say);
    return password;
  }
  checkVersion(cluster, await majorVersion(cluster));
  await endOrphan(cluster.data, say);
  await childrenGone(cluster.data, say);
  if (old !== null) return old.password;
  const password = newPassword();
  await resetPassword(cluster, password);
  say("the file with PostgreSQL's password was lost; it has a new one");
  return password;
}

async function serve(
  cluster: Cluster,
  folder: string,
  door: { port: number; password: string },
  care: { say: Say; guardian: Guardian; keeping: Keeping | undefined },
): ReturnType<typeof startServer> {
  const stale = postmasterOf(cluster.data);
  const name = `peer-hire-${randomBytes(8).toString('hex')}`;
  return startServer(
    {
      name: 'PostgreSQL',
      command: join(cluster.programs, 'bin', 'postgres'),
      args: ['-D', cluster.data, '-p', String(door.port), ...settings(name)],
      // A pid file whose pid now belongs to a stranger is stale; saying so keeps PostgreSQL's own other checks.
      env: {
        ...postgresEnv(),
        ...(stale !== null && identityOf(stale) !== null ? { PG_GRANDPARENT_PID: String(stale) } : {}),
      },
      as: cluster.user,
      log: join(folder, 'postgres.log'),
      signal: 'SIGINT',
      graceMs: STOP_GRACE_MS,
      readyWithinMs: READY_WITHIN_MS,
      ready: () => answersAs(name, urlOf(door.port, door.password)),
      keeping: care.keeping,
    },
    care.guardian,
    care.say,
  );
}

/** Statement texts and row values stay out of the log: it may be shown when something fails. */
function settings(name: string): string[] {
  const set: Record<string, string> = {
    cluster_name: name,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(MAX_CONNECTIONS),
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  return Object.entries(set).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** One connection and one query, as a client does it; throws when the server does not answer. */
export async function answers(url: string): Promise<void> {
  await nameOf(url);
}

/**
 * The server that was just started under this name, and no other: a copy of a data folder has the same port and password, and
 * while this one is still finding its port taken, that one would answer for it.
 */
export async function answersAs(name: string, url: string): Promise<void> {
  if ((await nameOf(url)) !== name) throw new Error('another PostgreSQL server answers at this port');
}

async function nameOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(`select current_setting('cluster_name') as name`);
    return rows[0]?.name ?? '';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(port: number, password: string): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${String(port)}/${ROLE}?sslmode=disable`;
}

function recall(folder: string): Remembered | null {
  const path = join(folder, 'postgres.json');
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Remembered;
  } catch {
    return null;
  }
}

function remember(folder: string, what: Remembered): void {
  const path = join(folder, 'postgres.json');
  writeFileSync(`${path}.new`, JSON.stringify(what), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
