import type { Terms } from '../../src/domain/kernel/terms.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import { SingleCase } from './single-case.ts';

/** One review of an invented employment at the test site, and the people in it. */

export const employee = person('employee');
export const supervisor = person('supervisor');
export const manager = person('manager');
export const mentor = person('mentor');
export const hr = person('hr');
export const officer = person('officer');
export const investigator = person('investigator');
export const director = person('director');
export const nurse = person('nurse');
export const caseManager = person('case-manager');
export const employment = caseOf('employment', 'northside');
export const id = caseOf('review', 'northside');
export const hrHere = `hr@${site}`;

interface Start {
  readonly leave?: readonly { readonly from: string; readonly to: string }[];
  readonly cycle: string;
  readonly due: string;
  readonly periodEnd?: string;
  readonly mentor?: string | null;
  readonly nextDue?: string;
  readonly rule?: string;
}

export function opened(on: string, start: Start, terms = termsForTests()): SingleCase {
  const one = new SingleCase(id, on, terms);
  one.assign(hr, 'hr');
  one.assign(officer, 'accommodation_officer');
  one.assign(investigator, 'investigating_officer');
  one.assign(director, 'hr_director');
  const body = {
    site,
    employment,
    employee,
    supervisor,
    manager,
    mentor,
    role: caseOf('role', 'r'),
    roleVersion: 1,
    periodEnd: start.due,
    nextDue: null,
    ...start,
  };
  one.tell(employment, { kind: 'start_review', body });
  return one;
}

export const probation = () =>
  opened('2025-07-11', { cycle: 'probation_end', due: '2025-08-08', periodEnd: '2025-08-10' });

export const draft = (changes: object = {}) => ({
  form: 'common-1',
  scale: '1-5',
  ratings: {
    relationships: 4,
    common_reliability: 4,
  },
  overall: 'meets',
  followUps: ['none'],
  goals: [],
  cites: {},
  text: 'txt_draft',
  ...changes,
});

export function sources(one: SingleCase): void {
  one.must(supervisor, 'choose_colleagues', { colleagues: [nurse, caseManager] });
  one.must(employee, 'share_self_review', { text: 'txt_self' });
  one.must(nurse, 'share_feedback', { text: 'txt_nurse' });
  one.must(caseManager, 'share_feedback', { text: 'txt_case_manager' });
}

/** A six-month review all done but for the employee's answer, on Wednesday 12 November 2025 or another day. */
export function toSign(changes: object = {}, terms = termsForTests(), on = '2025-11-12'): SingleCase {
  const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' }, terms);
  sources(one);
  one.moveTo(on);
  one.must(supervisor, 'submit_draft', draft(changes));
  one.must(hr, 'check_standard', { result: 'same_as_comparator' });
  one.must(employee, 'hold_talk', { held: on });
  return one;
}

/** The terms of the test site with more in its comparator record. */
export function withComparator(more: Readonly<Record<string, number | string | boolean>>): Terms {
  const terms = termsForTests();
  if (terms.comparator === null) throw new Error('no_comparator_on_file');
  return { ...terms, comparator: { ...terms.comparator, values: { ...terms.comparator.values, ...more } } };
}

/** A review with an improvement plan, answered on Wednesday 12 November 2025. */
export function planOwed(terms = withComparator({ improvement_steps_d: '30,60,90' })): SingleCase {
  const one = toSign({ followUps: ['improvement_plan'], overall: 'partly_meets', cites }, terms);
  one.must(employee, 'respond', { response: 'signed' });
  return one;
}

const cites = { overall: 'action:a3' };

/** Steps as the comparator record of `planOwed` has them. */
export const planFrom = (from: string, more: object = {}) => ({
  from,
  steps: [30, 60, 90].map((after_d) => ({ after_d, text: `txt_step_${after_d}` })),
  ...more,
});
