import type { FastifyInstance } from 'fastify';
import { applyByForm } from '../../client/links/apply.ts';
import type { Applied, Applying } from '../../client/links/apply.ts';
import type { Typed } from '../../client/links/answer.ts';
import { postedNow, publicPosting } from '../../client/links/postings.ts';
import type { PublicPosting } from '../../client/links/postings.ts';
import { limits } from '../../identity/limits.ts';
import { html } from '../../notify/html.ts';
import type { SafeHtml } from '../../notify/html.ts';
import type { Desk } from '../desk.ts';
import { within } from '../limits.ts';
import { said, sendPage } from './page.ts';
import type { Page } from './page.ts';

/** What is posted, and the form to apply: no account, everything once, in plain words. */

const none: Page = said(
  'This is not posted now',
  ['It may have closed since. All that is open stands on the page of open positions.'],
  404,
);

const parts: readonly (readonly [string, string])[] = [
  ['duties_list', 'What you will do'],
  ['requirements_list', 'What we ask for'],
  ['credential_text', 'Certificate'],
  ['lived_experience_text', 'Experience of your own'],
  ['comparison_text', 'How the pay was set'],
  ['supervision_text', 'Supervision'],
  ['training_text', 'Training we provide'],
  ['growth_text', 'Growth'],
];

function shown(value: string | readonly string[]): SafeHtml {
  if (typeof value === 'string') return html`<p>${value.charAt(0).toUpperCase()}${value.slice(1)}</p>`;
  return html`<ul>
    ${value.map((one) => html`<li>${one}</li> `)}
  </ul>`;
}

/** Pay and hours first: nobody should have to look for them (R5.6). */
function facts({ siteName, fields, closeOn }: PublicPosting): SafeHtml {
  const text = (name: string): string => [fields[name] ?? ''].flat().join(', ');
  return html`<dl>
    <dt>Place</dt>
    <dd>${siteName}</dd>
    <dt>Pay</dt>
    <dd>${text('pay_range')} per ${text('pay_unit')}</dd>
    <dt>Hours</dt>
    <dd>${text('hours_text')}</dd>
    <dt>Open until</dt>
    <dd>${fields['closing_date'] === undefined ? closeOn : text('closing_date')}</dd>
  </dl>`;
}

const FOOT = 'You need no account. You can also apply on paper or by telephone: HR enters it for you.';

function postingPage(posting: PublicPosting): Page {
  const all = { ...posting.promises, ...posting.fields };
  return {
    title: posting.title,
    foot: FOOT,
    body: html`${facts(posting)}
      <p><a class="deed" href="/jobs/${posting.opening}/apply">Apply</a></p>
      ${parts.flatMap(([name, title]) => {
        const value = all[name];
        return value === undefined || value.length === 0
          ? []
          : [
              html`<h2>${title}</h2>
                ${shown(value)} `,
            ];
      })}
      <p><a href="/jobs/${posting.opening}/apply">Apply</a> · <a href="/jobs">All open positions</a></p>`,
  };
}

const wrongWords: Readonly<Record<'name' | 'email' | 'phone', string>> = {
  name: 'Please write the name you want us to use, with letters only and no longer than 80 of them.',
  email: 'Please give a mail address or a telephone number, in full, so that we can answer you.',
  phone: 'Please look at the telephone number once more.',
};

interface Control {
  readonly name: 'name' | 'email' | 'phone';
  readonly label: string;
  readonly hint: string;
  readonly type: string;
  readonly autocomplete: string;
}

const controls: readonly Control[] = [
  {
    ...{ name: 'name', label: 'Your name', hint: 'The one you want us to use.' },
    ...{ type: 'text', autocomplete: 'name' },
  },
  {
    ...{ name: 'email', label: 'Mail address', hint: 'We answer here. Leave it out if you have none.' },
    ...{ type: 'email', autocomplete: 'email' },
  },
  {
    ...{ name: 'phone', label: 'Telephone', hint: 'Needed only if you gave no mail address.' },
    ...{ type: 'tel', autocomplete: 'tel' },
  },
];

function controlOf(
  { name, label, hint, type, autocomplete }: Control,
  value: string,
  wrong: boolean,
): SafeHtml {
  const attributes = html`id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"
  maxlength="200" value="${value}" aria-describedby="${name}-hint"`;
  return html`<label for="${name}">${label}</label>
    <p class="hint" id="${name}-hint">${hint}</p>
    ${wrong ? html`<input ${attributes} aria-invalid="true" />` : html`<input ${attributes} />`} `;
}

