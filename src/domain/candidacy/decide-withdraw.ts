import { dateOf } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import { awaiting, silentFrom } from './awaiting.ts';
import type { Decision, Of } from './deciding.ts';
import { beforeDayOne, holdsOffer } from './leaving.ts';
import type { CandidacyState } from './state.ts';
import { signedBefore } from '../signed.ts';

/** X1: what HR heard of somebody who holds an offer; or, where they never answered on two ways, that they did not (X2). */
function entered(state: CandidacyState, ask: Of<'withdraw'>, ctx: Context): Decision {
  const { reason } = ask.command.payload;
  const silence = state.stage === 'preboarding' ? silentFrom(state, ctx.terms) : null;
  const silent = silence !== null && silence <= ctx.now;
  const body = { ...(reason === undefined ? {} : { reason }), ...(silent ? { silent } : {}) };
  return [{ kind: 'withdrawal_entered', body }];
}

/** D5.1, R5.7: nobody of HR ends an offer alone; the second person is another one than who entered it. */
function confirmed(state: CandidacyState, ask: Of<'withdraw'>): Decision {
  const { leaving } = state;
  if (leaving === undefined) return notNow('X1', { code: 'nothing_proposed' });
  if (signedBefore(leaving, ask)) return blocked('X1', { code: 'second_person_needed' });
  const waits = awaiting(state);
  if (leaving.silent === true && waits !== null)
    return [{ kind: 'closed_no_response', body: { about: waits.about, stage: state.stage } }];
  const reason = ask.command.payload.reason ?? leaving.reason;
  return [{ kind: 'withdrawn', body: reason === undefined ? {} : { reason } }];
}

/**
 * X1: any time to day one; no reason is asked. HR may enter what a candidate told them; from the offer on that ends
 * nothing before a second person, or the candidate, says the same.
 */
export function withdraw(state: CandidacyState, ask: Of<'withdraw'>, ctx: Context): Decision {
  if (state.stage === 'ended') return notNow('X1', { code: 'stage', about: state.outcome?.what ?? 'ended' });
  if (state.stage === 'hired' && !beforeDayOne(state, dateOf(ctx.terms.calendar, ctx.now)))
    return notNow('X1', { code: 'employment_started', about: state.employment ?? '' });
  const { reason } = ask.command.payload;
  const own = (ask.onBehalfOf ?? ask.actor) === state.person;
  if (own || !holdsOffer(state)) return [{ kind: 'withdrawn', body: reason === undefined ? {} : { reason } }];
  return state.leaving === undefined ? entered(state, ask, ctx) : confirmed(state, ask);
}
