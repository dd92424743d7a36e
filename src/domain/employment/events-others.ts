import type { CivilDate } from '../kernel/calendar.ts';
import type { Seat } from './events.ts';
import type { GroupOutcome, NetworkingOutcome } from './words-others.ts';

/** Time with others in peer roles: no field says with whom, nor what was talked about. */
export interface OthersBodies {
  /** P9.5. */
  networking_recorded: { readonly on: CivilDate; readonly outcome: NetworkingOutcome; readonly by: Seat };
  /** Stage 7: the group in which staff in peer roles review their practice together. */
  reflection_group_recorded: { readonly on: CivilDate; readonly outcome: GroupOutcome; readonly by: Seat };
}
