import type { Obligation } from '../kernel/agenda.ts';
import {
  addBusinessDays,
  closing,
  dateOf,
  nextBusinessInstant,
  opening,
  rollForward,
} from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import { num, numIf } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed, owed, timed } from '../kernel/rungs.ts';
import { behindIt } from '../signed.ts';
import { aboutOf } from '../versions.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import { promotionReview } from './agenda-others.ts';
import { lastDay, reviewsToOpen } from './clockwork.ts';
import { covered, exclusionDay, roundDate } from './dates.ts';
import { asks, keptFor, officersOf, onDay, owing, ownerIn, told } from './owing.ts';
import type { Ending, Job, OpenAction, Reviews, Rounds } from './state.ts';
import type { ActionSource, Round } from './words.ts';

/** What comes round again, without the re-check of P7.7: that has its own rhythm. */
type Coming = Omit<Rounds, 'cleared' | 'doubt'>;

/** The round owed next, on its day. */
function round(code: Round, owner: Owner, rounds: Coming, job: Job, terms: Terms): readonly Obligation[] {
  const n = rounds.at[code];
  const id = `${code}:${job.dayOne}:${n}`;
  return keptFor(job, terms, `${id}|${owner}`, () => {
    const date = roundDate(code, n, job.dayOne, terms);
    if (date === null || !covered(terms.calendar, date)) return [];
    return [onDay(job, { id, code, owner }, date, terms)];
  });
}

/** P6.4 Integration check → hire first, then supervisor. */
function integration(rounds: Coming, job: Job, terms: Terms): readonly Obligation[] {
  const { heard } = rounds;
  const hire = round('P6.4', job.person, rounds, job, terms);
  const first = hire[0];
  if (heard === null || first === undefined) return hire;
  const { calendar } = terms;
  const due = heard <= first.due ? first.due : dueIn(calendar, heard, 1);
  const one = { id: `${first.id}:supervisor`, code: 'P6.4', owner: job.supervisor, since: heard, due };
  const at = Math.max(first.since, nextBusinessInstant(calendar, heard));
  return [timed(owing(job, { ...one, next: 'D6.5' }), [asks(at)], terms)];
}

/** P7.7 on its day, or as soon as the employment starts when the check at hire is older by then. */
function recheck(cleared: CivilDate, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar } = terms;
  const one = { id: `P7.7:${cleared}`, code: 'P7.7', owner: holder('compliance', job.site) };
  return keptFor(job, terms, `${one.id}|${one.owner}`, () => {
    const start = dateOf(calendar, nextBusinessInstant(calendar, job.started));
    const day = exclusionDay(cleared, terms);
    const date = day < start ? start : day;
    return covered(calendar, date) ? [onDay(job, one, date, terms)] : [];
  });
}

/** P7.7 Re-check against the exclusion lists → compliance, monthly; what is not clear stays open (D5.3). */
export function exclusionOwed(
  rounds: Pick<Rounds, 'cleared' | 'doubt'>,
  job: Job,
  terms: Terms,
): readonly Obligation[] {
  const { doubt, cleared } = rounds;
  if (doubt === null) return recheck(cleared, job, terms);
  const owner = holder(doubt.outcome === 'match' ? 'hr_director' : 'compliance', job.site);
  const due = dueIn(terms.calendar, doubt.at, num(terms.policy, 'P7.7', 'settle_bd'));
  const id = `D5.3:${doubt.outcome}:${doubt.at}`;
  const one = { id, code: 'D5.3', owner, site: job.site, since: doubt.at, due, visibility: 'C2' as const };
  return [listed(one, terms)];
}

/** P9.1 Growth talk → both, every six months; D9.1 the employee answers what was written down. */
function growthTalk(rounds: Coming, job: Job, terms: Terms): readonly Obligation[] {
  if (rounds.growth !== null) {
    const { at } = rounds.growth;
    const due = dueIn(terms.calendar, at, num(terms.policy, 'D9.1', 'confirm_bd'));
    const one = { id: `D9.1:${at}`, code: 'D9.1', owner: job.person, since: at, due };
    return [listed({ ...owing(job, one), ...aboutOf('growth_plan', rounds.growth) }, terms)];
  }
  const talk = round('P9.1', job.supervisor, rounds, job, terms);
  const first = talk[0];
  if (first === undefined) return [];
  const { since, due } = first;
  const one = { id: `${first.id}:employee`, code: 'P9.1', owner: job.person, since, due };
  return [first, ...keptFor(job, terms, one.id, () => [told(job, one, since)])];
}

