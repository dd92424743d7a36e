import { BlockList, isIP } from 'node:net';
import { Readable } from 'node:stream';

import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

import { MailFieldInvalid, MailMustStayLocal } from './errors.ts';
import { isMessageId } from './message-id.ts';
import { assertNeutralSubject } from './subject.ts';

/** How to reach the mail server. */
export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. Without it STARTTLS is used where offered, and is required when `auth` is given. */
  readonly secure?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** One plain address, the same for every message. */
  readonly from: string;
  /** A plain address that a person reads, for whoever wants no more lists; left out: no message offers it. */
  readonly unsubscribe?: string | undefined;
  /** Longest silence of the server in milliseconds; a whole sending may take four times as long. */
  readonly timeoutMs: number;
  /** Sandbox: refuse every host that is not this machine. */
  readonly loopbackOnly?: boolean;
}

export interface MailMessage {
  /** `<key@domain>`, stable for the intent; see `messageIdFor`. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Comes round by itself, as the daily list does, and is nobody's only way to hear of anything. */
  readonly bulk?: boolean;
  /** Bulk mail only: the page where one click ends it (RFC 8058). */
  readonly unsubscribe?: string;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
  /** Date header; the wall clock unless given. */
  readonly date?: Date;
}

/**
 * What became of a message. `refused`: the server does not have it; permanent means the same message will not be
 * taken later either. `unknown`: it was handed over and the answer never came, so the server may well have it.
 */
export type Outcome =
  | { readonly is: 'sent' }
  | { readonly is: 'refused'; readonly permanent: boolean; readonly code: string }
  | { readonly is: 'unknown'; readonly why: string };

export interface MailChannel {
  /** The address that everything comes from: the organizer of every meeting. */
  readonly from?: string;
  /** @throws MailFieldInvalid, SubjectNotNeutral for a message that must not be sent; never for a mail server's fault. */
  send(message: MailMessage): Promise<Outcome>;
}

/**
 * A channel that sends over SMTP, one connection for each message.
 *
 * @throws MailMustStayLocal, MailFieldInvalid.
 */
export function smtpChannel(options: SmtpOptions): MailChannel {
  if (options.loopbackOnly && !isLoopback(options.host)) throw new MailMustStayLocal();
  if (!isAddress(options.from)) throw new MailFieldInvalid('from', 'it is one plain mail address');
  if (options.unsubscribe !== undefined && !isAddress(options.unsubscribe))
    throw new MailFieldInvalid('unsubscribe', 'it is one plain mail address');
  return {
    from: options.from,
    async send(message) {
      checkMessage(message);
      const content = await compose(options, message);
      return hand(options, message.to, content);
    },
  };
}

/** @returns true for localhost and the loopback addresses; other names may lead anywhere. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const family = isIP(plain);
  if (family === 0) return plain === 'localhost';
  return LOOPBACK.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** How far a sending came: what an error means depends on it. */
interface Progress {
  stage: 'connecting' | 'envelope' | 'content';
}

/**
 * The connection is driven directly because the transport above it does not tell how far it came: without a numeric
 * answer "down" and "maybe stored" look the same from outside.
 */
function hand(options: SmtpOptions, to: string, content: Buffer): Promise<Outcome> {
  const progress: Progress = { stage: 'connecting' };
  const connection = new SMTPConnection(connectionOptions(options));
  return new Promise((resolve) => {
    let settled = false;
    const done = (outcome: Outcome): void => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      resolve(outcome);
      if (outcome.is === 'sent') connection.quit();
      else connection.close();
    };
    const fail = (error: unknown): void => done(classify(error, progress.stage));
    // A server that drips one byte at a time never counts as silent.
    const deadline = setTimeout(() => fail(new SendingTimedOut()), 4 * options.timeoutMs);
    // Stays for the connection's whole life: an error event nobody listens to would end the process.
    connection.on('error', fail);
    connection.on('end', () => fail(new ConnectionEnded()));
    const send = (): void => {
      progress.stage = 'envelope';
      connection.send({ from: options.from, to: [to] }, markedStream(content, progress), (error) =>
        error ? fail(error) : done({ is: 'sent' }),
      );
    };
    connection.connect((error) => {
      if (error) return fail(error);
      if (options.auth === undefined) return send();
      connection.login({ ...options.auth }, (refused) => (refused ? fail(refused) : send()));
    });
  });
}

