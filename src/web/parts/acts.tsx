import { Link } from '@tanstack/react-router';
import { commandName } from '../app/command-words.ts';
import type { CommandLine } from '../app/types.ts';
import { layoutOf } from '../forms/layout.ts';

/** What a decision is called on its button and its page. */
export const actName = ({ kind, type }: Pick<CommandLine, 'kind' | 'type'>): string =>
  layoutOf(kind, type)?.title ?? commandName(kind, type);

/** Buttons to decisions in a case, the likeliest first. */
export function ActLinks({
  id,
  list,
  words = {},
}: {
  readonly id: string;
  readonly list: readonly CommandLine[];
  /** What a decision is called here, by its type, where that is less than all it can be. */
  readonly words?: Readonly<Record<string, string>>;
}) {
  if (list.length === 0) return null;
  return (
    <p className="buttons">
      {list.map((one, n) => (
        <Link
          key={one.type}
          className={n === 0 ? 'button button-main' : 'button'}
          to="/cases/$case/do/$type"
          params={{ case: id, type: one.type }}
        >
          {words[one.type] ?? actName(one)}
        </Link>
      ))}
    </p>
  );
}
