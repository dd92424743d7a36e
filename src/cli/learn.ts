import { learningCards } from '../content/index.ts';
import type { LearningCard } from '../content/index.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import type { Common } from './open.ts';
import { ruleText } from './rules.ts';

/** A card's own code: `G5` for a gate, `E9`, `M4`, `AC2`. */
const isOf = (card: LearningCard, code: string): boolean => card.about.ref === code;

/**
 * Cards of a topic: the one of that name, then those shown at that code; else those whose title or text has the word.
 * @param topic a gate, decision, prompt, rule, element or misconception by its code, the id of a card, or a word
 */
export function cardsOf(topic: string): readonly LearningCard[] {
  const code = topic.trim().toUpperCase();
  const all = learningCards();
  const word = topic.trim().toLowerCase();
  const own = all.filter((card) => isOf(card, code) || card.id === word);
  const shown = learningCards(code).filter((card) => !own.includes(card));
  if (own.length + shown.length > 0) return [...own, ...shown];
  if (word.length < 3) return [];
  return all.filter((card) =>
    [card.title, card.think, card.so, card.doNow].some((text) => text.toLowerCase().includes(word)),
  );
}

/** The gate an exception of a search stands in the way of. Those of an employment, and of the house's care, have none. */
const gateOfException: ReadonlyMap<string, string> = new Map([
  ...['X1', 'X2', 'X4', 'X5', 'X26', 'X28', 'X32'].map((code) => [code, 'G3'] as const),
  ...['X25', 'X27'].map((code) => [code, 'G4'] as const),
  ...['X3', 'X9'].map((code) => [code, 'G5'] as const),
]);

/** The gate that a code of stages 0 to 5 leads to: what has no card of its own is explained there. */
const gateOf = (code: string): string | null => {
  const stage = /^[DPR]([0-5])\.\d{1,2}$/u.exec(code)?.[1];
  return stage === undefined ? (gateOfException.get(code) ?? null) : `G${stage}`;
};

/** What an exception, or a rule after the hire, wants, in the words of its refusals; null where it has none. */
function ruleOf(code: string): string | null {
  const rule = /^(?:X|R[6-9]\.)\d/u.test(code) ? ruleText(code) : null;
  return rule === null ? null : `${code}: ${rule}`;
}

function cardText(io: Io, card: LearningCard): string {
  const asks = (card.asks ?? []).map(({ code, what, because }) => `  ${code}: ${what} – ${because}`);
  return [
    styled(io, 'bold', `${card.about.ref} ${card.title}`),
    `Often thought: ${card.think}`,
    `What is so: ${card.so}`,
    `What to do now: ${card.doNow}`,
    ...(asks.length === 0 ? [] : ['It asks for:', ...asks]),
    `Shown at ${card.shownAt.join(', ')} · source: ${card.source} · looked through ${card.reviewed}`,
  ].join('\n');
}

/** `learn`: all cards in one table, or those of a topic. Needs no installation. */
export async function learn(io: Io, topic: string | undefined, options: Common): Promise<Exit> {
  const own = topic === undefined ? learningCards() : cardsOf(topic);
  const code = topic === undefined || own.length > 0 ? null : topic.trim().toUpperCase();
  const gate = code === null ? null : gateOf(code);
  const rule = code === null ? null : ruleOf(code);
  const list = gate === null ? own : cardsOf(gate);
  if (list.length === 0 && rule === null)
    throw new Stop(
      EXIT.usage,
      'usage',
      'No card has this: most of what comes after the hire has none. Give a gate (G0 to G5), a decision, rule or exception (D4.7, R3.2, X8), an element (E1 to E13), a misconception (M1 to M10), or a word; without any, all are listed.',
    );
  if (options.json === true)
    io.out(
      JSON.stringify({
        cards: list,
        ...(gate === null ? {} : { of: gate }),
        ...(rule === null ? {} : { rule }),
      }),
    );
  else if (topic === undefined)
    io.out(
      table(
        io,
        ['', 'card', 'shown at'],
        list.map((card) => [card.about.ref, card.title, card.shownAt.join(' ')]),
      ),
    );
  else {
    if (rule !== null) io.out(rule);
    if (list.length === 0) io.out('No card belongs to this.');
    else if (gate !== null) io.out(`No card of its own; it leads to ${gate}:\n`);
    if (list.length > 0) io.out(list.map((card) => cardText(io, card)).join('\n\n'));
  }
  return EXIT.done;
}
