import type { Obligation } from '../kernel/agenda.ts';
import { addBusinessDays, closing, rollForward } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import { adverse, answerDay } from './conduct.ts';
import { covered } from './dates.ts';
import { secondOf } from '../offices.ts';
import { behindIt } from '../signed.ts';
import { officersOf, owing } from './owing.ts';
import type { Change, Conduct } from './state-change.ts';
import type { Ending, Job } from './state.ts';

/** What is meant where a case rests on a policy from before the number. */
const days = (terms: Terms, code: string, name: string, usual: number): number =>
  numIf(terms.policy, code, name) ?? usual;

/** D9.2 A training ends, or what it gave ends to count → the employee says what became of it. */
function specialtiesOwed(change: Change, job: Job, terms: Terms): readonly Obligation[] {
  return Object.values(change.specialties ?? {}).flatMap(({ n, since, until }) => {
    if (until === null || !covered(terms.calendar, until)) return [];
    const due = Math.max(since, dueOn(terms.calendar, until));
    return [listed(owing(job, { id: `D9.2:${n}`, code: 'D9.2', owner: job.person, since, due }), terms)];
  });
}

/** D9.8 A change of pay waits for its second person. */
function payOwed({ pay }: Change, job: Job, terms: Terms): readonly Obligation[] {
  const proposal = pay?.proposal ?? null;
  if (proposal === null) return [];
  const { at } = proposal;
  const due = dueIn(terms.calendar, at, days(terms, 'D9.8', 'confirm_bd', 5));
  const base = { id: `D9.8:${at}`, code: 'D9.8', owner: holder('hr_director', job.site), site: job.site };
  return [listed({ ...base, since: at, due, visibility: 'C2' }, terms)];
}

/** X24 Training, talk and the new role, in any order; the role waits for the two others. */
function leadOwed({ lead }: Change, job: Job, terms: Terms): readonly Obligation[] {
  if (lead === undefined) return [];
  const { n, at: since } = lead;
  const { calendar } = terms;
  const hr = holder('hr', job.site);
  const due = (name: string, usual: number) => dueIn(calendar, since, days(terms, 'X24', name, usual));
  const list = [{ id: `X24:role:${n}`, code: 'X24', owner: hr, since, due: due('take_up_bd', 30) }].map(
    (one) => listed(owing(job, one), terms),
  );
  if (!lead.talked) {
    const one = { id: `X24:talk:${n}`, code: 'X24', owner: job.manager, since, due: due('talk_bd', 10) };
    list.push(laddered(owing(job, one), terms));
  }
  if (!lead.trained) {
    const one = { id: `X24:training:${n}`, code: 'X24', owner: hr, since, due: due('training_bd', 20) };
    list.push(listed(owing(job, { ...one, next: 'D5.6' }), terms));
  }
  return list;
}

/** X33 An assignment is to change → the supervisor passes it on to the clinical side, and says that it is done. */
function assignmentOwed({ moving }: Change, job: Job, terms: Terms): readonly Obligation[] {
  if (moving === undefined) return [];
  const { n, at: since } = moving;
  const due = dueIn(terms.calendar, since, days(terms, 'X33', 'within_bd', 3));
  return [laddered(owing(job, { id: `X33:${n}`, code: 'X33', owner: job.supervisor, since, due }), terms)];
}

/** R9.5, X19 The words of two offices, asked for in everybody's case alike. */
function wordsOwed(conduct: Conduct, job: Job, terms: Terms): readonly Obligation[] {
  const { proposal, n } = conduct;
  if (proposal === null || !adverse(proposal.measure)) return [];
  const { at, officer, secondOfficer } = proposal;
  const due = dueIn(terms.calendar, at, days(terms, 'R9.5', 'word_bd', 2));
  const seen = { visibility: 'C2' as const, spoke: behindIt(proposal) };
  const base = { code: 'R9.5', site: job.site, since: at, due, ...seen };
  const list: Obligation[] = [];
  if (!officer)
    for (const [nth, owner] of officersOf(proposal, job)) {
      const id = nth === '' ? `R9.5:measure:${n}:${at}` : `R9.5:measure1-${nth}:${n}:${at}`;
      list.push(listed({ ...base, id, owner }, terms));
    }
  const second = numIf(terms.policy, 'R9.5', 'second_word_bd');
  if (!secondOfficer && second !== null) {
    const owner = holder(secondOf(proposal), job.site);
    const until = dueIn(terms.calendar, at, second);
    list.push(listed({ ...base, id: `R9.5:measure2:${n}:${at}`, owner, due: until }, terms));
  }
  return list;
}

