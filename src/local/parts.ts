import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Keeping } from './child-server.ts';
import { startGuardian } from './guardian.ts';
import type { Guardian } from './guardian.ts';
import { privateFolder } from './home.ts';
import type { Env } from './home.ts';
import { unlessInterrupted } from './interrupt.ts';
import { keepUp } from './keep-up.ts';
import type { KeepUp, KeptServer, Upkept } from './keep-up.ts';
import { lockFolder } from './lock.ts';
import { startMailCatcher } from './mail-catcher.ts';
import type { MailCatcher } from './mail-catcher.ts';
import { accepts } from './ports.ts';
import { answers, startPostgres } from './postgres-server.ts';
import type { Say } from './say.ts';
import { waiting } from './say.ts';
import { findTemporal } from './temporal-binary.ts';
import { namedTemporal } from './temporal-reach.ts';
import type { ConnectionTo, ProfileUsed } from './temporal-reach.ts';
import { namespaceAnswers, startTemporal } from './temporal-server.ts';

/** How to reach Temporal, whoever started it. */
export interface TemporalPart {
  readonly address: string;
  readonly namespace: string;
  /** The web pages of a server of ours; null for another's. */
  readonly ui: string | null;
  /** For `Connection.connect` and `NativeConnection.connect`: address, and key and certificates of a profile. */
  readonly connectionOptions: ConnectionTo;
  readonly ours: boolean;
  /** The process of a server of ours that runs now, else null. */
  readonly pid: number | null;
  /** The profile that leads to another's server; left out for one of ours. */
  readonly profile?: ProfileUsed;
}

/** Everything outside this process that the product needs. */
export interface Parts {
  readonly folder: string;
  readonly throwAway: boolean;
  readonly temporal: TemporalPart;
  readonly databaseUrl: string;
  readonly database: { readonly ours: boolean; readonly pid: number | null };
  readonly mail: MailCatcher;
  /** Takes further processes of the caller (a worker) into its care. */
  readonly guardian: Guardian;
  /** Stops what was started here, the last first, and gives the folder free; a second call waits for the same. */
  stop(): Promise<void>;
  /** What is in use, a line each, without any password. */
  describe(): string[];
}

export interface PartsOptions {
  readonly folder: string;
  /** The folder holds nothing that is kept: it is removed at the end, also after a crash. */
  readonly throwAway: boolean;
  readonly env: Env;
  /** Servers of this machine only, whatever the environment, a profile or its file names: a sandbox never reaches others. */
  readonly ownServers?: boolean | undefined;
  readonly say: Say;
  /** What names this start to a second one; shown in `FolderInUse`. */
  readonly what?: string;
  /** Aborted: what was started is stopped again, and `Interrupted` is thrown. Means nothing once everything is up. */
  readonly signal?: AbortSignal | undefined;
  /** Servers of ours that end by themselves are started again at the same address; left out: they stay away. */
  readonly keepUp?: KeepUp | undefined;
}

/** A server that the environment names does not answer. */
export class PartUnreachable extends Error {
  override readonly name = 'PartUnreachable';
  readonly part: 'temporal' | 'database';

  constructor(part: 'temporal' | 'database', where: string, why: string) {
    const variable = part === 'temporal' ? 'TEMPORAL_ADDRESS or the Temporal profile' : 'DATABASE_URL';
    super(
      `${part === 'temporal' ? 'Temporal' : 'PostgreSQL'} at ${where} does not answer (${why}). Start it, correct ${variable}, or unset it to use a server of this machine.`,
    );
    this.part = part;
  }
}

/** A throw-away folder holds something already, and would be removed with it. */
export class FolderNotEmpty extends Error {
  override readonly name = 'FolderNotEmpty';

  constructor(folder: string) {
    super(
      `The folder ${folder} is not empty, and a throw-away start would remove it at the end. Name a new folder.`,
    );
  }
}

