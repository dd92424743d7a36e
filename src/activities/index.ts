import { Context } from '@temporalio/activity';
import type { StepAnswer, StepRequest } from '../contracts/step.ts';
import { PATIENT_MS, QUICK_MS } from '../ledger/database.ts';
import { deliver } from './deliver.ts';
import type { DeliverRequest } from './deliver.ts';
import { sendLists } from './digest.ts';
import type { PostRequest } from './digest.ts';
import { HEADS, signAndCheck } from './heads.ts';
import { nudge } from './nudge.ts';
import type { NudgeRequest } from './nudge.ts';
import type { Pace } from './pace.ts';
import type { Ports } from './ports.ts';
import { step } from './step.ts';

/** The activities of the `lifecycle` queue. */
export function lifecycleActivities(ports: Ports, pace: Pace) {
  return {
    step: (request: StepRequest): Promise<StepAnswer> => {
      pace.step(request.case);
      return step(ports, request, QUICK_MS);
    },
    stepPatient: (request: StepRequest): Promise<StepAnswer> => {
      const { attempt } = Context.current().info;
      if (attempt > 1) ports.log.warn('step_again', { case: request.case, attempt });
      pace.step(request.case);
      return step(ports, request, PATIENT_MS);
    },
    nudge: (request: NudgeRequest): Promise<void> => nudge(ports, request),
  };
}

const BEAT_MS = 2_000;

/** Waits until a crowd of steps is through, then works, with a sign of life every two seconds. */
async function beating<T>(pace: Pace, work: (beat: () => void) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beats = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    await pace.lull();
    return await work(() => context.cancellationSignal.throwIfAborted());
  } finally {
    clearInterval(beats);
  }
}

/** The activities of the `effects` queue: everything that talks to the world outside. */
export function effectActivities(ports: Ports, pace: Pace) {
  return {
    deliver: (request: DeliverRequest): Promise<{ stir: boolean }> =>
      beating(pace, (beat) => deliver(ports, request, beat)),
    post: (request: PostRequest): Promise<void> =>
      beating(pace, async (beat) => {
        if (request.job === HEADS) await signAndCheck(ports);
        else await sendLists(ports, request, beat);
      }),
  };
}
