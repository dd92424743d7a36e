import { dayText, monthText, titled } from '../app/words.ts';
import { Fact } from '../parts/waiting.tsx';
import type { FieldLayout, Layout } from './layout.ts';
import type { Value } from './shape.ts';

type Values = Readonly<Record<string, Value>>;

/** A day, a month or a word of a closed list, as a person says it. */
function said(value: Value, words: FieldLayout['words'] = {}): string {
  const word = String(value);
  if (Object.hasOwn(words, word)) return words[word] ?? '';
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return dayText(Date.parse(word), 'UTC');
  if (/^\d{4}-\d{2}$/.test(word)) return monthText(Date.parse(`${word}-15`), 'UTC');
  // Names of forms and scales are spelled as they are.
  return /^[a-z_]+$/.test(word) ? titled(word) : word;
}

/** What is known already and nobody has to type, above the form. */
export function Known({
  layout,
  names,
  of,
}: {
  readonly layout: Layout | null;
  readonly names: readonly string[];
  readonly of: Values;
}) {
  const shown = names.flatMap((name) => {
    const label = layout?.fields?.[name]?.label;
    return label === undefined ? [] : [{ name, label, words: layout?.fields?.[name]?.words }];
  });
  if (shown.length === 0) return null;
  return (
    <dl className="facts">
      {shown.map(({ name, label, words }) => (
        <Fact key={name} name={label}>
          {said(of[name], words)}
        </Fact>
      ))}
    </dl>
  );
}

/** Shares that have to come to a whole: how much there is, and how much is left to share out. */
export function Together({ layout, value }: { readonly layout: Layout | null; readonly value: Value }) {
  const sum = layout?.sum;
  if (sum === undefined) return null;
  const of = (value ?? {}) as Values;
  const total = sum.of.reduce((all, name) => all + (typeof of[name] === 'number' ? of[name] : 0), 0);
  const left = sum.to - total;
  return (
    <p className="together" role="status">
      Together <strong>{total}</strong> of {sum.to}
      {left === 0
        ? ': that is all of it.'
        : left > 0
          ? `; ${left} still to share out.`
          : `; ${-left} too many.`}
    </p>
  );
}
