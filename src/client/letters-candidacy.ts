import type { CandidacyState } from '../domain/candidacy/state.ts';
import type { Offer } from '../domain/candidacy/state-offer.ts';
import { checkPending, isUndecided } from '../domain/candidacy/state.ts';
import { addBusinessDays } from '../domain/kernel/calendar.ts';
import { num } from '../domain/kernel/policy.ts';
import { peopleByRefs } from '../directory/people.ts';
import { dollars, letterDay } from '../documents/letters-words.ts';
import { LetterRefused } from './letters-kinds.ts';
import type { LetterFacts, LetterPlace } from './letters-kinds.ts';
import { nextWord, outcomeFacts } from './letters-outcome.ts';
import { questionsAsked } from './letters-questions.ts';

type CandidacyLetter = 'offer' | 'ack' | 'status' | 'interview' | 'outcome';

/** D5.10: both approvals stand for the version at hand, and nobody said no to it. */
function approved(offer: Offer | null): Offer {
  const positions = new Set(offer?.approvals.map(({ position }) => position));
  const people = new Set(offer?.approvals.map(({ person }) => person));
  if (offer === null || offer.turnedDown || positions.size < 2 || people.size < 2)
    throw new LetterRefused('offer_not_approved');
  return offer;
}

async function namesOf({ office }: LetterPlace, refs: readonly string[]): Promise<readonly string[]> {
  const people = await peopleByRefs(office.pool, office.keys, office.org, refs);
  return refs.flatMap((ref) => people.get(ref)?.name ?? []);
}

/** Checks that are still open, by their names; the same for everybody in this kind of job. */
function openChecks({ pre }: CandidacyState): readonly string[] {
  const clear = pre.background?.outcome === 'clear';
  return [
    ...(clear && !checkPending(pre) ? [] : ['Background check, with your consent']),
    ...(pre.exclusion?.outcome === 'clear' ? [] : ['Lists of people excluded from federally funded work']),
    ...(pre.credential === null ? ['Certificate'] : []),
  ];
}

async function offerFacts(place: LetterPlace, state: CandidacyState): Promise<Omit<LetterFacts, 'person'>> {
  const offer = approved(state.offer);
  if (state.stage !== 'offer' && state.stage !== 'preboarding') throw new LetterRefused('letter_not_now');
  const { terms, today } = place;
  const lasts = num(terms.policy, 'P5.1', 'expires_bd');
  const answerBy = offer.sent?.expires ?? addBusinessDays(terms.calendar, today, lasts);
  const conditions = openChecks(state);
  const more = (offer.sent?.extensions ?? 0) < num(terms.policy, 'D5.1', 'extensions');
  const { start, supervision } = state.pre;
  const [supervisor] = supervision === null ? [] : await namesOf(place, [supervision.supervisor]);
  const days = terms.comparator?.values['probation_d'];
  return {
    template: 'letter-offer',
    fixed: {
      ...{ offer_version: String(offer.version), pay_rate: dollars(offer.amount), pay_unit: 'hour' },
      ...{ hours_per_week: `${offer.hours} hours`, answer_by: letterDay(answerBy) },
      ...(start === null ? {} : { start_date: letterDay(start.on) }),
      ...(supervisor === undefined ? {} : { supervisor_name: supervisor }),
      ...(conditions.length === 0 ? {} : { conditions_list: conditions }),
    },
    usual: days === undefined ? {} : { probation_text: `${String(days)} days, the same as for all staff` },
    sections: [...(conditions.length === 0 ? [] : ['conditional']), ...(more ? ['extension_possible'] : [])],
  };
}

async function interviewFacts(
  place: LetterPlace,
  state: CandidacyState,
): Promise<Omit<LetterFacts, 'person'>> {
  const { interview } = state;
  if (interview === null || interview.held !== null || state.stage !== 'interview')
    throw new LetterRefused('letter_not_now');
  const questions = await questionsAsked(place, state.opening);
  const panel = await namesOf(place, interview.raters);
  return {
    template: 'letter-interview-invitation',
    fixed: {
      interview_date: letterDay(interview.on),
      interview_time: `${interview.at} (${place.terms.calendar.zone})`,
      ...(questions === undefined ? {} : { questions_list: questions }),
    },
    usual: { ...nextWord(place), ...(panel.length === 0 ? {} : { panel_list: panel }) },
    sections: [],
  };
}

async function ofKind(
  place: LetterPlace,
  kind: CandidacyLetter,
  state: CandidacyState,
): Promise<Omit<LetterFacts, 'person'>> {
  switch (kind) {
    case 'offer':
      return offerFacts(place, state);
    case 'interview':
      return interviewFacts(place, state);
    case 'outcome':
      return outcomeFacts(place, state);
    case 'ack':
      if (!isUndecided(state)) throw new LetterRefused('letter_not_now');
      return { template: 'letter-acknowledgement', fixed: {}, usual: nextWord(place), sections: [] };
    case 'status': {
      if (state.stage === 'ended' || state.stage === 'hired') throw new LetterRefused('letter_not_now');
      const sections = checkPending(state.pre) ? ['check_open'] : [];
      return { template: 'letter-status-note', fixed: {}, usual: nextWord(place), sections };
    }
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** What the ledger knows for a letter to a candidate. @throws LetterRefused */
export async function factsOfCandidacy(place: LetterPlace, kind: CandidacyLetter): Promise<LetterFacts> {
  const state = place.one.held?.own as CandidacyState;
  return { ...(await ofKind(place, kind, state)), person: state.person };
}
