import { deciderOf } from '../domain/cases.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { Look } from '../domain/kernel/decider.ts';
import type { CaseId, CaseKind, PersonRef } from '../domain/kernel/words.ts';
import type { RoleEvent } from '../domain/role/events.ts';
import type { RoleState } from '../domain/role/state.ts';
import type { ReadinessState } from '../domain/readiness/state.ts';
import { askHistory } from './ask-history.ts';
import { named, whoIs } from './ask-names.ts';
import { looksFor, veiledFrom } from './ask-hidden.ts';
import { ReadingRefused, caseFor, heldOf, readerOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';
import { askText } from './ask-text.ts';

/** What a case of stage 0 or 1 holds, as a reader may know it, with what is needed to read it out. */
export interface Opened<S> {
  readonly case: CaseId;
  readonly state: S;
  readonly look: Look;
  /** Names of the people asked for, where the reader may see them. */
  readonly names: (people: readonly PersonRef[]) => Promise<ReadonlyMap<PersonRef, string>>;
}

async function namesFor(
  office: ReadingOffice,
  reader: Reader,
  people: readonly PersonRef[],
  may: boolean,
): Promise<ReadonlyMap<PersonRef, string>> {
  const each = people.map((person) => whoIs(person, reader));
  const known = await named(office, each, new Set(may ? people : []));
  return new Map(known.flatMap(({ owner, name }) => (name === null ? [] : [[owner, name] as const])));
}

/** Daily work of a site (C1), which leaves no row of being read. @throws ReadingRefused for whoever may not read that */
async function openedCase<S>(office: ReadingOffice, as: As, id: string, kind: CaseKind): Promise<Opened<S>> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  if (one.kind !== kind) throw new ReadingRefused('unknown_case', id);
  if (!canRead(sight.capacities, 'C1')) throw new ReadingRefused('not_permitted', id);
  const held = one.held ?? (await heldOf(office, one));
  if (held === null) throw new ReadingRefused('unknown_case', id);
  await office.terms.load(office.pool, office.org, [held.base.terms]);
  const person = as === 'installation' ? null : as;
  const look = { reader: person, now: reader.now, terms: office.terms.get(held.base.terms) };
  const decider = deciderOf(kind);
  const state = veiledFrom(decider, held.own, looksFor(reader, look)) as S;
  const names = (people: readonly PersonRef[]) => namesFor(office, reader, people, sight.names);
  return { case: id, state, look, names };
}

/** A role as it stands. @throws ReadingRefused */
export function askRole(office: ReadingOffice, as: As, id: string): Promise<Opened<RoleState>> {
  return openedCase<RoleState>(office, as, id, 'role');
}

/** The readiness of a site as it stands; sheets only once they are revealed (D0.3). @throws ReadingRefused */
export function askReadiness(office: ReadingOffice, as: As, id: string): Promise<Opened<ReadinessState>> {
  return openedCase<ReadinessState>(office, as, id, 'readiness');
}

/** The events of a role that a reader may read, in their order. @throws ReadingRefused */
export async function askRoleEvents(
  office: ReadingOffice,
  as: As,
  id: string,
): Promise<readonly (RoleEvent & { readonly at: number; readonly decisionId: string })[]> {
  await askRole(office, as, id);
  const { list } = await askHistory(office, as, id, {});
  const own = new Set(Object.keys(deciderOf('role').classes));
  return list.flatMap(({ kind, body, at, decisionId, masked }) =>
    // What the ledger holds under these kinds was written by the decider of the role.
    masked || kind === null || !own.has(kind)
      ? []
      : [{ kind, body, at, decisionId } as RoleEvent & { at: number; decisionId: string }],
  );
}

/** Texts by ref, those that the reader may read; others are left out, also where their person was erased. */
export async function askTexts(
  office: ReadingOffice,
  as: As,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const ref of new Set(refs)) {
    const shown = await askText(office, as, ref).catch(() => null);
    if (shown !== null) found.set(ref, shown.text);
  }
  return found;
}
