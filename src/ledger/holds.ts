import { LinkBook, linkOf } from '../domain/holds.ts';
import type { Link } from '../domain/holds.ts';
import type { CommandLike } from '../domain/kernel/decider.ts';
import type { Held } from '../domain/kernel/held.ts';
import { blocked } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { CaseId } from '../domain/kernel/words.ts';
import type { Db } from '../directory/db.ts';

/** The fact that a hold publishes while it stands: all that leaves the vault about it. */
const LEGAL_HOLD = 'legal_hold';

interface Standing {
  readonly subject: string;
  readonly clock: CaseId;
}

async function standing(db: Db, org: string): Promise<readonly Standing[]> {
  const { rows } = await db.query<Standing>(
    'select subject, case_id as clock from facts where org = $1 and kind = $2 order by case_id',
    [org, LEGAL_HOLD],
  );
  return rows;
}

async function links(db: Db, org: string): Promise<readonly Link[]> {
  const { rows } = await db.query<{ case_id: CaseId; state: string }>(
    `select case_id, state from cases where org = $1 and not confidential
     and kind in ('opening', 'candidacy', 'employment', 'review')`,
    [org],
  );
  return rows.flatMap(({ case_id, state }) => {
    const { own } = JSON.parse(state) as Partial<Held>;
    return own === undefined ? [] : (linkOf(case_id, own) ?? []);
  });
}

/**
 * The holds that reach one of these cases or people (X29). Under the head's lock the answer is true until the
 * transaction ends: a hold is set by a row of the ledger.
 * @returns the clocks they stand in; empty when nothing is held
 */
export async function holdsOver(db: Db, org: string, wanted: readonly string[]): Promise<readonly CaseId[]> {
  const all = await standing(db, org);
  if (all.length === 0) return [];
  const known = new LinkBook(await links(db, org));
  return all.flatMap(({ subject, clock }) => {
    const covered = known.coveredBy(subject);
    return wanted.some((one) => covered.has(one)) ? [clock] : [];
  });
}

/** Commands after which something is gone for good: a text that HR deletes (X30), a deletion that was asked for (X32). */
function deletes({ type, payload }: CommandLike): boolean {
  const said = payload as { readonly outcome?: unknown; readonly answer?: unknown };
  if (type === 'settle_redaction') return said.outcome === 'deleted';
  return type === 'answer_request' && said.answer === 'done';
}

/** X32: that a hold is why records are kept is said of a hold that stands. */
function namesHold({ type, payload }: CommandLike): boolean {
  const said = payload as { readonly answer?: unknown; readonly because?: unknown };
  return type === 'answer_request' && said.answer === 'kept' && said.because === 'legal_hold';
}

/** X29: nothing under a hold is deleted. Whoever asks hears that one stands, and nothing else about it. */
export async function heldBack(
  db: Db,
  org: string,
  caseId: CaseId,
  command: CommandLike,
  texts: readonly string[],
): Promise<Refusal | null> {
  if (namesHold(command)) {
    const stands = (await holdsOver(db, org, [caseId])).length > 0;
    return stands ? null : blocked('X32', { code: 'no_hold_on_file' });
  }
  if (!deletes(command)) return null;
  const { rows } = await db.query<{ subject: string }>(
    'select distinct subject from texts where org = $1 and ref = any($2::text[])',
    [org, [...texts]],
  );
  const holds = await holdsOver(db, org, [caseId, ...rows.map(({ subject }) => subject)]);
  return holds.length === 0 ? null : blocked('X29', { code: 'legal_hold' });
}
