import type { Look, RowSeen } from '../kernel/decider.ts';
import type { RoleState } from './state.ts';

/** Lists whose first sheet is in and whose second is not: what it says is its author's own until then (D2.1). */
function waiting(state: RoleState, list: number): boolean {
  const current = state.description.list;
  return current?.list === list && current.result === null && current.sheets.length < 2;
}

/** D2.1: two people class each duty independently. True while the first one's classes are kept from everybody else. */
export function hidden(state: RoleState, row: RowSeen, { reader }: Look): boolean {
  if (row.kind !== 'duties_classified' || row.actor === reader) return false;
  return waiting(state, (row.body as { readonly list: number }).list);
}

/** The state without the sheet a reader may not see yet. */
export function veiled(state: RoleState, { reader }: Look): RoleState {
  const { list } = state.description;
  if (list === null || !waiting(state, list.list)) return state;
  const sheets = list.sheets.filter((one) => one.by === reader);
  return { ...state, description: { ...state.description, list: { ...list, sheets } } };
}
