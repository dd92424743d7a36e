import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendHouseMail } from '../../src/activities/house-mail.ts';
import { makeApp } from '../../src/api/app.ts';
import type { Desk } from '../../src/api/desk.ts';
import { linkLogin } from '../../src/cli/logins.ts';
import { codeOf, sendCode, takeCode } from '../../src/client/links/code.ts';
import { changeInDirectory } from '../../src/client/keep-person.ts';
import { pageToken } from '../../src/client/links/page-token.ts';
import { keepLink, linkOf } from '../../src/client/links/store.ts';
import { newToken } from '../../src/client/links/token.ts';
import { assign, heldBy, makeOrganization } from '../../src/client/organization.ts';
import { keyRing } from '../../src/directory/keys.ts';
import { addPerson } from '../../src/directory/people.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { keepAccount } from '../../src/identity/accounts.ts';
import { identityOf } from '../../src/identity/identities.ts';
import { openPool } from '../../src/ledger/database.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { verifyLedger } from '../../src/ledger/verify/ledger-reader.ts';
import { startMailCatcher } from '../../src/local/mail-catcher.ts';
import type { MailCatcher } from '../../src/local/mail-catcher.ts';
import { assertNeutralSubject } from '../../src/notify/subject.ts';
import { smtpChannel } from '../../src/notify/smtp.ts';
import { caseOf, person } from '../unit/house.ts';
import { Browser, ORIGIN, PASSWORD } from './api-house.ts';
import { getPage, postForm as post } from './links-house.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** Offices that two people give, access that ends by itself, and what the house tells one person. */

const org = `org_${opaque('guests')}`;
const keys = keyRing(Buffer.alloc(32, 9));
const T0 = Date.UTC(2026, 6, 1, 15);
const people: Readonly<Record<string, readonly Capacity[]>> = {
  ida: ['administrator'],
  amara: ['hr_director'],
  sam: ['executive'],
  tomas: ['leave_officer'],
  zora: [],
};
let postgres: TestPostgres;
let pool: ReturnType<typeof openPool>;
let app: FastifyInstance;
let desk: Desk;
let mail: MailCatcher;
let ports: Parameters<typeof sendHouseMail>[0];
const silent = { info: () => undefined, warn: () => undefined };

beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 6);
  await migrate(pool);
  const office = { org, pool, keys, terms: new TermsStore() };
  await makeOrganization(office, { org, sandbox: { clock: T0, seed: 'guests' }, quietMs: 60_000 });
  for (const [word, held] of Object.entries(people)) {
    const email = `${word}@people.invalid`;
    await addPerson(pool, keys, { org, ref: person(word), name: `Test ${word}`, email });
    const list = held.map((capacity) => ({ person: person(word), capacity, scope: org }));
    if (list.length > 0) await assign(office, list, { decisionId: `given_${word}`, actor: 'installation' });
  }
  const house = () => Promise.reject(new Error('no decision is made here'));
  desk = { office, store: { org, pool }, house, origin: ORIGIN, provider: null, sandbox: true, clock: null };
  app = await makeApp(desk, silent);
  mail = await startMailCatcher({ folder: mkdtempSync(join(tmpdir(), 'guests-mail-')) });
  const channel = smtpChannel({
    ...{ ...mail.address, from: 'no-reply@people.invalid', timeoutMs: 5_000, loopbackOnly: true },
  });
  for (const word of Object.keys(people)) await keepAccount(desk.store, word, person(word), PASSWORD);
  // Words of the house need neither a case nor Temporal.
  ports = { org, pool, keys, mail: channel, log: silent, origin: ORIGIN };
}, 120_000);
afterAll(async () => {
  await app?.close();
  await mail?.stop();
  await pool?.end();
  await postgres?.stop();
});
beforeEach(() => pool.query('delete from rate_counts').then(() => undefined));

async function signedIn(word: string): Promise<Browser> {
  const browser = new Browser(app);
  const answer = await browser.post('/session', { login: word, password: PASSWORD });
  expect(answer.statusCode, answer.body).toBe(200);
  return browser;
}

async function kinds(word: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ kind: string }>(
    'select kind from house_mail where org = $1 and person = $2 order by at, id',
    [org, person(word)],
  );
  return rows.map(({ kind }) => kind);
}

const give = (who: Browser, capacity: Capacity, more: object = {}) =>
  who.post(`/people/${person('zora')}/capacities`, { list: [{ capacity, scope: org, ...more }] });

const holds = async (word: string): Promise<readonly string[]> =>
  (await heldBy(desk.office, person(word))).map(({ capacity }) => capacity);

