import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import type { Ports } from '../../src/activities/ports.ts';
import { openHouse } from '../../src/client/house.ts';
import type { House } from '../../src/client/house.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { startParts } from '../../src/local/parts.ts';
import type { Parts } from '../../src/local/parts.ts';
import { smtpChannel } from '../../src/notify/smtp.ts';
import { play } from '../../src/sandbox/player.ts';
import type { Played } from '../../src/sandbox/player.ts';
import { setUp } from '../../src/sandbox/set-up.ts';
import { createWorkers, installRuntime } from '../../src/worker/worker.ts';
import { eventLog, openLog } from '../../src/worker/log.ts';
import type { Staged } from '../scenarios.ts';

/** A scenario that was played, with its organization still open for questions. */
export interface PlayedThere {
  readonly house: House;
  readonly played: Played;
}

/** One set of servers on which scenarios are played one after another, each with an organization and workers of its own. */
export interface Playground {
  readonly parts: Parts;
  /** @param stay its workers go on until everything stops: for what is asked after the play */
  play(staged: Staged, stay?: boolean): Promise<PlayedThere>;
  stop(): Promise<void>;
}

const quiet = { progress: () => undefined };

/** @param origin where messages say that the pages are; left out: they carry no link */
export async function openPlayground(origin?: string): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-playground-'));
  const say = process.env['VERBOSE'] === undefined ? () => undefined : (line: string) => console.error(line);
  const parts = await startParts({ folder, throwAway: true, env: process.env, say });
  const pool = openPool(parts.databaseUrl, 12);
  await migrate(pool);
  const keys = keyRing(Buffer.alloc(32, 7));
  const { namespace, connectionOptions } = parts.temporal;
  const logger = openLog(process.env['WORKER_LOG'] ?? join(folder, 'worker.log'));
  installRuntime(logger);
  const native = await NativeConnection.connect(connectionOptions);
  const houses: { close(): Promise<void> }[] = [];

  const stops: (() => Promise<void>)[] = [];
  const playThere = async (staged: Staged, stay = false): Promise<PlayedThere> => {
    const { scenario, cast, calendar, name } = staged;
    const office = { org: cast.org, pool, keys };
    await setUp(office, scenario, cast, calendar);
    const queue = `lifecycle-${name}`;
    const house = await openHouse({ ...office, namespace, queue, connection: connectionOptions });
    houses.push(house);
    const from = 'no-reply@peer-hire.invalid';
    const mail = smtpChannel({ ...parts.mail.address, from, timeoutMs: 5_000, loopbackOnly: true });
    const ports: Ports = {
      ...{ ...office, terms: new TermsStore(), client: house.client, mail },
      ...{ log: eventLog(logger), lifecycleQueue: queue },
      ...(origin === undefined ? {} : { origin }),
    };
    const { lifecycle, effects } = await createWorkers(native, ports, { namespace, queue });
    const running = [lifecycle, effects].map((worker) => worker.run());
    const stopWorkers = async (): Promise<void> => {
      for (const worker of [lifecycle, effects]) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(running);
    };
    if (stay) stops.push(stopWorkers);
    try {
      return { house, played: await play(house, scenario, cast, calendar, quiet) };
    } finally {
      if (!stay) await stopWorkers();
    }
  };
  const stop = async (): Promise<void> => {
    for (const one of stops) await one();
    await native.close();
    for (const house of houses) await house.close();
    await pool.end();
    await parts.stop();
  };
  return { parts, play: playThere, stop };
}
