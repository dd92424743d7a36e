import { describe, expect, it } from 'vitest';
import { refuse } from '../../src/domain/kernel/refusal.ts';
import { HIDDEN_MISSING, missingFor, refusalFor, whyAll, whyWaiting } from '../../src/domain/kernel/why.ts';
import type { KeptObligation, Onlooker } from '../../src/domain/kernel/why.ts';
import type { Capacity, Visibility } from '../../src/domain/kernel/words.ts';
import type { Waiting } from '../../src/client/ask-waiting.ts';
import { doingCodes, doingHere, doingOf, promptCodes } from '../../src/cli/doing.ts';
import { variantTexts } from '../../src/notify/prompt-texts.ts';
import { whySentence } from '../../src/cli/sentences.ts';
import { deciders } from '../../src/domain/cases.ts';
import { person, site } from './house.ts';

const HOUR = 3_600_000;
const since = Date.UTC(2025, 2, 4, 20);
const due = Date.UTC(2025, 2, 6, 22);
const dana = person('dana');
const lee = person('lee');

const owed = (over: Partial<KeptObligation> = {}): KeptObligation => ({
  ...{ id: 'P4.3:x', code: 'P4.3', owner: dana, since, due, visibility: 'C2', atSilence: 'hr_decides' },
  ...{ next: 'P4.4', reminded: 2, rung: { id: 'r3', at: due + 16 * HOUR, to: [lee] } },
  ...over,
});
const reader = (capacities: readonly Capacity[], who = person('reader')): Onlooker => ({
  ...{ person: who, capacities, owners: [who, ...capacities.map((one) => `${one}@${site}`)] },
});

describe('why something waits', () => {
  it.each<[Visibility, Capacity, boolean]>([
    ['C0', 'mentor', true],
    ['C1', 'mentor', false],
    ['C1', 'supervisor', true],
    ['C2', 'supervisor', false],
    ['C2', 'panelist', true],
    ['C3', 'hr', false],
    ['C3', 'leave_officer', true],
  ])('of class %s is told to a %s: %s', (visibility, capacity, told) => {
    expect(whyWaiting(owed({ visibility }), reader([capacity])).masked).toBe(!told);
  });

  it('says nothing but HR and the date to a reader without its class', () => {
    expect(whyWaiting(owed({ visibility: 'C3' }), reader(['hr', 'supervisor']))).toEqual({
      ...{ masked: true, owner: 'hr', due },
    });
  });

  it('is told whole to whoever owes it, by person or by capacity', () => {
    const mine = whyWaiting(owed({ visibility: 'C3' }), reader([], dana));
    expect(mine).toEqual({ masked: false, ...owed({ visibility: 'C3' }) });
    const desk = owed({ visibility: 'C2', owner: `it@${site}` });
    expect(whyWaiting(desk, reader(['it'])).masked).toBe(false);
    expect(whyWaiting(desk, reader(['mentor'])).masked).toBe(true);
  });

  it('shows one masked entry however many there are: several would tell a count', () => {
    const list = [
      owed({ id: 'a', due: due + 3 * HOUR }),
      owed({ id: 'b', due: due + HOUR }),
      owed({ id: 'c', due: due + 2 * HOUR, visibility: 'C0' }),
    ];
    expect(whyAll(list, reader(['mentor']))).toEqual([
      { masked: true, owner: 'hr', due: due + HOUR },
      { masked: false, ...list[2] },
    ]);
    expect(whyAll(list, reader(['hr']))).toHaveLength(3);
  });
});

describe('what is missing', () => {
  const list = [
    { code: 'D5.3', visibility: 'C1' as const },
    { code: 'D5.2', visibility: 'C3' as const },
    { code: 'D9.4', visibility: 'C3' as const },
    { code: 'D4.3', who: dana },
  ];
  it('keeps what a reader may see and says once that the rest is with HR', () => {
    expect(missingFor(list, reader(['supervisor']), 'C2')).toEqual([list[0], HIDDEN_MISSING]);
    expect(missingFor(list, reader([], dana), 'C2')).toEqual([list[3], HIDDEN_MISSING]);
  });
  it('is the very same list for who may see all of it', () => {
    const open = list.slice(0, 1);
    expect(missingFor(open, reader(['hr']), 'C2')).toBe(open);
  });
  it('leaves code and rule of a refusal as they are', () => {
    const masked = refusalFor(refuse('gate_not_passed', 'G5', list), reader([]), 'C2');
    expect(masked).toEqual(refuse('gate_not_passed', 'G5', [HIDDEN_MISSING]));
  });

  it('takes the rule of a confidential matter with it, for whoever may know nothing of what is missing', () => {
    const said = refuse('not_expected_now', 'D9.4', [{ code: 'hold_open' }]);
    expect(refusalFor(said, reader(['hr']), 'C3')).toEqual(
      refuse('not_expected_now', undefined, [HIDDEN_MISSING]),
    );
    expect(refusalFor(refuse('nothing_to_do', 'D9.4'), reader(['hr']), 'C3')).toEqual(
      refuse('nothing_to_do'),
    );
    expect(refusalFor(said, reader(['leave_officer']), 'C3')).toEqual(said);
  });
});

