import { askBrief } from '../client/ask-brief.ts';
import type { Brief } from '../client/ask-brief.ts';
import { askWaiting } from '../client/ask-waiting.ts';
import type { Waiting } from '../client/ask-waiting.ts';
import type { PersonRef } from '../domain/kernel/words.ts';
import { answerWith } from './answer-with.ts';
import { latenessText } from './board.ts';
import { doingHere } from './doing.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled } from './io.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';
import { when, whoText } from './sentences.ts';

export interface PersonalOptions extends Common {
  readonly as: string;
}

function itemText(io: Io, one: Waiting, as: PersonRef, now: number): string {
  const { why, zone } = one;
  const late = latenessText(why.due, now);
  const head = styled(io, 'bold', when(why.due, zone));
  const answer = answerWith(one, as);
  const others = answer?.others ?? [];
  return [
    late === '' ? head : `${head} · ${styled(io, 'red', late)}`,
    `  ${why.masked ? 'look at a confidential item' : `${doingHere(why)} [${why.code}]`}`,
    ...(answer === null ? [] : [`    peer-hire ${answer.line}`]),
    ...(others.length === 0 ? [] : [`    or: decide with --type ${others.join(', ')}`]),
  ].join('\n');
}

/**
 * What one person is asked, soonest due first, each with the command that answers, on a line of its own to be copied whole.
 * @param as whose list it is
 */
export function inboxText(io: Io, list: readonly Waiting[], now: number, as: PersonRef): string {
  if (list.length === 0) return 'Nothing waits for you.';
  return list.map((one) => itemText(io, one, as, now)).join('\n\n');
}

/** `inbox`: what is asked of one person, and of whom they stand in for. */
export async function inboxCommand(io: Io, options: PersonalOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const { now, list } = await askWaiting(office, { as: options.as, mine: options.as });
    if (options.json === true) io.out(JSON.stringify({ now, as: options.as, inbox: list }));
    else io.out(inboxText(io, list, now, options.as));
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
    return [`${doingHere(why)} [${why.code}] · due ${when(why.due, zone)}${late === '' ? '' : ` · ${late}`}`];
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
