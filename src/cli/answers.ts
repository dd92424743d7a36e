import { readFileSync } from 'node:fs';
import { askDesk } from '../client/ask-brief.ts';
import type { Desk } from '../client/ask-brief.ts';
import { decideCommand } from './decide.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import type { PersonalOptions } from './inbox.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

/** What every answer takes besides what it says. */
export interface AnswerOptions extends PersonalOptions {
  readonly behalfOf?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly acknowledge?: readonly string[] | undefined;
  readonly dryRun?: boolean | undefined;
}

const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);

/** A free text of an answer, about a person. */
const words = (text: string, about: string | null): object => (about === null ? { text } : { text, about });

async function deskOf(io: Io, id: string, options: AnswerOptions): Promise<Desk> {
  return within(options, io.env, ({ office }) => askDesk(office, options.as, id));
}

/** Asks the case: the same way as `decide`, with a command that was put together here. */
function answer(io: Io, id: string, options: AnswerOptions, type: string, payload: object): Promise<Exit> {
  const { as, behalfOf, decisionId, acknowledge, dryRun, json, home } = options;
  return decideCommand(io, {
    ...{ case: id, type, actor: as, payload: JSON.stringify(payload) },
    ...{ behalfOf, decisionId, acknowledge, dryRun, json, home },
  });
}

/** The day in the id of what is owed soonest, e.g. `P7.1:2026-02-03:…`. */
function dayOwed({ owed }: Desk, prefix: string): string | null {
  for (const { why } of owed) {
    const found =
      why.masked || !why.id.startsWith(prefix) ? undefined : why.id.slice(prefix.length, prefix.length + 10);
    if (found !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(found)) return found;
  }
  return null;
}

export interface CheckinOptions extends AnswerOptions {
  readonly session?: string | undefined;
  readonly outcome?: string | undefined;
  readonly on?: string | undefined;
  readonly minutes?: string | undefined;
  readonly mode?: string | undefined;
  readonly topic?: readonly string[] | undefined;
  readonly action?: readonly string[] | undefined;
  readonly note?: string | undefined;
  readonly agrees?: boolean | undefined;
  readonly differs?: boolean | undefined;
  readonly comment?: string | undefined;
}

function actionOf(word: string): object {
  const [action, owner, due] = word.split(':');
  if (action === undefined || owner === undefined || due === undefined)
    throw usage('--action takes code:owner:day, e.g. --action ask_for_laptop:supervisor:2026-03-02.');
  return { action, owner, due };
}

function logged(options: CheckinOptions, session: string, desk: Desk): object {
  const { outcome = 'held', on, minutes = '60', mode = 'in_person', topic = [], action = [], note } = options;
  const held = outcome === 'held' ? { minutes: Number(minutes), mode } : {};
  return {
    ...{ session, outcome, topics: topic, actions: action.map(actionOf), ...held },
    ...(on === undefined ? {} : { on }),
    ...(note === undefined ? {} : { note: words(note, desk.employee) }),
  };
}

/** `checkin`: a supervisor writes down a session, an employee confirms the line about them. */
export async function checkin(io: Io, id: string, options: CheckinOptions): Promise<Exit> {
  if (options.agrees === true && options.differs === true) throw usage('Say either --agrees or --differs.');
  const desk = await deskOf(io, id, options);
  const confirms = options.agrees === true || options.differs === true;
  const session = options.session ?? dayOwed(desk, confirms ? 'D7.1:confirm:' : 'P7.1:');
  if (session === null)
    throw usage('No session waits for you in this case now: name one with --session DAY.');
  if (!confirms) return answer(io, id, options, 'log_session', logged(options, session, desk));
  const view = options.agrees === true ? 'agrees' : 'differs';
  const { comment } = options;
  const said = comment === undefined ? {} : { comment: words(comment, options.as) };
  return answer(io, id, options, 'confirm_session', { session, view, ...said });
}

