import { variantKeys } from '../domain/variant-keys.ts';
import { houseTexts, isHouseText } from './house-texts.ts';
import { ITEM_WAITING, owingTexts } from './owing-texts.ts';

export { ITEM_WAITING } from './owing-texts.ts';

/** What a prompt asks for, as a verb that fits a subject line. */
export const promptVerbs = ['answer', 'arrange', 'complete', 'confirm', 'look', 'read', 'write'] as const;
export type PromptVerb = (typeof promptVerbs)[number];

export interface PromptText {
  readonly verb: PromptVerb;
  /** One plain sentence to the person asked: no name, no health word, nothing about a third person. */
  readonly asks: string;
}

/**
 * The sentence of each prompt code (docs/coverage.md lists them). Codes whose subject is confidential (C3) stand here with
 * {@link ITEM_WAITING}, so that not even the wording tells what they are about.
 */
export const promptTexts = {
  'P0.1': { verb: 'complete', asks: 'Please score the readiness items of your site.' },
  'P0.2': {
    verb: 'complete',
    asks: 'A policy action that is yours is due. Please complete it or say what stands in the way.',
  },
  'P0.3': {
    verb: 'arrange',
    asks: 'Please take part in the staff orientation for your team, or choose another date.',
  },
  'P0.4': { verb: 'complete', asks: 'The yearly readiness check of your site is due. Please start it.' },
  'P1.1': { verb: 'read', asks: 'Please read the proposal before the next meeting.' },
  'P1.2': { verb: 'answer', asks: 'Please give your position on the open elements of the proposal.' },
  'P1.3': { verb: 'write', asks: 'Please write up the notes of the last meeting.' },
  'P1.4': {
    verb: 'look',
    asks: 'One element of the proposal is blocked. Please look for a wording all can live with.',
  },
  'P1.5': { verb: 'confirm', asks: 'Please confirm with the team that the agreed description still fits.' },
  'P2.1': { verb: 'complete', asks: 'A draft description is waiting to be screened. Please screen it.' },
  'P2.2': { verb: 'complete', asks: 'Please give the second classification of the duties.' },
  'P2.3': { verb: 'answer', asks: 'The pay range is open. Please decide it before the posting date.' },
  'P2.4': { verb: 'complete', asks: 'The yearly pay comparison is due. Please complete it.' },
  'P3.1': {
    verb: 'confirm',
    asks: 'Somebody sent us something and waits to hear that we have it. Please confirm it to them.',
  },
  'P3.2': {
    verb: 'look',
    asks: 'Somebody still waits for an answer of ours. Please see what is left to do.',
  },
  'P3.3': { verb: 'complete', asks: 'Please complete the screening form that is open under your name.' },
  'P3.4': { verb: 'look', asks: 'A posting has been open for some time. Please decide how to go on.' },
  'P3.5': {
    verb: 'write',
    asks: 'An answer was decided and the person it is for does not know it yet. Please write to them.',
  },
  'P4.1': {
    verb: 'complete',
    asks: 'The questions for a meeting have to go out ahead of it. Please send them.',
  },
  'P4.2': {
    verb: 'confirm',
    asks: 'Please confirm that you take part in the panel, or say that you cannot.',
  },
  'P4.3': {
    verb: 'complete',
    asks: 'Your rating sheet is open. Please complete it, or say that you did not attend.',
  },
  'P4.4': { verb: 'arrange', asks: 'All meetings are held. Please hold the consensus meeting of the panel.' },
  'P4.5': { verb: 'complete', asks: 'A selection was made. Please tell those concerned what was decided.' },
  'P5.1': {
    verb: 'answer',
    asks: 'The letter we sent you is open for your answer. You may ask for more time once.',
  },
  'P5.2': ITEM_WAITING,
  'P5.3': {
    verb: 'complete',
    asks: 'The training for supervisors is not recorded yet. Please take it, or give its date.',
  },
  'P5.4': { verb: 'arrange', asks: 'A mentor is not named yet for a new colleague. Please ask somebody.' },
  'P5.5': {
    verb: 'complete',
    asks: 'Desk, keys, accounts and invitations for a first day are open. Please prepare them.',
  },
  'P5.6': { verb: 'arrange', asks: 'Please get in touch with your new colleague to welcome them.' },
  'P6.1': { verb: 'arrange', asks: 'Please go through the plan for the first day.' },
  'P6.2': { verb: 'arrange', asks: 'A mentor conversation is due. Please hold it, or choose another date.' },
  'P6.3': {
    verb: 'confirm',
    asks: 'The agreed time of mentoring ends. Please say whether it ends or goes on.',
  },
  'P6.4': { verb: 'answer', asks: 'Please answer the short form about how work in the team is going.' },
  'P6.5': { verb: 'confirm', asks: 'Please confirm the agreed description with the team.' },
  'P6.6': { verb: 'read', asks: 'Please read the policies on your list and confirm each of them.' },
  'P7.1': { verb: 'arrange', asks: 'A supervision session is due. Please hold it and record the date.' },
  'P7.2': { verb: 'arrange', asks: 'A supervision session was missed. Please agree on a new date.' },
  'P7.3': { verb: 'answer', asks: 'Please answer the short monthly form about your tasks.' },
  'P7.4': {
    verb: 'arrange',
    asks: 'Tasks and description have moved apart. Please meet and settle which should change.',
  },
  'P7.5': { verb: 'arrange', asks: 'A certificate ends soon. Please arrange its renewal.' },
  'P7.6': { verb: 'complete', asks: 'Please record the hours of further training so far.' },
  'P7.7': { verb: 'complete', asks: 'The monthly register search is due. Please record its result.' },
  'P8.1': { verb: 'write', asks: 'Please write your own view of the past period.' },
  'P8.2': {
    verb: 'write',
    asks: 'A colleague asked for your feedback on the work you did together. Please write it.',
  },
  'P8.3': { verb: 'write', asks: 'A draft about the past period is due from you. Please write it.' },
  'P8.4': { verb: 'arrange', asks: 'Please hold the talk about the past period, or choose another date.' },
  'P8.5': {
    verb: 'read',
    asks: 'A document is open for you to sign, to comment on, or to decline. Signing is not agreeing.',
  },
  'P8.6': { verb: 'answer', asks: 'It is the middle of the cycle. Please go through the goals together.' },
  'P9.1': { verb: 'arrange', asks: 'A talk about growth and next steps is due. Please choose a date.' },
  'P9.2': { verb: 'arrange', asks: 'A talk about what makes people stay is due. Please choose a date.' },
  'P9.3': { verb: 'arrange', asks: 'A closing talk is due before the last day. Please choose a date.' },
  'P9.4': {
    verb: 'complete',
    asks: 'The yearly look at the next step of a career is due. Please complete it.',
  },
  'P9.5': {
    verb: 'arrange',
    asks: 'Time to meet others in the same line of work is due. Please see that it is free, and record it.',
  },
} as const satisfies Readonly<Record<string, PromptText>>;

