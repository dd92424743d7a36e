import { questionBank } from '../content/index.ts';
import { KeyErased } from '../directory/errors.ts';
import type { OpeningState } from '../domain/opening/state.ts';
import { ReadingRefused, casesFrom } from './ask-reader.ts';
import { askText } from './ask-text.ts';
import type { LetterPlace } from './letters-kinds.ts';

type Asked = Pick<OpeningState, 'asked' | 'wordings'>;

/** A sealed wording as it was approved; null where it was erased or hidden since. */
async function approvedText({ office, reader }: LetterPlace, ref: string): Promise<string | null> {
  try {
    const { text, redaction } = await askText(office, reader.as, ref);
    return redaction === null ? text : null;
  } catch (error) {
    if (error instanceof ReadingRefused || error instanceof KeyErased) return null;
    throw error;
  }
}

/**
 * The questions of a set in the wordings that were approved (R4.6): the sealed one before that of the bank. Undefined
 * as long as one of them has no wording that can be read: then the sender gives the whole list.
 */
export async function questionsOf(
  place: LetterPlace,
  { asked, wordings }: Asked,
): Promise<readonly string[] | undefined> {
  const bank = new Map(questionBank().questions.map(({ id, text }) => [id, text]));
  const texts: string[] = [];
  for (const id of asked ?? []) {
    const ref = wordings[id]?.text ?? null;
    const text = ref === null ? bank.get(id) : await approvedText(place, ref);
    if (text === undefined || text === null) return undefined;
    texts.push(text);
  }
  return texts.length === 0 ? undefined : texts;
}

/** What all candidates of an opening are asked, for the letter that sends it ahead. */
export async function questionsAsked(
  place: LetterPlace,
  opening: string,
): Promise<readonly string[] | undefined> {
  const one = (await casesFrom(place.office, place.reader, 'case_id = $2', [opening]))[0];
  const state = one?.held?.own as OpeningState | undefined;
  return state === undefined ? undefined : questionsOf(place, state);
}
