import type { Obligation } from '../kernel/agenda.ts';
import { closing, dayPlus, opening, rollForward } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed, timed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import { itemDue } from './dates.ts';
import { onDay, owing, ownerIn, told } from './owing.ts';
import type { Boarding, Item, Job, Mentoring, Promises, Talk } from './state.ts';

/**
 * P6.1 Day one plan → supervisor, mentor: D-3, D. P5.6 Welcome contact → mentor: D. X12: without a mentor nobody can say in
 * their place that they are ready, nor welcome: the manager is asked for a new one, and for nothing of theirs.
 */
function firstDay(boarding: Boarding, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const since = job.started;
  const due = closing(calendar, rollForward(calendar, job.dayOne));
  const before = (code: string, days: readonly number[], role: 'supervisor' | 'mentor') =>
    timed(
      owing(job, { id: `${code}:${job.dayOne}:${role}`, code, owner: ownerIn(job, role), since, due }),
      steps(
        calendar,
        since,
        due,
        days.map((n) => ({ from: 'due', n: -n, unit: 'd' })),
      ),
      terms,
    );
  const mentored = job.mentor !== null;
  const asked = boarding.plan.filter((role) => mentored || role !== 'mentor');
  const plan = asked.map((role) => before('P6.1', nums(policy, 'P6.1', 'before_d'), role));
  // The earlier contact belongs to the days before day one, which the candidacy looks after.
  const onDayOne = nums(policy, 'P5.6', 'before_d').filter((n) => n === 0);
  return boarding.welcome || !mentored || onDayOne.length === 0
    ? plan
    : [...plan, before('P5.6', onDayOne, 'mentor')];
}

/** R6.5 What the role promised, each by its named owner, also after the onboarding. */
export function promisesOwed(promises: Promises, job: Job, terms: Terms): readonly Obligation[] {
  return itemsOwed(promises, job, terms, {});
}

/** D6.1 Items of the list, each by its owner; before `next`, where something waits for them. */
function itemsOwed(
  list: Readonly<Record<string, Item>>,
  job: Job,
  terms: Terms,
  next: { readonly next?: string },
): readonly Obligation[] {
  return Object.entries(list).map(([item, one]) => {
    const day = itemDue(one, job.dayOne, terms);
    const due = dueOn(terms.calendar, day);
    const owner = ownerIn(job, one.owner);
    const id = `D6.1:${item}:${day}`;
    return listed(owing(job, { id, code: 'D6.1', owner, since: job.started, due, ...next }), terms);
  });
}

/** P6.6 Policies read → hire: by D+10. */
function policies(boarding: Boarding, job: Job, terms: Terms): readonly Obligation[] {
  if (boarding.policies.length === 0) return [];
  const { calendar, policy } = terms;
  const since = opening(calendar, rollForward(calendar, job.dayOne));
  const due = closing(calendar, dayPlus(calendar, job.dayOne, num(policy, 'P6.6', 'within_d')));
  const id = `P6.6:${job.dayOne}`;
  return [laddered(owing(job, { id, code: 'P6.6', owner: job.person, since, due, next: 'G6' }), terms)];
}

/** D6.2 Ready to work alone: the supervisor until the hours are reached, then whoever has not said yes. */
function readiness(boarding: Boarding, job: Job, terms: Terms): readonly Obligation[] {
  if (job.readyAlone) return [];
  const { calendar, policy } = terms;
  const since = opening(calendar, rollForward(calendar, job.dayOne));
  const due = closing(calendar, dayPlus(calendar, job.dayOne, num(policy, 'D6.2', 'within_d')));
  const reached = boarding.minutes >= num(policy, 'D6.2', 'supervised_h') * 60;
  const seats = reached
    ? (['supervisor', 'employee'] as const).filter((one) => !boarding.ready[one])
    : (['supervisor'] as const);
  return seats.map((one) => {
    const id = `D6.2:${job.dayOne}:${one}`;
    return listed(
      owing(job, { id, code: 'D6.2', owner: ownerIn(job, one), since, due, next: 'R6.1' }),
      terms,
    );
  });
}

/** D6.4 Check-in at D+30 and D+60: the hire first, then HR. */
function checkIns(boarding: Boarding, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar } = terms;
  return boarding.checkIns.map(({ at, heard }) => {
    const day = closing(calendar, dayPlus(calendar, job.dayOne, at));
    const since = heard ?? opening(calendar, rollForward(calendar, job.dayOne));
    const due = heard === null || heard <= day ? day : dueIn(calendar, heard, 1);
    const owner = heard === null ? job.person : holder('hr', job.site);
    const id = `D6.4:${job.dayOne}:${at}:${heard === null ? 'hire' : 'hr'}`;
    return listed(owing(job, { id, code: 'D6.4', owner, since, due, next: 'G6' }), terms);
  });
}

