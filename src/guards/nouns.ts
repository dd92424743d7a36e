/** L2 and L4: words that are wrong only as nouns for people; what follows and what stands before decides. */
import { plain } from './text.ts';
import type { Span } from './text.ts';

const PEER = /\bpeers?\b/gu;
/** What "peer" may stand before: it then names a kind of work, not a person. */
const PEER_OF =
  /^(?: s\b)?(?:-|\/| (?:to peer|and family support|or family|recovery|wellness|practice|support|role|specialist|worker|work\b|working|staff|supporter|led|run|review|pressure|bridger|organi[sz]ation|agenc|network|group|mentor|reflection|position|job|title|supervis|services?|programs?|team|hospitals|provider|counsel|educat|navigator|advoca|informed|based|communit|respite|center|centre|movement|learning|train|coach|facilitat|circle|apprentice|aide|technician|relationship|principles|values|drift|feedback|contact|note|code|conference|bridging|standard|visit|encounter|unit|colleagues|certification|leadership|culture|experience|perspective|delivered|driven|operated|institutions|agencies|reviewer|observer|companion|responder|intern|liaison|engagement|outreach|line|warmline|warm line|model|workforce|profession|field|help|exchange|consult|tutor|study|comparison)\w*\b)/u;
const PEERS_ELSEWHERE =
  /^ (?:at|in) (?:school|class|college|the classroom)|^ of (?:your|their|the same|own|similar)|^ (?:their|your) (?:own )?(?:age|grade)|^ on the same grade/u;
const OWN_AGE = /\b(?:influence of|among|with|from) (?:their|his|her) $/u;

const CLIENT = /\b(?:cli?e[ni]+ts?|patients?|consumers?|cases?)\b/gu;
const CLIENT_BEFORE = /\b(?:e-?mail|vpn|web|mail|chat|software|thin|api|sftp) $/u;
const CONSUMER_AFTER =
  /^ (?:affairs|rights|credit|price|prices|protection|advisory|provider|reports?|goods|law|electronics|confidence|complaint|bureau|advocate|movement|survivor|hotline|run|operated|debt|council|coalition|alliance)\b|^-(?:run|operated|led|provider)/u;
const PATIENT_BEFORE =
  /\b(?:an?|the|each|every|any|this|that|another|one|our|your|my|new|no|per|his|her|their|of|former|assigned|single|difficult|mental) $/u;
const PATIENT_AFTER =
  /^(?:-| (?:portal|advoca|ear|and |with|as|enough|in |about|while|when|but|listen|tone|manner|safety|rights|relations|teacher|colleague|way|person|approach|experience office|protection))/u;
const CASES_BEFORE =
  /\b(?:use|in (?:some|most|many|all|such|both|these|those|rare|certain)|test|edge|book|pillow|court|display|upper|lower|cold|laptop|phone) $/u;
const CASE_BEFORE =
  /\b(?:difficult|hard|tough|tricky|new|open|closed|this|each|every|per|assigned|sad|problem|complex|complicated|interesting|own|a|the|another|your|my|his|her) $/u;
const CASE_AFTER =
  /^(?: (?:manag|work|for |of water|of fire|of emergency|of snow|against|that )|-?(?:manag|work)| \w+(?: \w+)? is decided)/u;
const CASE_FORM = /^ (?:no\b|number|closed|opened|review|file|of the (?:week|month|day))/u;
const MADE_CASE = /\b(?:mak(?:e|es|ing)|made|strong|good|padded|business|state|plead)(?: \w+)? $/u;

