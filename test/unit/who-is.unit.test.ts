import { describe, expect, it } from 'vitest';
import { whoIs } from '../../src/client/ask-names.ts';
import type { Reader } from '../../src/client/sight.ts';
import { person } from './house.ts';

/** Whoever has several seats in a case is asked in the one that an item is about. */

const marisol = person('marisol');
const reader: Reader = { as: person('dana'), now: 0, assignments: [], delegations: [] };
const seats = (['screener', 'panelist', 'hiring_manager'] as const).map((capacity) => ({
  person: marisol,
  capacity,
}));
const asked = (code?: string) => whoIs(marisol, reader, seats, [], code).capacity;

describe('in which office somebody is asked', () => {
  it('P4.3 P4.4 a panelist rates and finds as a panelist, also where they screened', () => {
    expect([asked('P4.3'), asked('P4.4'), asked('P4.2')]).toEqual(['panelist', 'panelist', 'panelist']);
  });

  it('P3.3 D4.7 a reviewer reviews, and the hiring manager chooses', () => {
    expect([asked('P3.3'), asked('D4.7')]).toEqual(['screener', 'hiring_manager']);
  });

  it('is what the case knows first where the item says nothing of it, or they have no such seat', () => {
    expect([asked(), asked('X1'), asked('__proto__')]).toEqual(['screener', 'screener', 'screener']);
    expect(whoIs(marisol, reader, seats.slice(0, 1), [], 'P4.4').capacity).toBe('screener');
  });
});
