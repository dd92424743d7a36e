import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import type { House } from '../../src/client/house.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { decideNow } from '../../src/client/decide.ts';
import type { Parts } from '../../src/local/parts.ts';
import { person, site } from '../unit/house.ts';
import type { Stage } from './stage.ts';

/** What tests of links share: an employment on real servers, the mail it sends, and the pages of the app. */

export const ORIGIN = 'http://localhost:4711';
const silent = { info: () => undefined, warn: () => undefined };

/** The app over a house, with a Temporal that can be taken away. */
export async function appOver(
  { org, pool, keys }: House,
  house: () => Promise<House>,
  origin = ORIGIN,
): Promise<FastifyInstance> {
  const office = { org, pool, keys, terms: new TermsStore() };
  const desk: Desk = {
    ...{ office, store: { org, pool }, origin, provider: null, sandbox: true, clock: null },
    house,
  };
  return makeApp(desk, silent);
}

/** What others would have published by now for an employment to be taken over. */
export async function roleIsThere({ house }: Stage, role: string): Promise<void> {
  for (const [kind, subject, value] of [
    ['role_described', role, '1'],
    ['pay_range', role, '2200-2500'],
    ['credential_rule', role, 'required_at_start'],
    ['role_kind', role, 'peer_support'],
  ])
    await house.pool.query(
      'insert into facts (org, kind, subject, value, case_id, sequence) values ($1, $2, $3, $4, $5, 1)',
      [house.org, kind, subject, value, role],
    );
}

let n = 0;
export async function must(house: House, of: string, actor: string, type: string, payload: object) {
  const decided = await decideNow(house, {
    ...{ v: 1, decisionId: `links-test-${(n += 1)}`, case: of, type, actor: person(actor) },
    ...{ how: 'asserted_local', payload: { ...payload } },
  });
  expect(decided).toMatchObject({ is: 'done' });
}

/** HR takes over an employment, and the director dora confirms it: hana works, sol supervises, gene leads. */
export async function adopted(here: Stage, role: string, employment: string, dayOne: string): Promise<void> {
  await roleIsThere(here, role);
  await must(here.house, employment, 'dana', 'adopt', {
    ...{ site, person: person('hana'), role, dayOne, supervisor: person('sol'), second: null },
    ...{ manager: person('gene'), weeks: 1 },
    credential: { status: 'verified', validTo: '2027-03-31' },
    ...{ exclusionCheckedOn: '2025-05-20', trained: '2025-03-03' },
  });
  await must(here.house, employment, 'dora', 'confirm_adoption', {});
  // The role is not played here: nobody is there to read what it is told.
  await here.house.pool.query(
    `update notices set outcome = 'handled' where org = $1 and to_case = $2 and outcome is null`,
    [here.house.org, role],
  );
}

/** Links of our pages in the messages to one address, in the order they came. */
export async function linksTo(
  { mail }: Pick<Parts, 'mail'>,
  address: string,
  path: string,
): Promise<readonly string[]> {
  const mails = await mail.messages();
  return mails
    .filter(({ to }) => JSON.stringify(to).includes(address))
    .flatMap(({ text }) => [...text.matchAll(new RegExp(`${ORIGIN}(/${path}/[A-Za-z0-9_-]+)`, 'g'))])
    .map(([, found = '']) => found);
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export const getPage = (app: FastifyInstance, url: string) =>
  app.inject({ method: 'GET', url, headers: { accept: 'text/html' } });

export const postForm = (
  app: FastifyInstance,
  url: string,
  form: Readonly<Record<string, string | readonly string[]>>,
  headers: Readonly<Record<string, string>> = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
) => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
  return app.inject({ method: 'POST', url, payload: body.toString(), headers: { ...FORM, ...headers } });
};
