import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/cli/program.ts';
import { openHouse } from '../../src/client/house.ts';
import type { House } from '../../src/client/house.ts';
import { applyTerms, assign, makeOrganization } from '../../src/client/organization.ts';
import { keyRing, loadMasterKey } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { writeInstallation } from '../../src/local/installation.ts';
import { startMailCatcher } from '../../src/local/mail-catcher.ts';
import type { MailCatcher } from '../../src/local/mail-catcher.ts';
import { startParts } from '../../src/local/parts.ts';
import type { Parts } from '../../src/local/parts.ts';
import { startPostgres } from '../../src/local/postgres-server.ts';
import { identityOf } from '../../src/local/processes.ts';
import { findTemporal } from '../../src/local/temporal-binary.ts';
import { startTemporal } from '../../src/local/temporal-server.ts';
import { Conductor } from '../../src/sandbox/conductor.ts';
import { nightZone } from '../server/night.ts';
import { calendarForTests, person, policyForTests, site, termsForTests } from '../unit/house.ts';
import { build, family, root } from './system.ts';

const say = process.env['VERBOSE'] === undefined ? () => undefined : (line: string) => console.error(line);

export interface TheatreOptions {
  readonly seed: string;
  /** Local date of the sandbox clock, or null for the real clock. */
  readonly clock: string | null;
  readonly people: Readonly<Record<string, readonly Capacity[]>>;
  /** People the directory knows without an address. */
  readonly unreachable?: readonly string[];
}

/** One worker process, as an installation runs it. */
export interface WorkerProcess {
  readonly pid: number;
  /** Settles with the signal or code it ended with. */
  readonly ended: Promise<string>;
}

/**
 * One organization on real servers with the worker in a process of its own, so that each of them can be killed. Servers
 * come back on the same folder and port.
 */
export class Theatre {
  readonly folder: string;
  readonly parts: Parts;
  readonly house: House & { close(): Promise<void> };
  mail: MailCatcher;
  kills = 0;
  private postgres: { pid: number | null; stop(): Promise<void> };
  private temporal: { pid: number | null; stop(): Promise<void> };
  private worker: (WorkerProcess & { child: ChildProcess }) | null = null;

  private constructor(folder: string, parts: Parts, house: Theatre['house']) {
    this.folder = folder;
    this.parts = parts;
    this.house = house;
    this.mail = parts.mail;
    this.postgres = { pid: parts.database.pid, stop: () => Promise.resolve() };
    this.temporal = { pid: parts.temporal.pid, stop: () => Promise.resolve() };
  }

  /** The command line on this installation. @returns its exit code and the one JSON value it printed */
  async cli(...argv: readonly string[]): Promise<{ code: number; said: unknown }> {
    const out: string[] = [];
    const io = {
      ...{ out: (text: string) => void out.push(text), err: () => undefined },
      ...{ env: process.env, color: false, stdin: () => Promise.resolve(null) },
    };
    const code = await run(io, [...argv, '--json', '--home', this.folder]);
    return { code, said: JSON.parse(out.join('\n')) as unknown };
  }

  static async open(options: TheatreOptions): Promise<Theatre> {
    build();
    const folder = mkdtempSync(join(tmpdir(), 'peer-hire-faults-'));
    const parts = await startParts({ folder: join(folder, 'data'), throwAway: true, env: process.env, say });
    const pool = openPool(parts.databaseUrl, 16);
    await migrate(pool);
    const keyFile = join(folder, 'master.key');
    const keys = keyRing(await loadMasterKey(keyFile, { create: true }));
    const org = `org_${opaque(options.seed)}`;
    const queue = 'lifecycle';
    const office = { org, pool, keys };
    await furnish(office, options);
    const { namespace, address, connectionOptions } = parts.temporal;
    const house = await openHouse({ ...office, namespace, queue, connection: connectionOptions });
    writeInstallation(folder, {
      ...{ v: 1, org, sandbox: options.clock !== null, pid: process.pid, keyFile, queue },
      temporal: { address, namespace, ui: null, ours: true },
      ...{ databaseUrl: parts.databaseUrl, databaseOurs: true },
      mail: { ...parts.mail.address, from: 'no-reply@example.org', page: null },
    });
    return new Theatre(folder, parts, house);
  }

