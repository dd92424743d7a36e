import { describe, expect, it } from 'vitest';
import { seesCase, sightOf } from '../../src/client/ask-reader.ts';
import type { Reader } from '../../src/client/ask-reader.ts';
import { whyAll } from '../../src/domain/kernel/why.ts';
import { capacities } from '../../src/domain/kernel/words.ts';
import type { CaseKind } from '../../src/domain/kernel/words.ts';
import type { FactSeen } from '../../src/domain/kernel/facts.ts';
import { SEALED } from '../../src/ledger/fold.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import { Check } from '../../src/ledger/verify/check.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import type { ChainRow } from '../../src/ledger/verify/row-hash.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  arrangements,
  candidacy as otherCandidacy,
  clockOn,
  director,
  employment,
  someone,
} from './clock-house.ts';
import { Employed, people as team } from './employment-house.ts';
import { caseOf, moveTo, person, site } from './house.ts';
import { candidacy, ledgerOf, linesOf, northside, rehashed, streamed } from './ledger-play.ts';
import type { LedgerWorld } from './ledger-play.ts';

/** D3.6 and X31: somebody asks for a change themselves, and only its officer learns of it. */

const clock = caseOf('clock', 'own request');
const candidate = person('c-102');
const officer = person('arrangements');
const request = { site, person: candidate, parent: candidacy, text: 'txt_own' };

/** April in Northside: a candidate without any assignment, who is one by the candidacy alone. */
function april(): LedgerWorld {
  const world = northside();
  world.assign(officer, 'accommodation_officer');
  return world;
}

const asks = (world: World, payload: object = request, actor = candidate, at = clock) =>
  world.decide({ case: at, actor, type: 'request_accommodation', payload });

function asked(): LedgerWorld {
  const world = april();
  expect(asks(world)).toMatchObject({ kinds: ['accommodation_requested'] });
  return world;
}

const said = (parent: string, who: string): FactSeen => ({
  ...{ kind: 'concerns', subject: parent, value: `${who},${site}`, case: parent, sequence: 1 },
});

describe('a candidate’s own request (D3.6, X31)', () => {
  it('D3.6 opens by the candidate’s own first command and is owed by the officer', () => {
    const world = asked();
    const owed = world.obligations(clock).map(({ code, owner, visibility }) => [code, owner, visibility]);
    const owner = `accommodation_officer@${site}`;
    expect(owed).toEqual([
      ['X31', owner, 'C3'],
      ['D3.6', owner, 'C3'],
    ]);
    world.must({ case: clock, actor: officer, type: 'acknowledge_request', payload: {} });
    world.must({ case: clock, actor: candidate, type: 'close_request', payload: {} });
    expect(world.cases.get(clock)?.final).toBe(true);
  });

  it('D3.6 is nobody else’s to ask, in no other case’s name and at no other site', () => {
    const world = april();
    expect(asks(world, request, person('stranger'))).toMatchObject({ code: 'not_permitted' });
    expect(asks(world, { ...request, person: person('stranger') })).toMatchObject({ code: 'not_permitted' });
    const elsewhere = { ...request, parent: caseOf('candidacy', 'another') };
    expect(asks(world, elsewhere)).toMatchObject({ code: 'not_permitted' });
    const wrong = {
      code: 'unknown_reference',
      rule: 'D3.6',
      missing: [{ code: 'running_case_of_the_person' }],
    };
    expect(asks(world, { ...request, site: 'site_other' })).toMatchObject(wrong);
    // A capacity of their own at the site gives nobody another's case.
    world.assign(person('stranger'), 'candidate');
    expect(asks(world, { ...request, person: person('stranger') }, person('stranger'))).toMatchObject({
      code: 'not_permitted',
    });
    expect(world.cases.has(clock)).toBe(false);
  });

  it('D3.6 the relation counts for the first command alone: what comes later is the officer’s', () => {
    const world = asked();
    for (const type of ['decide_accommodation', 'acknowledge_request', 'record_talk'])
      expect(
        world.decide({ case: clock, actor: candidate, type, payload: { outcome: 'granted' } }),
      ).toMatchObject({ code: 'not_permitted' });
    const open = { site, person: candidate, employment: candidacy, from: '2025-05-01', to: '2025-05-08' };
    expect(
      world.decide({ case: caseOf('clock', 'other'), actor: candidate, type: 'open_leave', payload: open }),
    ).toMatchObject({ code: 'not_permitted' });
  });

  it('D3.6 is decided by somebody else, also when its officer is the person who asks', () => {
    const one = clockOn('2025-04-01');
    one.seen.push(said(employment, arrangements));
    one.must(arrangements, 'request_accommodation', { site, person: arrangements, parent: employment });
    const yes = { outcome: 'granted', change: 'txt_change', arranger: director };
    expect(one.ask(arrangements, 'decide_accommodation', yes)).toMatchObject({
      ...{ rule: 'D3.6', missing: [{ code: 'second_person_needed' }] },
    });
    const other = person('other officer');
    one.assign(other, 'accommodation_officer');
    one.must(other, 'decide_accommodation', yes);
  });

  it('X31 an employee asks the same way, over the employment that is theirs', () => {
    const job = new Employed();
    const facts = job.facts.filter(({ kind }) => kind === 'concerns');
    expect(facts).toEqual([{ kind: 'concerns', subject: job.id, value: `${team.employee},${site}` }]);
    const one = clockOn('2025-06-02');
    one.seen.push(...facts.map((fact) => ({ ...fact, case: job.id, sequence: 1 })));
    const own = { site, person: team.employee, parent: job.id };
    expect(one.ask(team.supervisor, 'request_accommodation', own)).toMatchObject({ code: 'not_permitted' });
    expect(one.must(team.employee, 'request_accommodation', own).kinds).toEqual(['accommodation_requested']);
    expect(one.rows[0]?.stamp.capacity).toBe('employee');
  });

  it('D3.6 an application that is over has nothing to arrange any more', () => {
    const world = april();
    world.must({ case: candidacy, actor: candidate, type: 'withdraw', payload: {} });
    expect(asks(world)).toMatchObject({ code: 'not_permitted' });
    const one = clockOn('2025-04-01');
    one.must(arrangements, 'request_accommodation', { site, person: someone, parent: otherCandidacy });
  });

  it('D3.6 an employment that is over, or that nobody knows, has nothing to arrange, whoever enters it', () => {
    const at = { site, person: someone, parent: caseOf('employment', 'nobody knows it') };
    const refused = { code: 'unknown_reference', missing: [{ code: 'running_case_of_the_person' }] };
    const one = clockOn('2025-04-01');
    expect(one.ask(arrangements, 'request_accommodation', at)).toMatchObject(refused);
    const known = { ...at, parent: employment };
    expect(one.ask(arrangements, 'request_accommodation', { ...known, person: director })).toMatchObject(
      refused,
    );
    one.must(arrangements, 'request_accommodation', known);
  });
});

