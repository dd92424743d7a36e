import { dateLocales } from './dates.ts';
import type { DateLocale } from './dates.ts';
import { MailFieldInvalid } from './errors.ts';

/** What a message is for: the rungs of a ladder, a notice that asks nothing, and the daily list. */
export const templateCodes = [
  'ask',
  'remind',
  'due_today',
  'late',
  'stand_in',
  'escalate',
  'decide',
  'inform',
  'digest',
] as const;
export type TemplateCode = (typeof templateCodes)[number];

/** Why somebody receives a message; said in it. */
export const mailReasons = ['owner', 'stand_in', 'manager', 'hr', 'concerned'] as const;
export type MailReason = (typeof mailReasons)[number];

/** Where the link of a message leads: to an answer, to the reader's own page, or to where they sign in. */
export type MailLink = 'answer' | 'page' | 'sign_in';

/** One line of the daily list. */
export interface DigestLine {
  readonly group: 'late' | 'today' | 'week' | 'later';
  /** Their own to do, unless said: news that asks nothing, or what somebody they look after is late with. */
  readonly what?: 'own' | 'news' | 'others';
  readonly prompt: string;
  readonly ref: string;
  /** Milliseconds since the epoch. */
  readonly due: number;
  readonly link?: string;
  readonly confidential?: boolean;
}

/** Everything a message may be made of. There is no room for free text or for a third person's name. */
export interface MailFacts {
  /** Opaque reference shown to the recipient, e.g. `H-204`. */
  readonly ref: string;
  /** Prompt code, e.g. `P7.1`; an unknown one reads as "An item is waiting for you." */
  readonly prompt?: string;
  /** Milliseconds since the epoch; the day of the list in a digest, the day of the notice in `inform`. */
  readonly due: number;
  /** IANA zone in which the recipient reads times. */
  readonly zone: string;
  readonly locale?: DateLocale;
  /** Open items; 1 unless given. A digest counts its lines. */
  readonly count?: number;
  /** Where to answer; https, or http on this machine. */
  readonly link?: string;
  /** Left out: it leads to an answer. */
  readonly linkIs?: MailLink;
  /** The recipient's own name, for the greeting and nothing else. */
  readonly recipientName?: string;
  /** C3: the message says only that an item is waiting. */
  readonly confidential?: boolean;
  readonly why?: MailReason;
  /** They asked for no mail of this kind, and get it all the same; the message says why. */
  readonly anyway?: boolean;
  /** Eight digits, to be typed on the page they were asked for on. */
  readonly code?: string;
  readonly lines?: readonly DigestLine[];
  /** The list is of what somebody they stand in for was asked and has not done. */
  readonly standsIn?: boolean;
}

/** @throws MailFieldInvalid when a field could not be shown or would break out of its place. */
export function checkMailFacts(facts: MailFacts): void {
  checkRef(facts.ref);
  checkLink(facts.link);
  if (
    facts.count !== undefined &&
    !(Number.isInteger(facts.count) && facts.count >= 1 && facts.count <= 9999)
  ) {
    throw new MailFieldInvalid('count', 'it is a whole number from 1 to 9999');
  }
  if (facts.locale !== undefined && !dateLocales.includes(facts.locale)) {
    throw new MailFieldInvalid('locale', `it is one of ${dateLocales.join(', ')}`);
  }
  if (facts.recipientName !== undefined && /[\p{Cc}\u2028\u2029]/u.test(facts.recipientName)) {
    throw new MailFieldInvalid('recipientName', 'it has control characters');
  }
  if (facts.code !== undefined && !/^\d{8}$/.test(facts.code))
    throw new MailFieldInvalid('code', 'it has eight digits');
  for (const line of facts.lines ?? []) {
    checkRef(line.ref);
    checkLink(line.link);
  }
}

function checkRef(ref: string): void {
  if (!/^[0-9A-Za-z][0-9A-Za-z_.:-]{0,99}$/.test(ref)) {
    throw new MailFieldInvalid('ref', 'it has 1 to 100 letters, digits or _ . : -');
  }
}

function checkLink(link: string | undefined): void {
  if (link === undefined) return;
  const url = URL.canParse(link) ? new URL(link) : null;
  const local = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    throw new MailFieldInvalid('link', 'it is an https address, or http on this machine');
  }
}
