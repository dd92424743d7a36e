import { describe, expect, it } from 'vitest';
import { seesCase, sightOf } from '../../src/client/ask-reader.ts';
import type { Reader, Sight } from '../../src/client/ask-reader.ts';
import type { Obligation } from '../../src/domain/kernel/agenda.ts';
import { whyAll } from '../../src/domain/kernel/why.ts';
import type { KeptObligation } from '../../src/domain/kernel/why.ts';
import { capacities } from '../../src/domain/kernel/words.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { ITEM_NEWS, ITEM_WAITING, informText, promptText } from '../../src/notify/prompt-texts.ts';
import { person, site } from './house.ts';
import * as house from './clock-house.ts';
import type { SingleCase } from './single-case.ts';

/** Every confidential obligation of every kind of clock, read as everybody (domain 2.1 and 5.2). */

const { arrangements, background, candidacy, compliance, employment, leaveOfficer, someone, supervisor } =
  house;
const org = `org_${'0'.repeat(26)}`;
const yes = { outcome: 'granted', change: 'txt_change', arranger: supervisor };

function onLeave(...then: readonly (readonly [string, object])[]): SingleCase {
  const one = house.clockOn('2026-01-07');
  const dates = { from: '2026-01-12', to: '2026-01-26' };
  one.must(leaveOfficer, 'open_leave', { site, person: someone, employment, supervisor, ...dates });
  for (const [type, payload] of then) one.must(leaveOfficer, type, payload);
  return one;
}

function asked(...then: readonly (readonly [string, object])[]): SingleCase {
  const one = house.started('2025-04-01', 'accommodation', candidacy);
  for (const [type, payload] of then) one.must(arrangements, type, payload);
  return one;
}

function slow(): SingleCase {
  const one = house.started('2025-04-17', 'background', candidacy);
  one.moveTo('2025-06-02');
  return one;
}

function noticed(): SingleCase {
  const one = house.assessed('2025-05-21');
  one.must(background, 'record_check', house.firstNotice('2025-05-21'));
  return one;
}

function proposed(): SingleCase {
  const one = noticed();
  one.moveTo('2025-05-30');
  one.must(background, 'propose_adverse', { reason: 'barred_by_law', notice: 'txt_final' });
  return one;
}

function matched(): SingleCase {
  const one = house.started('2025-04-17', 'exclusion', candidacy);
  one.must(compliance, 'record_exclusion', { outcome: 'possible_match' });
  return one;
}

function redacted(): SingleCase {
  const one = asked();
  one.must(arrangements, 'redact_text', { text: 'txt_note' });
  return one;
}

const declined = [
  ['record_talk', { on: '2025-04-01' }],
  ['decide_accommodation', { outcome: 'declined_with_review' }],
] as const;

/** The matter, at each point where somebody owes something in it, and the officer who reads it. */
const matters: readonly (readonly [string, Capacity, () => SingleCase])[] = [
  ['a leave asked for', 'leave_officer', () => onLeave()],
  [
    'a leave that waits for papers',
    'leave_officer',
    () => onLeave(['decide_leave', { outcome: 'pending_docs' }]),
  ],
  ['a leave denied', 'leave_officer', () => onLeave(['decide_leave', { outcome: 'denied_with_review' }])],
  ['a leave that runs', 'leave_officer', () => onLeave(['decide_leave', { outcome: 'approved' }])],
  ['a check under way', 'background_officer', () => house.started('2025-04-17', 'background', candidacy)],
  ['a check that takes long', 'background_officer', slow],
  ['an assessment', 'background_officer', () => house.assessed()],
  ['a first notice', 'background_officer', noticed],
  ['an adverse proposal', 'background_officer', proposed],
  ['a register search', 'background_officer', () => house.started('2025-04-17', 'exclusion', candidacy)],
  ['a possible match', 'background_officer', matched],
  ['a request', 'accommodation_officer', () => asked()],
  ['a request declined', 'accommodation_officer', () => asked(...declined)],
  ['a request granted', 'accommodation_officer', () => asked(['decide_accommodation', yes])],
  ['a hidden text', 'accommodation_officer', redacted],
];

function sight(one: SingleCase, capacity: Capacity | null, as = person('reader')): Sight {
  const assignments = capacity === null ? [] : [{ person: as, capacity, scope: site, from: 0, to: null }];
  const reader: Reader = { as, now: one.now, assignments, delegations: [] };
  return sightOf(reader, { kind: 'clock', id: one.id, site, org }, as === 'installation' ? null : one.holds);
}

const kept = (list: readonly Obligation[]): readonly KeptObligation[] =>
  list.map((one) => ({ ...one, next: one.next ?? null, rung: null, reminded: 1 }));

describe('a confidential matter, read as every role', () => {
  it.each(matters)(
    '%s: only its officer, who owes it and the person see the kind',
    (_name, officer, make) => {
      const one = make();
      const list = kept(one.obligations);
      expect(list.length).toBeGreaterThan(0);
      expect(list.every((entry) => entry.visibility === 'C3')).toBe(true);
      for (const capacity of capacities) {
        const seen = sight(one, capacity);
        const mine = list.filter((entry) => entry.owner === `${capacity}@${site}`);
        const open = capacity === officer ? list : mine;
        const hidden = list.filter((entry) => !open.includes(entry)).toSorted((a, b) => a.due - b.due);
        const whys = whyAll(list, seen);
        expect(
          whys
            .filter((why) => !why.masked)
            .map((why) => ('code' in why ? why.id : ''))
            .toSorted(),
          capacity,
        ).toEqual(open.map((entry) => entry.id).toSorted());
        // No kind, no count, no rung: one line, with the earliest date.
        const masked = hidden.slice(0, 1).map(({ due }) => ({ masked: true, owner: 'hr', due }));
        expect(
          whys.filter((why) => why.masked),
          capacity,
        ).toEqual(masked);
      }
    },
  );

  it.each(matters)(
    '%s: the person concerned sees it all, the machine and a stranger nothing',
    (_name, _officer, make) => {
      const one = make();
      const list = kept(one.obligations);
      expect(whyAll(list, sight(one, null, someone)).every((why) => !why.masked)).toBe(true);
      const machine = sight(one, null, 'installation');
      expect(seesCase(machine, 'clock')).toBe(false);
      expect(whyAll(list, machine)).toEqual([
        { masked: true, owner: 'hr', due: Math.min(...list.map((o) => o.due)) },
      ]);
      expect(seesCase(sight(one, null), 'clock')).toBe(false);
    },
  );

  it.each(matters)('%s: ids, stage and messages are those of any other', (_name, _officer, make) => {
    const one = make();
    expect(one.standing?.stage).toBe('open');
    for (const { id, code } of one.obligations) {
      expect(id).not.toMatch(/[A-Z]\d+\.\d|X\d|leave|check|accommodation|request/);
      expect(promptText(code, true)).toEqual(ITEM_WAITING);
      expect(informText(code, true)).toEqual(ITEM_NEWS);
    }
    expect(one.prompts.every((prompt) => prompt.visibility === 'C3')).toBe(true);
  });
});
