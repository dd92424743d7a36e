import type { Finding } from '../guards/index.ts';
import type { FieldValue } from '../documents/letters.ts';
import type { FoundInText, Guard } from './guard-texts.ts';

/** Fields of questions: every line of them is one. */
const asking: ReadonlySet<string> = new Set(['questions_list', 'reference_questions']);

/** How a clause begins that asks without a question mark. `Let us know if you need …` offers something, and asks nothing. */
const request =
  '(?:tell|write|describe|explain|share|list|disclose|state|indicate|answer|say)\\b|let us know (?:who|what|which|when|where|why|how|about)\\b';
const asks = new RegExp(
  `\\?|(?:^|[,;:–]|\\b(?:please|kindly|also|and|then))\\s*(?:${request})|\\bwe (?:would like|want|need|wish) to (?:know|hear|learn)\\b`,
  'iu',
);

const sentences = (text: string): readonly string[] =>
  text.split(/(?<=[.!?])\s+|\n+/u).filter((one) => one.trim() !== '');

/** Findings of one text as of a question: where it has the very words of one, or a sentence of it asks. */
function asked(guard: Guard, text: string): readonly Finding[] {
  const words = guard.findingsOf('question', text).filter(({ at }) => at !== undefined);
  const meant = sentences(text)
    .filter((one) => asks.test(one))
    .flatMap((one) => guard.findingsOf('question', one));
  return [...new Map([...words, ...meant].map((one) => [one.rule, one])).values()];
}

/**
 * What the guards stop in the words a sender types into a letter. Every field is read like the words of a template, and
 * for questions: what no interview may ask is asked by no letter either, in whichever line it stands (R4.2, D4.1). What
 * only mentions a matter – a benefit, an entry of a report – asks nothing.
 */
export function blockedInLetter(
  fields: Readonly<Record<string, FieldValue>>,
  guard: Guard,
): readonly FoundInText[] {
  return Object.entries(fields).flatMap(([field, value]): readonly FoundInText[] => {
    const texts = [value].flat();
    const read = (text: string) =>
      asking.has(field) ? guard.findingsOf('question', text) : asked(guard, text);
    const found = {
      template: texts.flatMap((text) => guard.findingsOf('template', text)),
      question: texts.flatMap(read),
    };
    return (['template', 'question'] as const).flatMap((surface) => {
      const findings = found[surface].filter(({ level }) => level === 'block');
      return findings.length === 0 ? [] : [{ field, surface, pack: guard.packOf(surface), findings }];
    });
  });
}
