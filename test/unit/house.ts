import { readFileSync } from 'node:fs';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { canonical, opaque, sha256Hex } from '../../src/domain/kernel/digest.ts';
import { inJurisdiction } from '../../src/domain/kernel/policy.ts';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import type { Comparator, Terms } from '../../src/domain/kernel/terms.ts';
import type { CaseKind } from '../../src/domain/kernel/words.ts';
import { policySchema, profileSchema } from '../../src/contracts/policy.ts';
import { makeCalendar } from '../../src/directory/make-calendar.ts';
import type { HolidayRules } from '../../src/directory/make-calendar.ts';
import { World } from '../../src/sandbox/world.ts';

/** An invented site in New York with the default policy: what the specifications of the deciders run in. */

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/${path}`, import.meta.url), 'utf8'));

export const site = `site_${opaque('northside')}`;
/** A stable person ref from a word. */
export const person = (word: string): string => `prs_${opaque(word)}`;
/** A stable case id from a word. */
export const caseOf = (kind: CaseKind, word: string): string => `${kind}-${opaque(word)}`;

const comparator: Comparator = {
  v: 1,
  site,
  source: 'staff handbook, invented',
  recorded: '2025-01-02',
  values: {
    probation_d: 90,
    probation_extension_d: 30,
    review_cycle: 'six_month,annual',
    review_scale: '1-5',
    review_form: 'common-1',
    mentoring_months: 6,
    sick_leave_policy: 'same',
    pay_low: 2290,
    pay_high: 2604,
  },
};

/** The default policy as it is kept, before a jurisdiction's values are laid over it. */
/** The default, with two switches of an opening off: plays of one opening name questions by number, and choose without a reason for a yes. */
export const policyForTests = (): Policy => {
  const policy = policySchema.parse(read('default.json'));
  const { 'D4.1': questions, G4, PROMPTS } = policy.values;
  // Messages go as they come: what puts them off has tests of its own.
  const post = { quiet_from_min: 0, quiet_to_min: 0, digest_over: 0, max_per_person_hour: 0 };
  const values = {
    ...{ 'D4.1': { ...questions!, text_needed: 0 }, G4: { ...G4!, reason_each: 0 } },
    PROMPTS: { ...PROMPTS!, ...post },
  };
  return { ...policy, values: { ...policy.values, ...values } };
};

/** The hours of tests, in a zone. */
export const calendarForTests = (zone: string) =>
  makeCalendar({
    ...{ id: 'northside', zone, opens: '09:00', closes: '17:00', workdays: [1, 2, 3, 4, 5] },
    ...{ firstYear: 2024, lastYear: 2028, holidays: read('holidays/us-federal.json') as HolidayRules },
  });

export function termsForTests(): Terms {
  const profile = profileSchema.parse(read('profiles/generic.json'));
  const policy = policyForTests();
  const calendar = calendarForTests('America/New_York');
  const hash = (value: unknown): string => sha256Hex(canonical(value));
  const ref = {
    policy: hash(policy),
    calendar: hash(calendar),
    profile: hash(profile),
    comparator: hash(comparator),
  };
  return { ref, policy: inJurisdiction(policy, profile), calendar, profile, comparator };
}

/** @returns an empty organization at a local date and time, e.g. `2025-01-06`, `09:30`. */
export function worldAt(date: string, wall = '10:00'): World {
  const terms = termsForTests();
  return new World(site, terms, instantOf(terms.calendar, date, wall));
}

/** Moves a world to a local date and time of its site. */
export function moveTo(world: World, date: string, wall = '10:00'): void {
  world.advanceTo(instantOf(termsForTests().calendar, date, wall));
}
