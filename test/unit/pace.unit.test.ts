import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../src/activities/pace.ts';

describe('steps before mail', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const stepsAt = (pace: Pace, count: number) => {
    for (let n = 0; n < count; n += 1) pace.step(`case ${n}`);
  };

  it('lets a message go at once while few cases step', async () => {
    const pace = new Pace(() => Date.now());
    stepsAt(pace, 19);
    expect(pace.crowded()).toBe(false);
    await pace.lull();
  });

  it('takes one case that steps often for no crowd', async () => {
    const pace = new Pace(() => Date.now());
    for (let n = 0; n < 100; n += 1) stepsAt(pace, 19);
    expect(pace.crowded()).toBe(false);
    pace.step('case 19');
    expect(pace.crowded()).toBe(true);
  });

  it('holds a message back while a crowd steps, until a second after it began to thin out', async () => {
    const pace = new Pace(() => Date.now());
    stepsAt(pace, 20);
    let sent = false;
    const sending = pace.lull().then(() => (sent = true));
    await vi.advanceTimersByTimeAsync(900);
    expect(sent).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent).toBe(true);
    await sending;
  });

  it('sends after fifteen seconds although the crowd goes on', async () => {
    const pace = new Pace(() => Date.now());
    const crowd = setInterval(() => stepsAt(pace, 20), 100);
    await vi.advanceTimersByTimeAsync(1_000);
    let sent = false;
    const sending = pace.lull().then(() => (sent = true));
    await vi.advanceTimersByTimeAsync(14_500);
    expect(sent).toBe(false);
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toBe(true);
    clearInterval(crowd);
    await sending;
  });
});
