// One supervision cycle: what it leaves in Temporal's histories.
import { load } from './dist.mjs';
import { envelopeFor, sequenceOf, startRun, writeCases } from './cases.mjs';
import { kb, pause, until } from './numbers.mjs';
import { org, setClock, settled } from './stage.mjs';
import { live, people } from './years.mjs';

const { decideNow } = await load('client/decide.js');
const { addDays, dateOf, instantOf } = await load('domain/kernel/calendar.js');
const { unsent } = await load('domain/kernel/agenda.js');

const SPREAD_MS = 16 * 60_000;
const CYCLES_LOOKED_AT = 400;

/** The next rung of each open obligation, soonest first. */
function ahead(one) {
  return one.obligations
    .flatMap((owed) => unsent(owed, one.held.base.sent).map((rung) => ({ owed, at: rung.at })))
    .toSorted((a, b) => a.at - b.at);
}

/** A session whose prompt is the next thing to happen, with nothing else until it has been held. */
function quietCycle(one) {
  const [first, ...rest] = ahead(one);
  if (first === undefined || first.owed.code !== 'P7.1') return null;
  const [, session] = first.owed.id.split(':');
  const held = instantOf(one.terms.calendar, session, '13:00');
  const others = rest.filter(
    ({ owed, at }) => at <= held + 4 * 3_600_000 && !owed.id.startsWith(`P7.1:${session}`),
  );
  return others.length === 0 && held > first.at ? { session, promptAt: first.at, held } : null;
}

function findCycle(one) {
  for (let n = 0; n < CYCLES_LOOKED_AT; n += 1) {
    const found = quietCycle(one);
    if (found !== null) return found;
    live(one, addDays(one.today, 1 + (n % 2)));
    one.moveTo(addDays(one.today, 1), '08:00');
  }
  throw new Error('no quiet supervision cycle found');
}

/** Follows the runs of a case from one on. @returns them with their events and bytes as the server counts them */
async function runsFrom(stage, id, first) {
  const { workflow } = stage.house.client;
  const runs = [];
  for (let runId = first; runId !== undefined;) {
    const handle = workflow.getHandle(id, runId);
    const { historyLength, historySize, status } = await handle.describe();
    const { events } = await handle.fetchHistory();
    const last = events.at(-1);
    const handed = last.workflowExecutionContinuedAsNewEventAttributes;
    const input = events[0].workflowExecutionStartedEventAttributes.input.payloads;
    const carried = input.reduce((sum, one) => sum + one.data.length, 0);
    runs.push({ runId, events: historyLength, bytes: historySize, carried, status: status.name });
    runId = handed?.newExecutionRunId ?? undefined;
  }
  return runs;
}

const rested = (runs) => runs.at(-1).status === 'RUNNING' && runs.at(-1).events === 5;

/** Plays a prompt and its answer through the real worker, the timers brought near, and looks at what that left. */
export async function supervisionCycle(stage, lived, say) {
  const one = lived.year;
  const written = one.ops.length;
  const { session, promptAt, held } = findCycle(one);
  await writeCases(stage, [{ id: one.id, ops: one.ops.slice(written) }], say);
  await setClock(stage, promptAt + SPREAD_MS);
  const handle = await startRun(stage, one.id, Date.now() + 3_000, await sequenceOf(stage, one.id));
  const runId = handle.firstExecutionRunId;
  await until('the prompt of the session', async () => {
    const { rows } = await stage.pool.query(
      `select count(*) as n from prompts where org = $1 and case_id = $2 and code = 'P7.1' and state = 'sent'
        and obligation like $3`,
      [org, one.id, `P7.1:${session}%`],
    );
    return rows[0].n > 0;
  });
  await settled(stage, [one.id]);
  await pause(4_000);
  await setClock(stage, held);
  const log = { session, outcome: 'held', minutes: 60, mode: 'in_person', topics: ['role_fit'], actions: [] };
  const answer = await decideNow(stage.house, envelopeFor(one, people.supervisor, 'log_session', log));
  if (answer.is !== 'done') throw new Error(`not done: ${JSON.stringify(answer)}`);
  const runs = await until(
    'the case to sleep again',
    async () => {
      const found = await runsFrom(stage, one.id, runId);
      return rested(found) ? found : null;
    },
    30_000,
    500,
  );
  return rowsOf(runs, dateOf(one.terms.calendar, held));
}

function rowsOf(runs, on) {
  const cycle = runs.slice(0, -1);
  const asleep = runs.at(-1);
  const sum = (key) => cycle.reduce((total, run) => total + run[key], 0);
  const each = cycle.map((run) => `${run.events}`).join(' + ');
  return [
    {
      ...{ id: 'cycle_events', what: 'a supervision cycle: events over its runs', unit: 'events' },
      ...{
        value: sum('events'),
        goal: 34,
        shown: String(sum('events')),
        note: `runs: ${each}; session of ${on}`,
      },
    },
    {
      ...{ id: 'cycle_bytes', what: 'a supervision cycle: history', unit: 'bytes' },
      ...{
        value: sum('bytes'),
        goal: 12_000,
        shown: kb(sum('bytes')),
        note: 'as the server counts it, sealed',
      },
    },
    {
      ...{ id: 'sleeping_events', what: 'a sleeping run: events', unit: 'events' },
      ...{ value: asleep.events, goal: 6, shown: String(asleep.events), note: kb(asleep.bytes) },
    },
    {
      ...{ id: 'carried_state', what: 'a sleeping run: carried state, sealed', unit: 'bytes' },
      ...{
        value: asleep.carried,
        goal: 1000,
        shown: `${asleep.carried} B`,
        note: 'the same for any age: six fields',
      },
    },
  ];
}
