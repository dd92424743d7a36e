import { describe, expect, it } from 'vitest';
import { seesCase, sightOf } from '../../src/client/ask-reader.ts';
import type { As, Reader } from '../../src/client/ask-reader.ts';
import { whoIs } from '../../src/client/ask-names.ts';
import { deciderOf } from '../../src/domain/cases.ts';
import { canRead } from '../../src/domain/kernel/can.ts';
import { whyAll } from '../../src/domain/kernel/why.ts';
import { kindOf, visibilityClasses } from '../../src/domain/kernel/words.ts';
import type { Scenario } from '../../src/contracts/scenario.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { at, cast, northsideTerms, scenario } from './northside-house.ts';

/** Who sees what of the worked example (domain 5.2), at three of its days. */

const terms = northsideTerms();
const until = (moment: string): Scenario => ({
  ...scenario,
  acts: scenario.acts.filter((act) => act.at <= moment),
  until: moment,
});
const worlds = new Map<string, ReturnType<typeof rehearse>['world']>();
function worldAt(moment: string) {
  const known = worlds.get(moment) ?? rehearse(until(moment), cast, terms).world;
  worlds.set(moment, known);
  return known;
}

function sight(moment: string, word: string, who: string) {
  const world = worldAt(moment);
  const as: As = who === 'installation' ? who : cast.person(who);
  const { assignments, delegations } = world;
  const reader: Reader = { as, now: at(moment), assignments, delegations };
  const id = cast.caseId(word);
  const held = world.cases.get(id)?.held ?? null;
  expect(held).not.toBeNull();
  const kind = kindOf(id)!;
  const place = { kind, id, site: cast.site, org: cast.org };
  return { reader, kind, held, seen: sightOf(reader, place, as === 'installation' ? null : held) };
}

function reads(moment: string, word: string, who: string): string {
  const { seen, kind } = sight(moment, word, who);
  if (!seesCase(seen, kind)) return '-';
  return visibilityClasses.filter((one) => canRead(seen.capacities, one)).join(' ');
}

const interviews = '2025-04-03 16:30';
const employed = '2025-09-01 10:00';

describe('who reads a candidacy during the interviews', () => {
  it.each([
    ['c102', 'C0 C2 C3'],
    ['dana', 'C0 C1 C2'],
    ['amara', 'C0 C1 C2'],
    ['marisol', 'C0 C2'],
    ['ana', 'C0 C2'],
    // Another applicant, the team, other officers and the executive know nothing of it.
    ['c101', '-'],
    ['luis', '-'],
    ['noor', '-'],
    ['tomas', '-'],
    ['june', '-'],
    ['sam', '-'],
    // Whoever hires chooses among those in the running, and reads what they choose by.
    ['grace', 'C0 C2'],
  ])('%s: %s', (who, classes) => {
    expect(reads(interviews, 'c102', who)).toBe(classes);
  });

  it('the hiring manager after the selection: who is selected and who is in reserve, nobody who is out', () => {
    expect(reads('2025-04-10 12:00', 'c102', 'grace')).toBe('C0 C2');
    expect(reads('2025-04-10 12:00', 'c103', 'grace')).toBe('C0 C2');
    expect(reads('2025-04-10 12:00', 'c101', 'grace')).toBe('-');
  });

  it('the installation sees that it is there, nothing of selection in it, and no name', () => {
    const { seen } = sight(interviews, 'c102', 'installation');
    expect(reads(interviews, 'c102', 'installation')).toBe('C0 C1');
    expect(seen).toMatchObject({ person: null, names: false, structure: true });
  });
});

describe('who reads an employment', () => {
  it.each([
    ['c102', true],
    ['marisol', true],
    ['grace', true],
    ['dana', true],
    ['wren', false],
    ['luis', false],
    ['frances', false],
    ['robin', false],
    ['c101', false],
  ])('%s: %s', (who, may) => {
    const { seen, kind } = sight(employed, 'employment', who);
    expect(seesCase(seen, kind)).toBe(may);
  });
});

describe('who reads a confidential matter', () => {
  it.each([
    ['check', 'ines', true],
    ['check', 'tomas', false],
    ['check', 'dana', false],
    ['check', 'grace', false],
    ['check', 'installation', false],
    ['credential', 'ines', true],
  ])('%s: %s %s', (word, who, may) => {
    const { seen } = sight(employed, word, who);
    expect(canRead(seen.capacities, 'C3') || (word === 'credential' && seen.capacities.length > 0)).toBe(may);
  });
});

describe('what waits in a case', () => {
  it('is masked to one entry for the installation, and open to who owes it', () => {
    const world = worldAt('2025-04-03 14:45');
    const id = cast.caseId('c102');
    const kept = world
      .obligations(id)
      .map((one) => ({ ...one, next: one.next ?? null, rung: null, reminded: 0 }));
    const strict = kept.filter((one) => one.visibility === 'C2');
    expect(strict.length).toBeGreaterThan(1);
    const machine = whyAll(strict, sight('2025-04-03 14:45', 'c102', 'installation').seen);
    expect(machine).toEqual([{ masked: true, owner: 'hr', due: strict[0]?.due }]);
    const theo = sight('2025-04-03 14:45', 'c102', 'theo').seen;
    expect(whyAll(strict, theo).some((why) => !why.masked && why.owner === cast.person('theo'))).toBe(true);
  });
});

describe('who is asked', () => {
  it('is named by what they are in this case, never by an application elsewhere', () => {
    const { reader, held, kind } = sight(employed, 'employment', 'dana');
    const relations = deciderOf(kind).relations(held!.own);
    expect(whoIs(cast.person('c102'), reader, relations).capacity).toBe('employee');
    expect(whoIs(cast.person('c102'), reader).capacity).not.toBe('candidate');
  });
});
