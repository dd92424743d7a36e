import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  ask,
  debts,
  id,
  kindsOf,
  must,
  neighbour,
  opening,
  openingSays,
  people,
  role,
  screened,
  selected,
  tell,
} from './candidacy-world.ts';
import { caseOf, moveTo, person, site, termsForTests } from './house.ts';

/** One person in two openings (X27), and what an applicant asks for afterwards (X32). */

const hr = holder('hr', site);
const other = caseOf('candidacy', 'the other one');
const raters = people.raters.toSorted();

/** The other candidacy, with all its sheets in, as it says so. */
function rated(
  world: World,
  change: { person?: string; version?: number; raters?: readonly string[] } = {},
): void {
  const parts = [change.person ?? people.candidate, role, change.version ?? 1, '2025-03-20'];
  neighbour(world, other, { rated: [other, [...parts, ...(change.raters ?? raters)].join(',')] });
}

function agreed(): World {
  const world = screened();
  rated(world);
  must(world, people.candidate, 'agree_carrying', { from: other });
  return world;
}

describe('one person in two openings', () => {
  it('X27 lets sheets travel with the consent of the candidate, for one version and before one panel', () => {
    const world = agreed();
    must(world, people.hr, 'carry_sheets', { from: other });
    expect(world.rows.findLast((row) => row.kind === 'sheets_carried')?.body).toEqual({
      ...{ from: other, on: '2025-03-20', raters },
    });
    expect(debts(world).filter((one) => one.startsWith('P4.3'))).toEqual([]);
    expect(world.state(id)).toMatchObject({ stage: 'rating', person: people.candidate });
  });

  it('X27 lets nothing travel without their consent', () => {
    const world = screened();
    rated(world);
    expect(ask(world, people.hr, 'carry_sheets', { from: other })).toMatchObject({
      rule: 'X27',
      missing: [{ code: 'consent', who: people.candidate }],
    });
    expect(ask(world, people.hr, 'agree_carrying', { from: other })).toMatchObject({ code: 'not_permitted' });
  });

  it.each([
    ['same_version', { version: 2 }],
    ['same_panel', { raters: raters.slice(1) }],
    ['same_person', { person: person('somebody else') }],
  ] as const)('X27 rates anew where it is not the %s', (code, change) => {
    const world = agreed();
    rated(world, change);
    expect(ask(world, people.hr, 'carry_sheets', { from: other })).toMatchObject({ missing: [{ code }] });
  });

  it('X27 says of its own sheets, once all are in, whose they are, and no rating', () => {
    const world = selected();
    const fact = world.cases.get(id)?.facts.find((one) => one.kind === 'rated');
    const kept = [people.raters[0], people.raters[1], people.raters[3]].map(String).toSorted();
    expect(fact?.value).toBe([people.candidate, role, 1, '2025-04-04', ...kept].join(','));
  });

  it('X27 carries nothing from a candidacy whose sheets are still out', () => {
    const world = screened();
    must(world, people.candidate, 'agree_carrying', { from: other });
    neighbour(world, other, {});
    expect(ask(world, people.hr, 'carry_sheets', { from: other })).toMatchObject({
      code: 'unknown_reference',
    });
  });

  it('X27 comes after G3 like any interview', () => {
    const world = agreed();
    openingSays(world, { posting: 'closed', panel: people.raters.join(',') });
    expect(ask(world, people.hr, 'carry_sheets', { from: other })).toMatchObject({ rule: 'G3' });
  });
});

