import { join } from 'node:path';
import { keyRing, loadMasterKey } from '../directory/keys.ts';
import type { KeyRing } from '../directory/keys.ts';
import { openPool } from '../ledger/database.ts';
import { migrate } from '../ledger/migrate.ts';
import { readInstallation, writeInstallation } from '../local/installation.ts';
import type { Installation } from '../local/installation.ts';
import { unlessInterrupted } from '../local/interrupt.ts';
import type { ServerGivenUp } from '../local/keep-up.ts';
import { startParts } from '../local/parts.ts';
import type { Parts } from '../local/parts.ts';
import type { Env } from '../local/home.ts';
import type { Say } from '../local/say.ts';
import { makeOrganization } from '../client/organization.ts';
import type { NewOrganization, Office } from '../client/organization.ts';
import { newId } from './ids.ts';
import { ensureAttributes } from './search-attributes.ts';
import { keep } from './keeper.ts';
import type { KeptProcess } from './keeper.ts';
import { checkSettings, mailServerIn, originSetting, pagesPort } from './settings.ts';

export interface BringUp {
  readonly folder: string;
  readonly throwAway: boolean;
  readonly env: Env;
  readonly say: Say;
  /** What names this start to a second one. */
  readonly what: string;
  /** A sandbox's organization; left out: the one of the folder, or a new real one. */
  readonly organization?: NewOrganization;
  /** The folder's installation says that it is a sandbox, kept from a play: it is brought up again as it is. */
  readonly keptSandbox?: boolean;
  /** Something more to set up before the worker starts, e.g. a scenario's people. */
  readonly setUp?: (office: Office) => Promise<void>;
  /** Aborted before everything is up: what was started is stopped again. */
  readonly signal?: AbortSignal | undefined;
  /** Servers of this machine that end by themselves are started again, for as long as it stays up. */
  readonly keepUp?: boolean;
}

/** The folder's own database holds another organization than the one to be brought up. */
export class OtherOrganization extends Error {
  readonly code = 'other_organization';
  constructor(folder: string, sandbox: boolean) {
    const what = sandbox ? 'a sandbox' : 'another organization';
    super(
      `The folder ${folder} holds ${what}, and the two are never mixed. Name another folder with --home.`,
    );
    this.name = 'OtherOrganization';
  }
}

/** A running installation. */
export interface Running {
  readonly installation: Installation;
  readonly parts: Parts;
  readonly worker: KeptProcess;
  readonly api: KeptProcess;
  /** Where people reach it in a browser. */
  readonly address: string;
  /** Settles when a server that was kept up is given up: then nothing works any more, and all is to be stopped. */
  readonly givenUp: Promise<ServerGivenUp>;
  /** Stops the worker, then the servers; a second call waits for the same. `hurry` kills the worker at once. */
  stop(hurry?: boolean): Promise<void>;
}

const QUIET_MS = 60_000;

/**
 * The organization of this folder or of this database; a new one where there is none.
 * @throws OtherOrganization: a sandbox and a real organization, or two sandboxes, never share a folder
 */
async function organizationOf(
  pool: ReturnType<typeof openPool>,
  options: BringUp,
  folderOnly: boolean,
): Promise<{ readonly made: NewOrganization; readonly isNew: boolean }> {
  const { rows: all } = await pool.query<{ org: string; sandbox: boolean }>(
    'select org, sandbox from orgs order by created_at, org',
  );
  if (options.organization !== undefined) {
    const made = options.organization;
    const other = all.find((row) => row.org !== made.org);
    if (other !== undefined) throw new OtherOrganization(options.folder, other.sandbox);
    return { made, isNew: all.length === 0 };
  }
  const rows = all.filter((row) => !row.sandbox);
  const before = installedOrg(options.folder);
  const kept =
    options.keptSandbox === true ? all.find((row) => row.sandbox && row.org === before) : undefined;
  // What it is was fixed when it was made: making it again changes nothing.
  if (folderOnly && kept !== undefined)
    return { made: { org: kept.org, sandbox: null, quietMs: QUIET_MS }, isNew: false };
  if (folderOnly && rows.length < all.length) throw new OtherOrganization(options.folder, true);
  const org = rows.find((row) => row.org === before)?.org ?? rows[0]?.org;
  return { made: { org: org ?? newId('org_'), sandbox: null, quietMs: QUIET_MS }, isNew: org === undefined };
}

function installedOrg(folder: string): string | null {
  try {
    return readInstallation(folder).org;
  } catch {
    return null;
  }
}

/** The daily list names an address to unsubscribe only where somebody said who reads it: a dead one would be a false word. */
function unsubscribe(env: Env): Pick<Installation['mail'], 'unsubscribe'> {
  const address = env['PEER_HIRE_MAIL_UNSUBSCRIBE'] ?? '';
  return address === '' ? {} : { unsubscribe: address };
}

