import type { Surface } from '../guards/index.ts';

/** How the text of a field is looked at. */
export interface GuardedField {
  readonly surface: Surface;
  /**
   * `case`: the codes found go into the command, and the case decides with all it knows, also that people called a
   * finding wrong about this text. `both`: the codes go along, and a finding that blocks refuses here already.
   * `facade`: the case has no field for codes.
   */
  readonly by: 'facade' | 'case' | 'both';
}

const at = (surface: Surface, by: GuardedField['by'] = 'facade'): GuardedField => ({ surface, by });

/**
 * Which guard reads which text: the kind of case and its command, then the path of the field; `*` stands for any place
 * in a list or any name. A test compares this with the fields of all commands. A person's own words about themselves are
 * never blocked or reworded.
 */
const fields: Readonly<Record<string, Readonly<Record<string, GuardedField>>>> = {
  'role.propose_elements': { 'proposals.*.text': at('role_element') },
  'role.revise_elements': { 'proposals.*.text': at('role_element') },
  'role.decide_by_leader': { text: at('role_element') },
  'role.write_up': {
    ...{ notes: at('feedback'), topics: at('feedback'), options: at('feedback') },
    ...{ decision: at('feedback'), objections: at('feedback') },
  },
  'role.classify_duties': { reason: at('feedback') },
  'role.give_positions': {
    'positions.*.reason': at('own_words'),
    'positions.*.proposal': at('role_element'),
  },
  'role.enter_duties': { 'duties.*.text': at('duty', 'case') },
  'role.dispute_finding': { text: at('duty', 'case') },
  'role.draft_description': { text: at('posting', 'case') },
  'opening.approve_posting': { text: at('posting') },
  'opening.mark_questions': { 'questions.*.text': at('question', 'case') },
  'candidacy.screen': { rationale: at('rationale', 'both') },
  'candidacy.settle_screening': { rationale: at('rationale', 'both') },
  'candidacy.submit_sheet': {
    notes: at('note_about_person', 'both'),
    'evidence.*': at('note_about_person', 'both'),
  },
  'candidacy.answer_request': { text: at('feedback', 'both') },
  'employment.log_session': { note: at('employee_record', 'both') },
  'employment.confirm_session': { comment: at('own_words') },
  'employment.propose_growth_plan': { plan: at('employee_record') },
  'employment.raise_conduct': { note: at('employee_record', 'both') },
  'employment.answer_conduct': { text: at('own_words') },
  'employment.record_separation_notice': { text: at('employee_record') },
  'review.share_self_review': { text: at('own_words') },
  'review.keep_self_review': { text: at('own_words') },
  'review.keep_feedback': { text: at('feedback', 'both') },
  'review.share_feedback': { text: at('feedback', 'both') },
  'review.enter_served_feedback': { text: at('feedback', 'both') },
  'review.submit_draft': {
    text: at('employee_record', 'both'),
    'goals.*': at('employee_record', 'both'),
  },
  'review.check_standard': { justification: at('employee_record', 'both') },
  'review.write_plan': { 'steps.*.text': at('employee_record', 'both') },
  'review.answer_plan': { comment: at('own_words') },
  'review.respond': { comment: at('own_words') },
  'review.settle_dispute': { text: at('employee_record', 'both') },
  'clock.assess': { text: at('note_about_person') },
  'clock.reply': { text: at('own_words') },
  'clock.record_check': { notice: at('template') },
  'clock.propose_adverse': { notice: at('template') },
  'clock.request_accommodation': { text: at('own_words') },
  'clock.decide_accommodation': { change: at('employee_record') },
  'clock.report_concern': { text: at('own_words') },
};

/** All fields the table knows, as `kind.command.path`. */
export const guardedFields: readonly string[] = Object.entries(fields).flatMap(([command, paths]) =>
  Object.keys(paths).map((path) => `${command}.${path}`),
);

function matches(pattern: string, path: readonly string[]): boolean {
  const parts = pattern.split('.');
  return parts.length === path.length && parts.every((part, n) => part === '*' || part === path[n]);
}

/** @returns how the text at a place of a command is looked at; null for a place that takes no text */
export function guardedField(kind: string, type: string, path: readonly string[]): GuardedField | null {
  const command = `${kind}.${type}`;
  const paths = Object.hasOwn(fields, command) ? fields[command] : undefined;
  const found = Object.entries(paths ?? {}).find(([pattern]) => matches(pattern, path));
  return found?.[1] ?? null;
}
