import type { ClockCommand } from '../../contracts/clock.ts';
import type { Ask } from '../kernel/decider.ts';
import { kindOf } from '../kernel/words.ts';
import type { CaseId } from '../kernel/words.ts';
import type { ClockState } from './state.ts';

/** X22: an employment is told that a matter of its person's is there; the only other parent, a candidacy, is not. */
export const knownTo = (parent: CaseId): { readonly known?: true } =>
  kindOf(parent) === 'employment' ? { known: true } : {};

/** What whom a matter is about says for themselves; X31: one who was told what to change may say that it is done. */
const theirs: ReadonlySet<ClockCommand['type']> = new Set([
  'cancel_leave',
  'reply',
  'close_request',
  'confirm_arrangement',
  'report_concern',
  'request_accommodation',
]);

/**
 * Domain 2.1: nobody decides about their own leave, check, credential or request, whatever office they hold and for
 * whomever they stand in. A report keeps its officers apart by a rule of its own (X19), and a hold is about nobody.
 */
export function onOneself({ matter, person }: ClockState, ask: Ask<ClockCommand>): boolean {
  if (matter === null || matter.about === 'hold' || matter.about === 'report') return false;
  return !theirs.has(ask.command.type) && (ask.actor === person || ask.onBehalfOf === person);
}
