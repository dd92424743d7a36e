import { dateOf } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { NoticeContext, NoticeDraft, Recorded } from '../kernel/decider.ts';
import type {
  StartClock,
  StartEmployment,
  ToClock,
  ToEmployment,
  ToOpening,
  ToReadiness,
} from '../notices.ts';
import type { CaseId } from '../kernel/words.ts';
import type { CandidacyEvent, Supervision } from './events.ts';
import { checkPending } from './state.ts';
import type { CandidacyState } from './state.ts';

function toOpening(state: CandidacyState, notice: ToOpening): readonly NoticeDraft[] {
  return [{ to: state.opening, ...notice }];
}

function offerEnded(
  state: CandidacyState,
  candidacy: string,
  how: 'accepted' | 'declined' | 'expired' | 'rescinded',
): readonly NoticeDraft[] {
  return toOpening(state, { kind: 'offer_ended', body: { candidacy, how } });
}

/** A check under way has no meaning once the candidacy is over. */
function endCheck(state: CandidacyState, how: string): readonly NoticeDraft[] {
  const { check } = state.pre;
  if (check === null || !checkPending(state.pre)) return [];
  const notice: ToClock = { kind: 'parent_ended', body: { how } };
  return [{ to: check.clock, ...notice }];
}

/** P0.3: the readiness of the site hears of a first day, of another one, and that it is off (`null`). */
function tellReadiness(
  state: CandidacyState,
  candidacy: string,
  dayOne: CivilDate | null,
): readonly NoticeDraft[] {
  const to = state.pre.start?.readiness;
  const notice: ToReadiness = { kind: 'day_one_set', body: { candidacy, dayOne } };
  return to === undefined ? [] : [{ to, ...notice }];
}

/** Before day one it is over: what waited for the outcome is told so. */
function leaves(state: CandidacyState, candidacy: string, why: string): readonly NoticeDraft[] {
  return [...endCheck(state, why), ...tellReadiness(state, candidacy, null)];
}

/** X1: hired, and withdrawn before day one: the employment ends, and tells the opening that the seat is free. */
function neverBegins(
  state: CandidacyState,
  employment: string,
  { stamp }: Recorded<CandidacyEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  const on = dateOf(ctx.terms.calendar, stamp.at);
  const notice: ToEmployment = { kind: 'hire_withdrawn', body: { on } };
  return [{ to: employment, ...notice }, ...leaves(state, ctx.case, 'withdrawn')];
}

function startCheck(state: CandidacyState, clock: string, ctx: NoticeContext): NoticeDraft {
  const notice: StartClock = {
    kind: 'start_clock',
    body: {
      site: ctx.site,
      about: 'background',
      parent: ctx.case,
      person: state.person,
      supervisor: null,
      validTo: null,
    },
  };
  return { to: clock, starts: true, ...notice };
}

/** G5 held, so without a credential that counts the role asks for none (D2.5). */
function credentialAt({ pre }: CandidacyState): StartEmployment['body']['credential']['status'] {
  const status = pre.credential?.status;
  return status === 'verified' || status === 'in_progress_with_deadline' ? status : 'not_asked';
}

/** G5 held on the state before: supervisor, mentor and credential are there. */
function startEmployment(
  state: CandidacyState,
  event: Extract<CandidacyEvent, { kind: 'hired' }>,
  ctx: NoticeContext,
): NoticeDraft {
  const { supervision, mentor, credential, exclusion } = state.pre;
  const { employment, dayOne, conditional } = event.body;
  const notice: StartEmployment = {
    kind: 'start_employment',
    body: {
      site: ctx.site,
      person: state.person,
      candidacy: ctx.case,
      opening: state.opening,
      role: state.role,
      roleVersion: state.roleVersion,
      dayOne,
      conditional,
      exclusionCheckedOn: exclusion === null ? dayOne : dateOf(ctx.terms.calendar, exclusion.at),
      supervisor: supervision?.supervisor ?? '',
      secondSupervisor: supervision?.second ?? null,
      mentor: mentor?.person ?? '',
      manager: state.hiringManager ?? '',
      credential: { status: credentialAt(state), validTo: credential?.validTo ?? dayOne },
      ...(state.pre.promises.length === 0 ? {} : { promises: state.pre.promises }),
      ...waiverOf(supervision),
      qualified: trainedAt(supervision),
    },
  };
  return { to: employment, starts: true, ...notice };
}

/** R5.2: who still owes the course, and until when it may be missing. */
function waiverOf(given: Supervision | null): Pick<StartEmployment['body'], 'waiver'> {
  if (given?.outcome !== 'waiver_until' || given.until === null) return {};
  return { waiver: { supervisor: given.supervisor, until: given.until } };
}

