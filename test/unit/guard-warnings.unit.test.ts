import { describe, expect, it } from 'vitest';
import { loadGuard } from '../../src/client/guard-load.ts';
import { forTheCase, guarded } from '../../src/client/guard-texts.ts';
import { guardsNo } from '../../src/client/guards-no.ts';
import { digestOf } from '../../src/ledger/command-digest.ts';
import { envelopeSchema } from '../../src/contracts/envelope.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { textRef } from '../../src/directory/texts.ts';
import { textWarnings } from '../../src/domain/findings.ts';
import { warningCodes } from '../../src/domain/kernel/words.ts';
import { RULE_CODES } from '../../src/guards/words.ts';
import { caseOf, person } from './house.ts';

/** Domain 2.1: what a guard warns of in a text is taken only with the code of each warning. */

const decisionId = 'dec_guard-warnings';
const ref = textRef(decisionId, 'texttext');
/** L3 warns in feedback; the better wording is said to the author. */
const addict = 'An ex-addict like you gives hope to the group.';

function asked(kind: 'review' | 'role', type: string, payload: object, acknowledge?: string[]): Envelope {
  const head = { v: 1, decisionId, case: caseOf(kind, 'w'), actor: person('ana') } as const;
  const noted = acknowledge === undefined ? {} : { acknowledge };
  return envelopeSchema.parse({ ...head, type, how: 'asserted_local', payload, ...noted });
}
async function read(envelope: Envelope, text: string) {
  const one = { decisionId, field: 'texttext', subject: person('ana'), text };
  return guarded(envelope, [one], await loadGuard());
}
const feedback = (acknowledge?: string[]) => asked('review', 'keep_feedback', { text: ref }, acknowledge);

describe('a guard that warns (domain 2.1)', () => {
  it('L3 refuses once, names every code with its place, and says why and what would be better', async () => {
    const got = await read(feedback(), addict);
    expect(got.blocked).toEqual([]);
    expect(got.warned).toMatchObject([{ field: 'text', surface: 'feedback', findings: [{ rule: 'L3' }] }]);
    expect(got.found[0]?.findings[0]?.instead).not.toBe('');
    expect(guardsNo(got)).toEqual({
      is: 'guard_warned',
      refusal: {
        ...{ refused: true, code: 'acknowledgement_needed', rule: 'L3' },
        missing: [{ code: 'L3', about: 'text' }],
      },
    });
  });

  it('L3 is taken with its code, which stays beside the sealed text and goes into the row, past the rules of the case', async () => {
    const got = await read(feedback(['L3', 'R8.3']), addict);
    expect(guardsNo(got)).toBeNull();
    expect(got.texts).toMatchObject([{ findings: ['L3'] }]);
    expect(got.envelope.acknowledge).toEqual(['R8.3']);
    expect(got.envelope.payload).toEqual({ text: ref });
    expect(got.envelope.warned).toEqual([{ field: 'text', rules: ['L3'] }]);
    expect((await read(feedback(['L3']), addict)).envelope).not.toHaveProperty('acknowledge');
  });

  it('a code that was not found in the text is acknowledged in vain: whoever sends all has read none', async () => {
    const plain = await read(feedback(['L3', 'L8']), 'She listens well.');
    expect(plain.envelope).not.toHaveProperty('warned');
    const both = await read(feedback(['L3', 'L8']), addict);
    expect(both.envelope.warned).toEqual([{ field: 'text', rules: ['L3'] }]);
    // Asked again it is the same command, whatever the guards find by then.
    expect(digestOf(both.envelope)).toBe(digestOf(forTheCase(feedback(['L3', 'L8']))));
  });

  it('L3 is not taken with the code of another rule', async () => {
    expect(guardsNo(await read(feedback(['L8', 'R8.3']), addict))).toMatchObject({ is: 'guard_warned' });
  });

  it('R8.2 what stops is stopped, whatever is acknowledged', async () => {
    const health = 'The missed sessions come from their depression and a change of medication.';
    const got = await read(feedback(['L5', 'R8.2', 'L3']), health);
    expect(guardsNo(got)).toMatchObject({ is: 'guard_blocked' });
  });

  it('hints on duties ask for no word: two people class each duty (D2.3)', async () => {
    const duties = [{ duty: 'd1', text: ref, share: 50 }];
    const got = await read(
      asked('role', 'enter_duties', { duties }),
      'Makes sure that residents swallow their evening pills',
    );
    expect(got.found[0]?.findings.some(({ rule }) => /^[PN]_/.test(rule))).toBe(true);
    expect(got.warned.flatMap(({ findings }) => findings).filter(({ rule }) => /^[PN]_/.test(rule))).toEqual(
      [],
    );
  });

  it('a command without texts takes no code of a guard to its case', () => {
    expect(forTheCase(feedback(['L3', 'R8.3'])).acknowledge).toEqual(['R8.3']);
    // Nor what is typed under the name of what the guards have read.
    const typed = { ...feedback(['L3']), warned: [{ field: 'text', rules: ['L3'] }] };
    expect(forTheCase(typed)).not.toHaveProperty('warned');
  });

  it('has every code of the guards but those of duties, and none of a case', () => {
    const others = RULE_CODES.filter((code) => !/^[PN]_/.test(code) && code !== 'R2.2');
    expect([...textWarnings].toSorted()).toEqual([...others].toSorted());
    expect(warningCodes.filter((code) => textWarnings.has(code))).toEqual([]);
  });
});
