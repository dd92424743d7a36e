import type { Db } from '../directory/db.ts';
import { KeyErased, PersonUnknown } from '../directory/errors.ts';
import { person as readPerson } from '../directory/people.ts';
import type { Person } from '../directory/people.ts';
import { site as readSite } from '../directory/sites.ts';
import { afterCrowd } from '../domain/kernel/post.ts';
import { tellsWhatWasDone } from '../ledger/undelivered.ts';
import type { PromptName } from '../ledger/undelivered.ts';
import type { DigestLine, TemplateCode } from '../notify/mail-facts.ts';
import { messageIdFor } from '../notify/message-id.ts';
import { textKey } from '../notify/prompt-texts.ts';
import type { MailMessage } from '../notify/smtp.ts';
import { render } from '../notify/templates.ts';
import type { Crowded } from './claim.ts';
import { greetedAs } from './greeting.ts';
import type { Greeted } from './greeting.ts';
import type { Hold } from './hold.ts';
import { buttonOf } from './links.ts';
import type { Button } from './links.ts';
import { apartOf, casesAbout } from './own-case.ts';
import type { Ports } from './ports.ts';
import { MEETING, calendarOf, meetingObsolete, wordOf } from './meeting.ts';
import { movedLines, tellsOfMoved } from './moved.ts';
import { postOf } from './post.ts';
import type { Posted } from './post.ts';
import { besideThem } from './next-in-line.ts';
import { absenceOf, recipientOf } from './recipient.ts';
import type { Absence, Recipient } from './recipient.ts';

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
  /** Why it was put off: quiet time, a full hour, the list of a morning, a leave, or until another message goes. */
  readonly held: string | null;
  /** When its rung was, however often it was put off. */
  readonly rung_at: number;
}

/** What is to become of a prompt, before anybody is spoken to. */
export type Prepared =
  | {
      readonly is: 'send';
      readonly recipient: Recipient;
      readonly mail: MailMessage;
      /** Kept before it goes out. */
      readonly button: Button | null;
      /** Not now. */
      readonly hold: Hold | null;
      /** How many messages its recipient may get within an hour; 0: any number. */
      readonly most: number;
      readonly whenCrowded: (crowd: Crowded) => Hold;
    }
  | { readonly is: 'listed'; readonly recipient: Recipient; readonly messageId: string }
  | { readonly is: 'drop'; readonly why: string }
  | { readonly is: 'fail'; readonly recipient: Recipient | null; readonly code: string };

/**
 * Why a prompt is not sent any more: somebody answered between the rung and now, or a later rung to the same owner is
 * due as well or went out (the mail server was away over several, or it was put off): one message, never a burst.
 */
