import { isCancellation, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { CaseStart } from '../contracts/step.ts';
import type { Bell } from './bell.ts';
import type { Desk } from './desk.ts';

interface Effects {
  deliver(request: { org: string; case: string; keys: readonly string[] }): Promise<{ stir: boolean }>;
  nudge(request: { org: string; cases: readonly string[] }): Promise<void>;
}

const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' } as const;
const nudges = proxyActivities<Effects>({ startToCloseTimeout: '20s', retry: RETRY });

/** `lifecycle…` has its `effects…` beside it. */
function effectsBeside(queue: string): Effects {
  const taskQueue = queue.replace(/^lifecycle/, 'effects');
  // Many messages to a slow server take their time; a process that gives no sign of life for ten seconds is gone.
  const patience = { startToCloseTimeout: '30m', heartbeatTimeout: '10s' } as const;
  return proxyActivities<Effects>({ taskQueue, ...patience, retry: RETRY });
}

/** A cancelled run ends by its main loop; nobody waits for what was on its way then. Anything else stays visible. */
function besideTheLoop(work: Promise<void>): void {
  work.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
}

/** Prompts and nudges on their way out, beside the loop: a slow mail server never delays a decision. */
export class Deliveries {
  private readonly start: CaseStart;
  private readonly desk: Desk;
  private readonly bell: Bell;
  private readonly effects: Effects;
  private prompts = new Set<string>();
  private cases = new Set<string>();
  private sending = false;
  private nudging = false;

  constructor(start: CaseStart, desk: Desk, bell: Bell) {
    this.start = start;
    this.desk = desk;
    this.bell = bell;
    this.effects = effectsBeside(workflowInfo().taskQueue);
  }

  /** Takes over what a step says is owed; both lists are whole, read from rows, so nothing has to be remembered. */
  owe(prompts: readonly string[], nudged: readonly string[]): void {
    this.prompts = new Set(prompts);
    this.cases = new Set(nudged);
    if (this.cases.delete(this.start.case)) this.desk.stir();
    if (this.prompts.size > 0 && !this.sending) besideTheLoop(this.send());
    if (this.cases.size > 0 && !this.nudging) besideTheLoop(this.tell());
  }

  idle(): boolean {
    return !this.sending && !this.nudging && this.prompts.size === 0 && this.cases.size === 0;
  }

  private async send(): Promise<void> {
    this.sending = true;
    while (this.prompts.size > 0) {
      const keys = [...this.prompts];
      const { stir } = await this.effects.deliver({ org: this.start.org, case: this.start.case, keys });
      for (const key of keys) this.prompts.delete(key);
      if (stir) this.desk.stir();
    }
    this.sending = false;
    this.bell.ring();
  }

  private async tell(): Promise<void> {
    this.nudging = true;
    while (this.cases.size > 0) {
      const cases = [...this.cases];
      await nudges.nudge({ org: this.start.org, cases });
      for (const one of cases) this.cases.delete(one);
    }
    this.nudging = false;
    this.bell.ring();
  }
}