describe('what an applicant asks for afterwards', () => {
  function over(): World {
    const world = screened();
    tell(world, { kind: 'not_selected', body: { reasons: ['RC_RANK'] } });
    must(world, people.hr, 'tell_outcome');
    moveTo(world, '2025-03-28');
    return world;
  }

  const searchOver = (world: World): void => {
    const at = instantOf(termsForTests().calendar, '2025-07-09', '17:00');
    openingSays(world, { search_over: String(at) });
  };

  it('X32 is answered within ten business days, from the rubric', () => {
    const world = over();
    expect(world.cases.get(id)?.final).toBe(true);
    must(world, people.candidate, 'make_request', { request: 'feedback' });
    expect(world.cases.get(id)?.final).toBe(false);
    const owed = world.obligations(id).find((one) => one.code === 'X32');
    moveTo(world, '2025-04-11', '16:59');
    expect(owed).toMatchObject({ owner: hr, visibility: 'C2', due: world.now + 60_000 });
    const bare = { n: 1, answer: 'given', text: 'txt_feedback' };
    expect(ask(world, people.hr, 'answer_request', bare)).toMatchObject({
      missing: [{ code: 'from_the_rubric' }],
    });
    must(world, people.hr, 'answer_request', { ...bare, competencies: ['crisis', 'teamwork'] });
    expect(world.cases.get(id)?.final).toBe(true);
  });

  it('X32 waits for an outcome before there is feedback, and takes one request of a kind at a time', () => {
    const world = screened();
    expect(ask(world, people.candidate, 'make_request', { request: 'feedback' })).toMatchObject({
      rule: 'X32',
      missing: [{ code: 'outcome_pending' }],
    });
    const done = over();
    must(done, people.candidate, 'make_request', { request: 'deletion' });
    expect(ask(done, people.candidate, 'make_request', { request: 'deletion' })).toMatchObject({
      missing: [{ code: 'already_asked' }],
    });
  });

  it('X32 keeps what the retention rule keeps, and says until when', () => {
    const world = over();
    must(world, people.candidate, 'make_request', { request: 'deletion' });
    searchOver(world);
    const answer = (payload: object) => ask(world, people.hr, 'answer_request', { n: 1, ...payload });
    expect(answer({ answer: 'done' })).toMatchObject({
      rule: 'X32',
      missing: [{ code: 'retention', about: '2027-07-09' }],
    });
    expect(answer({ answer: 'kept' })).toMatchObject({ missing: [{ code: 'because_needed' }] });
    expect(answer({ answer: 'kept', because: 'retention' })).toHaveProperty('kinds');
    expect(world.rows.at(-1)?.body).toMatchObject({ answer: 'kept', until: '2027-07-09' });
  });

  it('X32 deletes nothing and names no day while the search goes on, however long ago the own outcome was', () => {
    const world = over();
    moveTo(world, '2027-03-26');
    must(world, people.candidate, 'make_request', { request: 'deletion' });
    expect(ask(world, people.hr, 'answer_request', { n: 1, answer: 'done' })).toMatchObject({
      ...{ rule: 'X32', missing: [{ code: 'search_still_runs', about: opening }] },
    });
    must(world, people.hr, 'answer_request', { n: 1, answer: 'kept', because: 'retention' });
    expect(world.rows.at(-1)?.body).not.toHaveProperty('until');
  });

  it('X32 does what was asked once the retention rule allows it', () => {
    const world = over();
    searchOver(world);
    moveTo(world, '2027-07-08');
    must(world, people.candidate, 'make_request', { request: 'deletion' });
    const done = () => ask(world, people.hr, 'answer_request', { n: 1, answer: 'done' });
    expect(done()).toMatchObject({ missing: [{ code: 'retention', about: '2027-07-09' }] });
    moveTo(world, '2027-07-09');
    expect(done()).toHaveProperty('kinds');
    expect(kindsOf(world).at(-1)).toBe('request_answered');
  });

  it('R4.4 holds for feedback too', () => {
    const world = over();
    must(world, people.candidate, 'make_request', { request: 'feedback' });
    const given = { n: 1, answer: 'given', text: 'txt_feedback', competencies: ['crisis'] };
    expect(ask(world, people.hr, 'answer_request', { ...given, findings: ['R4.4'] })).toMatchObject({
      rule: 'R4.4',
    });
  });
});