const NAMESPACE = 'peer-hire';
const ANSWER_WITHIN_MS = 10_000;
const PROBE_MS = 2000;

type Undo = () => Promise<void> | void;

/**
 * Brings up what the product needs in a folder, and locks the folder. Where `TEMPORAL_ADDRESS` (or a Temporal
 * profile) or `DATABASE_URL` names a server, that one is used and nothing is started for it. When something does not come
 * up, what was started before it is stopped again. Throws `FolderInUse`, `FolderNotEmpty`, `PartUnreachable`,
 * `TemporalProfileUnusable`, `NoTemporalServer`, `NoPostgres`, `UnusableCluster`, `LocalServerFailed` or `Interrupted`.
 */
export async function startParts(options: PartsOptions): Promise<Parts> {
  const { throwAway, say } = options;
  const folder = privateFolder(options.folder);
  if (throwAway && holdsSomething(folder)) throw new FolderNotEmpty(folder);
  const lock = await lockFolder(folder, options.what);
  const guardian = startGuardian();
  if (throwAway) guardian.removeAtEnd(folder);
  const undo: Undo[] = [
    () => {
      lock.release();
    },
    () => guardian.close(),
  ];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= undoAll(undo));
  const bringUp = async (): Promise<Parts> => {
    const temporal = await temporalPart(options, folder, guardian, undo);
    const { databaseUrl, database } = await databasePart(options, folder, guardian, undo);
    const mail = await startMailCatcher({ folder: join(folder, 'mail') });
    undo.push(() => mail.stop());
    say(`mails are caught in ${mail.folder} and shown at ${mail.page}`);
    const parts = { folder, throwAway, temporal, databaseUrl, database, mail, guardian, stop };
    return { ...parts, describe: () => describe(parts) };
  };
  try {
    return await unlessInterrupted(options.signal, stop, bringUp);
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * What each part promises, for people: what is in use and what a power cut can lose.
 * @param mailsTo the mail server in use, or null when mails are only caught
 */
export function promises(
  parts: Pick<Parts, 'temporal' | 'database' | 'throwAway'>,
  mailsTo: string | null = null,
): string[] {
  const ledger = parts.database.ours
    ? 'PostgreSQL of this machine, fsync on: a decision that was acknowledged survives a killed process and a power cut, as far as the disk keeps what it confirms.'
    : 'PostgreSQL from DATABASE_URL: what a power cut can lose is up to that server (fsync and synchronous_commit should be on).';
  const schedule = parts.temporal.ours
    ? [
        'Temporal development server of this machine, SQLite with synchronous=normal: a killed process loses nothing; a power cut may lose the last moments of scheduling. The decisions are in the ledger, and "peer-hire recover temporal" restores the schedule from it.',
        'The development server is not for production: for that, set TEMPORAL_ADDRESS to a cluster or to Temporal Cloud.',
      ]
    : ['Temporal from TEMPORAL_ADDRESS or a profile: it keeps what that cluster promises.'];
  const mail =
    mailsTo === null ? 'Mails are caught on this machine and not sent on.' : `Mails go to ${mailsTo}.`;
  const folder = parts.throwAway ? ['Everything here is thrown away at the end.'] : [];
  return [ledger, ...schedule, mail, ...folder];
}

async function temporalPart(
  options: PartsOptions,
  folder: string,
  guardian: Guardian,
  undo: Undo[],
): Promise<TemporalPart> {
  const { env, say, ownServers = false } = options;
  const named = ownServers ? null : namedTemporal(env);
  if (named !== null) {
    const { address, namespace, connectionOptions } = named;
    say(`using the Temporal server at ${address}, namespace ${namespace}`);
    const attempt = notRefused(address).then(() => namespaceAnswers({ ...connectionOptions }, namespace));
    await reached('temporal', address, say, attempt);
    return { ...named, ui: null, ours: false, pid: null };
  }
  const { path } = await findTemporal({ env, say });
  const namespace = (ownServers ? undefined : env['TEMPORAL_NAMESPACE']) ?? NAMESPACE;
  const own = { binary: path, folder, namespace, say, guardian, sync: 'normal' } as const;
  const server = await started('Temporal', options, (keeping) => startTemporal({ ...own, keeping }));
  undo.push(() => server.stop());
  const { address, ui } = server.first;
  return {
    ...{ address, namespace, ui, connectionOptions: { address }, ours: true },
    get pid() {
      return server.pid();
    },
  };
}

/** A server of ours, started again when it ends by itself where that is asked for. */
async function started<S extends Upkept>(
  name: string,
  { keepUp: how, say }: PartsOptions,
  start: (keeping: Keeping | undefined) => Promise<S>,
): Promise<KeptServer & { readonly first: S }> {
  if (how !== undefined) return keepUp(name, { ...how, say }, start);
  const first = await start(undefined);
  return { first, pid: () => first.pid, stop: () => first.stop() };
}

/** The gRPC client keeps trying a port that nobody listens at; a person should hear of it at once. */
async function notRefused(address: string): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const silent = new Promise<void>((resolve) => setTimeout(resolve, PROBE_MS).unref());
  const probe = accepts(Number(port === '' ? 7233 : port), hostname).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') throw error;
  });
  await Promise.race([probe, silent]);
}

