import {
  checkInNeeds,
  driftDuties,
  integrationItems,
  sessionModes,
  sessionTopics,
  talkTopics,
} from './employment/words.ts';
import { kindOf } from './kernel/words.ts';

/**
 * What an answer still needs to know: a day, one or some words of a closed list, a whole number from `least` to `most`, one
 * of the times offered.
 */
export type AnswerField =
  | { readonly name: string; readonly is: 'day' }
  | { readonly name: string; readonly is: 'some'; readonly of: readonly string[] }
  | { readonly name: string; readonly is: 'one'; readonly of: readonly string[] }
  | { readonly name: string; readonly is: 'number'; readonly least: number; readonly most: number }
  | { readonly name: string; readonly is: 'slot' };

/** One answer that may be given without signing in, and the command it is. */
export interface AnswerOffer {
  /** Closed: `held`, `moved` … */
  readonly answer: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly fields: readonly AnswerField[];
}

/** What is owed, as far as it decides what may be answered. */
export interface Owed {
  readonly case: string;
  readonly code: string;
  readonly id: string;
}

const day = (name: string): AnswerField => ({ name, is: 'day' });
const some = (name: string, of: readonly string[]): AnswerField => ({ name, is: 'some', of });
const percent = (name: string): AnswerField => ({ name, is: 'number', least: 0, most: 100 });

const offer = (
  answer: string,
  type: string,
  payload: AnswerOffer['payload'] = {},
  ...fields: readonly AnswerField[]
): AnswerOffer => ({ answer, type, payload, fields });

/** What a line about a session that was held has to hold. */
const ofSession: readonly AnswerField[] = [
  { name: 'minutes', is: 'number', least: 1, most: 600 },
  { name: 'mode', is: 'one', of: sessionModes },
  some('topics', sessionTopics),
];

/** D7.1: who holds it says what became of it; who is only told may move it, and say that the other one did not come. */
function session([first = '', second = '', seat = '']: readonly string[]): readonly AnswerOffer[] {
  const session = first.startsWith('extra_') ? second : first;
  const logged = { session, topics: [], actions: [] };
  const moved = offer('moved', 'move_session', { session }, day('to'));
  const alone = offer('missed_supervisor', 'log_session', { ...logged, outcome: 'missed_supervisor' });
  if (seat === 'employee') return [moved, { ...alone, answer: 'not_held' }];
  return [
    offer('held', 'log_session', { ...logged, outcome: 'held' }, ...ofSession),
    moved,
    offer('missed_employee', 'log_session', { ...logged, outcome: 'missed_employee' }),
    alone,
  ];
}

/** D6.3. R6.2: topic codes, and no field for more. */
function talk([at = '']: readonly string[]): readonly AnswerOffer[] {
  const of = { talk: Number(at), topics: [] };
  return [
    offer('held', 'record_mentor_talk', { ...of, outcome: 'held' }, some('topics', talkTopics)),
    offer('moved', 'record_mentor_talk', { ...of, outcome: 'moved' }, day('to')),
    offer('missed', 'record_mentor_talk', { ...of, outcome: 'missed' }),
  ];
}

/** D6.1. */
function item([name = '']: readonly string[]): readonly AnswerOffer[] {
  return [
    offer('done', 'settle_item', { item: name, outcome: 'done' }),
    offer('late', 'settle_item', { item: name, outcome: 'late' }, day('due')),
  ];
}

/** D6.4, the hire's own half. */
function checkIn([, at = '', who = '']: readonly string[]): readonly AnswerOffer[] {
  if (who !== 'hire') return [];
  const of = { at: Number(at), needs: [] };
  return [
    offer('fine', 'answer_check_in', { ...of, outcome: 'fine' }),
    offer('needs_action', 'answer_check_in', { ...of, outcome: 'needs_action' }, some('needs', checkInNeeds)),
  ];
}

/** D7.3: how the month went, each alone. */
function pulse([month = '']: readonly string[]): readonly AnswerOffer[] {
  const shares = ['core', 'support', 'shared', 'nonPeer'].map(percent);
  return [
    offer('shares', 'answer_pulse', { month, prohibited: [] }, ...shares, some('prohibited', driftDuties)),
  ];
}

