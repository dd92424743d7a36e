import type pg from 'pg';
import { opaque } from '../domain/kernel/digest.ts';
import type { ErasedBefore } from '../ledger/erased-entries.ts';
import { houseAppendIn } from '../ledger/house-append.ts';
import { holdsOver } from '../ledger/holds.ts';
import type { Copy } from './copy-reading.ts';
import { destroyTheirs } from './erase.ts';
import { deleteTexts } from './purge.ts';

/** What the list named and the copy still had. */
export interface ErasedAgain {
  readonly again: { readonly people: readonly string[]; readonly texts: number };
  /**
   * Named in the list and not erased: it was found not to be done at the time, or it was not done when the copy was made
   * and a legal hold stood over it then. A person decides.
   */
  readonly undecided: { readonly people: readonly string[]; readonly texts: readonly string[] };
}

/** Something the list names and the copy has; `reached`: the case or person that a hold over it would name. */
interface There {
  readonly ref: string;
  readonly reached: readonly string[];
}

const PEOPLE_SQL = `select ref, array[ref] as reached from persons
  where org = $1 and ref = any($2::text[]) and erased_at is null order by ref`;

const TEXTS_SQL = `select t.ref, array_agg(distinct t.subject) || array_remove(array_agg(distinct n.case_id), null) as reached
  from texts t left join (
    select l.case_id, named.value ->> 0 as ref from ledger l, jsonb_array_elements(l.texts::jsonb) as named
    where l.org = $1 and l.texts <> '[]') n on n.ref = t.ref
  where t.org = $1 and t.ref = any($2::text[]) and t.sealed is not null group by t.ref order by t.ref`;

/**
 * Parts what is to be erased from what a person decides. Whoever was noted after the copy was made was under no hold
 * then, which an erasure looks at last; whoever was noted before and is there all the same was not erased, and what came
 * since, a hold perhaps, is not undone in silence.
 */
async function parted(
  client: pg.ClientBase,
  { manifest: { org, at } }: Copy,
  there: readonly There[],
  { undone, notedAt }: ErasedBefore,
): Promise<readonly [again: readonly string[], undecided: readonly string[]]> {
  const [again, undecided]: [string[], string[]] = [[], []];
  for (const { ref, reached } of there) {
    const isOld = (notedAt.get(ref) ?? 0) <= Date.parse(at);
    const isUndone = undone.people.has(ref) || undone.texts.has(ref);
    const stays = isUndone || (isOld && (await holdsOver(client, org, reached)).length > 0);
    (stays ? undecided : again).push(ref);
  }
  return [again, undecided];
}

/** Destroys again what the list names and the copy still had, inside the caller's transaction, and notes it. */
export async function eraseAgain(
  client: pg.ClientBase,
  copy: Copy,
  erased: ErasedBefore,
): Promise<ErasedAgain> {
  const { org } = copy.manifest;
  const there = async (sql: string, ...named: readonly ReadonlySet<string>[]): Promise<readonly There[]> =>
    (await client.query<There>(sql, [org, named.flatMap((refs) => [...refs])])).rows;
  const people = await parted(
    client,
    copy,
    await there(PEOPLE_SQL, erased.people, erased.undone.people),
    erased,
  );
  const texts = await parted(client, copy, await there(TEXTS_SQL, erased.texts, erased.undone.texts), erased);
  const [[gone, keptPeople], [refs, keptTexts]] = [people, texts];
  for (const ref of gone) await destroyTheirs(client, org, ref);
  await deleteTexts(client, org, refs);
  if (gone.length + refs.length > 0)
    await houseAppendIn(client, org, {
      decisionId: `again_${opaque(JSON.stringify([copy.name, gone, refs]))}`,
      ...{ actor: 'installation', how: 'installation', capacity: 'administrator' },
      events: [
        {
          ...{ stream: 'erasure', kind: 'erased_again' },
          body: { people: gone, texts: refs.length, copy: copy.name },
        },
      ],
    });
  return {
    again: { people: gone, texts: refs.length },
    undecided: { people: keptPeople, texts: keptTexts },
  };
}
