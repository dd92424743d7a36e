import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { inject } from 'vitest';
import { overflow as tooWide, picture as keep, violationsOn } from '../chromium.ts';

export { openBrowser } from '../chromium.ts';

export const demo = inject('demo');
export const noBrowser = demo.chromium === null;

const shots = fileURLToPath(new URL('../../test-results/screens/', import.meta.url));

/** Somebody before a screen: their page, and everything that went wrong in it. */
export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console, broken rules of the content policy, and requests to anywhere else. */
  readonly wrong: string[];
}

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** Opens a page without anybody signed in. */
export async function seat(
  browser: Browser,
  { width = 1280, height = 900, dark = false }: Screen = {},
  address: string = demo.address,
): Promise<Seat> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    baseURL: address,
    bypassCSP: false,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    // A refused request is told on the page; the browser's own line about it is no fault of the page.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) wrong.push(`a request to ${new URL(request.url()).host}`);
  });
  return { context, page, wrong };
}

/** Goes to an address and waits for its heading. */
export async function open({ page }: Seat, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** The first case of each kind that somebody may see, by its kind. */
export async function firstCases({ page }: Seat): Promise<ReadonlyMap<string, string>> {
  const answer = await page.request.get('/api/cases?all=true');
  const { list } = (await answer.json()) as { list: { case: string; kind: string }[] };
  return new Map(list.toReversed().map((one) => [one.kind, one.case]));
}

/** Signs in as one of the demo's five. */
export async function signIn({ page }: Seat, login: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(demo.passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sign in' }).waitFor();
}

/** Opens a page and signs in there as one of the demo's five. */
export async function seatOf(browser: Browser, login: string, screen?: Screen): Promise<Seat> {
  const here = await seat(browser, screen);
  await signIn(here, login);
  return here;
}

/** The headers with which the console itself asks: the API takes changes from its own pages only. */
export const fromHere = { origin: demo.address, 'sec-fetch-site': 'same-origin' };

/** A case as a list of the API has it. */
export interface ListedCase {
  readonly case: string;
  readonly kind: string;
  readonly stage: string;
}

/** Whom a case is about, and the search it belongs to. */
export interface ListedSubject {
  readonly case: string;
  readonly name: string | null;
  readonly search: string | null;
}

/** Asks the API as whoever is signed in: to prepare the ground, or to look something up; never in place of what a test tries. */
export async function askAs<T>(
  { page }: Seat,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  data?: unknown,
): Promise<T> {
  const given = data === undefined ? {} : { data };
  const answer = await page.request.fetch(`/api${path}`, { method, headers: fromHere, ...given });
  const value = (await answer.json()) as T;
  if (!answer.ok()) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}

/** Decides as whoever is signed in, to prepare the ground. */
export const decideAs = (here: Seat, id: string, type: string, payload: object): Promise<unknown> =>
  askAs(here, 'POST', '/decisions', { decisionId: `dec_${decisionTail()}`, case: id, type, payload });

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const decisionTail = (): string =>
  Array.from({ length: 26 }, () => letters.charAt(Math.floor(Math.random() * letters.length))).join('');

const chosen = new Map<string, { readonly login: string; readonly password: string }>();

/** Gives somebody of the demo a login, as the administrator does. @returns the passphrase it begins with */
async function newLogin(browser: Browser, login: string, name: string): Promise<string> {
  const hr = await seatOf(browser, 'hr');
  const { list } = await askAs<{ list: { person: string; name: string | null }[] }>(hr, 'GET', '/people');
  const person = list.find((one) => one.name === name)?.person;
  await hr.context.close();
  if (person === undefined) throw new Error(`nobody in the demo is called ${name}`);
  const admin = await seatOf(browser, 'admin');
  await askAs(admin, 'POST', '/session/step-up', { password: demo.passphrase });
  const made = await askAs<{ passphrase: string }>(admin, 'PUT', `/accounts/${login}`, { person });
  await admin.context.close();
  return made.passphrase;
}

/** Somebody of the demo who has no login of their own there: they are given one, choose a password, and are in. */
export async function colleague(browser: Browser, name: string, screen?: Screen): Promise<Seat> {
  const known = chosen.get(name);
  const login = known?.login ?? (name.split(' ')[0] ?? '').toLowerCase();
  const first = known?.password ?? (await newLogin(browser, login, name));
  const here = await seat(browser, screen);
  const { page } = here;
  await page.goto('/');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(first);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  if (known === undefined) {
    const password = `${login} walks along the river`;
    await page.getByLabel('A password of your own').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    chosen.set(name, { login, password });
  }
  await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sign in' }).waitFor();
  return here;
}

/** The first case of a kind that is about somebody, as whoever is signed in sees it. */
export async function caseOf(here: Seat, kind: string, name: string): Promise<string> {
  const { list } = await askAs<{ list: { case: string; name: string | null }[] }>(here, 'GET', '/subjects');
  const found = list.find((one) => one.name === name && one.case.startsWith(`${kind}-`))?.case;
  if (found === undefined) throw new Error(`no ${kind} of ${name} here`);
  return found;
}

/** Where the newest mail to somebody leads, among those that ask for an answer; null where there is none. */
export async function linkInMail({ page }: Seat, to: string): Promise<string | null> {
  const list = await (await page.request.get(demo.mail ?? '')).text();
  const rows = [...list.matchAll(/href="\/(\d+)">[^<]*<\/a><\/td><td>([^<]*)</g)];
  for (const [, number = '0', receiver] of rows) {
    if (receiver !== to) continue;
    const text = await (await page.request.get(`${demo.mail ?? ''}${number}`)).text();
    const link = /https?:\/\/[^\s<"/]+\/a\/[\w-]+/.exec(text)?.[0];
    if (link !== undefined) return link;
  }
  return null;
}

/** What somebody owes now, as codes. */
export async function owedBy(here: Seat, id: string): Promise<readonly string[]> {
  interface Item {
    readonly case: string;
    readonly why: { readonly id?: string };
  }
  const { list } = await askAs<{ list: Item[] }>(here, 'GET', '/waiting?mine=true');
  return list.flatMap((one) => (one.case === id && one.why.id !== undefined ? [one.why.id] : []));
}

/**
 * A review beside the plan, as HR opens it: the house has a rule for everybody by which such a review is held, and it is due
 * in two months.
 */
export async function openReview(browser: Browser, employment: string): Promise<void> {
  const hr = await seatOf(browser, 'hr');
  interface Cases {
    readonly list: readonly { readonly case: string; readonly site: string }[];
  }
  interface Comparator {
    readonly comparator: { readonly source: string; readonly recorded: string; readonly values: object };
  }
  const { list } = await askAs<Cases>(hr, 'GET', '/cases?kind=employment');
  const at = `/sites/${list.find((one) => one.case === employment)?.site ?? ''}/comparator`;
  const { source, recorded, values } = (await askAs<Comparator>(hr, 'GET', at)).comparator;
  const record = { source, recorded, values: { ...values, special_review_rules: 'after_a_quarter' } };
  await askAs(hr, 'PUT', at, { comparator: record, cases: 'all' });
  await decideAs(hr, employment, 'open_special_review', { rule: 'after_a_quarter', due: '2026-09-30' });
  await hr.context.close();
}

/** Looks at a page as it stands: no fault of access, nothing too wide, and a picture of it. */
export async function looked(here: Seat, name: string): Promise<void> {
  await settled(here);
  const faults = await axeFaults(here);
  const wide = await overflow(here);
  if (faults.length > 0 || wide > 0)
    throw new Error(`${name}: ${faults.join('; ')}${wide > 0 ? `; ${wide} px too wide` : ''}`);
  await picture(here, name);
}

/** Waits until nothing is being loaded any more. */
export async function settled({ page }: Seat): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page
    .getByText('Loading', { exact: false })
    .first()
    .waitFor({ state: 'detached', timeout: 10_000 })
    .catch(() => undefined);
  // A colour on its way to another is no fault of the page. (Waiting inside the page is forbidden by its own policy.)
  const moving = () => page.evaluate<number>('document.getAnimations().length');
  for (let n = 0; n < 40 && (await moving()) > 0; n += 1) await page.waitForTimeout(50);
}

/** What axe-core finds on the page as it is: a line for each fault. */
export const axeFaults = ({ page, context }: Seat): Promise<readonly string[]> => violationsOn(context, page);

/** How far the page reaches beyond its width, in pixels: 0 when nothing has to be scrolled sideways. */
export const overflow = ({ page }: Seat): Promise<number> => tooWide(page);

/** A picture of the whole page, kept beside the results. */
export const picture = ({ page }: Seat, name: string): Promise<void> => keep(page, shots, name);