const closing = ([action = '']: readonly string[]): readonly AnswerOffer[] => [
  offer('done', 'close_action', { action, outcome: 'done' }),
];

/** D5.7: whether somebody can be a mentor; the manager, who is to name one, signs in. */
const mentoring =
  (yes: string, no: string) =>
  ([who = '']: readonly string[]): readonly AnswerOffer[] =>
    /^(prs_|\d)/.test(who)
      ? [
          offer('can', 'answer_mentoring', { answer: yes }),
          offer('cannot', 'answer_mentoring', { answer: no }),
        ]
      : [];

type Answers = (parts: readonly string[]) => readonly AnswerOffer[];

/**
 * The closed table: what may be answered from a message, by the kind of case and the code of what is owed. Low stakes
 * only: a day, held or moved, done, availability, topics, a self-check. Whatever is not in it asks to sign in: offers,
 * rejections, ratings, reviews, acknowledgements, and everything that is decided about a person.
 */
const table: Readonly<Record<string, Answers>> = {
  'employment/P7.1': session,
  'employment/P7.2': (parts) => (parts[2] === 'supervisor' ? [newDay] : []),
  'employment/R7.5': () => [newDay],
  'employment/P6.2': talk,
  'employment/D6.1': item,
  'employment/D6.4': checkIn,
  'employment/P6.1': () => [offer('confirmed', 'confirm_day_one')],
  'employment/P5.6': () => [offer('welcomed', 'welcome')],
  'employment/P6.4': () => [offer('items', 'answer_integration', { no: [] }, some('no', integrationItems))],
  'employment/P7.3': pulse,
  'employment/D7.2': closing,
  'employment/R6.3': closing,
  'candidacy/D5.7': mentoring('accepted', 'declined'),
  'employment/D5.7': mentoring('accept', 'decline'),
  'candidacy/P5.6': () => [offer('welcomed', 'record_welcome')],
  'candidacy/SCHEDULE': (parts) =>
    parts[0] === 'choose'
      ? [
          offer('chosen', 'choose_slot', {}, { name: 'slot', is: 'slot' }),
          offer('none_suits', 'ask_reschedule'),
        ]
      : [],
  'candidacy/X2': (parts) => (parts[0] === 'asked' ? [offer('replied', 'reply')] : []),
  'opening/P4.2': () => [offer('confirmed', 'confirm_attendance')],
};

const newDay = offer('day', 'plan_extra_session', {}, day('on'));

/** @returns what may be answered to it from a message; nothing where somebody has to sign in */
export function answersTo({ case: of, code, id }: Owed): readonly AnswerOffer[] {
  const key = `${kindOf(of) ?? ''}/${code}`;
  if (!Object.hasOwn(table, key) || !id.startsWith(code)) return [];
  const parts = id.slice(code.length + 1).split(/[:/]/);
  return table[key]?.(parts) ?? [];
}

/** Commands that come by a link and answer nothing that is owed: what a candidate does on their own page, and applying. */
const ofCandidates = [
  ...['candidacy/withdraw', 'candidacy/open', 'candidacy/attest', 'candidacy/ask_reschedule'],
  'clock/request_accommodation',
];

const answering = [
  ...['log_session', 'move_session', 'plan_extra_session', 'record_mentor_talk', 'settle_item'],
  ...['answer_check_in', 'confirm_day_one', 'welcome', 'answer_integration', 'answer_pulse', 'close_action'],
  'answer_mentoring',
].map((type) => `employment/${type}`);

/** Every command that a link can give, as `<kind>/<command>`. A link gives no other, whatever carried it in. */
export const linkCommands: ReadonlySet<string> = new Set([
  ...answering,
  'candidacy/answer_mentoring',
  ...['candidacy/record_welcome', 'candidacy/choose_slot', 'candidacy/reply', 'opening/confirm_attendance'],
  ...ofCandidates,
]);
