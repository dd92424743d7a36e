import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { TermsStore } from '../../src/ledger/documents.ts';

/** Where nothing is there to be asked: whoever gets as far as the database fails the test that let them. */
const nowhere = new Proxy({} as pg.Pool, {
  get: () => () => {
    throw new Error('a request without a sign-in reached the database');
  },
});

export const ORIGIN = 'http://localhost:4321';

/** The HTTP face with nothing behind it: what it describes, and whom it sends away at the door. */
export function bareApp(): Promise<FastifyInstance> {
  const org = 'org_00000000000000000000000000';
  const office = { org, pool: nowhere, keys: keyRing(Buffer.alloc(32, 7)), terms: new TermsStore() };
  const desk: Desk = {
    ...{ office, origin: ORIGIN, provider: null, sandbox: true, clock: null },
    store: { org, pool: nowhere },
    house: () => Promise.reject(new Error('a request without a sign-in reached Temporal')),
  };
  const quiet = () => undefined;
  return makeApp(desk, { info: quiet, warn: quiet, error: quiet } as Parameters<typeof makeApp>[1]);
}
