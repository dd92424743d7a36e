/**
 * L1: he or she for one person of unknown gender. A pronoun for somebody known (a name, a woman, "she said" in a note
 * about one person) is left alone.
 */
import { plain } from './text.ts';
import type { Span } from './text.ts';
import type { Surface } from './words.ts';

/** A place to mend and the words it should have. */
export interface Mending extends Span {
  readonly words: string;
}

const PAIR =
  /\b(?:he or she|she or he|his or hers?|hers? or his|him or her|her or him|himself or herself|herself or himself)\b|\b(?:he ?\(she\)|him ?\(her\)|his ?\(hers?\)|himself ?\(herself\))|(?:\b|\()s ?\/ ?he\b|\(s\)he\b|\(?\b(?:he ?\/ ?she|she ?\/ ?he|his ?\/ ?hers?|hers? ?\/ ?his|him ?\/ ?her|her ?\/ ?him)\b\)?(?:self)?/gu;
const LISTED = /pronoun|they ?\/ ?them|\bthey\b ?\/|\/ ?they\b/u;
const SINGLE = /\b(?:he|she|his|hers|her|him|himself|herself)\b/gu;
const KNOWN =
  /\b(?:mr|mrs|ms|dr|miss|sr|fr)\b|\b(?:woman|women|girl|lady|mother|mom|mum|mama|daughter|sister|aunt|wife|widow|grandmother|niece|girlfriend|man|men|boy|guy|gentleman|father|dad|son|brother|uncle|husband|widower|grandfather|nephew|boyfriend)(?: s)?\b/u;
const PEOPLE =
  '(?:person|individual|candidate|applicant|employee|specialist|worker|hire|newcomer|colleague|teammate|team member|staff member|member|supervisor|manager|mentor|mentee|incumbent|referee|reviewer|rater|resident|tenant|guest|caller|client|patient|consumer|veteran|youth|youngster|teen|teenager|student|child|caregiver|participant|visitor|listener|speaker|neighbor|peer|coworker|co-worker|clinician|doctor|nurse|therapist|volunteer|facilitator|grievant|leader|trainee|apprentice|parent|somebody|someone|occupant|holder|recipient|fella|teacher|counselor|driver|human|kid|user|trainer|coach|adult)';
const ANY = new RegExp(
  `\\b(?:whoever|someone|somebody|anyone|anybody|everyone|everybody|one|each|(?:a|an|any|each|every|another|no|some)(?: [\\w-]+){0,3} ${PEOPLE})\\b`,
  'u',
);
const THE = new RegExp(
  `\\b(?:the|this|that|your|our|their|future)(?: [\\w-]+){0,3} ${PEOPLE}\\b|\\{candidate|\\{name|\\b${PEOPLE} (?:confirms?|and|must|shall|will|signs?|initials?)\\b`,
  'u',
);
/** Records, notes and feedback are about one known person: "the employee … her" may be right there. */
const ABOUT_ONE: readonly Surface[] = ['employee_record', 'note_about_person', 'feedback', 'rationale'];
const RULE_LIKE =
  /\b(?:whoever|any|each|every|everyone|everybody|anyone|a good|one has to|the right|a|an)\b/u;

const PLURAL: Readonly<Record<string, string>> = {
  he: 'they',
  she: 'they',
  him: 'them',
  his: 'their',
  hers: 'theirs',
  himself: 'themself',
  herself: 'themself',
};
const VERBS: Readonly<Record<string, string>> = {
  is: 'are',
  was: 'were',
  has: 'have',
  does: 'do',
  s: 're',
  isn: 'aren',
  wasn: 'weren',
  hasn: 'haven',
  doesn: 'don',
};
const NOT_VERBS =
  /^(?:always|perhaps|sometimes|afterwards|besides|this|us|as|its|his|yes|thus|less|across)$/u;

/** "he wants" becomes "they want"; what is no verb stays. */
function plural(verb: string): string {
  const known = VERBS[verb];
  if (known !== undefined) return known;
  if (!/[a-z]{2,}s$/u.test(verb) || verb.endsWith('ss') || NOT_VERBS.test(verb)) return verb;
  if (/(?:sh|ch|ss|x|zz|o)es$/u.test(verb)) return verb.slice(0, -2);
  if (/[^aeiou]ies$/u.test(verb)) return `${verb.slice(0, -3)}y`;
  return verb.slice(0, -1);
}

const likeFirst = (from: string, words: string): string =>
  /^\(?\p{Lu}/u.test(from) ? words.charAt(0).toUpperCase() + words.slice(1) : words;

/** "her" before a noun is "their", at the end of a phrase "them". */
function wordsFor(pronoun: string, after: string): string {
  if (pronoun !== 'her') return PLURAL[pronoun] ?? 'they';
  return /^ (?:[\p{L}\d{]|-)/u.test(after) &&
    !/^ (?:at|by|on|in|to|for|if|when|and|or|that|whether|with|where|before|after|from|about|as|how|what|is|was|who|warmly|know|go|do|by|then|again|up|out)\b/u.test(
      after,
    )
    ? 'their'
    : 'them';
}

function pairWords(found: string, after: string): string {
  if (/self/u.test(found)) return 'themself';
  if (/he/u.test(found.replace(/her/gu, ''))) return 'they';
  if (/him/u.test(found)) return 'them';
  return /hers/u.test(found) && !/^ \p{L}/u.test(after) ? 'theirs' : 'their';
}

function mend(text: string, read: string, from: number, to: number, words: string): Mending {
  const found = read.slice(from, to);
  const verb = words === 'they' ? /^ ([a-z]+)\b/u.exec(read.slice(to)) : null;
  if (verb === null) return { from, to, words: likeFirst(text.slice(from, to), words) };
  const changed = plural(verb[1] ?? '');
  const end = to + verb[0].length;
  const gap = text.charAt(to);
  return { from, to: end, words: likeFirst(text.slice(from, from + found.length), words) + gap + changed };
}

/** The places of `text` that L1 would mend on this surface, in order. Pure. */
export function genericPronouns(text: string, surface: Surface): readonly Mending[] {
  const read = plain(text);
  if (LISTED.test(read)) return [];
  const mendings: Mending[] = [];
  for (const match of read.matchAll(PAIR)) {
    const to = match.index + match[0].length;
    mendings.push(mend(text, read, match.index, to, pairWords(match[0], read.slice(to))));
  }
  const aboutOne = ABOUT_ONE.includes(surface);
  for (const match of read.matchAll(SINGLE)) {
    const from = match.index;
    const to = from + match[0].length;
    if (mendings.some((each) => from < each.to && each.from < to)) continue;
    const before = read.slice(0, from);
    if (KNOWN.test(before) || named(text, from)) continue;
    const meant =
      ANY.test(before) ||
      /\bthe right (?:candidate|applicant|person)\b/u.test(before) ||
      (!aboutOne && THE.test(before));
    if (!meant || (aboutOne && !RULE_LIKE.test(before))) continue;
    mendings.push(mend(text, read, from, to, wordsFor(match[0], read.slice(to))));
  }
  return mendings.toSorted((a, b) => a.from - b.from);
}

/** Whether a capitalised first name stands before the place, not at the start of a sentence. */
function named(text: string, before: number): boolean {
  const part = text.slice(0, before);
  return /(?:^|[^.?!:]\s)["“]?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)? (?:said|told|asked|says|tells|asks|runs|is|was|has|wants)\b/u.test(
    part.replace(/^(?:A|An|The|Each|Every|Any|This|If|When|Whoever|Someone)\b/u, 'a'),
  );
}

/** The text with all mendings made. Pure. */
export function mended(text: string, mendings: readonly Mending[]): string {
  let result = '';
  let at = 0;
  for (const each of mendings) {
    result += text.slice(at, each.from) + each.words;
    at = each.to;
  }
  return result + text.slice(at);
}
