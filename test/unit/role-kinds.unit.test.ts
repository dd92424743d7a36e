import { describe, expect, it } from 'vitest';
import { describe as describeRole } from '../../src/documents/description.ts';
import { postingFields } from '../../src/documents/posting.ts';
import { toMarkdown } from '../../src/documents/render.ts';
import { roleRecord } from '../../src/documents/role-record.ts';
import type { RecordedEvent } from '../../src/documents/role-record.ts';
import { peerTitleOnOther, titleOf, wordings } from '../../src/documents/words.ts';
import type { World } from '../../src/sandbox/world.ts';
import { moveTo, site, worldAt } from './house.ts';
import {
  acceptReadiness,
  adoptedRole,
  agreeAll,
  ask,
  classify,
  descriptionApproved,
  enter,
  everyone,
  goodDuties,
  must,
  payApproved,
  people,
  role,
  staff,
  team,
  text,
} from './role-house.ts';

/** R1.6: the engine serves other new practices, and none of them is sold as a peer role. */

const { program, facilitator, dana, compliance } = people;

const elements = ['GOALS', 'DUTIES', 'TRAINING', 'SUPERVISION', 'PLACE_IN_TEAM'];
const on = '2025-01-28';
const requirements = [{ requirement: 'lived_experience', outcome: 'essential' }];

/** A role of another kind with version 1 adopted, duties screened and pay approved. */
function driver(): World {
  const world = worldAt('2025-01-06');
  staff(world);
  acceptReadiness(world);
  moveTo(world, on);
  must(world, program, 'open', { site, kind: 'new_practice', facilitator, members: team, leftOut: [] });
  must(world, facilitator, 'plan_meeting', { on, elements });
  const proposals = elements.map((element) => ({ element, text: text(element), choices: [] }));
  must(world, facilitator, 'propose_elements', { proposals });
  must(world, facilitator, 'record_meeting', { meeting: 1, held: on, attended: everyone, elements });
  agreeAll(world, elements);
  must(world, facilitator, 'conclude_elements', { elements });
  moveTo(world, '2025-02-19');
  must(world, program, 'adopt_version', { heard: [] }, { acknowledge: ['G1'] });
  const duties = [
    ...goodDuties.slice(0, 4).map((one) => ({ ...one, share: 15 })),
    { duty: 'van', share: 40, class: 'non_peer', code: 'N_DRIVER' },
  ];
  enter(world, duties);
  classify(world, 1, duties);
  payApproved(world);
  return world;
}
const recordOf = (world: World) =>
  roleRecord(
    world.rows
      .filter((row) => row.case === role)
      .map(({ kind, body, stamp }) => ({ kind, body, at: stamp.at }) as RecordedEvent),
  );
const texts = new Map<string, string>();

describe('R1.6 a role of another kind', () => {
  it('asks for no wording on lived experience, and prints none that was decided', () => {
    const world = driver();
    must(world, dana, 'propose_terms', { requirements, credential: { rule: 'not_required' } });
    must(world, compliance, 'confirm_terms', {});
    expect(world.obligations(role).map((one) => one.code)).not.toContain('D2.4');
    descriptionApproved(world);
    must(world, dana, 'complete_description', {});
    const record = recordOf(world);
    const document = describeRole(record, { title: titleOf(record.kind), texts, wordings });
    expect(document.gaps).toEqual([]);
    expect(toMarkdown(document)).toContain('# New practice\n');
    const decided = { ...record, terms: { ...record.terms, wording: 'approved_text_A' as const } };
    const printed = describeRole(decided, { title: titleOf(record.kind), texts, wordings });
    expect(toMarkdown(printed)).not.toContain('You choose what you share.');
    const as = { version: 1, seats: 1, on: '2025-03-03', until: null, range: null };
    const posted = postingFields(decided, { texts, wordings }, as);
    expect(posted).toHaveProperty('sections', expect.not.arrayContaining(['lived_experience']));
    expect(posted).not.toHaveProperty('fixed.lived_experience_text');
  });

  it('is shown under no title of a peer role', () => {
    for (const title of ['Peer support specialist', 'PEER worker', 'Worker with lived experience']) {
      expect(peerTitleOnOther('new_practice', title)).toBe(true);
      expect(peerTitleOnOther('peer', title)).toBe(false);
    }
    expect(peerTitleOnOther('new_practice', 'Van driver')).toBe(false);
    expect([titleOf('peer'), titleOf('new_practice')]).toEqual(['Peer support specialist', 'New practice']);
  });
});

describe('R2.3 a description', () => {
  it('is not complete while nobody decided what is asked for; to ask for nothing is a decision', () => {
    const world = adoptedRole();
    enter(world, goodDuties);
    classify(world, 1, goodDuties);
    must(world, dana, 'propose_terms', {
      ...{ wording: 'approved_text_A', credential: { rule: 'not_required' } },
    });
    must(world, compliance, 'confirm_terms', {});
    payApproved(world);
    const draft = { requirements: [] as string[], hours: 'full_time', benefits: true };
    must(world, dana, 'draft_description', draft);
    must(world, people.marisol, 'approve_description', {});
    expect(ask(world, dana, 'complete_description', {})).toMatchObject({ missing: [{ code: 'D2.3' }] });
    expect(world.obligations(role).map((one) => one.code)).toContain('D2.3');
    must(world, dana, 'propose_terms', { requirements: [] });
    must(world, compliance, 'confirm_terms', {});
    must(world, people.marisol, 'approve_description', {});
    must(world, dana, 'complete_description', {});
  });

  it('asks for nothing that nobody marked, nor for what was removed', () => {
    const world = adoptedRole();
    enter(world, goodDuties);
    must(world, dana, 'propose_terms', {
      requirements: [...requirements, { requirement: 'degree', outcome: 'removed' }],
    });
    must(world, compliance, 'confirm_terms', {});
    const draft = { hours: 'full_time', benefits: true };
    for (const asked of ['degree', 'driving_license'])
      expect(ask(world, dana, 'draft_description', { ...draft, requirements: [asked] })).toMatchObject({
        ...{ rule: 'R2.3', missing: [{ code: 'not_essential_nor_equivalent', about: asked }] },
      });
    must(world, dana, 'draft_description', { ...draft, requirements: ['lived_experience'] });
  });
});
