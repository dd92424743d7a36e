import { condition, setHandler } from '@temporalio/workflow';
import type { Envelope } from '../contracts/envelope.ts';
import type { Answer, StepAnswer } from '../contracts/step.ts';
import { admit } from './guard.ts';
import { decide, nudge } from './messages.ts';

/** A command that was accepted and waits for its step. */
export interface Waiting {
  readonly envelope: Envelope;
  /** Workflow time at which it was accepted. */
  readonly askedAt: number;
  answer: Answer | null;
}

/** Where commands and nudges arrive, in order, and where their answers go. */
export class Desk {
  private readonly queue: Waiting[] = [];
  private stirred: boolean;

  constructor(lookFirst: boolean) {
    this.stirred = lookFirst;
  }

  /** Registers the handlers: before the first await, or a message at the end of an activation is rejected. */
  open(): void {
    setHandler(
      decide,
      async (envelope) => {
        const waiting: Waiting = { envelope, askedAt: Date.now(), answer: null };
        this.queue.push(waiting);
        await condition(() => waiting.answer !== null);
        return waiting.answer as Answer;
      },
      { validator: admit },
    );
    setHandler(nudge, () => this.stir());
  }

  stir(): void {
    this.stirred = true;
  }

  take(): Waiting | undefined {
    return this.queue.shift();
  }

  answer(waiting: Waiting, from: StepAnswer): void {
    waiting.answer = from.answer ?? {
      is: 'refused',
      refusal: { refused: true, code: 'not_expected_now', missing: [] },
    };
  }

  /** Whether there is a nudge to follow; asking takes it. */
  nudged(): boolean {
    const was = this.stirred;
    this.stirred = false;
    return was;
  }

  empty(): boolean {
    return this.queue.length === 0 && !this.stirred;
  }
}