export type PromptCode = keyof typeof promptTexts;

/** What one prompt code asks of somebody else than usual: by the beginning of the obligation's id. */
export const variantTexts = {
  'FEE:offer': {
    verb: 'arrange',
    asks: 'Somebody from outside is asked for a word. Please offer them the fee for it, and record that.',
  },
  'FEE:pay': {
    verb: 'complete',
    asks: 'Somebody from outside gave their word. Please pay the fee that was offered, and record that.',
  },
  'P8.2:name': {
    verb: 'confirm',
    asks: 'Colleagues are to give feedback on the work they shared. Please name who will be asked.',
  },
  'X1:second': {
    verb: 'look',
    asks: 'It was entered that somebody who holds an offer leaves. Please look at it and confirm it, or let it be.',
  },
  'X1:said': {
    verb: 'answer',
    asks: 'We noted that you will not take the place you were offered. If that is not so, please answer, and the note is gone.',
  },
  'X2:asked': { verb: 'answer', asks: 'We asked you something and would like to hear from you.' },
  'X2:second': {
    verb: 'arrange',
    asks: 'Somebody has not answered our messages. Please try a call or a letter, and log it.',
  },
  'X11:interim': {
    verb: 'arrange',
    asks: 'Somebody who supervises in your team is out. Please name who steps in, with the training it needs.',
  },
  'X11:plan': {
    verb: 'answer',
    asks: 'Somebody steps in as supervisor. Please say what holds from now on, or when the other one returns.',
  },
  'X11:back': {
    verb: 'arrange',
    asks: 'The agreed day has come on which supervision goes back. Please name the supervisor again.',
  },
  'X11:refresher': {
    verb: 'complete',
    asks: 'Your training for supervisors counts for a limited time. Please refresh it and have it recorded.',
  },
  'X9:own': {
    verb: 'arrange',
    asks: 'A certificate has passed its last day. It can still be renewed, and the job goes on. Please arrange it.',
  },
  'X9:restore': {
    verb: 'arrange',
    asks: 'A certificate in your team was renewed. Please give back the duties that rested, and record it.',
  },
  'X10:own': {
    verb: 'arrange',
    asks: 'The time for your first certificate ends soon. Please see what is missing, and say if you need support.',
  },
  'X10:team': {
    verb: 'arrange',
    asks: 'The time for a first certificate in your team ends soon. Please see that hours, training and papers are there.',
  },
  'X10:decide': {
    verb: 'answer',
    asks: 'The time for a first certificate is over. Please say what follows: more time, or another role.',
  },
  'X10:confirm': {
    verb: 'confirm',
    asks: 'A word on what follows a first certificate waits for a second person. Please look at it.',
  },
  'X10:close': {
    verb: 'complete',
    asks: 'It was decided what follows a first certificate that was not reached. Please begin what it needs.',
  },
  'P7.6:hours': {
    verb: 'complete',
    asks: 'Hours of further training are still missing for this period. Please plan them and record what is done.',
  },
  'X9:team': {
    verb: 'arrange',
    asks: 'A certificate in your team has passed its last day. Please see that duties which need it rest; all else goes on.',
  },
  'X9:mend': {
    verb: 'arrange',
    asks: 'Your certificate needs a step of yours for the first day with us. Please arrange it and send us word.',
  },
  'X9:record': {
    verb: 'complete',
    asks: 'A certificate has to be looked at again before a first day. Please record what came of it.',
  },
  'X17:write': { verb: 'write', asks: 'A plan follows from a review. Please write its steps.' },
  'X17:answer': {
    verb: 'read',
    asks: 'A plan is open for you to read and to answer. Answering is not agreeing, and you can comment.',
  },
  'X17:step': { verb: 'arrange', asks: 'A step of a plan is due. Please talk it over and record it.' },
  'X17:settle': { verb: 'complete', asks: 'The steps of a plan are over. Please record how it ended.' },
  'P7.1:employee': {
    verb: 'look',
    asks: 'A supervision session of yours is planned. Please come, choose another day before it, or say that it did not take place.',
  },
  'D3.5/manager': {
    verb: 'complete',
    asks: 'Whoever would choose in a search stands aside from it. Please name another one; no reason is asked of anybody.',
  },
  'SCHEDULE:again': {
    verb: 'arrange',
    asks: 'Somebody who sits in a meeting that was agreed cannot come at its hour. Please agree another time.',
  },
  'SCHEDULE:choose': {
    verb: 'answer',
    asks: 'We offer you several times to meet. Please choose one, or ask for others.',
  },
} as const satisfies Readonly<Record<string, PromptText>>;

