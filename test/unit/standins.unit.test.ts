import { describe, expect, it } from 'vitest';
import { StandInRefused } from '../../src/client/delegate.ts';
import type { ScenarioAppointment } from '../../src/contracts/scenario.ts';
import { can } from '../../src/domain/kernel/can.ts';
import type { Assignment, Delegation, Reach } from '../../src/domain/kernel/can.ts';
import { standInFaults } from '../../src/domain/standins.ts';
import type { WantedStandIn } from '../../src/domain/standins.ts';
import type { LedgerRow } from '../../src/ledger/fold.ts';
import { HouseFold } from '../../src/ledger/verify/house.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { onTheJob, people } from './employment-house.ts';
import { person, site } from './house.ts';
import { cast, northsideTerms, scenario } from './northside-house.ts';

/** Who may stand in for whom, and what a stand-in may do in somebody's place. */

const [vera, theo, nils] = [person('vera'), person('theo'), person('nils')];
const org = 'org_1';
const now = 1_000;
const standing = (from: string, to: string, until: number | null = null): Delegation => ({
  ...{ from, to, since: 0, until },
});
const holds = (who: string, capacity: Assignment['capacity'], scope = site): Assignment => ({
  ...{ person: who, capacity, scope, from: 0, to: null },
});
const faults = (
  wanted: Partial<WantedStandIn>,
  delegations: readonly Delegation[] = [],
  assignments: readonly Assignment[] = [],
) => {
  const one = { absent: vera, standIn: theo, until: null, ...wanted };
  return standInFaults(one, { assignments, delegations, now }).map(({ fault }) => fault);
};

describe('a rehearsal', () => {
  const away = (absent: string, standIn: string, at: string): ScenarioAppointment => ({
    ...{ at, delegate: { absent, standIn, until: '2025-02-28 12:00' }, why: 'somebody is away' },
  });
  const began = scenario.start;
  const rehearsed = (...appointed: readonly ScenarioAppointment[]) => {
    const acts = [...appointed, ...scenario.acts.filter((one) => one.at <= began)];
    return rehearse({ ...scenario, acts, expect: [], until: began }, cast, northsideTerms()).world;
  };
  const [vic, dana, noor] = Object.keys(scenario.people) as [string, string, string];

  it('lets somebody stand in who may', () => {
    expect(rehearsed(away(vic, dana, began)).delegations).toMatchObject([
      { from: cast.person(vic), to: cast.person(dana) },
    ]);
  });

  it('stops where the servers would refuse the stand-in: a chain, a loop, somebody who is away', () => {
    for (const second of [away(dana, noor, began), away(dana, vic, began), away(noor, vic, began)])
      expect(() => rehearsed(away(vic, dana, began), second)).toThrow(StandInRefused);
  });
});

describe('a stand-in', () => {
  it('may begin when both are free, also after another one is over', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ until: 2_000 }, [standing(vera, nils, 900), standing(theo, nils, 1_000)])).toEqual([]);
  });

  it('is nobody themselves, nor one whose time is over before it begins', () => {
    expect(faults({ standIn: vera })).toEqual(['oneself']);
    expect(faults({ until: 1_000 })).toEqual(['ends_before_it_begins']);
  });

  it('makes no loop and no chain: whoever is away or stands in already answers for nobody else', () => {
    expect(faults({}, [standing(theo, vera)])).toEqual(['stand_in_is_away', 'stands_in_for']);
    expect(faults({}, [standing(theo, nils)])).toEqual(['stand_in_is_away']);
    expect(faults({}, [standing(nils, vera)])).toEqual(['stands_in_for']);
    expect(faults({}, [standing(vera, nils, 5_000)])).toEqual(['has_stand_in']);
    // One person may stand in for two.
    expect(faults({}, [standing(nils, theo)])).toEqual([]);
  });

  it('named by somebody else is neither who names them, nor without the second word they would give', () => {
    const named = (by: string, standIn: string, ...held: readonly Assignment[]) =>
      standInFaults(
        { absent: vera, standIn, until: null },
        { delegations: [], assignments: held, now, by },
      ).map(({ fault }) => fault);
    const director = holds(vera, 'hr_director');
    expect(named(nils, nils)).toEqual(['names_oneself']);
    expect(named(nils, theo, director)).toEqual(['lacks_office']);
    expect(named(nils, theo, director, holds(theo, 'compensation', org))).toEqual(['lacks_office']);
    expect(named(nils, theo, director, holds(theo, 'hr_director', org))).toEqual([]);
    expect(named(nils, theo, director, holds(theo, 'executive'))).toEqual([]);
    // No executive stands in for an office that reads what nobody else may.
    expect(named(nils, theo, holds(vera, 'leave_officer'), holds(theo, 'executive'))).toEqual([
      'lacks_office',
    ]);
    // Their own they lend to whom they trust, of those who read as much.
    expect(named(vera, theo, director, holds(theo, 'hr'))).toEqual([]);
    expect(named(vera, theo, director)).toEqual(['lacks_office']);
    expect(named(nils, theo, holds(vera, 'supervisor'))).toEqual([]);
  });

  it('holds a confidential office as well, or does not stand in for it', () => {
    const officer = holds(vera, 'leave_officer');
    expect(faults({}, [], [officer, holds(vera, 'manager')])).toEqual(['lacks_office']);
    expect(faults({}, [], [officer, holds(theo, 'leave_officer', 'site_elsewhere')])).toEqual([
      'lacks_office',
    ]);
    expect(faults({}, [], [officer, holds(theo, 'leave_officer', org)])).toEqual([]);
    expect(faults({}, [], [holds(vera, 'supervisor'), holds(vera, 'manager')])).toEqual([]);
  });

  it('reads everybody’s cases already, or does not stand in for HR or an auditor', () => {
    const hr = holds(vera, 'hr');
    expect(faults({}, [], [hr])).toEqual(['lacks_office']);
    expect(faults({}, [], [hr, holds(theo, 'supervisor'), holds(theo, 'hr', 'site_elsewhere')])).toEqual([
      'lacks_office',
    ]);
    for (const office of ['hr', 'hr_director', 'executive'] as const)
      expect(faults({}, [], [hr, holds(theo, office, org)])).toEqual([]);
    expect(faults({}, [], [holds(vera, 'auditor'), holds(theo, 'executive')])).toEqual(['lacks_office']);
    expect(faults({}, [], [holds(vera, 'auditor'), holds(theo, 'auditor')])).toEqual([]);
  });
});