const proven = async () => expect(await verifyLedger(pool, keys, org)).toMatchObject({ ok: true });

describe('an office that reads what nobody else may', () => {
  it('waits for a second word, which is neither that of who asked nor of who gets it', async () => {
    const [amara, sam] = [await signedIn('amara'), await signedIn('sam')];
    const asked = await give(amara, 'leave_officer');
    expect(asked.json()).toMatchObject({ done: true, asked: [expect.stringMatching(/^ofa_/)] });
    expect(await holds('zora')).toEqual([]);
    expect(await kinds('sam')).toEqual(['office_asked']);
    const [id = ''] = asked.json<{ asked: string[] }>().asked;
    expect((await amara.post(`/offices/asked/${id}`, { answer: 'given' })).statusCode).toBe(403);
    const seen = (await sam.get('/offices/asked')).json() as { list: object[] };
    expect(seen.list).toMatchObject([{ id, capacity: 'leave_officer', yours: true }]);
    expect((await (await signedIn('tomas')).get('/offices/asked')).json()).toEqual({ list: [] });
    expect((await sam.post(`/offices/asked/${id}`, { answer: 'given' })).statusCode).toBe(200);
    expect(await holds('zora')).toEqual(['leave_officer']);
    // Whoever holds it already hears of it, and a second yes gives nothing twice.
    expect(await kinds('tomas')).toEqual(['office_given']);
    expect((await sam.post(`/offices/asked/${id}`, { answer: 'given' })).statusCode).toBe(409);
    expect(await holds('zora')).toEqual(['leave_officer']);
    await proven();
  });

  it('is given at places that are there: a mistyped one would be said for ever, and give nobody anything', async () => {
    const list = [{ capacity: 'team_member', scope: 'nowhere' }];
    const answer = await (await signedIn('amara')).post(`/people/${person('zora')}/capacities`, { list });
    expect(answer.json()).toMatchObject({ status: 404, code: 'site_unknown' });
    expect(answer.body).not.toContain('nowhere');
    expect(await holds('zora')).not.toContain('team_member');
  });

  it('is not given by a no, and whoever may say yes may not say it of themselves', async () => {
    const [amara, sam] = [await signedIn('amara'), await signedIn('sam')];
    const first = (await give(amara, 'background_officer')).json() as { asked: string[] };
    const no = await sam.post(`/offices/asked/${first.asked[0] ?? ''}`, { answer: 'refused' });
    expect(no.statusCode, no.body).toBe(200);
    expect(await holds('zora')).not.toContain('background_officer');
    const list = [{ capacity: 'privacy_officer', scope: org }];
    const own = await amara.post(`/people/${person('sam')}/capacities`, { list });
    const { asked } = own.json() as { asked: string[] };
    const self = await sam.post(`/offices/asked/${asked[0] ?? ''}`, { answer: 'given' });
    expect([self.statusCode, self.json<{ code: string }>().code]).toEqual([409, 'oneself']);
    await proven();
  });

  it('other offices are given at once', async () => {
    const answer = await give(await signedIn('amara'), 'it');
    expect(answer.json()).toEqual({ done: true, asked: [] });
    expect(await holds('zora')).toContain('it');
  });
});

describe('an office until a day', () => {
  it('ends by itself, and the proof knows', async () => {
    const amara = await signedIn('amara');
    expect((await give(amara, 'adviser', { until: T0 - 1 })).statusCode).toBe(409);
    const answer = await give(amara, 'adviser', { until: T0 + 86_400_000 });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(await holds('zora')).toContain('adviser');
    await proven();
    await pool.query('update orgs set clock = $2 where org = $1', [org, T0 + 86_400_000]);
    expect(await holds('zora')).not.toContain('adviser');
    await proven();
  });
});

