import type { PersonRef } from '../domain/kernel/words.ts';
import { namesOf, withName } from './ask-names.ts';
import type { Who } from './ask-names.ts';
import { selvesOf } from './ask-reader.ts';
import type { Reader, ReadingOffice, Sight } from './ask-reader.ts';
import type { Waiting } from './ask-waiting.ts';

interface Draft {
  readonly waiting: Waiting;
  readonly sight: Sight;
}

/** People a reader may see the names of among what waits: where they see names, and always themselves. */
function nameable(drafts: readonly Draft[], reader: Reader): ReadonlySet<PersonRef> {
  const refs = new Set<PersonRef>(selvesOf(reader));
  const add = (one: Who | null): void => {
    if (one?.person) refs.add(one.person);
    if (one?.standIn) refs.add(one.standIn);
  };
  for (const { sight, waiting } of drafts) {
    if (!sight.names) continue;
    add(waiting.who);
    waiting.nextTo.forEach(add);
    add(waiting.unreached);
  }
  return refs;
}

/** Says of everybody who is named in a list who that is, as far as its reader may know. Two cases may ask two people of one office. */
export async function withNames(
  office: ReadingOffice,
  drafts: readonly Draft[],
  reader: Reader,
): Promise<readonly Waiting[]> {
  const names = await namesOf(office, nameable(drafts, reader));
  const nameOf = (who: Who): Who => withName(who, names);
  return drafts.map(({ waiting }) => {
    const { who, nextTo, unreached } = waiting;
    return {
      ...waiting,
      who: who === null ? null : nameOf(who),
      nextTo: nextTo.length === 0 ? nextTo : nextTo.map(nameOf),
      unreached: unreached === null ? null : nameOf(unreached),
    };
  });
}
