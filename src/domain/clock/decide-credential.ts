import type { ClockCommand } from '../../contracts/clock.ts';
import type { Ask } from '../kernel/decider.ts';
import { blocked, notNow } from '../kernel/refusal.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { ClockEvent, ClockState, Credential } from './state.ts';

type Of<T extends ClockCommand['type']> = Ask<Extract<ClockCommand, { type: T }>>;
type Decision = readonly ClockEvent[] | Refusal;

const watched = ({ matter }: ClockState, rule: string): Credential | Refusal =>
  matter?.about === 'credential' ? matter : notNow(rule, { code: 'no_credential_here' });

/** D5.4: a later last day, or the first one of a credential that had none. */
export function renew(state: ClockState, ask: Of<'renew'>): Decision {
  const credential = watched(state, 'D5.4');
  if ('refused' in credential) return credential;
  const { validTo } = ask.command.payload;
  const before = credential.status === 'awaited' ? null : credential.validTo;
  if (before !== null && validTo <= before)
    return blocked('D5.4', { code: 'later_date_needed', about: before });
  return [{ kind: 'credential_renewed', body: { validTo } }];
}

/** X9: what is billed under a certificate rests once it has lapsed; everything else of the work goes on. */
export function limitDuties(state: ClockState, ask: Of<'limit_duties'>): Decision {
  const credential = watched(state, 'X9');
  if ('refused' in credential) return credential;
  if (credential.status !== 'expired') return notNow('X9', { code: 'certificate_holds' });
  const { duties } = ask.command.payload;
  if (duties.includes('nothing_billed') && duties.length > 1)
    return blocked('X9', { code: 'nothing_or_something' });
  return [{ kind: 'duties_limited', body: { by: ask.onBehalfOf ?? ask.actor, duties } }];
}

/** X9: after the renewal what rested is given back. */
export function restoreDuties(state: ClockState, ask: Of<'restore_duties'>): Decision {
  const credential = watched(state, 'X9');
  if ('refused' in credential) return credential;
  if (credential.duties !== 'rest') return notNow('X9', { code: 'no_duty_rests' });
  if (credential.status === 'expired') return blocked('X9', { code: 'certificate_renewed' });
  return [{ kind: 'duties_restored', body: { by: ask.onBehalfOf ?? ask.actor } }];
}
