import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, addDays, closing, dateOf, daysBetween, instantOf } from '../kernel/calendar.ts';
import { rollForward, wallTimeOf } from '../kernel/calendar.ts';
import type { Instant, SiteCalendar } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import { owing } from './agenda-recruit.ts';
import { pauseNow } from './course.ts';
import type { Pause } from './course.ts';
import { unoffered } from './queries.ts';
import type { OpeningState } from './state.ts';

/** X5, X28: the candidates have to be told, by a day of HR's; it stays owed after the end. */
function words(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return state.course.tell.map(({ n, code, at }) => {
    const due = dueIn(terms.calendar, at, num(terms.policy, 'X28', 'tell_within_bd'));
    return laddered(owing(site, code, `tell/${n}`, { owner: holder('hr', site), since: at, due }), terms);
  });
}

/** X4: a search that failed is not only over: HR says what follows. */
function whatFollows(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { next } = state.course;
  if (next === null || next.answer !== null) return [];
  const due = dueIn(terms.calendar, next.at, num(terms.policy, 'X4', 'next_within_bd'));
  return [laddered(owing(site, 'X4', 'next', { owner: holder('hr', site), since: next.at, due }), terms)];
}

/** D4.2: a panelist from outside is offered a fee before the interviews, and paid after them. */
function paying(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const owner = holder('hr', site);
  return state.course.fees.flatMap(({ person, st, at }) => {
    if (st !== 'due') return [];
    const due = dueIn(terms.calendar, at, num(terms.policy, 'D4.2', 'fee_within_bd'));
    return [listed(owing(site, 'D4.2', `fee/${person}/${at}`, { owner, since: at, due }), terms)];
  });
}

function offering(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const within = num(terms.policy, 'D4.2', 'within_bd');
  if (state.pool === null || state.selected !== null) return [];
  const from = state.pool.at;
  return unoffered(state).map((seat) => {
    const since = Math.max(from, seat.since);
    const due = dueIn(terms.calendar, since, within);
    const what = `offer_fee/${seat.person}/${since}`;
    return listed(owing(site, 'D4.2', what, { owner: holder('hr', site), since, due }), terms);
  });
}

/** D4.1: HR looks at what an author calls wrong about their text. */
function disputes(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return state.course.disputes.map(({ question, finding, at }) => {
    const due = dueIn(terms.calendar, at, num(terms.policy, 'D4.1', 'within_bd'));
    const rest = { owner: holder('hr', site), since: at, due, visibility: 'C0' } as const;
    return listed(
      owing(site, 'D4.1', `dispute/${question}/${finding}/${at}/${state.course.reopened}`, rest),
      terms,
    );
  });
}

/** X5: asked of HR with a date: keep the version, or cancel and post anew. */
function version(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const change = state.course.roleChange;
  if (change === null) return [];
  const due = dueIn(terms.calendar, change.at, num(terms.policy, 'X5', 'answer_bd'));
  const about = { subject: 'role_version', version: change.version };
  const rest = { owner: holder('hr', site), since: change.at, due, visibility: 'C0', about } as const;
  return [laddered(owing(site, 'X5', `version/${change.version}/${state.course.reopened}`, rest), terms)];
}

/** X26: seats that another search fills are looked at by HR until they are; anew once somebody accepted one. */
export function lentSeats(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const lent = state.seats.filter((seat) => seat.st === 'lent').map((seat) => seat.at);
  return [...new Set(lent)].map((since) => {
    const seats = lent.filter((at) => at === since).length;
    const day = addDays(dateOf(terms.calendar, since), num(terms.policy, 'D4.7', 'fill_within_d'));
    const rest = { owner: holder('hr', site), since, due: dueOn(terms.calendar, day), next: 'G5' };
    return listed(owing(site, 'X26', `lent/${since}/${seats}`, rest), terms);
  });
}

/** What stays owed when the outcome is recorded. */
export function afterwards(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return [...words(state, terms, site), ...whatFollows(state, terms, site), ...paying(state, terms, site)];
}

/** What is owed about the search as a whole while it goes on, a pause or not. */
export function whatever(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return version(state, terms, site);
}

/** What a pause stops with everything else. */
export function meanwhile(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return [...offering(state, terms, site), ...disputes(state, terms, site)];
}

/** X28: by the last day of a pause somebody says whether it goes on. */
export function resting(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const pause = pauseNow(state.course);
  if (pause === null) return [];
  const due = closing(terms.calendar, addBusinessDays(terms.calendar, pause.until, 0));
  const rest = { owner: holder('hr_director', site), since: pause.from, due };
  return [
    listed(owing(site, 'X28', `resume/${pause.from}/${pause.until}/${state.course.reopened}`, rest), terms),
  ];
}

/** The same hour so many days later; never on a day the site is closed. */
function later(calendar: SiteCalendar, at: Instant, days: number): Instant {
  const date = rollForward(calendar, addDays(dateOf(calendar, at), days));
  return instantOf(calendar, date, wallTimeOf(calendar, at));
}

/** An obligation that stood still: due as much later, under a name of its own, so that its prompts begin anew. */
function stoodStill(
  one: Obligation,
  pause: Pause,
  to: Instant,
  n: number,
  calendar: SiteCalendar,
): Obligation {
  const from = Math.max(one.since, pause.from);
  const days = daysBetween(dateOf(calendar, from), dateOf(calendar, to));
  const rungs = one.rungs
    .filter((rung) => rung.how === 'act' || rung.at > pause.from)
    .map((rung): Rung => ({ ...rung, at: Math.max(to, later(calendar, rung.at, days)) }));
  return {
    ...one,
    id: `${one.id}:resumed:${n}`,
    since: Math.max(one.since, to),
    due: Math.max(to, later(calendar, one.due, days)),
    rungs,
  };
}

/** X28: every timer that ran when a pause began, or started in it, runs on by as much later as it stood still. */
export function afterPauses(
  list: readonly Obligation[],
  state: OpeningState,
  terms: Terms,
): readonly Obligation[] {
  return state.course.pauses.reduce<readonly Obligation[]>((all, pause, n) => {
    const { to } = pause;
    if (to === null) return all;
    return all.map((one) => (one.since < to ? stoodStill(one, pause, to, n + 1, terms.calendar) : one));
  }, list);
}
