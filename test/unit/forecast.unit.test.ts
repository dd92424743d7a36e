import { describe, expect, it } from 'vitest';
import type { PromptDraft } from '../../src/domain/kernel/fire.ts';
import { foresee } from '../../src/sandbox/foresee.ts';
import type { Assumed } from '../../src/sandbox/future.ts';
import { rehearse } from '../../src/sandbox/rehearse.ts';
import { presentOf, upTo } from './forecast-house.ts';
import { at, cast, northsideTerms } from './northside-house.ts';

const terms = northsideTerms();
const DAY = 86_400_000;
const line = (one: PromptDraft): string =>
  [one.sendAfter, one.key, one.code, one.how, one.to, one.due, one.visibility].join(' | ');
/** The same without the row it stands in: a play has rows of its own between the prompts. */
const asked = ({ obligation, rung, ...one }: PromptDraft): string =>
  [one.sendAfter, obligation, rung, one.how, one.to, one.due, one.visibility].join(' | ');

function from(moment: string, days: number, assumed: Assumed) {
  const { world } = rehearse(upTo(moment), cast, terms);
  const before = world.prompts.length;
  const rows = world.rows.length;
  const until = at(moment) + days * DAY;
  const foreseen = foresee(presentOf(world, terms), assumed, until);
  return { world, before, rows, until, foreseen };
}

describe('forecast --if-silent', () => {
  it.each([
    '2025-01-20 12:00',
    '2025-02-20 12:00',
    '2025-03-20 12:00',
    '2025-04-16 12:00',
    '2025-06-02 12:00',
    '2025-11-03 12:00',
  ])('says from %s what the same organization finds when nobody does anything', (moment) => {
    const { world, before, rows, until, foreseen } = from(moment, 60, 'silent');
    world.advanceTo(until);
    const found = world.prompts.slice(before).map(line).toSorted();
    expect(found.length).toBeGreaterThan(3);
    expect(foreseen.world.prompts.map(line).toSorted()).toEqual(found);
    const kinds = (list: typeof world.rows) => list.map((row) => `${row.case} ${row.stamp.at} ${row.kind}`);
    expect(kinds(foreseen.world.rows).toSorted()).toEqual(kinds(world.rows.slice(rows)).toSorted());
    expect(foreseen.until).toBe(until);
  });

  it('goes no further than the calendar, and says so', () => {
    const { until, foreseen } = from('2025-11-03 12:00', 4_000, 'silent');
    expect(foreseen.until).toBeLessThan(until);
    expect(foreseen.world.prompts.length).toBeGreaterThan(10);
  });
});

describe('forecast --if-on-time', () => {
  it('asks nobody after the day on which they do it, and no policy answers for them', () => {
    const { foreseen } = from('2025-11-03 12:00', 90, 'on_time');
    const { prompts, rows } = foreseen.world;
    expect(prompts.length).toBeGreaterThan(20);
    expect(prompts.filter((one) => one.sendAfter > one.due)).toEqual([]);
    // What was late when the forecast began is done at once, and late all the same.
    const late = rows.filter((row) => row.kind === 'answered_late');
    expect(late.filter(({ body }) => (body as { due: number }).due >= at('2025-11-03 12:00'))).toEqual([]);
    expect(foreseen.assumed.some((one) => one.type === 'log_session')).toBe(true);
  });

  it('follows what is done: sessions and months come round, far beyond the first of them', () => {
    const months = (assumed: Assumed): Set<string> => {
      const { foreseen } = from('2025-06-02 12:00', 150, assumed);
      return new Set(
        foreseen.world.prompts.filter((one) => one.code === 'P7.3').map((one) => one.obligation),
      );
    };
    expect(months('on_time').size).toBeGreaterThan(months('silent').size);
  });

  it('is played again with its own answers to the same prompts', () => {
    const { world, before, until, foreseen } = from('2025-06-02 12:00', 90, 'on_time');
    for (const { at: instant, code: _code, ...answer } of foreseen.assumed) {
      world.advanceTo(instant);
      world.must(answer);
    }
    world.advanceTo(until);
    // What somebody has to judge goes unanswered in this play, so only the employment itself is the same.
    const own = ({ key }: PromptDraft): boolean => key.startsWith('employment-');
    const inTime = world.prompts.slice(before).filter((one) => own(one) && one.sendAfter <= one.due);
    expect(inTime.length).toBeGreaterThan(40);
    expect(foreseen.world.prompts.filter(own).map(asked).toSorted()).toEqual(inTime.map(asked).toSorted());
  });

  it('names what it does not foresee: what somebody has to judge', () => {
    const { foreseen } = from('2025-06-02 12:00', 120, 'on_time');
    const codes = new Set(foreseen.open.map((one) => one.owed.code));
    expect(codes.has('D6.6') || codes.has('P8.3')).toBe(true);
    expect(codes.has('P7.1')).toBe(false);
  });
});
