/** Long texts: what the encoder cannot read at once goes to it in parts. */

const SENTENCE_END = /(?<=[.!?;:\u2026])\s+|\n+/u;
/** A run of letters without a blank is cut by length alone. */
const STRETCH = /[^]{1,80}/gu;

const words = (sentence: string): readonly string[] =>
  sentence
    .split(/\s+/u)
    .flatMap((word) => word.match(STRETCH) ?? [])
    .filter((word) => word !== '');

/** Puts neighbours together as long as they fit; of what was cut within a sentence the half is read twice. */
function together(pieces: readonly string[], fits: (part: string) => boolean, again: boolean): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  for (const piece of pieces) {
    if (open.length > 0 && !fits([...open, piece].join(' '))) {
      parts.push(open.join(' '));
      open = again ? open.slice(Math.ceil(open.length / 2)) : [];
    }
    open.push(piece);
  }
  if (open.length > 0) parts.push(open.join(' '));
  return parts;
}

/**
 * A text in parts that each fit: the text itself where it does, else whole sentences, as many as fit together; a
 * sentence that is too long by itself in stretches of words that overlap. No word is left out. Pure, given `fits`.
 */
export function partsOf(text: string, fits: (part: string) => boolean): readonly string[] {
  if (fits(text)) return [text];
  const sentences = text.split(SENTENCE_END).filter((one) => one.trim() !== '');
  const runs: string[][] = [[]];
  const stretches: string[][] = [];
  for (const sentence of sentences) {
    if (fits(sentence)) runs.at(-1)?.push(sentence);
    else {
      stretches.push(together(words(sentence), fits, true));
      runs.push([]);
    }
  }
  return runs.flatMap((run, n) => [...together(run, fits, false), ...(stretches[n] ?? [])]);
}

/** The sentences of a text, where it has more than one; a clause after a colon or semicolon says too little alone. Pure. */
export function sentencesOf(text: string): readonly string[] {
  const sentences = text.split(/(?<=[.!?\u2026])\s+|\n+/u).filter((one) => one.trim() !== '');
  return sentences.length > 1 ? sentences : [];
}
