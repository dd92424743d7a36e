import { setHandler } from '@temporalio/workflow';
import type { Envelope } from '../contracts/envelope.ts';
import type { Answer, StepAnswer } from '../contracts/step.ts';
import type { Bell } from './bell.ts';
import { admit } from './guard.ts';
import { decide, nudge } from './messages.ts';

/** A command that was accepted and waits for its step. */
export interface Waiting {
  readonly envelope: Envelope;
  /** Workflow time at which it was accepted. */
  readonly askedAt: number;
  answer(answer: Answer): void;
}

/** Where commands and nudges arrive, in order, and where their answers go. */
export class Desk {
  private readonly queue: Waiting[] = [];
  private readonly bell: Bell;
  private stirred: boolean;

  constructor(bell: Bell, lookFirst: boolean) {
    this.bell = bell;
    this.stirred = lookFirst;
  }

  /** Registers the handlers: before the first await, or a message at the end of an activation is rejected. */
  open(): void {
    setHandler(decide, (envelope) => this.put(envelope), { validator: admit });
    setHandler(nudge, () => this.stir());
  }

  private put(envelope: Envelope): Promise<Answer> {
    return new Promise((answer) => {
      this.queue.push({ envelope, askedAt: Date.now(), answer });
      this.bell.ring();
    });
  }

  stir(): void {
    this.stirred = true;
    this.bell.ring();
  }

  take(): Waiting | undefined {
    return this.queue.shift();
  }

  answer(waiting: Waiting, from: StepAnswer): void {
    waiting.answer(
      from.answer ?? {
        is: 'refused',
        refusal: { refused: true, code: 'not_expected_now', missing: [] },
      },
    );
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
