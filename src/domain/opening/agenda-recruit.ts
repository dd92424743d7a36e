import type { Obligation } from '../kernel/agenda.ts';
import {
  addBusinessDays,
  addDays,
  closing,
  daysBetween,
  dateOf,
  isBusinessDay,
  opening,
} from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { RungPlan } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, dueOn, listed, owed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner, SiteRef } from '../kernel/words.ts';
import { managerAside, proposedAside, stillHires } from './aside.ts';
import { freeSeats, remaining, reserve } from './state.ts';
import type { OpeningState } from './state.ts';

/** What every obligation of an opening shares. */
export function owing(
  site: SiteRef,
  code: string,
  what: string,
  rest: Pick<Owing, 'owner' | 'since' | 'due'> & Partial<Owing>,
): Owing {
  return { id: `${code}/${what}`, code, site, visibility: 'C2', ...rest };
}

/** Whose the choice is: the hiring manager's, or HR's to name another one while they stand aside (D3.5). */
export function chooser(state: OpeningState, site: SiteRef): Owner {
  return managerAside(state) ? hr(site) : state.hiringManager;
}

/** What the hiring manager owes, told apart from the same when another one owed it. */
export function managers(state: OpeningState, what: string): string {
  const { handed } = state.course;
  const by = handed === undefined ? what : `${what}/by${handed}`;
  return managerAside(state) ? `${by}/aside` : by;
}

const hr = (site: SiteRef): Owner => holder('hr', site);

/** The day of a plan, or the next on which the site works: nobody closes a posting on a Sunday. */
function onOrAfter(terms: Terms, date: CivilDate): Instant {
  return closing(terms.calendar, addBusinessDays(terms.calendar, date, 0));
}

/** Before the posting goes out: channels (D3.2), approval and posting (D3.1), all by the planned day. */
function draft(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { posting, plannedPosting } = state;
  if (posting.status !== 'draft' && posting.status !== 'approved') return [];
  const due = dueOn(terms.calendar, plannedPosting);
  const base = { owner: hr(site), due, visibility: 'C0', next: 'G2' } as const;
  const list: Obligation[] = [];
  if (state.community === null)
    list.push(listed(owing(site, 'D3.2', `${state.opened}`, { ...base, since: state.opened }), terms));
  const step = posting.status === 'draft' ? 'approve' : 'post';
  const what = `${step}/${posting.reviews}`;
  list.push(listed(owing(site, 'D3.1', what, { ...base, since: posting.since }), terms));
  return list;
}

/** While the posting is out: D3.1, to be closed, or extended, by its planned last day. */
function closeIt(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { posting } = state;
  if (posting.status !== 'posted' && posting.status !== 'paused') return [];
  const what = `${posting.status === 'posted' ? 'close' : 'resume'}/${posting.since}/${posting.closeOn}`;
  const due = onOrAfter(terms, posting.closeOn);
  const rest = { owner: hr(site), since: posting.since, due, visibility: 'C0', next: 'G3' } as const;
  return [listed(owing(site, 'D3.1', what, rest), terms)];
}

/** P3.4 Posting age → HR: day 14 and 21 with too few screened as qualified. Pauses do not age a posting. */
function age(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { posting } = state;
  if (posting.status !== 'posted') return [];
  if (state.qualifiedPeak >= num(terms.policy, 'P3.4', 'qualified_min')) return [];
  const from = addDays(dateOf(terms.calendar, posting.since), -posting.openDays);
  const days = nums(terms.policy, 'P3.4', 'posting_age_d')
    .map((day) => ({ day, date: addDays(from, day) }))
    .filter(({ date }) => daysBetween(dateOf(terms.calendar, posting.since), date) > 0);
  if (days.length === 0) return [];
  const plan = days.map(({ day, date }): RungPlan => {
    const open = isBusinessDay(terms.calendar, date) ? date : addBusinessDays(terms.calendar, date, 1);
    return { id: `D${day}`, at: opening(terms.calendar, open), to: 'owner', kind: 'remind' };
  });
  const due = onOrAfter(terms, posting.closeOn);
  const rest = { owner: hr(site), since: posting.since, due, atSilence: 'posting_stays_open' };
  return [owed(owing(site, 'P3.4', `${posting.since}`, rest), plan)];
}

/** D3.7: one of the two proposes, the other confirms; owed from closing, and again when no seat can be filled. */
function pool(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  if (state.posting.status !== 'closed') return [];
  const { proposal, proposals } = state;
  const within = num(terms.policy, 'D3.7', 'within_bd');
  if (proposal !== null && !proposedAside(state, proposal)) {
    const owner = proposal.as === 'hr' ? chooser(state, site) : hr(site);
    const rest = { owner, since: proposal.at, due: dueIn(terms.calendar, proposal.at, within), next: 'G3' };
    const what = `confirm/${proposals}`;
    const id = proposal.as === 'hr' ? managers(state, what) : what;
    return [listed(owing(site, 'D3.7', id, rest), terms)];
  }
  const since = searchAgain(state);
  if (since === null) return [];
  const rest = { owner: hr(site), since, due: dueIn(terms.calendar, since, within), next: 'G3' };
  return [listed(owing(site, 'D3.7', `propose/${since}/${proposals}/${state.flips}`, rest), terms)];
}

/** @returns since when it has to be decided how the search goes on, or null. */
function searchAgain(state: OpeningState): Instant | null {
  if (state.pool === null) return state.posting.since;
  if (state.selected === null) return remaining(state).length === 0 ? state.pool.at : null;
  if (freeSeats(state).length === 0 || reserve(state).length > 0) return null;
  const freed = state.seats.filter((seat) => seat.st === 'free').map((seat) => seat.at);
  return Math.max(state.selected.at, ...freed);
}

/** D3.5: the hiring manager stands aside: HR names another one at once, not only when there is something to choose. */
function anotherManager(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { aside, handed } = state.course;
  if (aside === undefined || !stillHires(state)) return [];
  const due = dueIn(terms.calendar, aside, num(terms.policy, 'D3.5', 'within_bd'));
  const rest = { owner: hr(site), since: aside, due, next: 'D4.7' };
  return [listed(owing(site, 'D3.5', `manager:${aside}:${handed ?? 0}`, rest), terms)];
}

/** All that is owed about posting and pool. */
export function recruiting(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return [
    ...anotherManager(state, terms, site),
    ...draft(state, terms, site),
    ...closeIt(state, terms, site),
    ...age(state, terms, site),
    ...pool(state, terms, site),
  ];
}
