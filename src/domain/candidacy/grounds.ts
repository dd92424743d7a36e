import { restsNow, wantsMoney } from './pause.ts';
import type { CandidacyState } from './state.ts';
import type { RescindReason } from './words.ts';

/** A check that spoke against it, or one they did not agree to. */
function check({ pre }: CandidacyState): boolean {
  const { background, exclusion, consent, check: ordered } = pre;
  return (
    (ordered === null && consent?.answer === 'declined') ||
    background?.outcome === 'adverse' ||
    exclusion?.outcome === 'match'
  );
}

/**
 * D5.1 `rescinded`: what an offer may be taken back for as things stand, by the code of the reason; nothing else may.
 * X28: money counts only while the search rests for the want of it, and for nothing else.
 */
export function groundsOf(state: CandidacyState): readonly RescindReason[] {
  const { credential } = state.pre;
  const rests = restsNow(state);
  const asked = state.pre.credentialAsked !== false;
  const lapsed = asked && (credential?.status === 'not_found' || credential?.status === 'expired');
  return [
    ...(check(state) ? (['RC_CHECK'] as const) : []),
    ...(lapsed ? (['RC_CRED'] as const) : []),
    ...(rests !== null && wantsMoney(rests) ? (['RC_FUNDING'] as const) : []),
  ];
}
