import { describe, expect, it } from 'vitest';
import { deciderOf } from '../../src/domain/cases.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import type { Right } from '../../src/domain/kernel/can.ts';
import type { Capacity, CaseKind } from '../../src/domain/kernel/words.ts';
import { onlyTheyCan } from '../../src/notify/alone.ts';
import { Years, live, longTerms } from './employment-years.ts';
import { onTheJob, people } from './employment-house.ts';
import { probation, sources, toSign, planFrom, planOwed, supervisor } from './review-house.ts';
import type { SingleCase } from './single-case.ts';

/** What a person in a case is and nobody else: a right that is theirs alone is nobody's to take over. */
const theirOwn: ReadonlySet<Capacity> = new Set(['employee', 'candidate', 'colleague']);

const asked = ({ id, code, owner }: Obligation) => ({ owner, code, obligation: id, how: 'ask' });

/** Answers to an obligation that are the right of one relation alone, whoever else is in the case. */
function answeredByThem(kind: CaseKind, { code, next }: Obligation): boolean {
  const all = Object.values(deciderOf(kind).rights) as readonly Right[];
  const answers = all.filter((right) => right.code === code || right.code === next);
  return answers.length > 0 && answers.every(({ by }) => by.length === 1 && theirOwn.has(by[0]!));
}

/** Everything an invented case owed a person on its way. */
function owedIn(kind: CaseKind, plays: readonly (() => readonly Obligation[])[]): readonly Obligation[] {
  const found = new Map<string, Obligation>();
  for (const play of plays) for (const one of play()) found.set(one.id, one);
  return [...found.values()].filter((one) => one.owner.startsWith('prs_') && answeredByThem(kind, one));
}

describe('only they can do it', () => {
  it('holds of all that one relation alone may answer, over a year of an employment', () => {
    const seen: Obligation[] = [];
    const one = new Years(longTerms());
    one.watch = (advanced) => seen.push(...advanced.obligations);
    live(one, '2026-08-01');
    const theirs = owedIn('employment', [() => seen]);
    expect(new Set(theirs.map(({ code }) => code)).size).toBeGreaterThan(1);
    for (const owed of theirs) expect([owed.id, onlyTheyCan(asked(owed))]).toEqual([owed.id, true]);
  });

  it('holds of a review, its plan and its sides', () => {
    const during = (one: SingleCase) => () => one.obligations;
    const plan = planOwed();
    plan.must(supervisor, 'write_plan', planFrom('2025-11-13'));
    const begun = probation();
    begun.moveTo('2025-07-20');
    const shared = probation();
    sources(shared);
    const theirs = owedIn('review', [during(plan), during(begun), during(shared), during(toSign())]);
    for (const owed of theirs) expect([owed.id, onlyTheyCan(asked(owed))]).toEqual([owed.id, true]);
  });

  it('X15 holds of the answer of whoever is concerned, and of nothing else in that matter', () => {
    const one = onTheJob();
    one.must(people.supervisor, 'raise_conduct', { concern: 'records', on: '2025-05-12' });
    const answer = one.obligations.find(({ code }) => code === 'X15')!;
    expect(onlyTheyCan(asked(answer))).toBe(true);
    one.must(people.employee, 'answer_conduct', { answer: 'nothing_to_add' });
    const decide = one.obligations.find(({ code }) => code === 'X15')!;
    expect(onlyTheyCan(asked(decide))).toBe(false);
  });

  it.each([
    ['D6.4', 'D6.4:2025-05-12:30:hire'],
    ['P8.2', 'P8.2:prs_00000001:1'],
    ['P7.4', 'P7.4:1748613600000:employee'],
    ['D7.6', 'D7.6:confirm:1'],
    ['D6.2', 'D6.2:2025-05-12:employee'],
    ['D9.2', 'D9.2:5'],
    ['P7.6', 'P7.6:2025-05-12:0'],
    ['X10', 'X10:own:0'],
    ['P7.5', 'P7.5:2025-11-30:own'],
  ])('%s is among them as %s', (code, obligation) => {
    expect(onlyTheyCan({ owner: 'prs_00000001', code, obligation, how: 'ask' })).toBe(true);
  });

  it.each([
    ['P8.2', 'P8.2:name:0:1'],
    ['P7.5', 'P7.5:2025-11-30:supervisor:0'],
    ['X10', 'X10:decide:0'],
    ['X17', 'X17:write:1'],
    ['D7.6', 'D7.6:1748613600000'],
  ])('%s is not as %s: somebody may stand in', (code, obligation) => {
    expect(onlyTheyCan({ owner: 'prs_00000001', code, obligation, how: 'ask' })).toBe(false);
  });
});
