import type { Piece, Template } from '../content/index.ts';
import { html } from '../notify/html.ts';
import type { SafeHtml } from '../notify/html.ts';

/** A field's value: a line, or the items of a list. */
export type FieldValue = string | readonly string[];

export interface LetterInput {
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Optional parts that stand in this letter. */
  readonly sections: ReadonlySet<string>;
}

/** A letter that is whole: nothing in it is open. */
export interface Letter {
  readonly title: string;
  readonly subject: string;
  readonly markdown: string;
  readonly html: string;
}

/** Marks that would mean something in Markdown or open HTML: a value says exactly what it says. */
function inline(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line
    .replaceAll(/[\\`*_{}[\]<>#|~&]/g, '\\$&')
    .replace(/^([-+])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** The pieces that stand in this letter, sections laid open. */
function standing(pieces: readonly Piece[], sections: ReadonlySet<string>): readonly Piece[] {
  return pieces.flatMap((piece): readonly Piece[] =>
    'section' in piece ? (sections.has(piece.section) ? piece.pieces : []) : [piece],
  );
}

/** @returns fields of a letter that have no value yet; those of parts that are left out are not asked for */
export function missingFields(template: Pick<Template, 'pieces'>, input: LetterInput): readonly string[] {
  const fields = standing(template.pieces, input.sections).flatMap((piece) =>
    'field' in piece ? [piece.field] : [],
  );
  return [...new Set(fields)].filter((field) => {
    const value = Object.hasOwn(input.values, field) ? input.values[field] : undefined;
    // The one line that may be empty: once counsel has read the profile there is nothing to say.
    if (field === 'counsel_line') return value === undefined;
    return value === undefined || value.length === 0;
  });
}

function markdownOf(template: Template, { values, sections }: LetterInput): string {
  const text = standing(template.pieces, sections).map((piece) => {
    if ('text' in piece) return piece.text;
    const value = 'field' in piece ? (values[piece.field] ?? '') : '';
    return typeof value === 'string' ? inline(value) : value.map((item) => `- ${inline(item)}`).join('\n');
  });
  return `${text
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Bold and escaped marks: all that stands inside a line of a letter. */
function spans(line: string): SafeHtml {
  const parts = line.split(/(?<!\\)\*\*/).map((part) => part.replaceAll(/\\(.)/g, '$1'));
  return html`${parts.map((part, n) => (n % 2 === 1 ? html`<strong>${part}</strong>` : html`${part}`))}`;
}

function block(text: string): SafeHtml {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  // Only a template has such a line: a mark in a value is escaped.
  if (lines.length === 1 && first.startsWith('# ')) return html`<h1>${spans(first.slice(2))}</h1> `;
  if (lines.every((line) => line.startsWith('- ')))
    return html`<ul>
      ${lines.map((line) => html`<li>${spans(line.slice(2))}</li> `)}
    </ul> `;
  return html`<p>${lines.map((line, n) => (n === 0 ? spans(line) : html`<br />${spans(line)}`))}</p> `;
}

const style = `body{font:12pt/1.5 Georgia,serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1{font:bold 1.5em/1.25 system-ui,sans-serif}li,p{break-inside:avoid}@media print{body{margin:0;max-width:none}@page{margin:2.5cm}}`;

function page(title: string, markdown: string): string {
  const blocks = markdown.split(/\n{2,}/).filter((one) => one.trim() !== '');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        <style>
          ${{ safe: style }}
        </style>
      </head>
      <body>
        ${blocks.map(block)}
      </body>
    </html> `.safe;
}

/**
 * A letter from a template as Markdown and as one page of HTML that prints: no script, no picture, nothing fetched.
 * @throws Error `letter_incomplete` while a field has no value: ask `missingFields` first
 */
export function letterOf(template: Template, input: LetterInput): Letter {
  if (missingFields(template, input).length > 0) throw new Error('letter_incomplete');
  const markdown = markdownOf(template, input);
  const { title } = template;
  return { title, subject: template.subject ?? title, markdown, html: page(title, markdown) };
}
