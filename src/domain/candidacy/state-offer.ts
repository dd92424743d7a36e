import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { PersonRef } from '../kernel/words.ts';
import type { ApprovalReason, WithdrawalReason } from './words.ts';
import type { Named } from '../signed.ts';

export interface Offer {
  readonly version: number;
  readonly amount: number;
  readonly hours: number;
  readonly drafted: Instant;
  readonly approvals: readonly (Named & {
    readonly person: PersonRef;
    readonly position: 'hr' | 'second';
  })[];
  /** An approver said no to this version: it goes no further. */
  readonly turnedDown: boolean;
  /** D5.10: every no to any version stays visible. */
  readonly refusals: readonly {
    readonly version: number;
    readonly person: PersonRef;
    readonly reason: ApprovalReason;
  }[];
  /** D5.10: whose approval of an earlier version this one voided. */
  readonly voided: readonly PersonRef[];
  /** D5.1 `countered`: the candidate asked for other terms of this version. */
  readonly countered: Instant | null;
  readonly sent: { readonly at: Instant; readonly expires: CivilDate; readonly extensions: number } | null;
  /** D5.1: the version the candidate has in hand while another is prepared; it can be accepted until that is sent. */
  readonly standing?: Standing;
  /** The highest number a version was given; left out: that of this one. */
  readonly last?: number;
}

/** A version that was sent and countered, as it stood when another was drafted. */
export interface Standing extends Pick<Offer, 'version' | 'amount' | 'hours' | 'drafted' | 'approvals'> {
  readonly sent: NonNullable<Offer['sent']>;
}

/** X1: HR entered that somebody who holds an offer leaves, or was never heard of (X2). */
export interface Leaving extends Named {
  readonly by: PersonRef;
  readonly office: string;
  readonly at: Instant;
  readonly reason?: WithdrawalReason;
  readonly silent?: boolean;
}

/** @returns true while the candidate has a version in hand, be it this one or the one before it. */
export function isOut(offer: Offer | null): boolean {
  return offer !== null && (offer.sent !== null || offer.standing !== undefined);
}

/** @returns what the candidate has in hand, to be put aside while another version is prepared; undefined for nothing. */
export function standingOf(offer: Offer | null): Standing | undefined {
  if (offer === null || offer.sent === null) return offer?.standing;
  const { version, amount, hours, drafted, approvals, sent } = offer;
  return { version, amount, hours, drafted, approvals, sent };
}

/** @returns the offer with the version in hand as the one in question again; as it is when that is not `version`. */
export function backTo(offer: Offer, version: number): Offer {
  const { standing, ...rest } = offer;
  if (standing === undefined || standing.version !== version) return offer;
  const last = Math.max(rest.last ?? rest.version, rest.version);
  return { ...rest, ...standing, voided: [], turnedDown: false, countered: null, last };
}
