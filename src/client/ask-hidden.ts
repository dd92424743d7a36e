import { deciderOf } from '../domain/cases.ts';
import type { Look, RowSeen } from '../domain/kernel/decider.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { heldOf } from './ask-reader.ts';
import type { Reader, ReadingOffice, SeenCase } from './ask-reader.ts';

/** Whether what a row says is kept from the reader for now: sheets given independently first. */
export type Hiding = (row: RowSeen) => boolean;

const nothing: Hiding = () => false;

/** The reader alone counts: whoever stands in for a colleague does not see before their own sheet what that one may. */
async function lookOf(office: ReadingOffice, reader: Reader, held: Held, now: number): Promise<Look> {
  await office.terms.load(office.pool, office.org, [held.base.terms]);
  const person = reader.as === 'installation' ? null : reader.as;
  return { reader: person, now, terms: office.terms.get(held.base.terms) };
}

/** What of a case's rows is kept from a reader now. Every function that shows bodies or texts of rows asks this first. */
export async function hidingIn(office: ReadingOffice, reader: Reader, one: SeenCase): Promise<Hiding> {
  const decider = deciderOf(one.kind as CaseKind);
  if (decider.hidden === undefined) return nothing;
  const held = one.held ?? (await heldOf(office, one));
  if (held === null) return nothing;
  const look = await lookOf(office, reader, held, reader.now);
  return (row) => decider.hidden?.(held.own, row, look) === true;
}

/** A state as the reader may know it. @param now the instant the state is of */
export async function veiledState(
  office: ReadingOffice,
  reader: Reader,
  kind: CaseKind,
  held: Held,
  now: number,
): Promise<unknown> {
  const decider = deciderOf(kind);
  if (decider.veiled === undefined) return held.own;
  return decider.veiled(held.own, await lookOf(office, reader, held, now));
}
