import { describe, expect, it } from 'vitest';
import {
  director,
  employee,
  hr,
  investigator,
  manager,
  officer,
  planFrom,
  planOwed,
} from './review-house.ts';
import { draft, probation, supervisor, withComparator } from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** D8.3, X17: whoever gives the second word in a review confirms what they looked at. */

const clear = { word: 'nothing_stands_against' };
const stale = (code: string) => ({ refused: true, code: 'stale', missing: [{ code }] });
const sequenceOf = (one: SingleCase, kind: string): number =>
  one.rows.filter((row) => row.kind === kind).at(-1)?.stamp.sequence ?? 0;

interface Proposal {
  readonly code: string;
  readonly subject: string;
  readonly kind: string;
  readonly first: () => SingleCase;
  /** Something else is proposed in its place. */
  readonly replace: (one: SingleCase) => void;
  readonly by: string;
  readonly confirm: string;
}

function extended(): SingleCase {
  const one = probation();
  one.moveTo('2025-08-04');
  one.must(supervisor, 'submit_draft', draft({ followUps: ['goal'], goals: ['txt_goal'] }));
  one.must(hr, 'check_standard', { result: 'same_as_comparator' });
  one.must(employee, 'hold_talk', { held: '2025-08-04' });
  one.must(manager, 'propose_probation', { outcome: 'passed', reasons: [] });
  return one;
}

/** @param from the day a plan begins whose steps are all talked over on its last */
function stepped(one: SingleCase, from: string, last: string, replaces: object = {}): void {
  one.must(supervisor, 'write_plan', planFrom(from, replaces));
  one.must(employee, 'answer_plan', { answer: 'acknowledged' });
  one.moveTo(last);
  for (const step of [1, 2, 3])
    one.must(supervisor, 'record_plan_step', { step, state: 'behind', held: last });
  one.must(hr, 'settle_plan', { outcome: 'not_met' });
  one.must(officer, 'give_word', clear);
  one.must(investigator, 'give_second_word', clear);
}

const proposals: readonly Proposal[] = [
  {
    ...{
      code: 'D8.3',
      subject: 'probation',
      kind: 'probation_proposed',
      by: hr,
      confirm: 'confirm_probation',
    },
    first: extended,
    replace(one) {
      one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['skill_not_shown'] });
      one.must(officer, 'give_word', clear);
      one.must(investigator, 'give_second_word', clear);
    },
  },
  {
    ...{ code: 'X17', subject: 'plan_not_met', kind: 'plan_not_met_proposed' },
    ...{ by: director, confirm: 'confirm_plan' },
    first() {
      const one = planOwed(withComparator({ improvement_steps_d: '30,60,90' }));
      stepped(one, '2025-11-17', '2026-02-17');
      return one;
    },
    replace: (one) => stepped(one, '2026-02-18', '2026-05-20', { replaces: 1 }),
  },
];

describe.each(proposals)('$code in a review the second word is about what was seen', (proposal) => {
  const { first, replace, by, confirm, kind, subject, code } = proposal;
  const replaced = () => {
    const one = first();
    const before = sequenceOf(one, kind);
    replace(one);
    return { one, before, last: sequenceOf(one, kind) };
  };

  it(`${code} what was replaced meanwhile is refused, by its version and by how far the case had come`, () => {
    const { one, before } = replaced();
    for (const about of [subject, 'case'])
      expect(one.ask(by, confirm, {}, { about: { subject: about, version: before } })).toMatchObject(
        stale('current_version'),
      );
    expect(one.ask(by, confirm)).toMatchObject(stale('version_seen'));
  });

  it(`${code} what stands is confirmed, by its version or by how far the case has come`, () => {
    for (const about of [subject, 'case']) {
      const { one, last } = replaced();
      one.must(by, confirm, {}, { about: { subject: about, version: last } });
    }
  });

  it(`${code} one that never stood in the place of another needs no version, and whoever is asked is told it`, () => {
    const one = first();
    const owed = one.obligations.filter((each) => each.about?.subject === subject);
    expect(owed.map(({ about }) => about?.version)).toEqual([sequenceOf(one, kind)]);
    one.must(by, confirm);
  });
});
