import type { Obligation } from '../kernel/agenda.ts';
import {
  addBusinessDays,
  closing,
  dateOf,
  instantOf,
  lastBusinessDayOfMonth,
  nextBusinessInstant,
  opening,
} from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num, text } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed, timed } from '../kernel/rungs.ts';
import { aboutOf } from '../versions.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import { sessionsOnLeave } from './clockwork.ts';
import { inPlace } from './cover.ts';
import { asks, keptFor, onDay, owing, told } from './owing.ts';
import { pulseMonth } from './dates.ts';
import { leaveOn, slots } from './sessions.ts';
import type { Planned } from './sessions.ts';
import type { Pulse } from './state-pulse.ts';
import type { Job, Sessions, Spell } from './state.ts';

/** Who holds a session, and what keeps its id apart from the one under which they owed it before. */
interface InPlace {
  readonly who: Owner | null;
  readonly mark: string;
}

type Held = Pick<Sessions, 'cover' | 'handed'>;

function holding(sessions: Held, job: Job, ordinal: number, on: CivilDate): InPlace {
  const who = inPlace(sessions, job, ordinal, on);
  return { who, mark: (sessions.handed ?? 0) < 2 ? '' : `:${sessions.handed}` };
}

/**
 * P7.1 Session due → both: one business day before; log due the same day. Whoever takes over as supervisor, even on
 * the day, owes it anew and is asked. While nobody is in place (X11), the manager owes somebody first.
 */
function session(
  id: string,
  on: CivilDate,
  supervisor: InPlace,
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  const { calendar, policy } = terms;
  const since = opening(calendar, addBusinessDays(calendar, on, -num(policy, 'P7.1', 'before_bd')));
  const due = closing(calendar, addBusinessDays(calendar, on, num(policy, 'P7.1', 'log_within_bd')));
  const log = instantOf(calendar, on, text(policy, 'P7.1', 'log_at'));
  const one = (who: string, owner: Owner) => ({
    id: `${id}:${who}`,
    code: 'P7.1',
    owner,
    since,
    due,
    next: 'D7.1',
  });
  const employee = told(job, one('employee', job.person), since);
  if (supervisor.who === null) return [employee];
  const { who, mark } = supervisor;
  return [
    timed(
      owing(job, one(`supervisor:${who}${mark}`, who)),
      [asks(since), { id: 's1', at: log, to: 'owner', kind: 'remind' }],
      terms,
    ),
    employee,
  ];
}

function planned(
  sessions: Planned & Held,
  leave: readonly Spell[],
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  return slots(sessions, terms.calendar)
    .filter((slot) => leaveOn(leave, slot.on) === undefined)
    .flatMap((slot) => {
      const id = `P7.1:${slot.session}:${slot.times}`;
      const by = holding(sessions, job, slot.ordinal, slot.on);
      return keptFor(job, terms, `${id}|${slot.on}|${by.who ?? ''}${by.mark}`, () =>
        session(id, slot.on, by, job, terms),
      );
    });
}

/** D7.1 The employee confirms the line about them, the oldest first (R7.2). */
function toConfirm(sessions: Pick<Sessions, 'unconfirmed'>, job: Job, terms: Terms): readonly Obligation[] {
  const line = sessions.unconfirmed[0];
  if (line === undefined) return [];
  const due = dueIn(terms.calendar, line.at, num(terms.policy, 'D7.1', 'confirm_bd'));
  const id = `D7.1:confirm:${line.session}`;
  const { person: owner, site } = job;
  const atSilence = 'line_stands_unconfirmed';
  return [listed({ id, code: 'D7.1', owner, site, since: line.at, due, atSilence }, terms)];
}

/** P7.2 Session missed → both; the manager at two in a row, HR at three. Stops when a new day is agreed. */
function missed(sessions: Pick<Sessions, 'missed' | 'extra'>, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const miss = sessions.missed;
  if (miss === null || sessions.extra.on !== null) return [];
  const due = dueIn(calendar, miss.at, num(policy, 'P7.2', 'new_date_bd'));
  const at = nextBusinessInstant(calendar, miss.at);
  const one = (who: string, owner: Owner) => ({
    id: `P7.2:${miss.session}:${miss.count}:${who}`,
    code: 'P7.2',
    owner,
    since: miss.at,
    due,
  });
  const list = [
    timed(owing(job, one('supervisor', job.supervisor)), [asks(at)], terms),
    told(job, one('employee', job.person), at),
  ];
  if (miss.count >= num(policy, 'P7.2', 'manager_at')) list.push(told(job, one('manager', job.manager), at));
  if (miss.count >= num(policy, 'P7.2', 'hr_at')) list.push(told(job, one('hr', holder('hr', job.site)), at));
  return list;
}

/**
 * R7.5 An extra session is planned within three business days, then held like any other. One whose day fell into a
 * leave meanwhile is planned anew after the return: it pauses and is not lost (R7.4).
 */
function extra(
  sessions: Pick<Sessions, 'extra'> & Held,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  const { n, asked, on } = sessions.extra;
  const away = on !== null && leaveOn(leave, on) !== undefined;
  if (on !== null && !away)
    return session(`P7.1:extra_${n}:${on}`, on, holding(sessions, job, 0, on), job, terms);
  const since = on === null ? asked : opening(terms.calendar, on);
  if (since === null) return [];
  const due = dueIn(terms.calendar, since, num(terms.policy, 'R7.5', 'within_bd'));
  const owner = inPlace(sessions, job, 0, dateOf(terms.calendar, due)) ?? job.manager;
  const one = { id: `R7.5:${n}`, code: 'R7.5', owner, since, due, next: 'P7.1' };
  return [listed(owing(job, one), terms)];
}

