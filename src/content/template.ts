import type { z } from 'zod';
import { ContentInvalid } from './errors.ts';
import { templateHead } from './schemas.ts';
import type { Frozen } from './frozen.ts';

/** A piece of a template: words, a named field, or a part that is left out as a whole. */
export type Piece =
  | { readonly text: string }
  | { readonly field: string }
  | { readonly section: string; readonly pieces: readonly Piece[] };

/** A template as read: its front matter and its pieces in order. */
export type Template = Frozen<z.output<typeof templateHead>> & { readonly pieces: readonly Piece[] };

const OPENS = '---json\n';
const CLOSES = '\n---\n';
// A section's markers stand on lines of their own; the line goes with them.
const TOKEN = /\{\{([#/])([a-z_]+)\}\}\n|\{\{([a-z_]+)\}\}/g;

/**
 * Reads one template: front matter in JSON between `---json` and `---`, then Markdown with `{{field}}` and
 * `{{#section}}` … `{{/section}}`, each on a line of its own and never one inside the other.
 *
 * @param known the fields that any template may declare
 * @throws ContentInvalid at braces that are neither, at a name that is not declared, and at one declared and not used
 */
export function readTemplate(file: string, source: string, known: ReadonlySet<string>): Template {
  const end = source.indexOf(CLOSES);
  if (!source.startsWith(OPENS) || end < 0)
    throw new ContentInvalid(file, 'line 1', 'front matter stands between ---json and ---');
  const head = readHead(file, source.slice(OPENS.length, end));
  head.fields.forEach((name, at) => {
    if (!known.has(name)) throw new ContentInvalid(file, `fields[${at}]`, 'the field is not in fields.json');
  });
  const after = end + CLOSES.length;
  const start = after + source.slice(after).search(/[^\n]|$/);
  const lineOf = (at: number): string => `line ${source.slice(0, start + at).split('\n').length}`;
  const pieces = readPieces(file, source.slice(start), lineOf);
  checkNames(file, head, pieces);
  return { ...head, pieces };
}

function readHead(file: string, json: string): z.output<typeof templateHead> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ContentInvalid(file, 'line 2', 'the front matter is not JSON');
  }
  const parsed = templateHead.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidAt(file, parsed.error);
}

/** @returns the first fault of a parse, as an error that names its place. */
export function invalidAt(file: string, error: z.ZodError): ContentInvalid {
  const [first] = error.issues;
  const steps = first?.path ?? [];
  const place = steps.reduce<string>(
    (path, step) =>
      typeof step === 'number' ? `${path}[${step}]` : `${path}${path === '' ? '' : '.'}${String(step)}`,
    '',
  );
  return new ContentInvalid(file, place === '' ? 'the whole file' : place, first?.message ?? 'not valid');
}

function readPieces(file: string, body: string, lineOf: (at: number) => string): readonly Piece[] {
  const whole: Piece[] = [];
  let inner: Piece[] | null = null;
  let open = '';
  let done = 0;
  const words = (from: number, to: number): void => {
    const text = body.slice(from, to);
    if (/\{\{|\}\}/.test(text)) {
      const at = from + text.search(/\{\{|\}\}/);
      throw new ContentInvalid(
        file,
        lineOf(at),
        'braces hold a field, or a section marker alone on its line',
      );
    }
    if (text !== '') (inner ?? whole).push({ text });
  };
  for (const token of body.matchAll(TOKEN)) {
    const [all, mark, section = '', field] = token;
    words(done, token.index);
    done = token.index + all.length;
    if (field !== undefined) (inner ?? whole).push({ field });
    else if (mark === '#' && inner === null) {
      inner = [];
      open = section;
    } else if (mark === '/' && inner !== null && section === open) {
      whole.push({ section, pieces: inner });
      inner = null;
    } else throw new ContentInvalid(file, lineOf(token.index), 'sections open and close one after the other');
  }
  words(done, body.length);
  if (inner !== null) throw new ContentInvalid(file, 'its end', 'a section is not closed');
  return whole;
}

function namesIn(pieces: readonly Piece[]): { fields: Set<string>; sections: Set<string> } {
  const fields = new Set<string>();
  const sections = new Set<string>();
  for (const piece of pieces) {
    if ('field' in piece) fields.add(piece.field);
    if ('section' in piece) {
      sections.add(piece.section);
      for (const name of namesIn(piece.pieces).fields) fields.add(name);
    }
  }
  return { fields, sections };
}

function checkNames(file: string, head: z.output<typeof templateHead>, pieces: readonly Piece[]): void {
  const used = namesIn(pieces);
  compare(file, 'fields', head.fields, used.fields);
  compare(
    file,
    'sections',
    head.sections.map(({ name }) => name),
    used.sections,
  );
}

function compare(file: string, what: string, declared: readonly string[], used: ReadonlySet<string>): void {
  if (new Set(declared).size !== declared.length) throw new ContentInvalid(file, what, 'a name stands twice');
  declared.forEach((name, at) => {
    if (!used.has(name))
      throw new ContentInvalid(file, `${what}[${at}]`, 'declared and not used in the text');
  });
  for (const name of used)
    if (!declared.includes(name)) throw new ContentInvalid(file, `{{${name}}}`, `not declared in ${what}`);
}
