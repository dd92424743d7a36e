import type { Obligation } from '../kernel/agenda.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, listed } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Adopting } from './state.ts';

/** An employment that began elsewhere waits for the second of two people. */
export function adoptionOwed(adoption: Adopting | undefined, terms: Terms): readonly Obligation[] {
  if (adoption === undefined || 'withdrawn' in adoption) return [];
  const { at: since, site } = adoption;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'ADOPT', 'confirm_bd'));
  const one = { id: `ADOPT:${since}`, code: 'ADOPT', owner: holder('hr_director', site), site, since, due };
  return [listed(one, terms)];
}
