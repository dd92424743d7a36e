import { describe, expect, it } from 'vitest';
import { outsideLibrary } from '../../src/client/known-people.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { dutyLibrary } from '../../src/content/index.ts';
import { caseOf, person } from './house.ts';

function entering(...libraries: readonly (string | undefined)[]): Envelope {
  const duties = libraries.map((library, n) => ({
    ...{ duty: `d${n}`, text: `txt_${n}`, share: 10 },
    ...(library === undefined ? {} : { library }),
  }));
  return {
    ...{ v: 1 as const, decisionId: 'dec_1', case: caseOf('role', 'specialist'), type: 'enter_duties' },
    ...{ actor: person('dana'), how: 'asserted_local' as const, payload: { duties } },
  };
}

describe('duties that come from the library', () => {
  it('D2.1 are in it, or are refused by their id', () => {
    expect(outsideLibrary(entering('duty-one-to-one', 'duty-no-such', 'duty-neither'))).toMatchObject({
      ...{ code: 'unknown_reference', rule: 'D2.1' },
      missing: [
        { code: 'duty_in_library', about: 'duty-no-such' },
        { code: 'duty_in_library', about: 'duty-neither' },
      ],
    });
  });

  it('D2.1 stand in it each, and a duty of the house’s own needs no place in it', () => {
    const all = dutyLibrary().duties.map(({ id }) => id);
    expect(outsideLibrary(entering(...all, undefined))).toBeNull();
    const other = { ...entering('duty-no-such'), type: 'classify_duties' };
    expect(outsideLibrary(other)).toBeNull();
  });
});
