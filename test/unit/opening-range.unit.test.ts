import { describe, expect, it } from 'vitest';
import { deciderOf } from '../../src/domain/cases.ts';
import { rangeFor } from '../../src/domain/candidacy/gates.ts';
import { factsFrom } from '../../src/domain/kernel/facts.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import {
  ask as askCandidacy,
  id,
  must,
  neighbour,
  opening,
  openingSays,
  people,
  role,
  selected,
} from './candidacy-world.ts';
import { moveTo } from './house.ts';
import { posted } from './opening-play.ts';

/** R5.6: an offer is held to the range that was posted, not to what the role decides afterwards. */

describe('the range a posting went out with', () => {
  it('R5.6 is kept with the posting and stays, whatever the role decides later', () => {
    const stage = posted();
    expect(stage.rows.find((row) => row.kind === 'posted')?.body).toMatchObject({ range: '2200-2500' });
    stage.fact('pay_range', stage.role, '2600-2900');
    stage.to('2025-03-10').must('dana', 'pause_posting', { until: '2025-03-14' });
    stage.must('dana', 'resume_posting', { closeOn: '2025-03-28' });
    stage.must('dana', 'extend_posting', { closeOn: '2025-03-31' });
    stage.to('2025-03-31').must('dana', 'close_posting');
    expect(stage.fact_('posted_range')).toBe('2200-2500');
  });

  it('R5.6 is not known of a posting from before it was kept', () => {
    const stage = posted();
    const decider = deciderOf('opening');
    let own = decider.initial();
    for (const { kind, body, stamp } of stage.rows) {
      if (!Object.hasOwn(decider.classes, kind)) continue;
      const { range: _range, ...before } = body as { range?: string };
      own = decider.evolve(own, { kind, body: before, stamp });
    }
    expect(decider.facts(own, stage.id).some((one) => one.kind === 'posted_range')).toBe(false);
    expect(decider.facts(own, stage.id)).toContainEqual({
      kind: 'posting',
      subject: stage.id,
      value: 'posted',
    });
  });
});

const says = { posting: 'closed', pool_ready: 'yes', panel: people.raters.join(',') };
const raised = { pay_range: [role, '2600-2900'] as const };
const draft = (amount: number) => ({ amount, hours: 40 });

describe('an offer', () => {
  it('R5.6 is drafted and sent within the posted range, though the role pays more by now', () => {
    const world = selected();
    openingSays(world, { ...says, posted_range: '2200-2500' }, true);
    neighbour(world, role, raised);
    moveTo(world, '2025-04-11');
    expect(askCandidacy(world, people.hr, 'draft_offer', draft(2700))).toMatchObject({
      ...{ refused: true, rule: 'R5.6' },
      missing: [{ code: 'posted_range', about: '2200-2500' }],
    });
    must(world, people.hr, 'draft_offer', draft(2350));
    must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.hr, 'send_offer', { version: 1 });
  });

  it('R5.6 is not sent beyond the posted range, also where it was drafted under another one', () => {
    const world = selected();
    neighbour(world, role, raised);
    moveTo(world, '2025-04-11');
    must(world, people.hr, 'draft_offer', draft(2700));
    must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
    must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
    openingSays(world, { ...says, posted_range: '2200-2500' }, true);
    expect(askCandidacy(world, people.hr, 'send_offer', { version: 1 })).toMatchObject({
      missing: [{ code: 'R5.6', about: '2200-2500' }],
    });
  });

  it('R5.6 of a posting from before is held to the range in force, as it was then', () => {
    const world = selected();
    neighbour(world, role, raised);
    moveTo(world, '2025-04-11');
    expect(askCandidacy(world, people.hr, 'draft_offer', draft(2350))).toMatchObject({
      missing: [{ code: 'posted_range', about: '2600-2900' }],
    });
    const facts = [...world.cases.values()].flatMap((one) => one.facts);
    expect(rangeFor(world.state(id) as CandidacyState, factsFrom(facts))).toBe('2600-2900');
    expect(facts.some((one) => one.kind === 'posted_range' && one.subject === opening)).toBe(false);
  });
});
