import { createHash } from 'node:crypto';

import { MailFieldInvalid } from './errors.ts';

/** Says nothing about the product: this header travels in clear. */
const NEUTRAL_DOMAIN = 'notice.invalid';

/**
 * One Message-ID per intent: sending the same rung again, after a crash or an unknown outcome, gives the same one, so
 * a mail program shows it once.
 *
 * @param intentKey what is sent, e.g. `<case>/<obligation>/<rung>/<recipient ref>`; only its hash leaves the house.
 * @param domain right-hand side; the sender's domain in production.
 */
export function messageIdFor(org: string, intentKey: string, domain: string = NEUTRAL_DOMAIN): string {
  if (!/^[0-9a-z]([0-9a-z.-]{0,251}[0-9a-z])?$/i.test(domain)) {
    throw new MailFieldInvalid('domain', 'it is a plain domain name');
  }
  const digest = createHash('sha256')
    .update(JSON.stringify(['message-id', org, intentKey]))
    .digest('hex');
  return `<${digest.slice(0, 40)}@${domain}>`;
}

/** @returns true for `<key@domain>` without blanks or line breaks. */
export function isMessageId(value: string): boolean {
  return /^<[0-9A-Za-z.!#$%&'*+/=?^_`{|}~-]{1,128}@[0-9A-Za-z.-]{1,253}>$/.test(value);
}
