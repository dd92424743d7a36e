import pg from 'pg';
import type { CopyTable } from './tables.ts';

/** Rows that are read or written at once. */
const PAGE = 500;

const quoted = pg.escapeIdentifier;

/**
 * The rows of one organization in a table, a line each: a JSON array with every column as PostgreSQL writes it as text,
 * and null for none. In order of the primary key, byte by byte, so that the same rows give the same lines on any server.
 * Inside the caller's transaction, after `AS_TEXT`; takes the memory of one page.
 */
export async function* linesOf(
  client: pg.ClientBase,
  table: CopyTable,
  org: string,
): AsyncIterable<readonly string[]> {
  const columns = table.columns.map(({ name }) => `${quoted(name)}::text`).join(', ');
  const order = table.key.map(({ name, text }) => `${quoted(name)}${text ? ' collate "C"' : ''}`).join(', ');
  await client.query(
    `declare copying no scroll cursor for select json_build_array(${columns})::text as line
     from ${quoted(table.name)} where org = ${pg.escapeLiteral(org)} order by ${order}`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${PAGE} from copying`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query('close copying');
}

/**
 * Puts lines of {@link linesOf} into a table. Column names and types come from the database, never from the copy.
 * @throws errors of the database as they are, e.g. for a value that a constraint refuses
 */
export async function putLines(
  client: pg.ClientBase,
  table: CopyTable,
  lines: readonly string[],
): Promise<void> {
  const names = table.columns.map(({ name }) => quoted(name)).join(', ');
  const values = table.columns.map(({ type }, n) => `(v.cells ->> ${n})::${type}`).join(', ');
  for (let from = 0; from < lines.length; from += PAGE)
    // With the offset each line is taken apart once, and not once for every column.
    await client.query(
      `insert into ${quoted(table.name)} (${names}) select ${values}
       from unnest($1::text[]) with ordinality as l(line, n) cross join lateral (select l.line::jsonb offset 0) as v(cells)
       order by l.n`,
      [lines.slice(from, from + PAGE)],
    );
}

/** @returns tables that hold any row, of whatever organization. */
export async function filledTables(
  client: pg.ClientBase,
  tables: readonly CopyTable[],
): Promise<readonly string[]> {
  const filled: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query(`select 1 from ${quoted(name)} limit 1`);
    if (rows.length > 0) filled.push(name);
  }
  return filled;
}