/** Domain 5.3: the tick is all that is ever asked or kept about it. */
const box = (checked: boolean): SafeHtml =>
  html`<fieldset>
    <legend>Experience of your own</legend>
    <label class="choice"
      ><input
        type="checkbox"
        name="attested"
        value="yes"
        aria-describedby="attested-hint"
        ${checked ? html`checked` : null}
      />
      I have experience of my own of the kind this position asks for</label
    >
    <p class="hint" id="attested-hint">
      The tick is all we ask. Please do not write to us what it is: nobody here will ask you about it.
    </p>
  </fieldset>`;

function formPage(posting: PublicPosting, typed: Applying, wrong: 'name' | 'email' | 'phone' | null): Page {
  return {
    ...{ title: `Apply: ${posting.title}`, foot: FOOT, status: wrong === null ? 200 : 400 },
    body: html`${wrong === null ? null : html`<p class="note" role="alert">${wrongWords[wrong]}</p> `}
      ${facts(posting)}
      <form method="post" action="/jobs/${posting.opening}/apply">
        ${controls.map((one) => controlOf(one, typed[one.name], wrong === one.name))}
        ${posting.asksStatement ? box(typed.attested) : null}
        <p class="hint">
          HR and the people who read applications for this position see what you send. We keep it no longer
          than the law asks, and you can withdraw at any time.
        </p>
        <button>Send my application</button>
      </form>
      <p><a href="/jobs/${posting.opening}">Back to the posting</a></p>`,
  };
}

/** What follows: by mail where there is an address, else by phone; nobody is promised what cannot reach them. */
const thanks = ({ email }: Applying): Page =>
  said('Thank you, we have your application', [
    email.trim() === ''
      ? 'You left no mail address, so nothing comes by mail: we call the number you gave, within a few days. Ask on the phone where things stand, or to withdraw.'
      : 'We will confirm it within a few days. In our message you find the address of a page of your own: it says where things stand, and you can withdraw there.',
    'If you hear nothing from us within a week, please call HR.',
  ]);

function pageAfter(done: Applied, typed: Applying): Page {
  switch (done.is) {
    case 'unknown':
      return none;
    case 'incomplete':
      return formPage(done.posting, typed, done.field);
    case 'closed':
      return said('This cannot be taken here', ['Please call HR: they will help you with it.'], 409);
    case 'done':
      return thanks(typed);
    default: {
      const never: never = done;
      return never;
    }
  }
}

const text = (value: Typed[string]): string => (typeof value === 'string' ? value.slice(0, 300) : '');
const empty: Applying = { name: '', email: '', phone: '', attested: false };

/** `/jobs`. */
export function applyPages(app: FastifyInstance, desk: Desk): void {
  type Named = { Params: { opening: string }; Body: Typed | null };
  app.get('/jobs', async (_request, reply) => {
    const found = await Promise.all(
      (await postedNow(desk.office)).map((id) => publicPosting(desk.office, id)),
    );
    const list = found.filter((one) => one !== null);
    if (list.length === 0)
      return sendPage(
        reply,
        said('Open positions', ['Nothing is posted at the moment. Please look again later.']),
      );
    const body = html`<ul>
      ${list.map(({ opening, title, siteName, fields, closeOn }) => {
        const pay = [fields['pay_range'] ?? ''].flat().join('');
        return html`<li>
          <a href="/jobs/${opening}">${title}, ${siteName}</a>: ${pay} per hour, open until
          ${[fields['closing_date'] ?? closeOn].flat().join('')}
        </li> `;
      })}
    </ul>`;
    return sendPage(reply, { title: 'Open positions', foot: FOOT, body });
  });
  app.get<Named>('/jobs/:opening', async ({ params }, reply) => {
    const posting = await publicPosting(desk.office, params.opening);
    return sendPage(reply, posting === null ? none : postingPage(posting));
  });
  app.get<Named>('/jobs/:opening/apply', async ({ params }, reply) => {
    const posting = await publicPosting(desk.office, params.opening);
    return sendPage(reply, posting === null ? none : formPage(posting, empty, null));
  });
  app.post<Named>('/jobs/:opening/apply', async (request, reply) => {
    await within(desk.office, limits.apply, request.ip);
    const body = request.body ?? {};
    const typed: Applying = {
      ...{ name: text(body['name']), email: text(body['email']), phone: text(body['phone']) },
      attested: body['attested'] === 'yes',
    };
    return sendPage(reply, pageAfter(await applyByForm(desk, request.params.opening, typed), typed));
  });
}
