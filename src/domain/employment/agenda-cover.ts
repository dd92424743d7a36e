import type { Obligation, Rung } from '../kernel/agenda.ts';
import {
  addBusinessDays,
  addMonths,
  closing,
  dateOf,
  dayMinus,
  opening,
  rollForward,
} from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import { inPlace, outOn, refreshedBy } from './cover.ts';
import { covered } from './dates.ts';
import { owing } from './owing.ts';
import { leaveOn } from './sessions.ts';
import type { Job, Sessions, Spell } from './state.ts';

/** X11 A supervisor is out → the manager names a qualified interim the same day. */
function interim({ cover }: Pick<Sessions, 'cover'>, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  return Object.entries(cover?.out ?? {}).map(([who, { n, from, at, back }]) => {
    const said = dateOf(calendar, at);
    const first = rollForward(calendar, from > said ? from : said);
    const due = closing(calendar, addBusinessDays(calendar, first, num(policy, 'X11', 'interim_bd')));
    const one = { id: `X11:interim:${who}:${n}`, code: 'X11', owner: job.manager, since: at, due };
    const asked = laddered(owing(job, { ...one, next: 'D7.7' }), terms);
    if (back === null) return asked;
    // Whoever is back needs nobody in their place: nothing more is pressed for, and HR is not told.
    const there = opening(calendar, rollForward(calendar, back));
    return { ...asked, rungs: asked.rungs.filter((rung) => rung.at < there) };
  });
}

/** X11 Five business days for the permanent plan → manager; where a return is agreed, the change back on that day. */
function plan({ cover }: Pick<Sessions, 'cover'>, job: Job, terms: Terms): readonly Obligation[] {
  const asked = cover?.plan ?? null;
  const within = numIf(terms.policy, 'X11', 'plan_bd');
  if (asked === null || within === null) return [];
  const { n, at, on } = asked;
  const owner = job.manager;
  if (on === null) {
    const due = dueIn(terms.calendar, at, within);
    return [laddered(owing(job, { id: `X11:plan:${n}`, code: 'X11', owner, since: at, due }), terms)];
  }
  const due = dueOn(terms.calendar, on);
  const one = { id: `X11:back:${on}:${n}`, code: 'X11', owner, since: at, due, next: 'D7.7' };
  return [laddered(owing(job, one), terms)];
}

/** R5.2, X11 A training is refreshed before it stops to count → the supervisor; so nobody loses it unnoticed. */
function refreshers(
  sessions: Pick<Sessions, 'cover' | 'handed'>,
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  const { calendar, policy } = terms;
  const before = numIf(policy, 'X11', 'refresher_before_d');
  if (before === null) return [];
  const people = [job.supervisor, ...(job.second === null ? [] : [job.second])];
  return people.flatMap((who) => {
    const until = refreshedBy(job, who, terms);
    if (until === null || !covered(calendar, until) || outOn(sessions, who, until)) return [];
    const since = Math.max(job.started, opening(calendar, dayMinus(calendar, until, before)));
    const due = Math.max(since, dueOn(calendar, until));
    const id = `X11:refresher:${who}:${until}:${sessions.handed ?? 0}`;
    const one = { id, code: 'X11', owner: who, since, due, next: 'D5.6' };
    return [laddered(owing(job, one), terms)];
  });
}

/**
 * Observation of practice, once a quarter → supervisor. It needs the consent of a person served, so it stands in the list
 * with its day and no message presses for it (docs/decisions/0006).
 */
export function observationOwed(
  sessions: Pick<Sessions, 'observed'>,
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  const { calendar, policy } = terms;
  const months = numIf(policy, 'OBSERVE', 'every_months');
  if (months === null) return [];
  const from = sessions.observed ?? job.dayOne;
  const day = addMonths(from, months);
  if (!covered(calendar, day)) return [];
  const since = opening(calendar, rollForward(calendar, from));
  const due = closing(calendar, rollForward(calendar, day));
  const one = { id: `OBSERVE:${from}`, code: 'OBSERVE', owner: job.supervisor, since, due };
  return [owed({ ...one, site: job.site, atSilence: 'stays_with_owner' }, [])];
}

/**
 * S001: friction is part of a peer role, and months without any are worth a look. After the months of the policy without
 * tension raised in a session, director and adviser read a note about the team; time on leave does not count. The note asks
 * for nothing, and the count begins anew with it.
 */
export function tensionOwed(
  sessions: Pick<Sessions, 'lastTension'>,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  const { calendar, policy } = terms;
  const months = numIf(policy, 'TENSION', 'quiet_months');
  if (months === null) return [];
  const quiet = sessions.lastTension ?? job.dayOne;
  let day = rollForward(calendar, addMonths(quiet, months));
  const away = leaveOn(leave, day);
  if (away !== undefined) day = rollForward(calendar, addMonths(away.to, months));
  if (!covered(calendar, day)) return [];
  const since = opening(calendar, day);
  const due = closing(calendar, day);
  return (['director', 'adviser'] as const).map((capacity) => {
    const owner = holder(capacity, job.site);
    const base = { id: `TENSION:${quiet}:${capacity}`, code: 'TENSION', owner, site: job.site, since, due };
    const note: Rung = { id: 's0', at: since, to: [owner], how: 'inform' };
    const noted: Rung = { id: 'act', at: due, to: [], how: 'act', act: 'tension_noted' };
    const acts = capacity === 'director' ? [note, noted] : [note];
    return owed({ ...base, atSilence: 'tension_noted' }, [], acts);
  });
}

/**
 * X11, domain 2.2: nothing is asked of a supervisor who is out. What they owe is asked of the other supervisor meanwhile,
 * else of the manager, who names an interim; sessions know their place by themselves, and a training is their own.
 */
export function coveredFor(
  list: readonly Obligation[],
  sessions: Pick<Sessions, 'cover'>,
  job: Job,
  { calendar }: Terms,
): readonly Obligation[] {
  const out = sessions.cover?.out ?? {};
  if (Object.keys(out).length === 0) return list;
  return list.map((one) => {
    const spell = out[one.owner];
    if (spell === undefined || one.code === 'X11') return one;
    const start = opening(calendar, rollForward(calendar, spell.from));
    const end = spell.back === null ? Infinity : opening(calendar, rollForward(calendar, spell.back));
    const day = rollForward(calendar, spell.from);
    const there = inPlace(sessions, job, 0, day) ?? job.manager;
    const meanwhile = (rung: Rung): boolean => rung.at >= start && rung.at < end && rung.how !== 'act';
    const theirs = (rung: Rung): Rung => ({
      ...rung,
      to: [...new Set(rung.to.map((who) => (who === one.owner ? there : who)))],
    });
    if (one.due >= end)
      return { ...one, rungs: one.rungs.map((rung) => (meanwhile(rung) ? { ...rung, at: end } : rung)) };
    if (one.due < start)
      return { ...one, rungs: one.rungs.map((rung) => (meanwhile(rung) ? theirs(rung) : rung)) };
    return { ...one, id: `${one.id}:for:${spell.n}`, owner: there, rungs: one.rungs.map(theirs) };
  });
}

/** X11 All that is owed while a supervisor is out, and so that none stops to be qualified. */
export function coverOwed(
  sessions: Pick<Sessions, 'cover' | 'handed'>,
  job: Job,
  _leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  return [
    ...interim(sessions, job, terms),
    ...plan(sessions, job, terms),
    ...refreshers(sessions, job, terms),
  ];
}
