import { templateFields, templates } from '../content/index.ts';
import type { CivilDate } from '../domain/kernel/calendar.ts';
import type { Terms } from '../domain/kernel/terms.ts';
import type { Capacity, PersonRef } from '../domain/kernel/words.ts';
import type { FieldValue } from '../documents/letters.ts';
import type { Reader, ReadingOffice, SeenCase } from './ask-reader.ts';

/** Letters of a hire, by the word of the command line. */
export const letterKinds = [
  'offer',
  'ack',
  'status',
  'interview',
  'referee',
  'outcome',
  'pre-adverse',
  'final',
  'welcome',
  'mentor',
  'mentor-welcome',
  'orientation',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What a letter belongs to, who may write it (domain 2.1), and its templates. */
export interface LetterRule {
  readonly of: 'candidacy' | 'clock' | 'readiness';
  readonly by: readonly Capacity[];
  readonly templates: readonly string[];
}

const selection = (...templates: readonly string[]): LetterRule => ({
  of: 'candidacy',
  by: ['hr', 'hr_director'],
  templates,
});
const check = (template: string): LetterRule => ({
  of: 'clock',
  by: ['background_officer'],
  templates: [template],
});

export const letterRules: Readonly<Record<LetterKind, LetterRule>> = {
  offer: selection('letter-offer'),
  ack: selection('letter-acknowledgement'),
  status: selection('letter-status-note'),
  interview: selection('letter-interview-invitation'),
  referee: selection('letter-referee'),
  outcome: selection(
    ...(['letter-outcome-selected', 'letter-outcome-reserve', 'letter-outcome-not-selected'] as const),
    ...(['letter-outcome-rescinded', 'letter-outcome-expired', 'letter-outcome-closed'] as const),
    ...(['letter-outcome-no-response', 'letter-outcome-reserve-ended'] as const),
    ...(['letter-outcome-withdrawn', 'letter-outcome-declined', 'letter-outcome-check'] as const),
  ),
  'pre-adverse': check('letter-pre-adverse-notice'),
  final: check('letter-final-notice'),
  welcome: selection('letter-welcome'),
  mentor: { ...selection('letter-mentor'), by: ['hr', 'hr_director', 'hiring_manager'] },
  'mentor-welcome': { ...selection('letter-mentor-welcome'), by: ['mentor'] },
  orientation: {
    of: 'readiness',
    by: ['supervisor', 'adviser', 'team_leader', 'program_leader', 'hr', 'hr_director'],
    templates: ['letter-orientation-invitation'],
  },
};

/** Every letter with the title of its template; one of several templates is chosen by what was decided. */
export function letterList(): { kind: LetterKind; title: string; of: string; by: string[] }[] {
  const titles = new Map(templates().map(({ id, title }) => [id, title]));
  return letterKinds.map((kind) => {
    const { templates: ids, of, by } = letterRules[kind];
    const title = ids.length === 1 ? titles.get(ids[0] ?? '') : undefined;
    return { kind, title: title ?? 'What was decided', of, by: [...by] };
  });
}

/** What may stand in a letter: the name of a field, its kind, and what it means. */
export const letterFields = (): { name: string; kind: string; means: string }[] =>
  templateFields().map(({ name, kind, means }) => ({ name, kind, means }));

/** What the ledger knows for a letter. */
export interface LetterFacts {
  readonly template: string;
  /** Whom the letter goes to, or is about; null for one to a whole team. */
  readonly person: string | null;
  /** Fields that hold somebody's name, by the person; the directory knows it. */
  readonly named?: Readonly<Record<string, PersonRef>>;
  /** Terms of the case: nobody can put other words in their place. */
  readonly fixed: Readonly<Record<string, FieldValue>>;
  /** What holds unless the sender says otherwise. */
  readonly usual: Readonly<Record<string, FieldValue>>;
  readonly sections: readonly string[];
}

/** What a letter of some kind is made from. */
export interface LetterPlace {
  readonly office: ReadingOffice;
  readonly reader: Reader;
  readonly one: SeenCase;
  readonly terms: Terms;
  readonly today: CivilDate;
}

const problems = {
  letter_not_now: 'The case is not at a point where this letter has a meaning.',
  offer_not_approved:
    'The current version of the offer is not approved by two people: no letter is made of it.',
  letter_kind_wrong: 'This letter belongs to another kind of case.',
  letter_field_known: 'The ledger knows this field; a letter says what was decided:',
  letter_field_unknown: 'The letter has no such field or part:',
  posting_not_ready: 'A posting is made of an approved description; the role has not decided:',
  posting_title: 'The role is of another kind: it is not posted under the title of a peer role (R1.6).',
  posting_unread: 'Texts of the duties are not for this reader, or were erased:',
  letter_incomplete: 'The letter lacks what the ledger does not know. Give it with --field or --fields:',
} as const;

/** No letter is made. Names fields, never what stands in them. */
export class LetterRefused extends Error {
  readonly code: keyof typeof problems;
  readonly fields: readonly string[];
  constructor(code: LetterRefused['code'], fields: readonly string[] = []) {
    super([problems[code], fields.join(', ')].filter((part) => part !== '').join(' '));
    this.name = 'LetterRefused';
    this.code = code;
    this.fields = fields;
  }
}
