import { addDays, dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { num } from '../kernel/policy.ts';
import { blocked, isRefusal, notNow, refuse } from '../kernel/refusal.ts';
import type { Missing, Refusal } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { CaseId } from '../kernel/words.ts';
import { stoodAsideSince } from './aside.ts';
import { markAt } from './applicants.ts';
import { notTheirs } from './decide-posting.ts';
import type { Decision, Of } from './decide-posting.ts';
import { reasonNeeded } from './gates.ts';
import { isPicked, seatsToFill } from './queries.ts';
import { candidacyOf, consensusComplete, freeSeats, inForce, remaining, reserve } from './state.ts';
import { interviewsBegan, rowOf, sheetsMissing, shortOf, unanswered, undecided } from './state.ts';
import type { OpeningState, Row } from './state.ts';
import { reasonCodes } from './words.ts';
import { signedBefore } from '../signed.ts';

/** A list about candidates names every remaining one, once, and nobody else. */
function covers(state: OpeningState, rule: string, named: readonly CaseId[]): Refusal | null {
  const rows = remaining(state).map(candidacyOf);
  const foreign = named.filter((one, n) => !rows.includes(one) || named.indexOf(one) !== n);
  if (foreign.length > 0)
    return refuse(
      'unknown_reference',
      rule,
      foreign.map((about) => ({ code: 'not_remaining', about })),
    );
  const left = rows.filter((one) => !named.includes(one));
  if (left.length > 0) return blocked(rule, ...left.map((about) => ({ code: 'every_candidate', about })));
  return null;
}

function missingSheets(state: OpeningState): readonly Missing[] {
  return remaining(state).flatMap((row) =>
    sheetsMissing(state, row).map((who) => ({ code: 'D4.3', about: candidacyOf(row), who })),
  );
}

/** D4.5, by one of those who rated, after every sheet of a rater in force is in (R4.3) or the rater was dropped for all. */
export function stateConsensus(state: OpeningState, ask: Of<'state_consensus'>): Decision {
  const { results } = ask.command.payload;
  const person = ask.onBehalfOf ?? ask.actor;
  if (state.done === null) return notNow('D4.5', { code: 'interviews_open' });
  if (state.selection !== null) return notNow('D4.5', { code: 'selection_proposed' });
  if (!inForce(state).some((seat) => seat.person === person))
    return blocked('D4.5', { code: 'not_on_panel' });
  const problem = covers(
    state,
    'D4.5',
    results.map((one) => one.candidacy),
  );
  if (problem !== null) return problem;
  const open = missingSheets(state);
  if (open.length > 0) return blocked('R4.3', ...open);
  const bare = results.find((one) => one.outcome === 'not_recommended' && one.reasons.length === 0);
  if (bare !== undefined) return blocked('R4.7', { code: 'reason_needed', about: bare.candidacy });
  return [{ kind: 'consensus_stated', body: { by: person, version: state.versions + 1, results } }];
}

/** D4.5: one panelist's agreement with what was stated, or a dissent by name. */
export function answerConsensus(state: OpeningState, ask: Of<'answer_consensus'>): Decision {
  const person = ask.onBehalfOf ?? ask.actor;
  const { dissents } = ask.command.payload;
  if (state.consensus === null) return notNow('D4.5', { code: 'nothing_stated' });
  if (state.selection !== null) return notNow('D4.5', { code: 'selection_proposed' });
  if (!inForce(state).some((seat) => seat.person === person))
    return blocked('D4.5', { code: 'not_on_panel' });
  const rows = remaining(state).map(candidacyOf);
  const foreign = dissents.find((one) => !rows.includes(one.candidacy));
  if (foreign !== undefined)
    return refuse('unknown_reference', 'D4.5', [{ code: 'not_remaining', about: foreign.candidacy }]);
  return [{ kind: 'consensus_answered', body: { by: person, version: state.versions, dissents } }];
}

/** D4.6, the same for all. */
export function recordReferences(state: OpeningState, ask: Of<'record_references'>): Decision {
  if (!interviewsBegan(state)) return notNow('D4.6', { code: 'no_interview_held' });
  if (state.selected !== null) return notNow('D4.6', { code: 'already_selected' });
  const foreign = ask.command.payload.unreachable.find((one) => rowOf(state, one)?.s !== 'ad');
  if (foreign !== undefined)
    return refuse('unknown_reference', 'D4.6', [{ code: 'not_remaining', about: foreign }]);
  return [{ kind: 'references_recorded', body: ask.command.payload }];
}

/** R3.4: two applications of one person are one person, and get one seat (X25). */
function samePerson(state: OpeningState, chosen: readonly CaseId[]): CaseId | null {
  const marks = chosen.map((one) => {
    const place = state.rows.findIndex((row) => row.c === shortOf(one));
    return markAt(state.applicants, place) ?? one;
  });
  return chosen.find((_one, n) => marks.indexOf(marks[n] ?? '') !== n) ?? null;
}

function chosenProblem(state: OpeningState, ask: Of<'select'>, ctx: Context): Refusal | null {
  const { outcomes } = ask.command.payload;
  const bare = outcomes.find((one) => one.outcome === 'not_selected' && one.reasons.length === 0);
  if (bare !== undefined) return blocked('R4.7', { code: 'reason_needed', about: bare.candidacy });
  const selected = outcomes.filter((one) => one.outcome === 'select').length;
  const free = freeSeats(state).length;
  if (selected > free) return blocked('X25', { code: 'seats_free', about: String(free) });
  const twice = samePerson(
    state,
    outcomes.filter((one) => one.outcome !== 'not_selected').map((one) => one.candidacy),
  );
  if (twice !== null) return blocked('X25', { code: 'same_applicant', about: twice });
  const ranksOf = (outcome: string) =>
    outcomes.filter((one) => one.outcome === outcome).map((one) => one.rank);
  const unranked = (ranks: readonly (number | undefined)[]): boolean =>
    ranks.includes(undefined) || new Set(ranks).size < ranks.length;
  if (unranked(ranksOf('reserve'))) return blocked('D4.7', { code: 'rank_of_each_in_reserve' });
  // X26: several seats are offered in the order people gave, so there has to be one.
  if (selected > 1 && unranked(ranksOf('select'))) return blocked('X26', { code: 'rank_of_each_selected' });
  const without = outcomes.filter(
    ({ outcome, reasons }) => reasons.length === 0 && reasonNeeded(outcome, ctx.terms.policy),
  );
  if (without.length === 0) return null;
  return blocked('R4.7', ...without.map(({ candidacy }) => ({ code: 'reason_needed', about: candidacy })));
}

/** D4.7 by the hiring manager of this opening, no other. R4.5 BLOCK without consensus or dissent; WARN against the panel's finding. */
export function select(state: OpeningState, ask: Of<'select'>, ctx: Context): Decision {
  const { outcomes } = ask.command.payload;
  if ((ask.onBehalfOf ?? ask.actor) !== state.hiringManager) return notTheirs('D4.7');
  if (state.pool === null || state.selected !== null) return notNow('D4.7', { code: 'no_pool' });
  // R3.1 also of somebody who came back after the pool was decided (X2).
  const open = undecided(state).map((row) => ({ code: 'R3.1', about: candidacyOf(row) }));
  if (open.length > 0) return blocked('R3.1', ...open);
  const problem = covers(
    state,
    'D4.7',
    outcomes.map((one) => one.candidacy),
  );
  if (problem !== null) return problem;
  if (!consensusComplete(state)) {
    const open = unanswered(state).map((who) => ({ code: 'D4.5', who }));
    return blocked('R4.5', { code: 'consensus_or_dissent' }, ...open);
  }
  const wrong = chosenProblem(state, ask, ctx);
  if (wrong !== null) return wrong;
  const against = outcomes.find(
    (one) => one.outcome !== 'not_selected' && rowOf(state, one.candidacy)?.rec === 'no',
  );
  const about = against === undefined ? {} : { about: against.candidacy };
  const warned = warnings(ask, [{ rule: 'D4.5', holds: against !== undefined, ...about }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'selection_proposed', body: { by: ask.actor, outcomes } }, ...warned];
}

/** @returns the reason codes a row keeps as places in the closed list. */
function reasonsOf({ pick = '' }: Row): readonly (typeof reasonCodes)[number][] {
  return Array.from(pick.slice(1)).flatMap((mark) => reasonCodes[parseInt(mark, 36)] ?? []);
}

/** D4.7, second half, and the only place where seats are granted: all of one pool in one event (X25). */
export function confirmSelection(state: OpeningState, ask: Of<'confirm_selection'>, ctx: Context): Decision {
  if (state.selection === null) return notNow('G4', { code: 'D4.7' });
  const aside = stoodAsideSince(state, state.selection, 'D4.7');
  if (aside !== null) return aside;
  if (signedBefore(state.selection, ask)) return blocked('G4', { code: 'second_person_needed' });
  const rows = remaining(state);
  const free = freeSeats(state);
  const chosen = rows.filter((row) => isPicked(row, 's')).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const kept = rows.filter((row) => isPicked(row, 'r'));
  if (chosen.length > free.length) return blocked('X25', { code: 'seats_free', about: String(free.length) });
  const days = num(ctx.terms.policy, 'D4.7', 'reserve_d');
  const body = {
    granted: chosen.map((row, n) => ({ candidacy: candidacyOf(row), seat: free[n] ?? 0 })),
    reserved: kept.map(candidacyOf),
    until: addDays(dateOf(ctx.terms.calendar, ctx.now), days),
    notSelected: rows
      .filter((row) => isPicked(row, 'n'))
      .map((row) => ({ candidacy: candidacyOf(row), reasons: reasonsOf(row) })),
  };
  const nobody = chosen.length === 0 && kept.length === 0;
  return [{ kind: 'selection_confirmed', body: nobody ? { ...body, result: 'no_selection' } : body }];
}

/** D5.9 `offered_next` (X3): the first of the reserve, nobody past them. */
export function offerNext(state: OpeningState, ask: Of<'offer_next'>): Decision {
  const { candidacy } = ask.command.payload;
  const first = reserve(state)[0];
  const seat = freeSeats(state)[0];
  if (first === undefined) return notNow('D5.9', { code: 'no_reserve' });
  if (seat === undefined) return blocked('X25', { code: 'seats_free', about: '0' });
  if (first.c !== shortOf(candidacy))
    return blocked('X3', { code: 'next_ranked', about: candidacyOf(first) });
  return [{ kind: 'next_offered', body: { candidacy, seat } }];
}

/** D5.9 `kept_reserve` (X3): the first of the reserve is not asked for the seats that are free now, and stays in reserve. */
export function keepReserve(state: OpeningState, ask: Of<'keep_reserve'>): Decision {
  const { candidacy } = ask.command.payload;
  const first = reserve(state)[0];
  const seats = seatsToFill(state);
  if (first === undefined) return notNow('D5.9', { code: 'no_reserve' });
  if (first.c !== shortOf(candidacy))
    return blocked('X3', { code: 'next_ranked', about: candidacyOf(first) });
  if (freeSeats(state).length === 0) return blocked('X25', { code: 'seats_free', about: '0' });
  if (seats.length === 0) return notNow('D5.9', { code: 'already_decided' });
  return [{ kind: 'reserve_kept', body: { candidacy, seats } }];
}

/** D5.9 `released`. */
export function releaseReserve(state: OpeningState, ask: Of<'release_reserve'>): Decision {
  const { candidacy } = ask.command.payload;
  if (rowOf(state, candidacy)?.s !== 're') return notNow('D5.9', { code: 'not_in_reserve' });
  return [{ kind: 'reserve_ended', body: { candidacy, how: 'released' } }];
}
