/** HTML that was made by {@link html}; anything else is escaped when it is put into it. */
export interface SafeHtml {
  readonly safe: string;
}

type Part = string | number | SafeHtml | readonly SafeHtml[] | null;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template tag: the literal parts are ours, every value is escaped (safe in text and in quoted attributes). */
export function html(literals: TemplateStringsArray, ...values: readonly Part[]): SafeHtml {
  return {
    safe: literals.reduce((page, literal, index) => page + inserted(values[index - 1] ?? null) + literal),
  };
}

/** @returns the text with the five characters escaped that mean something in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

function inserted(value: Part): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'safe' in value ? value.safe : value.map(({ safe }) => safe).join('');
}
