import { fullTime, shortDay } from './dates.ts';
import type { DateLocale } from './dates.ts';
import { html } from './html.ts';
import type { SafeHtml } from './html.ts';
import { checkMailFacts } from './mail-facts.ts';
import type { DigestLine, MailFacts, MailLink, MailReason, TemplateCode } from './mail-facts.ts';
import { informText, promptText } from './prompt-texts.ts';
import { assertNeutralSubject } from './subject.ts';

/** Counts up with every change of wording; kept with each message instead of its text. */
export const TEMPLATE_VERSION = 5;

/** A message ready to send; always with a text part. */
export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Writes a message: a neutral subject (verb, object, date) and a body that says what is asked, by when, why this
 * person gets it and under which reference.
 *
 * @throws MailFieldInvalid, SubjectNotNeutral.
 */
export function render(template: TemplateCode, facts: MailFacts): Rendered {
  checkMailFacts(facts);
  const subject = subjectOf(template, facts);
  assertNeutralSubject(subject);
  const greeting = facts.recipientName === undefined ? 'Hello,' : `Hello ${facts.recipientName},`;
  const paragraphs = [greeting, ...bodyOf(template, facts)];
  const details = detailsOf(template, facts);
  const lines = template === 'digest' ? (facts.lines ?? []) : [];
  return {
    subject,
    text: textPart(paragraphs, details, lines, facts),
    html: htmlPart(subject, paragraphs, details, lines, facts),
  };
}

function subjectOf(template: TemplateCode, facts: MailFacts): string {
  const day = shortDay(facts.due, facts.zone, localeOf(facts));
  const { verb } = promptText(facts.prompt ?? '', facts.confidential ?? false);
  const count = template === 'digest' ? (facts.lines?.length ?? facts.count ?? 0) : (facts.count ?? 1);
  const items = count === 1 ? '1 item' : `${count} items`;
  const was = count === 1 ? 'was' : 'were';
  switch (template) {
    case 'ask':
      return `Please ${verb} by ${day}: ${items} open`;
    case 'remind':
      return `Reminder: please ${verb} by ${day}: ${items} open`;
    case 'due_today':
      return `Please ${verb} today, ${day}: ${items} open`;
    case 'late':
      return `Please ${verb} now: ${items} ${was} due ${day}`;
    case 'stand_in':
      return `Please step in now: ${items} ${was} due ${day}`;
    case 'escalate':
      return `Please look: ${items} ${was} due ${day}`;
    case 'decide':
      return `Please decide: ${items} ${was} due ${day}`;
    case 'inform':
      return `Please read: ${count === 1 ? '1 message' : `${count} messages`}, ${day}`;
    case 'digest':
      return `Your list for ${day}: ${items} open`;
    default: {
      const never: never = template;
      return never;
    }
  }
}

function bodyOf(template: TemplateCode, facts: MailFacts): readonly string[] {
  const { asks } = promptText(facts.prompt ?? '', facts.confidential ?? false);
  switch (template) {
    case 'ask':
      return [asks];
    case 'inform':
      return [
        informText(facts.prompt ?? '', facts.confidential ?? false).asks,
        ...(facts.code === undefined ? [] : [`Code: ${facts.code.slice(0, 4)} ${facts.code.slice(4)}`]),
      ];
    case 'remind':
      return [asks, 'This is a reminder.'];
    case 'due_today':
      return [asks, 'It is due today.'];
    case 'late':
      return [asks, 'The date has passed and nothing was decided by that. It can still be done.'];
    case 'stand_in':
      return [
        'Somebody you stand in for has not been able to answer in time. You may act in their place.',
        `They were asked: ${asks}`,
      ];
    case 'escalate':
      return [
        'An item has not been answered in time. Please see that somebody takes it up.',
        `Asked was: ${asks}`,
      ];
    case 'decide':
      return [
        'An item has stayed unanswered. Please give it to somebody else, waive it with a reason, or stop it.',
        `Asked was: ${asks}`,
      ];
    case 'digest':
      return [facts.standsIn === true ? STANDS_IN : 'These items are open for you.'];
    default: {
      const never: never = template;
      return [never];
    }
  }
}

/** The absent person is not named: whoever stands in knows for whom. */
const STANDS_IN =
  'You stand in for somebody from now on. These items of theirs are open, and yours to answer in their place.';

interface Detail {
  readonly label: string;
  readonly value: string;
}

function detailsOf(template: TemplateCode, facts: MailFacts): readonly Detail[] {
  const when = fullTime(facts.due, facts.zone, localeOf(facts));
  const label = template === 'inform' || template === 'digest' ? 'Date' : 'By';
  return [
    { label, value: when },
    { label: 'Reference', value: facts.ref },
    { label: 'Why you receive this', value: REASONS[facts.why ?? reasonOf(template, facts)] },
    { label: 'How to change it', value: facts.anyway === true ? ANYWAY : changeOf(template, facts) },
  ];
}

