import { ApplicationFailure } from '@temporalio/activity';
import { KeyErased, PersonUnknown } from '../directory/errors.ts';
import { person as readPerson } from '../directory/people.ts';
import type { Person } from '../directory/people.ts';
import { addressMark } from '../directory/post.ts';
import type { PostRules } from '../domain/kernel/post.ts';
import { ownWords } from '../domain/standins.ts';
import { onlyTheyCan } from '../notify/alone.ts';
import { EVERY_WEEKDAY, dayIn, minuteIn, nextList, quietUntil } from '../notify/hours.ts';
import type { WorkingDays } from '../notify/hours.ts';
import type { DigestLine } from '../notify/mail-facts.ts';
import { messageIdFor } from '../notify/message-id.ts';
import { textKey } from '../notify/prompt-texts.ts';
import { render } from '../notify/templates.ts';
import { settle } from './claim.ts';
import {
  claimList,
  nextMorning,
  openItems,
  peopleWithItems,
  releaseList,
  settleList,
  termsAt,
  toNextList,
  waitingForList,
} from './digest-store.ts';
import type { OpenItem } from './digest-store.ts';
import { byThemselves, failList } from './digest-unlisted.ts';
import { greetedAs } from './greeting.ts';
import { zoneOfJob } from './hold.ts';
import { groupOf, refOf } from './lines.ts';
import { keepButton, lineButton, unsubscribeOf } from './links.ts';
import type { Button } from './links.ts';
import { apartItems, ownItems } from './own-case.ts';
import type { Ports } from './ports.ts';
import { siteRules } from './post.ts';
import { absenceOf } from './recipient.ts';
import { obsolete, zoneOf } from './prepare.ts';
import type { PromptRow } from './prepare.ts';

/** What a run of the post is asked to do. */
export interface PostRequest {
  readonly org: string;
  readonly job: string;
}

const MINUTE_MS = 60_000;
/** Where no site's policy says when lists go out. */
const MORNING = { digestAt: 510 };
const LOOK_AGAIN = '3s';

/** `again`: it has to be tried once more. `due`: the next morning on which something falls due of much that is open. */
type Sent = { readonly is: 'done' | 'again'; readonly due: number | null };

/** Whose list it is, and what could stand in it. */
interface Desk {
  readonly who: Person;
  readonly zone: string;
  readonly now: number;
  readonly rules: PostRules;
  readonly days: WorkingDays;
  readonly items: readonly OpenItem[];
  readonly waiting: readonly PromptRow[];
  readonly muted: readonly string[];
}

function lineOf(desk: Desk, one: OpenItem | PromptRow, what: DigestLine['what']): DigestLine {
  const obligation = 'id' in one ? one.id : one.obligation;
  return {
    group: groupOf(one.due, desk),
    prompt: textKey(one.code, obligation),
    ref: refOf(one.case_id),
    due: one.due,
    confidential: one.visibility === 'C3',
    what,
  };
}

function wanted(desk: Desk, one: OpenItem): boolean {
  const alone = onlyTheyCan({ ...one, obligation: one.id, how: 'ask' });
  return alone || !(desk.muted.includes(one.code) || desk.muted.includes(textKey(one.code, one.id)));
}

/** Their own open items, news, and what others are late with; of those without content. */
function linesOf(
  desk: Desk,
  waiting: readonly PromptRow[],
  buttonOf: (one: OpenItem) => Button | null = () => null,
): readonly DigestLine[] {
  const own = desk.items
    .filter((one) => wanted(desk, one))
    .map((one) => {
      const link = buttonOf(one)?.link;
      return { ...lineOf(desk, one, 'own'), ...(link === undefined ? {} : { link }) };
    });
  const news = waiting.filter((one) => one.how === 'inform').map((one) => lineOf(desk, one, 'news'));
  const others = waiting.filter((one) => one.how === 'escalate').map((one) => lineOf(desk, one, 'others'));
  return [...own, ...news, ...others];
}

/** What still has to be said of what waited: the rest was answered, passed by, or is not wanted. */
async function stillWanted(ports: Ports, desk: Desk): Promise<readonly PromptRow[]> {
  const kept: PromptRow[] = [];
  for (const row of desk.waiting) {
    const muted = desk.muted.includes(row.code) && !onlyTheyCan(row);
    const why = muted ? 'muted' : await obsolete(ports.pool, ports.org, row);
    if (why === null) kept.push(row);
    else await settle(ports, row, 'dropped', null, why);
  }
  return kept;
}

