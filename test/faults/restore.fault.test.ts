import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/program.ts';
import { decide } from '../../src/client/decide.ts';
import { addPerson, person as detailsOf } from '../../src/directory/people.ts';
import { openPool } from '../../src/ledger/database.ts';
import { readInstallation, writeInstallation } from '../../src/local/installation.ts';
import { caseOf, person } from '../unit/house.ts';
import { actsOn, opened, people } from './acts.ts';
import { Theatre } from './theatre.ts';

/** The database is lost and put back from yesterday's copy, while Temporal stands where it stood. */

const id = caseOf('readiness', 'yesterday');
const acts = actsOn(id, 'yesterday');
const gone = person('gone');
let here: Theatre;
beforeAll(async () => {
  here = await Theatre.open({
    seed: 'yesterday',
    clock: null,
    people: { ...people, pia: ['privacy_officer'] },
  });
  await here.startWorker();
}, 180_000);
afterAll(async () => here?.close(), 60_000);

interface Said {
  readonly ok: boolean;
  readonly erased: { readonly people: readonly string[] };
  readonly gaps: readonly object[];
  readonly recorded: boolean;
  readonly lostAnchors: readonly object[];
  readonly anchors: { readonly lost?: readonly object[] };
  readonly receipt: { readonly sequence: number };
}

/** The command line of the installation. @param env besides that of this process */
async function cli(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> {
  const out: string[] = [];
  const io = {
    ...{ out: (text: string) => void out.push(text), err: () => undefined, color: false },
    ...{ env: { ...process.env, ...env }, stdin: () => Promise.resolve(null) },
  };
  const code = await run(io, [...argv, '--json', '--home', here.folder]);
  expect(code, out.join('\n')).toBe(0);
  return JSON.parse(out.join('\n')) as Said;
}

describe('a house put back from a copy while Temporal is ahead', () => {
  const copy = (): string => join(here.folder, 'yesterday');
  const champion = { person: person('dana') };

  it('loses what came after the copy, but not an erasure', async () => {
    const { org, pool, keys } = here.house;
    await addPerson(pool, keys, { org, ref: gone, name: 'Test gone', email: null });
    expect(await decide(here.house, acts('director', 'open', opened), 20_000)).toMatchObject({ is: 'done' });
    await cli(['ledger', 'anchor']);
    await cli(['backup', '--to', copy()]);
    const named = await decide(here.house, acts('executive', 'name_champion', champion), 20_000);
    expect(named).toMatchObject({ is: 'done' });
    await cli(['people', 'erase', gone, '--as', person('pia')]);
    await cli(['ledger', 'anchor']);
    expect(await here.killWorker()).toBe(true);

    const url = new URL(readInstallation(here.folder).databaseUrl);
    await pool.query('create database another');
    url.pathname = '/another';
    const put = await cli(['restore', copy()], { DATABASE_URL: url.href });
    expect(put).toMatchObject({ ok: true, erased: { people: [gone] } });
    writeInstallation(here.folder, { ...readInstallation(here.folder), databaseUrl: url.href });
  }, 120_000);

  it('names the gap, gives the case its run, and goes on', async () => {
    await here.startWorker();
    const back = await cli(['recover', 'db']);
    expect(back).toMatchObject({ gaps: [{ case: id, ledger: 1, run: 2 }], recorded: true });
    expect(back.lostAnchors).toHaveLength(1);
    const places = [
      '--anchors',
      join(here.folder, 'anchors'),
      '--anchor-key',
      join(here.folder, 'anchor.key.pub'),
    ];
    const verdict = await cli(['ledger', 'verify', ...places]);
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.anchors.lost).toHaveLength(1);
    const again = [
      '--type',
      'name_champion',
      '--actor',
      person('executive'),
      '--payload',
      JSON.stringify(champion),
    ];
    expect(await cli(['decide', '--case', id, ...again])).toMatchObject({ receipt: { sequence: 2 } });
    const { org, keys } = here.house;
    const pool = openPool(readInstallation(here.folder).databaseUrl, 1);
    try {
      await expect(detailsOf(pool, keys, org, gone)).rejects.toMatchObject({ code: 'key_erased' });
    } finally {
      await pool.end();
    }
  }, 120_000);
});
