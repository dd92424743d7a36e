import type { PersonRef } from '../kernel/words.ts';

/** Whose proposal something is: in whose name, and by whose hand where somebody stood in for them. */
export interface Signed {
  readonly by: PersonRef;
  readonly hand?: PersonRef;
}
