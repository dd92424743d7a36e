import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Ports } from '../../src/activities/ports.ts';
import { step } from '../../src/activities/step.ts';
import { run } from '../../src/cli/program.ts';
import { applyTerms, assign, makeOrganization } from '../../src/client/organization.ts';
import type { Office } from '../../src/client/organization.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { writeInstallation } from '../../src/local/installation.ts';
import type { actsOn } from '../faults/acts.ts';
import { people } from '../faults/acts.ts';
import { calendarForTests, person, policyForTests, site, termsForTests } from '../unit/house.ts';
import { nightZone } from './night.ts';

/** A house that copies are made of: its people, its folder, and the command line on it. */

const MASTER = Buffer.alloc(32, 7);
export const keys = keyRing(MASTER);
const staff: Readonly<Record<string, readonly Capacity[]>> = { ...people, pia: ['privacy_officer'] };

/** The organization with its terms and everybody who works there. */
export async function furnished(office: Office): Promise<void> {
  const { org, pool } = office;
  await makeOrganization(office, { org, sandbox: null, quietMs: 1_000 });
  const { profile, comparator } = termsForTests();
  const night = calendarForTests(nightZone());
  const terms = { site, name: 'Northside', policy: policyForTests(), calendar: night, profile, comparator };
  await applyTerms(office, terms, { decisionId: 'setup-terms', actor: 'installation' });
  for (const word of Object.keys(staff)) {
    const email = `${word}@example.org`;
    await addPerson(pool, keys, { org, ref: person(word), name: `Test ${word}`, email });
  }
  const offices = Object.entries(staff).flatMap(([word, capacities]) =>
    capacities.map((capacity) => ({ person: person(word), capacity, scope: site })),
  );
  await assign(office, offices, { decisionId: 'setup-people', actor: 'installation' });
}

/** Key and installation of such a house in a folder that is there. */
export function installed(home: string, keyFile: string, org: string, databaseUrl: string): void {
  writeFileSync(keyFile, MASTER.toString('hex'), { mode: 0o600 });
  writeInstallation(home, {
    ...{ v: 1, org, sandbox: false, pid: process.pid, keyFile, queue: 'lifecycle' },
    temporal: { address: '127.0.0.1:1', namespace: 'none', ui: null, ours: true },
    ...{ databaseUrl, databaseOurs: false },
    mail: { host: '127.0.0.1', port: 1, from: 'no-reply@example.org', page: null },
  });
}

/** Commands of its cases, each done. */
export function actingIn(office: Office) {
  const { org } = office;
  const log = { info: () => undefined, warn: () => undefined };
  const ports = { ...office, terms: new TermsStore(), log, lifecycleQueue: '' } as unknown as Ports;
  return async (id: string, command: ReturnType<ReturnType<typeof actsOn>>): Promise<void> => {
    const asked = { envelope: { ...command, case: id }, askedAt: Date.now() };
    const { answer } = await step(ports, { org, case: id, sequence: 0, command: asked }, 5_000);
    expect(answer, JSON.stringify(answer)).toMatchObject({ is: 'done' });
  };
}

/** The command line on a folder, and the one JSON value it printed. */
export const commandLine =
  <Said>(home: string) =>
  async (
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
    folder = home,
  ): Promise<{ readonly code: number; readonly said: Said }> => {
    const out: string[] = [];
    const io = {
      ...{ out: (text: string) => void out.push(text), err: () => undefined },
      ...{ env: { PATH: process.env['PATH'], ...env }, color: false, stdin: async () => null },
    };
    const code = await run(io, [...argv, '--json', '--home', folder]);
    return { code, said: JSON.parse(out.join('\n')) as Said };
  };

/** Where another database of the same server is. */
export const beside = (url: string, database: string): string => url.replace(/\/[^/]*$/, `/${database}`);