/** D6.6 Completion at D+90, or at the end of an extension: the supervisor proposes, HR confirms. */
function completion(boarding: Boarding, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const { proposal, until } = boarding;
  const code = 'D6.6';
  if (proposal !== null) {
    const due = dueIn(calendar, proposal.at, num(policy, 'D6.6', 'confirm_bd'));
    const id = `D6.6:confirm:${proposal.at}`;
    const one = { id, code, owner: holder('hr', job.site), since: proposal.at, due, next: 'G6' };
    return [listed(owing(job, one), terms)];
  }
  const day = until ?? dayPlus(calendar, job.dayOne, num(policy, 'D6.6', 'at_d'));
  const one = {
    id: `D6.6:${day}`,
    code,
    owner: job.supervisor,
    since: job.started,
    due: dueOn(calendar, day),
  };
  return [listed(owing(job, { ...one, next: 'G6' }), terms)];
}

/** All that stage 6 owes but for the mentor's talks. */
export function onboardingOwed(boarding: Boarding, job: Job, terms: Terms): readonly Obligation[] {
  return [
    ...firstDay(boarding, job, terms),
    ...itemsOwed(boarding.items, job, terms, { next: 'G6' }),
    ...policies(boarding, job, terms),
    ...readiness(boarding, job, terms),
    ...checkIns(boarding, job, terms),
    ...completion(boarding, job, terms),
  ];
}

/** P6.2 Mentor conversation → mentor, hire: D+10, D+30, D+60, D+90, or the day it was moved to; it waits for a mentor (X12). */
function conversation(talk: Talk, job: Job, terms: Terms): readonly Obligation[] {
  if (job.mentor === null) return [];
  const { calendar } = terms;
  const day = talk.due ?? dayPlus(calendar, job.dayOne, talk.day);
  const id = `P6.2:${talk.day}:${day}`;
  const mentor = onDay(job, { id: `${id}:mentor`, code: 'P6.2', owner: ownerIn(job, 'mentor') }, day, terms);
  const { since, due } = mentor;
  return [mentor, told(job, { id: `${id}:hire`, code: 'P6.2', owner: job.person, since, due }, since)];
}

/**
 * X12 A new mentor within five business days → manager; D5.7 the mentor accepts. Whoever declines leaves the manager with the
 * question anew: it keeps its day, or the next business day where that is over.
 */
function replacement(mentoring: Mentoring, job: Job, terms: Terms): readonly Obligation[] {
  const { gone, proposed, declined } = mentoring;
  const { calendar, policy } = terms;
  if (gone === null) return [];
  if (proposed === null) {
    const first = dueIn(calendar, gone, num(policy, 'R6.4', 'replace_bd'));
    const { id, since, due } =
      declined === undefined
        ? { id: `X12:${gone}`, since: gone, due: first }
        : {
            id: `X12:${gone}:${declined.n}`,
            ...{ since: declined.at, due: Math.max(first, dueIn(calendar, declined.at, 1)) },
          };
    const one = { id, code: 'X12', owner: job.manager, since, due, next: 'D5.7' };
    return [listed(owing(job, one), terms)];
  }
  const due = dueIn(calendar, proposed.at, num(policy, 'R6.4', 'accept_bd'));
  const id = `D5.7:${proposed.at}`;
  const one = { id, code: 'D5.7', owner: proposed.mentor, site: job.site, since: proposed.at, due };
  return [listed(one, terms)];
}

/** P6.3 Mentoring ends or is renewed → mentor, supervisor: D+180. */
function lastTalk(mentoring: Mentoring, job: Job, terms: Terms): readonly Obligation[] {
  const day = mentoring.until ?? dayPlus(terms.calendar, job.dayOne, num(terms.policy, 'P6.3', 'at_d'));
  const id = `P6.3:${day}`;
  const supervisor = onDay(job, { id: `${id}:supervisor`, code: 'P6.3', owner: job.supervisor }, day, terms);
  if (job.mentor === null) return [supervisor];
  const { since, due } = supervisor;
  return [told(job, { id: `${id}:mentor`, code: 'P6.3', owner: job.mentor, since, due }, since), supervisor];
}

/** All that mentoring owes until it ends. */
export function mentoringOwed(mentoring: Mentoring, job: Job, terms: Terms): readonly Obligation[] {
  if (mentoring.ended) return [];
  return [
    ...mentoring.talks.flatMap((talk) => conversation(talk, job, terms)),
    ...replacement(mentoring, job, terms),
    ...lastTalk(mentoring, job, terms),
  ];
}
