// Real servers in a throw-away folder, one organization on the real clock, and processes of the product's worker.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dist, load } from './dist.mjs';
import { until } from './numbers.mjs';
import { documents, holders, people, qualified, site } from './years.mjs';

const { openHouse } = await load('client/house.js');
const { applyTerms, assign, makeOrganization } = await load('client/organization.js');
const { addPerson } = await load('directory/people.js');
const { keyRing, loadMasterKey } = await load('directory/keys.js');
const { opaque } = await load('domain/kernel/digest.js');
const { TermsStore } = await load('ledger/documents.js');
const { openPool } = await load('ledger/database.js');
const { migrate } = await load('ledger/migrate.js');
const { writeInstallation } = await load('local/installation.js');
const { startParts } = await load('local/parts.js');

export const org = `org_${opaque('bench')}`;
export const queue = 'lifecycle-bench';
export const bareQueue = 'bare-bench';
const QUIET_MS = 2_000;

/**
 * The ledger's clock of this database can be set: years are written in their own time, and a wake is brought near. With
 * no instant set it is the product's own.
 */
const CLOCK_SQL = `
  create table bench_clock (at bigint, added bigint not null default 0);
  insert into bench_clock values (null, 0);
  alter function org_now(text) rename to org_now_of_the_product;
  create function org_now(p_org text) returns bigint language sql as $$
    select case when c.at is null then org_now_of_the_product(p_org) + c.added
      else (select greatest(c.at, h.at) from heads h where h.org = p_org) end from bench_clock c
  $$;`;

/** Starts everything but the workers. @param say tells what is waited for */
export async function openStage(say) {
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-bench-'));
  const { env } = process;
  const parts = await startParts({ folder, throwAway: true, env, ownServers: true, say, what: 'bench' });
  const pool = openPool(parts.databaseUrl, 8);
  try {
    return await furnish({ folder, parts, pool, env });
  } catch (error) {
    await pool.end();
    await parts.stop();
    throw error;
  }
}

async function furnish({ folder, parts, pool, env }) {
  await migrate(pool);
  const keyFile = join(folder, 'master.key');
  const keys = keyRing(await loadMasterKey(keyFile, { create: true }));
  const office = { org, pool, keys };
  await makeOrganization(office, { org, sandbox: null, quietMs: QUIET_MS });
  const year = new Date().getUTCFullYear();
  const docs = documents(year - 7, year + 5);
  await pool.query(CLOCK_SQL);
  const born = Date.UTC(year - 6, 0, 2, 15);
  await pool.query('update bench_clock set at = $1', [born]);
  const by = (decisionId) => ({ decisionId, actor: 'installation' });
  await applyTerms(office, { site, name: 'Bench', ...docs }, by('setup-terms'));
  for (const [word, ref] of Object.entries(people))
    await addPerson(pool, keys, {
      ...{ org, ref, name: `Bench ${word}`, email: `${word}@people.invalid`, keySeed: `bench|${word}` },
    });
  const list = holders.map(([person, capacity]) => ({ person, capacity, scope: site }));
  await assign(office, list, by('setup-people'));
  const fact = qualified(1, `${year}-01-02`);
  await pool.query(
    'insert into facts (org, kind, subject, value, case_id, sequence) values ($1, $2, $3, $4, $5, $6)',
    [org, fact.kind, fact.subject, fact.value, fact.case, fact.sequence],
  );
  const { address, namespace, connectionOptions, ui } = parts.temporal;
  writeInstallation(folder, {
    ...{ v: 1, org, sandbox: false, pid: process.pid, keyFile, queue },
    ...{
      temporal: { address, namespace, ui, ours: true },
      databaseUrl: parts.databaseUrl,
      databaseOurs: true,
    },
    mail: { ...parts.mail.address, from: 'no-reply@peer-hire.invalid', page: parts.mail.page },
  });
  const house = await openHouse({ ...office, namespace, queue, connection: connectionOptions });
  const ports = {
    ...{ org, pool, keys, terms: new TermsStore(), client: house.client, lifecycleQueue: queue },
    ...{ mail: { send: () => Promise.reject(new Error('the bench sends nothing')) } },
    log: { info: () => undefined, warn: () => undefined },
  };
  const workers = new Set();
  const close = async () => {
    await Promise.all([...workers].map((one) => stop(one, 'SIGKILL')));
    await house.close();
    await pool.end();
    await parts.stop();
  };
  return { folder, parts, pool, house, ports, docs, env, workers, close };
}

/** Sets the ledger's clock to an instant, or back to the real one with so many milliseconds added. */
export async function setClock(stage, at, added = 0) {
  await stage.pool.query('update bench_clock set at = $1, added = $2', [at, added]);
}

function launch(stage, script, env) {
  const child = spawn(process.execPath, [script], {
    ...{ cwd: '/', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    env: { ...stage.env, ...env },
  });
  stage.parts.guardian.watch(child.pid, 'bench worker', 'SIGTERM', 5_000);
  stage.workers.add(child);
  child.once('exit', () => {
    stage.parts.guardian.forget(child.pid);
    stage.workers.delete(child);
  });
  return child;
}

/** Starts the product's worker process. @returns it, before it is ready */
export function startWorker(stage) {
  const script = fileURLToPath(new URL('worker/main.js', dist));
  return launch(stage, script, { PEER_HIRE_FOLDER: stage.folder });
}

/** Starts the worker of the bare workflows. */
export function startBareWorker(stage) {
  const { address, namespace } = stage.parts.temporal;
  return launch(stage, fileURLToPath(new URL('bare-worker.mjs', import.meta.url)), {
    BENCH_BARE: JSON.stringify({ address, namespace, org, queue: bareQueue, folder: stage.folder }),
  });
}

/** @returns when the worker says that it is ready */
export function ready(child) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('the worker ended before it was ready')));
  });
}

export async function stop(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill(signal);
  await gone;
}

/** Waits until no prompt and no notice of these cases is open. */
export async function settled(stage, cases) {
  await until(
    'prompts and notices to settle',
    async () => {
      const { rows } = await stage.pool.query(
        `select (select count(*) from prompts where org = $1 and case_id = any($2) and state in ('queued', 'sending')
          and send_after <= (select org_now($1))) + (select count(*) from notices where org = $1 and to_case = any($2)
          and outcome is null) as open`,
        [org, cases],
      );
      return rows[0].open === 0;
    },
    120_000,
    25,
  );
}
