import type { Obligation } from '../kernel/agenda.ts';
import { closing } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import type { StepOffset } from '../kernel/ladder.ts';
import { num } from '../kernel/policy.ts';
import { laddered, timed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import type { View } from './agenda.ts';

/** G8: HR is told this long before the end, whoever owes the next half; then the owner on the day itself. */
function towardsTheEnd(terms: View['terms']): readonly StepOffset[] {
  return [
    { from: 'due', n: 0 - num(terms.policy, 'G8', 'hr_before_bd'), unit: 'bd', to: 'hr', kind: 'escalate' },
    { from: 'due', n: 0, unit: 'bd', kind: 'remind' },
  ];
}

/** D8.3, first half → manager. Nobody passes or fails by silence: after the day it only escalates. */
function proposing({ state, subject, terms, day }: View): Obligation {
  const due = closing(terms.calendar, day);
  const since = state.opened;
  const plan = steps(terms.calendar, since, due, towardsTheEnd(terms));
  const { manager: owner, site } = subject;
  return timed({ id: `D8.3:${subject.due}`, code: 'D8.3', owner, site, since, due, next: 'G8' }, plan, terms);
}

/** D8.3, second half → HR. */
function confirming({ state, subject, terms, day }: View): readonly Obligation[] {
  if (state.proposal === null) return [];
  const due = closing(terms.calendar, day);
  const since = state.proposal.at;
  const plan = steps(terms.calendar, since, due, [
    { from: 'since', n: 0, unit: 'bd', kind: 'ask' },
    ...towardsTheEnd(terms),
  ]);
  const site = subject.site;
  const owner = holder('hr', site);
  const id = `D8.3:confirm:${state.proposals}`;
  const confirm = timed(
    { id, code: 'D8.3', owner, site, since, due: Math.max(due, since), next: 'G8' },
    plan,
    terms,
  );
  if (state.proposal.outcome !== 'not_passed' || state.word !== null) return [confirm];
  const word = laddered(
    {
      id: `R8.7:${state.proposals}`,
      code: 'R8.7',
      owner: holder('accommodation_officer', site),
      site,
      since,
      due: Math.max(due, since),
      next: 'D8.3',
      visibility: 'C3',
    },
    terms,
  );
  return [confirm, word];
}

/** What is owed for the end of a probation; nothing in other cycles. */
export function probation(view: View): readonly Obligation[] {
  if (view.subject.cycle !== 'probation_end' || view.state.decided !== null) return [];
  return view.state.proposal === null ? [proposing(view)] : confirming(view);
}
