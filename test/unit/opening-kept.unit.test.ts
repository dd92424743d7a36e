import { describe, expect, it } from 'vitest';
import type { OpeningStage } from './opening-house.ts';
import { c102, c103, selected } from './opening-play.ts';

/** D5.9: what HR answers about the reserve when a seat falls free. */

const seatOwed = (stage: OpeningStage): readonly string[] =>
  (stage.last?.obligations ?? []).map((one) => one.id).filter((one) => one.startsWith('D5.9/seat:'));

/** The first choice let the offer expire; one is in reserve. */
function freed(): OpeningStage {
  const stage = selected().to('2025-04-18');
  stage.hear(c102, { kind: 'offer_ended', body: { candidacy: c102, how: 'expired' } });
  return stage;
}

describe('kept_reserve', () => {
  it('D5.9 X3 answers what is owed about the free seat; the reserve stays to its last day', () => {
    const stage = freed();
    expect(seatOwed(stage)).toHaveLength(1);
    stage.must('dana', 'keep_reserve', { candidacy: c103 });
    expect(seatOwed(stage)).toEqual([]);
    expect(stage.owed()).toContain('D5.9');
    expect(stage.ask('dana', 'keep_reserve', { candidacy: c103 })).toMatchObject({
      ...{ rule: 'D5.9', missing: [{ code: 'already_decided' }] },
    });
    expect(stage.told('reserve_ended')).toEqual([]);
  });

  it('D5.9 kept is not for good: the next may still be offered the seat, and a seat freed later is owed anew', () => {
    const stage = freed();
    stage.must('dana', 'keep_reserve', { candidacy: c103 });
    stage.to('2025-04-22').must('dana', 'offer_next', { candidacy: c103 });
    expect(stage.told('selected').map((one) => one.to)).toEqual([c102, c103]);
  });

  it('D5.9 keeps nobody while no seat is free, and only the first of the reserve', () => {
    const none = selected().ask('dana', 'keep_reserve', { candidacy: c103 });
    expect(none).toMatchObject({ rule: 'X25', missing: [{ code: 'seats_free' }] });
    expect(freed().ask('dana', 'keep_reserve', { candidacy: c102 })).toMatchObject({ rule: 'X3' });
    expect(freed().ask('marisol', 'keep_reserve', { candidacy: c103 })).toMatchObject({
      code: 'not_permitted',
    });
  });
});
