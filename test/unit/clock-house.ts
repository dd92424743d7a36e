import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import { SingleCase } from './single-case.ts';

/** One confidential clock alone, with every officer of an invented site. */

export const someone = person('specialist');
export const supervisor = person('supervisor');
export const leaveOfficer = person('leave-officer');
export const background = person('background-officer');
export const arrangements = person('accommodation-officer');
export const credentials = person('credential-officer');
export const compliance = person('compliance');
export const director = person('hr-director');
export const hr = person('hr');
export const employment = caseOf('employment', 'northside');
export const candidacy = caseOf('candidacy', 'c-102');
export const clockId = caseOf('clock', 'one');

/** What a running employment publishes about whom it is. */
export const concerns = (parent: string): FactSeen => ({
  ...{ kind: 'concerns', subject: parent, value: `${someone},${site}` },
  ...{ case: parent, sequence: 1 },
});

/** Who leads them there now. */
export const supervised = (parent: string, by = supervisor): FactSeen => ({
  ...{ kind: 'supervised_by', subject: parent, value: by },
  ...{ case: parent, sequence: 1 },
});

/** A clock nobody has opened yet. */
export function clockOn(date: string, terms: Terms = termsForTests()): SingleCase {
  const one = new SingleCase(clockId, date, terms);
  one.seen.push(concerns(employment), supervised(employment));
  one.assign(leaveOfficer, 'leave_officer');
  one.assign(background, 'background_officer');
  one.assign(arrangements, 'accommodation_officer');
  one.assign(credentials, 'credential_officer');
  one.assign(compliance, 'compliance');
  one.assign(director, 'hr_director');
  one.assign(hr, 'hr');
  return one;
}

/** A clock that another case has started. */
export function started(
  on: string,
  about: string,
  parent: string,
  validTo: string | null = null,
  terms: Terms = termsForTests(),
): SingleCase {
  const one = clockOn(on, terms);
  const its = about === 'credential' ? supervisor : null;
  const body = { site, about, parent, person: someone, supervisor: its, validTo };
  one.tell(parent, { kind: 'start_clock', body });
  return one;
}

/** The days of `date time code` entries. */
export const dates = (sent: readonly string[]): readonly string[] => sent.map((one) => one.slice(0, 10));

export const allFactors = ['nature', 'time_passed', 'relation_to_job'];
export const bothEnclosed = ['report', 'rights'];

/** A check in which everything of this one case was weighed. */
export function assessed(on = '2025-04-17', terms: Terms = termsForTests()): SingleCase {
  const one = started(on, 'background', candidacy, null, terms);
  one.must(background, 'record_check', { outcome: 'individual_assessment' });
  one.must(background, 'assess', { considered: allFactors, text: 'txt_weighed' });
  return one;
}

/** What goes with a first notice given on a day. */
export const firstNotice = (given: string, more: object = {}) => ({
  ...{ outcome: 'pre_adverse', given, notice: 'txt_first', enclosed: bothEnclosed },
  ...more,
});
