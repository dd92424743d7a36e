import { setImmediate } from 'node:timers/promises';
import { recordReading } from '../client/ask-access.ts';
import { casesFrom, readerOf, seesCase, sightOn } from '../client/ask-reader.ts';
import type { As, Reader, ReadingOffice, SeenCase } from '../client/ask-reader.ts';
import { sitesOf } from '../client/ask-waiting.ts';
import { termsInForce } from '../client/new-terms.ts';
import { presentAround } from '../client/present.ts';
import type { Present } from '../client/present.ts';
import { inJurisdiction } from '../domain/kernel/policy.ts';
import type { Policy, Profile } from '../domain/kernel/policy.ts';
import type { Terms, TermsRef } from '../domain/kernel/terms.ts';
import { maySee } from '../domain/kernel/why.ts';
import type { CaseId, CaseKind, SiteRef } from '../domain/kernel/words.ts';
import { Onlooking } from './forecast.ts';
import { foresee } from './foresee.ts';
import type { Foreseen } from './foresee.ts';

/** A date of one case as it is, and as it would be; null where nothing is due under that policy. */
export interface MovedDate {
  /** The code of what is owed. */
  readonly what: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface RehearsedCase {
  readonly case: CaseId;
  readonly kind: string;
  readonly zone: string;
  /** False: the case could not be carried on under the new policy. */
  readonly fits: boolean;
  readonly moved: readonly MovedDate[];
}

export interface Rehearsal {
  readonly now: number;
  readonly until: number;
  /** Cases whose dates would move or that could not go on, by their ids. */
  readonly list: readonly RehearsedCase[];
  /** Open cases that were tried and would go on as they do. */
  readonly unmoved: readonly CaseId[];
  /** Open cases that were not tried: there are more than are tried at once. */
  readonly left: number;
}

export interface RehearsalQuestion {
  readonly as: As;
  readonly site: SiteRef;
  readonly policy: Policy;
  /** Left out: the profile in force. */
  readonly profile: Profile | null;
  /** Calendar days, from this instant on. */
  readonly days: number;
}

const DAY_MS = 86_400_000;
const MOST_CASES = 200;
/** The hash of a document that nobody keeps: it is tried and forgotten. */
const TRIED = 'tried';

/** The terms of a case with the new policy in place of its own: calendar and comparator record are those in force. */
function triedTerms(office: ReadingOffice, force: TermsRef, question: RehearsalQuestion): Terms {
  const now = office.terms.get(force);
  const profile = question.profile ?? now.profile;
  const ref: TermsRef = {
    ...force,
    policy: TRIED,
    profile: question.profile === null ? force.profile : TRIED,
  };
  return { ...now, ref, profile, policy: inJurisdiction(question.policy, profile) };
}

/** The same house on the day after: each case of the site is told, as the change itself would tell it. */
function toldOf(present: Present, site: SiteRef, tried: Terms): Present {
  const told = present.cases
    .filter(({ held }) => held.base.site === site)
    .map(({ id }) => ({
      ...{ key: `rehearsal/${id}`, from: 'house-policy', to: id, kind: 'terms_changed' },
      ...{ body: { after: tried.ref }, at: present.now },
    }));
  return {
    ...present,
    notices: [...present.notices, ...told],
    termsOf: (ref) => (ref.policy === TRIED ? tried : present.termsOf(ref)),
    termsAt: (at) => (at === site ? tried : present.termsAt(at)),
  };
}

interface Dated {
  readonly what: string;
  readonly due: number;
  readonly visible: boolean;
}

/** What is or will be owed in a case, by its id, and when; the first day where a date was moved on the way. */
function datesOf(reader: Reader, views: readonly Foreseen[], id: CaseId): ReadonlyMap<string, Dated> {
  const found = new Map<string, Dated>();
  for (const { world } of views) addDates(found, reader, world, id);
  return found;
}

function addDates(found: Map<string, Dated>, reader: Reader, world: Foreseen['world'], id: CaseId): void {
  const seen = new Onlooking(reader, world).on(id);
  if (seen === null) return;
  const keep = (key: string, what: string, due: number, visible: boolean): void => {
    if (!found.has(key)) found.set(key, { what, due, visible });
  };
  for (const one of world.prompts)
    if (one.key.startsWith(`${id}:`))
      keep(one.obligation, one.code, one.due, maySee(one.visibility, seen.sight, [one.to]));
  for (const one of world.obligations(id))
    keep(one.id, one.code, one.due, maySee(one.visibility, seen.sight, [one.owner]));
}

/** The dates of each code that a reader may know, in order. */
function byCode(dates: ReadonlyMap<string, Dated>): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  for (const { what, due, visible } of dates.values())
    if (visible)
      found.set(
        what,
        [...(found.get(what) ?? []), due].toSorted((a, b) => a - b),
      );
  return found;
}

