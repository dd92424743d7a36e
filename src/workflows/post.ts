import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { trusted } from './guard.ts';

interface PostStart {
  readonly org: string;
  readonly job: string;
}

interface Effects {
  post(start: PostStart): Promise<void>;
}

/**
 * Sends what is due by the clock rather than by a case: the lists of a morning, for one zone. Started by a schedule, in a
 * sandbox by its conductor. No rule lives here; what is sent, and to whom, is read when it is sent.
 */
export async function post(start: PostStart): Promise<void> {
  const taskQueue = workflowInfo().taskQueue.replace(/^lifecycle/, 'effects');
  const effects = proxyActivities<Effects>({
    ...{ taskQueue, startToCloseTimeout: '30m', heartbeatTimeout: '10s' },
    retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '10m' },
  });
  await effects.post(trusted(start, 'start'));
}