export async function obsolete(db: Db, org: string, row: PromptRow): Promise<string | null> {
  const { rows } = await db.query<{ owed: boolean; later: boolean }>(
    `select exists (select 1 from obligations where org = $1 and case_id = $2 and id = $3) as owed,
       exists (select 1 from prompts where org = $1 and case_id = $2 and obligation = $3 and owner = $4
         and state in ('queued', 'sending', 'sent') and coalesce(rung_at, send_after) > $5
         and coalesce(rung_at, send_after) <= org_now($1)) as later`,
    [org, row.case_id, row.obligation, row.owner, row.rung_at],
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

/** @returns the person, or the code of why they cannot be written to */
async function personOf(ports: Ports, ref: string): Promise<Person | string> {
  try {
    return await readPerson(ports.pool, ports.keys, ports.org, ref);
  } catch (error) {
    if (error instanceof PersonUnknown || error instanceof KeyErased) return error.code;
    throw error;
  }
}

/** @returns the zone in which a person reads times: their own, else that of the site */
export async function zoneOf(ports: Ports, who: Person, site: string): Promise<string> {
  return who.zone ?? (await readSite(ports.pool, ports.org, site)).zone;
}

function mailOf(
  ports: Ports,
  row: PromptRow,
  recipient: Recipient,
  who: Person,
  posted: Posted,
  button: Button | null,
  greeted: Greeted,
): MailMessage {
  const template = templateOf(row, recipient.standIn);
  const informs = template === 'inform';
  const meets = row.code === MEETING;
  const rendered = render(template, {
    ref: row.case_id.slice(-6).toUpperCase(),
    prompt: meets ? `${MEETING}:${wordOf(row.rung).word}` : textKey(row.code, row.obligation),
    // Who is only told has no date to keep: the message names its own day, and that of a meeting its.
    due: informs && !meets ? row.send_after : row.due,
    zone: posted.zone,
    ...greeted,
    confidential: row.visibility === 'C3',
    ...(informs ? {} : { why: recipient.standIn ? 'stand_in' : 'owner' }),
    ...(posted.owedAnyway ? { anyway: true } : {}),
    ...(button === null ? {} : { link: button.link, linkIs: button.linkIs }),
  });
  return { messageId: messageIdFor(ports.org, row.key), to: who.email ?? '', ...rendered };
}

/** The open items that a stand-in answers from now on, in one message. */
function listOfMoved(
  ports: Ports,
  row: PromptRow,
  { email }: Person,
  { zone, now }: Posted,
  lines: readonly DigestLine[],
  greeted: Greeted,
): MailMessage {
  const facts = { ref: row.obligation, due: now, zone, ...greeted, lines, standsIn: true } as const;
  return { messageId: messageIdFor(ports.org, row.key), to: email ?? '', ...render('digest', facts) };
}

/** Where it goes when it does not go now: with the rules of its site and the recipient's clock. */
function holding(recipient: Recipient, posted: Posted): Pick<Sending, 'hold' | 'most' | 'whenCrowded'> {
  const { route, rules, zone, letter, now, nextList } = posted;
  const place = { person: recipient.person, zone, at: rules?.digestAt ?? 0, law: letter.law };
  const whenCrowded = ({ crowded, last }: Crowded): Hold => {
    const box = { now, nextList, last, byList: crowded === 'list' };
    return { ...place, ...(rules === null ? { why: 'hour', until: now } : afterCrowd(letter, box, rules)) };
  };
  if (route.is === 'now') return { hold: null, most: route.most, whenCrowded };
  return { hold: { ...place, why: route.why, until: route.until }, most: 0, whenCrowded };
}

type Sending = Extract<Prepared, { is: 'send' }>;

/** X13: whatever case it comes from, it waits for the return; the ladder goes on to HR meanwhile. */
function untilReturn(
  recipient: Recipient,
  posted: Posted,
  until: number,
): Pick<Sending, 'hold' | 'most' | 'whenCrowded'> {
  const { zone, letter } = posted;
  const hold: Hold = { why: 'away', until, person: recipient.person, zone, at: 0, law: letter.law };
  return { hold, most: 0, whenCrowded: () => hold };
}

/** X22: what a person was asked themselves goes to nobody in their place either; their own absence comes before another's. */
async function awayFor(
  ports: Ports,
  owner: string,
  recipient: Recipient,
  now: number,
): Promise<Absence | null> {
  const { pool, org } = ports;
  const own = owner.startsWith('prs_') ? await absenceOf(pool, org, owner, now) : null;
  if (own !== null && own.is !== 'away') return own;
  return absenceOf(pool, org, recipient.person, now);
}

/** Until when a message waits, though it is one of law while a death may still be taken back. */
function waitsUntil(absence: Absence | null, law: boolean): number | null {
  if (absence === null || absence.is === 'gone') return null;
  return absence.is === 'rests' || !law ? absence.until : null;
}

/** Who it goes to, and whether another holder of the office was passed over, whose list of a morning it would be in. */
interface Reached {
  readonly recipient: Recipient | null;
  readonly past: boolean;
}

/**
 * In a case about themselves everybody is asked in person, whoever stands in for them otherwise, and by no office they
 * hold: then it goes to the next who holds it.
 */
async function recipientIn(ports: Ports, row: PromptRow, now: number): Promise<Reached> {
  const { owner, code, case_id: id } = row;
  const { pool, org } = ports;
  const found = await recipientOf(pool, org, owner, now, code);
  if (owner.startsWith('prs_')) {
    const own = { recipient: { person: owner, standIn: false }, past: false };
    if (found === null || !found.standIn) return { recipient: found, past: false };
    const [theirs, another] = [
      await casesAbout(ports, owner, [id]),
      await casesAbout(ports, found.person, [id]),
    ];
    return theirs.has(id) || another.has(id) ? own : { recipient: found, past: false };
  }
  const apart = await apartOf(ports, row);
  if (found === null || apart.length === 0) return { recipient: found, past: false };
  const other = await recipientOf(pool, org, owner, now, code, apart);
  const recipient = other ?? (await besideThem(pool, org, owner, apart, now));
  return { recipient, past: recipient?.person !== found.person };
}

/**
 * Finds out whether a prompt is still wanted, who gets it, what it says and when it goes. Changes nothing and sends
 * nothing: whatever goes wrong in here, the prompt surely did not go out.
 * @throws errors of the database and the directory as they are
 */
export async function prepare(ports: Ports, row: PromptRow): Promise<Prepared> {
  const { rows } = await ports.pool.query<{ now: number }>('select org_now($1) as now', [ports.org]);
  const now = rows[0]?.now ?? 0;
  const meets = row.code === MEETING;
  const moves = tellsOfMoved(row);
  const why = await (meets ? meetingObsolete(ports, row, now) : obsolete(ports.pool, ports.org, row));
  if (why !== null && !moves) return { is: 'drop', why };
  const { recipient, past } = await recipientIn(ports, row, now);
  if (recipient === null) return { is: 'fail', recipient, code: 'nobody_assigned' };
  const absence = await awayFor(ports, row.owner, recipient, now);
  if (absence?.is === 'gone') return { is: 'drop', why: 'nothing_asked' };
  const who = await personOf(ports, recipient.person);
  if (typeof who === 'string') return { is: 'fail', recipient, code: who };
  if (who.email === null) return { is: 'fail', recipient, code: 'no_address' };
  const zone = await zoneOf(ports, who, row.site);
  const lines = moves ? await movedLines(ports, row, now, zone) : [];
  if (moves && lines.length === 0) return { is: 'drop', why: 'no_longer_owed' };
  const posted = await postOf(ports, row, who, zone, past);
  if (posted.bounced) return { is: 'fail', recipient, code: 'address_bounced' };
  if (posted.muted) return { is: 'drop', why: 'muted' };
  // 0039: what the law wants said goes all the same; an invitation is none of that.
  const back = waitsUntil(absence, posted.letter.law && row.code !== MEETING);
  if (back === null && posted.inList !== null && posted.route.is === 'now')
    return { is: 'listed', recipient, messageId: posted.inList };
  const button = meets || moves ? null : await buttonOf(ports, row, recipient.person);
  const greeted = await greetedAs(ports, who, [row.case_id]);
  const bare = moves
    ? listOfMoved(ports, row, who, posted, lines, greeted)
    : mailOf(ports, row, recipient, who, posted, button, greeted);
  const mail = meets ? { ...bare, calendar: await calendarOf(ports, row, who.email, now) } : bare;
  return {
    is: 'send',
    recipient,
    mail,
    button,
    ...(back === null ? holding(recipient, posted) : untilReturn(recipient, posted, back)),
  };
}
