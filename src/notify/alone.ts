import { textKey } from './prompt-texts.ts';

/**
 * What only its owner can do, where that is a person: their own answer, view, position or word. No list takes it up and
 * no wish silences it. Sessions, talks and forms that a stand-in may hold or fill are not among them.
 */
const ONLY_THEY: ReadonlySet<string> = new Set([
  ...['P1.2', 'P4.2', 'P4.3', 'P5.1', 'P6.4', 'P6.6', 'P7.3', 'P8.1', 'P8.5'],
  ...['D0.8', 'D1.1', 'D3.5', 'D5.1', 'D5.7', 'D7.1', 'D9.1'],
  ...['X1:said', 'X2:asked', 'X17:answer', 'SCHEDULE:choose'],
]);

/** @returns whether nobody but its owner can do it */
export function onlyTheyCan(one: {
  readonly owner: string;
  readonly code: string;
  readonly obligation: string;
  readonly how: string;
}): boolean {
  if (!one.owner.startsWith('prs_') || one.how === 'inform' || one.how === 'escalate') return false;
  return ONLY_THEY.has(one.code) || ONLY_THEY.has(textKey(one.code, one.obligation));
}
