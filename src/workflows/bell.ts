import { CancellationScope } from '@temporalio/workflow';

/**
 * What the main loop sleeps by. A plain promise, where a condition would do: the SDK enters the workflow's sandbox anew
 * for each condition that came true, and a command would pay for three.
 */
export class Bell {
  private rang = false;
  private heard: { readonly wake: () => void; readonly end: (error: unknown) => void } | null = null;
  private ended: { readonly error: unknown } | null = null;

  constructor() {
    CancellationScope.current().cancelRequested.catch((error: unknown) => {
      this.ended = { error };
      this.heard?.end(error);
    });
  }

  /** Wakes whoever sleeps; when nobody does, the next who would sleep looks around once more. */
  ring(): void {
    this.rang = this.heard === null;
    this.heard?.wake();
    this.heard = null;
  }

  /** Sleeps until it rings. @throws CancelledFailure once the run is cancelled */
  async rung(): Promise<void> {
    if (this.ended !== null) throw this.ended.error;
    if (!this.rang) await new Promise<void>((wake, end) => (this.heard = { wake, end }));
    this.rang = false;
  }
}
