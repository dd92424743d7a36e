import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Envelope } from '../contracts/envelope.ts';
import type { Answer } from '../contracts/step.ts';

/** Names are generic on purpose: whoever can read the namespace can read them. */

/** A person's command; answers with the receipt or the refusal once the ledger holds it. */
export const decide = defineUpdate<Answer, [Envelope]>('decide');
/** "Look at your notices": from another case, the sweeper, the conductor. */
export const nudge = defineSignal('nudge');

export interface CaseView {
  readonly sequence: number;
  readonly wake: number | null;
  readonly stage: string;
}
export const view = defineQuery<CaseView>('view');
