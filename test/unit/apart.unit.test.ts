import { expect, it } from 'vitest';
import { apartFrom, apartIn, mayGiveWord } from '../../src/domain/apart.ts';
import { capacities, holder } from '../../src/domain/kernel/words.ts';
import { person, site } from './house.ts';

it('R8.7 X19 lists open the cases of every office from which somebody may be kept apart by a word they gave, and of no other', () => {
  const spoke = person('both offices');
  const apart = capacities.filter((one) => apartIn('review', [], spoke, holder(one, site), [spoke]));
  expect(apart.toSorted()).toEqual(capacities.filter((one) => mayGiveWord(holder(one, site))).toSorted());
  expect(apart).toContain('hr_director');
  expect(apart).not.toContain('hr');
  expect(capacities.filter((one) => apartIn('review', [], spoke, holder(one, site)))).toEqual([]);
});

it('R8.7 names everybody of whom an office is asked nothing: those who are apart one by one, and nobody else', () => {
  const all = ['employee', 'supervisor', 'manager', 'mentor', 'colleague', 'candidate'] as const;
  const relations = all.map((capacity) => ({ person: person(capacity), capacity }));
  const [spoke, beside] = [person('one word'), person('nobody here')];
  const people = [...relations.map((one) => one.person), spoke, beside];
  for (const kind of ['employment', 'review', 'candidacy', 'clock'] as const)
    for (const capacity of capacities)
      for (const owner of [holder(capacity, site), beside]) {
        const one = people.filter((who) => apartIn(kind, relations, who, owner, [spoke]));
        expect(apartFrom(kind, relations, owner, [spoke]).toSorted(), owner).toEqual(one.toSorted());
      }
});
