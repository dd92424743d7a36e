import type { Obligation } from '../kernel/agenda.ts';
import { addDays } from '../kernel/calendar.ts';
import type { CivilDate, Instant } from '../kernel/calendar.ts';
import { numIf } from '../kernel/policy.ts';
import { dueIn, dueOn, listed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Frame } from './owing.ts';
import { owing } from './owing.ts';
import type { CandidacyState } from './state.ts';

/**
 * X9: a credential that ends before day one, or so soon after it that its renewal has to begin now.
 * @returns its last day; null when it lasts, and under a policy from before this rule
 */
function endsSoon({ pre }: CandidacyState, terms: Terms): CivilDate | null {
  const soon = numIf(terms.policy, 'X9', 'soon_d');
  const validTo = pre.credential?.validTo ?? null;
  if (soon === null || validTo === null || pre.start === null) return null;
  return validTo < addDays(pre.start.on, soon) ? validTo : null;
}

/** @returns the last day of a credential that does not reach day one (X9, G5); null when it does. */
export function endsBefore(state: CandidacyState, dayOne: CivilDate, terms: Terms): CivilDate | null {
  const validTo = state.pre.credential?.validTo ?? null;
  const ruled = numIf(terms.policy, 'X9', 'soon_d') !== null;
  return ruled && validTo !== null && validTo < dayOne ? validTo : null;
}

/**
 * X9: the time somebody has to mend a credential that was not found or has lapsed; before it is over no offer is taken back
 * for it.
 * @returns its end; null when nothing has to be mended, and under a policy from before this rule
 */
export function mendBy({ pre }: CandidacyState, terms: Terms): Instant | null {
  const { credential } = pre;
  const days = numIf(terms.policy, 'X9', 'mend_bd');
  const open = credential?.status === 'not_found' || credential?.status === 'expired';
  return open && days !== null ? dueIn(terms.calendar, credential.at, days) : null;
}

/** X9 before day one: the candidate sees to the credential, and its officer records what came of it. */
export function agendaCredential(frame: Frame): readonly Obligation[] {
  const { state, terms, site } = frame;
  const { credential, start } = state.pre;
  if (credential === null || state.pre.credentialAsked === false) return [];
  const { calendar } = terms;
  const officer = holder('credential_officer', site);
  const both = (key: string, since: Instant, due: Instant): readonly Obligation[] =>
    [state.person, officer].map((owner) =>
      listed(
        owing(
          frame,
          {
            code: 'X9',
            key: `${owner === officer ? 'record' : 'mend'}:${key}`,
            owner,
            since,
            due: Math.max(due, since),
          },
          { next: 'D5.4' },
        ),
        terms,
      ),
    );
  const mend = mendBy(state, terms);
  if (mend !== null) return both(String(credential.at), credential.at, mend);
  const last = endsSoon(state, terms);
  if (last === null || start === null) return [];
  const since = Math.max(credential.at, start.at);
  const due = dueOn(calendar, last < start.on ? last : start.on);
  const [own, record] = both(`${last}:${start.on}:${start.moves}`, since, due);
  // One that lasts beyond day one is watched from there on; nothing has to be recorded before.
  return [own, last < start.on ? record : undefined].filter((one) => one !== undefined);
}
