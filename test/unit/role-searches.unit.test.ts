import { describe, expect, it } from 'vitest';
import { openingCommands } from '../../src/contracts/opening.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { OpeningState } from '../../src/domain/opening/state.ts';
import type { Recorded } from '../../src/domain/kernel/decider.ts';
import { role as decider } from '../../src/domain/role/decider.ts';
import type { RoleEvent } from '../../src/domain/role/events.ts';
import type { RoleState } from '../../src/domain/role/state.ts';
import type { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, termsForTests } from './house.ts';
import { closed, openPayload, posted } from './opening-play.ts';
import { OpeningStage } from './opening-house.ts';
import { adoptedRole, describedRole, must, people, role, settle, tell } from './role-house.ts';

/** X5: a role knows the searches under its versions, and a new version reaches them by itself. */

const { dana, program } = people;
const search = caseOf('opening', 'northside-1');

function open(world: World, id = search, roleVersion = 1): void {
  const rater = (who: string, inRole = false) => ({ person: person(who), inRole, trained: true });
  const payload = openingCommands.open.parse({
    ...{ site, role, roleVersion, seats: 1, hiringManager: person('marisol') },
    screeners: [person('dana'), person('marisol')],
    panel: [rater('marisol'), rater('theo', true), rater('priya')],
    ...{ alternates: [], plannedPosting: '2025-03-03' },
  });
  world.must({ case: id, actor: dana, type: 'open', payload });
}

/** E6 is opened again and settled; the next version is adopted. */
function adoptNext(world: World): void {
  const change = {
    outcome: 'reopen_element',
    elements: ['E6'],
    reason: 'concern',
    heard: [people.theo],
  };
  must(world, program, 'decide_change', change);
  settle(world, ['E6']);
  must(world, program, 'adopt_version', { heard: [people.theo] }, { acknowledge: ['G1'] });
}

const known = (world: World) => (world.state(role) as RoleState).openings;
const changeOf = (world: World, id = search) => (world.state(id) as OpeningState).course.roleChange;
const owed = (world: World, code: string, id = search) =>
  world
    .obligations(id)
    .filter((one) => one.code === code)
    .map((one) => [one.owner, dateOf(termsForTests().calendar, one.due)]);

describe('a role and its searches', () => {
  it('X5 a version adopted during a search is asked of HR by itself, with a date', () => {
    const world = describedRole();
    open(world);
    expect(known(world)).toEqual([search]);
    moveTo(world, '2025-03-10');
    adoptNext(world);
    expect(changeOf(world)).toMatchObject({ version: 2 });
    expect(owed(world, 'X5')).toEqual([[`hr@${site}`, '2025-03-12']]);
    world.must({
      case: search,
      actor: dana,
      type: 'answer_role_change',
      payload: { outcome: 'cancel_and_repost' },
    });
    expect(known(world)).toEqual([]);
    moveTo(world, '2025-03-17');
    adoptNext(world);
    expect(world.rows.filter((row) => row.case === search && row.kind === 'notice_declined')).toEqual([]);
  });

  it('X5 a search that begins under an older version than the one in force hears of it at once', () => {
    const world = adoptedRole();
    adoptNext(world);
    open(world);
    expect(changeOf(world)).toMatchObject({ version: 2 });
  });

  it('X5 a search under the version in force hears nothing', () => {
    const world = adoptedRole();
    open(world);
    expect(changeOf(world)).toBeNull();
    expect(world.rows.filter((row) => row.case === role && row.kind === 'search_noted')).toHaveLength(1);
  });

  it('X5 a role that is retired, or has no version yet, is not told', () => {
    const world = adoptedRole();
    must(world, program, 'retire_role', {});
    open(world);
    expect(world.rows.filter((row) => row.kind === 'search_noted' || row.kind === 'notice_declined')).toEqual(
      [],
    );
  });

  it('X5 holders of the role and searches hear of the same version', () => {
    const world = describedRole();
    open(world);
    const employment = caseOf('employment', 'one');
    tell(world, employment, 'first_hire', { employment, dayOne: '2025-05-12' });
    const adopted = {
      kind: 'version_adopted',
      body: { version: 2, elements: [], heard: [] },
      stamp: world.rows.at(-1)?.stamp,
    } as unknown as Recorded<RoleEvent>;
    const drafts = decider.notices(world.state(role) as RoleState, adopted, {
      ...{ case: role, site, terms: termsForTests(), childId: () => '' },
    });
    expect(drafts).toEqual(
      [employment, search].map((to) => ({
        ...{ to, kind: 'role_version_adopted', body: { role, version: 2 } },
      })),
    );
  });
});

describe('the search as the role hears of it', () => {
  const told = (stage: OpeningStage) =>
    stage.told('search_standing').map(({ to, body }) => [to, (body as { open: boolean }).open]);
  function announced(): OpeningStage {
    const stage = new OpeningStage().ready().to('2025-02-26');
    stage.fact('role_version', stage.role, '1');
    stage.must('dana', 'open', openPayload(stage));
    return stage;
  }

  it('X5 begins with the opening, and is over when it is canceled', () => {
    const stage = announced();
    expect(told(stage)).toEqual([[stage.role, true]]);
    stage.must('vera', 'cancel_opening', { why: 'role_withdrawn' });
    expect(told(stage)).toEqual([
      [stage.role, true],
      [stage.role, false],
    ]);
  });

  it('X5 is over when the search failed', () => {
    const stage = closed(announced());
    stage.must('marisol', 'propose_pool', { outcome: 'failed_search', reasons: ['lacked_pay'] });
    stage.must('dana', 'confirm_pool', { outcome: 'failed_search' });
    expect(told(stage).map(([, open]) => open)).toEqual([true, false]);
    stage.must('dana', 'follow_search', { next: 'extend' });
    expect(told(stage)).toHaveLength(2);
  });

  it('X5 is not spoken of under a policy that asks nobody, or before the role has a version', () => {
    const older = new OpeningStage('old', { X5: { source: 'O' } }).ready().to('2025-02-26');
    older.fact('role_version', older.role, '1');
    older.must('dana', 'open', openPayload(older));
    expect(told(older)).toEqual([]);
    expect(told(posted())).toEqual([]);
  });
});
