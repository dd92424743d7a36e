import { undelivered } from '../domain/kernel/obligations.ts';
import { maySee } from '../domain/kernel/why.ts';
import type { Visibility } from '../domain/kernel/words.ts';
import { whoIs } from './ask-names.ts';
import type { Reader, ReadingOffice, Sight } from './ask-reader.ts';
import type { Waiting } from './ask-waiting.ts';

interface Draft {
  readonly waiting: Waiting;
  readonly sight: Sight;
}

interface Prompt {
  readonly key: string;
  readonly to: string;
  readonly visibility: Visibility;
}

const promptIn = ({ why }: Waiting): string | null =>
  !why.masked && why.code === undelivered.code ? undelivered.promptOf(why.id) : null;

/**
 * Says of each message that reached nobody whose it was, still without names: HR is to reach that person another way. A
 * message on a matter that is not the reader's stays without, as whom it was for would tell what it was about.
 */
export async function withUnreached<D extends Draft>(
  office: ReadingOffice,
  drafts: readonly D[],
  reader: Reader,
): Promise<readonly D[]> {
  const keys = drafts.flatMap(({ waiting }) => promptIn(waiting) ?? []);
  if (keys.length === 0) return drafts;
  const { rows } = await office.pool.query<Prompt>(
    'select key, coalesce(recipient, owner) as "to", visibility from prompts where key = any($2::text[]) and org = $1',
    [office.org, keys],
  );
  const prompts = new Map(rows.map((row) => [row.key, row]));
  return drafts.map((draft) => {
    const prompt = prompts.get(promptIn(draft.waiting) ?? '');
    if (prompt === undefined || !maySee(prompt.visibility, draft.sight, [])) return draft;
    return { ...draft, waiting: { ...draft.waiting, unreached: whoIs(prompt.to, reader) } };
  });
}