/** X15 The employee is heard, then the manager proposes, then HR confirms. */
function conductOwed({ conduct }: Change, job: Job, terms: Terms): readonly Obligation[] {
  if (conduct === undefined) return [];
  const { n, at, heard, proposal } = conduct;
  const { calendar } = terms;
  const base = { code: 'X15', site: job.site, visibility: 'C2' as const };
  if (heard === null) {
    const due = closing(calendar, answerDay(conduct, terms));
    return [laddered({ ...base, id: `X15:answer:${n}`, owner: job.person, since: at, due }, terms)];
  }
  if (proposal === null) {
    const due = dueIn(calendar, heard, days(terms, 'X15', 'decide_bd', 5));
    const one = { ...base, id: `X15:decide:${n}:${heard}`, owner: job.manager, since: heard, due };
    return [laddered(one, terms)];
  }
  const due = dueIn(calendar, proposal.at, days(terms, 'X15', 'confirm_bd', 5));
  const owner = holder('hr', job.site);
  const one = { ...base, id: `X15:confirm:${n}:${proposal.at}`, owner, since: proposal.at, due };
  return [listed(one, terms), ...wordsOwed(conduct, job, terms)];
}

/** All that growth and change owe beside what comes round. */
export function changeOwed(change: Change, job: Job, terms: Terms): readonly Obligation[] {
  return [
    ...specialtiesOwed(change, job, terms),
    ...payOwed(change, job, terms),
    ...leadOwed(change, job, terms),
    ...conductOwed(change, job, terms),
    ...assignmentOwed(change, job, terms),
  ];
}

/** X20 What somebody knows goes on to others before the last day; after it their manager sees to it. */
function handoverOwed(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  const { lastDay, since, ended, handover } = ending;
  if (handover !== 'asked' || lastDay === null) return [];
  const { calendar } = terms;
  const before = days(terms, 'X20', 'before_last_day_bd', 1);
  const day = addBusinessDays(calendar, rollForward(calendar, lastDay), -before);
  const due = Math.max(since, closing(calendar, day));
  const id = `X20:${lastDay}:${since}`;
  if (ended === null)
    return [laddered(owing(job, { id, code: 'X20', owner: job.supervisor, since, due }), terms)];
  const late = Math.max(due, dueIn(calendar, ended, 1));
  const one = { id: `${id}:after`, code: 'X20', owner: job.manager, since: ended, due: late };
  return [laddered(owing(job, one), terms)];
}

/** X21 Each notice in the person's hand → HR. */
function noticesOwed({ lastDay, since, notices }: Ending, job: Job, terms: Terms): readonly Obligation[] {
  if (notices === undefined || lastDay === null) return [];
  const { calendar } = terms;
  const due = dueIn(calendar, since, days(terms, 'X21', 'within_bd', 2));
  const owner = holder('hr', job.site);
  return notices.map((notice) => {
    const id = `X21:${notice}:${lastDay}:${since}`;
    return listed({ id, code: 'X21', owner, site: job.site, since, due, visibility: 'C2' }, terms);
  });
}

/** R9.5, X19 The second officer's word on what stands against somebody, where the policy asks for it. */
function secondWords(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  const within = numIf(terms.policy, 'R9.5', 'second_word_bd');
  if (within === null) return [];
  const { proposal, rehireWord } = ending;
  const open = [
    { what: 'separation', word: proposal?.how.startsWith('terminated_') === true ? proposal : null },
    { what: 'rehire', word: rehireWord },
  ];
  return open.flatMap(({ what, word }) => {
    if (word === null || word.second === true) return [];
    const owner = holder(secondOf(word), job.site);
    const due = dueIn(terms.calendar, word.at, within);
    const id = `R9.5:second:${what}:${word.at}`;
    const one = { id, code: 'R9.5', owner, site: job.site, since: word.at, due, spoke: behindIt(word) };
    return [listed({ ...one, visibility: 'C2' }, terms)];
  });
}

/** What an ending owes besides what `agenda-growth` names. */
export function partingOwed(ending: Ending, job: Job, terms: Terms): readonly Obligation[] {
  return [
    ...handoverOwed(ending, job, terms),
    ...noticesOwed(ending, job, terms),
    ...secondWords(ending, job, terms),
  ];
}
