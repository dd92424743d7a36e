import type { CivilDate } from './kernel/calendar.ts';
import type { CaseId, PersonRef } from './kernel/words.ts';

/** Between two openings of one role that share posting, pool and ranked list (X26). */
export type BetweenOpenings =
  | {
      readonly kind: 'seats_joined';
      readonly body: { readonly opening: CaseId; readonly seats: number; readonly hiringManager: PersonRef };
    }
  | { readonly kind: 'seats_asked_back'; readonly body: { readonly opening: CaseId } }
  | { readonly kind: 'seats_given_back'; readonly body: { readonly seats: number } }
  | { readonly kind: 'pool_ended'; readonly body: { readonly how: string } }
  | { readonly kind: 'joined_seat_accepted'; readonly body: Readonly<Record<string, never>> }
  | {
      readonly kind: 'joined_seat_filled';
      readonly body: { readonly employment: CaseId; readonly dayOne: CivilDate };
    }
  | {
      readonly kind: 'joined_seat_freed';
      readonly body: { readonly employment: CaseId; readonly closes?: true };
    }
  | {
      readonly kind: 'joined_manager_changed';
      readonly body: { readonly opening: CaseId; readonly hiringManager: PersonRef };
    };

/** From an employment that filled a seat. `closes`: D9.7 said that nobody follows; it may be said after the seat was left. */
export interface HolderLeft {
  readonly kind: 'holder_left';
  readonly body: { readonly employment: CaseId; readonly how: string; readonly closes?: true };
}
