import type { Obligation } from '../domain/kernel/agenda.ts';
import { openFrom, unsent } from '../domain/kernel/agenda.ts';
import type { Held } from '../domain/kernel/held.ts';
import type { Missing } from '../domain/kernel/refusal.ts';
import { missingFor, whyAll } from '../domain/kernel/why.ts';
import type { KeptObligation, Why } from '../domain/kernel/why.ts';
import type { Capacity, CaseKind, PersonRef, Visibility } from '../domain/kernel/words.ts';
import { asOf } from '../ledger/read.ts';
import type { AsOf } from '../ledger/read.ts';
import { recordReading } from './ask-access.ts';
import { veiledState } from './ask-hidden.ts';
import {
  ReadingRefused,
  caseClass,
  caseFor,
  classesOf,
  readerOf,
  readsInside,
  seesCase,
  seesGate,
  sightOn,
  withRivals,
} from './ask-reader.ts';
import { headsSeen } from './ask-heads.ts';
import type { As, ReadingOffice, SeenCase } from './ask-reader.ts';
import { sitesOf } from './ask-waiting.ts';

/** Somebody who could read something of a case at an instant. */
export interface PastReader {
  /** Null for the person the case is about, to whoever runs or audits the machine. */
  readonly person: PersonRef | null;
  readonly capacities: readonly Capacity[];
  readonly reads: readonly Visibility[];
}

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

/** What somebody is to a case that is about them. */
const itself: ReadonlySet<Capacity> = new Set(['candidate', 'employee']);

/** Who could read which classes of it then, besides what each of them wrote or was asked: what each of them was towards the case is reckoned as for a reader of today. */
async function readersThen(
  office: ReadingOffice,
  one: SeenCase,
  then: AsOf,
  whoever: boolean,
): Promise<readonly PastReader[]> {
  const kind = one.kind as CaseKind;
  const { people, assignments, delegations } = then.who;
  const list = people.map(async (person) => {
    const reader = { as: person, now: then.at, assignments, delegations };
    const [seen = one] = await withRivals(office, reader, [{ ...one, held: then.held }]);
    const sight = sightOn(reader, office.org, seen);
    const asked = then.obligations.some((owed) => sight.owners.includes(owed.owner));
    const { capacities } = sight;
    return { seen: asked || seesCase(sight, kind), person, capacities, reads: classesOf(sight, kind) };
  });
  const seen = (await Promise.all(list)).filter((each) => each.seen && each.reads.length > 0);
  return seen.map(({ person, capacities, reads }) => ({
    person: whoever || !capacities.some((held) => itself.has(held)) ? person : null,
    ...{ capacities, reads },
  }));
}

/** Somebody asked how a case stood at a moment that is still to come. */
export class MomentAhead extends Error {
  readonly code = 'moment_ahead';
  constructor() {
    super(
      'That moment is still to come, and nobody knows yet how the case will stand then. Name one that is over. What is owed ahead is in "peer-hire case forecast".',
    );
    this.name = 'MomentAhead';
  }
}

/** A moment to look back at; `from`: when the day began whose end `at` is. That day may still run: then it is now. */
export interface Moment {
  readonly at: number;
  readonly from?: number;
}

function reached({ at, from = at }: Moment, now: number): number {
  if (from > now) throw new MomentAhead();
  return Math.min(at, now);
}

/** @returns null when the case did not exist at that instant. @throws ReadingRefused; MomentAhead */
export async function askAsOf(
  office: ReadingOffice,
  as: As,
  id: string,
  moment: Moment,
): Promise<ShownThen | null> {
  const reader = await readerOf(office, as);
  const instant = reached(moment, reader.now);
  const { one, sight } = await caseFor(office, reader, id);
  const kind = one.kind as CaseKind;
  const content = caseClass[kind];
  const seesContent = readsInside(sight, kind, content);
  if (one.kind === 'clock' && !seesContent) throw new ReadingRefused('not_permitted', id);
  const then = await asOf(office.pool, office.keys, office.org, id, instant);
  if (then === null) return null;
  const site = (await sitesOf(office)).get(one.site);
  const leads = sight.capacities.some((held) => held === 'hr' || held === 'hr_director');
  const kept = then.obligations.map((owed) => keptOf(owed, then.held));
  const state = seesContent
    ? await veiledState(office, reader, kind, then.held, { now: instant, classes: classesOf(sight, kind) })
    : null;
  await recordReading(office, reader, { what: 'as_of', refs: [id], classes: [content] });
  const heads = await headsSeen(office, [{ one: { ...one, sequence: then.sequence }, sight }], instant);
  const sequence = heads.get(id)?.sequence ?? then.sequence;
  return {
    ...{ case: id, at: instant, zone: site?.zone ?? 'UTC', ...then.standing, sequence },
    gates: then.gates
      .filter(({ gate }) => seesGate(sight, kind, gate))
      .map(({ gate, missing }) => ({ gate, missing: missingFor(missing, sight, content) })),
    waiting: whyAll(kept, sight),
    state,
    readers: leads || sight.structure ? await readersThen(office, one, then, leads) : null,
  };
}
