import { textRef } from '../directory/texts.ts';
import type { NewText } from '../directory/texts.ts';
import { opaque } from '../domain/kernel/digest.ts';

/** A free text taken out of a command: it is sealed under its subject's key, and its ref takes its place. */
export type TakenText = Omit<NewText, 'org'>;

export interface WithoutTexts {
  readonly payload: Record<string, unknown>;
  readonly texts: readonly TakenText[];
}

interface Taking {
  readonly decisionId: string;
  readonly subject: string;
  readonly texts: TakenText[];
}

const LONGEST_FIELD = 40;

/** A name for the place of a text, made of the path that leads to it. */
function fieldOf(path: readonly string[]): string {
  const field = `text${path.map((part) => part.replaceAll(/[^0-9A-Za-z]/g, '')).join('')}`;
  return field.length <= LONGEST_FIELD ? field : `text${opaque(path.join('|'))}`;
}

function take(taking: Taking, value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item, n) => take(taking, item, [...path, String(n)]));
  if (typeof value !== 'object' || value === null) return value;
  const { text, about, ...rest } = value as { text?: unknown; about?: unknown };
  if (typeof text === 'string' && Object.keys(rest).length === 0) {
    const subject = typeof about === 'string' ? about : taking.subject;
    const field = fieldOf(path);
    taking.texts.push({ decisionId: taking.decisionId, field, subject, text });
    return textRef(taking.decisionId, field);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, take(taking, item, [...path, key])]),
  );
}

/**
 * Takes every free text out of a payload: `{"text": "…", "about": "prs_…"}` anywhere in it.
 * @param subject whom a text is about when nothing else is said
 * @throws FieldInvalid for a decision id no ref can be made of
 */
export function withoutTexts(
  decisionId: string,
  subject: string,
  payload: Readonly<Record<string, unknown>>,
): WithoutTexts {
  const taking: Taking = { decisionId, subject, texts: [] };
  // The payload itself is no text: a command with nothing but a field `text` is one that names a text.
  const taken = Object.entries(payload).map(([key, item]) => [key, take(taking, item, [key])]);
  return { payload: Object.fromEntries(taken) as Record<string, unknown>, texts: taking.texts };
}
