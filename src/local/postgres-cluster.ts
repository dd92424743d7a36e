import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Guardian } from './guardian.ts';
import { freshFolder } from './postgres-place.ts';
import type { SystemUser } from './postgres-place.ts';
import { endProcess, identityOf } from './processes.ts';
import { elapsed, waiting } from './say.ts';
import type { Say } from './say.ts';

/** The role and the database that `DATABASE_URL` of an embedded server names. */
export const ROLE = 'peer_hire';

const STOP_GRACE_MS = 20_000;
const COMPLAINT = /\b(?:ERROR|FATAL|PANIC):.*/;

/** Programs, place and user of one cluster. */
export interface Cluster {
  /** The folder with `bin/postgres` and `bin/initdb`. */
  readonly programs: string;
  readonly data: string;
  readonly user: SystemUser | undefined;
  /** Keeps PostgreSQL's short-lived programs from outliving this process. */
  readonly guardian: Guardian;
}

/** The data folder was made by another PostgreSQL version than the installed one, or is damaged. */
export class UnusableCluster extends Error {
  override readonly name = 'UnusableCluster';
}

/**
 * Makes a new cluster whose only way in is the role `peer_hire` from the loopback with its password: no sockets, and the
 * superuser cannot sign in at all. The role owns its database and may create databases and roles; it is no superuser, so it
 * cannot switch triggers off for a session. Everything happens in a folder beside it that is renamed at the end:
 * a killed start leaves no half cluster.
 */
export async function makeCluster(cluster: Cluster, password: string, say: Say): Promise<void> {
  const began = Date.now();
  const half = `${cluster.data}.new`;
  freshFolder(half, cluster.user);
  const initdb = run(cluster, 'initdb', [
    `--pgdata=${half}`,
    '--username=postgres',
    '--auth-local=reject',
    '--auth-host=reject',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  await waiting(say, 'the new PostgreSQL data folder', initdb);
  writeFileSync(join(half, 'pg_hba.conf'), `host all ${ROLE} 127.0.0.1/32 scram-sha-256\n`);
  await alone({ ...cluster, data: half }, [
    `CREATE ROLE ${ROLE} LOGIN CREATEDB CREATEROLE PASSWORD '${password}';`,
    `CREATE DATABASE ${ROLE} OWNER ${ROLE};`,
  ]);
  renameSync(half, cluster.data);
  say(`PostgreSQL's data folder was made in ${elapsed(Date.now() - began)}: ${cluster.data}`);
}

/** Gives the role a new password, when the file that held the old one is lost. The server must not be running. */
export async function resetPassword(cluster: Cluster, password: string): Promise<void> {
  await alone(cluster, [`ALTER ROLE ${ROLE} PASSWORD '${password}';`]);
}

/** A password that needs no quoting anywhere. */
export function newPassword(): string {
  return randomBytes(24).toString('hex');
}

/** Refuses a data folder of another major version, in words. */
export function checkVersion(cluster: Cluster, ours: string): void {
  const path = join(cluster.data, 'PG_VERSION');
  const theirs = existsSync(path) ? readFileSync(path, 'utf8').trim() : 'unknown';
  if (theirs === ours) return;
  throw new UnusableCluster(
    `${cluster.data} was made by PostgreSQL ${theirs}; the installed one is ${ours}. Start it with the older ` +
      'release of peer-hire, export the ledger there, and import it into a new folder.',
  );
}

/** The installed major version, as `PG_VERSION` writes it. */
export async function majorVersion(cluster: Cluster): Promise<string> {
  const said = await run(cluster, 'postgres', ['--version']);
  return /\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 'unknown';
}

/**
 * Ends a server that a killed start left running on this cluster, if there is one. Its port and password stay the
 * same at the next start, so whoever used the old one finds the new one at the same address.
 */
export async function endOrphan(data: string, say: Say): Promise<void> {
  const pid = postmasterOf(data);
  const identity = pid === null ? null : identityOf(pid);
  if (pid === null || identity === null || !serves(pid, data)) return;
  say(
    `a PostgreSQL server of an earlier start still runs on this folder (process ${String(pid)}); stopping it`,
  );
  await waiting(say, 'that server to stop', endProcess(pid, identity, 'SIGINT', STOP_GRACE_MS));
}

/** The pid in the cluster's lock file, living or not. */
export function postmasterOf(data: string): number | null {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
  return Number.isInteger(pid) ? pid : null;
}

/** Whether a living process works in that data folder, where the system tells; a reused pid does not. */
function serves(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`) === data;
  } catch {
    return false;
  }
}

/** Waits for the last children of a killed server, which end by themselves when they notice; Linux only. */
export async function childrenGone(data: string, say: Say): Promise<void> {
  if (process.platform !== 'linux') return;
  const left = (): boolean =>
    readdirSync('/proc').some((name) => /^\d+$/.test(name) && serves(Number(name), data));
  const gone = async (): Promise<void> => {
    for (let tries = 0; tries < 100 && left(); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await waiting(say, 'the last processes of an earlier PostgreSQL', gone());
}

/** Single-user mode: statements without any server, port or password. */
async function alone(cluster: Cluster, statements: readonly string[]): Promise<void> {
  const log = ['-c', 'log_min_error_statement=panic'];
  const args = ['--single', '-D', cluster.data, ...log, 'postgres'];
  const said = await run(cluster, 'postgres', args, `${statements.join('\n')}\n`);
  const problem = COMPLAINT.exec(said)?.[0];
  if (problem !== undefined) throw new UnusableCluster(`PostgreSQL could not be prepared: ${problem}`);
}

/** Runs one of PostgreSQL's programs to its end and gives what it wrote. The statements go by its input, never as arguments. */
function run(cluster: Cluster, program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    cluster.guardian.mustWatch();
    // A group of its own: a Ctrl-C in the terminal reaches the parent only, which then stops everything in order.
    const child = spawn(join(cluster.programs, 'bin', program), args, {
      detached: true,
      cwd: '/',
      env: postgresEnv(),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...cluster.user,
    });
    const { pid } = child;
    if (pid !== undefined) cluster.guardian.watch(pid, program, 'SIGKILL');
    let said = '';
    const hear = (chunk: Buffer): void => void (said += chunk.toString('utf8'));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.stdin.on('error', () => undefined);
    child.once('error', (error) => {
      reject(new UnusableCluster(`${program} could not be started: ${error.message}`));
    });
    child.once('close', (code) => {
      if (pid !== undefined) cluster.guardian.forget(pid);
      if (code === 0) resolve(said);
      else
        reject(
          new UnusableCluster(`${program} failed (exit code ${String(code)}): ${said.trim().slice(-2000)}`),
        );
    });
    child.stdin.end(input);
  });
}

/** The environment of every PostgreSQL process: nothing of the caller's `PG…` variables, plain messages. */
export function postgresEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
