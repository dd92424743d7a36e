import { sha256Hex } from '../domain/kernel/digest.ts';
import { peerKind } from '../domain/role/words.ts';
import type { RecordedDraft, RecordedList, RoleRecord } from './role-record.ts';
import { elementHeading, phrase } from './words.ts';

/** One block of the document, in the order it is printed. */
export type DescriptionBlock =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string }
  | { readonly is: 'list'; readonly items: readonly string[] }
  | { readonly is: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** The description of a role: generated from the adopted version, its duties and the pay record, never typed. */
export interface DescriptionDocument {
  readonly title: string;
  readonly version: number;
  readonly status: RecordedDraft['status'];
  /** What has to be decided before the document is whole, by code. */
  readonly gaps: readonly string[];
  readonly blocks: readonly DescriptionBlock[];
}

export interface DescriptionWords {
  /** The one title the role is shown under. */
  readonly title: string;
  /** Opened texts by ref. */
  readonly texts: ReadonlyMap<string, string>;
  /** Printed forms of approved wordings on lived experience, by code (D2.4). */
  readonly wordings: Readonly<Record<string, string>>;
}

const heading = (text: string): DescriptionBlock => ({ is: 'heading', text });
const paragraph = (text: string): DescriptionBlock => ({ is: 'paragraph', text });

function textOf(words: DescriptionWords, ref: string): string {
  return words.texts.get(ref)?.trim() ?? '';
}

function elementsOf(record: RoleRecord, words: DescriptionWords): readonly DescriptionBlock[] {
  const elements = record.versions.at(-1)?.elements ?? [];
  return elements.flatMap(({ element, text, choices, how }): readonly DescriptionBlock[] => {
    const said = textOf(words, text);
    return [
      heading(elementHeading(element)),
      ...(said === '' ? [] : [paragraph(said)]),
      ...(choices.length === 0 ? [] : [{ is: 'list' as const, items: choices.map(printedCode) }]),
      // D1.2: what was not agreed on says so wherever it is shown.
      ...(how === 'leader_decided' ? [paragraph('Decided by the program leader; not consensus.')] : []),
    ];
  });
}

/**
 * Codes that would say of people, as words, what L2 does not want said of them. All others are printed as they always were,
 * so that a document is the one that was approved.
 */
const printedAs: ReadonlyMap<string, string> = new Map([
  ['non_peer', 'Outside the role'],
  ['peer', 'By a person who knows the peer role from their own work'],
]);
const printedCode = (code: string): string => printedAs.get(code) ?? phrase(code);

function dutiesOf(list: RecordedList | undefined, words: DescriptionWords): readonly DescriptionBlock[] {
  if (list === undefined) return [];
  const of = new Map(list.classes.map((one) => [one.duty, one]));
  const rows = list.duties.map(({ duty, text, share, alsoDoneBy }) => {
    const found = of.get(duty);
    const with_ = alsoDoneBy === undefined ? '' : `, in turn with: ${phrase(alsoDoneBy)}`;
    const skills = (found?.competencies ?? []).map(phrase).join(', ');
    const said = textOf(words, text);
    return [
      said === '' ? phrase(duty) : said,
      `${share} %`,
      `${printedCode(found?.class ?? 'not classed')}${with_}`,
      skills,
    ];
  });
  return [heading('Duties'), { is: 'table', head: ['Duty', 'Share of time', 'Class', 'Skills'], rows }];
}

function requirementsOf(
  record: RoleRecord,
  draft: RecordedDraft | undefined,
  words: DescriptionWords,
): readonly DescriptionBlock[] {
  const { requirements, wording, credential } = record.terms;
  const items = (draft?.requirements ?? []).map((one) =>
    requirements?.[one] === 'equivalent_accepted'
      ? `${phrase(one)}, or what is equivalent`
      : `${phrase(one)} (essential)`,
  );
  // R1.6: a role of another kind asks nobody for lived experience, whatever was decided about a wording.
  const printed = wording === null || record.kind !== peerKind ? undefined : words.wordings[wording];
  return [
    heading('What we ask for'),
    ...(printed === undefined ? [] : [paragraph(printed)]),
    ...(items.length === 0 ? [] : [{ is: 'list' as const, items }]),
    ...(credential === null ? [] : [paragraph(credentialText(credential))]),
  ];
}

/** The credential rule in words (D2.5). */
export function credentialText(rule: string): string {
  const [kind, months] = rule.split(':');
  if (kind === 'required_at_start') return 'Certification is needed at the start.';
  if (kind === 'within_n_months')
    return `Certification within ${months ?? ''} months; we support you on the way.`;
  return 'No certification is needed.';
}

/** Cents per hour as dollars. */
const money = (cents: number): string => `$${(cents / 100).toFixed(2)}`;

function payOf(record: RoleRecord, draft: RecordedDraft | undefined): readonly DescriptionBlock[] {
  const { pay } = record;
  const hours = draft === undefined ? [] : [paragraph(hoursText(draft))];
  if (pay === null) return [heading('Hours and pay'), ...hours];
  const range = `${money(pay.low)} to ${money(pay.high)} an hour, grade ${phrase(pay.grade)}.`;
  return [heading('Hours and pay'), ...hours, paragraph(range)];
}

/** Hours and benefits in words (D2.7). */
export function hoursText({ hours, partTimeReason, benefits }: RecordedDraft): string {
  const why = partTimeReason === null ? '' : ` (${phrase(partTimeReason)})`;
  return `${hours === 'full_time' ? 'Full time' : 'Part time'}${why}, ${benefits ? 'with' : 'without'} benefits.`;
}

function gapsOf(record: RoleRecord, list: RecordedList | undefined, draft: RecordedDraft | undefined) {
  const gaps: string[] = [];
  if (record.versions.length === 0) gaps.push('G1');
  if (list?.result !== 'pass') gaps.push('D2.2');
  if (record.terms.requirements === null) gaps.push('D2.3');
  const { wording } = record.terms;
  if (record.kind === peerKind && (wording === null || wording === 'needs_counsel')) gaps.push('D2.4');
  if (record.terms.credential === null) gaps.push('D2.5');
  if (record.pay === null) gaps.push('D2.6');
  if (draft === undefined) gaps.push('D2.8');
  return gaps;
}

/**
 * Builds the description of the newest version of a role (D2.8). What is not decided yet is left out and named in
 * `gaps`; nothing in it was typed for the description.
 */
export function describe(record: RoleRecord, words: DescriptionWords): DescriptionDocument {
  const version = record.versions.at(-1)?.version ?? 0;
  const list = record.lists.filter((one) => one.version === version).at(-1);
  const draft = record.drafts.filter((one) => one.version === version).at(-1);
  return {
    title: words.title,
    version,
    status: draft?.status ?? 'draft',
    gaps: gapsOf(record, list, draft),
    blocks: [
      ...dutiesOf(list, words),
      ...requirementsOf(record, draft, words),
      ...payOf(record, draft),
      ...elementsOf(record, words),
    ],
  };
}

/** @returns SHA-256 of the document's Markdown, as an approval records it. */
export function digestOf(markdown: string): string {
  return sha256Hex(markdown);
}
