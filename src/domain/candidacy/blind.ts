import type { Look, RowSeen } from '../kernel/decider.ts';
import type { CandidacyState } from './state.ts';

/** A rater whose own sheet is not in: what the others wrote is closed to them, whatever else they are (R4.3). */
function ratesBlind({ interview }: CandidacyState, reader: string): boolean {
  return interview !== null && interview.raters.includes(reader) && !interview.sheetsOf.includes(reader);
}

/** Domain 5.2: whoever hires reads what the panel found; single sheets only where they sit on it, or as HR. */
function hiresOnly({ hiringManager, interview }: CandidacyState, reader: string): boolean {
  return reader === hiringManager && interview?.raters.includes(reader) !== true;
}

/** A reviewer who has not said what they think: two views are two only when neither knows the other. */
function reviewsBlind({ reviewers }: CandidacyState, reader: string): boolean {
  return reviewers.some((one) => one.person === reader && one.given === null);
}

/**
 * R4.3, D4.3 and D3.4: what one of the panel or of the reviewers wrote is kept from another until theirs is in, and
 * single sheets from the candidate for good: HR gives them a summary on request (domain 5.2).
 */
export function hidden(state: CandidacyState, row: RowSeen, { reader, hr }: Look): boolean {
  const sheet = row.kind === 'sheet_submitted';
  if (!sheet && row.kind !== 'screening_given') return false;
  if (reader === null || reader === state.person) return true;
  if (row.actor === reader) return false;
  return sheet
    ? ratesBlind(state, reader) || (hr !== true && hiresOnly(state, reader))
    : reviewsBlind(state, reader);
}

/** The state without the views of reviewers that are closed to the reader; sheets are in no state. */
export function veiled(state: CandidacyState, { reader }: Look): CandidacyState {
  const closed = reader === null || reader === state.person || reviewsBlind(state, reader);
  if (!closed) return state;
  const reviewers = state.reviewers.map((one) => (one.person === reader ? one : { ...one, given: null }));
  return { ...state, reviewers };
}
