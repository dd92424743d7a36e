import { describe, expect, it } from 'vitest';
import { candidacyCommands } from '../../src/contracts/candidacy.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Policy } from '../../src/domain/kernel/policy.ts';
import { holder } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  accepted,
  application,
  ask,
  debts,
  id,
  kindsOf,
  meets,
  must,
  opening,
  openingSays,
  people,
  policyWith,
  worldOn,
} from './candidacy-world.ts';
import { moveTo, site } from './house.ts';

/** How an application comes in, what is ticked with it, and what two reviewers may say of it (stage 3). */

const [first = '', second = ''] = people.screeners;
const hr = holder('hr', site);
const entered = { ...application, attested: false };
const row = `row_${opaque('line 2')}`;
const body = (world: World, kind: string) => world.rows.findLast((one) => one.kind === kind)?.body;

function applied(policy?: Policy): World {
  const world = worldOn('2025-03-05', '10:00', policy);
  must(world, people.candidate, 'open', application);
  return world;
}

describe('the statement on lived experience', () => {
  it.each(['self_attested', 'credential_implies'] as const)(
    'D2.4 keeps %s and when it was ticked',
    (statement) => {
      const world = worldOn('2025-03-05');
      must(world, people.candidate, 'open', { ...application, statement });
      expect(world.state(id)).toMatchObject({ statement, attested: world.now });
      const { statement: kept, attested } = body(world, 'applied') as Record<string, unknown>;
      expect({ kept, attested }).toEqual({ kept: statement, attested: true });
    },
  );

  it('D2.4 is never imported: an application from a list leaves it open, and the applicant is asked', () => {
    const world = worldOn('2025-03-05');
    const list = { ...application, way: 'import', row };
    expect(ask(world, people.hr, 'open', list)).toMatchObject({
      rule: 'D2.4',
      missing: [{ code: 'ticked_in_person_only' }],
    });
    const claimed = { ...entered, way: 'import', row, statement: 'self_attested' };
    expect(ask(world, people.hr, 'open', claimed)).toMatchObject({ missing: [{ code: 'not_ticked' }] });
    must(world, people.hr, 'open', { ...entered, way: 'import', row });
    expect(debts(world)).toContain(`D2.4 ${people.candidate}`);
    must(world, people.candidate, 'attest', { statement: 'self_attested' });
    expect(debts(world)).not.toContain(`D2.4 ${people.candidate}`);
  });

  it('D2.4 has no place for a text', () => {
    const { attest, open } = candidacyCommands;
    expect(attest.safeParse({ statement: 'my story' }).success).toBe(false);
    expect(attest.safeParse({ text: 'txt_a' }).success).toBe(false);
    expect(open.safeParse({ ...application, story: 'txt_a' }).success).toBe(false);
  });

  it('D2.4 that leans on a credential wants it verified before day one, or the tick in person', () => {
    const world = accepted();
    const lacks = () =>
      (ask(world, people.hr, 'confirm_day_one') as { missing: readonly object[] }).missing.map((one) =>
        JSON.stringify(one),
      );
    const leaning = JSON.stringify({ code: 'D2.4', about: 'credential_implies', who: people.candidate });
    expect(lacks()).not.toContain(leaning);
    const other = worldOn('2025-03-05');
    must(other, people.candidate, 'open', { ...application, statement: 'credential_implies' });
    must(other, people.candidate, 'attest', { statement: 'self_attested' });
    expect(other.state(id)).toMatchObject({ statement: 'self_attested' });
    expect(ask(other, people.candidate, 'attest', { statement: 'self_attested' })).toMatchObject({
      missing: [{ code: 'already_ticked' }],
    });
  });
});

