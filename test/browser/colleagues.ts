import type { APIRequestContext, Browser } from 'playwright-core';
import { demo } from './browser.ts';

/**
 * The others of the house, for what is theirs to say while somebody does a job at the screen. They sign in as everybody
 * does: the administrator gives a login, they choose a password of their own.
 */

export interface Asked {
  readonly case: string;
  readonly type: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly acknowledge?: readonly string[];
}

/** Somebody who is signed in, without a screen. */
export interface Colleague {
  readonly person: string;
  /** Looks something up. */
  get<T>(path: string): Promise<T>;
  /** Decides; fails the test with the words of a refusal. */
  decide(asked: Asked): Promise<void>;
}

const PASSWORD = 'a long password of their own';
let decisions = 0;

async function told(answer: { ok(): boolean; text(): Promise<string>; url(): string }): Promise<string> {
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${new URL(answer.url()).pathname}: ${text.slice(0, 800)}`);
  return text;
}

function colleagueOf(request: APIRequestContext, person: string, login: string): Colleague {
  const send = async (path: string, data: object) =>
    told(await request.post(`/api${path}`, { data, headers: { origin: demo.address } }));
  return {
    person,
    get: async <T>(path: string) => JSON.parse(await told(await request.get(`/api${path}`))) as T,
    decide: async ({ payload = {}, ...asked }) => {
      decisions += 1;
      const decisionId = `dec_${`${login}${Date.now().toString(36)}${decisions}`
        .replaceAll(/[^0-9a-z]/g, '')
        .padStart(26, '0')
        .slice(-26)}`;
      await send('/decisions', { decisionId, payload, ...asked });
    },
  };
}

async function requests(browser: Browser): Promise<APIRequestContext> {
  const context = await browser.newContext({ baseURL: demo.address });
  return context.request;
}

async function enter(
  request: APIRequestContext,
  login: string,
  words: Readonly<Record<string, string>>,
): Promise<string> {
  const data = { login, ...words };
  const answer = await told(await request.post('/api/session', { data, headers: { origin: demo.address } }));
  return (JSON.parse(answer) as { person: string }).person;
}

/** One of the demo's five, without a screen. */
export async function seated(browser: Browser, login: string): Promise<Colleague> {
  const request = await requests(browser);
  return colleagueOf(request, await enter(request, login, { password: demo.passphrase }), login);
}

interface Accounts {
  readonly list: readonly { readonly login: string; readonly person: string }[];
}

/** Somebody of the directory who has no login yet, or one that another test gave them. @param names by whom they are known */
export async function colleague(browser: Browser, person: string): Promise<Colleague> {
  const admin = await requests(browser);
  await enter(admin, 'admin', { password: demo.passphrase });
  const { list } = JSON.parse(await told(await admin.get('/api/accounts'))) as Accounts;
  const login = list.find((one) => one.person === person)?.login ?? `c${person.slice(4, 16)}`;
  const given = JSON.parse(
    await told(
      await admin.fetch(`/api/accounts/${login}`, {
        ...{ method: 'PUT', data: { person }, headers: { origin: demo.address } },
      }),
    ),
  ) as { passphrase: string };
  const request = await requests(browser);
  await enter(request, login, { password: given.passphrase, newPassword: PASSWORD });
  return colleagueOf(request, person, login);
}
