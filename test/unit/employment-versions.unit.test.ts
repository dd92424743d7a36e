import { describe, expect, it } from 'vitest';
import { onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { probation, supervisor as reviewer } from './review-house.ts';

const { supervisor, employee, manager, hr, hrDirector, director, it: desk } = people;
const stale = (code: string) => ({ refused: true, code: 'stale', missing: [{ code }] });

interface Proposal {
  readonly code: string;
  readonly subject: string;
  readonly kind: string;
  readonly propose: (one: Employed, again: boolean) => void;
  readonly by: string;
  readonly confirm: readonly [string, object];
}

const leaving = (one: Employed): void => {
  one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-08-01', reasons: [] });
};

const proposals: readonly Proposal[] = [
  {
    ...{ code: 'D9.3', subject: 'promotion', kind: 'promotion_proposed', by: hr },
    propose: (one, again) => {
      const steps = again ? ['tier_3'] : ['tier_2'];
      one.must(manager, 'propose_promotion', { outcome: 'promoted', steps, criteria: [] });
    },
    confirm: ['confirm_promotion', {}],
  },
  {
    ...{ code: 'D9.5', subject: 'separation', kind: 'separation_proposed', by: hrDirector },
    propose: (one, again) => {
      const lastDay = again ? '2025-07-01' : '2025-08-01';
      one.must(hr, 'propose_separation', { how: 'laid_off', lastDay, reasons: ['position_ended'] });
    },
    confirm: ['confirm_separation', {}],
  },
  {
    ...{ code: 'D9.7', subject: 'opening', kind: 'opening_proposed', by: hr },
    propose: (one, again) => {
      if (!again) leaving(one);
      one.must(director, 'propose_opening', { outcome: again ? 'close' : 'reopen_same_version' });
    },
    confirm: ['confirm_opening', {}],
  },
  {
    ...{ code: 'D9.1', subject: 'growth_plan', kind: 'growth_plan_proposed', by: employee },
    propose: (one, again) => {
      one.must(supervisor, 'propose_growth_plan', { outcome: again ? 'updated' : 'agreed' });
    },
    confirm: ['answer_growth_plan', { answer: 'agreed' }],
  },
  {
    ...{ code: 'D7.6', subject: 'cadence', kind: 'cadence_proposed', by: employee },
    propose: (one) => {
      one.must(supervisor, 'propose_cadence', { change: 'keep', weeks: 1 });
    },
    confirm: ['confirm_cadence', {}],
  },
];

const sequenceOf = (one: Employed, kind: string): number =>
  one.rows.filter((row) => row.kind === kind).at(-1)?.stamp.sequence ?? 0;

describe.each(proposals)('$code a second person confirms what they looked at: $subject', (proposal) => {
  const { propose, by, confirm, kind, subject, code } = proposal;
  const [type, payload] = confirm;
  const replaced = (): { one: Employed; first: number; last: number } => {
    const one = onTheJob();
    propose(one, false);
    const first = sequenceOf(one, kind);
    propose(one, true);
    return { one, first, last: sequenceOf(one, kind) };
  };

  it(`${code} what was replaced meanwhile is refused, by its version and by how far the case had come`, () => {
    const { one, first, last } = replaced();
    expect(one.ask(by, type, payload, { about: { subject, version: first } })).toMatchObject(
      stale('current_version'),
    );
    expect(one.ask(by, type, payload, { about: { subject: 'case', version: last - 1 } })).toMatchObject({
      ...stale('current_version'),
      missing: [{ code: 'current_version', about: String(last) }],
    });
    expect(isRefusal(one.ask(by, type, payload, { about: { subject, version: last } }))).toBe(false);
  });

  it(`${code} a yes to what replaced something else says which of them it means`, () => {
    const { one, last } = replaced();
    expect(one.ask(by, type, payload)).toMatchObject({
      ...stale('version_seen'),
      missing: [{ code: 'version_seen', about: `${subject}@${last}` }],
    });
    one.must(by, type, payload, { about: { subject: 'case', version: last } });
  });

  it(`${code} what nothing replaced is confirmed as before, and its item names the version`, () => {
    const one = onTheJob();
    propose(one, false);
    const about = { subject, version: sequenceOf(one, kind) };
    expect(one.obligations.filter((owed) => owed.about !== undefined)).toMatchObject([{ code, about }]);
    one.must(by, type, payload);
  });
});

describe('an ending that is not there yet', () => {
  it('R9.3 access does not end before the last day, on which the ending may still be taken back', () => {
    const one = onTheJob();
    leaving(one);
    expect(one.ask(desk, 'end_access')).toMatchObject({
      ...{ refused: true, rule: 'R9.3' },
      missing: [{ code: 'not_before_last_day', about: '2025-08-01' }],
    });
    one.moveTo('2025-08-01', '15:00');
    one.must(desk, 'end_access');
  });

  it('D9.5 is not taken back once D9.7 was decided on its ground; before that it is', () => {
    const one = onTheJob();
    leaving(one);
    one.must(director, 'propose_opening', { outcome: 'reopen_same_version' });
    one.must(employee, 'withdraw_separation');
    leaving(one);
    one.must(director, 'propose_opening', { outcome: 'reopen_same_version' });
    one.must(hr, 'confirm_opening');
    expect(one.ask(employee, 'withdraw_separation')).toMatchObject({
      ...{ refused: true, rule: 'D9.5' },
      missing: [{ code: 'opening_decided' }],
    });
  });
});

describe('P8.4 the talk of a review', () => {
  it('P8.4 was held since the review began, and not in another year', () => {
    const one = probation();
    expect(one.ask(reviewer, 'hold_talk', { held: '2001-01-01' })).toMatchObject({
      ...{ refused: true, rule: 'P8.4' },
      missing: [{ code: 'not_before_it_began' }],
    });
  });
});