describe('an application that HR enters', () => {
  it.each(['paper', 'phone'] as const)('D3.3 says that it came by %s', (way) => {
    const world = worldOn('2025-03-05');
    must(world, people.hr, 'open', { ...entered, way });
    expect(body(world, 'applied')).toMatchObject({ entered: 'hr', way });
    expect(debts(world)).toContain(`P3.1 ${hr}`);
  });

  it('D3.3 keeps the key of a row and takes the same row once', () => {
    const world = worldOn('2025-03-05');
    const list = { ...entered, way: 'import', row };
    must(world, people.hr, 'open', list);
    expect(body(world, 'applied')).toMatchObject({ way: 'import', row });
    expect(ask(world, people.hr, 'open', list)).toMatchObject({ code: 'already_open' });
    expect(kindsOf(world).filter((kind) => kind === 'applied')).toHaveLength(1);
  });

  it('D3.3 wants a key with an import and none without, and neither from the applicant', () => {
    const world = worldOn('2025-03-05');
    const missing = { missing: [{ code: 'row_of_an_import' }] };
    expect(ask(world, people.hr, 'open', { ...entered, way: 'import' })).toMatchObject(missing);
    expect(ask(world, people.hr, 'open', { ...entered, row })).toMatchObject(missing);
    expect(ask(world, people.candidate, 'open', { ...application, way: 'paper' })).toMatchObject({
      missing: [{ code: 'entered_by_hr_only' }],
    });
    expect(candidacyCommands.open.safeParse({ ...entered, way: 'import', row: 'row_jane' }).success).toBe(
      false,
    );
  });
});

describe('what reviewers say', () => {
  it('R3.2 stops a rationale that speaks of the applicant’s own benefit', () => {
    const world = applied();
    const given = { ...meets, rationale: 'txt_why', findings: ['R3.2'] };
    expect(ask(world, first, 'screen', given)).toMatchObject({
      code: 'rule_blocks',
      rule: 'R3.2',
      missing: [{ code: 'guard', about: 'R3.2' }],
    });
    must(world, first, 'screen', { ...meets, outcome: 'hold' });
    must(world, second, 'screen', meets);
    const settled = { eligibility: 'meets_all', outcome: 'advance', rationale: 'txt_b', findings: ['R3.2'] };
    expect(ask(world, people.hr, 'settle_screening', settled)).toMatchObject({ rule: 'R3.2' });
  });

  it('R3.2 lets a rationale about the work through', () => {
    const world = applied();
    must(world, first, 'screen', { ...meets, rationale: 'txt_why', findings: ['L4'] });
    expect(body(world, 'screening_given')).toMatchObject({ rationale: 'txt_why' });
  });

  it('R3.5 takes no screening without the words “I will not look any applicant up”', () => {
    const { willNotLookUp: _said, ...unsaid } = meets;
    expect(() => ask(applied(), first, 'screen', unsaid)).toThrow();
    expect(() => ask(applied(), first, 'screen', { ...meets, willNotLookUp: false })).toThrow();
  });

  it('R3.5 takes no screening of somebody who has not said so to the opening, where the policy asks for it', () => {
    const world = applied(policyWith('R3.5', { attest: true }));
    openingSays(world, { attested: second });
    expect(ask(world, first, 'screen', meets)).toMatchObject({
      code: 'rule_blocks',
      rule: 'R3.5',
      missing: [{ code: 'attestation', about: opening }],
    });
    must(world, second, 'screen', meets);
    openingSays(world, { attested: `${second},${first}` });
    must(world, first, 'screen', meets);
  });

  it('R3.5 asks the opening nothing under a policy without it, or one that leaves it out', () => {
    for (const policy of [policyWith('R3.5', { attest: false }), policyWith('R3.5', null)]) {
      const world = applied(policy);
      openingSays(world, { attested: '' });
      for (const reviewer of [first, second]) must(world, reviewer, 'screen', meets);
    }
  });

  it('R3.5 takes one with them', () => {
    const world = applied();
    must(world, first, 'screen', meets);
    expect(kindsOf(world)).toContain('screening_given');
  });

  it('D3.4 ends a hold by its day: HR owes the end, and a second hold is none', () => {
    const world = applied();
    for (const reviewer of [first, second]) must(world, reviewer, 'screen', { ...meets, outcome: 'hold' });
    const hold = world.obligations(id).find((one) => one.code === 'D3.4');
    moveTo(world, '2025-03-19', '16:59');
    expect(hold).toMatchObject({ owner: hr, due: world.now + 60_000 });
    const again = { eligibility: 'meets_all', outcome: 'hold' };
    expect(ask(world, people.hr, 'settle_screening', again)).toMatchObject({ rule: 'R3.1' });
    must(world, people.hr, 'settle_screening', { ...again, outcome: 'advance' });
    expect(debts(world)).not.toContain(`D3.4 ${hr}`);
  });

  it('D3.4 ends a duplicate at once, and the same person hears nothing twice', () => {
    const world = applied();
    for (const reviewer of [first, second])
      must(world, reviewer, 'screen', { ...meets, outcome: 'duplicate' });
    expect(world.cases.get(id)?.final).toBe(true);
    expect(debts(world)).toEqual([]);
  });
});
