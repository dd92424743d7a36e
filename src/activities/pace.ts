const WINDOW_MS = 1_000;
/** On two cores a process that does nothing else comes to some seventy. */
const CROWD = 20;
const LOOK_MS = 100;
const LONGEST_MS = 15_000;

/**
 * Steps before mail, within one process: when many cases wake at once, messages wait until the crowd is through, so
 * that what is decided does not wait for what is sent. Fifteen seconds at most: a process that is always busy still sends.
 */
export class Pace {
  private began: number[] = [];
  private readonly now: () => number;

  /** @param now milliseconds that only go on */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Says that a step begins. */
  step(): void {
    this.began.push(this.now());
  }

  /** Whether twenty or more steps began within the last second. */
  crowded(): boolean {
    const since = this.now() - WINDOW_MS;
    this.began = this.began.filter((one) => one > since);
    return this.began.length >= CROWD;
  }

  /** Waits while it is crowded, fifteen seconds at most. */
  async lull(): Promise<void> {
    const latest = this.now() + LONGEST_MS;
    while (this.crowded() && this.now() < latest) {
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_MS);
      });
    }
  }
}
