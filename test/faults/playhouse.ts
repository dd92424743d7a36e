import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHouse } from '../../src/client/house.ts';
import type { House } from '../../src/client/house.ts';
import { keyRing, loadMasterKey } from '../../src/directory/keys.ts';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { writeInstallation } from '../../src/local/installation.ts';
import { startParts } from '../../src/local/parts.ts';
import type { Parts } from '../../src/local/parts.ts';
import { startPostgres } from '../../src/local/postgres-server.ts';
import { identityOf } from '../../src/local/processes.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal } from '../../src/local/temporal-server.ts';
import type { Played } from '../../src/sandbox/player.ts';
import { setUp } from '../../src/sandbox/set-up.ts';
import { staged } from '../scenarios.ts';
import { build, family, root } from './system.ts';

const say = process.env['VERBOSE'] === undefined ? () => undefined : (line: string) => console.error(line);
const PLAYER = fileURLToPath(new URL('player.mjs', import.meta.url));
const LAST_CALL_MS = 5_000;

/** What may be killed. */
export type Part = 'worker' | 'temporal' | 'database' | 'player';

/** A scenario on real servers, each part in a process of its own, so that each of them can be killed. */
export class Playhouse {
  readonly folder: string;
  readonly parts: Parts;
  readonly house: House & { close(): Promise<void> };
  /** Kills that were seen to end a process, by part. */
  readonly kills: Record<Part, number> = { worker: 0, temporal: 0, database: 0, player: 0 };
  /** How often the worker ended without being killed; a keeper starts it again then. */
  ownEnds = 0;
  private database: { pid: number; stop(): Promise<void> };
  private temporal: { pid: number; stop(): Promise<void> };
  private worker: ChildProcess | null = null;
  private player: ChildProcess | null = null;
  private closing = false;

  private readonly scenario: string;

  private constructor(folder: string, parts: Parts, house: Playhouse['house'], scenario: string) {
    this.folder = folder;
    this.scenario = scenario;
    this.parts = parts;
    this.house = house;
    this.database = { pid: parts.database.pid ?? 0, stop: () => Promise.resolve() };
    this.temporal = { pid: parts.temporal.pid ?? 0, stop: () => Promise.resolve() };
  }

  /** Builds if need be, starts the servers in a throw-away folder and sets the scenario's organization up. */
  static async open(name = 'northside'): Promise<Playhouse> {
    build();
    const folder = mkdtempSync(join(tmpdir(), 'peer-hire-playhouse-'));
    const data = join(folder, 'data');
    const parts = await startParts({ folder: data, throwAway: true, env: process.env, say });
    const pool = openPool(parts.databaseUrl, 6);
    await migrate(pool);
    const keyFile = join(folder, 'master.key');
    const keys = keyRing(await loadMasterKey(keyFile, { create: true }));
    const { scenario, cast, calendar } = staged(name);
    const { org } = cast;
    await setUp({ org, pool, keys }, scenario, cast, calendar);
    const { namespace, address, ui, connectionOptions } = parts.temporal;
    const queue = 'lifecycle-play';
    const house = await openHouse({ org, pool, keys, namespace, queue, connection: connectionOptions });
    writeInstallation(folder, {
      ...{ v: 1, org, sandbox: true, pid: process.pid, keyFile, queue },
      temporal: { address, namespace, ui, ours: true },
      ...{ databaseUrl: parts.databaseUrl, databaseOurs: true },
      mail: { ...parts.mail.address, from: 'no-reply@peer-hire.invalid', page: null },
    });
    const made = new Playhouse(folder, parts, house, join(root, `scenarios/${name}.json`));
    await made.startWorker();
    return made;
  }

