import type { FastifyInstance } from 'fastify';
import { TICK, answerByLink, takesTick } from '../../client/links/answer.ts';
import type { Answered, Typed } from '../../client/links/answer.ts';
import { seenLink } from '../../client/links/look.ts';
import type { SeenLink } from '../../client/links/look.ts';
import type { AnswerField, AnswerOffer } from '../../domain/answers.ts';
import { fullTime } from '../../notify/dates.ts';
import { html } from '../../notify/html.ts';
import type { SafeHtml } from '../../notify/html.ts';
import { promptText, textKey } from '../../notify/prompt-texts.ts';
import type { Desk } from '../desk.ts';
import { withinLink } from '../limits.ts';
import { said, sendPage, tick } from './page.ts';
import type { Page } from './page.ts';
import { answerWords, fieldWords, refusalWords, spaced, standingWords } from './words.ts';

/** Pages a link in a message leads to: looking changes nothing, however often; one button is one answer, once. */

const unknown: Page = said(
  'This link does not work',
  [
    'It may have been cut in two by a mail program: please copy the whole address from the message.',
    'If it still does not work, sign in, or tell HR. Nothing was changed.',
  ],
  404,
);

/** A day's control, ticks of a closed list, or a number: each under a label of its own. */
function control(field: AnswerField, seen: SeenLink, prefix: string): SafeHtml {
  const id = `${prefix}-${field.name}`;
  const label = fieldWords(field.name);
  const ticks = (kind: 'radio' | 'checkbox', list: readonly (readonly [string, string])[]): SafeHtml =>
    html`<p class="ask" id="${id}">${label}</p>
      <div role="group" aria-labelledby="${id}">
        ${list.map(
          ([value, text]) =>
            html`<label class="choice"
              ><input type="${kind}" name="${field.name}" value="${value}" /> ${text}</label
            > `,
        )}
      </div>`;
  switch (field.is) {
    case 'day':
      return html`<label for="${id}">${label}</label
        ><input id="${id}" name="${field.name}" type="date" required />`;
    case 'number':
      return html`<label for="${id}">${label}</label
        ><input
          id="${id}"
          name="${field.name}"
          type="number"
          inputmode="numeric"
          min="${field.least}"
          max="${field.most}"
        />`;
    case 'some':
      return ticks(
        'checkbox',
        field.of.map((code) => [code, spaced(code)]),
      );
    case 'one':
      return ticks(
        'radio',
        field.of.map((code) => [code, spaced(code)]),
      );
    case 'slot':
      return ticks(
        'radio',
        seen.slots.map(({ n, on, at }) => [String(n), `${on}, ${at} ${seen.zone}`]),
      );
    default: {
      const never: never = field;
      return never;
    }
  }
}

/** One answer is one form with one button: what belongs to another answer is not sent with it. */
function formOf(offer: AnswerOffer, seen: SeenLink, token: string): SafeHtml {
  const { legend, button } = answerWords(seen.link.code ?? '', offer.answer);
  const sure = takesTick(offer) ? tick(legend) : null;
  if (offer.fields.length === 0)
    return html`<form method="post" action="/a/${token}">
      ${sure}
      <button class="quiet" name="answer" value="${offer.answer}">${button}</button>
    </form> `;
  return html`<form method="post" action="/a/${token}">
    <fieldset>
      <legend>${legend}</legend>
      ${offer.fields.map((field) => html`${control(field, seen, offer.answer)} `)} ${sure}
      <button name="answer" value="${offer.answer}">${button}</button>
    </fieldset>
  </form> `;
}

const when = (at: number, zone: string): string => fullTime(at, zone, 'en-GB');

function openPage(seen: SeenLink, token: string, note: string | null, status: number): Page {
  const { link, zone, due } = seen;
  const { asks } = promptText(textKey(link.code ?? '', link.obligation ?? ''), false);
  const ref = (link.case ?? '').slice(-6).toUpperCase();
  return {
    ...{ title: 'Your answer', status },
    body: html`${note === null ? null : html`<p class="note" role="alert">${note}</p> `}
      <p>${asks}</p>
      <dl>
        <dt>Due</dt>
        <dd>${when(due ?? seen.now, zone)}</dd>
        <dt>Reference</dt>
        <dd>${ref}</dd>
      </dl>
      ${seen.offers.map((offer) => formOf(offer, seen, token))}
      <h2>Something else?</h2>
      <p><a href="/">Sign in</a> for everything that is not here, or tell HR.</p>`,
  };
}

/** A second use shows kindly what was recorded. */
function answeredPage({ link, zone, waits, refused, gone }: SeenLink): Page {
  if (gone)
    return said('These times are all taken', [
      'We are sorry: none of the times we offered can be had any more. Nothing is lost by it, and it is not held against you.',
      'HR knows, and writes to you with other times. You need not do anything.',
    ]);
  if (refused !== null)
    return said('Your answer came too late', [
      'We had it, and the question had changed by then, so it was not entered. Nothing else was changed.',
      'If something is still open, a newer message or your list has it.',
    ]);
  const { legend } = answerWords(link.code ?? '', link.answer ?? '');
  const at = when(link.answeredAt ?? link.madeAt, zone);
  const kept = 'It is kept safely and will be entered as soon as our own systems answer again.';
  return said('Thank you, we have your answer', [
    `Recorded: ${legend}. ${at}.`,
    waits
      ? kept
      : 'You need not do anything more. If it is not what you meant, tell HR: they can put it right.',
  ]);
}

function standingPage(seen: SeenLink): Page {
  if (seen.standing === 'open' || seen.standing === 'answered') return answeredPage(seen);
  const [title, sentence] = standingWords(seen.standing);
  return said(title, [sentence], seen.standing === 'expired' ? 410 : 409);
}

function pageAfter(done: Answered, token: string): Page {
  switch (done.is) {
    case 'unknown':
      return unknown;
    case 'done':
    case 'kept':
      return answeredPage(done.seen);
    case 'closed':
      return standingPage(done.seen);
    case 'incomplete':
      return openPage(
        done.seen,
        token,
        done.field === TICK
          ? 'Please set the tick beside the answer you mean, then press its button.'
          : `Something is missing or has another form: ${fieldWords(done.field)}.`,
        400,
      );
    case 'refused': {
      if (done.seen.standing !== 'open') return standingPage(done.seen);
      const codes = done.refusal.missing.map(({ code }) => code);
      return openPage(done.seen, token, refusalWords(codes), 409);
    }
    default: {
      const never: never = done;
      return never;
    }
  }
}

/** `/a/:token`. */
export function answerPages(app: FastifyInstance, desk: Desk): void {
  app.get<{ Params: { token: string } }>('/a/:token', async ({ params }, reply) => {
    const seen = await seenLink(desk.office, params.token);
    if (seen === null) return sendPage(reply, unknown);
    if (seen.standing !== 'open') return sendPage(reply, { ...standingPage(seen), status: 200 });
    return sendPage(reply, openPage(seen, params.token, null, 200));
  });
  app.post<{ Params: { token: string }; Body: Typed | null }>('/a/:token', async (request, reply) => {
    await withinLink(desk.office, request.ip, request.params.token);
    const { token } = request.params;
    const typed = request.body ?? {};
    const answer = typeof typed['answer'] === 'string' ? typed['answer'] : '';
    return sendPage(reply, pageAfter(await answerByLink(desk, token, answer, typed), token));
  });
}
