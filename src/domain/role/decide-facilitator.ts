import { isRefusal, notNow } from '../kernel/refusal.ts';
import { warnings } from '../kernel/warnings.ts';
import type { Decision, Of } from './decide-elements.ts';
import { listedPlaces } from './state.ts';
import type { RoleState } from './state.ts';

/**
 * D1.2: whoever brings the team together may leave; what they owe passes on to the one who is named. Neutral like the
 * first: one of the listed needs a word of acknowledgement.
 */
export function changeFacilitator(state: RoleState, ask: Of<'change_facilitator'>): Decision {
  const { facilitator } = ask.command.payload;
  if (facilitator === state.facilitator) return notNow('D1.2', { code: 'already_so' });
  const partial = listedPlaces(state).some((place) => state.members[place]?.person === facilitator);
  const warned = warnings(ask, [{ rule: 'D1.2', holds: partial, about: 'facilitator' }]);
  if (isRefusal(warned)) return warned;
  return [{ kind: 'facilitator_changed', body: { facilitator } }, ...warned];
}
