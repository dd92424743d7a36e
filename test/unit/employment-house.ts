import { policiesToRead } from '../../src/domain/employment/words.ts';
import { SingleCase } from './single-case.ts';
import type { StartEmployment } from '../../src/domain/notices.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';

/** One employment alone on its clock, started from a candidacy, with the people of an invented team. */

export const people = {
  supervisor: person('marisol'),
  employee: person('c-102'),
  second: person('theo'),
  mentor: person('wren'),
  nextMentor: person('indira'),
  manager: person('hiring manager'),
  hr: person('dana'),
  director: person('director'),
  hrDirector: person('hr director'),
  compliance: person('compliance'),
  adviser: person('noor'),
  officer: person('leave officer'),
  it: person('it'),
  investigator: person('investigating officer'),
};
export const id = caseOf('employment', 'c-102');
export const candidacy = caseOf('candidacy', 'c-102');
export const opening = caseOf('opening', 'northside one');
export const role = caseOf('role', 'specialist');
export const leave = caseOf('clock', 'leave');

export const topics = ['role_fit', 'skills'];

export class Employed extends SingleCase {
  /** @param more what the start says besides: what the role promised (R6.5), when the supervisors were trained (R5.2) */
  constructor(
    date = '2025-05-09',
    dayOne = '2025-05-12',
    terms: Terms = termsForTests(),
    more: Partial<Pick<StartEmployment['body'], 'promises' | 'qualified' | 'waiver' | 'credential'>> = {},
  ) {
    super(id, date, terms);
    this.assign(people.hr, 'hr');
    this.assign(people.director, 'director');
    this.assign(people.hrDirector, 'hr_director');
    this.assign(people.compliance, 'compliance');
    this.assign(people.adviser, 'independent_adviser');
    this.assign(people.officer, 'leave_officer');
    this.assign(people.it, 'it');
    this.assign(people.investigator, 'investigating_officer');
    for (const subject of [people.supervisor, people.second])
      this.seen.push({
        kind: 'supervisor_qualified',
        subject,
        value: '2025-05-01',
        case: candidacy,
        sequence: 9,
      });
    this.tell(candidacy, {
      kind: 'start_employment',
      body: {
        site,
        person: people.employee,
        candidacy,
        opening,
        role,
        roleVersion: 1,
        dayOne,
        supervisor: people.supervisor,
        secondSupervisor: people.second,
        mentor: people.mentor,
        manager: people.manager,
        credential: {
          status: 'verified',
          validTo: '2025-11-30',
        },
        conditional: false,
        exclusionCheckedOn: '2025-04-17',
        ...more,
      },
    });
  }

  /** D7.1 by whose turn it is, confirmed by the employee. */
  meets(session: string, by: string = people.supervisor, on: string = session): void {
    this.must(by, 'log_session', {
      session,
      outcome: 'held',
      on,
      minutes: 60,
      mode: 'in_person',
      topics,
      actions: [],
    });
    this.must(people.employee, 'confirm_session', { session, view: 'agrees' });
  }

  /** D7.3 by both. `outside` is the share that is neither core nor support. */
  pulse(month: string, outside: number): void {
    const payload = { month, core: 80 - outside, support: 20, shared: outside, nonPeer: 0, prohibited: [] };
    this.must(people.employee, 'answer_pulse', payload);
    this.must(people.supervisor, 'answer_pulse', payload);
  }

  /** `date time code` of everything sent, by person, sorted by nothing but time. */
  sent(code: string): readonly string[] {
    return Object.entries(people)
      .flatMap(([name, ref]) => this.sentTo(ref).map((line) => `${line} ${name}`))
      .filter((line) => line.includes(` ${code} `))
      .toSorted();
  }

  /** What is owed under a code: owner and day, soonest first, then in the order of `people`. */
  owes(code: string): readonly (readonly [string, string])[] {
    return this.obligations
      .filter((one) => one.code === code)
      .map((one) => [one.owner, this.day(one.due)] as const)
      .toSorted(([a, x], [b, y]) => (x === y ? order(a) - order(b) : x < y ? -1 : 1));
  }

  day(instant: number): string {
    return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(instant);
  }
}

/** People in the order they are named above, then whoever holds a capacity. */
function order(owner: string): number {
  const place = Object.values(people).indexOf(owner);
  return place < 0 ? Infinity : place;
}

/** Day one as it should be. */
export function onTheJob(terms: Terms = termsForTests()): Employed {
  const one = new Employed('2025-05-09', '2025-05-12', terms);
  one.must(people.supervisor, 'confirm_day_one');
  one.must(people.mentor, 'confirm_day_one');
  one.moveTo('2025-05-12', '10:00');
  one.must(people.mentor, 'welcome');
  one.must(people.employee, 'acknowledge_policies', { policies: policiesToRead });
  return one;
}

/** X15: something done at work was raised today, and the employee was heard. */
export function heardOnConduct(one: Employed): void {
  const on = one.day(one.now);
  one.must(people.hr, 'raise_conduct', { concern: 'records', on });
  one.must(people.employee, 'answer_conduct', { answer: 'nothing_to_add' });
}

export const refusedBy = (rule: string) => ({ refused: true, rule });
