import { months, weekdays } from './dates.ts';
import { SubjectNotNeutral } from './errors.ts';

/** Longest subject line in characters. */
export const MAX_SUBJECT = 59;

/**
 * Beginnings of words that tell something about a person or their place in a selection. The vocabulary alone would
 * refuse them; this list keeps the vocabulary itself honest and names the fault.
 */
export const sensitiveStems = [
  'accommodat',
  'addict',
  'applica',
  'background',
  'candidate',
  'convict',
  'credential',
  'crim',
  'depress',
  'diagnos',
  'disab',
  'discipl',
  'drug',
  'harass',
  'health',
  'hire',
  'hiring',
  'hospital',
  'ill',
  'impair',
  'interview',
  'leave',
  'medic',
  'mental',
  'offer',
  'peer',
  'probation',
  'psych',
  'recover',
  'reject',
  'sick',
  'substance',
  'terminat',
  'therap',
  'treatment',
  'veteran',
] as const;

/** The only words a subject line may hold, beside days, months and numbers: no name can be among them. */
export const subjectVocabulary = [
  'about',
  'are',
  'by',
  'for',
  'from',
  'in',
  'is',
  'it',
  'no',
  'now',
  'of',
  'on',
  'or',
  'that',
  'the',
  'to',
  'since',
  'today',
  'was',
  'were',
  'your',
  'answer',
  'arrange',
  'complete',
  'confirm',
  'decide',
  'look',
  'please',
  'read',
  'reminder',
  'step',
  'write',
  'due',
  'item',
  'items',
  'list',
  'late',
  'message',
  'messages',
  'open',
  'waiting',
] as const;

const ALLOWED: ReadonlySet<string> = new Set(
  [...subjectVocabulary, ...weekdays, ...months].map((word) => word.toLowerCase()),
);

/**
 * Checks a subject line: verb, neutral object, date. Everything is forbidden that is not in the vocabulary, so a name
 * or a health word cannot slip in.
 *
 * @throws SubjectNotNeutral with the kind of fault; the line itself is not repeated in the error.
 */
export function assertNeutralSubject(subject: string): void {
  if (subject.trim() === '') throw new SubjectNotNeutral('empty');
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) throw new SubjectNotNeutral('line_break');
  if (subject.length > MAX_SUBJECT) throw new SubjectNotNeutral('too_long');
  const words = subject.toLowerCase().split(/[ ,:]+/u);
  if (words.some((word) => isSensitive(word))) throw new SubjectNotNeutral('sensitive_word');
  const known = (word: string): boolean => word === '' || ALLOWED.has(word) || /^[0-9]{1,4}$/.test(word);
  if (!words.every(known)) throw new SubjectNotNeutral('unknown_word');
}

function isSensitive(word: string): boolean {
  return sensitiveStems.some((stem) => word.startsWith(stem));
}