describe('the sentence', () => {
  const who = (ref: string, name: string | null, capacity: string) => ({
    ...{ owner: ref, person: ref, standIn: null, capacity, name, standInName: null },
  });
  const waiting: Waiting = {
    ...{ case: 'candidacy-x', kind: 'candidacy', stage: 'interview', site, siteName: 'Northside' },
    ...{ zone: 'America/New_York', late: false, why: { masked: false, ...owed() } },
    ...{ who: who(dana, 'Dana Ortiz', 'supervisor'), nextTo: [who(lee, 'Lee Park', 'hr')] },
    unreached: null,
  };
  it('says on whom, since when, due when, how often, what if nobody acts, and what then', () => {
    expect(whySentence(waiting)).toBe(
      'Waiting for Dana Ortiz (supervisor) to complete the rating sheet [P4.3] · since Tue 4 Mar 2025, 15:00 America/New_York · ' +
        'due Thu 6 Mar 2025, 17:00 America/New_York · reminded once · if nothing happens: Lee Park (hr) is asked on ' +
        'Fri 7 Mar 2025, 09:00 America/New_York; in the end HR decides what happens · then: hold the consensus meeting of the panel (P4.4)',
    );
  });
  it('says one thing when it is masked', () => {
    const masked = { ...waiting, who: null, nextTo: [], why: { masked: true, owner: 'hr', due } as const };
    expect(whySentence(masked)).toBe('Waiting for HR · due Thu 6 Mar 2025, 17:00 America/New_York');
  });
  it('shows a ref where the reader sees no name, and says when nobody holds a capacity', () => {
    const bare = { ...waiting, who: who(dana, null, 'supervisor') };
    expect(whySentence(bare)).toContain(`Waiting for ${dana} (supervisor) to`);
    const empty = { ...who(dana, null, 'compliance'), person: null };
    expect(whySentence({ ...waiting, who: empty })).toContain('whoever is compliance (nobody is assigned)');
  });
});

describe('the words of what is owed', () => {
  it('exist for every prompt of the mails and every right of the deciders', () => {
    const rights = Object.values(deciders).flatMap((decider) =>
      Object.values(decider?.rights ?? {}).map((right) => right.code),
    );
    const lacking = [...promptCodes, ...rights].filter(
      (code) => /^[PDG]\d/.test(code) && !doingCodes.includes(code),
    );
    expect([...new Set(lacking)]).toEqual([]);
    expect(doingOf('P99.9')).toBe('look at an item');
  });
  it('say of each part of a code what that part asks, as the mails do: a refresher is no question who supervises', () => {
    const [code, of] = ['X11', 'X11:refresher:prs_x:2027-05-01:0'];
    expect(doingHere({ code, id: of })).toBe('refresh the training for supervisors, and have it recorded');
    const parts = Object.keys(variantTexts).map((key) => ({
      key,
      code: /^[A-Z]+\d*(\.\d+)?/.exec(key)?.[0] ?? '',
    }));
    const same = parts.filter(({ key, code }) => doingHere({ code, id: `${key}:1` }) === doingOf(code));
    expect(same.map(({ key }) => key)).toEqual([]);
  });
  it('hold none of the words that tell something about a person', () => {
    const parts = Object.keys(variantTexts).map((key) =>
      doingHere({ code: key.split(':')[0] ?? '', id: `${key}:1` }),
    );
    for (const words of [...doingCodes.map(doingOf), ...parts]) {
      const said = words.toLowerCase();
      expect(said).not.toMatch(
        /\b(peers?|candidates?|applicants?|illness|leave|background|accommodat|diagnos|disab)/,
      );
      expect(said).not.toMatch(/reject|terminat|medic|recover/);
    }
  });
});