/** Nothing reads the stream before the server has answered DATA with "go on", so the first read marks that moment. */
function markedStream(content: Buffer, progress: Progress): Readable {
  return new Readable({
    read() {
      progress.stage = 'content';
      this.push(content);
      this.push(null);
    },
  });
}

/**
 * A numeric answer is the server's word: 5xx permanent, 4xx temporary. Without one the message is surely not there
 * while its content was not asked for, and unknown afterwards. A refusal before the envelope is about this
 * installation and not about the message, so it is never held against the recipient.
 */
function classify(error: unknown, stage: Progress['stage']): Outcome {
  const { code, responseCode } = faultOf(error);
  if (responseCode !== null && responseCode >= 400 && responseCode <= 599) {
    return {
      is: 'refused',
      permanent: responseCode >= 500 && stage !== 'connecting',
      code: String(responseCode),
    };
  }
  if (stage === 'content') return { is: 'unknown', why: code };
  return { is: 'refused', permanent: false, code };
}

class SendingTimedOut extends Error {
  readonly code = 'ETIMEDOUT';
}

class ConnectionEnded extends Error {
  readonly code = 'ECONNECTION';
}

/** Takes only codes: the texts of a mail server repeat addresses. */
function faultOf(error: unknown): { code: string; responseCode: number | null } {
  if (!(error instanceof Error)) return { code: 'EUNKNOWN', responseCode: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'EUNKNOWN';
  const answer =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  return { code: /^[A-Z_]{1,40}$/.test(code) ? code : 'EUNKNOWN', responseCode: answer };
}

function connectionOptions(options: SmtpOptions): ConstructorParameters<typeof SMTPConnection>[0] {
  const local = isLoopback(options.host);
  return {
    host: options.host,
    port: options.port,
    secure: options.secure ?? false,
    ignoreTLS: local,
    requireTLS: options.auth !== undefined && !local,
    // The greeting names this end; a host name would tell strangers where it runs.
    name: '[127.0.0.1]',
    connectionTimeout: options.timeoutMs,
    greetingTimeout: options.timeoutMs,
    dnsTimeout: options.timeoutMs,
    socketTimeout: options.timeoutMs,
    logger: false,
  };
}

/**
 * RFC 2369, on what is bulk alone: a message that only this person can act on offers neither form. With a page of ours the
 * one-click form of RFC 8058; with an address that somebody reads the mail form; with both, the mail program chooses.
 */
function unsubscribing(
  address: string | undefined,
  { bulk = false, unsubscribe: page }: MailMessage,
): Record<string, string> {
  if (!bulk) return {};
  const ways = [
    ...(page === undefined ? [] : [`<${page}>`]),
    ...(address === undefined ? [] : [`<mailto:${address}?subject=unsubscribe>`]),
  ];
  if (ways.length === 0) return {};
  const list = { 'List-Unsubscribe': ways.join(', ') };
  return page === undefined ? list : { ...list, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

function compose({ from, unsubscribe }: SmtpOptions, message: MailMessage): Promise<Buffer> {
  const mail = new MailComposer({
    from,
    to: message.to,
    messageId: message.messageId,
    subject: message.subject,
    text: message.text,
    html: message.html,
    ...(message.calendar
      ? { icalEvent: { method: message.calendar.method, content: message.calendar.content } }
      : {}),
    ...(message.date ? { date: message.date } : {}),
    headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribing(unsubscribe, message) },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  return new Promise((resolve, reject) => {
    mail.compile().build((error, content) => (error ? reject(error) : resolve(content)));
  });
}

function checkMessage(message: MailMessage): void {
  assertNeutralSubject(message.subject);
  if (!isMessageId(message.messageId)) throw new MailFieldInvalid('messageId', 'it is <key@domain>');
  if (!isAddress(message.to)) throw new MailFieldInvalid('to', 'it is one plain mail address');
  if (message.unsubscribe !== undefined && !/^https?:\/\/[\w./:@-]{1,400}$/.test(message.unsubscribe))
    throw new MailFieldInvalid('unsubscribe', 'it is the address of a page');
  if (message.text.trim() === '') throw new MailFieldInvalid('text', 'it is empty');
}

function isAddress(value: string): boolean {
  return value.length <= 254 && /^[^\s\p{Cc}@<>()[\],;:\\"]{1,64}@[^\s\p{Cc}@<>()[\],;:\\"]+$/u.test(value);
}
