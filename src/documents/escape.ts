const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Text for a page of HTML, between tags or in a quoted attribute. */
export function forHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => ENTITIES.get(one) ?? one);
}

/** Characters that would mean something in Markdown, or open HTML inside it. */
const MARKS = /[\\`*_{}[\]<>#+\-!|~&]/g;

/** One line of Markdown that says exactly the text: marks escaped, line ends as spaces, no number read as a list. */
export function forMarkdown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.replaceAll(MARKS, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
}
