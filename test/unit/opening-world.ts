import type { CaseId } from '../../src/domain/kernel/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { caseOf, moveTo, person, site, worldAt } from './house.ts';
import { OpeningStage } from './opening-house.ts';
import { c101, c102, c103, openPayload, questions } from './opening-play.ts';

/** A search and its candidacies in one world, up to the planning of the interviews. */

export const id = caseOf('opening', 'northside-1');

/** One decision of somebody in a case of the search; refused, it throws. */
export function ask(
  world: World,
  target: CaseId,
  who: string,
  type: string,
  payload: object = {},
  acknowledge?: string[],
) {
  const more = acknowledge === undefined ? {} : { acknowledge };
  return world.must({ case: target, actor: person(who), type, payload, ...more });
}

/** Facts of a role and a site that are ready, published in their place. */
function neighbors(world: World): void {
  const facts = new OpeningStage().ready().facts;
  const nobody = { own: {}, base: { site, sequence: 1, terms: null as never, sent: {}, undelivered: [] } };
  const place = { held: nobody, nextWake: null, obligations: [], facts, final: false };
  world.place(caseOf('readiness', 'northside'), place);
}

/** 3 March 2025: the search is posted until the 24th. */
export function posted(): World {
  const world = worldAt('2025-02-28');
  neighbors(world);
  world.assign(person('dana'), 'hr');
  ask(world, id, 'dana', 'open', openPayload(new OpeningStage()));
  ask(world, id, 'dana', 'plan_channels', { channels: ['peer_run_organization', 'advocacy_group'] });
  ask(world, id, 'dana', 'approve_posting', {}, ['R0.4']);
  moveTo(world, '2025-03-03');
  ask(world, id, 'dana', 'post', { closeOn: '2025-03-24' });
  return world;
}

/** D3.5 and R3.5 of reviewers, each for themself. */
export function attest(world: World, ...reviewers: readonly string[]): void {
  for (const who of reviewers) ask(world, id, who, 'declare', { answer: 'none', attest: true });
}

/** 24 March: three are in the pool, and no alternate is left. */
export function pooled(): World {
  const world = posted();
  moveTo(world, '2025-03-05');
  for (const candidacy of [c101, c102, c103]) {
    const who = person(candidacy);
    const payload = { site, opening: id, person: who, attested: true };
    world.assign(who, 'candidate', candidacy);
    world.must({ case: candidacy, actor: who, type: 'open', payload });
    if (candidacy === c101) attest(world, 'dana', 'marisol');
    const screening = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };
    for (const reviewer of ['dana', 'marisol']) ask(world, candidacy, reviewer, 'screen', screening);
  }
  moveTo(world, '2025-03-24');
  ask(world, id, 'dana', 'close_posting', {});
  ask(world, id, 'luis', 'declare', { answer: 'recuse' });
  attest(world, 'marisol', 'theo', 'priya', 'ana');
  ask(world, id, 'dana', 'propose_pool', { outcome: 'proceed', reasons: [] });
  ask(world, id, 'marisol', 'confirm_pool', { outcome: 'proceed' });
  return world;
}

/** The questions are approved, and the interviews planned for 3 and 4 April. */
export function planned(): World {
  const world = pooled();
  const marked = questions.map((one) => ({ id: one, status: 'approved' }));
  ask(world, id, 'dana', 'mark_questions', { questions: marked });
  ask(world, id, 'dana', 'plan_interviews', { firstDay: '2025-04-03', lastDay: '2025-04-04', questions });
  return world;
}