  /** Starts the worker process, and starts it again when it ends without having been killed here. */
  async startWorker(): Promise<void> {
    const child = fork(join(root, 'dist/worker/main.js'), [], {
      env: { PATH: process.env['PATH'], PEER_HIRE_FOLDER: this.folder },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.worker = child;
    this.inCare(child, 'worker');
    child.once('exit', () => {
      if (this.worker !== child || this.closing) return;
      this.ownEnds += 1;
      void this.startWorker();
    });
    await new Promise<void>((ready) => {
      child.once('message', () => ready());
      child.once('exit', () => ready());
    });
  }

  /** Starts the player in a process of its own. @returns what it found, or null when it was killed */
  startPlayer(): Promise<Played | null> {
    const child = fork(PLAYER, [this.folder, this.scenario], {
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.player = child;
    this.inCare(child, 'player');
    return new Promise((resolve, reject) => {
      let played: Played | null = null;
      child.once('message', (message) => (played = message as Played));
      child.once('exit', (code, signal) => {
        if (this.player === child) this.player = null;
        if (played !== null || signal === 'SIGKILL') resolve(played);
        else reject(new Error(`the player ended with ${signal ?? String(code)}`));
      });
    });
  }

  /** `kill -9` of a part, with all its processes; it is not started again here. */
  async kill(part: Part): Promise<void> {
    const child = part === 'worker' ? this.worker : this.player;
    const pid = part === 'database' || part === 'temporal' ? this[part].pid : child?.pid;
    if (pid === undefined) throw new Error(`there is no ${part} to kill`);
    if (part === 'worker') this.worker = null;
    const pids = family(pid);
    for (const one of pids) killed(one);
    await goneAll(pids);
    this.kills[part] += 1;
  }

  async restart(part: Exclude<Part, 'player'>): Promise<void> {
    if (part === 'worker') return this.startWorker();
    if (part === 'temporal') return this.restartTemporal();
    const folder = join(this.folder, 'data');
    const { guardian, throwAway } = this.parts;
    const until = Date.now() + LAST_CALL_MS;
    for (;;) {
      try {
        this.database = await startPostgres({ folder, say, guardian, throwAway });
        return;
      } catch (error) {
        // The lock of the killed server is given free when its end was seen.
        if (Date.now() > until) throw error;
        await new Promise((resume) => setTimeout(resume, 50));
      }
    }
  }

  /** Removes the database of a Temporal server that was killed: what it knew is lost. */
  loseTemporal(): void {
    const file = join(this.folder, 'data', 'temporal.db');
    if (!existsSync(file)) throw new Error('Temporal has no database file to lose');
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  }

  logs(): string {
    const files = ['worker.log', 'data/temporal.log', 'data/postgres.log'].map((name) =>
      join(this.folder, name),
    );
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  }

  async close(): Promise<void> {
    this.closing = true;
    if (this.player !== null) await this.kill('player');
    if (this.worker !== null) await this.kill('worker');
    await this.house.close();
    await this.house.pool.end();
    await this.temporal.stop();
    await this.database.stop();
    await this.parts.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async restartTemporal(): Promise<void> {
    const { guardian, temporal } = this.parts;
    const { path } = await findTemporal({ env: process.env, say });
    const folder = join(this.folder, 'data');
    const { namespace, address } = temporal;
    const server = await startTemporal({ binary: path, folder, namespace, say, guardian, sync: 'normal' });
    if (server.address !== address) throw new Error('Temporal did not get its port again');
    this.temporal = server;
  }

  private inCare(child: ChildProcess, name: string): void {
    const { pid } = child;
    if (pid === undefined) throw new Error(`the ${name} could not be started`);
    this.parts.guardian.watch(pid, name, 'SIGKILL');
    child.once('exit', () => this.parts.guardian.forget(pid));
  }
}

/** One that has ended by itself since it was listed is gone as well. */
function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** @throws when one of them still lives after five seconds */
async function goneAll(pids: readonly number[]): Promise<void> {
  const until = Date.now() + LAST_CALL_MS;
  for (const pid of pids)
    while (identityOf(pid) !== null) {
      if (Date.now() > until) throw new Error(`process ${pid} outlived kill -9`);
      await new Promise((resume) => setTimeout(resume, 5));
    }
}
