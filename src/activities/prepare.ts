import type { Db } from '../directory/db.ts';
import { KeyErased, PersonUnknown } from '../directory/errors.ts';
import { person as readPerson } from '../directory/people.ts';
import type { Person } from '../directory/people.ts';
import { site as readSite } from '../directory/sites.ts';
import { tellsWhatWasDone } from '../ledger/undelivered.ts';
import type { PromptName } from '../ledger/undelivered.ts';
import type { TemplateCode } from '../notify/mail-facts.ts';
import { messageIdFor } from '../notify/message-id.ts';
import { textKey } from '../notify/prompt-texts.ts';
import type { MailMessage } from '../notify/smtp.ts';
import { render } from '../notify/templates.ts';
import type { Ports } from './ports.ts';
import { recipientOf } from './recipient.ts';
import type { Recipient } from './recipient.ts';

/** A prompt as its row holds it. */
export interface PromptRow extends PromptName {
  readonly obligation: string;
  readonly how: string;
  readonly owner: string;
  readonly due: number;
  readonly send_after: number;
  readonly visibility: string;
  readonly site: string;
  readonly outcome: string | null;
  readonly attempts: number;
}

/** What is to become of a prompt, before anybody is spoken to. */
export type Prepared =
  | { readonly is: 'send'; readonly recipient: Recipient; readonly mail: MailMessage }
  | { readonly is: 'drop'; readonly why: string }
  | { readonly is: 'fail'; readonly recipient: Recipient | null; readonly code: string };

/**
 * Why a prompt is not sent any more: somebody answered between the rung and now, or a later rung to the same owner is
 * due as well (the mail server was away over several): one message, never a burst.
 */
async function obsolete(db: Db, org: string, row: PromptRow): Promise<string | null> {
  const { rows } = await db.query<{ owed: boolean; later: boolean }>(
    `select exists (select 1 from obligations where org = $1 and case_id = $2 and id = $3) as owed,
       exists (select 1 from prompts where org = $1 and case_id = $2 and obligation = $3 and owner = $4
         and state = 'queued' and send_after > $5 and send_after <= org_now($1)) as later`,
    [org, row.case_id, row.obligation, row.owner, row.send_after],
  );
  // A word about what was done stays true; what is asked, or said of something that goes on, does not.
  if (rows[0]?.owed !== true && !tellsWhatWasDone(row)) return 'no_longer_owed';
  return rows[0]?.later === true ? 'superseded' : null;
}

function templateOf(row: PromptRow, standIn: boolean): TemplateCode {
  if (row.how === 'inform') return 'inform';
  if (row.how === 'escalate') return row.rung === 'r5' ? 'decide' : 'escalate';
  if (standIn) return 'stand_in';
  return row.how === 'ask' ? 'ask' : 'remind';
}

/** @returns the message, or the code of why there can be none: that person cannot be written to */
async function compose(ports: Ports, row: PromptRow, recipient: Recipient): Promise<MailMessage | string> {
  let who: Person;
  try {
    who = await readPerson(ports.pool, ports.keys, ports.org, recipient.person);
  } catch (error) {
    if (error instanceof PersonUnknown || error instanceof KeyErased) return error.code;
    throw error;
  }
  if (who.email === null) return 'no_address';
  const zone = who.zone ?? (await readSite(ports.pool, ports.org, row.site)).zone;
  const template = templateOf(row, recipient.standIn);
  const informs = template === 'inform';
  const rendered = render(template, {
    ref: row.case_id.slice(-6).toUpperCase(),
    prompt: textKey(row.code, row.obligation),
    // Who is only told has no date to keep: the message names its own day.
    due: informs ? row.send_after : row.due,
    zone,
    recipientName: who.name,
    confidential: row.visibility === 'C3',
    ...(informs ? {} : { why: recipient.standIn ? 'stand_in' : 'owner' }),
  });
  return { messageId: messageIdFor(ports.org, row.key), to: who.email, ...rendered };
}

/**
 * Finds out whether a prompt is still wanted, who gets it and what it says. Changes nothing and sends nothing: whatever
 * goes wrong in here, the prompt surely did not go out.
 * @throws errors of the database and the directory as they are
 */
export async function prepare(ports: Ports, row: PromptRow): Promise<Prepared> {
  const why = await obsolete(ports.pool, ports.org, row);
  if (why !== null) return { is: 'drop', why };
  const { rows } = await ports.pool.query<{ now: number }>('select org_now($1) as now', [ports.org]);
  const recipient = await recipientOf(ports.pool, ports.org, row.owner, rows[0]?.now ?? 0);
  if (recipient === null) return { is: 'fail', recipient, code: 'nobody_assigned' };
  const mail = await compose(ports, row, recipient);
  return typeof mail === 'string' ? { is: 'fail', recipient, code: mail } : { is: 'send', recipient, mail };
}
