import { describe, expect, it } from 'vitest';
import { nonPeerCodes, prohibitedCodes } from '../../src/domain/role/words.ts';
import { labelOf } from '../../src/web/app/labels.ts';
import { dueText, nearness, newId, shortRef, timeText, titled } from '../../src/web/app/words.ts';

const day = 86_400_000;

describe('words of the console', () => {
  it('says how late and how near with a word, never by colour alone', () => {
    expect(dueText(0, 3 * day)).toBe('late by 3 days');
    expect(dueText(day, 0)).toBe('due in 1 day');
    expect(dueText(3_600_000, 0)).toBe('due in 1 hour');
    expect(dueText(60_000, 0)).toBe('due in less than an hour');
    expect(dueText(900 * day, 0)).toBe('due in 2 years');
    expect([-1, 1, 2 * day, 8 * day].map((due) => nearness(due, 0))).toEqual([
      'late',
      'today',
      'soon',
      'later',
    ]);
  });

  it('prints the zone next to every time, on both sides of a change of clocks', () => {
    expect(timeText(Date.UTC(2025, 2, 6, 22), 'America/New_York')).toBe(
      'Thu 6 Mar 2025, 17:00 America/New_York',
    );
    expect(timeText(Date.UTC(2025, 2, 10, 21), 'America/New_York')).toBe(
      'Mon 10 Mar 2025, 17:00 America/New_York',
    );
  });

  it('names cases by the start of their id, and codes by words', () => {
    expect(shortRef('employment-thmb82nesnjqh2d0jkeze042r5')).toBe('E-THMB');
    expect(titled('version_adopted')).toBe('Version adopted');
  });

  it('makes ids of the form every command takes, each another', () => {
    const made = Array.from({ length: 200 }, () => newId('dec_'));
    expect(new Set(made).size).toBe(200);
    for (const one of made) expect(one).toMatch(/^dec_[0-9a-z]{26}$/);
  });
});

describe('codes that say nothing by themselves', () => {
  it.each([...nonPeerCodes, ...prohibitedCodes])('%s has words', (code) => {
    expect(labelOf(code)).not.toBeNull();
    expect(titled(code)).not.toContain('_');
  });
});