describe('acting in somebody’s place', () => {
  const right = { code: 'D7.1', by: ['supervisor'] } as const;
  const reach: Reach = {
    ...{ scopes: [site], assignments: [], at: now },
    delegations: [standing(vera, theo, 2_000)],
    relations: [
      { person: vera, capacity: 'supervisor' },
      { person: nils, capacity: 'employee' },
    ],
  };

  it('is theirs who stands in, with the right of the one who is away, until it ends', () => {
    expect(can(theo, right, reach, vera)).toMatchObject({ capacity: 'supervisor' });
    expect(can(theo, right, reach)).toMatchObject({ code: 'not_permitted' });
    expect(can(theo, right, { ...reach, at: 2_000 }, vera)).toMatchObject({
      missing: [{ code: 'no_delegation' }],
    });
  });

  it('is never about oneself: an employee does not supervise themselves for somebody', () => {
    const own = { ...reach, delegations: [standing(vera, nils)] };
    expect(can(nils, right, own, vera)).toMatchObject({ missing: [{ code: 'own_case' }] });
  });
});

describe('two people', () => {
  const end = { how: 'laid_off', lastDay: '2025-06-13', reasons: ['funding_ended'] };
  const missing = { missing: [expect.objectContaining({ code: 'second_person_needed' })] };
  const { hr, hrDirector, employee, supervisor, manager } = people;

  it('are two in name and in hand: D9.5 is confirmed by no stand-in for what they proposed', () => {
    const one = onTheJob();
    one.standsIn(hr, hrDirector);
    one.must(hr, 'propose_separation', end);
    expect(one.ask(hr, 'confirm_separation', {}, { onBehalfOf: hrDirector })).toMatchObject(missing);
    one.must(hrDirector, 'confirm_separation');
  });

  it('nor the other way round: D9.3 proposed in somebody’s place is not confirmed in one’s own', () => {
    const one = onTheJob();
    one.standsIn(hr, manager);
    const step = { outcome: 'declined', steps: [], criteria: [] };
    one.must(hr, 'propose_promotion', step, { onBehalfOf: manager });
    expect(one.rows.at(-1)?.body).toMatchObject({ by: manager, hand: hr });
    expect(one.ask(hr, 'confirm_promotion')).toMatchObject(missing);
    const other = onTheJob();
    other.must(manager, 'propose_promotion', step);
    other.must(hr, 'confirm_promotion');
    expect(other.rows.at(-1)?.body).not.toHaveProperty('hand');
  });

  it('an employee stands in for nobody in their own employment', () => {
    const one = onTheJob();
    one.standsIn(employee, supervisor);
    const said = { outcome: 'agreed' };
    expect(one.ask(employee, 'propose_growth_plan', said, { onBehalfOf: supervisor })).toMatchObject({
      ...{ code: 'not_permitted', missing: [{ code: 'own_case' }] },
    });
  });
});

describe('the ledger of the house', () => {
  const row = (at: number, kind: string, body: object) =>
    ({
      ...{ case_id: 'house-assignment', sequence: at, position: at, kind, at, actor: 'installation' },
      ...{ how: 'installation', capacity: '', on_behalf_of: '', facts: '[]', supersedes: '' },
      ...{ visibility: 'C1', retention: 'keep', body: JSON.stringify(body) },
      terms: JSON.stringify({ policy: '', calendar: '', profile: '', comparator: null }),
    }) as unknown as LedgerRow;

  it('knows when somebody stood in, and when that was ended before its time', () => {
    const house = new HouseFold({ need: () => undefined } as never);
    house.fold(row(10, 'delegated', { id: 'dlg_1', absent: vera, standIn: theo, until: 90 }));
    house.fold(row(20, 'delegated', { id: 'dlg_2', absent: nils, standIn: theo, until: null }));
    house.fold(row(30, 'delegation_ended', { absent: vera }));
    expect(house.delegations([theo])).toEqual([
      { from: vera, to: theo, since: 10, until: 30 },
      { from: nils, to: theo, since: 20, until: null },
    ]);
  });
});
