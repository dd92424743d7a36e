const WINDOW_MS = 1_000;
/** On two cores a process that does nothing else comes to some seventy steps. */
const CROWD = 20;
const LOOK_MS = 100;
const LONGEST_MS = 15_000;

/**
 * Steps before mail, within one process: when many cases wake at once, messages wait until the crowd is through, so
 * that what is decided does not wait for what is sent. Fifteen seconds at most: a process that is always busy still sends.
 */
export class Pace {
  /** When each case last began one, the longest ago first. */
  private readonly began = new Map<string, number>();
  private readonly now: () => number;

  /** @param now milliseconds that only go on */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Says that a step of a case begins. */
  step(of: string): void {
    this.began.delete(of);
    this.began.set(of, this.now());
  }

  /** Whether twenty or more cases began a step within the last second; a few that step often are no crowd. */
  crowded(): boolean {
    const since = this.now() - WINDOW_MS;
    for (const [of, at] of this.began) {
      if (at > since) break;
      this.began.delete(of);
    }
    return this.began.size >= CROWD;
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
