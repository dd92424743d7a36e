import { ApplicationFailure } from '@temporalio/activity';
import { KeyErased, PersonUnknown } from '../directory/errors.ts';
import { person as readPerson } from '../directory/people.ts';
import type { Person } from '../directory/people.ts';
import { site as readSite } from '../directory/sites.ts';
import type { Db } from '../directory/db.ts';
import { messageIdFor } from '../notify/message-id.ts';
import { TEMPLATE_VERSION, render } from '../notify/templates.ts';
import type { TemplateCode } from '../notify/mail-facts.ts';
import { textKey } from '../notify/prompt-texts.ts';
import type { MailMessage, Outcome } from '../notify/smtp.ts';
import { faultPoint } from './fault.ts';
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
  readonly send_after: number;
  readonly visibility: string;
  readonly site: string;
  readonly outcome: string | null;
  readonly was: string;
}

/** The kernel's obligation of HR for a prompt that reached nobody. */
const UNDELIVERED = 'UNDELIVERED';
const CUT_OFF = 'cut_off';
/** The rung of a word to a candidate about what HR has done. */
const TOLD = 'told';

export interface DeliverRequest {
  readonly org: string;
  readonly case: string;
  readonly keys: readonly string[];
}

/** Codes of which a second copy would matter: after an unknown outcome a person looks first. */
const waitsForAPerson = new Set(['P4.5', 'P3.5', 'P5.1']);

/**
 * A claim of another process that is older than this was cut off: a delivery is given to somebody else only when its
 * process gave no sign of life for as long (the heartbeat of `deliver`).
 */
const CUT_OFF_MS = 10_000;
const LOOK_AGAIN = '3s';

/** What this very process is sending, also on behalf of a delivery that was given up: never claimed a second time. */
const sendingHere = new Set<string>();

/** Prompts that wait: those asked for, those of the case whose time has come since, and those cut off. In key order. */
const WAITING_SQL = `
  select key from prompts where org = $1 and ((key = any($2::text[]) and state in ('queued', 'sending'))
    or (case_id = $3 and state = 'queued' and send_after <= org_now($1))) order by send_after, key`;

/**
 * Claims one prompt, right before its conversation with the mail server begins: `queued` becomes `sending`. One found in
 * `sending` for too long was cut off by a crash: whether it went out is not known. A younger one is somebody's.
 */
const CLAIM_SQL = `
  update prompts p set state = 'sending', claimed_at = clock_timestamp(), attempts = p.attempts + 1
  from (select org, key, state from prompts where org = $1 and key = $2 and (state = 'queued' or (state = 'sending'
    and claimed_at < clock_timestamp() - make_interval(secs => $3 / 1000.0))) for update) was
  where p.org = was.org and p.key = was.key
  returning p.key, p.case_id, p.obligation, p.code, p.rung, p.how, p.owner, p.due, p.send_after, p.visibility, p.site,
    p.outcome, was.state as was`;

async function settle(
  ports: Ports,
  row: PromptRow,
  state: string,
  recipient: Recipient | null,
  outcome: string,
): Promise<void> {
  await ports.pool.query(
    `update prompts set state = $3, recipient = coalesce($4, recipient), message_id = $5, outcome = $6,
       template_version = $7, settled_at = org_now($1), claimed_at = null where org = $1 and key = $2`,
    [
      ports.org,
      row.key,
      state,
      recipient?.person ?? null,
      messageIdFor(ports.org, row.key),
      outcome,
      TEMPLATE_VERSION,
    ],
  );
}

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
  if (rows[0]?.owed !== true && row.rung !== TOLD) return 'no_longer_owed';
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
 * A prompt that reaches nobody is an obligation of HR, told to the case by a notice. One about such an obligation itself
 * is not: it stays with HR and stands on the board, or a house without HR would tell itself so for ever.
 */
async function undelivered(ports: Ports, row: PromptRow, code: string): Promise<void> {
  if (row.code === UNDELIVERED) return;
  await ports.pool.query(
    `insert into notices (org, key, from_case, to_case, starts, kind, body, at)
     values ($1, $2, $3, $3, false, 'prompt_undelivered', $4, org_now($1)) on conflict do nothing`,
    [ports.org, `${row.key}/undelivered`, row.case_id, JSON.stringify({ prompt: row.key, code })],
  );
  faultPoint('deliver.after_notice');
}

type Done = 'settled' | 'failed' | 'again' | 'busy';

