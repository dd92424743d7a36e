import type { Instant } from './calendar.ts';

/** @returns true while what begins and ends like this lasts: an office, or standing in for somebody; null: no end is set */
export const inForce = (from: Instant, to: Instant | null, at: Instant): boolean =>
  from <= at && (to === null || at < to);