/** The supervisors whose training is complete, with its day. */
function trainedAt(given: Supervision | null): Readonly<Record<string, string>> {
  if (given === null) return {};
  const { supervisor, trained, second, secondTrained } = given;
  return {
    ...(trained === null ? {} : { [supervisor]: trained }),
    ...(second === null || secondTrained === null ? {} : { [second]: secondTrained }),
  };
}

function aboutOffer(
  state: CandidacyState,
  event: Recorded<CandidacyEvent>,
  self: string,
): readonly NoticeDraft[] {
  switch (event.kind) {
    case 'offer_accepted':
      return offerEnded(state, self, 'accepted');
    case 'offer_declined':
      return offerEnded(state, self, 'declined');
    case 'offer_expired':
      return offerEnded(state, self, 'expired');
    case 'offer_rescinded':
      return [...offerEnded(state, self, 'rescinded'), ...leaves(state, self, 'rescinded')];
    default:
      return [];
  }
}

/** Who applied, and whom they take for the one who hires: the opening says so where it is somebody else. */
function application(state: CandidacyState, candidacy: CaseId) {
  return { kind: 'applied', body: { candidacy, person: state.person, ...whoHires(state) } } as const;
}

const whoHires = ({ hiringManager }: CandidacyState) => (hiringManager === null ? {} : { hiringManager });

/** X2: back in the list of the opening, where they stood; one whose pool is decided answers that it is closed. */
function comeBack(state: CandidacyState, candidacy: string): readonly NoticeDraft[] {
  const { screening } = state;
  if (screening === null) return toOpening(state, application(state, candidacy));
  const { outcome, qualified } = screening;
  const body = { candidacy, outcome, qualified, ...whoHires(state) };
  const back = toOpening(state, { kind: 'screened', body });
  const { interview } = state;
  if (state.stage !== 'rating' || interview === null || interview.held === null) return back;
  // The opening kept nothing of somebody who had left: the conversation and the sheets are said again.
  const held = { kind: 'interview_held', body: { candidacy, on: interview.held.on } } as const;
  const sheets = interview.sheetsOf.flatMap((rater) =>
    toOpening(state, { kind: 'sheet_in', body: { candidacy, rater } }),
  );
  return [...back, ...toOpening(state, held), ...sheets];
}

/** What a candidacy tells its opening, the check's case and the employment it starts. */
export function notices(
  state: CandidacyState,
  event: Recorded<CandidacyEvent>,
  ctx: NoticeContext,
): readonly NoticeDraft[] {
  const candidacy = ctx.case;
  switch (event.kind) {
    case 'applied':
      return toOpening(state, application(state, candidacy));
    case 'screening_settled': {
      const { outcome, qualified } = event.body;
      return toOpening(state, { kind: 'screened', body: { candidacy, outcome, qualified } });
    }
    case 'interview_set':
      return toOpening(state, { kind: 'interview_set', body: { candidacy, on: event.body.on } });
    case 'interview_held':
      return toOpening(state, { kind: 'interview_held', body: { candidacy, on: event.body.on } });
    case 'sheet_submitted':
      return toOpening(state, { kind: 'sheet_in', body: { candidacy, rater: event.body.by } });
    case 'withdrawn':
      if (state.employment !== null) return neverBegins(state, state.employment, event, ctx);
      return [
        ...toOpening(state, { kind: 'candidate_left', body: { candidacy, why: 'withdrawn' } }),
        ...leaves(state, candidacy, 'withdrawn'),
      ];
    case 'closed_no_response':
      return [
        ...toOpening(state, { kind: 'candidate_left', body: { candidacy, why: 'no_response' } }),
        ...leaves(state, candidacy, 'no_response'),
      ];
    case 'candidacy_reopened':
      return comeBack(state, candidacy);
    case 'sheets_carried': {
      const { on, raters } = event.body;
      return [
        ...toOpening(state, { kind: 'interview_held', body: { candidacy, on } }),
        ...raters.flatMap((rater) => toOpening(state, { kind: 'sheet_in', body: { candidacy, rater } })),
      ];
    }
    case 'incident_told':
      return toOpening(state, { kind: 'incident_told', body: { candidacy, question: event.body.question } });
    case 'start_set':
      return tellReadiness(state, candidacy, event.body.on);
    case 'check_ordered':
      return [startCheck(state, event.body.clock, ctx)];
    case 'hired': {
      const { employment, dayOne } = event.body;
      const hired = { kind: 'hired', body: { candidacy, employment, dayOne } } as const;
      return [startEmployment(state, event, ctx), ...toOpening(state, hired)];
    }
    default:
      return aboutOffer(state, event, candidacy);
  }
}
