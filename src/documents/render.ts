import type { DescriptionBlock, DescriptionDocument } from './description.ts';
import { forHtml, forMarkdown } from './escape.ts';

/** What can be printed: a title, the version it is about, and blocks. */
type Printable = Pick<DescriptionDocument, 'title' | 'version' | 'blocks'>;

/** Paragraphs stay paragraphs. */
function paragraphs(text: string): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function blockMarkdown(block: DescriptionBlock): string {
  switch (block.is) {
    case 'heading':
      return `## ${forMarkdown(block.text)}`;
    case 'paragraph':
      return paragraphs(block.text).map(forMarkdown).join('\n\n');
    case 'list':
      return block.items.map((item) => `- ${forMarkdown(item)}`).join('\n');
    case 'table': {
      const row = (cells: readonly string[]): string => `| ${cells.map(forMarkdown).join(' | ')} |`;
      return [row(block.head), `|${block.head.map(() => ' --- |').join('')}`, ...block.rows.map(row)].join(
        '\n',
      );
    }
    default: {
      const unknown: never = block;
      return unknown;
    }
  }
}

/** The document as Markdown: the form that is digested. Always the same for the same document. */
export function toMarkdown(document: Printable): string {
  const { title, version, blocks } = document;
  const parts = [`# ${forMarkdown(title)}`, `Version ${version}`, ...blocks.map(blockMarkdown)];
  return `${parts.join('\n\n')}\n`;
}

const tagged = (tag: string, text: string): string => `<${tag}>${forHtml(text)}</${tag}>`;

function blockHtml(block: DescriptionBlock): string {
  switch (block.is) {
    case 'heading':
      return tagged('h2', block.text);
    case 'paragraph':
      return paragraphs(block.text)
        .map((one) => tagged('p', one))
        .join('\n');
    case 'list':
      return ['<ul>', ...block.items.map((item) => tagged('li', item)), '</ul>'].join('\n');
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${forHtml(cell)}</th>`).join('');
      const rows = block.rows.map((row) => `<tr>${row.map((cell) => tagged('td', cell)).join('')}</tr>`);
      const body = ['<tbody>', ...rows, '</tbody>'];
      return ['<table>', `<thead><tr>${head}</tr></thead>`, ...body, '</table>'].join('\n');
    }
    default: {
      const unknown: never = block;
      return unknown;
    }
  }
}

const style = `body{font:12pt/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1,h2{font-family:system-ui,sans-serif;line-height:1.25}h2{margin-top:1.6em;break-after:avoid}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3em .5em;text-align:left;vertical-align:top}
tr{break-inside:avoid}@media print{body{margin:0;max-width:none}@page{margin:2cm}}`;

/** The document as one page of HTML that prints without anything else: no script, no picture, nothing fetched. */
export function toHtml(document: Printable): string {
  const { title, version, blocks } = document;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${forHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${forHtml(title)}</h1>
<p>Version ${version}</p>
${blocks.map(blockHtml).join('\n')}
</body>
</html>
`;
}
