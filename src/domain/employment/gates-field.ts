import type { Gate } from '../kernel/decider.ts';
import type { Missing } from '../kernel/refusal.ts';
import { ownerIn } from './owing.ts';
import { isLive } from './state.ts';
import type { EmploymentState } from './state.ts';

/**
 * X10 BLOCK: a missed certification ends nothing while hours, training or fees promised under E4 are open, and a separation
 * that names it needs the route to have ended first, by two people.
 */
export const certification: Gate<EmploymentState> = {
  code: 'X10',
  visibility: 'C2',
  reads: () => [],
  missing(state) {
    if (!isLive(state)) return [];
    const { field, job, promises, ending } = state;
    const route = field?.route;
    const separation = ending.proposal;
    const forIt = separation?.reasons.includes('certification_deadline') === true;
    if (separation !== null && !forIt) return [];
    const missing: Missing[] = [];
    if (forIt && (route?.closed ?? null) === null) missing.push({ code: 'certification_closed' });
    if (forIt && route?.closed?.outcome === 'moved_to_other_role' && separation?.how !== 'transferred')
      missing.push({ code: 'moved_as_decided' });
    if (forIt && route?.closed?.outcome !== 'ended') return missing;
    const open = (route?.e4 ?? []).flatMap((about) => {
      const one = promises?.[about];
      return one === undefined ? [] : [{ code: 'R6.5', about, who: ownerIn(job, one.owner) }];
    });
    return [...missing, ...open];
  },
};
