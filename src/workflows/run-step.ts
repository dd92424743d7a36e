import { TemporalFailure, isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { StepAnswer, StepRequest } from '../contracts/step.ts';

interface Steps {
  step(request: StepRequest): Promise<StepAnswer>;
  stepPatient(request: StepRequest): Promise<StepAnswer>;
}

/** Half the latency and a third of the events of a regular activity; one second in all, once. */
const quick = proxyLocalActivities<Pick<Steps, 'step'>>({
  scheduleToCloseTimeout: '1s',
  retry: { maximumAttempts: 1 },
});
/** When the database is slow or away: patient, for as long as it takes. */
const patient = proxyActivities<Pick<Steps, 'stepPatient'>>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '10s' },
});

/**
 * One step of the case; idempotent, so that trying again after any failure is safe.
 * @param summary codes only, shown on the step; given before it runs, so it says what was asked and not what came of it
 */
export async function runStep(request: StepRequest, summary: string): Promise<StepAnswer> {
  try {
    return await quick.step.executeWithOptions({ summary }, [request]);
  } catch (error) {
    // A local activity's failure arrives bare, without the wrapper a regular one has.
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    return patient.stepPatient.executeWithOptions({ summary }, [request]);
  }
}
