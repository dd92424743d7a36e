// Durable decisions: against a bare update, by age of the case, after a restart and after kill -9.
import { load } from './dist.mjs';
import { envelopeFor, extraDays, sequenceOf, startRun } from './cases.mjs';
import { median, ms, pause, quantile, times } from './numbers.mjs';
import { bareQueue, org, ready, settled, startWorker, stop } from './stage.mjs';
import { people } from './years.mjs';

const { decideNow } = await load('client/decide.js');
const { step } = await load('activities/step.js');

const PAIRS = 150;
const STEPS = 60;
const RESTARTS = 6;
const KILLS = 5;
const MONTH_MS = 30 * 86_400_000;

const planned = new WeakMap();

/** The decision that is repeated: an extra session planned on another day; an event, a state, two obligations anew. */
export function planner(one, lived) {
  const days = extraDays(lived);
  return () => {
    const n = (planned.get(one) ?? 0) + 1;
    planned.set(one, n);
    return envelopeFor(one, people.supervisor, 'plan_extra_session', { on: days[n % 2] });
  };
}

function must(answer) {
  if (answer.is !== 'done') throw new Error(`not done: ${JSON.stringify(answer)}`);
  return answer;
}

/** Starts the runs of the lived cases and asks for the extra session that the decisions move. */
export async function wakeCases(stage, cases) {
  for (const one of cases) {
    await startRun(stage, one.id, Date.now() + MONTH_MS, await sequenceOf(stage, one.id));
    must(await decideNow(stage.house, envelopeFor(one, people.employee, 'ask_extra_session', {})));
  }
  await settled(
    stage,
    cases.map((one) => one.id),
  );
}

/** @returns rows of the table */
export async function againstBareUpdate(stage, lived, say) {
  const { client } = stage.house;
  const bareRun = (type) =>
    client.workflow.start(type, { workflowId: `bench-${type}`, taskQueue: bareQueue, args: [] });
  const [bare, local] = [await bareRun('bareUpdates'), await bareRun('bareLocalUpdates')];
  const next = planner(lived.young, lived);
  const handle = client.workflow.getHandle(lived.young.id);
  const took = { bare: [], local: [], step: [], facade: [] };
  const measure = async (list, work) => {
    const began = performance.now();
    await work();
    list.push(performance.now() - began);
  };
  for (let n = -10; n < PAIRS; n += 1) {
    const envelope = next();
    const lists = n < 0 ? { bare: [], local: [], step: [], facade: [] } : took;
    const pair = [
      () => measure(lists.bare, () => bare.executeUpdate('echo', { args: [envelope] })),
      () => measure(lists.step, async () => must(await handle.executeUpdate('decide', { args: [envelope] }))),
    ];
    for (const work of n % 2 === 0 ? pair : pair.toReversed()) await work();
    if (n % 3 === 1) await measure(lists.local, () => local.executeUpdate('echo', { args: [envelope] }));
    if (n % 3 === 0) await measure(lists.facade, async () => must(await decideNow(stage.house, next())));
    if (n % 50 === 49) say(`${n + 1} of ${PAIRS} pairs of decisions`);
  }
  await Promise.all([bare.terminate(), local.terminate()]);
  const [bareMs, localMs, stepMs] = [median(took.bare), median(took.local), median(took.step)];
  return [
    {
      ...{ id: 'durable_decision', what: 'durable decision / bare update, medians', unit: 'ratio' },
      ...{ value: stepMs / bareMs, goal: 1.6, shown: times(stepMs / bareMs) },
      note: `${ms(stepMs)} / ${ms(bareMs)}; ninth tenth ${ms(quantile(took.step, 0.9))} / ${ms(quantile(took.bare, 0.9))}; through the façade ${ms(median(took.facade))}; an update with an empty local activity ${ms(localMs)}, ${times(localMs / bareMs)}`,
    },
  ];
}

/** The step alone, in this process: an employment of five years against a new one. */
export async function stepsByAge(stage, lived) {
  const took = { young: [], old: [] };
  const next = { young: planner(lived.young, lived), old: planner(lived.old, lived) };
  for (let n = -6; n < STEPS; n += 1)
    for (const age of n % 2 === 0 ? ['young', 'old'] : ['old', 'young']) {
      const envelope = next[age]();
      const request = { org, case: envelope.case, sequence: 0, command: { envelope, askedAt: Date.now() } };
      const began = performance.now();
      must((await step(stage.ports, request, 5_000)).answer);
      if (n >= 0) took[age].push(performance.now() - began);
    }
  const [young, old] = [median(took.young), median(took.old)];
  return [
    {
      ...{ id: 'step_by_age', what: 'step: five years behind it / new, medians', unit: 'ratio' },
      ...{ value: old / young, goal: 1.3, shown: times(old / young) },
      note: `${ms(old)} / ${ms(young)}`,
    },
  ];
}

/** First decisions after the worker was started anew, alternating which case is asked. */
export async function afterRestart(stage, lived, worker, say) {
  const took = { young: [], old: [] };
  const next = { young: planner(lived.young, lived), old: planner(lived.old, lived) };
  let child = worker;
  for (let n = 0; n < RESTARTS * 2; n += 1) {
    const age = n % 2 === 0 ? 'young' : 'old';
    await stop(child);
    child = startWorker(stage);
    await ready(child);
    await pause(300);
    const began = performance.now();
    must(await decideNow(stage.house, next[age]()));
    took[age].push(performance.now() - began);
    say(
      `restart ${n + 1} of ${RESTARTS * 2}: first decision of the ${age} employment in ${ms(took[age].at(-1))}`,
    );
    // The other one's run is in the cache again before the next restart, and the quiet time has passed for both.
    must(await decideNow(stage.house, next[age === 'young' ? 'old' : 'young']()));
    await pause(2_500);
  }
  const [young, old] = [median(took.young), median(took.old)];
  const rows = [
    {
      ...{ id: 'after_restart', what: 'first decision after a restart: five years / new', unit: 'ratio' },
      ...{ value: old / young, goal: 1.2, shown: times(old / young) },
      note: `${ms(old)} / ${ms(young)}, ${RESTARTS} restarts each`,
    },
  ];
  return { rows, worker: child };
}

/** kill -9 of the worker, another one started at once, and a decision asked for at that moment. */
export async function afterKill(stage, lived, worker, say) {
  const took = [];
  const next = planner(lived.young, lived);
  let child = worker;
  for (let n = 0; n < KILLS; n += 1) {
    must(await decideNow(stage.house, next()));
    await stop(child, 'SIGKILL');
    const began = performance.now();
    child = startWorker(stage);
    must(await decideNow(stage.house, next(), 30_000));
    took.push(performance.now() - began);
    say(`kill -9, ${n + 1} of ${KILLS}: acknowledged after ${ms(took.at(-1))}`);
    await pause(500);
  }
  const row = {
    ...{ id: 'after_kill', what: 'kill -9 of the worker: first decision acknowledged, median', unit: 'ms' },
    ...{ value: median(took), goal: 2500, shown: ms(median(took)) },
    note: `from the new process's start; slowest ${ms(Math.max(...took))}`,
  };
  return { rows: [row], worker: child };
}
