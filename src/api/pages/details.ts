import type { FastifyInstance } from 'fastify';
import { candidatePage, candidateTells, sendPageCode } from '../../client/links/candidate.ts';
import { isTicked } from '../../client/links/answer.ts';
import type { Typed } from '../../client/links/answer.ts';
import { limits } from '../../identity/limits.ts';
import { html } from '../../notify/html.ts';
import type { Desk } from '../desk.ts';
import { within, withinLink } from '../limits.ts';
import { said, sendPage, tick } from './page.ts';
import type { Page } from './page.ts';

/** What would make it easier for a candidate, in their own words: after a code that only their mailbox has. */

const MOST_LETTERS = 4_000;

const back = (token: string) => html`<p><a href="/c/${token}">Back to your page</a></p>`;

const begun = (token: string, note: string | null = null, status = 200): Page => ({
  ...{ title: 'Say what would help', status },
  body: html`${note === null ? null : html`<p class="note" role="alert">${note}</p> `}
    <p>
      You can write what would make it easier for you. So that nobody else writes in your name, we first send
      a code to the address we write to.
    </p>
    <p>You need not write anything: the one button on your page is enough, and you can talk instead.</p>
    <form method="post" action="/c/${token}/code">
      ${tick('Yes, send me a code')}
      <button>Send the code</button>
    </form>
    ${back(token)}`,
});

interface Kept {
  readonly words: string;
  readonly note: string | null;
  readonly status?: number;
}

const asks = (token: string, { words, note, status = 200 }: Kept): Page => ({
  ...{ title: 'Say what would help', status },
  body: html`${note === null ? null : html`<p class="note" role="alert">${note}</p> `}
    <p>A code is on its way to you. It holds for fifteen minutes.</p>
    <form method="post" action="/c/${token}/details">
      <label for="code">The code from our message</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required />
      <label for="words">What would help: a place, a time, a way of talking</label>
      <p class="hint" id="words-hint">
        No need to say why, or to name a condition. One person reads it, whose task this is; nobody who
        decides does.
      </p>
      <textarea
        id="words"
        name="words"
        rows="6"
        maxlength="${MOST_LETTERS}"
        aria-describedby="words-hint"
        required
      >
${words}</textarea>
      <button>Send it to them</button>
    </form>
    <p><a href="/c/${token}/details">Send me another code</a></p>
    ${back(token)}`,
});

const there = (token: string): Page => ({
  title: 'They have your wish',
  body: html`<p>Your wish to talk is with the person whose task that is. They will get in touch.</p>
    ${back(token)}`,
});

const unknown: Page = said('This link does not work', ['Please use the address of our latest message.'], 404);

const WRONG = 'This code is not the one we sent, or its time is over. Type it again, or ask for another one.';
const AWAY = 'Our own systems do not answer at this moment. What you wrote is below; please try again.';

const text = (typed: Typed, name: string): string => {
  const value = Object.hasOwn(typed, name) ? typed[name] : undefined;
  return typeof value === 'string' ? value.trim().slice(0, MOST_LETTERS) : '';
};

/** `/c/:token/details` and `/c/:token/code`. */
export function detailPages(app: FastifyInstance, desk: Desk): void {
  type Named = { Params: { token: string } };
  const open = (token: string) => candidatePage(desk.office, token);
  app.get<Named>('/c/:token/details', async ({ params: { token } }, reply) => {
    const page = await open(token);
    if (page === null) return sendPage(reply, unknown);
    return sendPage(reply, page.done.includes('arrangements') ? there(token) : begun(token));
  });
  app.post<Named & { Body: Typed | null }>('/c/:token/code', async (request, reply) => {
    const { token } = request.params;
    await withinLink(desk.office, request.ip, token);
    if (!isTicked(request.body ?? {}))
      return sendPage(reply, begun(token, 'Nothing was sent: please set the tick first.', 400));
    await within(desk.office, limits.code, token);
    if (!(await sendPageCode(desk.office, token))) return sendPage(reply, unknown);
    return sendPage(reply, asks(token, { words: '', note: null }));
  });
  app.post<Named & { Body: Typed | null }>('/c/:token/details', async (request, reply) => {
    const { token } = request.params;
    await withinLink(desk.office, request.ip, token);
    const typed = request.body ?? {};
    const words = text(typed, 'words');
    if (words === '')
      return sendPage(reply, asks(token, { words, note: 'Please write what would help.', status: 400 }));
    const done = await candidateTells(desk, token, text(typed, 'code'), words);
    switch (done) {
      case 'unknown':
        return sendPage(reply, unknown);
      case 'done':
        return sendPage(reply, there(token));
      case 'wrong_code':
        return sendPage(reply, asks(token, { words, note: WRONG, status: 400 }));
      case 'away':
        return sendPage(reply, asks(token, { words, note: AWAY, status: 503 }));
      case 'refused':
        return sendPage(
          reply,
          said('This is not possible as things stand', ['Please call HR, they will help.'], 409),
        );
      default: {
        const never: never = done;
        return never;
      }
    }
  });
}
