import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef, SiteRef } from '../kernel/words.ts';
import type { HoldOffReason, HoldOwner, HoldReason } from './words.ts';
import type { Named } from '../signed.ts';

/** X29. What it is about is a case or a person; nobody concerned reads anything here. */
export type HoldEvent =
  | {
      readonly kind: 'hold_on';
      readonly body: {
        readonly site: SiteRef;
        /** A case or a person. */
        readonly subject: string;
        readonly reason: HoldReason;
        /** The day of the charge, suit or inquiry. */
        readonly on: CivilDate;
        readonly review: CivilDate;
        readonly by: PersonRef;
        readonly owner: HoldOwner;
        /** Whose second word is asked for. */
        readonly asks: HoldOwner;
      };
    }
  | { readonly kind: 'hold_confirmed'; readonly body: { readonly by: PersonRef } }
  | {
      readonly kind: 'hold_reviewed';
      readonly body: { readonly by: PersonRef; readonly review: CivilDate };
    }
  | { readonly kind: 'hold_off_proposed'; readonly body: HoldOffProposal }
  | { readonly kind: 'hold_kept'; readonly body: { readonly by: PersonRef } }
  | {
      readonly kind: 'hold_off';
      readonly body: { readonly by: PersonRef; readonly reason: HoldOffReason };
    };

export interface HoldOffProposal {
  readonly by: PersonRef;
  readonly reason: HoldOffReason;
  /** The day of the final disposition, or of whatever else ends it. */
  readonly on: CivilDate;
  readonly asks: HoldOwner;
}

/** X29: nothing under it is purged, erased or deleted while it stands. */
export interface Hold extends Named {
  readonly about: 'hold';
  /** A case or a person. */
  readonly subject: string;
  readonly reason: HoldReason;
  readonly on: CivilDate;
  readonly by: PersonRef;
  readonly owner: HoldOwner;
  readonly asks: HoldOwner;
  readonly setAt: Instant;
  readonly confirmed: boolean;
  readonly review: CivilDate;
  readonly reviewed: Instant;
  /** How often it was reviewed, and its end proposed: what is owed after each is a new thing. */
  readonly reviews: number;
  readonly proposals: number;
  readonly proposal: (HoldOffProposal & { readonly at: Instant }) | null;
}