/** The extra session whose day a leave took: a leave that turns out otherwise brings it back as it was asked for. */
export function extraInLeave(
  sessions: Pick<Sessions, 'extra'> & Held,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  const { n, on } = sessions.extra;
  if (on === null || leaveOn(leave, on) === undefined) return [];
  return session(`P7.1:extra_${n}:${on}`, on, holding(sessions, job, 0, on), job, terms);
}

/** R7.1 A qualified supervisor is found at once → manager. */
function interim(sessions: Pick<Sessions, 'unqualified'>, job: Job, terms: Terms): readonly Obligation[] {
  if (sessions.unqualified === null) return [];
  const { at } = sessions.unqualified;
  const due = dueIn(terms.calendar, at, num(terms.policy, 'X11', 'interim_bd'));
  const one = { id: `R7.1:${at}`, code: 'R7.1', owner: job.manager, since: at, due, next: 'D7.7' };
  return [listed(owing(job, one), terms)];
}

/** D7.6 Cadence: asked for after the six-month review, or again after it was kept; a proposal waits for the other. */
function cadence(
  sessions: Pick<Sessions, 'proposal' | 'ask'>,
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  const { calendar, policy } = terms;
  const { proposal, ask } = sessions;
  const within = num(policy, 'D7.6', 'ask_bd');
  if (proposal !== null) {
    const owner = proposal.by === 'employee' ? job.supervisor : job.person;
    const due = dueIn(calendar, proposal.at, within);
    const one = { id: `D7.6:confirm:${proposal.at}`, code: 'D7.6', owner, since: proposal.at, due };
    return [listed({ ...owing(job, one), ...aboutOf('cadence', proposal) }, terms)];
  }
  if (ask === null) return [];
  const due = ask.on === null ? dueIn(calendar, ask.since, within) : dueOn(calendar, ask.on);
  const one = { id: `D7.6:${ask.since}`, code: 'D7.6', owner: job.supervisor, since: ask.since, due };
  return [listed(owing(job, one), terms)];
}

/** P7.1, X13 The sessions of the plan. */
export function planOwed(
  sessions: Planned & Held,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  return [...planned(sessions, leave, job, terms), ...sessionsOnLeave(sessions, leave, job, terms)];
}

/** What supervision owes beside the plan: lines to confirm, missed and extra sessions, an interim, the cadence. */
export function besideOwed(
  sessions: Pick<Sessions, 'unconfirmed' | 'missed' | 'extra' | 'unqualified' | 'proposal' | 'ask'> & Held,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  return [
    ...toConfirm(sessions, job, terms),
    ...missed(sessions, job, terms),
    ...extra(sessions, job, leave, terms),
    ...interim(sessions, job, terms),
    ...cadence(sessions, job, terms),
  ];
}

/** P7.3 Role pulse → both, each alone: last business day of the month, but for one in a leave. */
function monthly(pulse: Pulse, job: Job, leave: readonly Spell[], terms: Terms): readonly Obligation[] {
  const { calendar } = terms;
  const month = pulseMonth(pulse.month, leave, calendar);
  const day = lastBusinessDayOfMonth(calendar, month);
  return (['employee', 'supervisor'] as const)
    .filter((one) => month !== pulse.month || pulse[one] === null)
    .flatMap((one) => {
      const owner = one === 'employee' ? job.person : job.supervisor;
      const id = `P7.3:${month.slice(0, 7)}:${one}`;
      const make = () => [onDay(job, { id, code: 'P7.3', owner, next: 'D7.3' }, day, terms)];
      return keptFor(job, terms, `${id}|${owner}`, make);
    });
}

/** P7.4 Drift review → supervisor, employee, independent adviser: within ten business days of the flag. */
function review(pulse: Pulse, job: Job, terms: Terms): readonly Obligation[] {
  const { drift } = pulse;
  if (drift === null) return [];
  const { calendar, policy } = terms;
  const due = dueIn(calendar, drift.since, num(policy, 'P7.4', 'within_bd'));
  const owners = {
    supervisor: job.supervisor,
    employee: job.person,
    adviser: holder('independent_adviser', job.site),
  };
  const open = (['supervisor', 'employee', 'adviser'] as const).filter((one) => !drift.agreed.includes(one));
  return open.map((one) => {
    const id = `P7.4:${drift.since}:${one}`;
    const owed = { id, code: 'P7.4', owner: owners[one], since: drift.since, due, next: 'D7.5' };
    return laddered(owing(job, owed), terms);
  });
}

/** D7.5 A drift accepted for a time is looked at again when the time is over. */
function temporary(pulse: Pulse, job: Job, terms: Terms): readonly Obligation[] {
  if (pulse.until === null || pulse.drift !== null) return [];
  const { on, since } = pulse.until;
  const due = dueOn(terms.calendar, on);
  const one = { id: `D7.5:${on}:${since}`, code: 'D7.5', owner: job.supervisor, since, due, next: 'P7.4' };
  return [listed(owing(job, one), terms)];
}

/** All that the role pulse and drift owe. */
export function pulseOwed(
  pulse: Pulse,
  job: Job,
  leave: readonly Spell[],
  terms: Terms,
): readonly Obligation[] {
  return [
    ...monthly(pulse, job, leave, terms),
    ...review(pulse, job, terms),
    ...temporary(pulse, job, terms),
  ];
}
