import type { Obligation } from '../kernel/agenda.ts';
import { num } from '../kernel/policy.ts';
import { dueIn, laddered } from '../kernel/rungs.ts';
import { holder } from '../kernel/words.ts';
import { holdsOffer } from './leaving.ts';
import type { Frame } from './owing.ts';
import { owing } from './owing.ts';

/**
 * X1: HR entered that somebody who holds an offer leaves. A second person looks at it, and the candidate hears of it and
 * may say otherwise; whatever they do here says so.
 */
export function agendaLeaving(frame: Frame): readonly Obligation[] {
  const { state, terms, site } = frame;
  const { leaving } = state;
  if (leaving === undefined || !holdsOffer(state)) return [];
  const since = leaving.at;
  const due = dueIn(terms.calendar, since, num(terms.policy, 'X1', 'ack_bd'));
  const second = holder(leaving.office === 'hr_director' ? 'hr' : 'hr_director', site);
  const owe = (what: string, owner: string) =>
    laddered(owing(frame, { code: 'X1', key: `${what}:${since}`, owner, since, due }), terms);
  return [owe('second', second), owe('said', state.person)];
}
