import type { Recorded } from '../kernel/decider.ts';
import type { DescriptionEvent } from './events.ts';
import type { DescriptionState, Dispute } from './state-description.ts';
import { settlers } from './words.ts';

type EventOf<K extends DescriptionEvent['kind']> = Recorded<Extract<DescriptionEvent, { kind: K }>>;

/** Somebody says that the guard erred about their text. */
export function disputed(
  state: DescriptionState,
  { body, stamp }: EventOf<'finding_disputed'>,
): DescriptionState {
  const { duty, finding, by, text } = body;
  const n = state.disputed + 1;
  const words = text === undefined ? {} : { text };
  const dispute: Dispute = { n, duty, finding, by, at: stamp.at, ...words, words: [] };
  return { ...state, disputed: n, disputes: [...state.disputes, dispute] };
}

/** Both found the rule wrong about the text: these words may be entered once, the draft has the finding no more. */
function cleared(state: DescriptionState, { duty, finding, text = '' }: Dispute): DescriptionState {
  if (duty !== null) return { ...state, cleared: [...state.cleared, { duty, finding, text }] };
  if (state.draft === null) return state;
  const { findings: before = [], erred = [], ...draft } = state.draft;
  const findings = before.filter((one) => one !== finding);
  const left = findings.length === 0 ? { clean: true } : { findings };
  return { ...state, draft: { ...draft, ...left, erred: [...erred, finding] } };
}

/** One of the two answered. */
export function answered(state: DescriptionState, { body }: EventOf<'dispute_answered'>): DescriptionState {
  const { duty, finding, by, as, outcome } = body;
  const open = state.disputes.find((one) => one.duty === duty && one.finding === finding);
  if (open === undefined) return state;
  const others = state.disputes.filter((one) => one !== open);
  if (outcome === 'stands')
    return { ...state, disputes: others, stands: [...state.stands, { duty, finding }] };
  const words = [...open.words, { by, as }];
  if (words.length < settlers.length) return { ...state, disputes: [...others, { ...open, words }] };
  return cleared({ ...state, disputes: others }, open);
}

/** What was said of a duty's words is used up by the list they came in; another wording is another text. */
export function listEntered(state: DescriptionState, duties: readonly string[]): DescriptionState {
  if (state.cleared.length === 0 && state.disputes.length === 0) return state;
  const here = (name: string): boolean => duties.includes(name);
  return {
    ...state,
    disputes: state.disputes.filter((one) => one.duty === null || !here(one.duty)),
    cleared: state.cleared.filter((one) => !here(one.duty)),
  };
}

/** Another draft is another text. */
export function draftReplaced(state: DescriptionState): DescriptionState {
  const about = ({ duty }: Pick<Dispute, 'duty'>): boolean => duty !== null;
  if (state.disputes.every(about) && state.stands.every(about)) return state;
  return { ...state, disputes: state.disputes.filter(about), stands: state.stands.filter(about) };
}
