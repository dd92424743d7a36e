import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import type { Worker } from '@temporalio/worker';
import type { Ports } from '../../src/activities/ports.ts';
import { openHouse } from '../../src/client/house.ts';
import type { House } from '../../src/client/house.ts';
import { applyTerms, assign, makeOrganization } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { startParts } from '../../src/local/parts.ts';
import type { Parts } from '../../src/local/parts.ts';
import { smtpChannel } from '../../src/notify/smtp.ts';
import { Conductor } from '../../src/sandbox/conductor.ts';
import { createWorkers, installRuntime } from '../../src/worker/worker.ts';
import { eventLog, openLog } from '../../src/worker/log.ts';
import { calendarForTests, person, policyForTests, site, termsForTests } from '../unit/house.ts';
import { nightZone } from './night.ts';

/** Everything a test on the real servers needs: one organization on real Temporal, PostgreSQL and SMTP. */
export interface Stage {
  readonly parts: Parts;
  readonly house: House;
  readonly ports: Ports;
  readonly workers: readonly Worker[];
  conductor(): Promise<Conductor>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly seed: string;
  /** Local date of the sandbox clock, or null for the real clock. */
  readonly clock: string | null;
  readonly people: Readonly<Record<string, readonly Capacity[]>>;
  readonly quietMs?: number;
  /** Where messages say that the pages are; left out: they carry no link. */
  readonly origin?: string;
}

/** Starts servers and a worker in a throw-away folder, and an organization with people. */
export async function stage(options: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-test-'));
  const say = process.env['VERBOSE'] === undefined ? () => undefined : (line: string) => console.error(line);
  const parts = await startParts({ folder, throwAway: true, env: process.env, say });
  const pool = openPool(parts.databaseUrl, 12);
  await migrate(pool);
  const terms = termsForTests();
  const org = `org_${opaque(options.seed)}`;
  const keys = keyRing(Buffer.alloc(32, 7));
  const clock = options.clock === null ? null : instantOf(terms.calendar, options.clock, '09:00');
  const sandbox = clock === null ? null : { clock, seed: options.seed };
  await makeOrganization({ org, pool, keys }, { org, sandbox, quietMs: options.quietMs ?? 2_000 });
  const office = { org, pool, keys };
  await applyTerms(
    office,
    {
      site,
      name: 'Northside',
      policy: policyForTests(),
      calendar: clock === null ? calendarForTests(nightZone()) : terms.calendar,
      profile: terms.profile,
      comparator: terms.comparator,
    },
    { decisionId: 'setup-terms', actor: 'installation' },
  );
  await people(office, options);
  const queue = `lifecycle-${opaque(options.seed).slice(0, 6)}`;
  const { namespace, connectionOptions } = parts.temporal;
  const house = await openHouse({ ...office, namespace, queue, connection: connectionOptions });
  const logger = openLog(process.env['WORKER_LOG'] ?? join(folder, 'worker.log'));
  installRuntime(logger);
  const mail = smtpChannel({
    ...parts.mail.address,
    from: 'no-reply@example.org',
    timeoutMs: 5_000,
    loopbackOnly: true,
  });
  const ports: Ports = {
    ...office,
    terms: new TermsStore(),
    client: house.client,
    mail,
    log: eventLog(logger),
    lifecycleQueue: queue,
    ...(options.origin === undefined ? {} : { origin: options.origin }),
  };
  const native = await NativeConnection.connect(connectionOptions);
  const { lifecycle, effects } = await createWorkers(native, ports, { namespace, queue });
  const running = [lifecycle, effects].map((worker) => worker.run());
  const stop = async (): Promise<void> => {
    for (const worker of [lifecycle, effects]) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.allSettled(running);
    await native.close();
    await house.close();
    await pool.end();
    await parts.stop();
  };
  return { parts, house, ports, workers: [lifecycle, effects], conductor: () => Conductor.take(house), stop };
}

async function people(
  office: { org: string; pool: House['pool']; keys: House['keys'] },
  options: StageOptions,
): Promise<void> {
  const assignments = [];
  for (const [word, capacities] of Object.entries(options.people)) {
    const ref = person(word);
    const email = `${word}@example.org`;
    await addPerson(office.pool, office.keys, {
      org: office.org,
      ref,
      name: `Test ${word}`,
      email,
      keySeed: `${options.seed}|${word}`,
    });
    assignments.push(...capacities.map((capacity) => ({ person: ref, capacity, scope: site })));
  }
  await assign(office, assignments, { decisionId: 'setup-people', actor: 'installation' });
}
