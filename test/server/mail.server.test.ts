import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';

import { MailFieldInvalid, MailMustStayLocal, SubjectNotNeutral } from '../../src/notify/errors.ts';
import { messageIdFor } from '../../src/notify/message-id.ts';
import { isLoopback, smtpChannel } from '../../src/notify/smtp.ts';
import type { MailChannel, SmtpOptions } from '../../src/notify/smtp.ts';
import { render } from '../../src/notify/templates.ts';

const message = {
  messageId: messageIdFor('org_a', 'employment-1/P7.1/r0/prs_1'),
  to: 'priya@example.org',
  ...render('ask', { ref: 'H-204', prompt: 'P7.1', due: Date.UTC(2025, 2, 6, 22), zone: 'America/New_York' }),
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

interface Catcher {
  readonly port: number;
  /** Whole messages the server took, also those it never confirmed. */
  readonly stored: string[];
}

type OnData = NonNullable<SMTPServerOptions['onData']>;

function smtpError(code: number): Error {
  return Object.assign(new Error('refused for the test'), { responseCode: code });
}

async function catcher(
  options: SMTPServerOptions,
  answer: (done: Parameters<OnData>[2], kill: () => void) => void,
) {
  const stored: string[] = [];
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 50,
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        stored.push(Buffer.concat(chunks).toString('utf8'));
        answer(done, () => sockets.forEach((socket) => socket.destroy()));
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  const caught: Catcher = { port: (server.server.address() as AddressInfo).port, stored };
  return caught;
}

/** A server that says what it is told, line by line; for behaviour no honest server has. */
async function scripted(
  onLine: (line: string, socket: Socket) => void,
  greeting = '220 ready\r\n',
): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== '') socket.write(greeting);
    socket.on('data', (chunk) => {
      for (const line of chunk.toString('utf8').split('\r\n')) if (line !== '') onLine(line, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function channel(port: number, more: Partial<SmtpOptions> = {}): MailChannel {
  return smtpChannel({
    host: '127.0.0.1',
    port,
    from: 'notices@example.org',
    timeoutMs: 400,
    loopbackOnly: true,
    ...more,
  });
}

describe('a mail server that works', () => {
  test('gets the message once, with both parts, the stable id and nothing else in its head', async () => {
    const { port, stored } = await catcher({}, (done) => done());
    const content = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR';
    expect(await channel(port).send(message)).toEqual({ is: 'sent' });
    expect(await channel(port).send({ ...message, calendar: { method: 'REQUEST', content } })).toEqual({
      is: 'sent',
    });
    expect(stored).toHaveLength(2);
    const mail = await simpleParser(stored[0] ?? '');
    expect(mail.messageId).toBe(message.messageId);
    expect(mail.subject).toBe(message.subject);
    expect(mail.text?.trim()).toBe(message.text.trim());
    expect(mail.html).toContain('H-204');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect([...mail.headers.keys()].sort()).toEqual(
      [
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ].sort(),
    );
    expect(stored[1]).toMatch(/text\/calendar;[^]*method=REQUEST/);
  });

  test('offers a way off the list on what is bulk alone, and only where somebody reads it', async () => {
    const { port, stored } = await catcher({}, (done) => done());
    const read = channel(port, { unsubscribe: 'lists@example.org' });
    await read.send({ ...message, bulk: true });
    await read.send(message);
    await channel(port).send({ ...message, bulk: true });
    const offered = stored.map((raw) => /^List-Unsubscribe: (.*)\r$/im.exec(raw)?.[1]);
    expect(offered).toEqual(['<mailto:lists@example.org?subject=unsubscribe>', undefined, undefined]);
    // A scanner that opens links must not unsubscribe anybody.
    expect(stored.join()).not.toMatch(/List-Unsubscribe-Post/i);
    expect(() => channel(port, { unsubscribe: 'lists@example.org>\r\nBcc: x' })).toThrow('unsubscribe');
  });

  test('a second sending of the same intent carries the same Message-ID', async () => {
    const { port, stored } = await catcher({}, (done) => done());
    await channel(port).send(message);
    await channel(port).send(message);
    const ids = stored.map((raw) => /^Message-ID: (.*)\r$/im.exec(raw)?.[1]);
    expect(ids).toEqual([message.messageId, message.messageId]);
  });
});

describe('a mail server that says no', () => {
  const refusals = [
    { code: 451, permanent: false },
    { code: 550, permanent: true },
  ];
  test.each(refusals)(
    '$code at the recipient: refused, permanent $permanent',
    async ({ code, permanent }) => {
      const { port, stored } = await catcher(
        { onRcptTo: (_address, _session, done) => done(smtpError(code)) },
        (done) => done(),
      );
      expect(await channel(port).send(message)).toEqual({ is: 'refused', permanent, code: String(code) });
      expect(stored).toEqual([]);
    },
  );

  test.each(refusals)(
    '$code after the content: refused, permanent $permanent',
    async ({ code, permanent }) => {
      const { port } = await catcher({}, (done) => done(smtpError(code)));
      expect(await channel(port).send(message)).toEqual({ is: 'refused', permanent, code: String(code) });
    },
  );

  test('wrong credentials or a closed house are not held against the recipient', async () => {
    const wrong = await catcher(
      { authOptional: false, onAuth: (_auth, _session, done) => done(smtpError(535)) },
      (done) => done(),
    );
    const auth = { user: 'u', pass: 'p' };
    expect(await channel(wrong.port, { auth }).send(message)).toEqual({
      is: 'refused',
      permanent: false,
      code: '535',
    });
    const closed = await scripted(() => undefined, '554 no service\r\n');
    expect(await channel(closed).send(message)).toEqual({ is: 'refused', permanent: false, code: '554' });
  });
});

describe('a mail server that does not answer', () => {
  test('down before anything was said: temporary', async () => {
    const { port } = await catcher({}, (done) => done());
    for (const stop of stops.splice(0)) await stop();
    expect(await channel(port).send(message)).toEqual({ is: 'refused', permanent: false, code: 'ESOCKET' });
  });

  test('silent before the greeting: temporary', async () => {
    const port = await scripted(() => undefined, '');
    expect(await channel(port).send(message)).toEqual({ is: 'refused', permanent: false, code: 'ETIMEDOUT' });
  });

  test('gone after the recipient, before the content: temporary', async () => {
    const port = await scripted((line, socket) => {
      if (line === 'DATA') socket.destroy();
      else socket.write('250 ok\r\n');
    });
    const outcome = await channel(port).send(message);
    expect(outcome).toMatchObject({ is: 'refused', permanent: false });
    expect(JSON.stringify(outcome)).toMatch(/ECONNECTION|ESOCKET/);
  });

  test('slow final answer: unknown, and the server did keep it', async () => {
    const { port, stored } = await catcher({}, (done) => void setTimeout(() => done(), 700));
    expect(await channel(port).send(message)).toEqual({ is: 'unknown', why: 'ETIMEDOUT' });
    expect(stored).toHaveLength(1);
  });

  test('connection dropped after the content: unknown, and the server did keep it', async () => {
    const { port, stored } = await catcher({}, (_done, kill) => kill());
    const outcome = await channel(port).send(message);
    expect(outcome.is).toBe('unknown');
    expect(stored).toHaveLength(1);
  });

  test('an answer that drips and never ends is given up', async () => {
    let dripping: NodeJS.Timeout | undefined;
    const port = await scripted((line, socket) => {
      if (line === 'DATA') socket.write('354 go on\r\n');
      else if (line === '.') dripping = setInterval(() => socket.write('2'), 100);
      else if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 ok\r\n');
    });
    const outcome = await channel(port).send(message);
    clearInterval(dripping);
    expect(outcome).toEqual({ is: 'unknown', why: 'ETIMEDOUT' });
  });
});

describe('what is never sent', () => {
  test('a sandbox reaches this machine only', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', '::1', '[::1]'])
      expect(isLoopback(host)).toBe(true);
    for (const host of [
      '10.0.0.1',
      'mail.example.org',
      'localhost.example.org',
      '0.0.0.0',
      '::',
      '127.0.0.1.nip.io',
    ]) {
      expect(() => channel(25, { host })).toThrow(MailMustStayLocal);
    }
  });

  test('messages with an unfit field, before any connection is made', async () => {
    const { port, stored } = await catcher({}, (done) => done());
    const send = (change: Partial<typeof message>): Promise<unknown> =>
      channel(port).send({ ...message, ...change });
    await expect(send({ subject: 'Please answer Dana' })).rejects.toBeInstanceOf(SubjectNotNeutral);
    await expect(send({ to: 'a@example.org, b@example.org' })).rejects.toBeInstanceOf(MailFieldInvalid);
    await expect(send({ to: 'a@example.org\r\nDATA' })).rejects.toBeInstanceOf(MailFieldInvalid);
    await expect(send({ messageId: 'no id' })).rejects.toBeInstanceOf(MailFieldInvalid);
    await expect(send({ text: ' ' })).rejects.toBeInstanceOf(MailFieldInvalid);
    expect(() => channel(port, { from: 'nobody' })).toThrow(MailFieldInvalid);
    expect(stored).toEqual([]);
  });
});
