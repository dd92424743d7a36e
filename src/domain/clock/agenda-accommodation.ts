import type { Obligation } from '../kernel/agenda.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, laddered } from '../kernel/rungs.ts';
import type { Terms } from '../kernel/terms.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import type { Accommodation, ClockState } from './state.ts';

interface Due {
  readonly id: string;
  readonly code: string;
  readonly owner: Owner;
  readonly since: Instant;
  readonly days: number;
}

/** Ids say nothing: they travel in message ids. */
function owe(state: ClockState, terms: Terms, one: Due): Obligation {
  const { id, code, owner, since, days } = one;
  const due = dueIn(terms.calendar, since, days);
  return laddered({ id, code, owner, site: state.site, since, due, visibility: 'C3' }, terms);
}

function asked(state: ClockState, request: Accommodation, terms: Terms): readonly Obligation[] {
  const { policy } = terms;
  const owner = holder('accommodation_officer', state.site);
  const since = request.asked;
  const decision: Due = {
    ...{ id: `d${request.rounds}`, code: 'D3.6', owner, since },
    days: num(policy, 'D3.6', 'decide_bd'),
  };
  const answer: Due = { id: 'a0', code: 'X31', owner, since, days: num(policy, 'X31', 'ack_bd') };
  const list = request.acknowledged ? [decision] : [answer, decision];
  return list.map((one) => owe(state, terms, one));
}

/** D3.6 and X31: who owes what for a request. The officer throughout; whoever arranges knows only what to arrange. */
export function accommodationAgenda(
  state: ClockState,
  request: Accommodation,
  terms: Terms,
): readonly Obligation[] {
  const { policy } = terms;
  const id = `k${state.moves}`;
  const { since } = state;
  switch (request.status) {
    case 'requested':
      return asked(state, request, terms);
    case 'declined_with_review': {
      const owner = holder('hr_director', state.site);
      return [owe(state, terms, { id, code: 'D3.6', owner, since, days: num(policy, 'D3.6', 'review_bd') })];
    }
    case 'granted':
    case 'alternative_agreed': {
      const owner = request.arranger ?? holder('accommodation_officer', state.site);
      return [owe(state, terms, { id, code: 'X31', owner, since, days: num(policy, 'D3.6', 'arrange_bd') })];
    }
    default: {
      const unknown: never = request.status;
      return unknown;
    }
  }
}
