import { ApplicationFailure } from '@temporalio/activity';
import { isDatabaseAway } from '../ledger/database.ts';
import { tellUndelivered, waitsForAPerson } from '../ledger/undelivered.ts';
import type { MailMessage, Outcome } from '../notify/smtp.ts';
import {
  CUT_OFF,
  claim,
  keepHanded,
  markCutOff,
  noteTry,
  requeue,
  settle,
  stillOpen,
  takeHanded,
  waitingPrompts,
} from './claim.ts';
import type { Claimed, Handed } from './claim.ts';
import { faultPoint } from './fault.ts';
import { putOff } from './hold.ts';
import type { Hold } from './hold.ts';
import { keepButton } from './links.ts';
import type { Ports } from './ports.ts';
import { prepare } from './prepare.ts';
import type { Prepared, PromptRow } from './prepare.ts';
import type { Recipient } from './recipient.ts';

export interface DeliverRequest {
  readonly org: string;
  readonly case: string;
  readonly keys: readonly string[];
}

const LOOK_AGAIN = '3s';

/** What this very process is sending, also on behalf of a delivery that was given up: never claimed a second time. */
const sendingHere = new Set<string>();

/**
 * `again`: the mail server did not take it; `unprepared`: it never came so far; `busy`: somebody is sending it;
 * `held`: put off to a better hour; `listed`: it waits for the list of a morning.
 */
type Done = 'settled' | 'failed' | 'again' | 'unprepared' | 'busy' | 'held' | 'listed';

async function tell(ports: Ports, row: Claimed, code: string): Promise<void> {
  await tellUndelivered(ports.pool, ports.org, row, code);
  faultPoint('deliver.after_notice');
}

async function fail(ports: Ports, row: Claimed, recipient: Recipient | null, code: string): Promise<Done> {
  // The notice first: done again after a crash it changes nothing, while a settled row would never come here again.
  await tell(ports, row, code);
  await settle(ports, row, 'failed', recipient, code);
  return 'failed';
}

/** Shown as unknown; of an offer or a notice of law HR has to find out. */
async function unknown(ports: Ports, row: Claimed, recipient: Recipient | null, why: string): Promise<Done> {
  if (waitsForAPerson(row)) await tell(ports, row, 'unknown');
  await settle(ports, row, 'unknown', recipient, why);
  return 'settled';
}

/** Writes down what the mail server answered; what cannot be written now, this process keeps for its next attempt. */
async function writeDown(ports: Ports, one: Handed): Promise<Done> {
  try {
    return await afterSend(ports, one);
  } catch (error) {
    // Refused for now: nothing was handed over, and `requeue` remembers that.
    if (one.outcome.is !== 'refused' || one.outcome.permanent) keepHanded(one);
    throw error;
  }
}