/** D9.3 A promotion proposed waits for HR; after `not_yet` the manager owes the next talk on its day, or as a review asks. */
function promotion(rounds: Coming, job: Job, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const { promotion: word, nextTalk } = rounds;
  const code = 'D9.3';
  if (word !== null) {
    const due = dueIn(calendar, word.at, num(policy, 'D9.3', 'confirm_bd'));
    const owner = holder('hr', job.site);
    const one = { id: `D9.3:confirm:${word.at}`, code, owner, since: word.at, due };
    return [listed({ ...owing(job, one), ...aboutOf('promotion', word) }, terms)];
  }
  const asked = reviewAsks(rounds, job, terms);
  if (nextTalk === null || !covered(calendar, nextTalk)) return asked;
  const since = opening(calendar, rollForward(calendar, nextTalk));
  const due = dueOn(calendar, nextTalk);
  const one = { id: `D9.3:talk:${nextTalk}`, code, owner: job.manager, since: Math.min(since, due), due };
  return [listed(owing(job, one), terms), ...asked];
}

/** D8.5 `promotion_review`: a review asks for a look at the next step → manager. */
function reviewAsks({ promotionAsked: since }: Coming, job: Job, terms: Terms): readonly Obligation[] {
  const within = numIf(terms.policy, 'D8.5', 'promotion_bd');
  if (since === undefined || within === null) return [];
  const due = dueIn(terms.calendar, since, within);
  const one = { id: `D9.3:review:${since}`, code: 'D9.3', owner: job.manager, since, due };
  return [listed(owing(job, one), terms)];
}

/** All that comes round again but the re-check of P7.7, and growth. */
export function roundsOwed(rounds: Coming, job: Job, terms: Terms): readonly Obligation[] {
  return [
    ...integration(rounds, job, terms),
    ...round('P7.6', job.person, rounds, job, terms),
    ...growthTalk(rounds, job, terms),
    ...round('P9.2', holder('hr', job.site), rounds, job, terms),
    ...promotion(rounds, job, terms),
    ...promotionReview(rounds, job, terms),
  ];
}

const actionCodes: Readonly<Record<ActionSource, string>> = {
  session: 'D7.2',
  integration: 'R6.3',
  check_in: 'D6.4',
  record: 'R7.2',
};

/** D7.2 Open actions, each by its owner. */
export function actionsOwed(actions: readonly OpenAction[], job: Job, terms: Terms): readonly Obligation[] {
  return actions.map(({ id, from, owner, due, since }) => {
    const code = actionCodes[from];
    const at = dueOn(terms.calendar, due);
    return listed(
      owing(job, { id: `${code}:${id}`, code, owner: ownerIn(job, owner), since, due: at }),
      terms,
    );
  });
}

/** D8.1 Reviews opened by the policy on their day; what HR owes after a probation that was not passed. */
export function reviewsOwed(reviews: Reviews, job: Job, terms: Terms): readonly Obligation[] {
  const open = reviewsToOpen(reviews, job, terms);
  const { notPassed } = reviews;
  if (notPassed === null) return open;
  const due = dueIn(terms.calendar, notPassed, num(terms.policy, 'D9.5', 'confirm_bd'));
  const base = {
    id: `D9.5:probation:${notPassed}`,
    code: 'D9.5',
    owner: holder('hr', job.site),
    site: job.site,
  };
  return [...open, listed({ ...base, since: notPassed, due, visibility: 'C2' }, terms)];
}

