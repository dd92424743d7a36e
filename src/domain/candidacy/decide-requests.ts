import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import type { Fact } from '../kernel/facts.ts';
import { purgeForecast } from '../kernel/retention.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Decision, Of } from './deciding.ts';
import { outside, stopped } from './deciding.ts';
import { sheetsOut } from './state.ts';
import type { CandidacyState } from './state.ts';
import { noteBlocks } from './words.ts';

/** X27: the candidate lets the sheets of another candidacy of theirs be used here. */
export function agreeCarrying(state: CandidacyState, ask: Of<'agree_carrying'>): Decision {
  const wrong = outside(state, 'X27', 'screening', 'pool');
  if (wrong !== null) return wrong;
  const { from } = ask.command.payload;
  if (state.carry === from) return notNow('X27', { code: 'already_agreed', about: from });
  return [{ kind: 'carrying_agreed', body: { from } }];
}

/** X27: what a candidacy with all its sheets in says of them: whose, of which version, when and by which panel. */
export function ratedFact(state: CandidacyState): readonly Fact[] {
  const { interview, self, person, role, roleVersion } = state;
  if (interview === null || interview.held === null || interview.raters.length === 0) return [];
  if (sheetsOut(interview).length > 0) return [];
  const raters = interview.raters.toSorted();
  const value = [person, role, roleVersion, interview.held.on, ...raters].join(',');
  return [{ kind: 'rated', subject: self, value }];
}

/**
 * X27: sheets travel only between candidacies of one person, for one role version and before one panel, and with the
 * candidate's consent. Another version, another panel or no consent: they are rated anew like everybody else.
 */
export function carrySheets(state: CandidacyState, ask: Of<'carry_sheets'>, ctx: Context): Decision {
  const wrong = outside(state, 'X27', 'pool');
  if (wrong !== null) return wrong;
  const { from } = ask.command.payload;
  if (state.carry !== from) return blocked('X27', { code: 'consent', about: from, who: state.person });
  const fact = ctx.facts.get('rated', from)?.value;
  if (fact === undefined) return refuse('unknown_reference', 'X27', [{ code: 'sheets', about: from }]);
  const [person, role, version, on = '', ...raters] = fact.split(',');
  if (person !== state.person) return blocked('X27', { code: 'same_person' });
  if (role !== state.role || Number(version) !== state.roleVersion)
    return blocked('X27', { code: 'same_version', about: String(state.roleVersion) });
  const panel = (ctx.facts.get('panel', state.opening)?.value ?? '').split(',').toSorted();
  if (panel.join(',') !== raters.join(',')) return blocked('X27', { code: 'same_panel' });
  return [{ kind: 'sheets_carried', body: { from, on, raters } }];
}

/** X32: an applicant asks for feedback, once there is an outcome, or to have their data deleted, once it is over. */
export function makeRequest(state: CandidacyState, ask: Of<'make_request'>): Decision {
  const { request } = ask.command.payload;
  const over = state.stage === 'ended' || (request === 'feedback' && state.stage === 'reserve');
  if (!over) return notNow('X32', { code: 'outcome_pending', about: state.stage });
  if (state.requests.some((one) => one.request === request))
    return notNow('X32', { code: 'already_asked', about: request });
  return [{ kind: 'request_made', body: { n: state.requested + 1, request } }];
}

/**
 * The day from which the records of this candidacy may go: their time counts from the end of the whole opening, its
 * reserve included (domain 5.7).
 * @returns null while the search goes on: nobody can tell that day, and nothing goes before it
 */
function keptUntil(state: CandidacyState, ctx: Context): CivilDate | null {
  const over = ctx.facts.get('search_over', state.opening);
  if (over === null) return null;
  const { calendar, policy } = ctx.terms;
  return purgeForecast('selection', dateOf(calendar, Number(over.value)), policy);
}

/**
 * X32, by HR: feedback tells of the rubric's competencies; a deletion is done once the retention rule allows it, else
 * the applicant hears until when the records are kept, and by which rule.
 */
export function answerRequest(state: CandidacyState, ask: Of<'answer_request'>, ctx: Context): Decision {
  const { n, answer, competencies, text, because, findings } = ask.command.payload;
  const open = state.requests.find((one) => one.n === n);
  if (open === undefined) return notNow('X32', { code: 'no_such_request', about: String(n) });
  const { request } = open;
  if (request === 'feedback') {
    if (answer !== 'given') return blocked('X32', { code: 'feedback_is_given' });
    if (text === undefined || competencies === undefined) return blocked('X32', { code: 'from_the_rubric' });
    const wrong = stopped('R4.4', noteBlocks, findings);
    return wrong ?? [{ kind: 'request_answered', body: { n, request, answer, competencies, text } }];
  }
  if (answer === 'given') return blocked('X32', { code: 'done_or_kept' });
  const until = keptUntil(state, ctx);
  if (answer === 'kept') {
    if (because === undefined) return blocked('X32', { code: 'because_needed' });
    // A hold has no day: it ends when the charge or suit does (X29).
    const day = because === 'retention' && until !== null ? { until } : {};
    return [{ kind: 'request_answered', body: { n, request, answer, because, ...day } }];
  }
  if (until === null) return blocked('X32', { code: 'search_still_runs', about: state.opening });
  if (dateOf(ctx.terms.calendar, ctx.now) < until) return blocked('X32', { code: 'retention', about: until });
  return [{ kind: 'request_answered', body: { n, request, answer } }];
}

/**
 * D4.8 by the candidate: which question was asked, never the answer. The opening takes it up, for its HR director. Once that
 * is final nothing reaches it from here: whoever works there reports it to the opening itself.
 */
export function tellIncident(state: CandidacyState, ask: Of<'report_incident'>, ctx: Context): Decision {
  if (ctx.facts.get('search_over', state.opening) !== null)
    return notNow('D4.8', { code: 'search_is_over', about: state.opening });
  return [{ kind: 'incident_told', body: ask.command.payload }];
}
