import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';

import { startServer, withFreePort, withSamePort } from './child-server.ts';
import type { Keeping } from './child-server.ts';
import type { Guardian } from './guardian.ts';
import { privateFolder } from './home.ts';
import { accepts, freePort } from './ports.ts';
import { endProcess, lives } from './processes.ts';
import { waiting } from './say.ts';
import type { Say } from './say.ts';

/** A Temporal development server of this machine, started by us. */
export interface LocalTemporal {
  /** `host:port` of the gRPC service. */
  readonly address: string;
  readonly namespace: string;
  /** The address of Temporal's web pages. */
  readonly ui: string;
  readonly pid: number;
  readonly port: number;
  /** Settles when it has ended, for whatever reason: with the signal or the exit code. */
  readonly ended: Promise<string>;
  /** Stops the server in order; a second call waits for the same. */
  stop(): Promise<void>;
}

export interface TemporalOptions {
  readonly binary: string;
  readonly folder: string;
  readonly namespace: string;
  readonly say: Say;
  readonly guardian: Guardian;
  /**
   * SQLite's `synchronous`: `full` syncs each commit to the disk; `normal` syncs now and then. Neither loses
   * anything when a process is killed; in a power cut `normal` may lose the last moments of scheduling.
   */
  readonly sync: 'full' | 'normal';
  /** Left out: nobody starts it again when it ends by itself, and that is said. */
  readonly keeping?: Keeping | undefined;
}

/** What the next start must know: the addresses to take again, and the process to look for. */
interface Remembered {
  readonly port: number;
  readonly ui: number;
  readonly pid: number;
  readonly identity: string;
}

const READY_WITHIN_MS = 120_000;
const STOP_GRACE_MS = 15_000;

const SEARCH_ATTRIBUTES = {
  HireOrg: 'Keyword',
  HireCaseKind: 'Keyword',
  HireStage: 'Keyword',
  HireAttention: 'Keyword',
  HireNextDueAt: 'Datetime',
} as const;

/**
 * The server's default is made for a shared cluster: its transfer queue asks the database 20 times a second at most, so a
 * single chain of steps waits about 50 ms at each hop. Raising the limit of visibility calls made no difference in 60
 * counts in a row; the limits of the other queues are left alone because no harm of theirs was seen.
 * One partition for each task queue: of several, a task kept while no worker asked is passed from one to another, and
 * that waits two seconds.
 */
const DYNAMIC_CONFIG = {
  'history.transferProcessorMaxPollRPS': 2000,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
} as const;

/**
 * Starts a Temporal server on a database file in the folder, on the loopback only, with the five search attributes, and waits
 * until the namespace answers. A server that a killed start left on the same folder is stopped first: two of
 * them on one file would lose work silently. The caller holds the folder's lock. Throws `LocalServerFailed` or `PortTaken`.
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const { namespace, say } = options;
  options.guardian.mustWatch();
  const folder = privateFolder(options.folder);
  await endTemporalOrphan(folder, say);
  const old = recall(folder);
  let uiPort = 0;
  const serveAt = async (free: number): ReturnType<typeof startServer> => {
    uiPort = await freePort(old?.ui);
    if (old !== null && options.keeping !== undefined && uiPort !== old.ui)
      say(`the port of Temporal's web pages is taken; they are at http://127.0.0.1:${String(uiPort)} now`);
    const ports = { port: free, ui: uiPort, http: await freePort(), metrics: await freePort() };
    return serve(options, folder, ports);
  };
  const again = options.keeping?.port ?? null;
  const { port, server } = await (again === null
    ? withFreePort(old?.port, serveAt)
    : withSamePort('Temporal', again, serveAt));
  const address = `127.0.0.1:${String(port)}`;
  return {
    address,
    namespace,
    ui: `http://127.0.0.1:${String(uiPort)}`,
    ...{ pid: server.pid, port, ended: server.ended },
    stop: () => server.stop(),
  };
}

interface Ports {
  readonly port: number;
  readonly ui: number;
  readonly http: number;
  readonly metrics: number;
}

function serve(options: TemporalOptions, folder: string, ports: Ports): ReturnType<typeof startServer> {
  const address = `127.0.0.1:${String(ports.port)}`;
  return startServer(
    {
      name: 'Temporal',
      command: options.binary,
      args: flags(options, folder, ports),
      // Nothing of the caller's TEMPORAL_ variables: they say how to reach a server, and would turn this one elsewhere.
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: folder },
      log: join(folder, 'temporal.log'),
      signal: 'SIGTERM',
      graceMs: STOP_GRACE_MS,
      readyWithinMs: READY_WITHIN_MS,
      ready: async () => {
        // The gRPC client waits a whole second after a refused connection; the bare socket does not.
        await accepts(ports.port);
        await namespaceAnswers({ address }, options.namespace);
        // A copy of a data folder has the same port: this one was drawn now, so it is this server that answers.
        await accepts(ports.http);
      },
      born: (pid, identity) => {
        remember(folder, { port: ports.port, ui: ports.ui, pid, identity });
      },
      keeping: options.keeping,
    },
    options.guardian,
    options.say,
  );
}

function flags(options: TemporalOptions, folder: string, ports: Ports): string[] {
  const pairs = (flag: string, values: Record<string, string | number>): string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${String(value)}`]);
  const single = {
    '--ip': '127.0.0.1',
    '--ui-ip': '127.0.0.1',
    '--port': ports.port,
    '--ui-port': ports.ui,
    '--http-port': ports.http,
    '--metrics-port': ports.metrics,
    '--namespace': options.namespace,
    '--db-filename': join(folder, 'temporal.db'),
    '--log-level': 'warn',
    '--log-format': 'text',
    '--color': 'never',
  };
  return [
    'server',
    'start-dev',
    ...Object.entries(single).flatMap(([flag, value]) => [flag, String(value)]),
    ...pairs('--sqlite-pragma', { journal_mode: 'WAL', synchronous: options.sync === 'full' ? 2 : 1 }),
    ...pairs('--search-attribute', SEARCH_ATTRIBUTES),
    ...pairs('--dynamic-config-value', DYNAMIC_CONFIG),
  ];
}

/** One real call: the namespace must be known to the server behind this connection. Throws while it is not. */
export async function namespaceAnswers(
  connectionOptions: Parameters<typeof Connection.connect>[0],
  namespace: string,
): Promise<void> {
  const connection = await Connection.connect({ connectTimeout: 5000, ...connectionOptions });
  try {
    await connection.withDeadline(Date.now() + 5000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } finally {
    await connection.close();
  }
}

/** Ends a server that a killed start left running on this folder, if there is one. */
export async function endTemporalOrphan(folder: string, say: Say): Promise<void> {
  const old = recall(folder);
  if (old === null || !lives(old.pid, old.identity)) return;
  say(
    `a Temporal server of an earlier start still runs on this folder (process ${String(old.pid)}); stopping it`,
  );
  await waiting(say, 'that server to stop', endProcess(old.pid, old.identity, 'SIGTERM', STOP_GRACE_MS));
}

function recall(folder: string): Remembered | null {
  const path = join(folder, 'temporal.json');
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Remembered;
  } catch {
    return null;
  }
}

function remember(folder: string, what: Remembered): void {
  const path = join(folder, 'temporal.json');
  writeFileSync(`${path}.new`, JSON.stringify(what), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