async function isBounced(ports: Ports, who: Person): Promise<boolean> {
  if (who.email === null) return false;
  const { rows } = await ports.pool.query(
    `select 1 from bounces where org = $1 and person = $2 and kind = 'hard' and address = $3`,
    [ports.org, who.ref, addressMark(ports.keys, ports.org, who.email)],
  );
  return rows.length > 0;
}

/** Where they sign in, if this installation has a place for that. */
const pageOf = ({ origin }: Ports) =>
  origin === undefined ? {} : { link: `${origin}/`, linkIs: 'sign_in' as const };

/** Hands the list over. @returns whether it has to be tried again */
async function handList(ports: Ports, desk: Desk, waiting: readonly PromptRow[]): Promise<'done' | 'again'> {
  const { who, zone, now } = desk;
  const day = dayIn(now, zone);
  const messageId = messageIdFor(ports.org, `digest:${who.ref}:${day}`);
  // What a line can be answered with at once is kept before the list goes out: whoever has it finds its links.
  const buttonFor = (one: OpenItem): Button | null =>
    lineButton(ports, one, { person: who.ref, list: messageId, now });
  const lines = linesOf(desk, waiting, buttonFor);
  const claimed = await claimList(ports, who.ref, day, messageId);
  if (claimed === 'busy') return 'again';
  const keys = waiting.map((row) => row.key);
  if (claimed === 'done') {
    await toNextList(ports, keys, nextList(now, zone, desk.rules, desk.days));
    return 'done';
  }
  const list = { person: who.ref, day, messageId, keys };
  const listed = desk.items.map((one) => [one.case_id, one.id] as const);
  if (claimed === 'twice') {
    await settleList(ports, { ...list, state: 'unknown', listed });
    return 'done';
  }
  const unreachable =
    who.email === null ? 'no_address' : (await isBounced(ports, who)) ? 'address_bounced' : null;
  if (unreachable !== null || who.email === null) {
    await failList(ports, who.ref, { day, messageId }, waiting, unreachable ?? 'no_address');
    return 'done';
  }
  for (const one of desk.items) if (wanted(desk, one)) await keepButton(ports, buttonFor(one));
  const about = desk.items.map((one) => one.case_id);
  const greeted = await greetedAs(ports, who, about);
  const facts = { ref: day, due: now, zone, ...greeted, lines, ...pageOf(ports) };
  const unsubscribe = await unsubscribeOf(ports, who.ref);
  const outcome = await ports.mail.send({
    ...{ messageId, to: who.email, bulk: true },
    ...render('digest', facts),
    ...(unsubscribe === null ? {} : { unsubscribe }),
  });
  if (outcome.is === 'refused' && !outcome.permanent) {
    await releaseList(ports, who.ref, day);
    return 'again';
  }
  if (outcome.is === 'refused') await failList(ports, who.ref, { day, messageId }, waiting, outcome.code);
  else await settleList(ports, { ...list, state: outcome.is, listed });
  return 'done';
}

async function personIf(ports: Ports, ref: string): Promise<Person | null> {
  try {
    return await readPerson(ports.pool, ports.keys, ports.org, ref);
  } catch (error) {
    if (error instanceof PersonUnknown || error instanceof KeyErased) return null;
    throw error;
  }
}

/** X13, X22: nobody has a list on leave, and what waited for one waits for the return; after a death it is dropped. */
async function keptBack(
  ports: Ports,
  ref: string,
  waiting: readonly PromptRow[],
  now: number,
): Promise<boolean> {
  const absence = await absenceOf(ports.pool, ports.org, ref, now);
  if (absence === null) return false;
  const keys = waiting.map((row) => row.key);
  if (absence.is !== 'gone') await toNextList(ports, keys, absence.until);
  else for (const row of waiting) await settle(ports, row, 'dropped', null, 'nothing_asked');
  return true;
}