export interface AgendaOptions extends AnswerOptions {
  readonly topic: readonly string[];
}

/** `agenda add`: what to talk about next time, by either of the two. */
export function agendaAdd(io: Io, id: string, options: AgendaOptions): Promise<Exit> {
  return answer(io, id, options, 'put_on_agenda', { topics: options.topic });
}

export interface ReviewOptions extends AnswerOptions {
  readonly colleague?: readonly string[] | undefined;
  readonly self?: string | undefined;
  readonly feedback?: string | undefined;
  readonly draft?: string | undefined;
  readonly share?: boolean | undefined;
  readonly held?: string | undefined;
  readonly goals?: string | undefined;
  readonly sign?: string | undefined;
  readonly comment?: string | undefined;
}

function draftOf(file: string): object {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw usage(`The file ${file} cannot be read.`);
  }
  try {
    return JSON.parse(text) as object;
  } catch {
    throw usage(`${file} is not JSON: form, scale, ratings, overall, followUps, goals, cites, text.`);
  }
}

/** Which command the options say, with what it holds; the first that fits is the only one. */
function reviewAnswers(options: ReviewOptions, about: string | null): readonly (readonly [string, object])[] {
  const { colleague, self, feedback, draft, share, held, goals, sign, comment } = options;
  const found: (readonly [string, object])[] = [];
  if (colleague !== undefined) found.push(['choose_colleagues', { colleagues: colleague }]);
  if (self !== undefined) found.push(['share_self_review', { text: words(self, about) }]);
  if (feedback !== undefined) found.push(['share_feedback', { text: words(feedback, about) }]);
  if (draft !== undefined) found.push(['submit_draft', draftOf(draft)]);
  if (share === true) found.push(['share_draft', {}]);
  if (goals !== undefined) found.push(['check_goals', { state: goals, held }]);
  else if (held !== undefined) found.push(['hold_talk', { held }]);
  if (sign !== undefined) {
    const said = comment === undefined ? {} : { comment: words(comment, about) };
    found.push(['respond', { response: sign, ...said }]);
  }
  return found;
}

/** `review`: an answer in a review, by whoever is asked for it. */
export async function review(io: Io, id: string, options: ReviewOptions): Promise<Exit> {
  const desk = await deskOf(io, id, options);
  const [one, other] = reviewAnswers(options, desk.employee);
  if (one === undefined || other !== undefined)
    throw usage(
      'Give one answer: --colleague, --self, --feedback, --draft, --share, --held, --goals (with --held) or --sign.',
    );
  return answer(io, id, options, one[0], one[1]);
}

export interface AdoptOptions extends AnswerOptions {
  readonly site: string;
  readonly person: string;
  readonly role: string;
  readonly dayOne: string;
  readonly supervisor: string;
  readonly second?: string | undefined;
  readonly manager: string;
  readonly credential: string;
  readonly exclusionChecked: string;
  readonly trained?: string | undefined;
  readonly secondTrained?: string | undefined;
  readonly weeks: string;
}

/** `adopt`: proposes to take over an employment that began elsewhere, which a second person confirms; its earlier gates are for ever *not witnessed*. */
export function adopt(io: Io, options: AdoptOptions): Promise<Exit> {
  const { site, person, role, dayOne, supervisor, second = null, manager, weeks } = options;
  const [status = '', validTo = ''] = options.credential.split('@');
  const { as, behalfOf, decisionId, acknowledge, dryRun, json, home } = options;
  const payload = {
    ...{ site, person, role, dayOne, supervisor, second, manager, weeks: Number(weeks) },
    ...{ credential: { status, validTo }, exclusionCheckedOn: options.exclusionChecked },
    ...{ trained: options.trained, secondTrained: options.secondTrained },
  };
  return decideCommand(io, {
    ...{ new: 'employment', type: 'adopt', actor: as, payload: JSON.stringify(payload) },
    ...{ behalfOf, decisionId, acknowledge, dryRun, json, home },
  });
}
