import { visibilityClasses } from '../domain/kernel/words.ts';
import type { CaseKind, Visibility } from '../domain/kernel/words.ts';
import { caseClass, classesOf, readsInside } from './ask-reader.ts';
import type { ReadingOffice, Sight } from './ask-reader.ts';

/** How far a case has come, as a reader may know it. */
export interface HeadSeen {
  readonly sequence: number;
  readonly movedAt: number;
}

interface Looked {
  readonly sight: Sight;
  readonly one: {
    readonly case_id: string;
    readonly kind: string;
    readonly sequence: number;
    readonly moved_at: number;
  };
}

/**
 * Classes by whose rows somebody may learn that a case moved: what they read, and what no case about a person keeps from its
 * circle. Of a confidential case, whoever knows of it at all.
 */
export const stirring = (sight: Sight, kind: CaseKind): readonly Visibility[] =>
  sight.structure || caseClass[kind] === 'C3'
    ? visibilityClasses
    : [...new Set<Visibility>(['C0', 'C1', ...classesOf(sight, kind)])];

/**
 * How far cases have come, without what a reader may not know of: a confidential entry changes neither number for them, so
 * that nobody learns on that very day that there is a report. The entry number is what a decision says it was made upon
 * (domain/versions.ts), so only what lies in the vault is left out of it.
 * @param at an instant to look back from; left out: now
 * @returns nothing for a confidential case and whoever may not read in it: that anything happens there would tell too much
 */
export async function headsSeen(
  { pool, org }: ReadingOffice,
  list: readonly Looked[],
  at?: number,
): Promise<ReadonlyMap<string, HeadSeen>> {
  const found = new Map<string, HeadSeen>();
  const narrow: Looked[] = [];
  for (const each of list) {
    const { one, sight } = each;
    const kind = one.kind as CaseKind;
    const inside = readsInside(sight, kind, 'C3');
    if (caseClass[kind] === 'C3' && !inside) continue;
    if (inside || sight.structure) found.set(one.case_id, { sequence: one.sequence, movedAt: one.moved_at });
    else narrow.push(each);
  }
  if (narrow.length === 0) return found;
  const { rows } = await pool.query<{ id: string; sequence: number; moved: number }>(
    `select c.id, coalesce(open.sequence, 0) as sequence, coalesce(moved.at, 0) as moved
     from unnest($2::text[], $3::text[]) as c (id, classes)
     left join lateral (select l.sequence from ledger l where l.org = $1 and l.case_id = c.id and l.visibility <> 'C3'
       and ($4::bigint is null or l.at <= $4::bigint) order by l.sequence desc limit 1) open on true
     left join lateral (select l.at from ledger l where l.org = $1 and l.case_id = c.id
       and l.visibility = any(string_to_array(c.classes, ',')) and ($4::bigint is null or l.at <= $4::bigint)
       order by l.sequence desc limit 1) moved on true`,
    [
      ...[org, narrow.map(({ one }) => one.case_id)],
      ...[narrow.map(({ one, sight }) => stirring(sight, one.kind as CaseKind).join(',')), at ?? null],
    ],
  );
  for (const { id, sequence, moved } of rows) found.set(id, { sequence, movedAt: moved });
  return found;
}
