/**
 * Questions of the bank (D4.1), as the case knows them: by their ids. The wording lies in the content; a test compares
 * the two.
 */
const kits: Readonly<Record<string, number>> = {
  ...{ relationships: 5, support: 5, 'sharing-experience': 5, personalized: 5, 'recovery-planning': 5 },
  ...{ resources: 5, 'skills-information': 5, crisis: 5, communication: 5, teamwork: 5 },
  ...{ 'leadership-advocacy': 5, growth: 5, practical: 3 },
};

/** Every id of the bank. */
export const bankQuestions: readonly string[] = Object.entries(kits).flatMap(([kit, count]) =>
  Array.from({ length: count }, (_, n) => `question-${kit}-${n + 1}`),
);

/** @returns whether an id says that it is one of the bank's; `Q1` is a question of this opening */
export const saysBank = (id: string): boolean => id.startsWith('question-');