/** What is in one list and not in the other, each as often as it is there more often. */
function without(list: readonly number[], other: readonly number[]): readonly number[] {
  const left = [...other];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A round that moves has another id: dates that are there before and after stay, the others are told in their order. */
function movedIn(
  before: ReadonlyMap<string, Dated>,
  after: ReadonlyMap<string, Dated>,
): readonly MovedDate[] {
  const [was, is] = [byCode(before), byCode(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .flatMap((what): readonly MovedDate[] => {
      const gone = without(was.get(what) ?? [], is.get(what) ?? []);
      const come = without(is.get(what) ?? [], was.get(what) ?? []);
      return Array.from({ length: Math.max(gone.length, come.length) }, (_, n) => ({
        ...{ what, before: gone[n] ?? null, after: come[n] ?? null },
      }));
    })
    .toSorted((a, b) => (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0));
}

/** What is owed at this moment, also what is late at once, before anybody answers; then what comes when all are on time. */
const ahead = (present: Present, until: number): readonly Foreseen[] => [
  foresee(present, 'silent', present.now),
  foresee(present, 'on_time', until),
];

/** A policy under which the rules cannot go on: what they throw has no words for a reader. */
function tried(present: Present, until: number): readonly Foreseen[] | null {
  try {
    return ahead(present, until);
  } catch {
    return null;
  }
}

type Tried = ReadonlyMap<CaseId, Omit<RehearsedCase, 'zone' | 'kind'>>;

/** Tries the new policy on a case and all that hangs together with it. */
async function tryAround(
  office: ReadingOffice,
  reader: Reader,
  id: CaseId,
  { site, until, terms }: { readonly site: SiteRef; readonly until: number; readonly terms: Terms },
): Promise<Tried> {
  const present = await presentAround(office, reader, id);
  if (present.cases.length === 0) return new Map();
  const before = ahead(present, until);
  const after = tried(toldOf(present, site, terms), until);
  return new Map(
    present.cases.map((one) => {
      const moved =
        after === null ? [] : movedIn(datesOf(reader, before, one.id), datesOf(reader, after, one.id));
      return [one.id, { case: one.id, fits: after !== null, moved }] as const;
    }),
  );
}

async function openAt(office: ReadingOffice, reader: Reader, site: SiteRef): Promise<readonly SeenCase[]> {
  const found = await casesFrom(office, reader, `site = $2 and status <> 'final'`, [site]);
  return found.filter((one) => seesCase(sightOn(reader, office.org, one), one.kind as CaseKind));
}

/**
 * What a policy would change for the open cases of a site, if each of them were told of it now and everybody were on
 * time: tried in memory on a copy of each, by the same rules. Nothing is kept or told. Masked for the reader.
 * @throws ReadingRefused for an unknown reader; TermsRefused for a site without terms
 */
export async function rehearseTerms(office: ReadingOffice, question: RehearsalQuestion): Promise<Rehearsal> {
  const { site, days } = question;
  const reader = await readerOf(office, question.as);
  const force = await termsInForce(office.pool, office.org, site);
  await office.terms.load(office.pool, office.org, [force]);
  const terms = triedTerms(office, force, question);
  const until = reader.now + days * DAY_MS;
  const open = await openAt(office, reader, site);
  const found = new Map<CaseId, Omit<RehearsedCase, 'zone' | 'kind'>>();
  for (const { case_id: id } of open.slice(0, MOST_CASES)) {
    if (found.has(id)) continue;
    for (const [of, one] of await tryAround(office, reader, id, { site, until, terms })) found.set(of, one);
    await setImmediate();
  }
  const zone = (await sitesOf(office)).get(site)?.zone ?? 'UTC';
  const list = open.flatMap(({ case_id: id, kind }): readonly RehearsedCase[] => {
    const one = found.get(id);
    return one === undefined ? [] : [{ ...one, kind, zone }];
  });
  const moving = list.filter((one) => !one.fits || one.moved.length > 0);
  await recordReading(office, reader, {
    what: 'forecast',
    refs: moving.map((one) => one.case),
    classes: moving.length === 0 ? [] : ['C1'],
  });
  return {
    ...{ now: reader.now, until, list: moving, left: open.length - list.length },
    unmoved: list.filter((one) => one.fits && one.moved.length === 0).map((one) => one.case),
  };
}
