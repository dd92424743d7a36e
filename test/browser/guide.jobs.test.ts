import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFaults, noBrowser, openBrowser, picture, seat, settled, signIn } from './browser.ts';
import type { Screen, Seat } from './browser.ts';

/**
 * The pictures of docs/guide. They are made anew by `npm run guide:pictures`; otherwise they are kept beside the other
 * pictures, and the test looks whether the pages can be shown at all. It only looks.
 */

const guide = fileURLToPath(new URL('../../docs/guide/', import.meta.url));
const anew = process.env['PEER_HIRE_GUIDE_PICTURES'] === 'anew';

interface Shot {
  readonly name: string;
  readonly login: string;
  /** An address; of a case by its kind and stage. */
  readonly at: string | { readonly kind: string; readonly stage: string; readonly view: string };
  readonly screen: Screen;
}

const desk: Screen = { width: 1180, height: 820 };
const phone: Screen = { width: 390, height: 844 };
const onboarding = { kind: 'employment', stage: 'onboarding' };
const supervision = { kind: 'employment', stage: 'supervision' };

const shots: readonly Shot[] = [
  { name: 'hr-today', login: 'hr', at: '/', screen: desk },
  { name: 'hr-people', login: 'hr', at: '/people', screen: desk },
  { name: 'hr-gates', login: 'hr', at: { ...onboarding, view: 'gates' }, screen: desk },
  { name: 'hr-reports', login: 'hr', at: '/reports', screen: desk },
  { name: 'supervisor-today', login: 'supervisor', at: '/', screen: phone },
  { name: 'supervisor-brief', login: 'supervisor', at: { ...onboarding, view: 'now' }, screen: phone },
  { name: 'people-case', login: 'employee', at: { ...supervision, view: 'timeline' }, screen: phone },
  { name: 'people-readers', login: 'employee', at: '/me', screen: phone },
  { name: 'administrators-policy', login: 'admin', at: '/policy', screen: desk },
  { name: 'administrators-directory', login: 'admin', at: '/directory', screen: desk },
];

let browser: Browser;
beforeAll(async () => {
  if (!noBrowser) browser = await openBrowser();
});
afterAll(async () => browser?.close());

async function addressOf({ page }: Seat, { at }: Shot): Promise<string> {
  if (typeof at === 'string') return at;
  const answer = await page.request.get(`/api/cases?kind=${at.kind}`);
  const { list } = (await answer.json()) as { list: { case: string; stage: string }[] };
  const found = list.find(({ stage }) => stage === at.stage);
  if (found === undefined) throw new Error(`no ${at.kind} at ${at.stage}`);
  return `/cases/${found.case}/${at.view}`;
}

describe.skipIf(noBrowser)('the pictures of the guide', () => {
  it.each(shots.map((shot) => [shot.name, shot] as const))('%s', async (name, shot) => {
    const here = await seat(browser, shot.screen);
    await signIn(here, shot.login);
    await here.page.goto(await addressOf(here, shot));
    await here.page.getByRole('heading', { level: 1 }).first().waitFor();
    await settled(here);
    expect(await axeFaults(here)).toEqual([]);
    if (anew) {
      mkdirSync(join(guide, 'pictures'), { recursive: true });
      await here.page.screenshot({ path: join(guide, 'pictures', `${name}.png`) });
    } else await picture(here, `guide-${name}`);
    await here.context.close();
  });
});

describe('the guide', () => {
  const pages = readdirSync(guide).filter((name) => name.endsWith('.md'));

  it('shows each picture once, and says in words what is in it', () => {
    const shown = pages.flatMap((name) => [
      ...readFileSync(join(guide, name), 'utf8').matchAll(/!\[([^\]]*)\]\(pictures\/([\w-]+)\.png\)/g),
    ]);
    const named = shown.map(([, , name = '']) => name);
    expect(named).toHaveLength(shots.length);
    expect(new Set(named)).toEqual(new Set(shots.map(({ name }) => name)));
    for (const [, words = ''] of shown) expect(words.length).toBeGreaterThan(20);
  });
});