describe('what the house tells one person', () => {
  it('that a token was made, a login given, a password set, an account linked: in neutral words, once', async () => {
    await pool.query('delete from house_mail');
    const zora = await signedIn('zora');
    await zora.post('/tokens', { scopes: ['read:self'], days: 3 });
    await zora.put('/me/password', { password: PASSWORD, newPassword: 'nine herons on a weir' });
    const { code } = await identityOf(desk.store, 'https://id.example', 'sub-1');
    const by = { decisionId: 'guests_link', actor: 'installation' };
    expect(await linkLogin(desk.office, by, 'nobody', person('zora'))).toBe(false);
    expect(await linkLogin(desk.office, by, code, person('zora'))).toBe(true);
    const { rows } = await pool.query(
      `select kind from ledger where org = $1 and case_id = 'house-access' order by position desc limit 1`,
      [org],
    );
    expect(rows).toEqual([{ kind: 'login_linked' }]);
    await (await signedIn('ida')).put('/accounts/zora', { person: person('zora') });
    expect(await kinds('zora')).toEqual(['token_made', 'password_set', 'login_linked', 'login_given']);
    expect(await sendHouseMail(ports)).toBe(4);
    expect(await sendHouseMail(ports)).toBe(0);
    const mails = await mail.messages();
    expect(mails).toHaveLength(4);
    for (const { subject, text } of mails) {
      assertNeutralSubject(subject);
      expect(text).toContain(`${ORIGIN}/`);
    }
    await proven();
  });
});

const postForm = (to: FastifyInstance, url: string, form: Readonly<Record<string, string>>) =>
  post(to, url, form, { origin: ORIGIN, 'sec-fetch-site': 'same-origin' });

describe('a link', () => {
  async function candidates(): Promise<string> {
    const token = newToken();
    await keepLink(pool, org, token, { purpose: 'candidate', person: person('zora') });
    return token;
  }

  it('is asked for a code that holds once, for the latest, and not for guesses', async () => {
    const token = await candidates();
    const link = await linkOf(pool, org, token, 'candidate');
    if (link === null) throw new Error('the link was not kept');
    const { office } = desk;
    expect(await takeCode(office, link, '00000000')).toBeNull();
    await sendCode(office, link);
    await sendCode(office, link);
    const [first, latest] = [codeOf(keys, org, link.id, 1), codeOf(keys, org, link.id, 2)];
    expect(first).toMatch(/^\d{8}$/);
    expect(await takeCode(office, link, first)).toBeNull();
    expect(await takeCode(office, link, `${latest.slice(0, 4)} ${latest.slice(4)}`)).toBe(2);
    expect(await takeCode(office, link, latest)).toBeNull();
    await sendCode(office, link);
    const third = codeOf(keys, org, link.id, 3);
    const wrong = third === '12345678' ? '12345679' : '12345678';
    for (let n = 0; n < 5; n += 1) expect(await takeCode(office, link, wrong)).toBeNull();
    // The right one comes too late after five that were not.
    expect(await takeCode(office, link, third)).toBeNull();
  });

  it('of a candidate ends with the mailbox it lies in, and another goes to the new one', async () => {
    const who = person('moved');
    const page = caseOf('candidacy', 'moved');
    const old = { org, ref: who, name: 'Test moved', email: 'old@people.invalid' };
    await addPerson(pool, keys, old);
    const first = await pageToken(ports, page, who);
    const held = { purpose: 'candidate', person: who, case: page } as const;
    await keepLink(pool, org, first, held);
    const stands = async (token: string) => (await linkOf(pool, org, token, 'candidate'))?.revokedAt;
    const changed = (email: string | null, n: number) =>
      changeInDirectory(desk.office, who, { email }, { decisionId: `moved-${n}`, actor: 'installation' });
    expect(await stands(first)).toBeNull();
    await changed('new@people.invalid', 1);
    const second = await pageToken(ports, page, who);
    expect(second).not.toBe(first);
    expect(await stands(first)).toBeGreaterThan(0);
    expect(await stands(second)).toBeNull();
    expect(await kinds('moved')).toEqual(['page_anew']);
    // Where there is no mailbox any more nothing is sent, and the page ends all the same.
    await changed(null, 2);
    expect(await stands(second)).toBeGreaterThan(0);
    expect(await kinds('moved')).toEqual(['page_anew']);
  });

  it('that is tried too often is told to wait, by a page, and nobody else is', async () => {
    const [busy, other] = [newToken(), newToken()];
    const answers = [];
    for (let n = 0; n < 61; n += 1)
      answers.push((await postForm(app, `/a/${busy}`, { answer: 'held' })).statusCode);
    expect(new Set(answers.slice(0, 60))).toEqual(new Set([404]));
    const late = await postForm(app, `/a/${busy}`, { answer: 'held' });
    expect([answers.at(-1), late.statusCode]).toEqual([429, 429]);
    expect(late.headers['content-type']).toContain('text/html');
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    expect(late.body).not.toContain(busy);
    expect((await postForm(app, `/a/${other}`, { answer: 'held' })).statusCode).toBe(404);
    // Looking changes nothing, and is not counted.
    expect((await getPage(app, `/a/${busy}`)).statusCode).toBe(404);
  });
});
