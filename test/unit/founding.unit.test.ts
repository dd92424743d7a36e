import { describe, expect, it } from 'vitest';
import { isFounding } from '../../src/domain/kernel/founding.ts';

describe('an organization is being founded', () => {
  it('until anybody has led HR, and never again', () => {
    expect(isFounding([])).toBe(true);
    expect(isFounding([{ capacity: 'administrator' }, { capacity: 'hr' }])).toBe(true);
    // Records that ended count too: the office may be empty now.
    expect(isFounding([{ capacity: 'administrator' }, { capacity: 'hr_director' }])).toBe(false);
  });
});
