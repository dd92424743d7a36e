import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/guards/index.ts';

/** R7.3, R4.4, L5: what a record about a person may not hold, said plainly, is seen however short the sentence is. */

const surfaces = ['employee_record', 'note_about_person', 'feedback'] as const;

describe.each(surfaces)('health of a person, on the surface %s', (surface) => {
  it.each([
    'She forgot her medication again because of her bipolar disorder.',
    'He missed two visits because of his depression.',
    'He was diagnosed with schizoaffective disorder.',
    'She stopped taking her meds.',
  ])('is blocked: %s', (text) => {
    const found = findingsOf(surface, text);
    expect(found.filter(({ level }) => level === 'block').map(({ rule }) => rule)).toContain('L5');
  });

  it.each([
    'She forgot her keys again because of the early bus.',
    'He missed two visits because of his training.',
    'She was asked to lead the team meeting.',
  ])('is not seen where there is none: %s', (text) => {
    expect(findingsOf(surface, text)).toEqual([]);
  });
});
