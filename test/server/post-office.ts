import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { expect } from 'vitest';
import type { Ports } from '../../src/activities/ports.ts';
import { step } from '../../src/activities/step.ts';
import { applyTerms, assign, makeOrganization } from '../../src/client/organization.ts';
import type { StepAnswer } from '../../src/contracts/step.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { openPool } from '../../src/ledger/database.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { startMailCatcher } from '../../src/local/mail-catcher.ts';
import type { MailCatcher } from '../../src/local/mail-catcher.ts';
import { smtpChannel } from '../../src/notify/smtp.ts';
import { caseOf, person, policyForTests, site, termsForTests } from '../unit/house.ts';
import { withPostgres } from './with-postgres.ts';

/** An organization on a real PostgreSQL with a real mail server beside it; its activities are called by hand. */
export interface PostOffice {
  readonly ports: Ports;
  readonly pool: pg.Pool;
  readonly mail: MailCatcher;
  /** One decision of a case through the step, under an id of its own unless one is given. */
  act(
    caseId: string,
    actor: string,
    type: string,
    payload?: object,
    decisionId?: string,
  ): Promise<StepAnswer>;
  /** A step without a command, as after a nudge. */
  look(caseId: string): Promise<StepAnswer>;
  forward(ms: number): Promise<void>;
  close(): Promise<void>;
}

export const people = {
  dana: ['hr'],
  luis: ['team_member'],
  ana: ['team_member'],
  candidate: [],
} as const satisfies Readonly<Record<string, readonly Capacity[]>>;

export const opening = caseOf('opening', 'northside one');

async function furnish(
  office: { org: string; pool: pg.Pool; keys: Ports['keys'] },
  rules: Readonly<Record<string, number>>,
): Promise<void> {
  const terms = termsForTests();
  const clock = instantOf(terms.calendar, '2025-03-05', '10:00');
  const { calendar, profile, comparator } = terms;
  await makeOrganization(office, { org: office.org, sandbox: { clock, seed: office.org }, quietMs: 1_000 });
  await applyTerms(
    office,
    { site, name: 'Northside', policy: withRules(rules), calendar, profile, comparator },
    { decisionId: 'setup-terms', actor: 'installation' },
  );
  for (const word of Object.keys(people)) {
    const ref = person(word);
    // One has a zone of their own; the others' is their site's.
    const zone = word === 'ana' ? 'America/New_York' : null;
    const { pool, keys, org } = office;
    await addPerson(pool, keys, { org, ref, name: `Test ${word}`, email: `${word}@example.org`, zone });
  }
  const held = Object.entries(people).flatMap(([word, capacities]) =>
    capacities.map((capacity) => ({ person: person(word), capacity, scope: site })),
  );
  await assign(office, held, { decisionId: 'setup-people', actor: 'installation' });
}

/** The policy of tests, with these values of PROMPTS. */
export function withRules(rules: Readonly<Record<string, number>>): Policy {
  const policy = policyForTests();
  return { ...policy, values: { ...policy.values, PROMPTS: { ...policy.values['PROMPTS']!, ...rules } } };
}

/** Quiet hours, lists and the one message an hour as the default policy has them. */
export const asByDefault = {
  ...{ quiet_from_min: 1080, quiet_to_min: 480, digest_at_min: 510 },
  ...{ digest_over: 3, max_per_person_hour: 1 },
};

/** An opening reduced to what it publishes; it is over, so what it is told comes back at once. */
async function openingSays(pool: pg.Pool, org: string): Promise<void> {
  await pool.query(
    `insert into cases (org, case_id, kind, site, sequence, fold_version, state, reads, stage, status, confidential,
       opened_at, moved_at) values ($1, $2, 'opening', $3, 0, 1, '{}', '[]', 'posted', 'final', false, 0, 0)`,
    [org, opening, site],
  );
  const says = {
    posting: 'posted',
    opening_role: `${caseOf('role', 'specialist')},1`,
    screeners: [person('luis'), person('ana')].join(','),
    attested: [person('luis'), person('ana')].join(','),
  };
  for (const [kind, value] of Object.entries(says))
    await pool.query(
      'insert into facts (org, kind, subject, value, case_id, sequence) values ($1, $2, $3, $4, $3, 1)',
      [org, kind, opening, value],
    );
}

/** Opens it in the middle of a business day. @param rules values of PROMPTS; left out: messages go as they come */
export async function postOffice(rules: Readonly<Record<string, number>> = {}): Promise<PostOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-post-'));
  const postgres = await withPostgres();
  const pool = openPool(postgres.url, 6);
  await migrate(pool);
  const org = `org_${opaque('post office')}`;
  const keys = keyRing(Buffer.alloc(32, 7));
  await furnish({ org, pool, keys }, rules);
  await openingSays(pool, org);
  const mail = await startMailCatcher({ folder });
  const from = 'no-reply@example.org';
  const ports: Ports = {
    ...{ org, pool, keys, terms: new TermsStore(), lifecycleQueue: 'lifecycle' },
    mail: smtpChannel({ ...mail.address, from, timeoutMs: 2_000, loopbackOnly: true }),
    log: { info: () => undefined, warn: () => undefined },
    // Steps, deliveries and the sweep of a sandbox never speak to Temporal.
    client: undefined as never,
  };
  let n = 0;
  return {
    ...{ ports, pool, mail },
    look: (caseId) => step(ports, { org, case: caseId, sequence: 0 }, 5_000),
    act: (caseId, actor, type, payload = {}, decisionId = `post-${(n += 1)}`) => {
      const envelope = { v: 1 as const, decisionId, case: caseId, type, actor: person(actor) };
      const command = {
        envelope: {
          ...envelope,
          how: 'asserted_local' as const,
          payload: payload as Record<string, unknown>,
        },
        askedAt: Date.now(),
      };
      return step(ports, { org, case: caseId, sequence: 0, command }, 5_000);
    },
    async forward(ms) {
      await pool.query('update orgs set clock = clock + $2 where org = $1', [org, ms]);
    },
    async close() {
      await mail.stop();
      await pool.end();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A candidacy with two reviewers, its application in. @param word names it and its decisions @returns its id */
export async function application(post: PostOffice, word: string): Promise<string> {
  const id = caseOf('candidacy', word);
  const by = { decisionId: `${word}-candidate`, actor: 'installation' as const };
  await assign(post.ports, [{ person: person('candidate'), capacity: 'candidate', scope: id }], by);
  const form = { site, opening, person: person('candidate'), attested: true };
  // One person applies for an opening once; here each application is a play of its own.
  await post.pool.query(`delete from facts where kind = 'applying'`);
  expect(await post.act(id, 'candidate', 'open', form)).toMatchObject({ answer: { is: 'done' } });
  // What it told the opening came back, for that is over.
  await post.look(id);
  return id;
}
