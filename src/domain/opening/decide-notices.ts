import { dateOf } from '../kernel/calendar.ts';
import type { Act, Context, NoticeIn } from '../kernel/decider.ts';
import { notNow, refuse } from '../kernel/refusal.ts';
import type { BetweenOpenings, ToOpening } from '../notices.ts';
import { personMark } from './applicants.ts';
import { roleChanged } from './decide-course.ts';
import { nextAlternate, passOn } from './decide-panel.ts';
import type { Decision } from './decide-posting.ts';
import { decideShared } from './decide-shared.ts';
import { inRoleMissing } from './gates.ts';
import { isPicked, servedElsewhere } from './queries.ts';
import { candidacyOf, inForce, interviewsBegan, isOver, placeOf, reserve } from './state.ts';
import { rowOf, seatOf, seatsHeld, shortOf } from './state.ts';
import type { HireSeat, OpeningState, Row } from './state.ts';
import type { OpeningAct } from './words.ts';

type Body<K extends ToOpening['kind']> = Extract<ToOpening, { kind: K }>['body'];

/** The pool was decided without them, or the search is over. */
const isLate = (state: OpeningState): boolean => state.pool !== null || state.ended !== null;

/** X2: the pool as it was decided has its selection, or one is proposed: nobody comes back to it any more. */
const isChosen = (state: OpeningState): boolean =>
  state.ended !== null || state.selection !== null || state.selected !== null;

/**
 * An application, or X2 the return of one that was closed before it was screened. After the pool was decided a new one is
 * told so, never dropped; somebody who is back is let in until a selection is proposed.
 */
function applied(state: OpeningState, { candidacy, person, hiringManager }: Body<'applied'>): Decision {
  const row = rowOf(state, candidacy);
  if (row !== undefined && row.s !== 'nr') return refuse('already_open', 'D3.4');
  const late = row === undefined ? isLate(state) : isChosen(state);
  if (late) return [{ kind: 'application_late', body: { candidacy } }];
  // D3.5: whoever applies judges nobody here, themselves least of all; their seats pass on.
  const seats = seatsHeld(state, person).map((seat) => passOn(state, seat, person));
  // Who applied is known to the candidacy; here a mark of them is enough.
  // D4.7: they may have applied while the search passed on to another one; nobody hires who applies.
  const knows = hiringManager === state.hiringManager || person === state.hiringManager;
  const body = {
    candidacy,
    mark: personMark(person),
    ...(knows ? {} : { hiringManager: state.hiringManager }),
  };
  return [{ kind: 'applicant_listed', body }, ...seats];
}

/** D3.4, also as a correction, while nothing later was decided about the candidate; X2 somebody who was silent is back. */
function screened(state: OpeningState, row: Row, body: Body<'screened'>): Decision {
  const back = row.s === 'nr';
  if (back && isChosen(state)) return [{ kind: 'application_late', body: { candidacy: body.candidacy } }];
  if (!['in', 'ho', 'ad', 'no', 'du', 'nr'].includes(row.s)) return notNow('D3.4');
  const late = back && isLate(state);
  const { hiringManager: known, ...said } = body;
  // D4.7: who hires may have changed while they were away; a candidacy that named nobody was never told.
  const told = back && known !== undefined && known !== state.hiringManager;
  return [
    {
      kind: 'applicant_screened',
      body: {
        ...said,
        ...(late ? { back: true } : {}),
        ...(told ? { hiringManager: state.hiringManager } : {}),
      },
    },
  ];
}

/** X1, X2: at any time to day one. */
function left(state: OpeningState, row: Row, { candidacy, why }: Body<'candidate_left'>): Decision {
  if (row.s === 'wi' || row.s === 'nr') return notNow('X1');
  return [
    {
      kind: 'applicant_left',
      body: { candidacy, why, voids: state.selection !== null && isPicked(row, 's') },
    },
  ];
}

/**
 * The first interview: seats that still stand empty fall away, for every candidate alike (X6). R4.1: with nobody in a
 * peer role on the panel a conversation counts for nobody, and is held anew.
 */
function held(state: OpeningState, row: Row, body: Body<'interview_held'>, ctx: Context): Decision {
  if (row.s !== 'ad') return notNow('D4.2');
  const { again } = state.course;
  // X6: a conversation from before all are held anew counts for nobody, also not for somebody who was away then.
  if (again !== null && body.on < dateOf(ctx.terms.calendar, again))
    return [{ kind: 'interview_set_aside', body }];
  if (inRoleMissing(inForce(state), ctx).length > 0) return [{ kind: 'interview_set_aside', body }];
  const noted = { kind: 'interview_noted', body } as const;
  if (interviewsBegan(state)) return [noted];
  const gone = state.panel.flatMap((seat) =>
    seat.person === null && seat.left !== null && !seat.dropped ? [seat.left] : [],
  );
  return [noted, ...gone.map((rater) => ({ kind: 'rater_dropped', body: { rater } }) as const)];
}

