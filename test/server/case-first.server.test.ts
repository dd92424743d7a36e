import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool } from '../../src/ledger/database.ts';
import { migrate } from '../../src/ledger/migrate.ts';
import { withPostgres } from './with-postgres.ts';
import type { TestPostgres } from './with-postgres.ts';

/** What a step asks the database, on a real one: found by the case, and what came back to its sender. */

const org = 'org_00000000000000000000000000';
const [sender, final] = ['employment-1', 'clock-1'];

let postgres: TestPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await withPostgres();
  pool = openPool(postgres.url, 2);
  await migrate(pool);
  await pool.query('insert into orgs (org, sandbox, clock, quiet_ms) values ($1, true, 1000, 2000)', [org]);
  await pool.query('insert into heads (org) values ($1)', [org]);
}, 60_000);
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
}, 30_000);

async function nudges(of: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ owed: { nudges: readonly string[] } }>(
    'select owed_by($1, $2, 1000) as owed',
    [org, of],
  );
  return rows[0]?.owed.nudges ?? [];
}

describe('what a step asks the database', () => {
  it('is served by no index that begins with the organization', async () => {
    const { rows } = await pool.query<{ name: string; first: string }>(
      `select i.indexrelid::regclass::text as name, a.attname as first from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where i.indrelid = any(array['obligations', 'facts', 'notices', 'prompts']::regclass[])`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(8);
    expect(rows.filter(({ first }) => first === 'org')).toEqual([]);
  });

  it('says that the sender of a notice to a final case is to look, until it did', async () => {
    await pool.query(
      `insert into cases (org, case_id, kind, site, sequence, fold_version, state, reads, stage, status, confidential,
         opened_at, moved_at) values ($1, $2, 'clock', 'site_1', 1, 1, '{}', '[]', 'open', 'final', true, 0, 0)`,
      [org, final],
    );
    const notice = {
      key: `${sender}/2/0`,
      to_case: final,
      starts: false,
      kind: 'supervisor_now',
      body: '{}',
    };
    await pool.query('select write_notices($1, $2, 1000, $3)', [org, sender, JSON.stringify([notice])]);
    expect(await nudges(sender)).toEqual([sender]);
    await pool.query(`update notices set outcome = 'handled' where org = $1 and to_case = $2`, [org, sender]);
    expect(await nudges(sender)).toEqual([]);
  });

  it('reckons whose work something is once in a reading, not for each row', async () => {
    const { rows } = await pool.query<{ name: string; source: string }>(
      `select proname as name, prosrc as source from pg_proc where prosrc like '%owners_of(%' and proname <> 'owners_of'`,
    );
    expect(rows.map(({ name }) => name)).toContain('post_view');
    // As a set to look in it may be asked for each row; as an array it is a value, asked once.
    for (const { name, source } of rows) expect(source, name).not.toMatch(/in\s*\(\s*select\s+owners_of/);
  });
});
