import { peopleByRefs } from '../directory/people.ts';
import type { ReadingOffice } from './ask-reader.ts';
import { marksOf } from './import-rows.ts';
import type { ImportRow, RowError } from './import-rows.ts';

/** Refs of those whose application to this opening runs, however they came: by themselves, by HR, by another file. */
async function applicants({ pool, org }: ReadingOffice, opening: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ person: string }>(
    `select split_part(subject, '/', 2) as person from facts
      where kind = 'applying' and org = $1 and starts_with(subject, $2 || '/')`,
    [org, opening],
  );
  return rows.map((row) => row.person);
}

/**
 * R3.4: a row of somebody who applies to this opening already, under another key: the same mail address, or the same number
 * under the same name. One person with two applications would be judged twice.
 * @param fresh rows that are not entered yet, with the ref each would get
 */
export async function doublesOf(
  office: ReadingOffice,
  opening: string,
  fresh: readonly { readonly row: ImportRow; readonly person: string }[],
): Promise<readonly RowError[]> {
  if (fresh.length === 0) return [];
  const there = await peopleByRefs(office.pool, office.keys, office.org, await applicants(office, opening));
  const known = new Map<string, string>();
  for (const one of there.values())
    for (const [column, mark] of marksOf(one)) known.set(`${column} ${mark}`, one.ref);
  return fresh.flatMap(({ row, person }): readonly RowError[] => {
    const double = marksOf(row).find(([column, mark]) => {
      const ref = known.get(`${column} ${mark}`);
      return ref !== undefined && ref !== person;
    });
    return double === undefined ? [] : [{ line: row.line, code: 'applies_already', column: double[0] }];
  });
}
