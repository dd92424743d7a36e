import { describe, expect, it } from 'vitest';
import { factsOfCheck } from '../../src/client/letters-check.ts';
import type { LetterPlace } from '../../src/client/letters-kinds.ts';
import { arrangements, assessed, background, director, firstNotice, someone } from './clock-house.ts';
import type { SingleCase } from './single-case.ts';

/** X8: the last word against somebody is late enough, and of people who are different ones. */

const proposal = { reason: 'related_to_duties', notice: 'txt_final' };
const clear = { word: 'nothing_stands_against' };
const confirmed = { comparator: 'same_as_all_staff' };

/** 17 April the first notice; the wait is over on the 25th. */
function noticed(): SingleCase {
  const one = assessed('2025-04-17');
  one.must(background, 'record_check', firstNotice('2025-04-17'));
  return one;
}

function proposed(): SingleCase {
  const one = noticed();
  one.moveTo('2025-04-28');
  one.must(background, 'propose_adverse', proposal);
  return one;
}

describe('R5.7: the word and the decision', () => {
  it('R5.7 are two people’s, though one holds both offices', () => {
    const one = proposed();
    one.assign(director, 'accommodation_officer');
    one.must(director, 'give_word', clear);
    expect(one.ask(director, 'confirm_adverse', confirmed)).toMatchObject({
      ...{ rule: 'R5.7', missing: [{ code: 'second_person_needed' }] },
    });
    one.must(arrangements, 'give_word', clear);
    one.must(director, 'confirm_adverse', confirmed);
  });

  it('R5.7 goes through with another officer’s word', () => {
    const one = proposed();
    one.must(arrangements, 'give_word', clear);
    one.must(director, 'confirm_adverse', confirmed);
  });
});

describe('R5.4 X8: the letter with the final notice', () => {
  const final = (one: SingleCase, today: string) =>
    factsOfCheck({ one: { held: one.holds }, terms: one.terms, today } as unknown as LetterPlace, 'final');

  it('R5.4 is not made on the day of the first notice, nor while the person may still answer', async () => {
    const one = noticed();
    await expect(final(one, '2025-04-17')).rejects.toMatchObject({ code: 'letter_not_now' });
    one.moveTo('2025-04-24');
    await expect(final(one, '2025-04-24')).rejects.toMatchObject({ code: 'letter_not_now' });
  });

  it('R5.4 is made once the proposal passed its gate, and not after a reply undid it', async () => {
    const one = proposed();
    expect((await final(one, '2025-04-28')).template).toBe('letter-final-notice');
    one.must(someone, 'reply', { text: 'txt_answer' });
    await expect(final(one, '2025-04-28')).rejects.toMatchObject({ code: 'letter_not_now' });
  });
});
