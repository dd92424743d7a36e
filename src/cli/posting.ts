import { blockedInLetter } from '../client/guard-letters.ts';
import { loadGuard, readHere } from '../client/guard-load.ts';
import { makePosting } from '../client/letters-posting.ts';
import type { Exit } from './exit.ts';
import { mustBe } from './ids.ts';
import type { Io } from './io.ts';
import { checkOut, givenOf, made, put, tellBlocked } from './letter.ts';
import type { LetterOptions } from './letter.ts';
import { within } from './open.ts';

export interface PostingOptions extends Omit<LetterOptions, 'case' | 'section'> {
  readonly as: string;
}

/** `opening posting`: the posting of an opening, from the approved description and the days of the opening. */
export async function postingCommand(io: Io, id: string, options: PostingOptions): Promise<Exit> {
  mustBe('opening', id);
  checkOut(options);
  const asked = givenOf(options);
  const json = options.json === true;
  return within(options, io.env, async ({ office }) => {
    const guard = await loadGuard();
    const typed = blockedInLetter(asked.fields, guard).filter(({ surface }) => surface === 'question');
    if (typed.length > 0) return tellBlocked(io, json, typed);
    const posting = await made(() => makePosting(office, options.as, id, asked, readHere));
    if (posting.letter === null) return tellBlocked(io, json, posting.blocked);
    return put(io, posting.letter, { is: 'made', kind: 'posting', case: id }, options);
  });
}
