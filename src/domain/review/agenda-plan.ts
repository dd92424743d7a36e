import { returnMark, sinceReturn } from '../away.ts';
import type { Obligation } from '../kernel/agenda.ts';
import { closing, rollForward } from '../kernel/calendar.ts';
import type { Instant } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { dueIn, laddered, listed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import { aboutOf } from '../versions.ts';
import { spokeBeside } from './adverse.ts';
import type { View } from './agenda.ts';
import { officersOf, secondWord } from './agenda-probation.ts';
import { moved } from './leave.ts';
import { planRuns, reviewerOf } from './state.ts';
import type { Plan } from './state.ts';

/** Business days of the policy. A plan asked for under a policy that had them keeps an owner and a date without. */
const days = (terms: View['terms'], name: string): number => numIf(terms.policy, 'X17', name) ?? 5;

function writing({ state, subject, terms }: View, since: Instant): Obligation {
  const due = dueIn(terms.calendar, since, days(terms, 'write_bd'));
  const { manager, site } = subject;
  const owing = { code: 'X17', owner: reviewerOf(subject), site, since, due, manager };
  return listed({ ...owing, id: `X17:write:${state.supervisors}` }, terms);
}

function answering({ state, subject, terms }: View, plan: Plan, written: Instant): Obligation {
  const since = sinceReturn(state.absence, written, terms.calendar);
  const due = dueIn(terms.calendar, since, days(terms, 'answer_bd'));
  const id = `X17:answer:${plan.version}${returnMark(state.absence)}`;
  const about = { subject: 'plan', version: plan.version };
  const { employee: owner, site } = subject;
  return listed({ id, code: 'X17', owner, site, since, due, about }, terms);
}

/** The step that comes next, on its day; while somebody is away it stands where their return moves it (R8.6). */
function stepping({ state, subject, terms }: View, plan: Plan, written: Instant): Obligation | null {
  const steps = state.absence.away
    .filter((away) => away.begun)
    .reduce(
      (list, away, place, all) => moved(list, away, [...state.leave, ...all.slice(0, place)]),
      plan.steps,
    );
  const n = steps.findIndex((one) => one.state === null);
  const step = steps[n];
  if (step === undefined) return null;
  const due = Math.max(closing(terms.calendar, rollForward(terms.calendar, step.on)), written);
  const id = `X17:step:${plan.version}:${n + 1}:${step.on}:${state.supervisors}`;
  const { manager, site } = subject;
  const owing = { id, code: 'X17', owner: reviewerOf(subject), site, since: written, due, manager };
  return listed(owing, terms);
}

function settling({ state, subject, terms }: View, plan: Plan, written: Instant): Obligation {
  const last = plan.steps.at(-1)?.on;
  const end = last === undefined ? written : closing(terms.calendar, rollForward(terms.calendar, last));
  const since = Math.max(end, written);
  const due = dueIn(terms.calendar, since, days(terms, 'settle_bd'));
  const owner = holder('hr', subject.site);
  const id = `X17:settle:${plan.version}:${last ?? ''}:${state.absence.returned}`;
  return listed({ id, code: 'X17', owner, site: subject.site, since: written, due }, terms);
}

/** X17, R8.7: another person confirms, once two offices have given their words. */
function confirming(view: View, proposal: NonNullable<Plan['proposal']>): readonly Obligation[] {
  const { at } = proposal;
  const { state, subject, terms } = view;
  const { site } = subject;
  const owed = { site, since: at };
  const due = dueIn(terms.calendar, at, days(terms, 'settle_bd'));
  const hr = holder('hr', site);
  const confirm = listed(
    {
      ...{ ...owed, id: `X17:confirm:${at}`, code: 'X17', owner: hr, due },
      ...aboutOf('plan_not_met', proposal),
    },
    terms,
  );
  const second = secondWord(view, { id: `R8.7:second:plan:${at}`, since: at, due, next: 'X17' });
  const by = dueIn(terms.calendar, at, numIf(terms.policy, 'R8.7', 'word_bd') ?? 2);
  const word = { ...owed, code: 'R8.7', due: Math.min(by, due), next: 'X17', visibility: 'C2' as const };
  const spoke = spokeBeside(state, 'second');
  const words = officersOf(state, site).map(([nth, owner]) =>
    laddered({ ...word, id: `R8.7${nth}:plan:${at}`, owner, spoke }, terms),
  );
  return [confirm, ...words, ...second];
}

/** X17: what an improvement plan asks for next; nothing while a dispute about the review is open. */
export function planOwed(view: View): readonly Obligation[] {
  const { plan, disputed } = view.state;
  if (plan === null || !planRuns(view.state) || disputed !== null) return [];
  if (plan.written === null) return [writing(view, plan.since)];
  if (plan.answer === null) return [answering(view, plan, plan.written)];
  if (plan.proposal !== undefined) return confirming(view, plan.proposal);
  const next = stepping(view, plan, plan.written);
  return [next ?? settling(view, plan, plan.written)];
}
