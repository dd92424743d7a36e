import { NativeConnection, Runtime, Worker, makeTelemetryFilterString } from '@temporalio/worker';
import type { Logger } from 'pino';
import { effectActivities, lifecycleActivities } from '../activities/index.ts';
import { Pace } from '../activities/pace.ts';
import type { Ports } from '../activities/ports.ts';
import { dataConverterFor } from '../directory/codec.ts';
import { workflowBundle } from './bundle.ts';
import { sdkLogger } from './log.ts';

/** 0.29 MB a cached case (measured); this many keep a worker under some 200 MB above its base. */
const MOST_CACHED = 500;
/** Cases whose messages go out at the same time; the others wait in Temporal's queue, where they cost nothing. */
const MOST_DELIVERIES = 16;

export interface WorkerSettings {
  readonly namespace: string;
  /** `lifecycle` or `lifecycle-…`; the queue of effects is named alike. */
  readonly queue: string;
}

let installed = false;

/** Sends the core's own lines through our log: by itself it prints failure texts to standard output. */
export function installRuntime(logger: Logger): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: sdkLogger(logger),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
    shutdownSignals: [],
  });
}

/** The two workers of a process: cases and their steps, and effects beside them. */
export async function createWorkers(
  connection: NativeConnection,
  ports: Ports,
  settings: WorkerSettings,
): Promise<{ readonly lifecycle: Worker; readonly effects: Worker }> {
  const pace = new Pace();
  const common = {
    connection,
    namespace: settings.namespace,
    dataConverter: dataConverterFor(ports.keys, ports.org),
    identity: `peer-hire-${process.pid}`,
    shutdownGraceTime: '20s',
    shutdownForceTime: '25s',
  };
  const lifecycle = await Worker.create({
    ...common,
    taskQueue: settings.queue,
    workflowBundle: await workflowBundle(),
    activities: lifecycleActivities(ports, pace),
    maxCachedWorkflows: MOST_CACHED,
    stickyQueueScheduleToStartTimeout: '1s',
  });
  const effects = await Worker.create({
    ...common,
    taskQueue: settings.queue.replace(/^lifecycle/, 'effects'),
    activities: effectActivities(ports, pace),
    maxConcurrentActivityTaskExecutions: MOST_DELIVERIES,
  });
  return { lifecycle, effects };
}
