import type { Obligation } from '../kernel/agenda.ts';
import { closing } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import type { StepOffset } from '../kernel/ladder.ts';
import { num, numIf } from '../kernel/policy.ts';
import { dueIn, laddered, timed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import type { Owner, SiteRef } from '../kernel/words.ts';
import { secondOf, unheard } from '../offices.ts';
import { aboutOf } from '../versions.ts';
import { adverseOpen, heardIn, spokeBeside } from './adverse.ts';
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

/**
 * R8.7 The second office's word → investigating officer, in the days of the policy and not after `most.due`; nothing under
 * a policy without them.
 */
export function secondWord(
  { state, subject, terms }: View,
  most: Pick<Owing, 'id' | 'since' | 'due'> & { readonly next: string },
): readonly Obligation[] {
  const within = numIf(terms.policy, 'R8.7', 'second_word_bd');
  if (within === null || state.second !== null) return [];
  const { site } = subject;
  const owner = holder(secondOf(adverseOpen(state)?.proposal ?? {}), site);
  const due = Math.max(most.since, Math.min(most.due, dueIn(terms.calendar, most.since, within)));
  const seen = { visibility: 'C2' as const, spoke: spokeBeside(state, 'first') };
  return [laddered({ ...most, code: 'R8.7', owner, site, due, ...seen }, terms)];
}

/** R8.7: who is still asked for the first half of the words, each under a mark of its own. */
export function officersOf(
  state: View['state'],
  site: SiteRef,
): readonly (readonly [mark: string, owner: Owner])[] {
  const open = adverseOpen(state);
  if (open === null || (open.proposal.asked === undefined && state.word !== null)) return [];
  const all = open.proposal.asked?.first ?? [];
  return unheard(heardIn(state, open)).map((office) => {
    const place = all.indexOf(office);
    return [place > 0 ? `:${place + 1}` : '', holder(office, site)] as const;
  });
}

/** D8.3, second half → HR. */
function confirming(view: View): readonly Obligation[] {
  const { state, subject, terms, day } = view;
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
    {
      ...{ id, code: 'D8.3', owner, site, since, due: Math.max(due, since), next: 'G8' },
      ...aboutOf('probation', state.proposal),
    },
    plan,
    terms,
  );
  if (state.proposal.outcome !== 'not_passed') return [confirm];
  const second = secondWord(view, {
    id: `R8.7:second:${state.proposals}`,
    since,
    due: Math.max(due, since),
    next: 'D8.3',
  });
  const until = Math.max(due, since);
  const one = { code: 'R8.7', site, since, due: until, next: 'D8.3', visibility: 'C2' as const };
  const spoke = spokeBeside(state, 'second');
  const words = officersOf(state, site).map(([nth, officer]) =>
    laddered({ ...one, id: `R8.7${nth}:${state.proposals}`, owner: officer, spoke }, terms),
  );
  return [confirm, ...words, ...second];
}

/** What is owed for the end of a probation; nothing in other cycles. */
export function probation(view: View): readonly Obligation[] {
  if (view.subject.cycle !== 'probation_end' || view.state.decided !== null) return [];
  return view.state.proposal === null ? [proposing(view)] : confirming(view);
}
