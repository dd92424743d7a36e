import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/guards/index.ts';
import { offeredWording, stillOf } from '../../src/web/parts/wording.ts';

/** L1 in the console: a wording is offered to its author, who takes it or leaves it. */

const offered = (text: string) =>
  findingsOf('posting', text).map(({ rule, level, why, instead }) =>
    offeredWording({ rule, level, why, instead }),
  );

describe('the wording that L1 offers', () => {
  it('is the whole text with they and their, ready to stand in its place', () => {
    const bad = 'Each applicant brings his or her own papers. We read them.';
    expect(offered(bad)).toContain('Each applicant brings their own papers. We read them.');
  });

  it('is there for no rule that has no one answer', () => {
    const found = offered('Our peers run the group.');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one === null)).toBe(true);
  });

  it('takes no text’s place that was typed on since it was read', () => {
    expect(stillOf('He or she comes.', ' He or she comes.\n')).toBe(true);
    expect(stillOf('He or she comes.', 'He or she comes. And')).toBe(false);
  });
});
