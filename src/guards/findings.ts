/**
 * The three guards: from a text and where it stands to findings. Each finding names a rule, why, and what to write
 * instead. Two readers work together: phrases and word rules that are wrong wherever they stand, and a small encoder
 * that reads the whole line for the rest.
 */
import thresholds from './thresholds.json' with { type: 'json' };
import { LANGUAGE, QUESTIONS, DUTIES, ruleOf } from './packs.ts';
import type { ReadyPack } from './packs.ts';
import type { Encoder, Reading } from './encoder/encoder.ts';
import { listsToAvoid, peopleCalledClients, peopleCalledPeers, quoted, withoutSpans } from './nouns.ts';
import { partsOf, sentencesOf } from './parts.ts';
import { genericPronouns, mended } from './pronouns.ts';
import { asSeen, plain, tidy } from './text.ts';
import type { Span } from './text.ts';
import type { Level, RuleCode, Surface } from './words.ts';

/** What a guard says about a text. `at` is the place, where one word or phrase is meant and not the whole line. */
export interface Finding {
  readonly rule: RuleCode;
  readonly level: Level;
  readonly why: string;
  readonly instead: string;
  readonly at?: Span;
}

/** Whether a finding is certain enough to be the rule's own level, or only asks for a person's eye. */
interface Hit {
  readonly code: RuleCode;
  readonly sure: boolean;
  readonly at?: Span;
  readonly instead?: string;
}

type Guard = 'question' | 'duty' | 'language';
/** Codes the word rules decide alone: without one of these words the line cannot break the rule. */
const BY_WORDS: ReadonlySet<RuleCode> = new Set<RuleCode>(['L1', 'L2', 'L4']);
/** Questions, and codes about the words themselves: somebody else's words, quoted, break no such rule. */
const unlessQuoted = (code: RuleCode): boolean => code === 'L3' || code === 'L6' || code.startsWith('Q_');
/** Surfaces the encoder was taught under another's name. */
const TAUGHT_AS: Partial<Record<Surface, string>> = {
  rationale: 'note about person',
};

/** The line as the encoder was taught to read it for this guard. */
function lineFor(guard: Guard, surface: Surface, text: string): string {
  if (guard !== 'language') return `${guard}: ${text}`;
  return `${TAUGHT_AS[surface] ?? surface.replaceAll('_', ' ')}: ${text}`;
}

/** Where one bad sentence among plain ones would only be doubted or missed: each is read alone as well, and the strictest holds. */
const BY_SENTENCE: ReadonlySet<Surface> = new Set<Surface>([
  'note_about_person',
  'employee_record',
  'rationale',
  'role_element',
]);

/** What the phrases say of `told`; R1.3 is seen in the whole text, since nobody is obliged to disclose in a list either. */
function phraseHits(pack: ReadyPack, surface: Surface, told: string, whole: string): Hit[] {
  const hits: Hit[] = [];
  for (const rule of pack.rules.values()) {
    if (rule.levels[surface] === undefined || BY_WORDS.has(rule.code)) continue;
    const line = rule.code === 'R1.3' ? whole : told;
    const read = plain(line);
    const { unless } = rule;
    const loose = unless === null || unless.by.test(read) ? [] : unless.found;
    for (const phrase of [...rule.found, ...loose]) {
      const match = phrase.exec(read);
      if (match === null || (unlessQuoted(rule.code) && quoted(line, match.index))) continue;
      hits.push({
        code: rule.code,
        sure: true,
        at: { from: match.index, to: match.index + match[0].length },
      });
      break;
    }
  }
  return hits;
}