/** @returns the key of a prompt's text: its code, or the variant that its obligation calls for. */
export function textKey(code: string, obligation: string): string {
  return variantKeys(code, obligation).find((key) => Object.hasOwn(variantTexts, key)) ?? code;
}

/** For a message that asks nothing, where the code has no words of its own or the item is confidential (C3). */
export const ITEM_NEWS: PromptText = {
  verb: 'read',
  asks: 'There is news about an item of yours. You need not answer.',
};

/** To the person concerned, once somebody has acted or something goes on: nothing is asked of them. */
export const informTexts = {
  'P3.1': { verb: 'read', asks: 'We have received what you sent us. You need not do anything now.' },
  'P3.2': { verb: 'read', asks: 'We are still working on what you sent us and will write again.' },
  'P3.5': { verb: 'read', asks: 'We have an answer to what you sent us. Please read it.' },
  'P4.1': { verb: 'read', asks: 'The questions for our meeting are ready for you to read beforehand.' },
  'P4.5': {
    verb: 'read',
    asks: 'A decision was made on what you sent us. Please read what HR wrote to you.',
  },
  'D5.10': {
    verb: 'read',
    asks: 'Terms you approved were changed. Your approval no longer counts; the new version comes to you.',
  },
  'MEETING:invite': {
    verb: 'read',
    asks: 'A meeting with you is planned. The calendar file says when; if you cannot come, please tell HR.',
  },
  'MEETING:change': {
    verb: 'read',
    asks: 'A meeting with you was moved. The calendar file says to when; if you cannot come, please tell HR.',
  },
  'MEETING:cancel': {
    verb: 'read',
    asks: 'A meeting that stood in your calendar will not be. The calendar file takes it off again.',
  },
  TENSION: {
    verb: 'read',
    asks: 'In one of your teams no tension was raised in supervision for some months. It is a note about the team: you need not answer.',
  },
  X1: {
    verb: 'read',
    asks: 'Somebody whom you were asked to meet in a search is no longer in it. You need not do anything; what you wrote stays.',
  },
  'P5.2': {
    verb: 'read',
    asks: 'One step on our side is still open. You need not do anything; we will write again.',
  },
} as const satisfies Readonly<Record<string, PromptText>>;

/** @returns what a message that asks nothing says. */
export function informText(code: string, confidential: boolean): PromptText {
  if (isHouseText(code)) return houseTexts[code];
  if (confidential || !Object.hasOwn(informTexts, code)) return ITEM_NEWS;
  return informTexts[code as keyof typeof informTexts];
}

/** @returns the text of a prompt code; an unknown code and a confidential item say only that something waits. */
export function promptText(code: string, confidential: boolean): PromptText {
  if (confidential) return ITEM_WAITING;
  if (Object.hasOwn(variantTexts, code)) return variantTexts[code as keyof typeof variantTexts];
  if (Object.hasOwn(owingTexts, code)) return owingTexts[code as keyof typeof owingTexts];
  return isPromptCode(code) ? promptTexts[code] : ITEM_WAITING;
}

export function isPromptCode(code: string): code is PromptCode {
  return Object.hasOwn(promptTexts, code);
}
