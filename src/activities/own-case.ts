import { deciderOf } from '../domain/cases.ts';
import { concernsThem } from '../domain/kernel/can.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { heldFrom } from '../ledger/state.ts';
import type { CaseRow, StepRead } from '../ledger/step-store.ts';
import { libraryOf } from './ports.ts';
import type { Ports } from './ports.ts';

/** Cases that are about a person; of openings and roles none is. */
const ABOUT_SQL = `select case_id, kind, site, sequence, fold_version, state, stage, status, next_wake from cases
  where org = $1 and case_id = any($2::text[]) and kind in ('candidacy', 'employment', 'review', 'clock')`;

/**
 * Which of these cases are about this person, as a candidate or an employee: what they are asked there nobody answers in
 * their place, so it goes to nobody else.
 */
export async function casesAbout(
  ports: Ports,
  person: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const about = new Set<string>();
  if (ids.length === 0) return about;
  const { rows } = await ports.pool.query<CaseRow>(ABOUT_SQL, [ports.org, [...new Set(ids)]]);
  for (const row of rows) {
    const decider = deciderOf(row.kind as CaseKind);
    const read = { case: row } as unknown as StepRead;
    const held = await heldFrom(libraryOf(ports), ports.pool, ports.org, decider, read);
    if (held !== null && concernsThem(person, decider.relations(held.own))) about.add(row.case_id);
  }
  return about;
}

/** Of what is asked of people or offices: whether it is somebody's own, in a case about themselves. */
export async function ownItems(
  ports: Ports,
  items: readonly { readonly owner: string; readonly case_id: string }[],
): Promise<(one: { readonly owner: string; readonly case_id: string }) => boolean> {
  const people = new Set(items.map((one) => one.owner).filter((owner) => owner.startsWith('prs_')));
  const own = new Map<string, ReadonlySet<string>>();
  for (const person of people) {
    const ids = items.filter((one) => one.owner === person).map((one) => one.case_id);
    own.set(person, await casesAbout(ports, person, ids));
  }
  return ({ owner, case_id: id }) => own.get(owner)?.has(id) === true;
}
