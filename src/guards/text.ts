/** Reading a line: the same number of letters goes out as came in, so that a place found is a place in the text. */

const QUOTE = /[\u2018\u2019\u02bc'`\u00b4]/u;
const DASH = /[\u2010-\u2015\u2212]/u;

/**
 * The text as phrases see it: lower case, apostrophes as blanks (`don't` reads `don t`), every dash a hyphen, every
 * blank a plain one. Its length is the text's. Pure.
 */
export function plain(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const letter = text.charAt(index);
    const lower = letter.toLowerCase();
    if (QUOTE.test(letter) || /\s/u.test(letter)) result += ' ';
    else if (DASH.test(letter)) result += '-';
    else result += lower.length === 1 ? lower : letter;
  }
  return result;
}

/** A stretch of a text, from its first letter to the one after its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Letters that nobody sees: soft hyphens, joiners, marks of direction. A word with one inside reads as the same word. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

/** A text as it is seen, and where its letters stand in the text as it was typed. */
export interface Seen {
  readonly seen: string;
  /** @returns the same stretch of the text as it was typed */
  readonly typed: (span: Span) => Span;
}

/** The text without letters that nobody sees. Pure. */
export function asSeen(text: string): Seen {
  if (!UNSEEN.test(text)) return { seen: text, typed: (span) => span };
  let seen = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    if (!UNSEEN.test(letter)) {
      seen += letter;
      for (let unit = 0; unit < letter.length; unit += 1) places.push(at + unit);
    }
    at += letter.length;
  }
  const typed = ({ from, to }: Span): Span => ({ from: places[from] ?? at, to: (places[to - 1] ?? at) + 1 });
  return { seen, typed };
}

/** A text in Unicode's composed form without blanks around it; what is measured, stored and read. Pure. */
export const tidy = (text: string): string => text.normalize('NFC').trim();
