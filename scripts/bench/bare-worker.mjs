// The worker of the bare workflows: the same codec and settings as the product's, and nothing to do.
import { join } from 'node:path';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  makeTelemetryFilterString,
} from '@temporalio/worker';
import { bundleOf } from './bundles.mjs';
import { load } from './dist.mjs';

const { dataConverterFor } = await load('directory/codec.js');
const { keyRing, loadMasterKey } = await load('directory/keys.js');
const { address, namespace, org, queue, folder } = JSON.parse(process.env['BENCH_BARE']);

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});
const keys = keyRing(await loadMasterKey(join(folder, 'master.key'), { create: false }));
const connection = await NativeConnection.connect({ address });
let done = 0;
const worker = await Worker.create({
  ...{ connection, namespace, taskQueue: queue, dataConverter: dataConverterFor(keys, org) },
  workflowBundle: { code: await bundleOf('bare-workflows.mjs') },
  activities: {
    nothing: () => {
      done += 1;
      process.send({ done });
    },
  },
  ...{ maxCachedWorkflows: 500, stickyQueueScheduleToStartTimeout: '1s' },
});
process.send({ ready: true });
await worker.run();
