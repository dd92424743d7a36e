import { opaque } from '../domain/kernel/digest.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import { assign, heldBy, unassign } from './organization.ts';
import type { NewAssignment, Office } from './organization.ts';

/** What a group of the organization's provider makes of its members here. */
export interface GroupRight {
  readonly group: string;
  readonly capacity: Capacity;
  readonly scope: string;
}

/**
 * Gives and ends what a person is by the groups their provider lists. Only capacities that a group stands for are touched:
 * what was given here by hand for another capacity or place stays.
 * @param groups as the provider lists them at this sign-in
 * @param mark makes the decision's id, one for each sign-in
 */
export async function followGroups(
  office: Office,
  person: string,
  groups: readonly string[],
  rights: readonly GroupRight[],
  mark: string,
): Promise<void> {
  const keyOf = (one: { capacity: string; scope: string }): string => `${one.capacity}@${one.scope}`;
  const held = new Set((await heldBy(office, person)).map(keyOf));
  const wanted = new Set(rights.filter((one) => groups.includes(one.group)).map(keyOf));
  const once = [...new Map(rights.map((one) => [keyOf(one), one])).values()];
  const named = (one: GroupRight): NewAssignment => ({ person, capacity: one.capacity, scope: one.scope });
  const given = once.filter((one) => wanted.has(keyOf(one)) && !held.has(keyOf(one))).map(named);
  const ended = once.filter((one) => !wanted.has(keyOf(one)) && held.has(keyOf(one))).map(named);
  const by = (what: string) => ({
    decisionId: `groups_${what}_${opaque(`${mark}|${person}`)}`,
    actor: 'installation',
  });
  if (given.length > 0) await assign(office, given, by('given'));
  if (ended.length > 0) await unassign(office, ended, by('ended'));
}
