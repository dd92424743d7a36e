import { describe, expect, it } from 'vitest';
import { review } from '../../src/domain/review/decider.ts';
import { emptyBase, evolveHeld } from '../../src/domain/kernel/held.ts';
import type { AnyDecider, Held } from '../../src/domain/kernel/held.ts';
import { site, termsForTests } from './house.ts';
import {
  draft,
  employee,
  hr,
  manager,
  mentor,
  nurse,
  opened,
  probation,
  sources,
  supervisor,
  toSign,
} from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** P8.4: nobody first hears of a problem in the decision about it. A talk is about the draft that was there. */

const missing = (code: string) => ({ refused: true, missing: [expect.objectContaining({ code })] });
const cites = { overall: 'action:a3', relationships: 'action:a3' };
const owes = (one: SingleCase, code = 'P8.4') =>
  one.obligations.filter((owed) => owed.code === code).map(({ owner }) => owner);

const talkedOver = (changes: object = {}): SingleCase => toSign(changes, termsForTests(), '2025-11-05');

/** A later draft, checked as the first one was. */
function again(one: SingleCase, changes: object): void {
  one.must(supervisor, 'submit_draft', draft(changes));
  one.must(hr, 'check_standard', { result: 'same_as_comparator' });
}

describe('a talk about a review', () => {
  it('P8.4 is held over a draft: before there is one it is refused, and what comes first is named', () => {
    const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    one.moveTo('2025-11-05');
    for (const who of [employee, supervisor])
      expect(one.ask(who, 'hold_talk', { held: '2025-11-05' })).toMatchObject({
        ...{ code: 'not_expected_now', rule: 'P8.4', missing: [{ code: 'D8.2' }] },
      });
    one.must(supervisor, 'submit_draft', draft());
    one.must(employee, 'hold_talk', { held: '2025-11-05' });
    expect(one.rows.find(({ kind }) => kind === 'talk_held')?.body).toEqual({
      ...{ held: '2025-11-05', version: 1 },
    });
  });

  it('P8.4 was not before the draft it was about', () => {
    const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    one.moveTo('2025-11-06');
    one.must(supervisor, 'submit_draft', draft());
    expect(one.ask(employee, 'hold_talk', { held: '2025-11-05' })).toMatchObject({
      ...{ rule: 'P8.4', missing: [{ code: 'not_before_it_began', about: '2025-11-06' }] },
    });
    one.must(employee, 'hold_talk', { held: '2025-11-06' });
  });

  it('P8.4 needs no draft in the middle of a probation, where there is none', () => {
    const one = opened('2025-06-02', { cycle: 'probation_mid', due: '2025-06-26' });
    one.must(supervisor, 'hold_talk', { held: '2025-06-02' });
    expect(one.rows.find(({ kind }) => kind === 'talk_held')?.body).toEqual({ held: '2025-06-02' });
  });

  it.each([
    ['the whole', { overall: 'partly_meets', cites }],
    ['an item', { ratings: { relationships: 3, common_reliability: 4 } }],
    [
      'an item that was not there',
      { ratings: { relationships: 4, growth: 1 }, cites: { growth: 'action:a3' } },
    ],
    ['what follows', { followUps: ['improvement_plan'] }],
  ])('P8.4 counts for no later draft that is worse in %s', (_what, changes) => {
    const one = talkedOver();
    expect(owes(one, 'P8.5')).toEqual([employee]);
    again(one, changes);
    expect(owes(one).toSorted()).toEqual([employee, supervisor].toSorted());
    expect(owes(one, 'P8.5')).toEqual([]);
    expect(one.ask(employee, 'respond', { response: 'signed' })).toMatchObject({
      ...{ code: 'gate_not_passed', missing: [{ code: 'P8.4' }] },
    });
    one.must(supervisor, 'hold_talk', { held: '2025-11-05' });
    expect(one.rows.findLast(({ kind }) => kind === 'talk_held')?.body).toMatchObject({ version: 2 });
    one.must(employee, 'respond', { response: 'signed' });
  });

  it.each([
    ['the same', {}],
    ['better', { overall: 'exceeds', ratings: { relationships: 5, common_reliability: 4 } }],
    ['longer by an item that is well', { ratings: { relationships: 4, common_reliability: 4, growth: 3 } }],
    ['shorter', { ratings: { relationships: 4 } }],
  ])('P8.4 counts for a later draft that is %s', (_what, changes) => {
    const one = talkedOver();
    one.moveTo('2025-11-06');
    again(one, changes);
    expect(owes(one)).toEqual([]);
    expect(one.ask(employee, 'hold_talk', { held: '2025-11-06' })).toMatchObject(missing('already_held'));
    one.must(employee, 'respond', { response: 'signed' });
  });

  it('P8.4 may be entered after a draft that is no worse took the place of the one it was about', () => {
    const one = opened('2025-10-15', { cycle: 'six_month', due: '2025-11-12' });
    one.moveTo('2025-11-05');
    one.must(supervisor, 'submit_draft', draft());
    one.moveTo('2025-11-06');
    one.must(supervisor, 'submit_draft', draft({ overall: 'exceeds' }));
    one.moveTo('2025-11-07');
    one.must(employee, 'hold_talk', { held: '2025-11-05' });
  });

  it('P8.4 about a worse draft was not before it, and both are asked for it anew with time for it', () => {
    const one = talkedOver();
    one.moveTo('2025-11-12', '16:00');
    again(one, { overall: 'does_not_meet', cites });
    expect(one.ask(employee, 'hold_talk', { held: '2025-11-05' })).toMatchObject({
      ...{ rule: 'P8.4', missing: [{ code: 'not_before_it_began', about: '2025-11-12' }] },
    });
    const due = one.obligations.filter(({ code }) => code === 'P8.4').map((owed) => owed.due);
    expect(new Set(due.map((at) => new Date(at).toISOString().slice(0, 10)))).toEqual(
      new Set(['2025-11-13']),
    );
    const before = one.sentTo(employee).length;
    one.moveTo('2025-11-13', '17:30');
    expect(
      one
        .sentTo(employee)
        .slice(before)
        .some((line) => line.endsWith(' P8.4')),
    ).toBe(true);
    one.must(employee, 'hold_talk', { held: '2025-11-13' });
    expect(owes(one)).toEqual([]);
  });

  it('P8.4 D8.3 nobody fails a probation on a draft that was made worse after the talk', () => {
    const one = probation();
    sources(one);
    one.moveTo('2025-08-01');
    one.must(supervisor, 'submit_draft', draft());
    one.must(employee, 'hold_talk', { held: '2025-08-01' });
    again(one, { overall: 'does_not_meet', cites });
    one.must(manager, 'propose_probation', { outcome: 'not_passed', reasons: ['duty_not_met'] });
    expect(one.ask(hr, 'confirm_probation')).toMatchObject({
      missing: expect.arrayContaining([{ code: 'P8.4' }]) as unknown,
    });
    one.must(employee, 'hold_talk', { held: '2025-08-01' });
    expect(one.ask(hr, 'confirm_probation')).toMatchObject({
      missing: expect.not.arrayContaining([{ code: 'P8.4' }]) as unknown,
    });
  });

  it('P8.4 counts as it did in rows from before the draft was named', () => {
    const one = talkedOver();
    again(one, { overall: 'does_not_meet', cites });
    const older = one.rows.map(({ kind, body, stamp }) => {
      const { worse: _later, version, ...rest } = body as { worse?: true; version?: number };
      return { kind, stamp, body: kind === 'draft_submitted' ? { ...rest, version } : rest };
    });
    const folded = older.reduce((state, row) => evolveHeld(review as unknown as AnyDecider, state, row), {
      own: review.initial() as unknown,
      base: emptyBase(site, termsForTests().ref),
    } as Held);
    expect(folded.own).toMatchObject({ talk: '2025-11-05', version: 2 });
    expect((folded.own as { ready: number | null }).ready).not.toBeNull();
  });

  it('P8.4 says nothing of the ratings to whoever takes no part in the judgement, nor to the machine', () => {
    const own = talkedOver().holds?.own;
    const seen = (reader: string | null) => {
      const look = { reader, now: 0, terms: termsForTests(), classes: [] };
      return JSON.stringify((review as unknown as AnyDecider).veiled?.(own, look));
    };
    for (const who of [supervisor, employee, manager]) expect(seen(who)).toContain('"relationships":4');
    for (const who of [mentor, nurse, null]) expect(seen(who)).not.toContain('"relationships"');
  });
});
