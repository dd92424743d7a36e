import type { Outcome } from '../notify/smtp.ts';
import { messageIdFor } from '../notify/message-id.ts';
import { TEMPLATE_VERSION } from '../notify/templates.ts';
import type { Ports } from './ports.ts';
import type { PromptRow } from './prepare.ts';
import type { Recipient } from './recipient.ts';

/** A prompt that this process alone may hand over now. */
export interface Claimed extends PromptRow {
  /** It was found in `sending`: an earlier hand-over was cut off, and nobody knows whether it arrived. */
  readonly cutOff: boolean;
}

/** The outcome of a prompt whose hand-over was cut off once. */
export const CUT_OFF = 'cut_off';

/**
 * A claim of another process that is older than this was cut off: a delivery is given to somebody else only when its
 * process gave no sign of life for as long (the heartbeat of `deliver`).
 */
export const CUT_OFF_MS = 10_000;

const COLUMNS = `key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site, outcome, attempts,
  held, coalesce(rung_at, send_after) as rung_at`;

/**
 * Prompts that wait: those asked for, those of the case whose time has come since, and those that only waited for company
 * or were cut off when they went along. In key order.
 */
const WAITING_SQL = `
  select ${COLUMNS} from prompts where org = $1 and ((key = any($2::text[]) and state in ('queued', 'sending'))
    or (case_id = $3 and state = 'queued' and held is distinct from 'digest' and send_after <= (select org_now($1)))
    or (case_id = $3 and state in ('queued', 'sending') and held = 'beside')) order by send_after, key`;

/** The hour of its recipient is used up: by messages of its own, or by the list of the morning. */
export interface Crowded {
  readonly crowded: 'own' | 'list';
  /** When the last of them went out. */
  readonly last: number;
}

type Claiming =
  | { readonly row: Omit<PromptRow, 'rung_at'> & { readonly rung_at: number | null }; readonly was: string }
  | Crowded
  | null;

/** Claims of which this process knows that nothing was handed over, though the database could not be told. */
const neverHanded = new Set<string>();
const claimOf = (key: string, attempt: number): string => `${key}#${attempt}`;

/** What the mail server answered to a claim of this process. */
export interface Handed {
  readonly row: Claimed;
  readonly recipient: Recipient;
  readonly outcome: Outcome;
}

/** Claims of which this process knows what became of them, though the database could not be told. */
const handed = new Map<string, Handed>();

/** Keeps an answer that could not be written down: the next attempt of this process writes it, and sends nothing. */
export function keepHanded(one: Handed): void {
  handed.set(claimOf(one.row.key, one.row.attempts), one);
}

/** @returns the kept answer to the claim that a row shows, or null; taking it forgets it */
export function takeHanded(row: PromptRow): Handed | null {
  const name = claimOf(row.key, row.attempts);
  const one = handed.get(name) ?? null;
  handed.delete(name);
  return one;
}

export async function waitingPrompts(
  ports: Ports,
  caseId: string,
  keys: readonly string[],
): Promise<readonly PromptRow[]> {
  const { rows } = await ports.pool.query<PromptRow>(WAITING_SQL, [ports.org, keys, caseId]);
  return rows;
}

/**
 * Claims one prompt, right before its conversation with the mail server begins: `queued` becomes `sending`. One found in
 * `sending` for too long was cut off by a crash: whether it went out is not known. A younger one is somebody's.
 * @param most how many messages its recipient may get within an hour; 0: any number
 * @returns null when it is somebody else's, or settled meanwhile
 */
export async function claim(
  ports: Ports,
  key: string,
  person: string | null,
  most: number,
): Promise<Claimed | Crowded | null> {
  const { rows } = await ports.pool.query<{ claimed: Claiming }>(
    'select claim_prompt($1, $2, $3, $4, $5) as claimed',
    [ports.org, key, CUT_OFF_MS, person, most],
  );
  const claimed = rows[0]?.claimed ?? null;
  if (claimed === null || 'crowded' in claimed) return claimed;
  const { row, was } = claimed;
  const known = neverHanded.delete(claimOf(key, row.attempts - 1));
  return { ...row, rung_at: row.rung_at ?? row.send_after, cutOff: was === 'sending' && !known };
}

/** Whether somebody still has to send it, or is sending it at this moment. */
export async function stillOpen(ports: Ports, key: string): Promise<boolean> {
  const { rows } = await ports.pool.query(
    `select 1 from prompts where org = $1 and key = $2 and state in ('queued', 'sending')`,
    [ports.org, key],
  );
  return rows.length > 0;
}

/** @param messageId of what told them; the prompt's own unless a list named it */
export async function settle(
  ports: Ports,
  row: Pick<PromptRow, 'key'>,
  state: 'sent' | 'failed' | 'unknown' | 'dropped',
  recipient: Recipient | null,
  outcome: string,
  messageId: string = messageIdFor(ports.org, row.key),
): Promise<void> {
  await ports.pool.query(
    `update prompts set state = $3, recipient = coalesce($4, recipient), message_id = $5, outcome = $6,
       template_version = $7, settled_at = org_now($1), claimed_at = null where org = $1 and key = $2`,
    [ports.org, row.key, state, recipient?.person ?? null, messageId, outcome, TEMPLATE_VERSION],
  );
}

/** Back to `queued`: the mail server does not have it. What was cut off once stays marked so. */
export async function requeue(ports: Ports, row: Claimed, code: string): Promise<void> {
  const outcome = row.cutOff || row.outcome === CUT_OFF ? CUT_OFF : code;
  try {
    await ports.pool.query(
      `update prompts set state = 'queued', outcome = $3, claimed_at = null where org = $1 and key = $2`,
      [ports.org, row.key, outcome],
    );
  } catch (error) {
    if (outcome !== CUT_OFF) neverHanded.add(claimOf(row.key, row.attempts));
    throw error;
  }
}

/** Notes that it is about to be handed over once more, after a first hand-over was cut off. */
export async function markCutOff(ports: Ports, key: string): Promise<void> {
  await ports.pool.query('update prompts set outcome = $3 where org = $1 and key = $2', [
    ports.org,
    key,
    CUT_OFF,
  ]);
}

/** A try that ended before anything was claimed: the row stays queued and shows the try and its code. */
export async function noteTry(ports: Ports, key: string, code: string): Promise<void> {
  await ports.pool.query(
    `update prompts set attempts = attempts + 1, outcome = case when outcome = $4 then outcome else $3 end
     where org = $1 and key = $2 and state = 'queued'`,
    [ports.org, key, code, CUT_OFF],
  );
}
