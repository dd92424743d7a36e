import { held, returnMark, sinceReturn } from '../away.ts';
import type { Obligation } from '../kernel/agenda.ts';
import { addBusinessDays, closing, opening, rollBack } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { steps } from '../kernel/ladder.ts';
import { num, nums } from '../kernel/policy.ts';
import { dueIn, listed, owed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { PersonRef } from '../kernel/words.ts';
import { restore, wayBack } from './renewal.ts';
import type { ClockState, Credential } from './state.ts';

const CODE = 'P7.5';

/** P7.5 Credential expiry → employee, supervisor: T-90, T-60, T-30, T-14, counted from the last valid day itself. */
function towardsExpiry(state: ClockState, validTo: CivilDate, terms: Terms): readonly Obligation[] {
  const { calendar, policy } = terms;
  const due = closing(calendar, validTo);
  const days = nums(policy, CODE, 'before_d');
  const owe = (owner: PersonRef, who: string, since: Instant): Obligation => {
    const plan = steps(
      calendar,
      since,
      due,
      days.map((n) => ({ from: 'due', n: -n, unit: 'd' })),
    );
    const id = `P7.5:${validTo}:${who}`;
    const owing = { id, code: CODE, owner, site: state.site, since, due: Math.max(due, since) };
    // After the last day it is the credential officer's task, so nothing climbs from here.
    return owed({ ...owing, next: 'D5.4', atSilence: 'expired' }, plan);
  };
  const { person, supervisor, site, absence } = state;
  const own = owe(person, `own${returnMark(absence)}`, sinceReturn(absence, state.since, calendar));
  const theirs = held(own, absence, person, site, calendar);
  if (supervisor === null) return [theirs];
  return [theirs, owe(supervisor, `supervisor:${state.supervisors}`, state.since)];
}

/** The one who keeps the watch; when the last valid day has gone by, the policy says so and the duties are limited. */
function expiry(state: ClockState, validTo: CivilDate, terms: Terms): Obligation {
  const { calendar } = terms;
  const owner = holder('credential_officer', state.site);
  const { site, since } = state;
  const due = Math.max(closing(calendar, validTo), since);
  return owed(
    { id: `P7.5:${validTo}:watch`, code: CODE, owner, site, since, due, next: 'D5.4', atSilence: 'expired' },
    [],
    [{ id: 'act', at: due, to: [], how: 'act', act: 'expired' }],
  );
}

/** P7.5 overdue: each business day a new obligation of the credential officer, in the digest only (domain 2.2). */
function overdue(state: ClockState, credential: Credential, validTo: CivilDate, terms: Terms): Obligation {
  const { calendar, policy } = terms;
  const every = num(policy, CODE, 'overdue_every_bd');
  const day = addBusinessDays(calendar, credential.overdue ?? validTo, every);
  const owner = holder('credential_officer', state.site);
  const { site } = state;
  const since = opening(calendar, day);
  const due = closing(calendar, day);
  return owed(
    { id: `P7.5:${validTo}:overdue:${day}`, code: CODE, owner, site, since, due, next: 'D5.4' },
    [{ id: 'digest', at: since, to: 'owner', kind: 'digest' }],
    [{ id: 'act', at: due, to: [], how: 'act', act: 'day_passed' }],
  );
}

/** A day the site's calendar does not reach yet, or no day at all: the officer holds it until there is one. */
function withoutDay(state: ClockState, validTo: CivilDate | null, terms: Terms): Obligation {
  const { calendar, policy } = terms;
  const owner = holder('credential_officer', state.site);
  const { site, since } = state;
  if (validTo === null) {
    const due = dueIn(calendar, since, num(policy, CODE, 'record_bd'));
    return listed({ id: `P7.5:undated`, code: 'D5.4', owner, site, since, due }, terms);
  }
  const due = Math.max(closing(calendar, rollBack(calendar, calendar.last)), since);
  return owed({ id: `P7.5:${validTo}:beyond`, code: CODE, owner, site, since, due }, []);
}

/**
 * X10: there is no certificate yet. The employment asks for what leads to it; the officer has it in the list, with its day,
 * and records the certificate when it is there.
 */
function awaited(state: ClockState, validTo: CivilDate, terms: Terms): Obligation {
  const { site, since } = state;
  const due = Math.max(closing(terms.calendar, validTo), since);
  const owner = holder('credential_officer', site);
  const one = { id: `X10:awaited:${validTo}`, code: 'X10', owner, site, since, due, next: 'D5.4' };
  return owed({ ...one, atSilence: 'stays_with_owner' }, []);
}

/** P7.5, and X9 after a lapse: who owes what for a credential. */
export function credentialAgenda(
  state: ClockState,
  credential: Credential,
  terms: Terms,
): readonly Obligation[] {
  const validTo = credential.validTo;
  if (validTo === null || validTo > terms.calendar.last) return [withoutDay(state, validTo, terms)];
  if (credential.status === 'awaited') return [awaited(state, validTo, terms)];
  if (credential.status === 'expired')
    return [overdue(state, credential, validTo, terms), ...wayBack(state, credential, validTo, terms)];
  return [
    ...towardsExpiry(state, validTo, terms),
    expiry(state, validTo, terms),
    ...restore(state, credential, terms),
  ];
}
