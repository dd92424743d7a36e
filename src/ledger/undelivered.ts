import type { Db } from '../directory/db.ts';
import { undelivered } from '../domain/kernel/obligations.ts';

/** The rung of a word to a candidate about what was decided. */
const TOLD = 'told';

/** Of a row of `prompts`: which message it is. */
export interface PromptName {
  readonly key: string;
  readonly case_id: string;
  readonly code: string;
  readonly rung: string;
}

/**
 * Offers and notices of law: a second copy would matter, so after an unknown outcome a person looks first. P5.1 goes to
 * the candidate only; P3.5 and P4.5 are also the codes of what HR owes before, and those messages are reminders.
 */
export function waitsForAPerson({ code, rung }: Pick<PromptName, 'code' | 'rung'>): boolean {
  return code === 'P5.1' || ((code === 'P3.5' || code === 'P4.5') && rung === TOLD);
}

/** @returns whether a prompt stays true after what it is about was settled: it says what was done, and asks nothing. */
export function tellsWhatWasDone({ rung }: Pick<PromptName, 'rung'>): boolean {
  return rung === TOLD;
}

/**
 * Tells a prompt's case that it reached nobody, or that nobody can know it: an obligation of HR. Saying it again
 * changes nothing. About a prompt of such an obligation itself nothing is said: it stays with HR and stands on the
 * board, or a house without HR would tell itself so for ever.
 * @param code why: what the mail server said, or `unknown`
 */
export async function tellUndelivered(db: Db, org: string, prompt: PromptName, code: string): Promise<void> {
  if (prompt.code === undelivered.code) return;
  await db.query(
    `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
     values ($1, $2, $3, $3, false, 'prompt_undelivered', $4, org_now($1)) on conflict do nothing`,
    [org, `${prompt.key}/undelivered`, prompt.case_id, JSON.stringify({ prompt: prompt.key, code })],
  );
}
