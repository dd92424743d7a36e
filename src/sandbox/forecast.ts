import { recordReading } from '../client/ask-access.ts';
import { named, whoIs } from '../client/ask-names.ts';
import type { Who } from '../client/ask-names.ts';
import { caseFor, readerOf, seesCase, selvesOf, sightOf } from '../client/ask-reader.ts';
import type { As, Reader, ReadingOffice, Sight } from '../client/ask-reader.ts';
import { presentAround } from '../client/present.ts';
import type { Present } from '../client/present.ts';
import { deciderOf } from '../domain/cases.ts';
import { canRead } from '../domain/kernel/can.ts';
import type { PromptDraft } from '../domain/kernel/fire.ts';
import { maySee } from '../domain/kernel/why.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { CaseId, CaseKind, Owner, Visibility } from '../domain/kernel/words.ts';
import { foresee } from './foresee.ts';
import type { AssumedAnswer, Foreseen } from './foresee.ts';
import type { Assumed, Future } from './future.ts';

/** One thing that will happen: somebody is asked, reminded or told, or a policy acts by itself. */
export interface Coming {
  readonly at: number;
  readonly case: CaseId;
  readonly kind: string;
  readonly zone: string;
  /** The code of what is owed, or the kind of the event that the policy brings about. */
  readonly what: string;
  /** Which item of that code: it may ask one thing of one person and another of the next. Null for an act of the policy. */
  readonly obligation: string | null;
  readonly how: PromptDraft['how'];
  readonly due: number | null;
  /** Empty for an act of the policy. */
  readonly to: readonly Who[];
}

export interface Forecast {
  readonly now: number;
  /** Up to this instant; earlier than asked for where a calendar ends. */
  readonly until: number;
  readonly assumed: Assumed;
  readonly list: readonly Coming[];
  /** By case, the first day of something this reader may not see: HR has it in hand. */
  readonly hidden: readonly { readonly case: CaseId; readonly due: number; readonly zone: string }[];
  /** With `on_time`: what was taken as done, each on its day. */
  readonly done: readonly AssumedAnswer[];
  /** With `on_time`: codes of what somebody has to judge; what follows is not in the list. */
  readonly judged: readonly string[];
}

export interface ForecastQuestion {
  readonly as: As;
  readonly case: CaseId;
  /** Calendar days, from this instant on. */
  readonly days: number;
  readonly assumed: Assumed;
}

const DAY_MS = 86_400_000;

const caseOf = ({ key }: PromptDraft): CaseId => key.slice(0, key.indexOf(':'));

/** The case itself, what it started before, and what it starts on the way. */
function ownCases(id: CaseId, present: Present, world: Future): ReadonlySet<CaseId> {
  const own = new Set([id]);
  const starts = [...present.started, ...world.started];
  for (let size = 0; size < own.size;) {
    size = own.size;
    for (const { from, to } of starts) if (own.has(from)) own.add(to);
  }
  return own;
}

interface Seen {
  readonly sight: Sight;
  readonly zone: string;
  readonly relations: ReturnType<ReturnType<typeof deciderOf>['relations']>;
}

export class Onlooking {
  private readonly reader: Reader;
  private readonly world: Future;
  private readonly known = new Map<CaseId, Seen | null>();

  constructor(reader: Reader, world: Future) {
    this.reader = reader;
    this.world = world;
  }

  /** What the reader is towards a case of the forecast; null for one they may not know of. */
  on(id: CaseId): Seen | null {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const made = this.make(id);
    this.known.set(id, made);
    return made;
  }

  private make(id: CaseId): Seen | null {
    const held = this.world.cases.get(id)?.held;
    const kind = kindOf(id);
    if (held === undefined || kind === null) return null;
    const { site } = held.base;
    const sight = sightOf(this.reader, { kind, id, site, org: this.world.org }, held);
    const { zone } = this.world.termsFor(held).calendar;
    return { sight, zone, relations: deciderOf(kind).relations(held.own) };
  }
}

/**
 * Under which owner somebody may know of a prompt. In a confidential matter it is whoever owes the thing: that a ladder
 * ends with HR tells HR a date, as everywhere, and not what the matter is (domain 2.1).
 */
const knownTo = ({ how, to, visibility }: PromptDraft): readonly Owner[] =>
  visibility === 'C3' && (how === 'escalate' || how === 'inform' || how === 'digest') ? [] : [to];

interface Told {
  readonly list: readonly (Coming & { readonly visibility: Visibility; readonly sight: Sight })[];
  readonly hidden: Forecast['hidden'];
}