/** D9.5 A separation that was proposed: the officer's word where it is adverse, then the second person. */
function proposed(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  const { proposal } = ending;
  if (proposal === null) return [];
  const { at, how, cleared } = proposal;
  const due = dueIn(terms.calendar, at, num(terms.policy, 'D9.5', 'confirm_bd'));
  const one = { code: 'D9.5', site: job.site, since: at, due, visibility: 'C2' as const };
  const list = [
    listed(
      {
        ...{ ...one, id: `D9.5:confirm:${at}`, owner: holder('hr_director', job.site) },
        ...aboutOf('separation', proposal),
      },
      terms,
    ),
  ];
  if (how.startsWith('terminated_') && !cleared)
    for (const [nth, owner] of officersOf(proposal, job))
      list.push(listed({ ...one, id: `D9.5:word${nth}:${at}`, owner, spoke: behindIt(proposal) }, terms));
  return list;
}

/** R9.5: the officer's word before somebody is not to be hired again. */
function rehireWord({ rehireWord: word }: Ending, job: Job, terms: Terms): readonly Obligation[] {
  const within = numIf(terms.policy, 'R9.5', 'word_bd');
  if (word === null || word.cleared || within === null) return [];
  const due = dueIn(terms.calendar, word.at, within);
  const one = { code: 'R9.5', site: job.site, since: word.at, due, visibility: 'C2' as const, next: 'D9.6' };
  return officersOf(word, job).map(([nth, owner]) =>
    listed({ ...one, id: `R9.5:word${nth}:${word.at}`, owner, spoke: behindIt(word) }, terms),
  );
}

/** P9.3, R9.3, D9.6 and D9.7: what a separation owes before and after the last day. */
function leaving(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  const { lastDay: day, since, ended } = ending;
  if (day === null) return [];
  const { calendar, policy } = terms;
  const list: Obligation[] = [];
  const owe = (code: string, owner: Owner, due: number, next?: string) =>
    owing(job, {
      id: `${code}:${day}:${since}`,
      code,
      owner,
      since,
      due,
      ...(next === undefined ? {} : { next }),
    });
  const hr = holder('hr', job.site);
  if (!ending.exit && ended === null) {
    const before = addBusinessDays(calendar, day, -num(policy, 'P9.3', 'before_last_day_bd'));
    list.push(laddered(owe('P9.3', hr, Math.max(since, closing(calendar, before))), terms));
  }
  if (!ending.access) list.push(listed(owe('R9.3', holder('it', job.site), closing(calendar, day)), terms));
  if (ending.rehire !== 'decided') {
    const owner = ending.rehire === 'proposed' ? holder('hr_director', job.site) : hr;
    const due = dueIn(calendar, closing(calendar, day), num(policy, 'D9.6', 'within_bd'));
    const { id, ...rest } = owe('D9.6', owner, due);
    const about = ending.rehireWord === null ? {} : aboutOf('rehire', ending.rehireWord);
    // That it waits for a second person would tell the answer.
    const one = { ...rest, ...about, id: `${id}:${ending.rehire}`, visibility: 'C2' as const };
    list.push(listed(one, terms), ...rehireWord(ending, job, terms));
  }
  if (ending.opening !== 'decided') {
    const owner = ending.opening === 'proposed' ? hr : holder('director', job.site);
    const { id, ...rest } = owe('D9.7', owner, dueIn(calendar, since, num(policy, 'D9.7', 'within_bd')));
    const about = ending.openingWord === null ? {} : aboutOf('opening', ending.openingWord);
    list.push(listed({ ...rest, ...about, id: `${id}:${ending.opening}` }, terms));
  }
  return list;
}

/** X22 One person, and no prompt at all. */
export function afterDeath(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  const { died } = ending;
  if (died === null || died.closed) return [];
  const due = dueIn(terms.calendar, died.at, num(terms.policy, 'X22', 'settle_bd'));
  const one = { id: `X22:${died.at}`, code: 'X22', owner: died.owner, site: job.site, since: died.at, due };
  return [owed({ ...one, visibility: 'C2', atSilence: 'stays_with_owner' }, [])];
}

/** All that an ending owes. */
export function endingOwed(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  return [...proposed(ending, job, terms), ...lastDay(ending, job, terms), ...leaving(ending, job, terms)];
}
