import { ApplicationFailure } from '@temporalio/activity';
import { person as readPerson } from '../directory/people.ts';
import { site as readSite } from '../directory/sites.ts';
import type { Db } from '../directory/db.ts';
import { messageIdFor } from '../notify/message-id.ts';
import { render } from '../notify/templates.ts';
import type { TemplateCode } from '../notify/mail-facts.ts';
import type { MailMessage, Outcome } from '../notify/smtp.ts';
import { recipientOf } from './recipient.ts';
import type { Recipient } from './recipient.ts';
import type { Ports } from './ports.ts';

interface PromptRow {
  readonly key: string;
  readonly case_id: string;
  readonly obligation: string;
  readonly code: string;
  readonly rung: string;
  readonly how: string;
  readonly owner: string;
  readonly due: number;
  readonly visibility: string;
  readonly site: string;
  readonly attempts: number;
  readonly was: string;
}

export interface DeliverRequest {
  readonly org: string;
  readonly case: string;
  readonly keys: readonly string[];
}

/** Codes of which a second copy would matter: after an unknown outcome a person looks first. */
const waitsForAPerson = new Set(['P4.5', 'P3.5', 'P5.1']);

/**
 * Claims the prompts of a request: `queued` becomes `sending` before the conversation with the mail server begins.
 * One found in `sending` was cut off by a crash: whether it went out is not known.
 */
async function claim(db: Db, request: DeliverRequest): Promise<readonly PromptRow[]> {
  const { rows } = await db.query<PromptRow>(
    `update prompts p set state = 'sending', claimed_at = clock_timestamp(), attempts = p.attempts + 1
     from (select org, key, state from prompts where org = $1 and key = any($2::text[])
       and state in ('queued', 'sending') order by key for update) was
     where p.org = was.org and p.key = was.key
     returning p.key, p.case_id, p.obligation, p.code, p.rung, p.how, p.owner, p.due, p.visibility, p.site, p.attempts,
       was.state as was`,
    [request.org, request.keys],
  );
  return rows;
}

async function settle(
  ports: Ports,
  row: PromptRow,
  state: string,
  recipient: Recipient | null,
  outcome: string,
): Promise<void> {
  await ports.pool.query(
    `update prompts set state = $3, recipient = coalesce($4, recipient), message_id = $5, outcome = $6,
       settled_at = org_now($1), claimed_at = null where org = $1 and key = $2`,
    [ports.org, row.key, state, recipient?.person ?? null, messageIdFor(ports.org, row.key), outcome],
  );
}

/** Still owed? Somebody may have answered between the rung and now: nobody is reminded of what they did. */
async function wanted(db: Db, org: string, row: PromptRow): Promise<boolean> {
  const { rows } = await db.query('select 1 from obligations where org = $1 and case_id = $2 and id = $3', [
    org,
    row.case_id,
    row.obligation,
  ]);
  return rows.length > 0;
}

function templateOf(row: PromptRow, standIn: boolean): TemplateCode {
  if (row.how === 'escalate') return row.rung === 'r5' ? 'decide' : 'escalate';
  if (standIn) return 'stand_in';
  return row.how === 'ask' ? 'ask' : 'remind';
}

async function compose(ports: Ports, row: PromptRow, recipient: Recipient): Promise<MailMessage | string> {
  const who = await readPerson(ports.pool, ports.keys, ports.org, recipient.person);
  if (who.email === null) return 'no_address';
  const zone = who.zone ?? (await readSite(ports.pool, ports.org, row.site)).zone;
  const rendered = render(templateOf(row, recipient.standIn), {
    ref: row.case_id.slice(-6).toUpperCase(),
    prompt: row.code,
    due: row.due,
    zone,
    recipientName: who.name,
    confidential: row.visibility === 'C3',
    why: recipient.standIn ? 'stand_in' : 'owner',
  });
  return { messageId: messageIdFor(ports.org, row.key), to: who.email, ...rendered };
}

/** A prompt that reaches nobody is an obligation of HR, told to the case by a notice. */
async function undelivered(ports: Ports, row: PromptRow, code: string): Promise<void> {
  await ports.pool.query(
    `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
     values ($1, $2, $3, $3, false, 'prompt_undelivered', $4, org_now($1)) on conflict do nothing`,
    [ports.org, `${row.key}/undelivered`, row.case_id, JSON.stringify({ prompt: row.key, code })],
  );
}

type Done = 'settled' | 'stir' | 'again';

async function fail(ports: Ports, row: PromptRow, recipient: Recipient | null, code: string): Promise<Done> {
  // The notice first: done again after a crash it changes nothing, while a settled row would never come here again.
  await undelivered(ports, row, code);
  await settle(ports, row, 'failed', recipient, code);
  return 'stir';
}

async function requeue(ports: Ports, row: PromptRow, code: string): Promise<Done> {
  await ports.pool.query(
    `update prompts set state = 'queued', outcome = $3, claimed_at = null where org = $1 and key = $2`,
    [ports.org, row.key, code],
  );
  return 'again';
}

async function afterSend(
  ports: Ports,
  row: PromptRow,
  recipient: Recipient,
  outcome: Outcome,
): Promise<Done> {
  switch (outcome.is) {
    case 'sent':
      await settle(ports, row, 'sent', recipient, 'sent');
      return 'settled';
    case 'unknown':
      await settle(ports, row, 'unknown', recipient, outcome.why);
      return 'settled';
    case 'refused':
      return outcome.permanent
        ? fail(ports, row, recipient, outcome.code)
        : requeue(ports, row, outcome.code);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

async function deliverOne(ports: Ports, row: PromptRow): Promise<Done> {
  if (row.was === 'sending' && (waitsForAPerson.has(row.code) || row.attempts > 2)) {
    await settle(ports, row, 'unknown', null, 'interrupted');
    return 'settled';
  }
  if (!(await wanted(ports.pool, ports.org, row))) {
    await settle(ports, row, 'dropped', null, 'no_longer_owed');
    return 'settled';
  }
  const { rows } = await ports.pool.query<{ now: number }>('select org_now($1) as now', [ports.org]);
  const recipient = await recipientOf(ports.pool, ports.org, row.owner, rows[0]?.now ?? 0);
  if (recipient === null) return fail(ports, row, null, 'nobody_assigned');
  const mail = await compose(ports, row, recipient);
  if (typeof mail === 'string') return fail(ports, row, recipient, mail);
  return afterSend(ports, row, recipient, await ports.mail.send(mail));
}

/**
 * Sends the prompts of a case whose time has come. Idempotent: a prompt that left `queued` is not sent again, except a
 * reminder cut off while sending, once, under its one Message-ID.
 * @returns whether the case has something new to look at
 * @throws TransientFailure while the mail server is away; Temporal tries again
 */
export async function deliver(ports: Ports, request: DeliverRequest): Promise<{ readonly stir: boolean }> {
  const rows = await claim(ports.pool, request);
  let stir = false;
  let again = false;
  for (const row of rows) {
    const done = await deliverOne(ports, row);
    ports.log.info('prompt', {
      case: row.case_id,
      code: row.visibility === 'C3' ? 'sealed' : row.code,
      done,
    });
    stir ||= done === 'stir';
    again ||= done === 'again';
  }
  if (again) throw ApplicationFailure.retryable('mail_server_away', 'TransientFailure');
  return { stir };
}
