import type { Obligation } from '../kernel/agenda.ts';
import type { Instant } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { dueIn, dueOn, laddered, listed } from '../kernel/rungs.ts';
import type { Owing } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Hold } from './state-hold.ts';
import type { ClockState } from './state.ts';
import type { HoldOwner } from './words.ts';

const CODE = 'X29';
/** What a policy from before these numbers asks for. */
const CONFIRM_BD = 2;
const LIFT_BD = 5;

/** X29: a hold has an owner and a date on which it is looked at again; each word of two people waits for the second. */
export function holdAgenda(state: ClockState, hold: Hold, terms: Terms): readonly Obligation[] {
  const { site } = state;
  const { calendar, policy } = terms;
  const owing = (id: string, capacity: HoldOwner, since: Instant, due: Instant): Owing => ({
    ...{ id, code: CODE, owner: holder(capacity, site), site, since },
    ...{ due: Math.max(due, since), visibility: 'C3' },
  });
  const within = (since: Instant, name: string, usual: number): Instant =>
    dueIn(calendar, since, numIf(policy, CODE, name) ?? usual);
  const review = owing(`r${hold.reviews}`, hold.owner, hold.reviewed, dueOn(calendar, hold.review));
  const list = [listed(review, terms)];
  if (!hold.confirmed) {
    const due = within(hold.setAt, 'confirm_bd', CONFIRM_BD);
    list.push(laddered(owing('c0', hold.asks, hold.setAt, due), terms));
  }
  if (hold.proposal !== null) {
    const { asks, at } = hold.proposal;
    const due = within(at, 'lift_bd', LIFT_BD);
    list.push(laddered(owing(`p${hold.proposals}`, asks, at, due), terms));
  }
  return list;
}
