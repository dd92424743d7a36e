import { wordingCodes } from '../domain/findings.ts';
import { forbiddenQuestions } from '../domain/opening/words.ts';
import { nonPeerCodes, prohibitedCodes } from '../domain/role/words.ts';

/** The closed lists of the guards. */

/** Where a text stands: each rule has its own level on each (L1 to L8, stage 2, stage 4). */
export const SURFACES = [
  'question',
  'duty',
  'posting',
  'template',
  'employee_record',
  'note_about_person',
  'feedback',
  'role_element',
  'rationale',
  'own_words',
] as const;
export type Surface = (typeof SURFACES)[number];

/** `block` refuses; `warn` asks for a person's word; `fix` comes with the text as it should read. */
export const LEVELS = ['block', 'warn', 'fix'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * What a rule protects. A finding on `health`, `genetic` or `protected` has no way around it but the rule's being
 * marked as wrong about the text; `role` and `wording` are hints about the work and the words.
 */
export const GROUNDS = ['health', 'genetic', 'protected', 'role', 'wording'] as const;

/** The interview questions not to be asked before a conditional offer (stage 4). */
const QUESTION_CODES = forbiddenQuestions;

/** The duties that contradict a peer role, those that have nothing to do with it (stage 2), and the catch-all line. */
const DUTY_CODES = [...prohibitedCodes, ...nonPeerCodes, 'R2.2'] as const;

export const RULE_CODES = [...QUESTION_CODES, ...DUTY_CODES, ...wordingCodes] as const;
export type RuleCode = (typeof RULE_CODES)[number];
