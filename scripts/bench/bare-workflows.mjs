// What the product is measured against: an update that only returns, one with an empty local activity, and one local
// activity after a timer.
import { condition, defineUpdate, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';

const echo = defineUpdate('echo');
const { nothing } = proxyLocalActivities({ scheduleToCloseTimeout: '30s' });

/** Answers updates until it is terminated. */
export async function bareUpdates() {
  setHandler(echo, async (value) => value);
  await condition(() => false);
}

/** Answers updates after a local activity that does nothing: what any durable step costs, whatever it does. */
export async function bareLocalUpdates() {
  setHandler(echo, async (value) => {
    await nothing();
    return value;
  });
  await condition(() => false);
}

/** Wakes at an instant and runs one local activity. */
export async function bareWake(at) {
  await sleep(Math.max(at - Date.now(), 1));
  await nothing();
}
