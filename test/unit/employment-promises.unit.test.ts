import { describe, expect, it } from 'vitest';
import { Employed, people, refusedBy } from './employment-house.ts';
import { site } from './house.ts';

/** R6.5: what E4, E11 and E13 promise, as what named owners owe after the start. */

const { supervisor, manager, mentor, employee, hr } = people;
const promises = [
  { element: 'E4', item: 'paid_training_hours', owner: 'supervisor', after: 30 },
  { element: 'E11', item: 'place_in_meetings', owner: 'mentor', after: 10 },
  { element: 'E13', item: 'first_step_up', owner: 'manager', after: 365 },
] as const;
const promised = () => new Employed(undefined, undefined, undefined, { promises });
const list = (one: Employed) => {
  const started = one.rows.find((row) => row.kind === 'employment_started');
  const { items } = (started?.body ?? { items: [] }) as { items: readonly { item: string }[] };
  return items.map(({ item }) => item);
};
const done = (item: string) => ({ item, outcome: 'done' });

describe('what the role promised', () => {
  it('R6.5 is owed by its named owner on the day counted from day one, and moves with it', () => {
    const one = promised();
    expect(one.owes('D6.1')).toContainEqual([supervisor, '2025-06-11']);
    expect(one.owes('D6.1')).toContainEqual([mentor, '2025-05-22']);
    expect(one.owes('D6.1')).toContainEqual([manager, '2026-05-12']);
    one.must(hr, 'move_day_one', { dayOne: '2025-05-19' });
    expect(one.owes('D6.1')).toContainEqual([supervisor, '2025-06-18']);
    expect(one.owes('D6.1')).toContainEqual([manager, '2026-05-19']);
  });

  it('D5.8 a day agreed for a promise, an item or a talk moves as far as day one does', () => {
    const one = promised();
    const later = (item: string, due: string) => ({ item, outcome: 'late', due });
    one.must(supervisor, 'settle_item', later('paid_training_hours', '2025-06-18'));
    one.must(supervisor, 'settle_item', later('systems_training', '2025-05-22'));
    one.must(hr, 'move_day_one', { dayOne: '2025-05-26' });
    expect(one.owes('D6.1')).toContainEqual([supervisor, '2025-07-02']);
    expect(one.owes('D6.1')).toContainEqual([supervisor, '2025-06-05']);
    const { kind, body } = one.rows.at(-1)!;
    expect([kind, body]).toMatchObject(['day_one_moved', { was: '2025-05-12', dayOne: '2025-05-26' }]);
  });

  it('R6.5 is settled by its owner alone, or given a later day', () => {
    const one = promised();
    expect(one.ask(employee, 'settle_item', done('paid_training_hours'))).toMatchObject({
      rule: 'D6.1',
      missing: [{ code: 'owner_of_the_item', about: 'supervisor' }],
    });
    one.must(supervisor, 'settle_item', {
      item: 'paid_training_hours',
      outcome: 'late',
      due: '2025-06-20',
    });
    expect(one.owes('D6.1')).toContainEqual([supervisor, '2025-06-20']);
    one.must(supervisor, 'settle_item', done('paid_training_hours'));
    expect(one.owes('D6.1')).not.toContainEqual([supervisor, '2025-06-20']);
    expect(one.ask(supervisor, 'settle_item', done('paid_training_hours'))).toMatchObject({
      missing: [{ code: 'no_such_open_item' }],
    });
  });

  it('R6.5 stands before the end of the onboarding when its day has gone by, and not before', () => {
    const one = promised();
    one.moveTo('2025-08-11', '10:00');
    one.must(supervisor, 'propose_completion', { outcome: 'complete' });
    const late = () =>
      (one.ask(hr, 'confirm_completion') as { missing: readonly { code: string; about?: string }[] }).missing
        .filter(({ code }) => code === 'R6.5')
        .map(({ about }) => about);
    expect(late()).toEqual(['paid_training_hours', 'place_in_meetings']);
    one.must(supervisor, 'settle_item', done('paid_training_hours'));
    one.must(mentor, 'settle_item', { item: 'place_in_meetings', outcome: 'late', due: '2025-09-01' });
    expect(late()).toEqual([]);
  });

  it('R6.5 names owner and day where the list of the policy asks for the same', () => {
    const [item = ''] = list(new Employed());
    const one = new Employed(undefined, undefined, undefined, {
      promises: [{ element: 'E4', item, owner: 'it', after: 44 }],
    });
    expect(list(one)).not.toContain(item);
    expect(one.owes('D6.1')).toContainEqual([`it@${site}`, '2025-06-25']);
    expect(one.ask(hr, 'add_item', { item, owner: 'hr', after: 3 })).toMatchObject(refusedBy('D6.1'));
  });

  it('R6.5 adds nothing to an employment of which nothing was promised', () => {
    const one = new Employed();
    expect(JSON.stringify(one.rows)).not.toContain('promises');
    expect(one.owes('D6.1')).toHaveLength(list(one).length);
  });
});
