import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import type { CaughtMail } from './mail-message.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}' +
  'pre{white-space:pre-wrap;font:inherit;border:1px solid #ccc;padding:1rem}';

/**
 * A read-only page of the caught mails, on the loopback: a list, and each mail by its number. No scripts; everything
 * from a mail is escaped. Gives the server and its address.
 */
export function startMailPage(read: () => Promise<CaughtMail[]>): Promise<{ page: string; server: Server }> {
  const server = createServer((request, response) => {
    void respond(request, response, read);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ page: `http://127.0.0.1:${String(port)}/`, server });
    });
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  read: () => Promise<CaughtMail[]>,
): Promise<void> {
  // A foreign page could point a name of its own at this machine; only our own names are answered.
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost') {
    send(response, 421, 'Only for this machine', '');
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    send(response, 405, 'Only for reading', '');
    return;
  }
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const mails = await read().catch(() => []);
  const one = mails.find((mail) => path === `/${String(mail.number)}`);
  if (path === '/') send(response, 200, 'Caught mails', list(mails));
  else if (one !== undefined) send(response, 200, one.subject, show(one));
  else send(response, 404, 'No such mail', '<p><a href="/">All mails</a></p>');
}

function send(response: ServerResponse, status: number, title: string, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>` +
      `<style>${STYLE}</style><h1>${escaped(title)}</h1>${body}</html>`,
  );
}

function list(mails: readonly CaughtMail[]): string {
  if (mails.length === 0)
    return '<p>No mail was caught yet. Mails stay on this machine; none is sent on.</p>';
  const rows = [...mails].reverse().map((mail) => {
    const link = `<a href="/${String(mail.number)}">${escaped(mail.subject === '' ? '(no subject)' : mail.subject)}</a>`;
    return `<tr><td>${String(mail.number)}</td><td>${link}</td><td>${escaped(mail.to)}</td><td>${escaped(mail.date)}</td></tr>`;
  });
  const head =
    '<tr><th scope="col">No.</th><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Date</th></tr>';
  return `<p>${String(mails.length)} caught, the newest first. None is sent on.</p><table>${head}${rows.join('')}</table>`;
}

function show(mail: CaughtMail): string {
  const lines = [
    ['From', mail.from],
    ['To', mail.to],
    ['Date', mail.date],
    ['Message-ID', mail.messageId],
    ['File', mail.file],
  ] as const;
  const head = lines.map(
    ([name, value]) => `<tr><th scope="row">${name}</th><td>${escaped(value)}</td></tr>`,
  );
  return `<p><a href="/">All mails</a></p><table>${head.join('')}</table><pre>${escaped(mail.text)}</pre>`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
