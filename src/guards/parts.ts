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

/** How many pieces of one text are read alone at most: of a longer text the neighbours are read together. */
const MOST_ALONE = 60;
/** A sentence of fewer words says too little alone ("Yes. Fine."). */
const LEAST_WORDS = 4;

/**
 * The sentences of a text, where it has more than one; a clause after a colon or semicolon says too little alone, and so
 * does a very short sentence, which goes with its neighbours. Of many sentences several go together, so that no text
 * keeps others waiting for long. Pure.
 */
export function sentencesOf(text: string): readonly string[] {
  const sentences = text.split(/(?<=[.!?\u2026])\s+|\n+/u).filter((one) => one.trim() !== '');
  if (sentences.length < 2) return [];
  const long: string[] = [];
  let open = '';
  for (const one of sentences) {
    open = open === '' ? one : `${open} ${one}`;
    if (open.trim().split(/\s+/u).length < LEAST_WORDS) continue;
    long.push(open);
    open = '';
  }
  if (open !== '') long.push(`${long.pop() ?? ''} ${open}`.trim());
  const many = Math.ceil(long.length / MOST_ALONE);
  return long.flatMap((_, at) => (at % many === 0 ? [long.slice(at, at + many).join(' ')] : []));
}