  /** Starts the worker process and waits until it says that it is ready. */
  async startWorker(env: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> {
    const child = fork(join(root, 'dist/worker/main.js'), [], {
      env: { PATH: process.env['PATH'], PEER_HIRE_FOLDER: this.folder, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const { pid } = child;
    if (pid === undefined) throw new Error('the worker could not be started');
    this.parts.guardian.watch(pid, 'worker', 'SIGKILL');
    const ended = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => {
        this.parts.guardian.forget(pid);
        resolve(signal ?? `code ${String(code)}`);
      });
    });
    const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
    const early = ended.then((how) => {
      throw new Error(`the worker ended before it was ready (${how}): ${said}`);
    });
    early.catch(() => undefined);
    await Promise.race([ready, early]);
    this.worker = { pid, ended, child };
    return this.worker;
  }

  /** `kill -9`. @returns false when it was gone already */
  async killWorker(): Promise<boolean> {
    const worker = this.worker;
    this.worker = null;
    if (worker === null || !worker.child.kill('SIGKILL')) return false;
    const how = await worker.ended;
    if (how === 'SIGKILL') this.kills += 1;
    return how === 'SIGKILL';
  }

  workerLog(): string {
    return readFileSync(join(this.folder, 'worker.log'), 'utf8');
  }

  /** Stops the cluster's processes where they stand, or lets them go on. @returns how many there were */
  signalPostgres(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): number {
    const pids = family(this.postgres.pid ?? 0);
    for (const pid of pids) process.kill(pid, signal);
    return pids.length;
  }

  databaseLives(): boolean {
    return identityOf(this.postgres.pid ?? 0) !== null;
  }

  async restartPostgres(): Promise<void> {
    const folder = join(this.folder, 'data');
    const { guardian, throwAway } = this.parts;
    const began = Date.now();
    for (;;) {
      try {
        this.postgres = await startPostgres({ folder, say, guardian, throwAway });
        return;
      } catch (error) {
        // The lock of the killed server is given free when its end was seen.
        if (Date.now() - began > 10_000) throw error;
        await new Promise((resume) => setTimeout(resume, 100));
      }
    }
  }

  /** `kill -9` of Temporal. @param lose also removes its database */
  killTemporal(lose = false): void {
    process.kill(this.temporal.pid ?? 0, 'SIGKILL');
    this.kills += 1;
    if (!lose) return;
    for (const end of ['', '-wal', '-shm'])
      rmSync(join(this.folder, 'data', `temporal.db${end}`), { force: true });
  }

  async restartTemporal(): Promise<void> {
    const folder = join(this.folder, 'data');
    const { guardian, temporal } = this.parts;
    const { path } = await findTemporal({ env: process.env, say });
    const { namespace } = temporal;
    this.temporal = await startTemporal({ binary: path, folder, namespace, say, guardian, sync: 'normal' });
  }

  /** The mail server goes away, with its port. */
  async stopMail(): Promise<void> {
    await this.mail.stop();
  }

  async restartMail(): Promise<void> {
    const { address, folder } = this.mail;
    this.mail = await startMailCatcher({ folder, port: address.port });
  }

  conductor(): Promise<Conductor> {
    return Conductor.take(this.house);
  }

  async close(): Promise<void> {
    await this.killWorker();
    await this.house.close();
    await this.house.pool.end();
    await this.mail.stop();
    await this.temporal.stop();
    await this.postgres.stop();
    await this.parts.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function furnish(
  office: { org: string; pool: House['pool']; keys: House['keys'] },
  options: TheatreOptions,
): Promise<void> {
  const { org, pool, keys } = office;
  const terms = termsForTests();
  const clock = options.clock === null ? null : instantOf(terms.calendar, options.clock, '09:00');
  const sandbox = clock === null ? null : { clock, seed: options.seed };
  await makeOrganization(office, { org, sandbox, quietMs: 1_000 });
  const { profile, comparator } = terms;
  const calendar = clock === null ? calendarForTests(nightZone()) : terms.calendar;
  await applyTerms(
    office,
    { site, name: 'Northside', policy: policyForTests(), calendar, profile, comparator },
    { decisionId: 'setup-terms', actor: 'installation' },
  );
  const list = Object.entries(options.people);
  for (const [word] of list) {
    const email = options.unreachable?.includes(word) === true ? null : `${word}@example.org`;
    const keySeed = `${options.seed}|${word}`;
    await addPerson(pool, keys, { org, ref: person(word), name: `Test ${word}`, email, keySeed });
  }
  const assignments = list.flatMap(([word, capacities]) =>
    capacities.map((capacity) => ({ person: person(word), capacity, scope: site })),
  );
  await assign(office, assignments, { decisionId: 'setup-people', actor: 'installation' });
}
