import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, WorkflowNotFoundError } from '@temporalio/client';
import type { Client, ScheduleSpec } from '@temporalio/client';
import { opaque } from '../domain/kernel/digest.ts';

/** Where the runs of the post are started. */
export interface PostPlace {
  readonly org: string;
  readonly client: Client;
  readonly queue: string;
}

/** What a run of the post is asked to do: the name of a row in `jobs`. */
export interface PostStart {
  readonly org: string;
  readonly job: string;
}

/** The workflow that carries a job out; its name says nothing, as those of the cases. */
export const POST = 'post';

const runOptions = (place: PostPlace, job: string) => ({
  taskQueue: place.queue,
  args: [{ org: place.org, job } satisfies PostStart] as [PostStart],
  workflowTaskTimeout: '5s' as const,
  staticSummary: POST,
});

/** @returns the id of the schedule that sends the lists of a zone at that minute of the day */
export const scheduleIdOf = (org: string, job: string, at: number): string =>
  `post-${opaque(`${org}|${job}|${at}`)}`;

/**
 * Makes the schedule that sends the lists of one zone: each weekday at that minute by the zone's clock. What is missed
 * while Temporal is away is caught up once, for half a day. Making it again changes nothing.
 */
export async function scheduleLists(
  place: PostPlace,
  lists: { readonly job: string; readonly zone: string; readonly at: number },
): Promise<void> {
  const scheduleId = scheduleIdOf(place.org, lists.job, lists.at);
  const calendar = {
    dayOfWeek: { start: 'MONDAY', end: 'FRIDAY' },
    hour: Math.floor(lists.at / 60),
    minute: lists.at % 60,
  } as const;
  await made(place, scheduleId, lists.job, { calendars: [calendar], timezone: lists.zone });
}

/** One run at a time; what is missed while Temporal is away is caught up once, for half a day. */
async function made(place: PostPlace, scheduleId: string, job: string, spec: ScheduleSpec): Promise<void> {
  try {
    await place.client.schedule.create({
      scheduleId,
      spec,
      action: {
        type: 'startWorkflow',
        workflowType: POST,
        workflowId: scheduleId,
        ...runOptions(place, job),
      },
      policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: '12h' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

const NIGHT_HOUR = 2;

/**
 * Makes the schedule that signs the ledger's head and checks the ledger against all signed heads, every night at two by
 * universal time. Making it again changes nothing.
 * @param job the job's name
 */
export async function scheduleNightly(place: PostPlace, job: string): Promise<void> {
  const scheduleId = scheduleIdOf(place.org, job, NIGHT_HOUR * 60);
  await made(place, scheduleId, job, { calendars: [{ hour: NIGHT_HOUR, minute: 0 }], timezone: 'UTC' });
}

/** Carries out a job now and waits for it: the conductor of a sandbox, whose clock no schedule follows. */
export async function runPost(place: PostPlace, job: string, at: number): Promise<void> {
  const workflowId = `post-${opaque(`${place.org}|${job}|${at}`)}`;
  const handle = await place.client.workflow.start(POST, {
    workflowId,
    ...runOptions(place, job),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  try {
    await handle.result();
  } catch (error) {
    // Its run went with the namespace: whoever waits for the job asks again.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
