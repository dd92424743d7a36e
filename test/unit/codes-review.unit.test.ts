import { describe, expect, it } from 'vitest';
import { draft, employee, hr, manager, mentor, nurse, opened, probation } from './review-house.ts';
import { sources, supervisor, toSign } from './review-house.ts';

/** Rules of reviews by their codes: where each bites, and where it does not. */

const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const six = () => opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });

describe('a draft', () => {
  it('D8.2 refuses a sheet without a rating, one outside the scale, and one of another than the reviewer', () => {
    const one = six();
    expect(one.ask(supervisor, 'submit_draft', draft({ ratings: {} }))).toMatchObject(
      missing('no_item_rated'),
    );
    expect(one.ask(supervisor, 'submit_draft', draft({ ratings: { growth: 0 } }))).toMatchObject(
      missing('outside_scale'),
    );
    expect(one.ask(nurse, 'submit_draft', draft())).toMatchObject({ refused: true });
    expect(one.kinds()).not.toContain('draft_submitted');
  });

  it('D8.2 takes the items of the form on the scale of all staff', () => {
    const one = six();
    one.must(
      supervisor,
      'submit_draft',
      draft({ ratings: { growth: 1, common_reliability: 5 }, cites: { growth: 'session:2025-10-07' } }),
    );
    expect(one.rows.at(-1)).toMatchObject({ kind: 'draft_submitted', body: { scale: '1-5' } });
  });

  it('D8.4 wants an earlier record for an overall below meets', () => {
    const one = six();
    expect(one.ask(supervisor, 'submit_draft', draft({ overall: 'partly_meets' }))).toMatchObject({
      code: 'acknowledgement_needed',
      missing: [{ code: 'R8.3', about: 'overall' }],
    });
    expect(one.ask(supervisor, 'submit_draft', draft({ overall: 'good' }))).toMatchObject({
      code: 'malformed',
    });
  });

  it('D8.4 takes an overall that rests on a record, or that is not below meets', () => {
    const cited = { overall: 'partly_meets', cites: { overall: 'action:a12_0' } };
    six().must(supervisor, 'submit_draft', draft(cited));
    six().must(supervisor, 'submit_draft', draft({ overall: 'exceeds' }));
  });

  it('D8.5 refuses a goal without its text, a text without its goal, and none beside something', () => {
    const one = six();
    const ask = (changes: object) => one.ask(supervisor, 'submit_draft', draft(changes));
    expect(ask({ followUps: ['goal'] })).toMatchObject({ rule: 'D8.5', ...missing('goal_and_its_text') });
    expect(ask({ goals: ['txt_goal'] })).toMatchObject(missing('goal_and_its_text'));
    expect(ask({ followUps: ['none', 'training'] })).toMatchObject(missing('none_stands_alone'));
  });

  it('D8.5 takes a goal with its text, and looks at it in the middle of the next cycle', () => {
    const one = toSign({ followUps: ['goal', 'training'], goals: ['txt_goal'] });
    one.must(employee, 'respond', { response: 'signed' });
    expect(one.obligations.map((owed) => owed.code)).toContain('P8.6');
    const none = toSign({ followUps: ['none'] });
    none.must(employee, 'respond', { response: 'signed' });
    expect(none.standing?.status).toBe('final');
  });

  it('R8.2 has no reason of health among those for a probation extended or not passed', () => {
    const one = probation();
    sources(one);
    one.must(supervisor, 'submit_draft', draft());
    for (const reason of ['health', 'relapse', 'stability'])
      expect(
        one.ask(manager, 'propose_probation', {
          outcome: 'extended',
          reasons: [reason],
          until: '2025-09-09',
        }),
      ).toMatchObject({ code: 'malformed' });
  });

  it('R8.2 takes a reason that is about the work', () => {
    const one = probation();
    sources(one);
    one.must(supervisor, 'submit_draft', draft());
    one.must(manager, 'propose_probation', {
      outcome: 'extended',
      reasons: ['training_open'],
      until: '2025-09-09',
    });
  });
});

describe('a talk', () => {
  it('P8.4 asks both for the talk, and takes none that is still to come', () => {
    const one = six();
    expect(one.ask(supervisor, 'hold_talk', { held: '2025-11-12' })).toMatchObject(missing('date_in_future'));
    const owners = one.obligations.filter((owed) => owed.code === 'P8.4').map((owed) => owed.owner);
    expect(owners.toSorted()).toEqual([employee, supervisor].toSorted());
  });

  it('P8.4 asks nobody after the talk, which is held once', () => {
    const one = six();
    one.moveTo('2025-11-03');
    one.must(supervisor, 'submit_draft', draft());
    one.must(employee, 'hold_talk', { held: '2025-11-03' });
    expect(one.obligations.map((owed) => owed.code)).not.toContain('P8.4');
    expect(one.ask(supervisor, 'hold_talk', { held: '2025-11-03' })).toMatchObject(missing('already_held'));
    expect([hr, mentor].map((who) => one.sentTo(who)).flat()).not.toContainEqual(
      expect.stringContaining('P8.4'),
    );
  });
});
