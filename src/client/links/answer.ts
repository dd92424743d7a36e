import type { Envelope } from '../../contracts/envelope.ts';
import type { AnswerField, AnswerOffer } from '../../domain/answers.ts';
import type { Db } from '../../directory/db.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { PATIENT_MS, borrow } from '../../ledger/database.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import type { Deciding } from '../decide-as.ts';
import { dryRunOf } from '../known-people.ts';
import { enter, receive } from './inbox.ts';
import { seenLink } from './look.ts';
import type { SeenLink } from './look.ts';
import { hashOfToken } from './token.ts';

/** What a page sends: each field's name with what was typed or ticked. */
export type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What an answer came to. In every case but `done` and `kept` nothing was decided by it. */
export type Answered =
  | { readonly is: 'unknown' }
  /** It takes no answer any more: see its standing. */
  | { readonly is: 'closed'; readonly seen: SeenLink }
  /** A field does not have the form it must have. */
  | { readonly is: 'incomplete'; readonly seen: SeenLink; readonly field: string }
  /** The rules say no; another answer may still be given. */
  | { readonly is: 'refused'; readonly seen: SeenLink; readonly refusal: Refusal }
  | { readonly is: 'done' | 'kept'; readonly seen: SeenLink };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const one = (value: Typed[string]): string => (typeof value === 'string' ? value.trim() : '');
const many = (value: Typed[string]): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];

function whole(text: string, least: number, most: number): number | null {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : null;
  return value !== null && value >= least && value <= most ? value : null;
}

/** @returns what a field was given, or null where it does not have its form */
function valueOf(field: AnswerField, typed: Typed[string]): unknown {
  switch (field.is) {
    case 'day':
      return DAY.test(one(typed)) ? one(typed) : null;
    case 'number':
      // A share left out is none.
      return whole(one(typed) === '' ? '0' : one(typed), field.least, field.most);
    case 'one':
      return field.of.includes(one(typed)) ? one(typed) : null;
    case 'slot':
      return whole(one(typed), 1, 99);
    case 'some': {
      const given = [...new Set(many(typed))];
      return given.every((code) => field.of.includes(code)) ? given : null;
    }
    default: {
      const never: never = field;
      return never;
    }
  }
}

/** True where a field has to be filled in before anything is sent; a program that presses every button fills in none. */
const asksMuch = ({ fields }: AnswerOffer): boolean =>
  fields.some((field) => field.is !== 'some' && !(field.is === 'number' && field.least === 0));

/** An answer that would be one button takes a tick beside it: programs that look through mail press buttons. */
export const takesTick = (offer: AnswerOffer): boolean => !asksMuch(offer);

/** The name of that tick. */
export const TICK = 'sure';

/** @returns true when the tick was set */
export const isTicked = (typed: Typed): boolean => Object.hasOwn(typed, TICK) && typed[TICK] === 'yes';

type Payload = { readonly payload: Envelope['payload'] } | { readonly wrong: string };

function payloadOf(offer: AnswerOffer, typed: Typed): Payload {
  const payload: Envelope['payload'] = { ...offer.payload };
  for (const field of offer.fields) {
    const value = valueOf(field, Object.hasOwn(typed, field.name) ? typed[field.name] : undefined);
    if (value === null) return { wrong: field.name };
    payload[field.name] = value;
  }
  return { payload };
}

/** The decision of a link is one, whatever is sent how often: its id follows from the token's hash. */
const decisionOf = (token: string): string => `link_${hashOfToken(token).toString('hex').slice(0, 40)}`;

/** What was refused after it was received (somebody was faster) is not sent again: what is chosen instead is another decision. */
async function asNext(db: Db, org: string, { link }: SeenLink, envelope: Envelope): Promise<Envelope> {
  const { rowCount } = await db.query(`select 1 from link_inbox where org = $1 and link = $2`, [
    org,
    link.id,
  ]);
  const { decisionId } = envelope;
  return (rowCount ?? 0) === 0
    ? envelope
    : { ...envelope, decisionId: `${decisionId}_${(rowCount ?? 0) + 1}` };
}

function envelopeOf(seen: SeenLink, token: string, type: string, payload: Envelope['payload']): Envelope {
  const { link, onBehalfOf } = seen;
  return {
    ...{ v: 1, decisionId: decisionOf(token), case: link.case ?? '', type, actor: link.person, how: 'link' },
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
    payload,
  };
}

/** Uses the link up and keeps what it says, both or neither. @returns the decision it became; null when somebody was faster */
async function consume(
  office: ReadingOffice,
  seen: SeenLink,
  token: string,
  answer: string,
  envelope: Envelope,
): Promise<string | null> {
  const { org, pool, keys } = office;
  const { link } = seen;
  return borrow(pool, PATIENT_MS, async (client) => {
    await client.query('begin');
    try {
      const { rowCount } = await client.query(
        `update links set answer = $3, answered_at = org_now($1)
         where org = $1 and hash = $2 and answered_at is null and revoked_at is null`,
        [org, hashOfToken(token), answer],
      );
      const sent = rowCount === 1 ? await asNext(client, org, seen, envelope) : null;
      const first = sent !== null && (await receive(client, keys, org, link.id, sent));
      await client.query(first ? 'commit' : 'rollback');
      return first ? sent.decisionId : null;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Takes an answer from a link: once. What the rules refuse now uses nothing up; what they would take is kept in the
 * inbox with the link's one use, in one transaction, and only then asked of the case. Should the case refuse it then, the
 * link is as it was.
 * @param answer one of the answers the link allows
 */
export async function answerByLink(
  deciding: Deciding,
  token: string,
  answer: string,
  typed: Typed,
): Promise<Answered> {
  const { office } = deciding;
  const seen = await seenLink(office, token);
  if (seen === null) return { is: 'unknown' };
  if (seen.standing !== 'open') return { is: 'closed', seen };
  const offer = seen.offers.find((one) => one.answer === answer);
  if (offer === undefined) return { is: 'incomplete', seen, field: 'answer' };
  if (takesTick(offer) && !isTicked(typed)) return { is: 'incomplete', seen, field: TICK };
  const made = payloadOf(offer, typed);
  if ('wrong' in made) return { is: 'incomplete', seen, field: made.wrong };
  const envelope = envelopeOf(seen, token, offer.type, made.payload);
  const dry = await dryRunOf(office, envelope);
  if (dry.is === 'refused') return { is: 'refused', seen, refusal: dry.refusal };
  const again = async (): Promise<SeenLink> => (await seenLink(office, token)) ?? seen;
  const decision = await consume(office, seen, token, answer, envelope);
  if (decision === null) return { is: 'closed', seen: await again() };
  const entered = await enter(deciding, decision);
  const now = await again();
  return entered.is === 'refused'
    ? { is: 'refused', seen: now, refusal: entered.refusal }
    : { is: entered.is, seen: now };
}
