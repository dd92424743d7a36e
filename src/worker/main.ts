import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import type { Ports } from '../activities/ports.ts';
import { HEADS } from '../activities/heads.ts';
import { keepTelling } from '../activities/house-mail.ts';
import { sweep } from '../activities/sweep.ts';
import { openHouse } from '../client/house.ts';
import { scheduleNightly } from '../client/post-schedule.ts';
import { keyRing, loadMasterKey } from '../directory/keys.ts';
import { openPool } from '../ledger/database.ts';
import { TermsStore } from '../ledger/documents.ts';
import { erasedIn } from '../ledger/erased-list.ts';
import { headsIn } from '../ledger/heads.ts';
import { secondPlace } from '../local/home.ts';
import { readInstallation } from '../local/installation.ts';
import { connectionTo } from '../local/temporal-reach.ts';
import { smtpChannel } from '../notify/smtp.ts';
import { eventLog, openLog } from './log.ts';
import { createWorkers, installRuntime } from './worker.ts';

const MOST_CONNECTIONS = 8;
const SWEEP_EVERY_MS = 60_000;

/** Sweeps every minute. @returns what ends it */
function keepSweeping(ports: Ports): () => void {
  const sweeping = setInterval(() => {
    sweep(ports).catch((error: Error) => ports.log.warn('sweep_failed', { code: error.name }));
  }, SWEEP_EVERY_MS);
  return () => clearInterval(sweeping);
}

/** Runs the workers of the installation in `PEER_HIRE_FOLDER` until it is told to stop. */
async function main(): Promise<void> {
  const folder = process.env['PEER_HIRE_FOLDER'];
  if (folder === undefined)
    throw new Error('PEER_HIRE_FOLDER is not set; start the worker with "peer-hire start"');
  const installation = readInstallation(folder);
  const logger = openLog(process.env['PEER_HIRE_LOG'] ?? join(folder, 'worker.log'));
  const log = eventLog(logger);
  installRuntime(logger);
  const pool = openPool(installation.databaseUrl, MOST_CONNECTIONS, (code) => log.warn('database', { code }));
  const keys = keyRing(await loadMasterKey(installation.keyFile, { create: false }));
  const { org, queue } = installation;
  const { namespace } = installation.temporal;
  const connection = connectionTo(installation.temporal, process.env);
  const house = await openHouse({ org, pool, keys, namespace, queue, connection });
  const { page: _page, ...server } = installation.mail;
  const mail = smtpChannel({ ...server, timeoutMs: 10_000, loopbackOnly: installation.sandbox });
  const ports: Ports = {
    org,
    pool,
    keys,
    mail,
    log,
    terms: new TermsStore(),
    client: house.client,
    lifecycleQueue: queue,
    ...(installation.origin === undefined ? {} : { origin: installation.origin }),
    ...(installation.sandbox
      ? {}
      : { heads: headsIn(folder), erased: erasedIn(folder, secondPlace(process.env)) }),
  };
  const native = await NativeConnection.connect(connection);
  const { lifecycle, effects } = await createWorkers(native, ports, { namespace, queue });
  const stop = (): void => {
    for (const worker of [lifecycle, effects]) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const ends = [keepSweeping(ports), keepTelling(ports)];
  if (!installation.sandbox)
    scheduleNightly({ org, client: house.client, queue }, HEADS).catch((error: Error) =>
      log.warn('schedule_failed', { code: error.name }),
    );
  process.send?.({ ready: true });
  await Promise.all([lifecycle.run(), effects.run()]);
  for (const end of ends) end();
  await native.close();
  await house.close();
  await pool.end();
}

main().then(
  () => process.exit(0),
  (error: Error & { code?: string }) => {
    // Name and code only: a message may quote an address or a server's text.
    process.stderr.write(`worker ended: ${error.name} ${error.code ?? ''}\n`);
    process.exit(1);
  },
);
