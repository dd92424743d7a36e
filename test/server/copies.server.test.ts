import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';

import { startGuardian } from '../../src/local/guardian.ts';
import { CopiedFolder } from '../../src/local/postgres-place.ts';
import { answersAs, startPostgres } from '../../src/local/postgres-server.ts';
import type { LocalPostgres } from '../../src/local/postgres-server.ts';

// A data folder copied by hand has the port and the password of the first one; what is asked of the one must never reach the
// other.
const base = mkdtempSync(join(tmpdir(), 'peer-hire-copies-'));
chmodSync(base, 0o711);
const guardian = startGuardian();
const start = (name: string): Promise<LocalPostgres> =>
  startPostgres({ folder: join(base, name), say: () => undefined, guardian });
const copy = (from: string, to: string): void => {
  execFileSync('cp', ['-a', join(base, from), join(base, to)]);
};

afterAll(async () => {
  await guardian.close();
  rmSync(base, { recursive: true, force: true });
});

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

describe('a data folder copied by hand', () => {
  it('has a database of its own, also when both are started at one instant', async () => {
    mkdirSync(join(base, 'first'));
    const first = await start('first');
    await ask(first.url, 'create table told (what text)');
    await first.stop();
    copy('first', 'second');
    const again = await start('first');
    await expect(answersAs('peer-hire-second', again.url)).rejects.toThrow(/another PostgreSQL server/);
    await again.stop();
    for (let round = 0; round < 3; round += 1) {
      // One after the other: of two, one must find another port, and neither may be taken for the other.
      // eslint-disable-next-line no-await-in-loop -- rounds
      const both = await Promise.all([start('first'), start('second')]);
      expect(new Set(both.map(({ url }) => new URL(url).port)).size).toBe(2);
      // eslint-disable-next-line no-await-in-loop -- rounds
      await ask(both[0].url, `insert into told values ('first')`);
      // eslint-disable-next-line no-await-in-loop -- rounds
      expect(await ask(both[0].url, 'select count(*)::int from told')).toBe(round + 1);
      // eslint-disable-next-line no-await-in-loop -- rounds
      expect(await ask(both[1].url, 'select count(*)::int from told')).toBe(0);
      // eslint-disable-next-line no-await-in-loop -- rounds
      await Promise.all(both.map((server) => server.stop()));
      copy('first/postgres.json', 'second/postgres.json');
    }
  });

  it.runIf(process.getuid?.() === 0)(
    'is refused where its database lies outside it; a moved one keeps it',
    async () => {
      mkdirSync(join(base, 'closed'), { mode: 0o700 });
      mkdirSync(join(base, 'closed/first'));
      const first = await start('closed/first');
      await ask(first.url, 'create table told (what text)');
      await first.stop();
      expect(lstatSync(join(base, 'closed/first/postgres')).isSymbolicLink()).toBe(true);
      copy('closed/first', 'closed/second');
      await expect(start('closed/second')).rejects.toThrow(CopiedFolder);
      renameSync(join(base, 'closed/first'), join(base, 'closed/moved'));
      const moved = await start('closed/moved');
      expect(await ask(moved.url, 'select count(*)::int from told')).toBe(0);
      await moved.stop();
      await expect(start('closed/second')).rejects.toThrow(
        /is a copy of .*moved, whose database lies outside/,
      );
      rmSync(join(base, 'closed/second'), { recursive: true });
      rmSync(join(moved.data, '..'), { recursive: true });
    },
  );
});
