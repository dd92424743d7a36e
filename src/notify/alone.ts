/**
 * What only its owner can do, where that is a person: their own answer, view, position or word. No list takes it up and
 * no wish silences it. Sessions, talks and forms that a stand-in may hold or fill are not among them. An entry is a code, or
 * a code with the first part of the ids under which it is owed.
 */
const ONLY_THEY: ReadonlySet<string> = new Set([
  ...['P1.2', 'P4.2', 'P4.3', 'P5.1', 'P6.4', 'P6.6', 'P7.3', 'P7.4', 'P7.6', 'P8.1', 'P8.5'],
  ...['D0.8', 'D1.1', 'D3.5', 'D5.1', 'D5.7', 'D6.2', 'D6.4', 'D7.1', 'D9.1', 'D9.2'],
  ...['X1:said', 'X2:asked', 'X10:own', 'X15:answer', 'X17:answer', 'D7.6:confirm', 'SCHEDULE:choose'],
]);

/** The same where ids begin with something else: the feedback of one colleague, the certificate of whoever holds it. */
const THEIRS: readonly RegExp[] = [/^P8\.2:prs_/u, /^P7\.5:[^:]+:own/u];

/** @returns whether nobody but its owner can do it */
export function onlyTheyCan(one: {
  readonly owner: string;
  readonly code: string;
  readonly obligation: string;
  readonly how: string;
}): boolean {
  const { owner, code, obligation } = one;
  if (!owner.startsWith('prs_') || one.how === 'inform' || one.how === 'escalate') return false;
  const part = obligation.split(':').slice(0, 2).join(':');
  return ONLY_THEY.has(code) || ONLY_THEY.has(part) || THEIRS.some((ids) => ids.test(obligation));
}
