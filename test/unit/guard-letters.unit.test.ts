import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit.ts';
import { run } from '../../src/cli/program.ts';
import { blockedInLetter } from '../../src/client/guard-letters.ts';
import { loadGuard } from '../../src/client/guard-load.ts';
import { person } from './house.ts';

/** What no interview may ask is asked by no letter either, in whichever field a sender types it. */

const guard = await loadGuard();
const found = (field: string, words: string) =>
  blockedInLetter({ [field]: words }, guard).map(({ surface, findings }) => [
    surface,
    ...findings.map(({ rule }) => rule),
  ]);

describe('R4.2 D4.1 a letter', () => {
  it.each([
    ['next_step', 'Which medication are you on?', 'Q_MEDS'],
    ['reply_contact', 'Dana Fields. How long have you been sober?', 'Q_ADDICTION_HIST'],
    ['next_step', 'We write to you by Friday. Please tell us about your diagnosis.', 'Q_DISABILITY'],
    ['first_day_plan', 'We would like to hear the story of your recovery', 'Q_STORY'],
  ])('asks no forbidden question in %s: %s', (field, words, code) => {
    expect(found(field, words)).toContainEqual(expect.arrayContaining(['question', code]));
  });

  it.each([
    ['benefits_summary', 'Paid leave, health insurance for you and your family, retirement plan'],
    ['finding_relation', 'The entry from 2019: theft, convicted'],
    ['conditions_list', 'Fingerprints and a background check, with your consent'],
    ['panel_list', 'Sam Reyes'],
    ['next_step', 'Let us know if you need anything changed for the day'],
    ['next_step', 'You choose what you tell us. Can you send your certificate by Friday?'],
  ])('says in %s what asks nothing of that kind: %s', (field, words) => {
    expect(found(field, words)).toEqual([]);
  });

  it('still reads a whole field of questions as questions', () => {
    expect(found('questions_list', 'Sick days in the last year')).not.toEqual([]);
    expect(found('questions_list', 'How do you build trust with somebody new?')).toEqual([]);
  });

  it('is not made, and nothing of the words comes back', async () => {
    const err: string[] = [];
    const io = { out: () => undefined, err: (line: string) => err.push(line), env: {}, now: () => 0 };
    const words = ['--field', 'next_step=Which medication are you on?'];
    const given = ['letter', 'status', '--case', 'x', '--as', person('ana'), ...words];
    expect(await run(io as unknown as Parameters<typeof run>[0], given)).toBe(EXIT.refused);
    expect(err.join(' ')).toContain('Q_MEDS');
    expect(err.join(' ')).not.toContain('are you on');
  });
});
