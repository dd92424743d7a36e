import { expect, it } from 'vitest';
import { apartIn, mayGiveWord } from '../../src/domain/apart.ts';
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
