import { describe, expect, it } from 'vitest';
import { hiddenFrom, looksFor, veiledFrom } from '../../src/client/ask-hidden.ts';
import { sightOf } from '../../src/client/ask-reader.ts';
import type { Reader } from '../../src/client/ask-reader.ts';
import { candidacy } from '../../src/domain/candidacy/decider.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { canRead } from '../../src/domain/kernel/can.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { accepted, application, ask, id, meets, must, neighbour } from './candidacy-world.ts';
import {
  offered,
  opening,
  openingSays,
  ordered,
  people,
  interviewed,
  screened,
  sheet,
  worldOn,
} from './candidacy-world.ts';
import { background, candidacy as parent, someone, started } from './clock-house.ts';
import { caseOf, person, site, termsForTests } from './house.ts';
import { OpeningPair } from './opening-pair.ts';
import { posted } from './opening-play.ts';

/** D3.5, X25 and R4.3: nobody decides about themselves or a rival, and a stand-in sees no more than whom they stand in for. */

const says = (rule: string, code: string) => ({
  ...{ refused: true, rule },
  missing: [expect.objectContaining({ code })],
});
const own = says('D3.5', 'own_application');
const [dana = '', marisol = ''] = people.screeners;

/** The candidate holds an office at the site as well. */
function holding(world: World, ...offices: readonly Capacity[]): World {
  for (const office of offices) world.assign(people.candidate, office);
  return world;
}

describe('whoever applied', () => {
  it.each([
    ['settle_screening', 'hr', () => worldApplied(), { eligibility: 'meets_all', outcome: 'advance' }],
    ['schedule_interview', 'hr', screened, { on: '2025-04-04', at: '10:00' }],
    ['approve_offer', 'director', offered, { version: 1, outcome: 'approved' }],
    ['extend_offer', 'hr', offered, { version: 1 }],
    ['set_start', 'hr', accepted, { on: '2025-05-19' }],
    ['order_check', 'background_officer', accepted, {}],
    ['record_exclusion', 'compliance', ordered, { outcome: 'clear' }],
    ['record_credential', 'credential_officer', ordered, { status: 'verified', validTo: '2026-01-01' }],
    ['assign_supervisor', 'hr', ordered, { supervisor: person('s'), outcome: 'not_qualified' }],
  ] as const)('D3.5 decides nothing about themselves: %s as %s', (type, office, make, payload) => {
    expect(ask(holding(make(), office), people.candidate, type, payload)).toMatchObject(own);
  });

  it('D3.5 still says for themselves what is theirs, whatever they hold', () => {
    const world = holding(offered(), 'hr', 'director');
    must(world, people.candidate, 'accept_offer', { version: 1 });
    must(world, people.candidate, 'answer_consent', { answer: 'given' });
  });

  it('D5.2 clears no check of their own, and another officer does', () => {
    const one = started('2025-04-17', 'background', parent);
    one.assign(someone, 'background_officer');
    expect(one.ask(someone, 'record_check', { outcome: 'clear' })).toMatchObject(
      says('D5.2', 'second_person_needed'),
    );
    one.must(background, 'record_check', { outcome: 'clear' });
  });

  it('X25 has no say in a rival’s candidacy while their own is open', () => {
    const world = screened();
    const rival = person('hr who applied');
    world.assign(rival, 'hr');
    const interview = { on: '2025-04-04', at: '10:00' };
    const theirs = caseOf('candidacy', 'rival');
    neighbour(world, theirs, { applying: [`${opening}/${rival}`, theirs] });
    expect(ask(world, rival, 'schedule_interview', interview)).toMatchObject(says('X25', 'rival'));
    must(world, people.hr, 'schedule_interview', interview);
  });
});

function worldApplied(): World {
  const world = worldOn('2025-03-11');
  must(world, people.candidate, 'open', application);
  return world;
}

describe('a stand-in', () => {
  const reader = (as: string, absent: string): Reader => ({
    ...{ as, now: 10, assignments: [] },
    delegations: [{ from: absent, to: as, since: 0, until: null }],
  });
  const looks = (who: Reader, world: World) => looksFor(who, { now: world.now, terms: termsForTests() });
  const shut = (who: Reader, world: World, kind: string, actor: string) =>
    hiddenFrom(candidacy, world.state(id), { kind, actor, body: {} }, looks(who, world));

  it('D3.4 reads no view before that of whom they stand in for is in', () => {
    const world = worldApplied();
    must(world, dana, 'screen', meets);
    const ana = reader(person('ana'), marisol);
    expect(shut(ana, world, 'screening_given', dana)).toBe(true);
    const seen = veiledFrom(candidacy, world.state(id), looks(ana, world)) as CandidacyState;
    expect(seen.reviewers.every((one) => one.given === null)).toBe(true);
    // Somebody who stands in for nobody of them reads as their office lets them.
    expect(shut(reader(people.hr, person('nobody')), world, 'screening_given', dana)).toBe(false);
    // What they wrote themselves stays theirs.
    expect(shut(reader(dana, marisol), world, 'screening_given', dana)).toBe(false);
  });

  it('R4.3 reads no sheet before that of whom they stand in for is in, and reads it then', () => {
    const world = interviewed();
    const [first = '', second = ''] = people.raters;
    must(world, first, 'submit_sheet', sheet);
    const who = reader(person('somebody'), second);
    expect(shut(who, world, 'sheet_submitted', first)).toBe(true);
    must(world, second, 'submit_sheet', sheet);
    expect(shut(who, world, 'sheet_submitted', first)).toBe(false);
  });

  it('D3.4 D4.3 screens and rates for nobody: it is the view of one person', () => {
    const world = worldApplied();
    world.delegations.push({ from: dana, to: person('ana'), since: 0, until: null });
    const command = { case: id, actor: person('ana'), onBehalfOf: dana, type: 'screen', payload: meets };
    expect(world.decide(command)).toMatchObject(says('D3.4', 'in_person_only'));
    must(world, dana, 'screen', meets);
  });
});

describe('a reader who applied too', () => {
  it('X25 reads no rival’s candidacy as HR, and everybody else of HR does', () => {
    const world = screened();
    const { assignments, delegations, now } = world;
    const held = world.cases.get(id)?.held ?? null;
    const place = { kind: 'candidacy' as const, id, site, org: world.org };
    const sight = (rival: boolean) =>
      sightOf({ as: people.hr, now, assignments, delegations }, { ...place, rival }, held).capacities;
    expect(canRead(sight(true), 'C2')).toBe(false);
    expect(canRead(sight(false), 'C2')).toBe(true);
  });
});

describe('the site of an opening', () => {
  const elsewhere = `site_${opaque('southside')}`;

  it('D3.3 is the site of every application to it', () => {
    const world = worldOn('2025-03-11');
    openingSays(world, { opening_site: site });
    expect(ask(world, people.candidate, 'open', { ...application, site: elsewhere })).toMatchObject(
      says('D3.3', 'site_of_opening'),
    );
    must(world, people.candidate, 'open', application);
  });

  it('X26 shares its list with no opening of another site', () => {
    const pair = new OpeningPair(posted());
    pair.to('2025-03-04');
    pair.second.assign('dana', 'hr', elsewhere);
    expect(pair.open(1, { site: elsewhere })).toMatchObject(says('X26', 'site_of_opening'));
    expect(pair.open(1)).toHaveProperty('kinds');
  });
});
