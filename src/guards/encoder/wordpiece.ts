/**
 * Text to word pieces, as the encoder was taught to read: lower case, no accents, punctuation apart, long words in
 * the largest known pieces from the left.
 */

/** Ids by piece; the pieces that continue a word begin with `##`. */
export type Vocabulary = ReadonlyMap<string, number>;

const LONGEST_WORD = 100;
const SPACE = /\s/u;
const MARK = /\p{Mn}/gu;
const CONTROL = /[\p{Cc}\p{Cf}]/gu;
const PUNCTUATION = /[!-/:-@[-`{-~]|\p{P}/u;

/** Words and single punctuation marks of `text`. */
function words(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(MARK, '')
    .replace(/\s+/gu, ' ')
    .replace(CONTROL, '')
    .toLowerCase();
  const found: string[] = [];
  let word = '';
  const close = () => {
    if (word !== '') found.push(word);
    word = '';
  };
  for (const letter of plain) {
    if (SPACE.test(letter)) close();
    else if (PUNCTUATION.test(letter)) {
      close();
      found.push(letter);
    } else word += letter;
  }
  close();
  return found;
}

function pieces(word: string, vocabulary: Vocabulary, unknown: number): number[] {
  if (word.length > LONGEST_WORD) return [unknown];
  const ids: number[] = [];
  let start = 0;
  while (start < word.length) {
    let end = word.length;
    let id: number | undefined;
    while (end > start && id === undefined) {
      id = vocabulary.get((start === 0 ? '' : '##') + word.slice(start, end));
      if (id === undefined) end -= 1;
    }
    if (id === undefined) return [unknown];
    ids.push(id);
    start = end;
  }
  return ids;
}

/** The ids of `text` between the marks of begin and end, at most `most` of them. Pure. */
export function pieceIds(text: string, vocabulary: Vocabulary, most: number): number[] {
  const id = (piece: string): number => {
    const found = vocabulary.get(piece);
    if (found === undefined) throw new RangeError(`the vocabulary lacks ${piece}`);
    return found;
  };
  const inner = words(text).flatMap((word) => pieces(word, vocabulary, id('[UNK]')));
  return [id('[CLS]'), ...inner.slice(0, most - 2), id('[SEP]')];
}
