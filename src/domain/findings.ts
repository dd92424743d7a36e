import { forbiddenQuestions } from './opening/words.ts';

/**
 * What the guards find in a text, as the cases know it: by the codes of their rules alone. The packs of the guards say
 * of each rule what it protects; a test compares the two.
 */

/** The rules of wording (1.2), and the rules of the stages that read free text. */
export const wordingCodes = [
  'L1',
  'L2',
  'L3',
  'L4',
  'L5',
  'L6',
  'L7',
  'L8',
  'R1.3',
  'R3.2',
  'R4.4',
  'R7.3',
  'R8.2',
] as const;

/**
 * Findings in a text that may warn (domain 2.1): the text is taken only with these codes. The codes of duties are none of
 * them: people class each duty twice, and a guard's hint on one decides nothing.
 */
export const textWarnings: ReadonlySet<string> = new Set([...forbiddenQuestions, ...wordingCodes]);

/** Rules about wording that protect somebody's health, whatever the surface. */
const aboutHealth: readonly string[] = ['L5', 'L7', 'R1.3', 'R4.4', 'R7.3', 'R8.2'];

/**
 * A finding on health, disability, genetics or a protected ground, and R1.3 (nobody is obliged to disclose): nobody
 * acknowledges it away, and the text is worded anew. Only of an interview question may its author and a second person of
 * HR say that the rule erred about it, unless the policy `D4.1.protected_stand` closes that way, too (record 0027).
 * @param finding the code of a rule, e.g. `Q_MEDS`
 */
export function noWayAround(finding: string): boolean {
  return finding.startsWith('Q_') || aboutHealth.includes(finding);
}
