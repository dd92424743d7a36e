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
export function without(state: CandidacyState, { times, questions }: FallenAway): CandidacyState {
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

/** D4.2: who of the others cannot come at the hour that was agreed. */
export const othersAway = ({ interview }: CandidacyState, rater: string) =>
  (interview?.cannot ?? []).filter((one) => one.who !== rater);

/** D4.2: whoever could not come sits here no more, or can come now. */
export function freed(state: CandidacyState, rater: string): CandidacyState {
  const { interview } = state;
  if (interview?.cannot === undefined) return state;
  const { cannot: _, ...rest } = interview;
  const away = othersAway(state, rater);
  return { ...state, interview: away.length === 0 ? rest : { ...rest, cannot: away } };
}
