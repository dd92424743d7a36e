import type { Obligation } from '../domain/kernel/agenda.ts';
import { openFrom, unsent } from '../domain/kernel/agenda.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { Missing } from '../domain/kernel/refusal.ts';
import { missingFor, whyAll } from '../domain/kernel/why.ts';
import type { KeptObligation, Why } from '../domain/kernel/why.ts';
import type { CaseKind } from '../domain/kernel/words.ts';
import { asOf } from '../ledger/read.ts';
import type { Reader as PastReader } from '../ledger/read.ts';
import { recordReading } from './ask-access.ts';
import { veiledState } from './ask-hidden.ts';
import {
  ReadingRefused,
  caseClass,
  caseFor,
  classesOf,
  readerOf,
  readsInside,
  seesGate,
} from './ask-reader.ts';
import type { As, ReadingOffice } from './ask-reader.ts';
import { sitesOf } from './ask-waiting.ts';

/** A case as it stood at a past instant, as today's reader may know it. */
export interface ShownThen {
  readonly case: string;
  readonly at: number;
  readonly zone: string;
  readonly stage: string;
  readonly status: string;
  readonly sequence: number;
  readonly gates: readonly { readonly gate: string; readonly missing: readonly Missing[] }[];
  readonly waiting: readonly Why[];
  /** What the case held; null where the reader may not see its content. */
  readonly state: unknown;
  /** Who could read which classes of it then; null for a reader who is neither HR nor the machine. */
  readonly readers: readonly PastReader[] | null;
}

function keptOf(one: Obligation, held: Held): KeptObligation {
  const next = unsent(one, held.base.sent)[0];
  const { id, code, owner, since, due, visibility, atSilence } = one;
  const rung = next === undefined ? null : { id: next.id, at: next.at, to: next.to };
  return {
    ...{ id, code, owner, since, due, visibility, atSilence },
    ...{ next: one.next ?? null, rung, reminded: openFrom(one, held.base.sent) },
  };
}

/** @returns null when the case did not exist at that instant. @throws ReadingRefused */
export async function askAsOf(
  office: ReadingOffice,
  as: As,
  id: string,
  instant: number,
): Promise<ShownThen | null> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  const kind = one.kind as CaseKind;
  const content = caseClass[kind];
  const seesContent = readsInside(sight, kind, content);
  if (one.kind === 'clock' && !seesContent) throw new ReadingRefused('not_permitted', id);
  const then = await asOf(office.pool, office.keys, office.org, id, instant);
  if (then === null) return null;
  const site = (await sitesOf(office)).get(one.site);
  const sees = sight.structure || sight.capacities.some((held) => held === 'hr' || held === 'hr_director');
  const kept = then.obligations.map((owed) => keptOf(owed, then.held));
  const state = seesContent
    ? await veiledState(office, reader, kind, then.held, { now: instant, classes: classesOf(sight, kind) })
    : null;
  await recordReading(office, reader, { what: 'as_of', refs: [id], classes: [content] });
  return {
    ...{ case: id, at: instant, zone: site?.zone ?? 'UTC', ...then.standing, sequence: then.sequence },
    gates: then.gates
      .filter(({ gate }) => seesGate(sight, kind, gate))
      .map(({ gate, missing }) => ({ gate, missing: missingFor(missing, sight, content) })),
    waiting: whyAll(kept, sight),
    state,
    readers: sees ? then.readers : null,
  };
}
