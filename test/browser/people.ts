import type { Browser, Locator, Page } from 'playwright-core';
import { demo, seat, settled } from './browser.ts';
import type { Screen, Seat } from './browser.ts';

/** The demo's people beside those with a login: who they are, and coming in as one of them. */

interface Found {
  readonly person: string;
  readonly name: string | null;
  readonly capacities: readonly { readonly capacity: string; readonly scope: string }[];
}

export async function getJson<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  if (!answer.ok()) throw new Error(`${path} answers ${answer.status()}`);
  return (await answer.json()) as T;
}

/** The first person who holds an office, as somebody signed in may find them. */
export async function personWith({ page }: Seat, capacity: string): Promise<string> {
  const { list } = await getJson<{ list: Found[] }>(page, '/api/people');
  const found = list.find((one) => one.capacities.some((held) => held.capacity === capacity));
  if (found === undefined) throw new Error(`nobody is ${capacity}`);
  return found.person;
}

/** Waits for what was asked for; where the page asks who is there first, it is told. */
export async function showAgain({ page }: Seat, password: string, then: Locator): Promise<void> {
  const begin = page.getByRole('button', { name: 'Show that it is me' });
  const dialog = page.getByRole('dialog', { name: 'Show again that it is you' });
  await then.or(begin).or(dialog).first().waitFor();
  if (await begin.isVisible()) {
    await begin.click();
    await dialog.waitFor();
  }
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Go on' }).click();
  }
  await then.first().waitFor();
}

/**
 * The administrator gives a person a login through the pages, under the name they have already where they have one.
 * @returns the login and its passphrase, good for choosing a password
 */
export async function giveLogin(admin: Seat, login: string, person: string) {
  const { page } = admin;
  await page.goto('/directory');
  await showAgain(admin, demo.passphrase, page.getByRole('region', { name: 'Logins' }));
  const { list } = await getJson<{ list: { login: string; person: string; disabled: boolean }[] }>(
    page,
    '/api/accounts',
  );
  const name = list.find((one) => one.person === person && !one.disabled)?.login ?? login;
  await page.getByLabel('Login: small letters').fill(name);
  await page.getByLabel('Person').selectOption(person);
  await page.getByRole('button', { name: 'Give the login' }).click();
  await showAgain(admin, demo.passphrase, page.getByText('Their passphrase: shown here only'));
  const passphrase = await page.locator('.note code').first().innerText();
  return { login: name, passphrase };
}

/** Somebody comes in for the first time: the passphrase they were told opens choosing a password of their own. */
export async function firstTime(
  browser: Browser,
  given: { readonly login: string; readonly passphrase: string },
  own: string,
  screen?: Screen,
  address?: string,
): Promise<Seat> {
  const here = await seat(browser, screen, address);
  const { page } = here;
  await page.goto('/');
  await page.getByLabel('Login').fill(given.login);
  await page.getByLabel('Password').fill(given.passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('A password of your own').fill(own);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
  await settled(here);
  return here;
}
