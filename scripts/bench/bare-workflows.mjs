// What the product is measured against: an update that only returns, and one local activity after a timer.
import { condition, defineUpdate, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';

const echo = defineUpdate('echo');
const { nothing } = proxyLocalActivities({ scheduleToCloseTimeout: '30s' });

/** Answers updates until it is terminated. */
export async function bareUpdates() {
  setHandler(echo, async (value) => value);
  await condition(() => false);
}

/** Wakes at an instant and runs one local activity. */
export async function bareWake(at) {
  await sleep(Math.max(at - Date.now(), 1));
  await nothing();
}
