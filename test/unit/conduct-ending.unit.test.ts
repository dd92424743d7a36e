import { describe, expect, it } from 'vitest';
import { onTheJob, people, refusedBy } from './employment-house.ts';
import type { Employed } from './employment-house.ts';

/** X15 and D9.5: an employment ends for conduct only on a matter that was raised and heard, as a warning is given. */

const { employee, supervisor, manager, hr, hrDirector, director, officer, investigator } = people;
const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const end = {
  ...{ how: 'terminated_conduct', lastDay: '2025-06-30', reasons: ['conduct'] },
  comparator: 'same_as_comparator',
};
const laidOff = { how: 'laid_off', lastDay: '2025-06-30', reasons: ['funding_ended'] };

function raised(): Employed {
  const one = onTheJob();
  one.moveTo('2025-06-02', '11:00');
  one.must(supervisor, 'raise_conduct', { concern: 'records', on: '2025-05-30' });
  return one;
}

function heard(): Employed {
  const one = raised();
  one.must(employee, 'answer_conduct', { answer: 'nothing_to_add' });
  return one;
}

function proposed(): Employed {
  const one = heard();
  one.must(hr, 'propose_separation', end);
  one.must(officer, 'give_clearance');
  one.must(investigator, 'give_officer_word', { about: 'separation' });
  return one;
}

describe('an ending for conduct', () => {
  it.each([
    ['under its own word', end],
    ['as a reason of another termination', { ...end, how: 'terminated_performance' }],
    ['under its own word for another reason', { ...end, reasons: ['performance'] }],
  ])('X15 is proposed by nobody where no matter was raised: %s', (_how, asked) => {
    const one = onTheJob();
    for (const who of [hr, manager])
      expect(one.ask(who, 'propose_separation', asked)).toMatchObject({
        ...refusedBy('X15'),
        ...{ code: 'rule_blocks', missing: [{ code: 'conduct_raised_first' }] },
      });
    expect(one.kinds()).not.toContain('separation_proposed');
  });

  it('X15 waits until the person was heard, and says who that is', () => {
    const one = raised();
    expect(one.ask(hr, 'propose_separation', end)).toMatchObject({
      ...refusedBy('X15'),
      missing: [{ code: 'heard_first', who: employee }],
    });
    one.must(employee, 'answer_conduct', { answer: 'nothing_to_add' });
    one.must(hr, 'propose_separation', end);
  });

  it('X15 is not proposed beside a measure for the same matter, nor a measure beside it', () => {
    const one = heard();
    one.must(manager, 'propose_measure', { measure: 'talk' });
    expect(one.ask(hr, 'propose_separation', end)).toMatchObject(missing('measure_waits'));
    one.must(hr, 'decline_measure');
    one.must(hr, 'propose_separation', end);
    const no = one.ask(manager, 'propose_measure', { measure: 'talk' });
    expect(no).toMatchObject({ ...refusedBy('X15'), missing: [{ code: 'separation_rests_on_it' }] });
    one.must(hr, 'withdraw_separation');
    one.must(manager, 'propose_measure', { measure: 'talk' });
  });

  it('X15 rests on no matter that was settled: what happens again is raised and heard again', () => {
    const one = heard();
    one.must(manager, 'propose_measure', { measure: 'talk' });
    one.must(hr, 'confirm_measure');
    expect(one.ask(hr, 'propose_separation', end)).toMatchObject(missing('conduct_raised_first'));
  });

  it('X15 D9.5 names its matter, which is asked about no more while it waits and after it was decided', () => {
    const one = heard();
    expect(one.owes('X15')).toEqual([[manager, '2025-06-09']]);
    one.must(hr, 'propose_separation', end);
    const matter = one.rows.find(({ kind }) => kind === 'conduct_raised')?.stamp.sequence;
    expect(one.rows.at(-1)?.body).toMatchObject({ matter });
    expect(one.owes('X15')).toEqual([]);
    one.must(officer, 'give_clearance');
    one.must(investigator, 'give_officer_word', { about: 'separation' });
    one.must(hrDirector, 'confirm_separation');
    expect(one.rows.find(({ kind }) => kind === 'separation_confirmed')?.body).toMatchObject({ matter });
    expect(one.owes('X15')).toEqual([]);
    expect(one.ask(manager, 'propose_measure', { measure: 'talk' })).toMatchObject(
      missing('separation_rests_on_it'),
    );
    const asked = () => one.sentTo(manager).filter((line) => line.endsWith(' X15'));
    expect(asked()).toEqual(['2025-06-02 11:00 X15']);
    one.moveTo('2025-07-01');
    expect(asked()).toHaveLength(1);
    expect(one.standing?.stage).toBe('ended');
  });

  it('X15 D9.5 goes on where it was once the ending is taken back, before and after the second word', () => {
    const first = heard();
    first.must(hr, 'propose_separation', end);
    first.must(hr, 'withdraw_separation');
    expect(first.owes('X15')).toEqual([[manager, '2025-06-09']]);
    const second = proposed();
    second.must(director, 'confirm_separation');
    second.must(hr, 'withdraw_separation');
    expect(second.owes('X15')).toEqual([[manager, '2025-06-09']]);
    second.must(manager, 'propose_measure', { measure: 'talk' });
  });

  it('X15 presses nobody twice where an ending waited for weeks and was taken back', () => {
    const [calm, moved] = [heard(), heard()];
    const said = (one: Employed) =>
      one.prompts.filter(({ obligation }) => obligation.startsWith('X15:decide')).map(({ rung }) => rung);
    for (const one of [calm, moved]) one.moveTo('2025-06-18', '12:00');
    expect(said(moved).length).toBeGreaterThan(2);
    moved.must(hr, 'propose_separation', { ...end, lastDay: '2025-08-29' });
    for (const one of [calm, moved]) one.moveTo('2025-07-25', '12:00');
    moved.must(hr, 'withdraw_separation');
    for (const one of [calm, moved]) one.moveTo('2025-07-30', '12:00');
    expect(said(moved)).toEqual(said(calm));
  });

  it('X15 asks nothing of an ending that stands against nobody, nor of one for performance', () => {
    const one = onTheJob();
    one.must(hr, 'propose_separation', laidOff);
    one.must(hr, 'propose_separation', { ...end, how: 'terminated_performance', reasons: ['performance'] });
    expect(one.rows.at(-1)?.body).not.toHaveProperty('matter');
  });

  it('X15 leaves a matter open beside an ending that does not rest on it', () => {
    const one = heard();
    one.must(hr, 'propose_separation', laidOff);
    expect(one.owes('X15')).toEqual([[manager, '2025-06-09']]);
    one.must(manager, 'propose_measure', { measure: 'talk' });
  });
});