function mailOf(parts: Parts, env: Env, sandbox: boolean): Installation['mail'] {
  const from = env['PEER_HIRE_MAIL_FROM'] ?? 'no-reply@peer-hire.invalid';
  // A sandbox mails to this machine only, whatever the environment says.
  const server = sandbox ? null : mailServerIn(env);
  if (server !== null) return { ...server, from, page: null, ...unsubscribe(env) };
  return { ...parts.mail.address, from, page: parts.mail.page };
}

/**
 * Where the pages are: known before the worker starts, since its messages lead there; at the same port as the last time,
 * so that links sent before a restart stay good.
 */
async function placeOf(folder: string, env: Env): Promise<Required<Pick<Installation, 'origin' | 'port'>>> {
  const port = await pagesPort(env, portBefore(folder));
  return { port, origin: originSetting(env) ?? `http://localhost:${port}` };
}

function portBefore(folder: string): number | undefined {
  try {
    return readInstallation(folder).port;
  } catch {
    return undefined;
  }
}

async function install(parts: Parts, options: BringUp): Promise<Installation> {
  const { folder, env, say } = options;
  const pool = openPool(parts.databaseUrl, 2);
  try {
    const applied = await migrate(pool);
    if (applied.length > 0) say(`the database was brought up to date (${applied.length} migrations)`);
    const { made, isNew } = await organizationOf(pool, options, parts.database.ours);
    const keyFile = join(folder, 'master.key');
    const keys: KeyRing = keyRing(await loadMasterKey(keyFile, { create: isNew }));
    const office: Office = { org: made.org, pool, keys };
    await makeOrganization(office, made);
    await options.setUp?.(office);
    const { rows } = await pool.query<{ sandbox: boolean }>('select sandbox from orgs where org = $1', [
      made.org,
    ]);
    const sandbox = rows[0]?.sandbox ?? false;
    const { address, namespace, ui, ours, profile } = parts.temporal;
    const temporal = { address, namespace, ui, ours, ...(profile === undefined ? {} : { profile }) };
    return {
      ...{ v: 1, org: made.org, sandbox, pid: process.pid, temporal },
      ...{ databaseUrl: parts.databaseUrl, databaseOurs: parts.database.ours, keyFile },
      ...{ queue: `lifecycle-${made.org.slice(-6)}`, mail: mailOf(parts, env, sandbox) },
      ...(await placeOf(folder, env)),
    };
  } finally {
    await pool.end();
  }
}

/**
 * Brings an installation up in a folder: servers, schema, organization, key, search attributes, worker. What was
 * started is stopped again when something does not come up, or when the signal comes first.
 * @throws what the parts throw; Stop where search attributes cannot be registered; WorkerFailed; OtherOrganization;
 * Interrupted
 */
export async function bringUp(options: BringUp): Promise<Running> {
  const { folder, throwAway, env, say, what, signal } = options;
  checkSettings(env);
  // A sandbox never reaches the database or the namespace that anything here names for real work.
  const ownServers = options.keptSandbox === true || (options.organization?.sandbox ?? null) !== null;
  let giveUp: (error: ServerGivenUp) => void = () => undefined;
  const givenUp = new Promise<ServerGivenUp>((resolve) => (giveUp = resolve));
  const keepUp = options.keepUp === true ? { givenUp: giveUp } : undefined;
  const parts = await startParts({ folder, throwAway, env, ownServers, say, what, signal, keepUp });
  try {
    const running = await unlessInterrupted(
      signal,
      () => parts.stop(),
      () => furnished(parts, options),
    );
    return { ...running, givenUp };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/** What the parts become an installation with, and the worker. */
async function furnished(parts: Parts, options: BringUp): Promise<Omit<Running, 'givenUp'>> {
  const { folder, env, say, signal } = options;
  const installation = await install(parts, options);
  const { address, namespace, connectionOptions } = parts.temporal;
  await ensureAttributes({ ...connectionOptions }, address, namespace);
  writeInstallation(folder, installation);
  const common = { folder, guardian: parts.guardian, env, say, signal };
  const worker = await keep({ ...common, kept: 'worker' });
  say('the worker is ready');
  const api = await keep({ ...common, kept: 'api' }).catch(async (error: unknown) => {
    // Else it would be started again while its servers stop.
    await worker.stop();
    throw error;
  });
  const { address: page } = api.said as { address: string };
  say(`the console is at ${page}`);
  let stopped: Promise<void> | undefined;
  const stopAll = async (hurry: boolean): Promise<void> => {
    await Promise.all([worker.stop(hurry), api.stop(hurry)]);
    await parts.stop();
  };
  return {
    ...{ installation, parts, worker, api, address: page },
    stop: (hurry = false) => {
      if (stopped !== undefined && hurry) void Promise.all([worker.stop(true), api.stop(true)]);
      return (stopped ??= stopAll(hurry));
    },
  };
}