/** What may stand before a mark that opens: `14" screens` is inches, and opens nothing. */
const BEFORE_OPENING = /[\s([{/\u2010-\u2015-]/u;

/**
 * Whether the place stands between two straight marks of its line. One that is never closed quotes nothing: else all that
 * follows it would go unread.
 */
function betweenMarks(text: string, from: number): boolean {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  let open = false;
  for (let at = start; at < from; at += 1) {
    if (text.charAt(at) !== '"') continue;
    open = !open && (at === start || BEFORE_OPENING.test(text.charAt(at - 1)));
  }
  return open && /^[^\n]*"/u.test(text.slice(from));
}

/** Quoted words are quoted on purpose: a title, somebody's speech, a style note. Pure. */
export function quoted(text: string, from: number): boolean {
  const open = text.lastIndexOf('“', from);
  const single = [...text.slice(0, from + 1).matchAll(/(?<![\p{L}\d])['‘](?=\p{L})/gu)].at(-1)?.index;
  return (
    betweenMarks(text, from) ||
    (open >= 0 && text.indexOf('”', open) > from) ||
    (single !== undefined && closes(text, single) > from)
  );
}

/** Where the sentence within single quotation marks that opens at `from` ends; `from` when it never does. */
const closes = (text: string, from: number): number => from + 1 + text.slice(from + 1).search(/[.?!,]['’]/u);

const TO_AVOID =
  /\b(?:avoid|(?:do not|don t|never|not to) (?:write|say|use|be used)|we no longer (?:write|say|use))\b[^.;]{0,12}:/gu;
/** A list ends with its sentence, or with its line where no item of a list begins the next one. */
const LIST_END = /[.!?;]['"’”]?(?=\s|$)|\S[^\S\n]*\n(?![^\S\n]*(?:[-*•–]|\d+[.)])\s)/u;

/** The lists of a style note: words that stand there so that nobody writes them. Pure. */
export function listsToAvoid(text: string): readonly Span[] {
  return [...plain(text).matchAll(TO_AVOID)].map((match) => {
    const from = match.index;
    const listed = from + match[0].length;
    const end = LIST_END.exec(text.slice(listed));
    return { from, to: end === null ? text.length : listed + end.index + end[0].length };
  });
}

/** The text with blanks for what stands in the spans; every other letter keeps its place. Pure. */
export const withoutSpans = (text: string, spans: readonly Span[]): string =>
  spans.reduce((rest, { from, to }) => rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to), text);

/** The places where "peer" stands for a person (L2). Pure. */
export function peopleCalledPeers(text: string): readonly Span[] {
  const read = plain(text);
  return [...read.matchAll(PEER)].flatMap((match) => {
    const from = match.index;
    const to = from + match[0].length;
    const after = read.slice(to);
    if ((match[0] === 'peer' && PEER_OF.test(after)) || /^(?:-|\/)/u.test(after)) return [];
    if (PEERS_ELSEWHERE.test(after) || OWN_AGE.test(read.slice(0, from))) return [];
    if (quoted(text, from) || read.charAt(from - 1) === '-') return [];
    return [{ from, to }];
  });
}

/** The places where client, patient, consumer or case stands for a person served (L4). Pure. */
export function peopleCalledClients(text: string): readonly Span[] {
  const read = plain(text);
  return [...read.matchAll(CLIENT)].flatMap((match) => {
    const from = match.index;
    const to = from + match[0].length;
    if (quoted(text, from) || read.charAt(from - 1) === '-') return [];
    return meant(match[0], read.slice(0, from), read.slice(to)) ? [{ from, to }] : [];
  });
}

function meant(word: string, before: string, after: string): boolean {
  switch (word) {
    case 'consumer':
      return !CONSUMER_AFTER.test(after);
    case 'consumers':
      return !/^ {1,2}(?:rights|union)\b/u.test(after);
    case 'patients':
      return !/\b(?:mental|former) $/u.test(before) && !/^ {1,2}(?:rights|advoca)/u.test(after);
    case 'patient':
      return (PATIENT_BEFORE.test(before) || /^ s\b|^ signature/u.test(after)) && !PATIENT_AFTER.test(after);
    case 'cases':
      return !CASES_BEFORE.test(before);
    case 'case':
      if (
        CASE_AFTER.test(after) ||
        MADE_CASE.test(before) ||
        /\bin (?:any |that |this |the )?$/u.test(before)
      )
        return false;
      return CASE_BEFORE.test(before) || CASE_FORM.test(after);
    default:
      return !CLIENT_BEFORE.test(before);
  }
}