async function databasePart(
  options: PartsOptions,
  folder: string,
  guardian: Guardian,
  undo: Undo[],
): Promise<Pick<Parts, 'databaseUrl' | 'database'>> {
  const { env, say, throwAway, ownServers = false } = options;
  const given = ownServers ? undefined : env['DATABASE_URL'];
  if (given !== undefined && given !== '') {
    const where = withoutPassword(given);
    say(`using the PostgreSQL server at ${where}`);
    await reached('database', where, say, answers(given));
    return { databaseUrl: given, database: { ours: false, pid: null } };
  }
  const server = await started('PostgreSQL', options, (keeping) =>
    startPostgres({ folder, say, guardian, env, throwAway, keeping }),
  );
  undo.push(() => server.stop());
  const database = {
    ours: true,
    get pid() {
      return server.pid();
    },
  };
  return { databaseUrl: server.first.url, database };
}

async function reached(
  part: 'temporal' | 'database',
  where: string,
  say: Say,
  attempt: Promise<void>,
): Promise<void> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error('no answer in time'));
    }, ANSWER_WITHIN_MS).unref();
  });
  try {
    await waiting(say, `${where} to answer`, Promise.race([attempt, late]));
  } catch (error) {
    throw new PartUnreachable(part, where, error instanceof Error ? error.message : String(error));
  }
}

/** The last started first. One that cannot be stopped does not keep the others; its error comes at the end. */
async function undoAll(undo: Undo[]): Promise<void> {
  const failed: unknown[] = [];
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, 'not everything could be stopped');
}

function describe(parts: Omit<Parts, 'describe'>): string[] {
  const { temporal, database, mail } = parts;
  return [
    `Folder: ${parts.folder}${parts.throwAway ? ' (thrown away at the end)' : ''}`,
    `Temporal: ${temporal.address}, namespace ${temporal.namespace}${whose(temporal)}`,
    ...(temporal.ui === null ? [] : [`Temporal's web pages: ${temporal.ui}`]),
    `PostgreSQL: ${withoutPassword(parts.databaseUrl)}${whose(database)}`,
    `Mail catcher: ${mail.address.host}:${String(mail.address.port)}, page ${mail.page}, files in ${mail.folder}`,
  ];
}

function whose(part: { ours: boolean; pid: number | null }): string {
  return part.ours ? ` (started here, process ${String(part.pid)})` : ' (named by the environment)';
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname, username } = new URL(url);
    return `${username === '' ? '' : `${username}@`}${host}${pathname}`;
  } catch {
    return '(an address that is not a URL)';
  }
}

function holdsSomething(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('lock-'));
}
