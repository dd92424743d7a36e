import { addMonths } from '../kernel/calendar.ts';
import type { CivilDate } from '../kernel/calendar.ts';
import type { Context } from '../kernel/decider.ts';
import { numIf } from '../kernel/policy.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import { samePerson, seat, signed, speaker, today } from './deciding.ts';
import type { AskOf, Decision, Deciders } from './deciding.ts';
import { happened } from './events.ts';
import type { Live } from './state.ts';

type ChangeCommands =
  | 'record_specialty'
  | 'propose_pay_change'
  | 'confirm_pay_change'
  | 'decline_pay_change'
  | 'record_relations_talk'
  | 'take_up_role'
  | 'let_promotion_go'
  | 'link_earlier_employment'
  | 'unlink_earlier_employment'
  | 'ask_assignment_change'
  | 'note_assignment_change';

/** D9.2: the day named, else as long as the policy gives a training; null where it gives none. */
function trainedBy(until: CivilDate | undefined, now: CivilDate, { terms }: Context): CivilDate | null {
  if (until !== undefined) return until;
  const months = numIf(terms.policy, 'D9.2', 'within_months');
  return months === null ? null : addMonths(now, months);
}

/** D9.2 by the employee: a specialty with its training, begun, completed, or no longer kept up. */
function recordSpecialty(state: Live, ask: AskOf<'record_specialty'>, ctx: Context): Decision {
  const { specialty, outcome, training, until } = ask.command.payload;
  const held = state.change?.specialties?.[specialty];
  const now = today(ask, ctx);
  if (until !== undefined && until <= now) return blocked('D9.2', { code: 'until_in_future' });
  if (outcome !== 'started' && held === undefined) return notNow('D9.2', { code: 'not_started' });
  if (outcome === 'started') {
    if (held !== undefined) return notNow('D9.2', { code: 'already_started' });
    if (training === undefined) return blocked('D9.2', { code: 'training' });
    const by = trainedBy(until, now, ctx);
    return [happened('specialty_recorded', { specialty, outcome, training, until: by })];
  }
  const course = training === undefined ? {} : { training };
  const lasting = outcome === 'completed' ? (until ?? null) : null;
  return [happened('specialty_recorded', { specialty, outcome, ...course, until: lasting })];
}

/** Whether an amount lies in the approved range of the role; where none is known, nothing is compared. */
function withinRange(amount: number, state: Live, ctx: Context): boolean {
  const [low, high] = (ctx.facts.get('pay_range', state.job.role)?.value ?? '').split('-').map(Number);
  return low === undefined || high === undefined || (amount >= low && amount <= high);
}

/** D9.8, first half. A promotion and parity may lead past the range of today's role; the others stay within it. */
function proposePay(state: Live, ask: AskOf<'propose_pay_change'>, ctx: Context): Decision {
  const { reason, from, to, on } = ask.command.payload;
  const { pay, promoted } = state.change ?? {};
  const last = pay?.last?.to ?? from;
  if (pay?.proposal !== undefined && pay.proposal !== null)
    return notNow('D9.8', { code: 'already_proposed' });
  if (from !== last) return blocked('D9.8', { code: 'from_what_was_last', about: String(last) });
  if (to <= from) return blocked('D9.8', { code: 'a_raise' });
  if (on < state.job.dayOne) return blocked('D9.8', { code: 'before_day_one' });
  if (reason === 'certification' && state.job.credential.status !== 'verified')
    return blocked('D9.8', { code: 'credential_verified' });
  if (reason === 'promotion' && promoted !== true) return blocked('D9.8', { code: 'promoted_first' });
  if ((reason === 'certification' || reason === 'step') && !withinRange(to, state, ctx))
    return blocked('D9.8', { code: 'range_first' });
  return [happened('pay_change_proposed', { reason, from, to, on, ...signed(ask) })];
}

