import { answersTo } from './answers.ts';
import type { AnswerOffer, Owed } from './answers.ts';
import { candidacy, opening, readiness, role } from './answered-hiring.ts';
import type { Answers } from './answered-hiring.ts';
import { clock, employment, review } from './answered-work.ts';
import { kindOf } from './kernel/words.ts';
import type { CaseKind } from './kernel/words.ts';

/** What every kind of case may owe: a message that reached nobody, a text that is hidden. */
const everywhere: Answers = { UNDELIVERED: ['settle_prompt'], X30: ['settle_redaction'] };

/** By kind of case, what may be owed there and the commands that do it. */
export const answeredBy: Readonly<Record<CaseKind, Answers>> = {
  ...{ readiness, role, opening, candidacy, employment, review, clock },
};

/** Words and letters in the id of an item, after its code. */
function variantsOf({ code, id }: Owed): readonly string[] {
  const [head = '', ...rest] = id.split(/[:/]/);
  const letter = /^([a-z])\d+$/.exec(head)?.[1];
  return letter === undefined || head === code ? rest : [letter, ...rest];
}

/** @returns the commands that do what is owed, the likeliest first; none where nothing is entered. Not everybody may give each. */
export function commandsFor(owed: Owed): readonly string[] {
  const kind = kindOf(owed.case);
  if (kind === null) return [];
  const table = { ...everywhere, ...answeredBy[kind] };
  const keys = [...variantsOf(owed).map((variant) => `${owed.code}:${variant}`), owed.code];
  const key = keys.find((one) => Object.hasOwn(table, one));
  return key === undefined ? [] : (table[key] ?? []);
}

/** What a command says of which answer it is, and which somebody gives first. */
const open = ({ payload }: AnswerOffer): object => {
  const { outcome: _, ...about } = payload;
  return about;
};

const DAY = /:(\d{4}-\d{2}-\d{2})(:|$)/;

/** What of a command is known already from the item it does: a planned day, the number of a talk, an item, a person. */
export function knownFor(type: string, owed: Owed): Readonly<Record<string, unknown>> {
  const offers = answersTo(owed).filter((one) => one.type === type);
  const [offer] = offers;
  if (offer !== undefined) {
    // Where one answer is all that this command is to them, it stands there already.
    if (offer.answer === 'not_held') return offer.payload;
    // Which day or item it is about is known; what became of it is for whoever answers.
    return open(offer) as Readonly<Record<string, unknown>>;
  }
  const { id } = owed;
  const fee = /^FEE:(offer|pay):(prs_[0-9a-z]+)/.exec(id);
  if (type === 'record_fee' && fee !== null)
    return { person: fee[2], outcome: fee[1] === 'pay' ? 'paid' : 'offered' };
  const day = DAY.exec(id)?.[1];
  if (type === 'confirm_session' && id.startsWith('D7.1:confirm') && day !== undefined)
    return { session: day };
  if (type === 'settle_prompt') return { prompt: id.slice(id.indexOf(':') + 1) };
  if (type === 'close_action') return { action: id.split(':')[1] ?? '' };
  return {};
}
