import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';

import { privateFolder } from './home.ts';
import { readMail } from './mail-message.ts';
import type { CaughtMail } from './mail-message.ts';
import { startMailPage } from './mail-page.ts';

/** How the catcher misbehaves, for trying what a sender does then. */
export interface MailFault {
  /** Refuses each recipient: `550` for ever, `451` for now. */
  readonly refuse?: '550' | '451';
  /** Keeps the mail, then drops the connection without an answer: the sender cannot know. */
  readonly dropAfterData?: boolean;
  /** Keeps the mail, then answers only after so many milliseconds. */
  readonly slowMs?: number;
}

/** A mail server on the loopback that keeps each mail as a file and sends none on. */
export interface MailCatcher {
  readonly address: { readonly host: string; readonly port: number };
  readonly folder: string;
  /** A page for a person to read the mails. */
  readonly page: string;
  /** All mails in the order of their arrival. */
  messages(): Promise<CaughtMail[]>;
  /** Sets the fault from now on; an empty one is none. */
  misbehave(fault: MailFault): void;
  /** Stops at once, dropping open connections; a second call waits for the same. */
  stop(): Promise<void>;
}

const MAIL_FILE = /^\d{6,}-\d{8}T\d{6}Z\.eml$/;
const LARGEST_BYTES = 5_000_000;

/**
 * Greets at once: the library holds each greeting back for a tenth of a second to find out senders who talk too soon,
 * and nobody on this machine is one. A play sends hundreds of mails one after the other.
 */
class LocalSmtp extends SMTPServer {
  override connect(...args: Parameters<SMTPServer['connect']>): void {
    const before = new Set(this.connections);
    super.connect(...args);
    for (const connection of this.connections) {
      if (before.has(connection)) continue;
      const ready = connection.connectionReady.bind(connection);
      let greeted = false;
      connection.connectionReady = (next) => {
        if (greeted) return;
        greeted = true;
        ready(next);
      };
      connection.connectionReady();
    }
  }
}

/** Starts the catcher on a folder; mails of earlier starts stay, and the numbers go on. */
export async function startMailCatcher(options: { folder: string; port?: number }): Promise<MailCatcher> {
  const folder = privateFolder(options.folder);
  const state: State = {
    folder,
    next: lastNumber(folder) + 1,
    fault: {},
    sockets: new Map(),
    pending: new Set(),
  };
  const smtp = new LocalSmtp(smtpOptions(state));
  // A client that goes away in the middle is everyday life for a mail server.
  smtp.on('error', () => undefined);
  const port = await listen(smtp, options.port ?? 0, state);
  const messages = (): Promise<CaughtMail[]> => readAll(folder);
  const { page, server } = await startMailPage(messages);
  let stopped: Promise<void> | undefined;
  return {
    address: { host: '127.0.0.1', port },
    folder,
    page,
    messages,
    misbehave(fault) {
      state.fault = fault;
    },
    stop: () => (stopped ??= stopAll(state, smtp, server)),
  };
}

interface State {
  readonly folder: string;
  next: number;
  fault: MailFault;
  /** By the client's port, which is what a session knows of its connection. */
  readonly sockets: Map<number, Socket>;
  readonly pending: Set<NodeJS.Timeout>;
}

async function stopAll(state: State, smtp: SMTPServer, page: Server): Promise<void> {
  for (const timer of state.pending) clearTimeout(timer);
  for (const socket of state.sockets.values()) socket.destroy();
  page.closeAllConnections();
  await Promise.all([
    new Promise<void>(
      (resolve) =>
        void page.close(() => {
          resolve();
        }),
    ),
    new Promise<void>((resolve) => {
      smtp.close(resolve);
    }),
  ]);
}

function smtpOptions(state: State): SMTPServerOptions {
  return {
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: LARGEST_BYTES,
    banner: 'mail catcher',
    onRcptTo(_address, _session, done) {
      const { refuse } = state.fault;
      done(refuse === undefined ? null : refusal(Number(refuse)));
    },
    onData(stream, session, done) {
      void receive(state, stream, session, done);
    },
  };
}

async function receive(
  state: State,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  done: (error?: Error | null, message?: string) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    // The connection broke before the end of the data: there is no mail, and nobody to answer.
    return;
  }
  if (stream.sizeExceeded) {
    done(refusal(552));
    return;
  }
  const { dropAfterData, slowMs } = state.fault;
  const number = keep(state, Buffer.concat(chunks));
  if (dropAfterData === true) {
    state.sockets.get(session.remotePort)?.destroy();
    return;
  }
  const timer = setTimeout(() => {
    state.pending.delete(timer);
    done(null, `kept as number ${String(number)}`);
  }, slowMs ?? 0);
  state.pending.add(timer);
}

/** Written beside and renamed, so that a reader never sees half a mail. */
function keep(state: State, raw: Buffer): number {
  const number = state.next;
  state.next += 1;
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const path = join(state.folder, `${String(number).padStart(6, '0')}-${time}.eml`);
  writeFileSync(`${path}.part`, raw, { mode: 0o600 });
  renameSync(`${path}.part`, path);
  return number;
}

function refusal(responseCode: number): Error {
  const words: Readonly<Record<number, string>> = {
    451: 'try again later',
    550: 'no such mailbox here',
    552: 'the mail is too large',
  };
  return Object.assign(new Error(words[responseCode]), { responseCode });
}

function listen(smtp: SMTPServer, port: number, state: State): Promise<number> {
  smtp.server.on('connection', (socket: Socket) => {
    const from = socket.remotePort;
    if (from === undefined) return;
    state.sockets.set(from, socket);
    socket.once('close', () => state.sockets.delete(from));
  });
  return new Promise((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(port, '127.0.0.1', () => {
      const address = smtp.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function readAll(folder: string): Promise<CaughtMail[]> {
  const files = (await readdir(folder)).filter((name) => MAIL_FILE.test(name));
  const mails = await Promise.all(
    files.map(async (file) => readMail(file, await readFile(join(folder, file)))),
  );
  return mails.sort((a, b) => a.number - b.number);
}

function lastNumber(folder: string): number {
  const numbers = readdirSync(folder).filter((name) => MAIL_FILE.test(name));
  return Math.max(0, ...numbers.map((name) => Number.parseInt(name, 10)));
}
