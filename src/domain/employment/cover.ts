import { addMonths } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import type { Terms } from '../kernel/terms.ts';
import type { PersonRef } from '../kernel/words.ts';
import { holderOf } from './sessions.ts';
import type { Job, Live, Sessions } from './state.ts';

/** X11 and R7.1: who may hold a session on a day, by training and by presence. */

const later = (a: CivilDate | undefined, b: CivilDate | undefined): CivilDate | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** The last training of a supervisor this case knows of, unless their qualification ended after it. */
function trainingOf(job: Job, who: PersonRef, elsewhere?: CivilDate): CivilDate | null {
  const day = later(later(job.trained[who], job.qualified?.[who]), elsewhere);
  const ended = job.lapsed?.[who];
  if (day === undefined || (ended !== undefined && day <= ended)) return null;
  return day;
}

/** R5.2: the last day on which a training counts; null where the policy sets no refresher. */
function lastDayOf(trained: CivilDate, { policy }: Terms): CivilDate | null {
  const months = numIf(policy, 'R5.2', 'refresher_months');
  return months === null ? null : addMonths(trained, months);
}

/** @returns the day by which a supervisor's training is refreshed; null when none is known, or none is needed */
export function refreshedBy(job: Job, who: PersonRef, terms: Terms): CivilDate | null {
  const trained = trainingOf(job, who);
  return trained === null ? null : lastDayOf(trained, terms);
}

/**
 * R7.1: qualified on a day, by the training recorded here or published when the person was hired, where that is not too
 * long ago (R5.2) and the qualification has not ended since.
 */
export function qualifiedOn({ job }: Live, who: PersonRef, on: CivilDate, ctx: Context): boolean {
  return qualified(job, who, on, ctx.terms, ctx.facts.get('supervisor_qualified', who)?.value);
}

/** R5.2: whether a training of that day still counts on another. */
export function countsOn(trained: CivilDate, on: CivilDate, terms: Terms): boolean {
  const last = lastDayOf(trained, terms);
  return trained <= on && (last === null || on <= last);
}

/** The same where the day of a training elsewhere is at hand. */
export function qualified(
  job: Job,
  who: PersonRef,
  on: CivilDate,
  terms: Terms,
  elsewhere?: CivilDate,
): boolean {
  const trained = trainingOf(job, who, elsewhere);
  if (trained === null) return false;
  const last = lastDayOf(trained, terms);
  return last === null || on <= last;
}

/** X11: whether a supervisor is known to be out on a day. */
export function outOn({ cover }: Pick<Sessions, 'cover'>, who: PersonRef, day: CivilDate): boolean {
  const spell = cover?.out[who];
  return spell !== undefined && spell.from <= day && (spell.back === null || day < spell.back);
}

/** R7.1: known not to be trained, under a waiver or beside a trained one: their sessions would not count. */
function learning(job: Job, who: PersonRef): boolean {
  const known = job.qualified !== undefined || job.waiver?.supervisor === who;
  return known && trainingOf(job, who) === null;
}

/**
 * Who holds a session on a day: whose turn it is, else the other one; null when both are out. R5.2: while one of the two is not
 * trained yet, the other one holds it where they can.
 */
export function inPlace(
  sessions: Pick<Sessions, 'cover'>,
  job: Job,
  ordinal: number,
  day: CivilDate,
): PersonRef | null {
  const turn = holderOf(job, ordinal);
  const other = turn === job.supervisor ? job.second : job.supervisor;
  const both = learning(job, turn) && other !== null && !learning(job, other) ? [other, turn] : [turn, other];
  return both.find((who): who is PersonRef => who !== null && !outOn(sessions, who, day)) ?? null;
}
