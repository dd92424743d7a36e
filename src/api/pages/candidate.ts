import type { FastifyInstance } from 'fastify';
import { candidateDeeds, candidateDoes, candidatePage } from '../../client/links/candidate.ts';
import type { CandidateDeed, CandidatePage, Deed, NextDate } from '../../client/links/candidate.ts';
import { isTicked } from '../../client/links/answer.ts';
import type { Typed } from '../../client/links/answer.ts';
import type { OwnStage } from '../../domain/candidacy/own-page.ts';
import { fullTime } from '../../notify/dates.ts';
import { html } from '../../notify/html.ts';
import type { SafeHtml } from '../../notify/html.ts';
import type { Desk } from '../desk.ts';
import { withinLink } from '../limits.ts';
import { said, sendPage, tick } from './page.ts';
import type { Page } from './page.ts';

/** A candidate's own page, without an account: where it stands, the next date, whom to ask, and the few things they can do. */

const unknown: Page = said(
  'This link does not work',
  [
    'It may have been cut in two by a mail program: please copy the whole address from the message.',
    'If HR sent you a newer address, please use that one. It also ends some time after everything is over; HR will help you in either case.',
  ],
  404,
);

const stages: Readonly<Record<OwnStage, readonly [string, string]>> = {
  reading: ['We have it', 'We have what you sent us and are reading it.'],
  meeting: ['We would like to meet', 'The next step is a meeting. We write to you with the times.'],
  deciding: ['We are deciding', 'You have done your part. We are deciding, and will write to you.'],
  letter: ['A letter is with you', 'We sent you a letter. It says how you can answer, and until when.'],
  preparing: [
    'We are getting ready',
    'You said yes, and we are getting everything ready for your first day.',
  ],
  begun: ['It has begun', 'Everything from here on is in your own account.'],
  withdrawn: [
    'You withdrew',
    'You took back what you sent us, and need not do anything more. Thank you for your time.',
  ],
  over: ['It is over', 'We wrote to you about how it ended. You can ask HR about it at any time.'],
};

const nextWords: Readonly<Record<NextDate['is'], string>> = {
  meeting: 'Our meeting',
  yours: 'We hope to hear from you by',
  ours: 'We mean to take the next step by',
};

const open = ({ stage }: CandidatePage): boolean => !['withdrawn', 'over', 'begun'].includes(stage);

function arrangements(page: CandidatePage, token: string): SafeHtml {
  if (page.done.includes('arrangements'))
    return html`<h2>Arrangements</h2>
      <p>
        Your wish to talk is with the person whose task that is. They alone read it, and will get in touch.
      </p>`;
  return html`<h2>Arrangements</h2>
    <p>
      Would something make this easier for you: a place, a time, a way of talking? You need not say here what
      it is. One person whose task this is will get in touch; nobody who decides hears of it.
    </p>
    <form method="post" action="/c/${token}/arrangements">
      ${tick('Yes, please get in touch with me')}
      <button>I would like to talk about arrangements</button>
    </form>
    <p><a href="/c/${token}/details">Or say in writing what would help</a> (with a code we send you)</p>`;
}

/** D4.2: another time is asked for without a reason; what a house allows beyond that, it arranges by a call. */
function anotherTime({ mayMove, next }: CandidatePage, token: string): SafeHtml | null {
  if (next?.is !== 'meeting') return null;
  if (!mayMove)
    return html`<h2>Our meeting</h2>
      <p>If you cannot come then, please call HR: they will help.</p>`;
  return html`<h2>Our meeting</h2>
    <p>
      If this time does not suit you, we offer you others. Nobody asks why, and it changes nothing in how we
      decide. The time above is free again at once.
    </p>
    <form method="post" action="/c/${token}/reschedule">
      ${tick('Yes, please offer me other times')}
      <button>I need another time</button>
    </form>`;
}

