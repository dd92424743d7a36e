import { describe, expect, it } from 'vitest';
import { onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';
import { termsForTests } from './house.ts';
import type { Terms } from '../../src/domain/kernel/terms.ts';

/** The seat afterwards: what whoever left said of the work is looked at before the same description is posted again. */

const { employee, hr, director } = people;
const again = { outcome: 'reopen_same_version' };

function left(reasons: readonly string[], terms: Terms = termsForTests()): Employed {
  const one = onTheJob(terms);
  one.must(employee, 'resign', { how: 'resigned', lastDay: '2025-05-30', reasons });
  return one;
}

describe('the opening afterwards', () => {
  it('D9.7 warns before the same version is opened again where role drift was named, at the end or in the talk', () => {
    const one = left(['role_drift', 'pay']);
    expect(one.ask(director, 'propose_opening', again)).toMatchObject({
      ...{ code: 'acknowledgement_needed', rule: 'D9.7', missing: [{ code: 'D9.7', about: 'role_drift' }] },
    });
    one.must(director, 'propose_opening', again, { acknowledge: ['D9.7'] });
    expect(one.kinds().slice(-2)).toEqual(['opening_proposed', 'warning_acknowledged']);
    const talked = left([]);
    talked.must(hr, 'record_exit_interview', { outcome: 'held', reasons: ['role_drift'] });
    expect(talked.ask(director, 'propose_opening', again)).toMatchObject({ rule: 'D9.7' });
  });

  it('D9.7 warns of nothing where the role is looked at first, or nobody named drift', () => {
    left(['role_drift']).must(director, 'propose_opening', { outcome: 'reopen_after_review' });
    left(['role_drift']).must(director, 'propose_opening', { outcome: 'close' });
    left(['pay', 'moved']).must(director, 'propose_opening', again);
  });

  it('D9.7 forgets it with a resignation taken back, and asks nothing new of an older policy', () => {
    const back = left(['role_drift']);
    back.must(employee, 'withdraw_separation');
    back.must(employee, 'resign', { how: 'resigned', lastDay: '2025-06-27', reasons: [] });
    back.must(director, 'propose_opening', again);
    const terms = termsForTests();
    const { X20: _handover, ...values } = terms.policy.values;
    left(['role_drift'], { ...terms, policy: { ...terms.policy, values } }).must(
      director,
      'propose_opening',
      again,
    );
  });
});