/** What the word rules say of `text`; what they would write in its place is the whole of the line it came from. */
function wordHits(surface: Surface, text: string, whole: string): Hit[] {
  const speaks = (code: RuleCode) => ruleOf(code).levels[surface] !== undefined;
  const hits: Hit[] = [];
  const pronouns = speaks('L1') ? genericPronouns(text, surface) : [];
  const [pronoun] = pronouns;
  if (pronoun !== undefined)
    hits.push({
      code: 'L1',
      sure: true,
      at: { from: pronoun.from, to: pronoun.to },
      instead: mended(whole, pronouns),
    });
  const [peer] = speaks('L2') ? peopleCalledPeers(text) : [];
  if (peer !== undefined) hits.push({ code: 'L2', sure: true, at: peer });
  const [client] = speaks('L4') ? peopleCalledClients(text) : [];
  if (client !== undefined) hits.push({ code: 'L4', sure: true, at: client });
  return hits;
}

/**
 * The codes a reading names for a guard: the likeliest, and every other that is likely by itself. R1.3 is a grave word with
 * no way around it, and own experience stands rightly in every posting of a peer role: it is named where it is likely itself.
 */
function named(pack: ReadyPack, surface: Surface, reading: Reading, flag: number): RuleCode[] {
  const chances = [...pack.rules.values()]
    .filter((rule) => rule.levels[surface] !== undefined && !BY_WORDS.has(rule.code))
    .map((rule) => ({ code: rule.code, chance: reading.codes[rule.code] ?? 0 }))
    .toSorted((a, b) => b.chance - a.chance);
  return chances
    .filter(({ chance }, index) => index === 0 || chance >= 0.5)
    .filter(({ code, chance }) => code !== 'R1.3' || (chance >= 0.5 && flag >= thresholds.disclosure.unsure))
    .map(({ code }) => code);
}

type Reader = Pick<Encoder, 'read' | 'fits'>;

/** What the encoder says to one guard on a text: part by part, where it is longer than the encoder reads at once. */
function modelHits(guard: Guard, pack: ReadyPack, surface: Surface, text: string, reader: Reader): Hit[] {
  const parts = partsOf(text, (part) => reader.fits(lineFor(guard, surface, part)));
  // One that is too long by itself is in the parts already.
  const alone = BY_SENTENCE.has(surface)
    ? sentencesOf(text).filter((one) => reader.fits(lineFor(guard, surface, one)))
    : [];
  return [...parts, ...alone].flatMap((part) => partHits(guard, pack, surface, part, reader));
}

/**
 * What the encoder says on one line to one guard. R1.3 leaves no way around what stops, so its phrases alone stop: where the
 * encoder sees it, the author looks again.
 */
function partHits(guard: Guard, pack: ReadyPack, surface: Surface, text: string, reader: Reader): Hit[] {
  const reading = reader.read(lineFor(guard, surface, text));
  const chance = reading.flags[guard] ?? 0;
  const limit = thresholds[guard];
  const sure = chance >= limit.sure;
  if (!sure && chance < limit.unsure) return [];
  if (guard === 'language' && byWordsAlone(reading)) return [];
  const codes = named(pack, surface, reading, chance);
  if (codes[0]?.startsWith('N_') === true && isShared(pack, text)) return [];
  return codes
    .filter((code) => code !== 'R1.3' || !isSoftened(pack, text))
    .map((code) => ({ code, sure: sure && code !== 'R1.3' }));
}

/** The line leaves it to the person: then nobody is obliged. */
const isSoftened = (pack: ReadyPack, text: string): boolean =>
  pack.rules.get('R1.3')?.unless?.by.test(plain(text)) === true;

/** The line says that the task goes round all colleagues: then it is nobody's misfit duty. */
const isShared = (pack: ReadyPack, text: string): boolean =>
  pack.shared.some((words) => words.test(plain(text)));

/** Reads each line once, though two guards may ask for it. */
function readingOnce(encoder: Encoder): Reader {
  const known = new Map<string, Reading>();
  return {
    fits: (line) => encoder.fits(line),
    read(line) {
      const reading = known.get(line) ?? encoder.read(line);
      known.set(line, reading);
      return reading;
    },
  };
}

