import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Bell } from './bell.ts';

/**
 * The timers of a run. None is ever cancelled: to cancel one and start it again would cost each decision two events and
 * a tenth of its time, while one that rings too early costs a sleeper one look at the clock, and ends with the run.
 */
export class Alarm {
  private readonly bell: Bell;
  private readonly set = new Set<number>();

  constructor(bell: Bell) {
    this.bell = bell;
  }

  /**
   * Sees to it that the bell rings at an instant, or before.
   * @param at workflow time in milliseconds
   * @param summary codes only, shown on the timer if a new one is needed
   */
  by(at: number, summary: string): void {
    if ([...this.set].every((one) => one > at)) this.start(at, summary);
  }

  private start(at: number, summary: string): void {
    this.set.add(at);
    // Outside the run's own scope: a cancelled run ends by its main loop, not by a timer that nobody waits for.
    const timer = CancellationScope.nonCancellable(() => sleep(Math.max(at - Date.now(), 1), { summary }));
    void timer.then(() => {
      this.set.delete(at);
      this.bell.ring();
    });
  }
}
