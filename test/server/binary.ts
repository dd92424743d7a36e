import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The real binary, as a user has it, with a data folder of its own. */

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One installation that is up, and a way to ask it from a shell. */
export interface Shell {
  /** A folder for files of the test; gone with the shell. */
  readonly base: string;
  call(argv: readonly string[], stdin?: string): Promise<Ended>;
  /** What a command printed with `--json`, and its exit code. Anything on standard error is a fault of its own. */
  json(
    argv: readonly string[],
    stdin?: string,
  ): Promise<{ readonly code: number | null; readonly said: unknown }>;
  /** Looks into the database behind its back. */
  query<T extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<readonly T[]>;
  stop(): Promise<void>;
}

function ownEnv(base: string): NodeJS.ProcessEnv {
  const foreign = /^(TEMPORAL_|DATABASE_URL$|PEER_HIRE_(SMTP|MAIL))/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const home = join(base, 'home');
  return { ...Object.fromEntries(kept), TEMPORAL_CONFIG_FILE: join(base, 'none.toml'), PEER_HIRE_HOME: home };
}

function ended(child: ChildProcess, stdin: string): Promise<Ended> {
  return new Promise((resolve) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (part) => (out += String(part)));
    child.stderr?.on('data', (part) => (err += String(part)));
    child.once('close', (code) => resolve({ code, out, err }));
    child.stdin?.end(stdin);
  });
}

/** `peer-hire start`, until it says that it is ready. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (part) => {
      said += String(part);
      if (said.includes('\n')) resolve();
    });
    child.once('close', () => reject(new Error(`start ended: ${said}`)));
  });
}

/** Starts an installation in a folder of its own. */
export async function startShell(name: string): Promise<Shell> {
  const base = mkdtempSync(join(tmpdir(), `peer-hire-${name}-`));
  // As root the database runs under another user, who must be able to pass through.
  chmodSync(base, 0o711);
  const env = ownEnv(base);
  const binary = join(root, 'dist/cli/main.js');
  const run = (argv: readonly string[]): ChildProcess =>
    spawn(process.execPath, [binary, ...argv], { env, cwd: base });
  const server = run(['start', '--json']);
  const closed = new Promise((resolve) => server.once('close', resolve));
  await ready(server);
  const { databaseUrl } = JSON.parse(readFileSync(join(base, 'home', 'installation.json'), 'utf8')) as {
    databaseUrl: string;
  };
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const call = (argv: readonly string[], stdin = ''): Promise<Ended> => ended(run(argv), stdin);
  return {
    ...{ base, call },
    json: async (argv: readonly string[], stdin = '') => {
      const { code, out, err } = await call([...argv, '--json'], stdin);
      if (err !== '') throw new Error(`on standard error: ${err}`);
      return { code, said: JSON.parse(out) as unknown };
    },
    query: async <T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await pool.query<T>(sql, [...values])).rows,
    stop: async () => {
      await pool.end();
      if (server.exitCode === null) server.kill('SIGINT');
      await closed;
      rmSync(base, { recursive: true, force: true });
    },
  };
}
