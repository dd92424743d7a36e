import type pg from 'pg';

/** One table of the house, as the database itself describes it. */
export interface CopyTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns of the primary key: the order in which rows are copied. */
  readonly key: readonly { readonly name: string; readonly text: boolean }[];
}

interface Described extends CopyTable {
  /** Tables it refers to: their rows have to be there before its own. */
  readonly after: readonly string[];
}

/**
 * Tables that no copy holds. Which migrations were applied stands in the manifest; sessions, sign-ins under way and
 * counts of tries pass within hours, and whoever is signed in signs in anew after a restore.
 */
export const leftOut: readonly string[] = ['migrations', 'rate_counts', 'sessions', 'sign_ins'];

const TABLES_SQL = `
  select c.relname as name,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    (select json_agg(json_build_object('name', a.attname, 'text', a.atttypid = 'text'::regtype) order by k.place)
      from pg_index i cross join lateral unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary) as key,
    (select coalesce(json_agg(distinct r.relname), '[]') from pg_constraint f join pg_class r on r.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as after
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() and c.relkind = 'r'
    and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'org' and not a.attisdropped)
  order by c.relname`;

/** Puts what is referred to before what refers to it. @throws when two refer to each other, which no table here does */
function inOrder(tables: readonly Described[]): readonly CopyTable[] {
  const done: Described[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const ready = left.filter((one) => !one.after.some((name) => left.some((other) => other.name === name)));
    if (ready.length === 0) throw new Error('tables_in_a_circle');
    done.push(...ready);
    left = left.filter((one) => !ready.includes(one));
  }
  return done.map(({ name, columns, key }) => ({ name, columns, key }));
}

/**
 * The tables that hold rows of an organization, read from the database itself, so that none is forgotten that a later
 * migration adds: each has a column `org`.
 * @returns them in an order in which they can be filled
 */
export async function tablesOf(client: pg.ClientBase): Promise<readonly CopyTable[]> {
  const { rows } = await client.query<Described>(TABLES_SQL);
  return inOrder(rows.filter(({ name }) => !leftOut.includes(name)));
}

/** Settings that decide how a value is written as text: the same on both sides, whatever the server's own are. */
export const AS_TEXT = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local idle_in_transaction_session_timeout = 0;
  set local statement_timeout = 0`;