function pageOf(page: CandidatePage, token: string, note: string | null = null, status = 200): Page {
  const [title, sentence] = stages[page.stage];
  const { next, zone } = page;
  const told = note ?? (page.lost ? LOST : null);
  return {
    ...{ title, status },
    body: html`${told === null ? null : html`<p class="note" role="status">${told}</p> `}
      <p>
        ${page.stage === 'meeting' && next?.is === 'meeting' ? 'The next step is our meeting.' : sentence}
      </p>
      <dl>
        ${
          next === null
            ? null
            : html`<dt>${nextWords[next.is]}</dt>
                <dd>${fullTime(next.at, zone, 'en-GB')}</dd> `
        }
        <dt>Whom to ask</dt>
        <dd>HR at ${page.siteName}. Answer any message of theirs, or call them.</dd>
        <dt>Reference</dt>
        <dd>${(page.link.case ?? '').slice(-6).toUpperCase()}</dd>
      </dl>
      ${
        open(page)
          ? html`${anotherTime(page, token)} ${arrangements(page, token)}
              <h2>Withdraw</h2>
              <p>You can take back what you sent us at any time. Nobody asks why.</p>
              <p><a href="/c/${token}/withdraw">Withdraw</a> (we ask you once more)</p>`
          : null
      }`,
    foot: 'Whoever has this address sees this page. It names nobody, and not what it is about.',
  };
}

function asksAgain(token: string): Page {
  return {
    title: 'Do you want to withdraw?',
    body: html`<p>
        We would then stop here, and thank you. It cannot be undone on this page; you could apply again.
      </p>
      <form method="post" action="/c/${token}/withdraw">
        ${tick('I am sure')}
        <button>Yes, I withdraw</button>
      </form>
      <p><a href="/c/${token}">No, go back</a></p>`,
  };
}

const LOST =
  'What you sent last could not be entered any more: things had changed by the time our own systems answered again. Please look at what stands here, and send it again if you still want it, or call HR.';
const UNTICKED = 'Nothing was sent: please set the tick above the button first.';
const KEPT = 'We have it safely, and it will be entered as soon as our own systems answer again.';

const thanks: Readonly<Record<CandidateDeed, string>> = {
  withdraw: 'We have noted it. Thank you for telling us.',
  arrangements: 'Thank you. We have your wish to talk.',
  reschedule: 'We have noted it. We write to you with other times.',
};

function pageAfter(done: Deed, token: string, deed: CandidateDeed): Page {
  if (done.is === 'unknown') return unknown;
  if (done.is === 'kept') return pageOf(done.page, token, KEPT);
  if (done.is === 'refused')
    return pageOf(
      done.page,
      token,
      'This is not possible as things stand. Please call HR, they will help.',
      409,
    );
  return pageOf(done.page, token, thanks[deed]);
}

/** `/c/:token`. */
export function candidatePages(app: FastifyInstance, desk: Desk): void {
  type Named = { Params: { token: string } };
  app.get<Named>('/c/:token', async ({ params: { token } }, reply) => {
    const page = await candidatePage(desk.office, token);
    return sendPage(reply, page === null ? unknown : pageOf(page, token));
  });
  app.get<Named>('/c/:token/withdraw', async ({ params: { token } }, reply) => {
    const page = await candidatePage(desk.office, token);
    if (page === null) return sendPage(reply, unknown);
    return sendPage(reply, open(page) ? asksAgain(token) : pageOf(page, token));
  });
  for (const deed of candidateDeeds)
    app.post<Named & { Body: Typed | null }>(`/c/:token/${deed}`, async (request, reply) => {
      await withinLink(desk.office, request.ip, request.params.token);
      const { token } = request.params;
      if (!isTicked(request.body ?? {})) {
        const page = await candidatePage(desk.office, token);
        return sendPage(reply, page === null ? unknown : pageOf(page, token, UNTICKED, 400));
      }
      return sendPage(reply, pageAfter(await candidateDoes(desk, token, deed), token, deed));
    });
}