/** X24: by HR, once training and talk are there (the gate); the role of the employment closes, another opens. */
function takeUpRole(state: Live, ask: AskOf<'take_up_role'>, ctx: Context): Decision {
  const { role, on } = ask.command.payload;
  if (state.change?.lead === undefined) return notNow('X24', { code: 'no_promotion_open' });
  if (role === state.job.role) return blocked('X24', { code: 'another_role_than_now' });
  if (on > today(ask, ctx)) return blocked('X24', { code: 'day_not_in_future' });
  const version = ctx.facts.get('role_described', role)?.value;
  if (version === undefined) return blocked('X24', { code: 'described_role', about: role });
  const before = state.job.role;
  return [happened('role_taken_up', { role, version: Number(version), before, on })];
}

/**
 * X23: the employee's own word is the consent. What is linked lies in the vault; nothing of the old employment is copied,
 * its leaves least of all. The exclusion lists were searched anew since, and a mentor is there again.
 */
function linkEarlier(state: Live, ask: AskOf<'link_earlier_employment'>, ctx: Context): Decision {
  const { employment } = ask.command.payload;
  if (state.change?.returned === true) return notNow('X23', { code: 'already_linked' });
  const said = ctx.facts.get('rehire', employment)?.value.split(',') ?? [];
  const [outcome, person, lastDay = ''] = said;
  if (outcome === undefined || person !== state.job.person)
    return blocked('X23', { code: 'own_employment_that_ended' });
  if (state.rounds.cleared <= lastDay) return blocked('X23', { code: 'exclusion_checked_since' });
  if (state.job.mentor === null && !state.mentoring.ended) return blocked('X23', { code: 'mentor_again' });
  return [happened('earlier_linked', { earlier: employment })];
}

/** Commands of stage 9: specialties, pay, a role taken up, coming back, assignments. */
export const change: Deciders<ChangeCommands> = {
  record_specialty: recordSpecialty,
  propose_pay_change: proposePay,

  /** D9.8, second half: another person. */
  confirm_pay_change(state, ask) {
    const proposal = state.change?.pay?.proposal ?? null;
    if (proposal === null) return notNow('D9.8', { code: 'nothing_proposed' });
    if (samePerson(proposal, ask)) return blocked('D9.8', { code: 'second_person_needed' });
    const { reason, from, to, on } = proposal;
    return [happened('pay_changed', { reason, from, to, on })];
  },

  decline_pay_change(state, ask) {
    if ((state.change?.pay?.proposal ?? null) === null) return notNow('D9.8', { code: 'nothing_proposed' });
    return [happened('pay_change_declined', { by: speaker(ask) })];
  },

  /** X24: relations to former teammates are talked over before they change. */
  record_relations_talk(state, ask, ctx) {
    const { lead } = state.change ?? {};
    const { on } = ask.command.payload;
    if (lead === undefined) return notNow('X24', { code: 'no_promotion_open' });
    if (lead.talked) return notNow('X24', { code: 'already_recorded' });
    if (on > today(ask, ctx)) return blocked('X24', { code: 'day_not_in_future' });
    return [happened('relations_talk_held', { on })];
  },

  take_up_role: takeUpRole,

  /** X24: a promotion is an offer until it is taken up; no reason is asked. */
  let_promotion_go(state) {
    if (state.change?.lead === undefined) return notNow('X24', { code: 'no_promotion_open' });
    return [happened('promotion_let_go', { by: 'employee' })];
  },

  link_earlier_employment: linkEarlier,

  unlink_earlier_employment(state, ask) {
    if (state.change?.returned !== true) return notNow('X23', { code: 'nothing_linked' });
    return [happened('earlier_unlinked', { by: speaker(ask) })];
  },

  /** X33: either of the two says that an assignment should change; the clinical side sees to it. */
  ask_assignment_change(state, ask) {
    const by = seat(state, ask);
    if (by === null) return blocked('X33', { code: 'hire_or_supervisor' });
    if (state.change?.moving !== undefined) return notNow('X33', { code: 'already_asked' });
    return [happened('assignment_change_asked', { by })];
  },

  note_assignment_change(state, ask, ctx) {
    const { on } = ask.command.payload;
    if (on > today(ask, ctx)) return blocked('X33', { code: 'day_not_in_future' });
    if (state.change?.moving === undefined) return notNow('X33', { code: 'nothing_open' });
    return [happened('assignment_changed', { on })];
  },
};
