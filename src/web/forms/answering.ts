import { commandsFor, knownFor } from '../../domain/answered-by.ts';
import { answersTo } from '../../domain/answers.ts';
import { isTold } from '../../domain/kernel/why.ts';
import type { CommandLine, Waiting } from '../app/types.ts';

/** What is owed is answered by one of these commands, the likeliest first. */
export function answering(
  { why, case: of }: Waiting,
  list: readonly CommandLine[],
  now?: number,
): readonly CommandLine[] {
  if (why.masked) return [];
  // A session is moved until its day is over, and recorded from its day on.
  const past = now !== undefined && isTold(why) && why.due < now;
  // What may be answered from a message is what this very item asks of this very person.
  const item = { case: of, code: why.code, id: why.id };
  const named = [...new Set([...answersTo(item).map(({ type }) => type), ...commandsFor(item)])];
  const fits = (type: string): boolean => !past || type !== 'move_session';
  const first = named.filter(fits).flatMap((type) => list.filter((one) => one.type === type));
  const same = list.filter((one) => one.code === why.code && !first.includes(one) && fits(one.type));
  return [...first, ...same];
}

/** What of a command is known already from what is owed: a planned day, the number of a talk, an item. */
export function prefilled(type: string, owed: readonly Waiting[]): Readonly<Record<string, unknown>> {
  for (const { why, case: id } of owed) {
    if (why.masked) continue;
    const known = knownFor(type, { case: id, code: why.code, id: why.id });
    if (Object.keys(known).length > 0) return known;
  }
  return {};
}
