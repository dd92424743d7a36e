import type { Obligation, Rung } from '../kernel/agenda.ts';
import { addBusinessDays, addDays, closing, dateOf } from '../kernel/calendar.ts';
import { ladder, ladderNumbers } from '../kernel/ladder.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, dueOn, listed, owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { SiteRef } from '../kernel/words.ts';
import { proposedAside } from './aside.ts';
import { chooser, managers, owing } from './agenda-recruit.ts';
import { seatsToFill } from './queries.ts';
import { candidacyOf, consensusComplete, inForce, reserve, unanswered } from './state.ts';
import type { OpeningState } from './state.ts';

/**
 * P4.4 Consensus meeting → panel: within 3 bd of the last interview. It is owed by all raters in force, and stands under
 * the name of the first; the hiring manager hears of it only as one of them (R4.3). With nobody left it is HR's.
 */
function meeting(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { done, consensus } = state;
  if (done === null || consensus !== null) return [];
  const within = num(terms.policy, 'P4.4', 'within_bd');
  const due = closing(terms.calendar, addBusinessDays(terms.calendar, done.on, within));
  const raters = inForce(state).map((seat) => seat.person);
  const owner = raters[0] ?? holder('hr', site);
  const rest = { owner, since: done.at, due: Math.max(due, done.at), next: 'D4.5' };
  const one = owing(site, 'P4.4', `${state.rounds}/${state.versions}`, rest);
  const all = [...new Set(raters)];
  const plan = ladder(
    terms.calendar,
    { since: one.since, due: one.due, escalate: 'hr' },
    ladderNumbers(terms.policy),
  );
  const obligation = owed(one, plan);
  // The meeting is everybody's; what happens at silence is HR's.
  const rungs = obligation.rungs.map((rung) =>
    all.length > 0 && rung.to[0] === owner ? { ...rung, to: all } : rung,
  );
  return [{ ...obligation, rungs }];
}

/** D4.5: each panelist agrees or names a dissent. */
function answers(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { consensus } = state;
  if (consensus === null || state.selection !== null) return [];
  const due = dueIn(terms.calendar, consensus.at, num(terms.policy, 'D4.5', 'answer_bd'));
  return unanswered(state).map((owner) => {
    const about = { subject: 'consensus', version: state.versions };
    const rest = { owner, since: consensus.at, due, next: 'D4.7', about };
    return listed(owing(site, 'D4.5', `${state.versions}/${owner}`, rest), terms);
  });
}

/** D4.6 by HR once all interviews are held; D4.7 by the hiring manager; G4 by HR. */
function choosing(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const { done, consensus, selection, versions, selections } = state;
  const within = (code: string, name: string, since: number) =>
    dueIn(terms.calendar, since, num(terms.policy, code, name));
  const hr = holder('hr', site);
  const list: Obligation[] = [];
  if (done !== null && state.references === null) {
    const rest = { owner: hr, since: done.at, due: within('D4.6', 'within_bd', done.at), next: 'G4' };
    list.push(listed(owing(site, 'D4.6', `${state.rounds}`, rest), terms));
  }
  if (selection !== null && !proposedAside(state, selection)) {
    const rest = { owner: hr, since: selection.at, due: within('G4', 'confirm_bd', selection.at) };
    list.push(listed(owing(site, 'G4', `${selections}`, { ...rest, next: 'P4.5' }), terms));
  } else if (consensus !== null && consensusComplete(state)) {
    // X1: what was void is chosen anew, in days of its own.
    const since = Math.max(consensus.at, state.course.voided ?? 0);
    const rest = { owner: chooser(state, site), since };
    const due = within('D4.7', 'within_bd', since);
    list.push(
      listed(
        owing(site, 'D4.7', managers(state, `${versions}/${selections}`), { ...rest, due, next: 'G4' }),
        terms,
      ),
    );
  }
  return list;
}

/** The reserve lasts to its last day: HR hears of it that morning (D5.9), then the policy ends it (D4.7), and says so. */
function reserves(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return reserve(state).map((row) => {
    const until = row.until ?? dateOf(terms.calendar, state.opened);
    const due = closing(terms.calendar, until);
    const act: Rung = { id: 'end', at: due, to: [], how: 'act', act: 'expired' };
    const since = Math.min(due, state.selected?.at ?? state.opened);
    const rest = { owner: holder('hr', site), since, due, atSilence: 'expired' };
    const debt = listed(owing(site, 'D5.9', `${candidacyOf(row)}/${until}`, rest), terms);
    // After the act nothing is left to escalate.
    return { ...debt, rungs: [...debt.rungs.filter((rung) => rung.at < due), act] };
  });
}

/** X3: a seat became free and there is a reserve: D5.9 within 3 bd. */
function nextOffer(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  const selected = state.selected;
  if (selected === null || reserve(state).length === 0) return [];
  return seatsToFill(state).map((n) => {
    const since = Math.max(selected.at, state.seats[n - 1]?.at ?? 0);
    const due = dueIn(terms.calendar, since, num(terms.policy, 'X3', 'next_within_bd'));
    const rest = { owner: holder('hr', site), since, due, next: 'D5.1' };
    return listed(owing(site, 'D5.9', `seat:${n}/${since}`, rest), terms);
  });
}

/** A granted seat is HR's until an offer was answered (D5.1), then until somebody starts (G5). */
function grants(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return state.seats.flatMap((seat, place) => {
    const base = { owner: holder('hr', site), since: seat.at };
    if (seat.st === 'granted') {
      const due = dueIn(terms.calendar, seat.at, num(terms.policy, 'X3', 'offer_within_bd'));
      const rest = { ...base, due, next: 'D5.1' };
      return [listed(owing(site, 'D5.1', `seat:${place + 1}/${seat.at}`, rest), terms)];
    }
    if (seat.st !== 'accepted') return [];
    const day = addDays(dateOf(terms.calendar, seat.at), num(terms.policy, 'D4.7', 'fill_within_d'));
    const rest = { ...base, due: dueOn(terms.calendar, day), next: 'G5' };
    return [listed(owing(site, 'G5', `seat:${place + 1}/${seat.at}`, rest), terms)];
  });
}

/** All that is owed about consensus, selection, seats and the reserve. */
export function seatWork(state: OpeningState, terms: Terms, site: SiteRef): readonly Obligation[] {
  return [
    ...meeting(state, terms, site),
    ...answers(state, terms, site),
    ...choosing(state, terms, site),
    ...reserves(state, terms, site),
    ...nextOffer(state, terms, site),
    ...grants(state, terms, site),
  ];
}
