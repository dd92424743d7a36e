import type { ClockState } from '../domain/clock/state.ts';
import { reportOffices } from '../domain/clock/words-report.ts';
import type { ReportOffice } from '../domain/clock/words-report.ts';
import { addDays, dateOf } from '../domain/kernel/calendar.ts';
import type { CivilDate, Instant, SiteCalendar } from '../domain/kernel/calendar.ts';
import { numIf } from '../domain/kernel/policy.ts';
import type { PersonRef, SiteRef } from '../domain/kernel/words.ts';
import { recordReading } from './ask-access.ts';
import { ReadingRefused, casesFrom, readerOf } from './ask-reader.ts';
import type { As, Reader, ReadingOffice } from './ask-reader.ts';
import { holdsAt } from './ask-redacted.ts';
import { termsInForce } from './new-terms.ts';

/** What nobody may be made to pay for (X19). Which matter it was says no more than this. */
export type ProtectedAct = 'report' | 'arrangement' | 'leave' | 'dispute' | 'pulse';

export interface Guarded {
  readonly act: ProtectedAct;
  readonly site: SiteRef;
  readonly on: CivilDate;
  /** The last day of the guard. */
  readonly until: CivilDate;
}

/** A house whose policy is from before the number. */
const GUARD_D = 180;
const DAY_MS = 86_400_000;

interface Place {
  readonly site: SiteRef;
  readonly calendar: SiteCalendar;
  readonly days: number;
  readonly today: CivilDate;
  /** Which of the offices that reports go to the reader holds there. */
  readonly offices: readonly ReportOffice[];
}

/** Whose words are asked for before anything stands against anybody (R9.5). */
const seesAll: ReportOffice = 'investigating_officer';

async function placeOf(
  office: ReadingOffice,
  reader: Reader,
  site: SiteRef,
  offices: readonly ReportOffice[],
): Promise<Place> {
  const { pool, org, terms } = office;
  const ref = await termsInForce(pool, org, site);
  await terms.load(pool, org, [ref]);
  const { calendar, policy } = terms.get(ref);
  const days = numIf(policy, 'X19', 'guard_d') ?? GUARD_D;
  return { site, calendar, days, today: dateOf(calendar, reader.now), offices };
}

/**
 * The day of a confidential matter that guards the person, with the last day where the matter names it. Each office sees
 * what was brought to it; of arrangements and leaves the investigating officer sees the day as well.
 */
export function actIn(
  state: ClockState,
  { calendar, days, offices }: Pick<Place, 'calendar' | 'days' | 'offices'>,
  reader: As,
  opened: Instant = state.since,
): Omit<Guarded, 'site'> | null {
  const { matter, since } = state;
  const holds = (own: ReportOffice): boolean => offices.some((one) => one === own || one === seesAll);
  switch (matter?.about) {
    case 'report': {
      // A report is the office's alone that it was made to, the more so where it is about another officer.
      const { asked, until, officer, against } = matter;
      if (!offices.includes(officer) || against === reader) return null;
      return { act: 'report', on: dateOf(calendar, asked), until };
    }
    case 'accommodation': {
      if (!holds('accommodation_officer')) return null;
      const on = dateOf(calendar, matter.asked);
      return { act: 'arrangement', on, until: addDays(on, days) };
    }
    case 'leave': {
      if (!holds('leave_officer')) return null;
      const { from, to } = matter;
      const last = to > from ? to : dateOf(calendar, since);
      // Asking for it is protected as well, before its first day and whatever becomes of it.
      const day = dateOf(calendar, opened);
      return { act: 'leave', on: day < from ? day : from, until: addDays(last, days) };
    }
    default:
      return null;
  }
}

async function inTheVault(
  office: ReadingOffice,
  reader: Reader,
  person: PersonRef,
  place: Place,
): Promise<readonly Guarded[]> {
  const clocks = await casesFrom(office, reader, `kind = 'clock' and site = $2`, [place.site]);
  return clocks.flatMap((one) => {
    const state = one.held?.own as ClockState | undefined;
    if (state?.person !== person) return [];
    const act = actIn(state, place, reader.as, one.opened_at);
    return act === null ? [] : [{ ...act, site: place.site }];
  });
}

/** Disputed reviews and answers to the pulse stand in the ledger, each under whoever gave them. */
async function inTheLedger(
  office: ReadingOffice,
  reader: Reader,
  person: PersonRef,
  place: Place,
): Promise<readonly Guarded[]> {
  if (!place.offices.includes(seesAll)) return [];
  const { rows } = await office.pool.query<{ kind: string; at: number }>(
    `select l.kind, l.at from ledger l join cases c on c.org = l.org and c.case_id = l.case_id
     where l.org = $1 and c.site = $2 and l.actor = $3 and l.at > $4
       and (l.kind = 'pulse_answered' or (l.kind = 'response_recorded' and l.body::jsonb ->> 'response' = 'disputed'))
     order by l.position`,
    [office.org, place.site, person, reader.now - place.days * DAY_MS],
  );
  return rows.map(({ kind, at }) => {
    const on = dateOf(place.calendar, at);
    const act = kind === 'response_recorded' ? ('dispute' as const) : ('pulse' as const);
    return { act, site: place.site, on, until: addDays(on, place.days) };
  });
}

/**
 * X19, the guard against retaliation: what a person did within the time of the policy that nobody may answer by acting
 * against them. For the offices that a report may be made to, each what lies with it: they give a word on every action
 * against anybody (R9.5) and say nothing else to whoever acts. The reading is a row of the ledger.
 * @throws ReadingRefused for anybody else
 */
export async function askGuard(
  office: ReadingOffice,
  as: As,
  person: PersonRef,
): Promise<readonly Guarded[]> {
  const reader = await readerOf(office, as);
  const { rows } = await office.pool.query<{ ref: string }>('select ref from sites where org = $1', [
    office.org,
  ]);
  const sites = rows
    .map(({ ref }) => ({
      site: ref,
      offices: reportOffices.filter((one) => holdsAt(office, reader, ref, [one])),
    }))
    .filter(({ offices }) => offices.length > 0);
  // Nobody looks into what was reported about themselves, or by them.
  if (sites.length === 0 || reader.as === person)
    throw new ReadingRefused('not_permitted', 'The guard against retaliation');
  const found: Guarded[] = [];
  for (const { site, offices } of sites) {
    const place = await placeOf(office, reader, site, offices);
    const all = [
      ...(await inTheVault(office, reader, person, place)),
      ...(await inTheLedger(office, reader, person, place)),
    ];
    found.push(...all.filter((one) => one.on <= place.today && place.today <= one.until));
  }
  await recordReading(office, reader, { what: 'guard', refs: [person], classes: ['C3'] });
  return found.toSorted((a, b) => (a.until < b.until ? 1 : -1));
}
