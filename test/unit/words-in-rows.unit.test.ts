import { describe, expect, it } from 'vitest';
import { openingCommands } from '../../src/contracts/opening.ts';
import { policySchema } from '../../src/contracts/policy.ts';
import defaults from '../../policies/default.json' with { type: 'json' };

/** What comes into a row as it was sent: nothing that somebody wrote in words, or a proof would call a true ledger false. */

const withValue = (of: string, name: string, value: unknown): object => {
  const values = structuredClone(defaults.values) as Record<string, Record<string, unknown>>;
  values[of] = { source: 'O a house of its own', ...values[of], [name]: value };
  return { ...defaults, values };
};

describe('values of a policy that come into rows', () => {
  it.each([
    ['D6.1', 'items', ['shadowing:mentor:14']],
    ['G1', 'elements', ['E1', 'E2']],
    ['R1.6', 'new_practice_elements', ['purpose', 'P_2']],
  ])('%s.%s takes codes', (of, name, value) => {
    expect(policySchema.safeParse(withValue(of, name, value)).error?.issues).toBeUndefined();
  });

  it.each([
    ['D6.1', 'items', ['Meet the team:hr:0']],
    ['D6.1', 'items', ['shadowing:mentor']],
    ['D6.1', 'items', ['shadowing:mentor:soon']],
    ['G1', 'elements', ['E1', 'Boundaries and self-care']],
    ['R1.6', 'new_practice_elements', ['purpose', 'añadido']],
  ])('%s.%s takes no words: %j', (of, name, value) => {
    const { error } = policySchema.safeParse(withValue(of, name, value));
    expect(error?.issues[0]?.path).toEqual(['values', of, name]);
    expect(error?.issues[0]?.message).toMatch(/e\.g\./);
  });
});

describe('the rule pack beside a question', () => {
  const marked = (pack: string) =>
    openingCommands.mark_questions.safeParse({
      questions: [{ id: 'question-crisis-1', status: 'approved', findings: [], pack }],
    }).success;

  it('is a name with its version', () => {
    for (const pack of ['questions-1', 'questions@1.1.0+6f3a']) expect(marked(pack), pack).toBe(true);
    for (const pack of ['', 'the one of last year', '-x', 'q'.repeat(61)])
      expect(marked(pack), pack).toBe(false);
  });
});