const REASONS: Readonly<Record<MailReason, string>> = {
  owner: 'the item is yours to answer.',
  stand_in: 'you stand in for the person who was asked first.',
  manager: 'you manage the work this item belongs to.',
  hr: 'HR looks after items that stay open.',
  concerned: 'it is about something you take part in.',
};

function reasonOf(template: TemplateCode, { standsIn = false }: MailFacts): MailReason {
  if (standsIn) return 'stand_in';
  switch (template) {
    case 'stand_in':
      return 'stand_in';
    case 'escalate':
      return 'manager';
    case 'decide':
      return 'hr';
    case 'inform':
      return 'concerned';
    case 'ask':
    case 'remind':
    case 'due_today':
    case 'late':
    case 'digest':
      return 'owner';
    default: {
      const never: never = template;
      return never;
    }
  }
}

/** Preferences cannot silence what only this person can do, or what has to be said: such a message says so. */
const ANYWAY =
  'you asked for no messages of this kind. This one comes all the same: nobody else can answer it, or you have a right to know it.';

function changeOf(template: TemplateCode, { standsIn = false }: MailFacts): string {
  if (template === 'digest' && !standsIn)
    return 'the list comes once a day while something is due or new; you can ask for it, or for single messages.';
  if (template === 'inform') return 'you need not answer; HR can correct what is wrong.';
  return 'if this is not yours or the date does not work, tell HR; any answer stops the reminders.';
}

const GROUPS = [
  { group: 'late', title: 'Late' },
  { group: 'today', title: 'Today' },
  { group: 'week', title: 'This week' },
  { group: 'later', title: 'Later' },
] as const;

/** Soonest due first within each group; empty groups are left out. */
function grouped(lines: readonly DigestLine[]): readonly { title: string; lines: readonly DigestLine[] }[] {
  return GROUPS.map(({ group, title }) => ({
    title,
    lines: lines.filter((line) => line.group === group).sort((a, b) => a.due - b.due),
  })).filter(({ lines: own }) => own.length > 0);
}

/** What others are late with is said without content: their supervisor's mail is not where it belongs. */
const OTHERS = 'An item of somebody you look after has not been answered in time. Please see to it.';

function sentenceOf(line: DigestLine): string {
  const confidential = line.confidential ?? false;
  const what = line.what ?? 'own';
  switch (what) {
    case 'own':
      return promptText(line.prompt, confidential).asks;
    case 'news':
      return informText(line.prompt, confidential).asks;
    case 'others':
      return OTHERS;
    default: {
      const never: never = what;
      return never;
    }
  }
}

function lineText(line: DigestLine, facts: MailFacts): string {
  const asks = sentenceOf(line);
  return `${shortDay(line.due, facts.zone, localeOf(facts))}: ${asks} (${line.ref})`;
}

function textPart(
  paragraphs: readonly string[],
  details: readonly Detail[],
  lines: readonly DigestLine[],
  facts: MailFacts,
): string {
  const list = grouped(lines).map(({ title, lines: own }) =>
    [title, ...own.map((line) => `- ${lineText(line, facts)}${line.link ? `\n  ${line.link}` : ''}`)].join(
      '\n',
    ),
  );
  const link = facts.link === undefined ? [] : [`${linkText(facts)}: ${facts.link}`];
  const foot = details.map(({ label, value }) => `${label}: ${value}`).join('\n');
  return `${[...paragraphs, ...list, ...link, foot].join('\n\n')}\n`;
}

function htmlPart(
  subject: string,
  paragraphs: readonly string[],
  details: readonly Detail[],
  lines: readonly DigestLine[],
  facts: MailFacts,
): string {
  const list = grouped(lines).map(
    ({ title, lines: own }) =>
      html`<h2>${title}</h2>
        <ul>
          ${own.map((line) => html`<li>${linked(lineText(line, facts), line.link)}</li>`)}
        </ul>`,
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${subject}</title>
      </head>
      <body>
        ${paragraphs.map((paragraph) => html`<p>${paragraph}</p> `)}${list}${facts.link === undefined ? null : html`<p>${linked(linkText(facts), facts.link)}</p> `}
        <dl>
          ${details.map(
            ({ label, value }) =>
              html`<dt>${label}</dt>
                <dd>${value}</dd> `,
          )}
        </dl>
      </body>
    </html> `;
  return page.safe;
}

const linkTexts: Readonly<Record<MailLink, string>> = {
  answer: 'Answer here',
  page: 'Your page',
  sign_in: 'Sign in here',
};
const linkText = ({ linkIs = 'answer' }: MailFacts): string => linkTexts[linkIs];

function linked(text: string, link: string | undefined): SafeHtml {
  return link === undefined ? html`${text}` : html`<a href="${link}">${text}</a>`;
}

function localeOf(facts: MailFacts): DateLocale {
  return facts.locale ?? 'en-GB';
}
