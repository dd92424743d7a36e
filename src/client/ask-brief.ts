import { inPlace } from '../domain/employment/cover.ts';
import { employment } from '../domain/employment/decider.ts';
import { deadlineOf, hoursLeft, periodOf } from '../domain/employment/field.ts';
import { slots } from '../domain/employment/sessions.ts';
import { isLive } from '../domain/employment/state.ts';
import type { EmploymentState, Live } from '../domain/employment/state.ts';
import { deciderOf } from '../domain/cases.ts';
import { canRead } from '../domain/kernel/can.ts';
import { holder } from '../domain/kernel/words.ts';
import type { CaseKind, PersonRef } from '../domain/kernel/words.ts';
import type { Terms } from '../domain/kernel/terms.ts';
import { recordReading } from './ask-access.ts';
import { named, whoIs } from './ask-names.ts';
import type { Who } from './ask-names.ts';
import { ReadingRefused, caseClass, caseFor, readerOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';
import { waitingFor } from './ask-waiting.ts';
import type { Waiting } from './ask-waiting.ts';

/** The session a brief is for: when, and who holds it. */
export interface BriefSession {
  readonly session: string;
  readonly on: string;
  readonly at: string;
  readonly by: Who | null;
}

/** The line of the last session that was held. */
export interface BriefLast {
  readonly on: string;
  readonly topics: readonly string[];
}

/** One page for the two before they meet: about the work, by codes and dates. */
export interface Brief {
  readonly case: string;
  readonly now: number;
  readonly zone: string;
  readonly employee: Who;
  readonly next: BriefSession | null;
  readonly last: BriefLast | null;
  /** A line that the employee has not confirmed yet. */
  readonly unconfirmed: readonly string[];
  readonly actions: readonly { readonly action: string; readonly owner: Who; readonly due: string }[];
  /** What either of the two put down to talk about, and who did. */
  readonly agenda: readonly { readonly topic: string; readonly by: 'employee' | 'supervisor' }[];
  readonly credential: { readonly status: string; readonly validTo: string };
  /** Hours of further training, or of supervised work on the way to a first certificate, that are still to do. */
  readonly hours: { readonly of: 'training' | 'route'; readonly left: number; readonly until: string } | null;
  /** What waits in this employment for the reader themselves, soonest due first. */
  readonly waiting: readonly Waiting[];
}

function nextSession(state: Live, reader: Reader, terms: Terms): BriefSession | null {
  const slot = slots(state.sessions, terms.calendar)[0];
  if (slot === undefined) return null;
  const who = inPlace(state.sessions, state.job, slot.ordinal, slot.on);
  const { session, on } = slot;
  const by = who === null ? null : whoIs(who, reader, employment.relations(state));
  return { session, on, at: state.sessions.at, by };
}

async function lastSession(office: ReadingOffice, id: string): Promise<BriefLast | null> {
  const { rows } = await office.pool.query<{ body: string }>(
    `select body from ledger where org = $1 and case_id = $2 and kind = 'session_logged' order by sequence desc limit 12`,
    [office.org, id],
  );
  for (const row of rows) {
    const body = JSON.parse(row.body) as BriefLast & { readonly outcome: string };
    if (body.outcome === 'held') return { on: body.on, topics: body.topics };
  }
  return null;
}

function hoursOf(state: Live, terms: Terms): Brief['hours'] {
  const { field, job } = state;
  if (field?.route !== undefined) {
    const left = hoursLeft(field.route, terms);
    // X10: days of leave are added where the time rests.
    return left === 0 ? null : { of: 'route', left, until: deadlineOf(field.route, state.leave, terms) };
  }
  const period = periodOf(field, job, terms);
  return period === null ? null : { of: 'training', left: period.hoursLeft, until: period.end };
}

/** The owner of an action as a reader may know them. */
function ownerOf(state: Live, role: string, reader: Reader): Who {
  const { person, supervisor, manager, site } = state.job;
  const known: Readonly<Record<string, string>> = { employee: person, supervisor, manager };
  return whoIs(known[role] ?? holder('hr', site), reader, employment.relations(state));
}

/** The part of a brief that the state alone tells. Whoever has left meets for no session, and owes no hours. */
export function briefFrom(state: Live, reader: Reader, terms: Terms) {
  const { sessions, job } = state;
  const over = state.ending.ended !== null;
  return {
    zone: terms.calendar.zone,
    employee: whoIs(job.person, reader, employment.relations(state)),
    next: over ? null : nextSession(state, reader, terms),
    unconfirmed: sessions.unconfirmed.map((one) => one.session),
    actions: state.actions
      .map(({ action, owner, due }) => ({ action, owner: ownerOf(state, owner, reader), due }))
      .toSorted((a, b) => (a.due < b.due ? -1 : 1)),
    agenda: Object.entries(sessions.agenda ?? {}).map(([topic, by]) => ({ topic, by })),
    credential: job.credential,
    hours: over ? null : hoursOf(state, terms),
  };
}

/** Names for a reader who may see them. */
async function withNames(office: ReadingOffice, names: boolean, brief: Brief): Promise<Brief> {
  const by = brief.next?.by ?? null;
  const list = [brief.employee, ...(by === null ? [] : [by]), ...brief.actions.map((one) => one.owner)];
  const refs = names ? list.flatMap((who) => [who.person, who.standIn]).filter((ref) => ref !== null) : [];
  const known = new Map((await named(office, list, new Set(refs))).map((who) => [who.owner, who]));
  const nameOf = (who: Who): Who => known.get(who.owner) ?? who;
  return {
    ...brief,
    employee: nameOf(brief.employee),
    next: brief.next === null ? null : { ...brief.next, by: by === null ? null : nameOf(by) },
    actions: brief.actions.map((one) => ({ ...one, owner: nameOf(one.owner) })),
  };
}

/**
 * One page before a session: what was agreed, what either side wants to talk about, the certificate and hours. For those
 * who read the daily work of this employment.
 * @throws ReadingRefused
 */
export async function askBrief(office: ReadingOffice, as: As, id: string): Promise<Brief> {
  const reader = await readerOf(office, as);
  const { one, sight } = await caseFor(office, reader, id);
  // An auditor reads what was decided, and prepares nobody's talk.
  const works = sight.names && canRead(sight.capacities, caseClass.employment);
  if (one.kind !== 'employment' || !works) throw new ReadingRefused('not_permitted', id);
  const state = one.held?.own as EmploymentState | undefined;
  // The machine reads no people.
  if (one.held === null || state === undefined || !isLive(state))
    throw new ReadingRefused('not_permitted', id);
  await office.terms.load(office.pool, office.org, [one.held.base.terms]);
  const terms = office.terms.get(one.held.base.terms);
  const waiting = await waitingFor(office, reader, { case: id, mine: as });
  await recordReading(office, reader, { what: 'brief', refs: [id], classes: [caseClass.employment] });
  const last = await lastSession(office, id);
  const told = { ...briefFrom(state, reader, terms), case: id, now: reader.now, last, waiting };
  return withNames(office, sight.names, told);
}

/** What somebody owes in a case, and whom its texts are about: what a one-command answer starts from. */
export interface Desk {
  readonly owed: readonly Waiting[];
  readonly employee: PersonRef | null;
}

/** @throws ReadingRefused */
export async function askDesk(office: ReadingOffice, as: As, id: string): Promise<Desk> {
  const reader = await readerOf(office, as);
  const { one } = await caseFor(office, reader, id);
  const owed = await waitingFor(office, reader, { case: id, mine: as });
  const relations = one.held === null ? [] : deciderOf(one.kind as CaseKind).relations(one.held.own);
  return { owed, employee: relations.find((each) => each.capacity === 'employee')?.person ?? null };
}
