import { MAX_TEXT_BYTES } from '../directory/texts.ts';
import type { Finding } from '../guards/index.ts';

/** One line of input that can be looked at. `id` is the line's own, else its number. */
interface ReadLine {
  readonly is: 'text';
  readonly line: number;
  readonly id: string | number;
  readonly text: string;
  /** True for a line of JSON. */
  readonly json: boolean;
}

/** A line that cannot: too long, or JSON that has not the form. The words of the line are not repeated. */
export interface BadLine {
  readonly is: 'error';
  readonly line: number;
  readonly id: string | number | null;
  readonly error: 'broken_json' | 'no_text' | 'too_long' | 'not_utf8';
}

export type Checked =
  BadLine | (Omit<ReadLine, 'is'> & { readonly is: 'checked'; readonly findings: readonly Finding[] });

function fromJson(source: string, line: number): ReadLine | BadLine {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { is: 'error', line, id: null, error: 'broken_json' };
  }
  const { id, text } = value as { id?: unknown; text?: unknown };
  const named = typeof id === 'string' || typeof id === 'number' ? id : null;
  if (typeof text !== 'string') return { is: 'error', line, id: named, error: 'no_text' };
  return { is: 'text', line, id: named ?? line, text, json: true };
}

/**
 * Lines of text, or JSON lines `{id, text}` with whatever else stands in them; empty lines are passed over.
 * @returns each line, or what is wrong with it; numbers count from 1
 */
export function linesFrom(input: string): readonly (ReadLine | BadLine)[] {
  const lines = input.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((source, at): readonly (ReadLine | BadLine)[] => {
    const line = at + 1;
    if (source.trim() === '') return [];
    // What a program wrote in UTF-16 has one behind each letter: no rule would see a word of it.
    if (source.includes('\0')) return [{ is: 'error', line, id: null, error: 'not_utf8' }];
    const read: ReadLine | BadLine = source.trimStart().startsWith('{')
      ? fromJson(source, line)
      : { is: 'text', line, id: line, text: source, json: false };
    if (read.is === 'error') return [read];
    if (read.text.includes('\uFFFD')) return [{ is: 'error', line, id: read.id, error: 'not_utf8' }];
    if (Buffer.byteLength(read.text) > MAX_TEXT_BYTES)
      return [{ is: 'error', line, id: read.id, error: 'too_long' }];
    return [read];
  });
}

/** @returns the answer to a line, as it is printed */
export function guardedLine(one: Extract<Checked, { is: 'checked' }>): object {
  const findings = one.findings.map(({ rule, level, why, instead }) => ({ rule, level, why, instead }));
  return { id: one.id, findings };
}

/** @returns what is said of a line that could not be read: by its id, else by its number */
export function errorLine(one: BadLine): object {
  return one.id === null ? { line: one.line, error: one.error } : { id: one.id, error: one.error };
}
