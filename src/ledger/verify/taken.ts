import { textWarnings } from '../../domain/findings.ts';
import { TAKEN, TAKEN_PLACE, withoutTaken } from '../../domain/kernel/taken.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, placeOf } from './verdict.ts';

function isTaken(one: unknown): boolean {
  if (typeof one !== 'object' || one === null) return false;
  const { field, rules, ...rest } = one as { readonly field?: unknown; readonly rules?: unknown };
  if (Object.keys(rest).length > 0 || typeof field !== 'string' || !TAKEN_PLACE.test(field)) return false;
  if (!Array.isArray(rules) || rules.length === 0 || new Set(rules).size !== rules.length) return false;
  return rules.every((rule) => typeof rule === 'string' && textWarnings.has(rule));
}

/**
 * What an event of a case says beside its own members: that a person let a text stand against a guard's warning. Nobody but a
 * person gives one, and it stands in the first row of what they decided.
 * @returns the body without it, as its kind describes it
 * @throws Wrong for one that nobody can have given so
 */
export function withoutAcknowledged(row: ChainRow, body: object): object {
  if (!Object.hasOwn(body, TAKEN)) return body;
  const said = (body as { readonly [TAKEN]: unknown })[TAKEN];
  const fits = Array.isArray(said) && said.length > 0 && said.every(isTaken);
  if (!fits || row.decision_index !== 0 || !row.actor.startsWith('prs_'))
    throw new Wrong(placeOf(row), 'body_wrong', `body.${TAKEN}`);
  return withoutTaken(body);
}
