import type { FastifyInstance, InjectOptions } from 'fastify';
import { makeApp } from '../../src/api/app.ts';
import { sandboxClock } from '../../src/api/clock.ts';
import type { Desk } from '../../src/api/desk.ts';
import type { ReadingOffice } from '../../src/client/ask-reader.ts';
import { assign } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { keepAccount } from '../../src/identity/accounts.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { staged } from '../scenarios.ts';
import { openPlayground } from './playground.ts';

/** The worked example, played on real servers, with the HTTP face over it and people signed in. */

export const ORIGIN = 'http://localhost:4322';
export const PASSWORD = 'a quiet river bend';

/** People whom the example has no need of: they come after it. */
const later: Readonly<Record<string, readonly Capacity[]>> = {
  otto: ['auditor'],
  ida: ['administrator'],
  zora: [],
};

export type Played = Awaited<ReturnType<typeof playedHouse>>;

export async function playedHouse() {
  const ground = await openPlayground();
  const play = staged('northside');
  const { cast } = play;
  const { house } = await ground.play(play, true);
  const { org, pool, keys } = house;
  const office: ReadingOffice = { org, pool, keys, terms: new TermsStore() };
  const ref = (word: string): string =>
    Object.hasOwn(later, word) ? `prs_${opaque(`later|${word}`)}` : cast.person(word);
  for (const [word, held] of Object.entries(later)) {
    await addPerson(pool, keys, { org, ref: ref(word), name: `Test ${word}`, email: null });
    const list = held.map((capacity) => ({ person: ref(word), capacity, scope: cast.site }));
    if (list.length > 0) await assign(office, list, { decisionId: `later_${word}`, actor: 'installation' });
  }
  const desk: Desk = {
    ...{ office, origin: ORIGIN, provider: null, sandbox: true, store: { org, pool } },
    house: async () => house,
    clock: sandboxClock(async () => house),
  };
  const logged: object[] = [];
  const note = (...said: readonly unknown[]) => void logged.push(said);
  const app = await makeApp(desk, { info: note, warn: note });
  const close = async (): Promise<void> => {
    await app.close();
    await ground.stop();
  };
  return { ground, house, office, cast, play, ref, desk, app, logged, close };
}

const PAGE = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };

/** A browser: its cookie goes with each request, and changes when an answer changes it. */
export class Browser {
  private readonly app: FastifyInstance;
  cookie: string | null = null;

  constructor(app: FastifyInstance) {
    this.app = app;
  }

  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, more: InjectOptions = {}) {
    const { headers, ...rest } = more;
    const cookie = this.cookie === null ? {} : { cookie: this.cookie };
    const answer = await this.app.inject({
      ...{ method, url: `/api${url}`, ...rest },
      headers: { ...PAGE, ...cookie, ...headers },
    });
    const set = answer.cookies.find((one) => one.name === '__Host-peer-hire');
    if (set !== undefined) this.cookie = set.value === '' ? null : `${set.name}=${set.value}`;
    return answer;
  }

  get = (url: string, more: InjectOptions = {}) => this.ask('GET', url, more);
  post = (url: string, payload: object, more: InjectOptions = {}) =>
    this.ask('POST', url, { ...more, payload });
  put = (url: string, payload: object, more: InjectOptions = {}) =>
    this.ask('PUT', url, { ...more, payload });
}

/** Somebody at their own browser, signed in with a login of this installation. */
export async function signedIn({ app, desk, ref }: Played, word: string): Promise<Browser> {
  await keepAccount(desk.store, word, ref(word), PASSWORD);
  const browser = new Browser(app);
  const answer = await browser.post('/session', { login: word, password: PASSWORD });
  if (answer.statusCode !== 200) throw new Error(`${word} could not sign in: ${answer.body}`);
  return browser;
}

/** Whoever signs in has shown who they are; a while later that does not count any more. */
export async function awhileLater({ house, ref }: Played, word: string): Promise<void> {
  await house.pool.query('update sessions set stepped_up_until = now() where org = $1 and person = $2', [
    house.org,
    ref(word),
  ]);
}
