import { askBrief } from '../client/ask-brief.ts';
import type { Brief } from '../client/ask-brief.ts';
import { askWaiting } from '../client/ask-waiting.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import { latenessText } from './board.ts';
import { doingOf } from './doing.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';
import { when, whoText } from './sentences.ts';

export interface PersonalOptions extends Common {
  readonly as: string;
}

/** The one command that answers, as far as there is a short one. */
const answers: Readonly<Record<string, string>> = {
  'P7.1': 'checkin CASE --topic TOPIC',
  'D7.1': 'checkin CASE --agrees',
  'P8.1': 'review CASE --self WORDS',
  'P8.2': 'review CASE --feedback WORDS',
  'P8.4': 'review CASE --held DAY',
  'P8.5': 'review CASE --sign signed',
  'P8.6': 'review CASE --goals on_track --held DAY',
};

/** @returns the command that answers, or the way to see what is asked */
function answerText({ case: id, kind, why }: Waiting): string {
  if (why.masked) return '';
  // Somebody else holds it and writes it down; what to talk about is for both to say.
  if (why.code === 'P7.1' && why.atSilence === 'the_other_answers') return `agenda add ${id} --topic TOPIC`;
  const short = Object.hasOwn(answers, why.code) ? answers[why.code] : undefined;
  const fits = short !== undefined && (kind === 'employment' || kind === 'review');
  return fits ? short.replace('CASE', id) : `case show ${id}`;
}

/** What one person is asked, soonest due first, each with the command that answers. */
export function inboxText(io: Io, list: readonly Waiting[], now: number): string {
  if (list.length === 0) return 'Nothing waits for you.';
  const rows = list.map((one) => {
    const { why, zone } = one;
    const late = latenessText(why.due, now);
    return [
      when(why.due, zone),
      late === '' ? '' : styled(io, 'red', late),
      why.masked ? 'look at a confidential item' : `${doingOf(why.code)} [${why.code}]`,
      answerText(one),
    ];
  });
  return table(io, ['due', '', 'what', 'answer with'], rows);
}

/** `inbox`: what is asked of one person, and of whom they stand in for. */
export async function inboxCommand(io: Io, options: PersonalOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const { now, list } = await askWaiting(office, { as: options.as, mine: options.as });
    if (options.json === true) io.out(JSON.stringify({ now, as: options.as, inbox: list }));
    else io.out(inboxText(io, list, now));
    return EXIT.done;
  });
}

const spaced = (code: string): string => code.replaceAll('_', ' ');

/** What to do when it gets personal: the same for everybody, and nothing of it is ever written down here. */
export const hardMoments =
  'If they speak of their health: listen, ask what would help at work, and write none of it down. Say that the accommodation officer is there for a request, in confidence; an extra session can be asked for at any time. If somebody’s life is in danger, call the emergency number first.';

function listText(head: string, lines: readonly string[], none: string): readonly string[] {
  return [head, ...(lines.length === 0 ? [`  ${none}`] : lines.map((line) => `  - ${line}`))];
}

const DAY_MS = 86_400_000;
/** What is further away than this belongs to another page. */
const SOON_D = 21;

/** What waits for the reader in this employment within the next weeks; the session itself stands above. */
function soonText({ waiting, now }: Brief): readonly string[] {
  return waiting.flatMap(({ why, zone }) => {
    if (why.masked || why.code === 'P7.1' || why.due > now + SOON_D * DAY_MS) return [];
    const late = latenessText(why.due, now);
    return [
      `${doingOf(why.code)} [${why.code}] · due ${when(why.due, zone)}${late === '' ? '' : ` · ${late}`}`,
    ];
  });
}

/** A brief as one page of text. */
export function briefText(io: Io, brief: Brief): string {
  const { next, last, actions, agenda, credential, hours, unconfirmed } = brief;
  const by = next === null || next.by === null ? 'nobody is in place to hold it' : whoText(next.by);
  const left =
    hours === null
      ? ''
      : `; ${hours.left} hours of ${hours.of === 'route' ? 'supervised work' : 'training'} to do by ${hours.until}`;
  return [
    styled(io, 'bold', `Before the session with ${whoText(brief.employee)}`),
    next === null ? 'No session is planned.' : `${next.on} at ${next.at} (${brief.zone}) · ${by}`,
    last === null
      ? 'No session was held yet.'
      : `Last held ${last.on}: ${last.topics.map(spaced).join(', ')}`,
    ...(unconfirmed.length === 0 ? [] : [`Lines not confirmed yet: ${unconfirmed.join(', ')}`]),
    ...listText(
      styled(io, 'bold', 'Agreed actions that are open'),
      actions.map((one) => `${spaced(one.action)} · ${whoText(one.owner)} · by ${one.due}`),
      'none',
    ),
    ...listText(
      styled(io, 'bold', 'To talk about'),
      agenda.map((one) => `${spaced(one.topic)} (put down by the ${one.by})`),
      'nothing was put down; either of you may: agenda add',
    ),
    `Certificate: ${spaced(credential.status)}, until ${credential.validTo}${left}`,
    ...listText(styled(io, 'bold', 'Waiting for you here'), soonText(brief), 'nothing for now'),
    styled(io, 'bold', 'For hard moments'),
    hardMoments,
  ].join('\n');
}

/** `brief`: one page before a session. */
export async function briefCommand(io: Io, id: string, options: PersonalOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const brief = await askBrief(office, options.as, id);
    io.out(options.json === true ? JSON.stringify({ ...brief, hardMoments }) : briefText(io, brief));
    return EXIT.done;
  });
}