async function afterSend(ports: Ports, { row, recipient, outcome }: Handed): Promise<Done> {
  switch (outcome.is) {
    case 'sent':
      await settle(
        ports,
        row,
        'sent',
        recipient,
        row.cutOff || row.outcome === CUT_OFF ? 'sent_again' : 'sent',
      );
      return 'settled';
    case 'unknown':
      return unknown(ports, row, recipient, outcome.why);
    case 'refused':
      if (outcome.permanent) return fail(ports, row, recipient, outcome.code);
      await requeue(ports, row, outcome.code);
      return 'again';
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

/** Once cut off, a reminder still wanted is sent once more under its one Message-ID; a second time, or an offer: never. */
function mayGoOnceMore(row: Claimed, made: Prepared): boolean {
  return !waitsForAPerson(row) && row.outcome !== CUT_OFF && made.is !== 'drop';
}

async function handOver(ports: Ports, row: Claimed, made: Prepared): Promise<Done> {
  if (row.cutOff && !mayGoOnceMore(row, made)) return unknown(ports, row, null, 'interrupted');
  switch (made.is) {
    case 'drop':
      await settle(ports, row, 'dropped', null, made.why);
      return 'settled';
    case 'fail':
      return fail(ports, row, made.recipient, made.code);
    case 'listed':
      // The list of this morning has said it already: told, without a message of its own.
      await settle(ports, row, 'sent', made.recipient, 'in_digest', made.messageId);
      return 'settled';
    case 'send': {
      if (row.cutOff) await markCutOff(ports, row.key);
      faultPoint('deliver.after_claim');
      const outcome = await send(ports, made.mail);
      faultPoint('deliver.after_send');
      return writeDown(ports, { row, recipient: made.recipient, outcome });
    }
    default: {
      const never: never = made;
      return never;
    }
  }
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
async function attemptOne(ports: Ports, row: PromptRow): Promise<Done> {
  if (sendingHere.has(row.key)) return 'busy';
  sendingHere.add(row.key);
  try {
    return await attemptHere(ports, row);
  } finally {
    sendingHere.delete(row.key);
  }
}

/** Everything that can go wrong before the mail server is spoken to happens before the claim, and leaves it queued. */
async function attemptHere(ports: Ports, row: PromptRow): Promise<Done> {
  const handed = takeHanded(row);
  if (handed !== null) return noted(ports, row, await writeDown(ports, handed));
  let made: Prepared;
  try {
    made = await prepare(ports, row);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return unprepared(ports, row, error);
  }
  const sends = made.is === 'send' ? made : null;
  if (sends !== null && sends.hold !== null && (await putOff(ports, row.key, sends.hold)))
    return noted(ports, row, heldBy(sends.hold));
  // Before the message: whoever has it finds its link.
  if (sends !== null) await keepButton(ports, sends.button);
  const claimed = await claim(ports, row.key, sends?.recipient.person ?? null, sends?.most ?? 0);
  if (claimed === null) return (await stillOpen(ports, row.key)) ? 'busy' : 'settled';
  if (!('crowded' in claimed)) return noted(ports, row, await handOver(ports, claimed, made));
  const hold = sends?.whenCrowded(claimed);
  if (hold === undefined || !(await putOff(ports, row.key, hold))) return 'busy';
  return noted(ports, row, heldBy(hold));
}

const heldBy = ({ why }: Hold): Done => (why === 'digest' ? 'listed' : 'held');

function noted(ports: Ports, row: PromptRow, done: Done): Done {
  const code = row.visibility === 'C3' ? 'sealed' : row.code;
  ports.log.info('prompt', { case: row.case_id, code, done });
  return done;
}

/** That one waits for its next attempt, and the others behind it do not wait for it. */
async function unprepared(ports: Ports, row: PromptRow, error: unknown): Promise<Done> {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const shown = typeof code === 'string' ? code : String(name);
  await noteTry(ports, row.key, shown);
  ports.log.warn('prompt_unprepared', { case: row.case_id, code: shown });
  return 'unprepared';
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
 * @throws TransientFailure while the mail server is away or a message cannot be made; Temporal tries again
 */
export async function deliver(
  ports: Ports,
  request: DeliverRequest,
  beat: () => void = () => undefined,
): Promise<{ readonly stir: boolean }> {
  const done = new Set<Done>();
  let late = false;
  for (const row of await waitingPrompts(ports, request.case, request.keys)) {
    beat();
    const one = await attemptOne(ports, row);
    done.add(one);
    late ||= row.held !== null && one === 'settled';
  }
  // The run sleeps until what was put off may go, and one that waited only for that may end: its step says both.
  const stir = (await hasNews(ports, request.case)) || done.has('held') || late;
  // HR hears of what failed at once, also while another message keeps waiting: the step that follows asks for it again.
  if (stir) return { stir };
  const failure = { message: 'mail_server_away', type: 'TransientFailure' };
  if (done.has('busy')) throw ApplicationFailure.create({ ...failure, nextRetryDelay: LOOK_AGAIN });
  if (done.has('again')) throw ApplicationFailure.create(failure);
  if (done.has('unprepared')) throw ApplicationFailure.create({ ...failure, message: 'prompt_unprepared' });
  return { stir };
}