/** The encoder sees a word rule broken and nothing else: the word rules have already spoken. */
function byWordsAlone(reading: Reading): boolean {
  const chances = Object.entries(reading.codes).filter(([code]) => /^(?:L\d|R1\.3)$/u.test(code));
  const top = chances.reduce((best, each) => (each[1] > best[1] ? each : best), ['', 0] as [string, number]);
  return (
    BY_WORDS.has(top[0] as RuleCode) && chances.every(([code, chance]) => code === top[0] || chance < 0.4)
  );
}

function finding(hit: Hit, surface: Surface): Finding {
  const rule = ruleOf(hit.code);
  const level = rule.levels[surface] ?? 'warn';
  return {
    rule: hit.code,
    level: hit.sure ? level : 'warn',
    why: hit.sure ? rule.why : `Needs a person: this may be such a text. ${rule.why}`,
    instead: hit.instead ?? rule.insteadOn?.[surface] ?? rule.instead,
    ...(hit.at === undefined ? {} : { at: hit.at }),
  };
}

/**
 * What a finding at level `fix` (L1) offers in place of the whole text; null where nothing was found that has one answer.
 * It is an offer: nobody's words are changed but by whoever takes it. Pure.
 */
export const rewording = (findings: readonly Finding[]): string | null =>
  findings.find((one) => one.level === 'fix')?.instead ?? null;

/** Each code once; the surer and the more exact first. */
function once(hits: readonly Hit[]): Hit[] {
  const best = new Map<RuleCode, Hit>();
  for (const hit of hits) {
    const known = best.get(hit.code);
    if (known === undefined || (hit.sure && !known.sure)) best.set(hit.code, hit);
  }
  return [...best.values()];
}

/** A rule of a stage that the same words break: health words in an interview note break L5 and R4.4. */
function withStageRules(findings: readonly Finding[], surface: Surface): Finding[] {
  return findings.flatMap((each) => {
    const also = ruleOf(each.rule).also?.[surface];
    if (also === undefined) return [each];
    const rule = ruleOf(also);
    return [each, { ...each, rule: also, why: rule.why, instead: rule.instead }];
  });
}

const GUARDS: readonly (readonly [Guard, ReadyPack, (surface: Surface) => boolean])[] = [
  ['question', QUESTIONS, (surface) => surface === 'question'],
  ['duty', DUTIES, (surface) => surface === 'duty'],
  ['language', LANGUAGE, () => true],
];

/**
 * What the guards have to say about `text` on `surface`, the questions' and duties' findings before those on wording.
 * Empty when they have nothing to say, and always on `own_words`: nobody's words about themself are judged.
 * Pure, given the encoder. Codes: L1–L8, Q_*, P_*, N_*, R1.3, R2.2, R3.2, R4.4, R7.3, R8.2.
 */
export function findingsWith(encoder: Encoder, surface: Surface, text: string): readonly Finding[] {
  const { seen: line, typed } = asSeen(tidy(text));
  if (surface === 'own_words' || line === '') return [];
  const read = plain(line);
  const reader = readingOnce(encoder);
  // A template may list words so that nobody writes them; what stands beside the list is read like any other text.
  const unlisted = surface === 'template' ? withoutSpans(line, listsToAvoid(line)) : line;
  const hits = GUARDS.flatMap(([guard, pack, reads]) => {
    const told = pack === LANGUAGE ? unlisted : line;
    const asks = reads(surface) && told.trim() !== '' && !pack.lawful.some((lawful) => lawful.test(read));
    return [
      ...phraseHits(pack, surface, told, line),
      ...(pack === LANGUAGE ? wordHits(surface, told, line) : []),
      ...(asks ? modelHits(guard, pack, surface, told, reader) : []),
    ];
  });
  return withStageRules(
    once(hits).map((hit) => finding(hit.at === undefined ? hit : { ...hit, at: typed(hit.at) }, surface)),
    surface,
  );
}