/** @returns whose list is to be looked at in this zone, or null */
async function deskOf(
  ports: Ports,
  ref: string,
  owners: readonly string[],
  now: number,
  zone: string,
): Promise<Desk | null> {
  // P3.3, P4.3, and in a case about themselves: what only somebody away can say waits for them, in nobody else's list.
  const [queued, open] = [await waitingForList(ports, owners, now), await openItems(ports, owners)];
  const own = await ownItems(
    ports,
    [...queued, ...open].filter((one) => one.owner !== ref),
  );
  const apart = await apartItems(ports, ref, [...queued, ...open]);
  const theirs = (one: PromptRow | OpenItem): boolean =>
    one.owner === ref || !(ownWords.includes(one.code) || own(one) || apart(one));
  await byThemselves(
    ports,
    queued.filter((one) => one.owner !== ref && apart(one)),
    now,
  );
  const waiting = queued.filter(theirs);
  const items = open.filter(theirs);
  const site = waiting[0]?.site ?? items[0]?.site;
  if (site !== undefined && (await keptBack(ports, ref, waiting, now))) return null;
  const who = site === undefined ? null : await personIf(ports, ref);
  if (who === null || site === undefined || (await zoneOf(ports, who, site)) !== zone) return null;
  const found = await siteRules(ports, await termsAt(ports, site));
  if (found === null) return null;
  const { rows } = await ports.pool.query<{ muted: readonly string[]; unlisted: boolean }>(
    'select muted, unlisted from post_wishes where org = $1 and person = $2',
    [ports.org, ref],
  );
  if (rows[0]?.unlisted === true) return null;
  return { who, zone, now, ...found, items, waiting, muted: rows[0]?.muted ?? [] };
}

/** @returns the next morning of a list on which one of these falls due, or null */
function nextDue({ items, now, zone, rules, days }: Desk): number | null {
  for (const { due } of items) {
    if (due <= now || dayIn(due, zone) === dayIn(now, zone)) continue;
    const list = nextList(due - minuteIn(due, zone) * MINUTE_MS - 1, zone, rules, days);
    if (dayIn(list, zone) === dayIn(due, zone)) return list;
  }
  return null;
}

/**
 * The list of one person: only where something new waits for it, or there is much open and something of it is due today.
 * What is late already is for the ladder to say; a list that repeats it each day is one nobody reads.
 */
async function listFor(ports: Ports, desk: Desk): Promise<Sent> {
  const { zone, now, rules, days, items, waiting } = desk;
  const many = rules.digestOver > 0 && items.length > rules.digestOver;
  const due = many ? nextDue(desk) : null;
  if (quietUntil(now, zone, rules, days) !== null) {
    const keys = waiting.map((row) => row.key);
    await toNextList(ports, keys, nextList(now, zone, rules, days));
    return { is: 'done', due };
  }
  const kept = await stillWanted(ports, desk);
  const pressing = items.some((one) => groupOf(one.due, desk) === 'today');
  if (kept.length === 0 && !(many && pressing)) return { is: 'done', due };
  if (linesOf(desk, kept).length === 0) return { is: 'done', due };
  return { is: await handList(ports, desk, kept), due };
}

/**
 * Sends the lists of one zone (product 5: one a day, by the recipient's clock, only when something is due or new).
 * Idempotent: a person has one list a day under one Message-ID.
 * @param beat called between two people: says that this is alive, and throws when it was given up
 * @throws TransientFailure while the mail server is away; Temporal tries again
 */
export async function sendLists(
  ports: Ports,
  request: PostRequest,
  beat: () => void = () => undefined,
): Promise<void> {
  const { job } = request;
  const zone = zoneOfJob(job);
  const { rows } = await ports.pool.query<{ now: number }>('select org_now($1) as now', [ports.org]);
  const now = rows[0]?.now ?? 0;
  let again = false;
  let weekday = nextList(now, zone, MORNING, EVERY_WEEKDAY);
  let due: number | null = null;
  for (const [ref, owners] of await peopleWithItems(ports, now)) {
    beat();
    const desk = await deskOf(ports, ref, owners, now, zone);
    if (desk === null) continue;
    const one = await listFor(ports, desk);
    again ||= one.is === 'again';
    if (one.due !== null) due = Math.min(due ?? one.due, one.due);
    weekday = nextList(now, zone, desk.rules, EVERY_WEEKDAY);
  }
  if (again)
    throw ApplicationFailure.create({
      message: 'list_not_sent',
      type: 'TransientFailure',
      nextRetryDelay: LOOK_AGAIN,
    });
  await nextMorning(ports, job, weekday, due);
}