function sheetIn(state: OpeningState, row: Row, { candidacy, rater }: Body<'sheet_in'>): Decision {
  if (row.s !== 'ad') return notNow('D4.3');
  if (state.course.again !== null && row.on === undefined) return notNow('X6');
  if (!inForce(state).some((seat) => seat.person === rater)) return refuse('unknown_reference', 'D4.3');
  return [{ kind: 'sheet_noted', body: { candidacy, rater } }];
}

/** D5.1 ended. Somebody without a seat is told so: seats are granted only by G4 and D5.9. */
function offerEnded(state: OpeningState, { candidacy, how }: Body<'offer_ended'>): Decision {
  const seat = seatOf(state, candidacy);
  if (seat !== null) return [{ kind: 'offer_settled', body: { candidacy, seat, how } }];
  if (how !== 'accepted') return notNow('X3');
  return [{ kind: 'seat_refused', body: { candidacy, why: 'no_seat' } }];
}

function hired(state: OpeningState, { candidacy, employment, dayOne }: Body<'hired'>): Decision {
  const seat = seatOf(state, candidacy);
  if (seat === null) return [{ kind: 'seat_refused', body: { candidacy, why: 'no_seat' } }];
  if (state.seats[seat - 1]?.st === 'filled') return notNow('G5');
  return [{ kind: 'seat_filled', body: { candidacy, seat, employment, dayOne } }];
}

function holderLeft(state: OpeningState, { employment, how, closes }: Body<'holder_left'>): Decision {
  const left = ({ st, was }: HireSeat): boolean => closes === true && st === 'free' && was === employment;
  const place = state.seats.findIndex((seat) => seat.employment === employment || left(seat));
  if (place < 0) return refuse('unknown_reference', 'X20');
  const nobody = closes === true ? { closes } : {};
  return [{ kind: 'holder_gone', body: { employment, seat: place + 1, how, ...nobody } }];
}

type AboutRow = Exclude<ToOpening, { kind: 'holder_left' | 'role_version_adopted' } | BetweenOpenings>;

function aboutRow(state: OpeningState, notice: AboutRow, ctx: Context): Decision {
  if (notice.kind === 'applied') return applied(state, notice.body);
  const row = rowOf(state, notice.body.candidacy);
  if (row === undefined) return refuse('unknown_reference', 'D3.4');
  switch (notice.kind) {
    case 'screened':
      return screened(state, row, notice.body);
    case 'candidate_left':
      return left(state, row, notice.body);
    case 'interview_set':
      return row.s === 'ad' ? [{ kind: 'interview_listed', body: notice.body }] : notNow('D4.2');
    case 'interview_held':
      return held(state, row, notice.body, ctx);
    case 'sheet_in':
      return sheetIn(state, row, notice.body);
    case 'incident_told': {
      const { candidacy, question } = notice.body;
      return [{ kind: 'incident_reported', body: { question, candidacy } }];
    }
    case 'offer_ended':
      return offerEnded(state, notice.body);
    case 'hired':
      return hired(state, notice.body);
    default: {
      const unknown: never = notice;
      return unknown;
    }
  }
}

/** X5: the role says it has a new version. */
function versionAdopted(state: OpeningState, { role, version }: Body<'role_version_adopted'>): Decision {
  if (role !== state.role) return refuse('unknown_reference', 'X5');
  if (isOver(state) || servedElsewhere(state)) return notNow('X5');
  return roleChanged(state, version);
}

/** Decides what candidacies, employments, the role and other openings of the role say. */
export function decideNotice(state: OpeningState, input: NoticeIn<ToOpening>, ctx: Context): Decision {
  const { notice } = input;
  if (state.site === null) return refuse('not_open');
  switch (notice.kind) {
    case 'holder_left':
      return holderLeft(state, notice.body);
    case 'role_version_adopted':
      return versionAdopted(state, notice.body);
    case 'seats_joined':
    case 'seats_asked_back':
    case 'seats_given_back':
    case 'pool_ended':
    case 'joined_seat_accepted':
    case 'joined_seat_filled':
    case 'joined_seat_freed':
    case 'joined_manager_changed':
      return decideShared(state, { ...input, notice });
    default:
      return aboutRow(state, notice, ctx);
  }
}

/** P4.2: nobody answered for the seat by the day before. */
function alternateCalled(state: OpeningState, seat: string): Decision {
  const { of, at } = placeOf(seat);
  const silent = state[of][at]?.person ?? null;
  if (silent === null) return notNow('P4.2');
  return [{ kind: 'alternate_called', body: { seat, left: silent, by: nextAlternate(state, seat) } }];
}

/** D4.7: the reserve ends with its last day. */
function expired(state: OpeningState, short: string): Decision {
  const row = reserve(state).find((one) => one.c === shortOf(short));
  if (row === undefined) return notNow('D4.7');
  return [{ kind: 'reserve_ended', body: { candidacy: candidacyOf(row), how: 'expired' } }];
}

/** A policy's own act: the closed list of this case. */
export function decideAct(state: OpeningState, input: Act): Decision {
  const act = input.act as OpeningAct;
  const [, what = ''] = input.obligation.id.split('/');
  switch (act) {
    case 'alternate_called':
      return alternateCalled(state, what);
    case 'expired':
      return expired(state, what);
    default: {
      const unknown: never = act;
      return unknown;
    }
  }
}