/** Everything about a case that anybody could look at. */
function shown(world: LedgerWorld, id: string): object {
  return {
    rows: world.rows.filter((row) => row.case === id),
    held: world.cases.get(id)?.held,
    owed: world.obligations(id),
    facts: world.cases.get(id)?.facts,
    prompts: world.prompts.filter((one) => one.key.startsWith(`${id}:`)),
  };
}

describe('the candidacy it belongs to (X31)', () => {
  it('X31 shows nothing of it: rows, state, what is owed, facts and prompts are those without it', () => {
    const [without, having] = [april(), asked()];
    for (const world of [without, having]) moveTo(world, '2025-04-22');
    const others = [...without.cases.keys()];
    for (const id of others) expect(shown(having, id), id).toEqual(shown(without, id));
    expect([...having.cases.keys()].filter((id) => !others.includes(id))).toEqual([clock]);
    expect(having.cases.get(clock)?.facts).toEqual([]);
  });

  it.each(capacities)(
    'X31 %s learns neither kind nor count of it, unless they are its officer',
    (capacity) => {
      const world = asked();
      const as = person('reader');
      const assignments = [{ person: as, capacity, scope: site, from: 0, to: null }];
      const reader: Reader = { as, now: world.now, assignments, delegations: [] };
      const held = world.cases.get(clock)?.held ?? null;
      const place = { kind: 'clock' as CaseKind, id: clock, site, org: world.org };
      const sight = sightOf(reader, place, held);
      const list = world
        .obligations(clock)
        .map((one) => ({ ...one, next: one.next ?? null, rung: null, reminded: 1 }));
      const whys = whyAll(list, sight);
      if (capacity === 'accommodation_officer') {
        expect(whys.every((why) => !why.masked)).toBe(true);
        return;
      }
      expect(whys).toEqual([{ masked: true, owner: 'hr', due: Math.min(...list.map(({ due }) => due)) }]);
      // HR and its director know that clocks are there, never of what kind; nobody else knows even that.
      if (capacity !== 'hr' && capacity !== 'hr_director') expect(seesCase(sight, 'clock')).toBe(false);
    },
  );
});

const inside = (row: ChainRow, opened: ReadonlyMap<string, VaultBody>): VaultBody | null =>
  row.kind === SEALED ? (opened.get((JSON.parse(row.body) as { ref: string }).ref) ?? null) : null;

describe('verify agrees (D3.6)', () => {
  const opened = new Map<string, VaultBody>();
  const ledger = ledgerOf(asked(), undefined, opened);
  const at = ledger.rows.findIndex((row) => row.case_id === clock);

  function proven(rows: readonly ChainRow[], bodies: ReadonlyMap<string, VaultBody> = opened): void {
    const check = new Check(ledger.header, {});
    for (const document of ledger.documents) check.document(document);
    for (const row of rows) check.row(row, inside(row, bodies));
  }

  it('D3.6 with the vault’s key and offline without it: the row names what made the candidate one', async () => {
    expect(inside(ledger.rows[at]!, opened)?.facts).toMatchObject([{ kind: 'concerns', subject: candidacy }]);
    expect(ledger.rows[at]).toMatchObject({ kind: SEALED, facts: '[]', capacity: '' });
    expect(() => proven(ledger.rows)).not.toThrow();
    expect(await verifyExport(streamed(linesOf(ledger)))).toMatchObject({ ok: true });
  });

  it('D3.6 not by a stranger, and not by a fact that nobody published', () => {
    const rows = rehashed(ledger.rows.with(at, { ...ledger.rows[at]!, actor: person('stranger') }));
    expect(() => proven(rows)).toThrow(expect.objectContaining({ code: 'right_missing' }) as Error);
    const ref = (JSON.parse(ledger.rows[at]!.body) as { ref: string }).ref;
    const body = opened.get(ref)!;
    const forged = { ...body, facts: [{ ...body.facts[0]!, value: `${person('stranger')},${site}` }] };
    expect(() => proven(rows, new Map([...opened, [ref, forged]]))).toThrow();
    const silent = new Map([...opened, [ref, { ...body, facts: [] }]]);
    expect(() => proven(ledger.rows, silent)).toThrow();
  });
});
