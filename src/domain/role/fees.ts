import type { Instant } from '../kernel/calendar.ts';
import type { Recorded } from '../kernel/decider.ts';
import { blocked, notNow, refuse } from '../kernel/refusal.ts';
import type { Decision, Of } from './decide-elements.ts';
import type { RoleEvent } from './events.ts';
import type { Fee, Member, RoleState } from './state.ts';

/** Whoever is asked from outside the house for a word on the role is paid for it, as a panelist from outside is (D4.2). */

/** @returns the fee of somebody, if one was ever offered. */
export const feeOf = (state: RoleState, person: string): Fee | undefined =>
  (state.fees ?? []).find((one) => one.person === person);

/** @returns those who are listed as asked from outside. */
export const fromOutside = ({ members }: RoleState): readonly Member[] =>
  members.filter((one) => one.outside === true && one.left === undefined);

/** D1.1: HR offers the fee, and records that it was paid. */
export function recordFee(state: RoleState, ask: Of<'record_fee'>): Decision {
  const { person, outcome } = ask.command.payload;
  const fee = feeOf(state, person);
  if (outcome === 'paid') {
    if (fee === undefined) return blocked('D1.1', { code: 'fee_not_offered', about: person });
    if (fee.st === 'paid') return notNow('D1.1', { code: 'already_paid' });
  } else if (fee !== undefined && fee.st !== 'paid') return notNow('D1.1', { code: 'already_offered' });
  else if (!fromOutside(state).some((one) => one.person === person))
    return refuse('unknown_reference', 'D1.1', [{ code: 'not_from_outside' }]);
  return [{ kind: 'fee_recorded', body: { person, outcome } }];
}

const put = (state: RoleState, fee: Fee): RoleState => ({
  ...state,
  fees: [...(state.fees ?? []).filter((one) => one.person !== fee.person), fee],
});

/** True once somebody has given a position in this definition: what the fee is for. */
function hasSpoken({ members, elements }: RoleState, person: string): boolean {
  const place = members.findIndex((one) => one.person === person);
  return Object.values(elements).some(({ marks }) => 'acsb'.includes(marks[place] ?? '.'));
}

/** What was offered is owed from the moment they have given a position. */
export function feeRecorded(
  state: RoleState,
  { body: { person, outcome }, stamp }: Recorded<Extract<RoleEvent, { kind: 'fee_recorded' }>>,
): RoleState {
  const { at } = stamp;
  if (outcome === 'paid') return put(state, { person, st: 'paid', at });
  return put(state, { person, st: hasSpoken(state, person) ? 'due' : 'offered', at });
}

/** Somebody gave a position: their fee, if one was offered, is owed now. */
export function feeDue(state: RoleState, person: string, at: Instant): RoleState {
  return feeOf(state, person)?.st === 'offered' ? put(state, { person, st: 'due', at }) : state;
}
