import { apartFrom, apartIn, mayGiveWord } from '../domain/apart.ts';
import { deciderOf } from '../domain/cases.ts';
import { answersInPerson } from '../domain/kernel/can.ts';
import type { Relation } from '../domain/kernel/decider.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { heldFrom } from '../ledger/state.ts';
import type { CaseRow, StepRead } from '../ledger/step-store.ts';
import { libraryOf } from './ports.ts';
import type { Ports } from './ports.ts';

/** Cases that are about a person; of openings and roles none is. */
const ABOUT_SQL = `select case_id, kind, site, sequence, fold_version, state, stage, status, next_wake from cases
  where org = $1 and case_id = any($2::text[]) and kind in ('candidacy', 'employment', 'review', 'clock')`;

interface People {
  readonly kind: CaseKind;
  readonly relations: readonly Relation[];
}

/** Who is what in these cases about people, by their ids. */
async function relationsIn(ports: Ports, ids: readonly string[]): Promise<ReadonlyMap<string, People>> {
  const found = new Map<string, People>();
  if (ids.length === 0) return found;
  const { rows } = await ports.pool.query<CaseRow>(ABOUT_SQL, [ports.org, [...new Set(ids)]]);
  for (const row of rows) {
    const kind = row.kind as CaseKind;
    const decider = deciderOf(kind);
    const read = { case: row } as unknown as StepRead;
    const held = await heldFrom(libraryOf(ports), ports.pool, ports.org, decider, read);
    if (held === null) continue;
    found.set(row.case_id, { kind, relations: decider.relations(held.own) });
  }
  return found;
}

/** Who gave another word on what one item asks; kept with the item. */
async function spokeOn({ pool, org }: Ports, { case_id: id, obligation }: Asked): Promise<readonly string[]> {
  const { rows } = await pool.query<{ spoke: readonly string[] | null }>(
    'select spoke from obligations where org = $1 and case_id = $2 and id = $3',
    [org, id, obligation],
  );
  return rows[0]?.spoke ?? [];
}

/** Of whom something is asked, and in which case. */
interface Asked {
  readonly owner: string;
  readonly case_id: string;
  /** The id of what is asked for. */
  readonly obligation: string;
}

/** @returns the people of a case of whom an owner's office is asked nothing there, or not this */
export async function apartOf(ports: Ports, asked: Asked): Promise<readonly string[]> {
  const { owner, case_id: id } = asked;
  const one = owner.includes('@') ? (await relationsIn(ports, [id])).get(id) : undefined;
  if (one === undefined) return [];
  const spoke = mayGiveWord(owner) ? await spokeOn(ports, asked) : [];
  return apartFrom(one.kind, one.relations, owner, spoke);
}

/**
 * Which of these cases are about this person, as a candidate or an employee, or ask for them by name, as a mentor or a
 * colleague: what they are asked there nobody answers in their place, so it goes to nobody else.
 */
export async function casesAbout(
  ports: Ports,
  person: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const all = await relationsIn(ports, ids);
  const about = [...all].filter(([, { relations }]) => answersInPerson(person, relations));
  return new Set(about.map(([id]) => id));
}

interface Item {
  readonly owner: string;
  readonly case_id: string;
  /** Who gave another word on it, or null. */
  readonly spoke?: readonly string[] | null;
}

/** Of what is asked of people or offices: whether it is somebody's own, in a case about themselves. */
export async function ownItems(ports: Ports, items: readonly Item[]): Promise<(one: Item) => boolean> {
  const people = new Set(items.map((one) => one.owner).filter((owner) => owner.startsWith('prs_')));
  const own = new Map<string, ReadonlySet<string>>();
  for (const person of people) {
    const ids = items.filter((one) => one.owner === person).map((one) => one.case_id);
    own.set(person, await casesAbout(ports, person, ids));
  }
  return ({ owner, case_id: id }) => own.get(owner)?.has(id) === true;
}

/**
 * Of what offices are asked: whether this person is left out of it, in a case about themselves, in whose line they are, or
 * where they gave one of two words already.
 * Cases are opened only for whoever works here as somebody a case is about, and for offices that give their word.
 */
export async function apartItems(
  ports: Ports,
  person: string,
  items: readonly Item[],
): Promise<(one: Item) => boolean> {
  const { rows } = await ports.pool.query(
    `select 1 from facts where org = $1 and kind = 'concerns' and split_part(value, ',', 1) = $2 limit 1`,
    [ports.org, person],
  );
  const looks = ({ owner }: Item): boolean => owner.includes('@') && (rows.length > 0 || mayGiveWord(owner));
  const all = await relationsIn(
    ports,
    items.filter(looks).map((one) => one.case_id),
  );
  return (one) => {
    const found = all.get(one.case_id);
    return found !== undefined && apartIn(found.kind, found.relations, person, one.owner, one.spoke ?? []);
  };
}
