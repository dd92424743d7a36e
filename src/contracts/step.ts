import type { Receipt } from '../domain/kernel/run.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Envelope } from './envelope.ts';

/** What the shell asks of the step. */
export interface StepRequest {
  readonly org: string;
  readonly case: string;
  /** The sequence the run carries: a ledger shorter than it was restored from an older copy. */
  readonly sequence: number;
  readonly command?: { readonly envelope: Envelope; readonly askedAt: number } | undefined;
}

export type Answer =
  { readonly is: 'done'; readonly receipt: Receipt } | { readonly is: 'refused'; readonly refusal: Refusal };

/** What the step tells the shell; all of it readable from rows again when the step is repeated. */
export interface StepAnswer {
  readonly answer: Answer | null;
  /** 0: the ledger does not know the case. */
  readonly sequence: number;
  readonly moved: boolean;
  /** Milliseconds until the next wake on the ledger's clock, at least a second; null in a sandbox or a final case. */
  readonly wakeIn: number | null;
  /** The sleep ahead is longer than four days: a good moment to continue as new. */
  readonly longSleep: boolean;
  readonly final: boolean;
  readonly prompts: readonly string[];
  readonly nudges: readonly string[];
  /** Codes only, e.g. `give_verdict` or `refused G4 lacks 1`; shown on the step. */
  readonly summary: string;
  /** Codes only, e.g. `next: P7.1`; shown on the timer. */
  readonly next: string;
  readonly attributes: { readonly stage: string; readonly attention: string; readonly dueAt: number | null };
}

/** The start input of a case's run: all that is carried over the years. */
export interface CaseStart {
  readonly org: string;
  readonly case: string;
  readonly sequence: number;
  /** Milliseconds of workflow time to wake at, or null. */
  readonly wake: number | null;
  /** Look at the ledger first: started by a notice or by recovery, not by a command. */
  readonly look: boolean;
  /** Quiet time before continuing as new, in milliseconds. */
  readonly quiet: number;
}
