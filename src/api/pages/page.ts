import type { FastifyReply } from 'fastify';
import { TICK } from '../../client/links/answer.ts';
import { html } from '../../notify/html.ts';
import type { SafeHtml } from '../../notify/html.ts';

export const STYLE_PATH = '/pages.css';
export const ICON_PATH = '/pages.svg';

/** A page of the server: plain HTML that works without script. */
export interface Page {
  readonly title: string;
  readonly body: SafeHtml;
  /** What the page ends with, for whoever does not know what this is. */
  readonly foot?: string;
  readonly status?: number;
}

const FOOT = 'You can close this page at any time. Nothing is sent before you press a button.';

/** Nothing on it is kept by a browser; its address, which may be a token, goes to nobody: where it is from, to us. */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  return reply
    .code(page.status ?? 200)
    .header('content-type', 'text/html; charset=utf-8')
    .header('referrer-policy', 'strict-origin')
    .header('x-robots-tag', 'noindex, nofollow')
    .send(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${page.title}</title>
            <link rel="icon" href="${ICON_PATH}" type="image/svg+xml" />
            <link rel="stylesheet" href="${STYLE_PATH}" />
          </head>
          <body>
            <main>
              <h1>${page.title}</h1>
              ${page.body}
            </main>
            <footer><p>${page.foot ?? FOOT}</p></footer>
          </body>
        </html> `.safe,
    );
}

/** What a form without anything to fill in asks for: set by whoever reads it, and by no program that presses buttons. */
export const tick = (words: string): SafeHtml =>
  html`<label class="choice"><input type="checkbox" name="${TICK}" value="yes" required /> ${words}</label> `;

/** A page of one or a few sentences. */
export const said = (title: string, sentences: readonly string[], status = 200): Page => ({
  ...{ title, status },
  body: html`${sentences.map((one) => html`<p>${one}</p> `)}`,
});
