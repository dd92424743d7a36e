import type { CivilDate } from '../domain/kernel/calendar.ts';
import { peerKind } from '../domain/role/words.ts';
import { credentialText, hoursText } from './description.ts';
import type { FieldValue } from './letters.ts';
import { dollars, letterDay } from './letters-words.ts';
import type { RecordedDraft, RecordedList, RecordedPay, RecordedVersion, RoleRecord } from './role-record.ts';
import { phrase } from './words.ts';

/** What the opening says of its posting: the version it searches for, its seats and its days. */
export interface PostedAs {
  readonly version: number;
  readonly seats: number;
  /** The day it went out, or the one that is planned. */
  readonly on: CivilDate;
  /** The last day to apply; null while nobody has set it. */
  readonly until: CivilDate | null;
  /** R5.6: the range it went out with, in cents per hour, e.g. `2200-2500`; null before that. */
  readonly range: string | null;
}

export interface PostingWords {
  /** Opened texts of the duties, by ref. */
  readonly texts: ReadonlyMap<string, string>;
  /** Printed forms of approved wordings on lived experience, by code (D2.4). */
  readonly wordings: Readonly<Record<string, string>>;
}

/** Values of the template's fields, and the parts that belong into it. */
export interface PostingFields {
  readonly fixed: Readonly<Record<string, FieldValue>>;
  readonly usual: Readonly<Record<string, FieldValue>>;
  readonly sections: readonly string[];
}

/** What the role decided for the version that is posted. */
interface Described {
  readonly version: RecordedVersion;
  readonly draft: RecordedDraft;
  readonly list: RecordedList;
  readonly pay: RecordedPay;
  /** Null for a role of another kind (R1.6). */
  readonly wording: string | null;
  readonly credential: string;
}

function described(record: RoleRecord, words: PostingWords, version: number): Described | readonly string[] {
  const adopted = record.versions.find((one) => one.version === version);
  const draft = record.drafts.filter((one) => one.version === version && one.status === 'approved').at(-1);
  const lists = record.lists.filter((one) => one.version === version);
  const list = draft === undefined ? lists.at(-1) : record.lists.find((one) => one.list === draft.list);
  const { pay, terms } = record;
  const printed = terms.wording === null ? undefined : words.wordings[terms.wording];
  const wording = record.kind === peerKind ? printed : null;
  const { credential } = terms;
  if (adopted && draft && list?.result === 'pass' && pay && wording !== undefined && credential !== null)
    return { version: adopted, draft, list, pay, wording, credential };
  return [
    ...(adopted === undefined ? ['G1'] : []),
    ...(list?.result === 'pass' ? [] : ['D2.2']),
    ...(wording === undefined ? ['D2.4'] : []),
    ...(credential === null ? ['D2.5'] : []),
    ...(pay === null ? ['D2.6'] : []),
    ...(draft === undefined ? ['D2.8'] : []),
  ];
}

/** Shares are part of it: what fills the week is no surprise later (R2.6). */
function dutyLines({ duties }: RecordedList, { texts }: PostingWords): readonly string[] {
  return duties.map(({ duty, share, text }) => {
    const said = texts.get(text)?.trim() ?? '';
    return `${(said === '' ? phrase(duty) : said).replace(/\.$/, '')}: ${share} %`;
  });
}

/** R2.3: each one essential, or with what is accepted in its place. */
function requirementLines({ terms }: RoleRecord, { requirements }: RecordedDraft): readonly string[] {
  return requirements.map((one) =>
    terms.requirements?.[one] === 'equivalent_accepted'
      ? `${phrase(one)}, or what is equivalent`
      : `${phrase(one)} (essential)`,
  );
}

/** D2.6: how the range lies to that of a comparable job, which is named. */
function comparison({ comparatorRole, difference }: RecordedPay): string {
  const job = `a comparable job here (${phrase(comparatorRole)})`;
  if (difference === null) return `It was set beside ${job}.`;
  if (difference === 0) return `Its middle is that of ${job}.`;
  return `Its middle lies ${Math.abs(difference)} % ${difference < 0 ? 'under' : 'over'} that of ${job}.`;
}

/** R5.6: the range the posting went out with; before that, the one in force. */
function rangeText(pay: RecordedPay, posted: string | null): string {
  const [low = pay.low, high = pay.high] = posted === null ? [] : posted.split('-').map(Number);
  return `${dollars(low)} to ${dollars(high)}`;
}

const supervisionWords: Readonly<Record<string, string>> = {
  peer: 'by a person who knows the peer role from their own work.',
  non_peer_trained: 'by a person who was trained to supervise peer roles.',
  dual: 'by two people, one for the practice of the peer role and one for the team.',
};
const trainingWords: Readonly<Record<string, string>> = {
  before_start: 'before the start',
  first_90d: 'in the first 90 days',
  ongoing: 'all along',
};

/**
 * The elements by their typed choices (E6, E4, E13). Their texts are the team's own and may name colleagues, so none of
 * them goes out of the house by itself; whoever posts may put words of their own in place of these.
 */
function promises({ elements }: RecordedVersion): Readonly<Record<string, string>> {
  const choices = (element: string): readonly string[] =>
    elements.find((one) => one.element === element)?.choices ?? [];
  const supervision = choices('E6').flatMap((one) => supervisionWords[one] ?? []);
  const training = choices('E4').flatMap((one) => trainingWords[one] ?? []);
  const growth = choices('E13').map(phrase);
  return {
    ...(supervision[0] === undefined ? {} : { supervision_text: supervision[0] }),
    ...(training.length === 0 ? {} : { training_text: `${training.join(', ')}.` }),
    ...(growth.length === 0 ? {} : { growth_text: `${growth.join(', ')}.` }),
  };
}

/**
 * What a posting says, from the adopted version, its duties, the pay record and the days of the opening (D3.1); nothing
 * of it is typed.
 * @returns the values and parts of the template, or codes of what the role has not decided for this version
 */
export function postingFields(
  record: RoleRecord,
  words: PostingWords,
  as: PostedAs,
): PostingFields | { readonly gaps: readonly string[] } {
  const found = described(record, words, as.version);
  if (!('draft' in found)) return { gaps: found };
  const { draft, list, pay, wording, credential } = found;
  const requirements = requirementLines(record, draft);
  return {
    fixed: {
      ...(wording === null ? {} : { lived_experience_text: wording }),
      duties_list: dutyLines(list, words),
      ...(requirements.length === 0 ? {} : { requirements_list: requirements }),
      credential_text: credentialText(credential),
      ...{ pay_range: rangeText(pay, as.range), pay_unit: 'hour', comparison_text: comparison(pay) },
      ...{ hours_text: hoursText(draft), posted_date: letterDay(as.on) },
      ...(as.until === null ? {} : { closing_date: letterDay(as.until) }),
    },
    usual: promises(found.version),
    sections: [
      ...(wording === null ? [] : ['lived_experience']),
      ...(requirements.length === 0 ? [] : ['requirements']),
      ...(draft.benefits ? ['benefits'] : []),
      ...(as.seats > 1 ? ['several_seats'] : []),
    ],
  };
}

/** @returns refs of the texts that a posting of this version shows */
export function postingTexts(record: RoleRecord, version: number): readonly string[] {
  const draft = record.drafts.filter((one) => one.version === version && one.status === 'approved').at(-1);
  const duties = record.lists.find((one) => one.list === draft?.list)?.duties ?? [];
  return duties.map(({ text }) => text).filter((text) => text !== '');
}
