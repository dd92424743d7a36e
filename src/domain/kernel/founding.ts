import type { Capacity } from './words.ts';

/**
 * Whether an organization is still being founded: nobody ever led HR in it. Until then whoever keeps the machine names
 * it, its first place and who leads HR, as they could from the machine itself; afterwards that is HR’s director’s, for
 * good, also where that office is empty one day (domain 5.2).
 * @param held every capacity that anybody ever held
 */
export const isFounding = (held: readonly { readonly capacity: Capacity }[]): boolean =>
  !held.some(({ capacity }) => capacity === 'hr_director');
