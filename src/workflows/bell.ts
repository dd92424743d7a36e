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

  /** Sleeps until it rings. Rejects with the CancelledFailure once the run is cancelled. */
  rung(): Promise<void> {
    if (this.ended !== null) return Promise.reject(this.ended.error);
    const rang = this.rang;
    this.rang = false;
    return rang ? Promise.resolve() : new Promise((wake, end) => (this.heard = { wake, end }));
  }
}
