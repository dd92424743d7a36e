import { inForce } from '../domain/kernel/in-force.ts';
import { deciderOf } from '../domain/cases.ts';
import type { AnyDecider } from '../domain/kernel/held.ts';
import type { Look, RowSeen } from '../domain/kernel/decider.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { heldOf, selvesOf } from './ask-reader.ts';
import type { Reader, ReadingOffice, SeenCase } from './ask-reader.ts';

/** Whether what a row says is kept from the reader for now: sheets given independently first. */
export type Hiding = (row: RowSeen) => boolean;

const nothing: Hiding = () => false;

/**
 * Everybody a reader looks as: themselves first, then whom they stand in for. Whoever stands in for a colleague sees
 * neither before their own sheet what that one may, nor before that one's what they may themselves (R4.3, D3.4).
 */
async function looksOf(
  office: ReadingOffice,
  reader: Reader,
  held: Held,
  at: Omit<Look, 'reader' | 'terms'>,
): Promise<readonly Look[]> {
  await office.terms.load(office.pool, office.org, [held.base.terms]);
  return looksFor(reader, { ...at, terms: office.terms.get(held.base.terms) });
}

const worksForHr = (self: string, { assignments, now }: Reader): boolean =>
  assignments.some(
    ({ person, capacity, from, to }) =>
      person === self && (capacity === 'hr' || capacity === 'hr_director') && inForce(from, to, now),
  );

/** The same, where the terms of the case are at hand. */
export function looksFor(reader: Reader, at: Omit<Look, 'reader'>): readonly Look[] {
  if (reader.as === 'installation') return [{ ...at, reader: null }];
  const selves = selvesOf(reader);
  const hr = selves.some((self) => worksForHr(self, reader)) ? { hr: true as const } : {};
  return selves.map((self) => ({ ...at, ...hr, reader: self }));
}

/** True when a row is kept from anybody the reader looks as; what they wrote themselves is theirs. */
export function hiddenFrom(
  decider: AnyDecider,
  state: unknown,
  row: RowSeen,
  looks: readonly Look[],
): boolean {
  const own = looks.filter((look, place) => place === 0 && look.reader === row.actor);
  return (own.length > 0 ? own : looks).some((look) => decider.hidden?.(state, row, look) === true);
}

/** A state without what is kept from anybody the reader looks as. */
export function veiledFrom(decider: AnyDecider, state: unknown, looks: readonly Look[]): unknown {
  if (decider.veiled === undefined) return state;
  return looks.reduce((seen, look) => decider.veiled?.(seen, look) ?? seen, state);
}

/** What of a case's rows is kept from a reader now. Every function that shows bodies or texts of rows asks this first. */
export async function hidingIn(office: ReadingOffice, reader: Reader, one: SeenCase): Promise<Hiding> {
  const decider = deciderOf(one.kind as CaseKind);
  if (decider.hidden === undefined) return nothing;
  const held = one.held ?? (await heldOf(office, one));
  if (held === null) return nothing;
  const looks = await looksOf(office, reader, held, { now: reader.now });
  return (row) => hiddenFrom(decider, held.own, row, looks);
}

/** A state as the reader may know it. @param at the instant the state is of, and the classes they may read */
export async function veiledState(
  office: ReadingOffice,
  reader: Reader,
  kind: CaseKind,
  held: Held,
  at: Omit<Look, 'reader' | 'terms'>,
): Promise<unknown> {
  const decider = deciderOf(kind);
  if (decider.veiled === undefined) return held.own;
  return veiledFrom(decider, held.own, await looksOf(office, reader, held, at));
}
