import type { Standing } from '../../client/links/look.ts';

/** Words of the pages from mail: plain, short, and nothing about anybody. Every code of the closed table has its own. */

interface AnswerWords {
  readonly legend: string;
  readonly button: string;
}

/** By `<code>:<answer>`, else by the answer alone. */
const answers: Readonly<Record<string, AnswerWords>> = {
  held: { legend: 'It was held', button: 'It was held' },
  moved: { legend: 'Another day', button: 'Move it to this day' },
  missed: { legend: 'It did not take place', button: 'It did not take place' },
  missed_employee: { legend: 'The other one could not come', button: 'They could not come' },
  missed_supervisor: { legend: 'I could not come', button: 'I could not come' },
  not_held: { legend: 'It did not take place', button: 'My supervisor could not come' },
  done: { legend: 'It is done', button: 'It is done' },
  late: { legend: 'It needs more time', button: 'It will be done by this day' },
  fine: { legend: 'It goes well', button: 'It goes well' },
  needs_action: { legend: 'Something should change', button: 'Send what should change' },
  confirmed: { legend: 'Confirm', button: 'I confirm it' },
  'P4.2:confirmed': { legend: 'I take part', button: 'I take part' },
  'P6.1:confirmed': { legend: 'I went through the plan', button: 'The plan is ready' },
  can: { legend: 'Yes, I can', button: 'Yes, I can' },
  cannot: { legend: 'No, not now', button: 'No, not now' },
  welcomed: { legend: 'I have been in touch', button: 'I have been in touch' },
  items: { legend: 'What is missing so far', button: 'Send my answer' },
  shares: { legend: 'How the month was divided', button: 'Send my answer' },
  day: { legend: 'A day for it', button: 'Plan it on this day' },
  chosen: { legend: 'Choose a time', button: 'Take this time' },
  none_suits: { legend: 'None of these times suits me', button: 'Please offer me others' },
  replied: { legend: 'I am still here', button: 'Please call or write to me' },
};

export function answerWords(code: string, answer: string): AnswerWords {
  return answers[`${code}:${answer}`] ?? answers[answer] ?? { legend: 'Answer', button: 'Send' };
}

export const knownAnswers: readonly string[] = Object.keys(answers);

const fields: Readonly<Record<string, string>> = {
  to: 'New day',
  on: 'Day',
  due: 'Day by which it will be done',
  topics: 'What it was about',
  minutes: 'How many minutes',
  mode: 'How you met',
  needs: 'What it is about',
  no: 'Tick what is not there yet; leave the rest',
  core: 'Work that is the heart of the role, in per cent',
  support: 'Work that supports it, in per cent',
  shared: 'Work that everybody in the team shares, in per cent',
  nonPeer: 'Work that does not belong to the role, in per cent',
  prohibited: 'Tick what was asked of you and should not be part of the role',
  slot: 'Times',
};

/** The label of a field. */
export const fieldWords = (name: string): string => fields[name] ?? name;

/** A code of a closed list as people read it. */
export const spaced = (code: string): string => {
  const text = code.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const standings: Readonly<Record<Exclude<Standing, 'open' | 'answered'>, readonly [string, string]>> = {
  expired: [
    'This link is over',
    'Its time has passed. If the question is still open, a newer message or your list has it; you can also sign in.',
  ],
  revoked: ['This is not yours any more', 'Somebody else sees to it now. You need not do anything.'],
  superseded: [
    'There is a newer message',
    'We wrote to you again about the same question. Please use the link in the newer message.',
  ],
  changed: [
    'The question changed',
    'What was asked here was answered in another way, or is not asked any more. You need not do anything.',
  ],
};

/** @returns title and sentence of a link that takes no answer */
export const standingWords = (standing: Exclude<Standing, 'open' | 'answered'>): readonly [string, string] =>
  standings[standing];

const refusals: Readonly<Record<string, string>> = {
  session_is_ahead: 'Its day has not come yet. You can say so from that day on; until then you can move it.',
  before_day_one: 'The first day has not come yet.',
  business_day_in_future: 'Please choose a working day that is still to come.',
  business_day_ahead: 'Please choose a working day that is still to come.',
  due_in_future: 'Please choose a day that is still to come.',
  day_is_past: 'That day has passed. Please choose another one.',
  another_day: 'Something is planned on that day already. Please choose another one.',
  day_at_work: 'That day is not a day at work. Please choose another one.',
  slot_no_longer_free: 'This time is not free any more. Please choose another one.',
  no_such_slot: 'Please choose one of the times.',
  shares_sum_to_100: 'The four shares have to make 100 per cent together.',
  month_is_ahead: 'The month it is about has not begun yet.',
  minutes_mode_topics:
    'Please say how long it was, in which way you met, and at least one thing it was about.',
  between_its_neighbours: 'Please choose a day between the session before and the one after.',
  session_held_that_day: 'A session on that day is recorded already.',
  extra_session_that_day: 'An extra session is planned on that day. Please choose another one.',
  session_is_past: 'Its day has passed: it can be recorded now, and not moved any more.',
};

/** What is wrong, from codes alone: a page quotes neither a ref nor a word of anybody. */
export function refusalWords(codes: readonly string[]): string {
  const known = codes.find((code) => Object.hasOwn(refusals, code));
  return known === undefined
    ? 'This cannot be taken here and now. Please choose another answer, or sign in to see why.'
    : (refusals[known] ?? '');
}
