import type { Obligation } from '../kernel/agenda.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Capacity } from '../kernel/words.ts';
import { afterRests, restOwed } from '../resting.ts';
import { accommodationAgenda } from './agenda-accommodation.ts';
import { checkAgenda, exclusionAgenda } from './agenda-checks.ts';
import { credentialAgenda } from './agenda-credential.ts';
import { holdAgenda } from './agenda-hold.ts';
import { leaveAgenda } from './agenda-leave.ts';
import { reportAgenda } from './agenda-report.ts';
import type { ClockState } from './state.ts';

/** Who has a matter in the list while it rests (X22). */
export const officers: Readonly<Record<NonNullable<ClockState['matter']>['about'], Capacity>> = {
  leave: 'leave_officer',
  accommodation: 'accommodation_officer',
  credential: 'credential_officer',
  background: 'background_officer',
  exclusion: 'compliance',
  hold: 'hr_director',
  report: 'investigating_officer',
};

/** All that is owed in a leave, a check, a credential or a request. A clock always has an owner until it is over. */
export function agenda(state: ClockState, terms: Terms): readonly Obligation[] {
  const { matter, rests, site } = state;
  if (matter === null || rests === undefined || state.over) return resting(state, terms);
  const visibility = matter.about === 'credential' ? 'C2' : 'C3';
  return [restOwed(holder(officers[matter.about], site), site, rests, terms, visibility)];
}

/** X22: what goes on where it was should the death turn out to have been recorded wrongly; else all there is. */
export function resting(state: ClockState, terms: Terms): readonly Obligation[] {
  return afterRests(owedIn(state, terms), state.rested, terms);
}

function owedIn(state: ClockState, terms: Terms): readonly Obligation[] {
  const matter = state.matter;
  if (matter === null || state.over) return [];
  switch (matter.about) {
    case 'leave':
      return leaveAgenda(state, matter, terms);
    case 'background':
      return checkAgenda(state, matter, terms);
    case 'exclusion':
      return exclusionAgenda(state, matter, terms);
    case 'credential':
      return credentialAgenda(state, matter, terms);
    case 'accommodation':
      return accommodationAgenda(state, matter, terms);
    case 'hold':
      return holdAgenda(state, matter, terms);
    case 'report':
      return reportAgenda(state, matter, terms);
    default: {
      const unknown: never = matter;
      return unknown;
    }
  }
}