/** Prompts and acts of the forecast as its reader may know them. */
function toldTo(reader: Reader, { world, until }: Foreseen, own: ReadonlySet<CaseId>): Told {
  const looking = new Onlooking(reader, world);
  const list: Told['list'][number][] = [];
  const hidden = new Map<CaseId, { case: CaseId; due: number; zone: string }>();
  for (const one of world.prompts) {
    const id = caseOf(one);
    const seen = own.has(id) && one.sendAfter <= until ? looking.on(id) : null;
    if (seen === null) continue;
    const { sight, zone, relations } = seen;
    const at = Math.max(one.sendAfter, reader.now);
    if (maySee(one.visibility, sight, knownTo(one))) {
      const to = [whoIs(one.to, { ...reader, now: at }, relations)];
      const { code: what, obligation, how, due, visibility } = one;
      const place = { at, case: id, kind: kindOf(id) ?? '', zone, sight };
      list.push({ ...place, what, obligation, how, due, to, visibility });
    } else if (seesCase(sight, kindOf(id) as CaseKind)) {
      const before = hidden.get(id)?.due ?? Infinity;
      hidden.set(id, { case: id, due: Math.min(before, one.due), zone });
    }
  }
  for (const row of world.rows) {
    const seen =
      own.has(row.case) && row.stamp.how === 'policy' && row.kind !== 'prompted'
        ? looking.on(row.case)
        : null;
    if (seen === null || !canRead(seen.sight.capacities, row.visibility)) continue;
    const { sight, zone } = seen;
    const place = { at: row.stamp.at, case: row.case, kind: kindOf(row.case) ?? '', zone, sight };
    const act = { what: row.kind, obligation: null, how: 'act' as const, due: null, to: [] };
    list.push({ ...place, ...act, visibility: row.visibility });
  }
  return { list: list.toSorted((a, b) => a.at - b.at), hidden: [...hidden.values()] };
}

/** People a reader may see the names of: where they see names, and always themselves. */
async function withNames(office: ReadingOffice, reader: Reader, told: Told): Promise<readonly Coming[]> {
  const people = told.list.flatMap((one) => (one.sight.names ? one.to : []));
  const mayName = new Set(people.flatMap((who) => [who.person, who.standIn]).filter((one) => one !== null));
  for (const self of selvesOf(reader)) mayName.add(self);
  const all = told.list.flatMap((one) => one.to);
  const known = await named(office, all, mayName);
  const names = new Map(all.map((who, n) => [who, known[n] ?? who]));
  return told.list.map(({ visibility: _class, sight: _sight, ...one }) => ({
    ...one,
    to: one.to.map((who) => names.get(who) ?? who),
  }));
}

/**
 * What will be asked of whom and when in a case and in what it starts: by the rules alone, from what the ledger holds
 * now. Masked for the reader like everything else that waits.
 * @throws ReadingRefused for a case or a person that is not there, or not for this reader
 */
export async function askForecast(office: ReadingOffice, question: ForecastQuestion): Promise<Forecast> {
  const { days, assumed } = question;
  const reader = await readerOf(office, question.as);
  await caseFor(office, reader, question.case);
  const present = await presentAround(office, reader, question.case);
  const until = reader.now + days * DAY_MS;
  if (present.cases.length === 0)
    return { ...{ now: reader.now, until, assumed, list: [], hidden: [], done: [], judged: [] } };
  const seen = foresee(present, assumed, until);
  const own = ownCases(question.case, present, seen.world);
  const told = toldTo(reader, seen, own);
  const classes = told.list.map((one) => one.visibility);
  await recordReading(office, reader, {
    what: 'forecast',
    refs: [...new Set(told.list.map((one) => one.case))],
    classes,
  });
  const looking = new Onlooking(reader, seen.world);
  const sees = (id: CaseId, visibility: Visibility, owner: string): boolean => {
    const on = own.has(id) ? looking.on(id) : null;
    return on !== null && maySee(visibility, on.sight, [owner]);
  };
  const judged = seen.open.filter((one) => sees(one.case, one.owed.visibility, one.owed.owner));
  const done = seen.assumed.filter((one) => sees(one.case, 'C1', one.actor));
  return {
    ...{ now: reader.now, until: seen.until, assumed, list: await withNames(office, reader, told) },
    ...{ hidden: told.hidden, done, judged: [...new Set(judged.map((one) => one.owed.code))].toSorted() },
  };
}
