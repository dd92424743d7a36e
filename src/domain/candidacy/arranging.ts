import type { Context } from '../kernel/decider.ts';
import type { FallenAway } from './events-aside.ts';
import { questionsDue, sameHours } from './questions.ts';
import type { CandidacyState, Word } from './state.ts';

/** What falls away with an hour, or with who comes to it: small folds that several events share. */

const ofQuestions = ({ code }: Word): boolean => code === 'P4.1';

/** @returns `anew` where questions were released for an hour that falls away, and their own hour had not come */
export function questionsAnew(
  { interview, words }: CandidacyState,
  { now, terms }: Pick<Context, 'now' | 'terms'>,
): Pick<FallenAway, 'questions'> {
  if (interview === null || interview.held !== null || !sameHours(terms)) return {};
  const waits = words.some(ofQuestions) && now < questionsDue(interview, terms);
  return waits ? { questions: 'anew' } : {};
}

/** Folds what fell away with an hour. */
export function fellAway(state: CandidacyState, { times, questions }: FallenAway): CandidacyState {
  const { scheduling, contact, interview } = state;
  const free =
    times === undefined
      ? state
      : { ...state, scheduling: { ...scheduling, slots: [] }, contact: { ...contact, tried: null } };
  if (questions === undefined || interview === null) return free;
  return {
    ...free,
    words: state.words.filter((one) => !ofQuestions(one)),
    interview: { ...interview, questionsSent: false, questionsAt: 0 },
  };
}

/**
 * Folds who cannot come at the hour that was agreed (D4.2).
 * @param rater who could not, and sits here no more or can come now
 * @param cannot who cannot from now on, if anybody
 */
export function cannotCome(
  state: CandidacyState,
  rater: string,
  cannot?: { readonly who: string; readonly at: number },
): CandidacyState {
  const { interview } = state;
  if (interview === null) return state;
  const { cannot: before = [], ...rest } = interview;
  const away = [...before.filter((one) => one.who !== rater), ...(cannot === undefined ? [] : [cannot])];
  return { ...state, interview: away.length === 0 ? rest : { ...rest, cannot: away } };
}
