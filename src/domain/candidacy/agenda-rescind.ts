import type { Obligation } from '../kernel/agenda.ts';
import type { Instant } from '../kernel/calendar.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, listed } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import type { Owner } from '../kernel/words.ts';
import { groundsOf } from './grounds.ts';
import type { Frame } from './owing.ts';
import { has, owing } from './owing.ts';
import type { Preboarding } from './state.ts';

interface Window {
  readonly code: string;
  readonly what: string;
  readonly owner: Owner;
  readonly since: Instant;
  readonly days: number;
}

/** A decision of stage 5 without a prompt of its own: in the list at once, mail from its due day. */
export function decision(frame: Frame, { code, what, owner, since, days }: Window): Obligation {
  const due = dueIn(frame.terms.calendar, since, days);
  return listed(
    owing(frame, { code, key: `${what}:${since}`, owner, since, due }, { next: 'G5' }),
    frame.terms,
  );
}

/** R5.7: the officer is asked each time, whether there is anything or not: the asking itself says nothing. */
function officersWord(frame: Frame, rescind: NonNullable<Preboarding['rescind']>): readonly Obligation[] {
  const { terms, site } = frame;
  if (rescind.word === 'clear' || !has(terms, 'R5.7', 'word_bd')) return [];
  const owner = holder('accommodation_officer', site);
  const days = num(terms.policy, 'R5.7', 'word_bd');
  return [decision(frame, { code: 'R5.7', what: 'word', owner, since: rescind.at, days })];
}

/** R5.7: an offer that is to be taken back: the officer's word and the director's, while the ground of it holds. */
export function agendaRescind(frame: Frame): readonly Obligation[] {
  const { state, terms, site } = frame;
  const { rescind } = state.pre;
  if (rescind === null || groundsOf(state).length === 0) return [];
  const director = holder('hr_director', site);
  const days = num(terms.policy, 'D5.2', 'order_bd');
  const owe = { code: 'R5.7', what: 'rescind', owner: director, since: rescind.at, days };
  return [...officersWord(frame, rescind), decision(frame, owe)];
}