async function fail(ports: Ports, row: PromptRow, recipient: Recipient | null, code: string): Promise<Done> {
  // The notice first: done again after a crash it changes nothing, while a settled row would never come here again.
  await undelivered(ports, row, code);
  await settle(ports, row, 'failed', recipient, code);
  return 'failed';
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
      await settle(ports, row, 'sent', recipient, row.was === 'sending' ? 'sent_again' : 'sent');
      return 'settled';
    case 'unknown':
      await settle(ports, row, 'unknown', recipient, outcome.why);
      return 'settled';
    case 'refused':
      return outcome.permanent
        ? fail(ports, row, recipient, outcome.code)
        : requeue(ports, row, row.was === 'sending' || row.outcome === CUT_OFF ? CUT_OFF : outcome.code);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** Once cut off while sending, a reminder is sent once more under its one Message-ID; a second time, or an offer: never. */
async function onceMore(ports: Ports, row: PromptRow): Promise<boolean> {
  if (waitsForAPerson.has(row.code) || row.outcome === CUT_OFF) {
    await settle(ports, row, 'unknown', null, 'interrupted');
    return false;
  }
  await ports.pool.query('update prompts set outcome = $3 where org = $1 and key = $2', [
    ports.org,
    row.key,
    CUT_OFF,
  ]);
  return true;
}

async function deliverOne(ports: Ports, row: PromptRow): Promise<Done> {
  if (row.was === 'sending' && !(await onceMore(ports, row))) return 'settled';
  const why = await obsolete(ports.pool, ports.org, row);
  if (why !== null) {
    await settle(ports, row, 'dropped', null, why);
    return 'settled';
  }
  const { rows } = await ports.pool.query<{ now: number }>('select org_now($1) as now', [ports.org]);
  const recipient = await recipientOf(ports.pool, ports.org, row.owner, rows[0]?.now ?? 0);
  if (recipient === null) return fail(ports, row, null, 'nobody_assigned');
  const mail = await compose(ports, row, recipient);
  if (typeof mail === 'string') return fail(ports, row, recipient, mail);
  faultPoint('deliver.after_claim');
  const outcome = await send(ports, mail);
  faultPoint('deliver.after_send');
  return afterSend(ports, row, recipient, outcome);
}

/** An address or text no mail server would take is that one message's fault, and must not keep the others waiting. */
async function send(ports: Ports, mail: MailMessage): Promise<Outcome> {
  try {
    return await ports.mail.send(mail);
  } catch (error) {
    const { code } = error as { code?: unknown };
    return { is: 'refused', permanent: true, code: typeof code === 'string' ? code : 'message_invalid' };
  }
}

/** @returns what became of it; `busy` for one that somebody is sending at this moment */
async function attemptOne(ports: Ports, key: string): Promise<Done> {
  if (sendingHere.has(key)) return 'busy';
  sendingHere.add(key);
  try {
    return await claimAndSend(ports, key);
  } finally {
    sendingHere.delete(key);
  }
}

async function claimAndSend(ports: Ports, key: string): Promise<Done> {
  const { rows } = await ports.pool.query<PromptRow>(CLAIM_SQL, [ports.org, key, CUT_OFF_MS]);
  const row = rows[0];
  if (row === undefined) {
    const { rows: open } = await ports.pool.query(
      `select 1 from prompts where org = $1 and key = $2 and state in ('queued', 'sending')`,
      [ports.org, key],
    );
    return open.length > 0 ? 'busy' : 'settled';
  }
  const done = await deliverOne(ports, row);
  ports.log.info('prompt', {
    case: row.case_id,
    code: row.visibility === 'C3' ? 'sealed' : row.code,
    done,
  });
  return done;
}

async function hasNews(ports: Ports, caseId: string): Promise<boolean> {
  const { rows } = await ports.pool.query<{ news: boolean }>(
    'select exists (select 1 from notices where org = $1 and to_case = $2 and outcome is null) as news',
    [ports.org, caseId],
  );
  return rows[0]?.news === true;
}

/**
 * Sends the prompts of a case whose time has come. Idempotent: a prompt that left `queued` is not sent again, except a
 * reminder cut off while sending, once, under its one Message-ID.
 * @param beat called between two messages: says that this is alive, and throws when it was given up
 * @returns whether the case has something new to look at, read from rows, so that a crash loses none of it
 * @throws TransientFailure while the mail server is away; Temporal tries again
 */
export async function deliver(
  ports: Ports,
  request: DeliverRequest,
  beat: () => void = () => undefined,
): Promise<{ readonly stir: boolean }> {
  const { rows } = await ports.pool.query<{ key: string }>(WAITING_SQL, [
    ports.org,
    request.keys,
    request.case,
  ]);
  const done = new Set<Done>();
  for (const { key } of rows) {
    beat();
    done.add(await attemptOne(ports, key));
  }
  const stir = await hasNews(ports, request.case);
  // HR hears of what failed at once, also while another message keeps waiting: the step that follows asks for it again.
  if (stir) return { stir };
  const failure = { message: 'mail_server_away', type: 'TransientFailure' };
  if (done.has('busy')) throw ApplicationFailure.create({ ...failure, nextRetryDelay: LOOK_AGAIN });
  if (done.has('again')) throw ApplicationFailure.create(failure);
  return { stir };
}
