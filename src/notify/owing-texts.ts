import type { PromptText } from './prompt-texts.ts';

/** For confidential (C3) items and for codes without a text of their own: says nothing but that something waits. */
export const ITEM_WAITING: PromptText = { verb: 'look', asks: 'An item is waiting for you.' };

/**
 * The sentence of each decision, rule and exception that somebody owes and that is no prompt of the list: they come in the
 * same ladders and in the daily list. No name, no health word, nothing about a third person.
 */
export const owingTexts = {
  CALENDAR: { verb: 'arrange', asks: 'The calendar of your site ends. Please put the next one in force.' },
  FEE: { verb: 'arrange', asks: 'A fee of somebody from outside is open. Please see to it.' },
  INTERVIEW: { verb: 'complete', asks: 'A meeting was planned. Please record that it was held, or move it.' },
  OBSERVE: {
    verb: 'arrange',
    asks: 'An observation of practice is due this quarter. It needs the consent of the person served.',
  },
  REFLECT: { verb: 'complete', asks: 'The reflection group of the month is open. Please record it.' },
  SCHEDULE: { verb: 'arrange', asks: 'A date for a meeting is open. Please suggest several times.' },
  TENSION: {
    verb: 'read',
    asks: 'In one of your teams no tension was raised in supervision for some months. It may be worth a look.',
  },
  UNDELIVERED: {
    verb: 'arrange',
    asks: 'A message could not be delivered. Please reach the person another way and note it.',
  },
  'D0.2': { verb: 'complete', asks: 'No champion is named for your site yet. Please name one.' },
  'D0.4': {
    verb: 'complete',
    asks: 'A verdict on readiness, or one of its actions, is open. Please settle it.',
  },
  'D0.5': {
    verb: 'complete',
    asks: 'The policies of your site are to be judged one by one. Please judge them.',
  },
  'D0.6': { verb: 'answer', asks: 'A stance on billing is open. Please take one.' },
  'D0.7': { verb: 'answer', asks: 'A timeline is open. Please propose it, or answer the one proposed.' },
  'D0.8': {
    verb: 'answer',
    asks: 'The statement of shared goals is open. Please adopt it, or ask for changes.',
  },
  'D1.2': {
    verb: 'complete',
    asks: 'Elements of the role are open. Please take the next step with the team.',
  },
  'D1.3': { verb: 'confirm', asks: 'All elements of the role are settled. Please adopt the description.' },
  'D1.4': { verb: 'answer', asks: 'Somebody asked to change the role. Please decide what is opened again.' },
  'D2.1': {
    verb: 'complete',
    asks: 'The duties of a role are to be listed and classed. Please do your part.',
  },
  'D2.3': { verb: 'complete', asks: 'The requirements of a role are open. Please decide each of them.' },
  'D2.4': {
    verb: 'answer',
    asks: 'A statement is open that belongs to this step. Please look at it and answer.',
  },
  'D2.5': { verb: 'complete', asks: 'The requirements of a role are open. Please decide them.' },
  'D2.6': { verb: 'answer', asks: 'A pay range is open. Please propose it, or decide on the one proposed.' },
  'D2.8': { verb: 'complete', asks: 'A description is open. Please draft it, or approve the draft.' },
  'D3.1': { verb: 'complete', asks: 'A posting waits for its next step. Please approve, post or close it.' },
  'D3.2': { verb: 'complete', asks: 'It is open where a posting will appear. Please plan its channels.' },
  'D3.3': { verb: 'complete', asks: 'A form of yours is open. Please give your view.' },
  'D3.4': { verb: 'complete', asks: 'Two views on one form are in and differ. Please settle them.' },
  'D3.5': { verb: 'answer', asks: 'Please say whether you can take part, or have to stand aside.' },
  'D3.6': ITEM_WAITING,
  'D3.7': {
    verb: 'complete',
    asks: 'The posting is closed and all views are in. Please decide how to go on.',
  },
  'D4.1': {
    verb: 'complete',
    asks: 'Questions for the meetings are open. Please look at them and mark them.',
  },
  'D4.2': { verb: 'arrange', asks: 'A place in the panel, or a day of it, is open. Please settle it.' },
  'D4.4': { verb: 'complete', asks: 'A rating sheet is missing. Please settle what becomes of it.' },
  'D4.5': {
    verb: 'answer',
    asks: 'The panel’s consensus is open. Please state it, agree, or write your dissent.',
  },
  'D4.6': {
    verb: 'complete',
    asks: 'References are to be asked with the same questions. Please record them.',
  },
  'D4.7': { verb: 'complete', asks: 'The panel is done. Please propose the selection, or name who does.' },
  'D4.8': { verb: 'look', asks: 'Somebody reported a question that should not be asked. Please look at it.' },
  'D5.1': {
    verb: 'complete',
    asks: 'A letter is to be drafted, sent or answered. Please take the next step.',
  },
  'D5.2': ITEM_WAITING,
  'D5.3': { verb: 'complete', asks: 'A register search is open. Please record its result.' },
  'D5.4': {
    verb: 'complete',
    asks: 'A certificate is not recorded yet. Please record it and how long it holds.',
  },
  'D5.6': { verb: 'complete', asks: 'It is open who supervises a new colleague. Please record it.' },
  'D5.7': { verb: 'answer', asks: 'You are asked to be a mentor. Please say whether you can.' },
  'D5.8': { verb: 'arrange', asks: 'The first day of a new colleague is open. Please set it.' },
  'D5.9': {
    verb: 'answer',
    asks: 'Somebody is kept in reserve and a place is free. Please decide how to go on.',
  },
  'D5.10': { verb: 'answer', asks: 'A letter waits for your approval. Please approve or refuse it.' },
  'D6.1': { verb: 'complete', asks: 'An item of the first weeks is yours. Please complete it.' },
  'D6.2': {
    verb: 'answer',
    asks: 'Please say whether a new colleague is ready to work alone, or what is missing.',
  },
  'D6.4': {
    verb: 'arrange',
    asks: 'A conversation in the first weeks is due. Please hold it and note the result.',
  },
  'D6.6': { verb: 'complete', asks: 'The first weeks come to their end. Please propose how they close.' },
  'D7.1': {
    verb: 'confirm',
    asks: 'A line about one of your sessions is recorded. Please confirm or comment it.',
  },
  'D7.2': { verb: 'complete', asks: 'An agreed action is yours. Please carry it out and say so.' },
  'D7.5': {
    verb: 'look',
    asks: 'A difference between tasks and description was accepted for a time, now over.',
  },
  'D7.6': { verb: 'answer', asks: 'How often sessions take place is open. Please propose it, or answer.' },
  'D8.3': {
    verb: 'answer',
    asks: 'A decision at the end of a first period is open. Please make your part of it.',
  },
  'D8.6': { verb: 'look', asks: 'Somebody does not agree with a document. Please look at it again.' },
  'D8.7': {
    verb: 'complete',
    asks: 'Please check a document against the standard that holds for all staff.',
  },
  'D9.1': {
    verb: 'answer',
    asks: 'A plan for growth was drafted. Please agree, or say what you would change.',
  },
  'D9.2': { verb: 'answer', asks: 'A training in a specialty ends. Please say what became of it.' },
  'D9.3': {
    verb: 'answer',
    asks: 'A step in a career is open. Please decide on it, or hold the agreed talk.',
  },
  'D9.4': ITEM_WAITING,
  'D9.5': { verb: 'look', asks: 'A proposal that needs a second person waits for you.' },
  'D9.6': {
    verb: 'answer',
    asks: 'Whether somebody may work here again is not decided yet. Please decide it.',
  },
  'D9.7': { verb: 'answer', asks: 'A position falls free. Please decide what becomes of it.' },
  'D9.8': { verb: 'answer', asks: 'A change of pay needs a second person. Please look at it.' },
  G0: { verb: 'confirm', asks: 'All that readiness asks for is there. Please accept it.' },
  G2: { verb: 'confirm', asks: 'All that a description needs is there. Please release it for posting.' },
  G4: {
    verb: 'confirm',
    asks: 'A selection is proposed. Please look at it and confirm it, or send it back.',
  },
  G5: { verb: 'confirm', asks: 'A first day is near. Please look whether all is there and confirm it.' },
  'R0.2': { verb: 'answer', asks: 'Your position as adviser is needed before the verdict. Please give it.' },
  'R1.2': { verb: 'look', asks: 'A rule of a role is not the one for all staff. Please review it.' },
  'R5.7': ITEM_WAITING,
  'R5.2': {
    verb: 'complete',
    asks: 'You supervise under a waiver that ends. Please complete the training for supervisors before.',
  },
  'R6.3': { verb: 'complete', asks: 'An answer on the list of the first weeks was “no”. Please act on it.' },
  'R7.1': {
    verb: 'arrange',
    asks: 'A session was held without the training it needs. Please find who can step in.',
  },
  'R7.2': {
    verb: 'look',
    asks: 'Somebody disagrees with a line about their own session. Please look at it.',
  },
  'R7.5': { verb: 'arrange', asks: 'A colleague asked for an extra session. Please agree on a day.' },
  'R6.5': {
    verb: 'complete',
    asks: 'A new colleague starts soon. Please name who sees to what the role promises, and by when.',
  },
  'R8.1': {
    verb: 'look',
    asks: 'A review is open that the record of your site says other staff do not have. Please look at the record.',
  },
  'R8.7': ITEM_WAITING,
  'R9.5': ITEM_WAITING,
  'R9.3': { verb: 'complete', asks: 'Accounts and keys end with a last day. Please close them on that day.' },
  X1: { verb: 'confirm', asks: 'Somebody took back what they sent us. Please thank them and confirm it.' },
  X17: {
    verb: 'look',
    asks: 'A plan that was agreed after a review waits for its next part. Please see to it.',
  },
  X2: { verb: 'look', asks: 'Somebody has not answered us. Please see what was tried and what comes next.' },
  X4: {
    verb: 'answer',
    asks: 'A search ended without a result. Please say what it lacked and what follows.',
  },
  X5: {
    verb: 'answer',
    asks: 'A role changed while a search is open. Please decide which version it keeps.',
  },
  X7: ITEM_WAITING,
  X9: {
    verb: 'arrange',
    asks: 'A certificate ends or has ended. Please arrange what it needs; all other work goes on.',
  },
  X10: {
    verb: 'look',
    asks: 'Somebody in your care is on the way to a first certificate. Please see to it.',
  },
  X11: { verb: 'arrange', asks: 'It is open who supervises. Please settle it.' },
  X12: { verb: 'arrange', asks: 'A mentor is needed again. Please name one.' },
  X14: ITEM_WAITING,
  X15: { verb: 'answer', asks: 'A matter at work is open. Please do your part of it.' },
  X19: ITEM_WAITING,
  X20: {
    verb: 'arrange',
    asks: 'A last day is near. Please see that what is known goes on to others.',
  },
  X21: { verb: 'complete', asks: 'What goes with a last day is open. Please see to it.' },
  X22: ITEM_WAITING,
  X24: { verb: 'arrange', asks: 'Somebody takes up a new position. Please do your part of it.' },
  ADOPT: {
    verb: 'confirm',
    asks: 'Somebody is to come over with their position. Please look, and confirm it.',
  },
  X33: {
    verb: 'arrange',
    asks: 'An assignment is to change. Please pass it on, and say when it is done.',
  },
  X26: {
    verb: 'look',
    asks: 'Seats of yours are served by another search. Please see that they are filled.',
  },
  X28: {
    verb: 'complete',
    asks: 'A search is paused or ended. Please tell those concerned, or say when it goes on.',
  },
  X29: ITEM_WAITING,
  X30: ITEM_WAITING,
  X31: ITEM_WAITING,
  X32: { verb: 'answer', asks: 'Somebody asked something about their own file. Please answer them.' },
} as const satisfies Readonly<Record<string, PromptText>>;
