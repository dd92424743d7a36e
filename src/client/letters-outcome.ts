import type { CandidacyState } from '../domain/candidacy/state.ts';
import type { RescindReason } from '../domain/candidacy/words.ts';
import { addBusinessDays, dateOf } from '../domain/kernel/calendar.ts';
import { num } from '../domain/kernel/policy.ts';
import { letterDay } from '../documents/letters-words.ts';
import { LetterRefused } from './letters-kinds.ts';
import type { LetterFacts, LetterPlace } from './letters-kinds.ts';

type Facts = Omit<LetterFacts, 'person'>;

/** The latest day of the next word: status notes come at least so often (P3.2). */
export function nextWord({ terms, today }: LetterPlace): Record<string, string> {
  const days = num(terms.policy, 'P3.2', 'every_bd');
  return { next_word_by: letterDay(addBusinessDays(terms.calendar, today, days)) };
}

function bare(template: string, sections: readonly string[] = [], fixed: LetterFacts['fixed'] = {}): Facts {
  return { template, fixed, usual: {}, sections };
}

const grounds: Readonly<Record<RescindReason, string>> = {
  RC_CHECK: 'after_check',
  RC_CRED: 'after_credential',
  RC_FUNDING: 'after_funding',
};

/** D5.1 `rescinded`: by its closed reason alone; what a check found stands in the officer's notices (R5.4). */
function rescinded({ pre }: CandidacyState): Facts {
  const reason = pre.rescind?.reason;
  if (reason === undefined) throw new LetterRefused('letter_not_now');
  const noticed = reason === 'RC_CHECK' && pre.background?.outcome === 'adverse';
  return bare('letter-outcome-rescinded', [grounds[reason], ...(noticed ? ['after_notices'] : [])]);
}

function expired({ offer }: CandidacyState): Facts {
  const sent = offer?.sent ?? offer?.standing?.sent;
  if (sent === undefined) throw new LetterRefused('letter_not_now');
  return bare('letter-outcome-expired', [], { answer_by: letterDay(sent.expires) });
}

/** X2: for some days a reply opens the candidacy again, and the letter says until when. */
function closedNoResponse({ terms }: LetterPlace, { contact }: CandidacyState): Facts {
  const { closed } = contact;
  if (closed === null) return bare('letter-outcome-no-response', ['time_over']);
  const { calendar, policy } = terms;
  const last = addBusinessDays(calendar, dateOf(calendar, closed.at), num(policy, 'X2', 'reopen_bd'));
  return bare('letter-outcome-no-response', ['may_return'], { reopen_by: letterDay(last) });
}

/** What the ledger knows for the letter that tells a candidate the outcome, or that theirs arrived (P3.5, P4.5, X1). @throws LetterRefused */
export function outcomeFacts(place: LetterPlace, state: CandidacyState): Facts {
  const usual = nextWord(place);
  const what = state.outcome?.what;
  switch (what) {
    case 'selected':
      return { template: 'letter-outcome-selected', fixed: {}, usual, sections: [] };
    case 'reserved': {
      const until = state.reserveUntil;
      const fixed: Record<string, string> = until === null ? {} : { reserve_until: letterDay(until) };
      return { template: 'letter-outcome-reserve', fixed, usual, sections: [] };
    }
    case 'not_selected':
    case 'not_advanced': {
      const met = state.interview !== null && state.interview.held !== null;
      return bare('letter-outcome-not-selected', [met ? 'after_interview' : 'after_screening']);
    }
    case 'rescinded':
      return rescinded(state);
    case 'expired':
      return expired(state);
    case 'opening_closed':
      return bare('letter-outcome-closed');
    case 'closed_no_response':
      return closedNoResponse(place, state);
    case 'reserve_ended':
      return bare('letter-outcome-reserve-ended');
    case 'withdrawn':
      return bare('letter-outcome-withdrawn');
    case 'declined':
      return bare('letter-outcome-declined');
    case 'check_adverse':
      return bare('letter-outcome-check');
    // The person has another application here, and hears of that one.
    case 'duplicate':
    case undefined:
      throw new LetterRefused('letter_not_now');
    default: {
      const never: never = what;
      return never;
    }
  }
}
