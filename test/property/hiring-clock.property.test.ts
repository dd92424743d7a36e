import { describe, expect, it } from 'vitest';
import { clockCommands } from '../../src/contracts/clock.ts';
import { addDays } from '../../src/domain/kernel/calendar.ts';
import type { ClockState } from '../../src/domain/clock/state.ts';
import { allFactors, arrangements, assessed, background, candidacy, clockId } from '../unit/clock-house.ts';
import { compliance, credentials, director, employment, firstNotice, hr } from '../unit/clock-house.ts';
import { leaveOfficer, someone, started, supervisor } from '../unit/clock-house.ts';
import { clockOn } from '../unit/clock-house.ts';
import { person, site } from '../unit/house.ts';
import type { SingleCase } from '../unit/single-case.ts';
import { timeout, walks } from './hiring-walk.ts';
import type { Likely, Start, Ways } from './hiring-walk.ts';

const second = person('second-officer');
const people = [leaveOfficer, background, arrangements, credentials, compliance, director, hr];
const everyone = [...people, someone, supervisor, second];

function startOf(one: SingleCase): Start {
  one.assign(second, 'background_officer');
  one.assign(second, 'accommodation_officer');
  const { assignments } = one as unknown as { assignments: Start['assignments'] };
  const kinds = one.kinds();
  return { id: clockId, held: one.holds, now: one.now, kinds, facts: one.seen, assignments };
}

const types: Readonly<Record<string, readonly string[]>> = {
  background: ['record_check', 'assess', 'propose_adverse', 'give_word', 'confirm_adverse', 'reply'],
  exclusion: ['record_exclusion'],
  credential: ['renew'],
  accommodation: ['record_talk', 'decide_accommodation', 'review_decline', 'confirm_arrangement'],
  leave: ['decide_leave', 'record_return'],
  hold: ['confirm_hold', 'review_hold', 'propose_hold_off', 'keep_hold', 'confirm_hold_off'],
};

function likely({ matter }: ClockState, today: string): readonly Likely[] {
  const all: readonly Likely[] = [
    [background, 'record_check', { outcome: 'individual_assessment' }],
    [background, 'assess', { considered: allFactors, text: 'txt_w' }],
    [background, 'record_check', firstNotice(today)],
    ...[0, 1].map(
      () => [background, 'propose_adverse', { reason: 'barred_by_law', notice: 'txt_2' }] as const,
    ),
    ...[second, arrangements].map((who) => [who, 'give_word', { word: 'nothing_stands_against' }] as const),
    ...[0, 1].map(() => [director, 'confirm_adverse', { comparator: 'same_as_all_staff' }] as const),
    [someone, 'reply', { text: 'txt_r' }],
    [leaveOfficer, 'decide_leave', { outcome: 'approved' }],
    [leaveOfficer, 'record_return', { on: today }],
    [compliance, 'record_exclusion', { outcome: 'possible_match' }],
    [credentials, 'renew', { validTo: addDays(today, 90) }],
    [arrangements, 'record_talk', { on: today }],
    [arrangements, 'decide_accommodation', { outcome: 'declined_with_review' }],
    [director, 'review_decline', { outcome: 'overturned' }],
    [arrangements, 'decide_accommodation', { outcome: 'granted', change: 'txt_c', arranger: supervisor }],
    [supervisor, 'confirm_arrangement'],
    ...[compliance, director].flatMap((who): readonly Likely[] => [
      [who, 'confirm_hold'],
      [who, 'review_hold', { review: addDays(today, 60) }],
      [who, 'propose_hold_off', { reason: 'settled', on: today }],
      [who, 'confirm_hold_off'],
    ]),
    [compliance, 'keep_hold'],
  ];
  return all.filter(([, type]) => types[matter?.about ?? '']?.includes(type));
}

const ways: Ways = {
  ...{ schemas: clockCommands, actors: everyone, likely },
  pools: { people: everyone, cases: [employment, candidacy] },
  notices: [
    (_n, today) => [employment, { kind: 'person_away', body: { from: today, to: addDays(today, 14) } }],
    (_n, today) => [employment, { kind: 'person_back', body: { on: today } }],
    (n) => [employment, { kind: 'supervisor_changed', body: { supervisor: everyone[n % everyone.length] } }],
    (n) => [n % 2 === 0 ? employment : candidacy, { kind: 'parent_ended', body: { how: 'resigned' } }],
  ],
};

function onLeave(): SingleCase {
  const one = clockOn('2025-07-11');
  const dates = { from: '2025-07-14', to: '2025-08-01' };
  one.must(leaveOfficer, 'open_leave', { site, person: someone, employment, ...dates });
  return one;
}

function underHold(): SingleCase {
  const one = clockOn('2025-07-11');
  const charge = { reason: 'charge', on: '2025-07-11', review: '2025-10-01' };
  one.must(compliance, 'hold_on', { site, subject: candidacy, ...charge });
  return one;
}

/** The first notice given, and the days of it over. */
function waited(): SingleCase {
  const one = assessed();
  one.must(background, 'record_check', firstNotice('2025-04-17'));
  one.moveTo('2025-05-02');
  return one;
}

describe('checks, leave, credentials and requests, any sequence of commands', () => {
  it(
    'X8: R5.4 and R5.7 are never passed over, X29 is lifted by two, and somebody always owes something by a date',
    () => {
      const worlds = [
        assessed(),
        waited(),
        waited(),
        started('2025-04-17', 'background', candidacy),
        started('2025-04-17', 'accommodation', candidacy),
        started('2025-04-17', 'exclusion', employment),
        started('2025-04-17', 'credential', employment, '2025-08-31'),
        onLeave(),
        underHold(),
      ];
      let confirmed = 0;
      let lifted = 0;
      const { accepted } = walks(
        worlds.map(startOf),
        ways,
        {
          gates: { adverse_proposed: ['R5.4'], adverse_confirmed: ['R5.4', 'R5.7'] },
          stages: {},
          also: (walk) => {
            // X29: never by fewer than two people, whatever comes before it.
            const off = walk.kinds.indexOf('hold_off');
            if (off >= 0) lifted += 1;
            if (off >= 0 && !walk.kinds.slice(0, off).includes('hold_off_proposed'))
              throw new Error('lifted by one person');
            const at = walk.kinds.indexOf('adverse_confirmed');
            if (at < 0) return;
            confirmed += 1;
            for (const kind of ['check_assessed', 'adverse_proposed', 'officer_word_given'])
              if (!walk.kinds.slice(0, at).includes(kind)) throw new Error(`adverse without ${kind}`);
          },
        },
        120,
      );
      expect(accepted).toBeGreaterThan(100);
      expect(confirmed).toBeGreaterThan(0);
      expect(lifted).toBeGreaterThan(0);
    },
    timeout,
  );
});
