// npm run bench -- [--full] [--only PART,…] [--waking COUNT] [--json FILE]: the measures of the product, as a table and as JSON.
// Ratios compare two things of one run on one server. Nothing here is asserted: a busy machine is no fault.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleRows } from './bundle-size.mjs';
import { livedCases, writeCases } from './cases.mjs';
import { sleepingCases, wakingTogether } from './crowd.mjs';
import { supervisionCycle } from './cycle.mjs';
import { afterKill, afterRestart, againstBareUpdate, stepsByAge, wakeCases } from './decisions.mjs';
import { guardRows } from './guards.mjs';
import { northside } from './play.mjs';
import { pureYears } from './pure.mjs';
import { todayWithManyHires } from './today.mjs';
import { openStage, ready, setClock, startBareWorker, startWorker } from './stage.mjs';

const PARTS = [
  'pure',
  'bundle',
  'guards',
  'decision',
  'age',
  'restart',
  'kill',
  'cycle',
  'crowd',
  'sleepers',
  'today',
  'play',
];
/** Parts that need no servers, or a stage of their own. */
const ALONE = new Set(['pure', 'bundle', 'guards', 'today', 'play']);
const { values } = parseArgs({
  options: {
    full: { type: 'boolean' },
    json: { type: 'string' },
    only: { type: 'string' },
    waking: { type: 'string', default: '500' },
  },
});
const wanted = values.only?.split(',') ?? PARTS;
const unknown = wanted.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) {
  console.error(`--only knows ${PARTS.join(', ')}; not ${unknown.join(', ')}`);
  process.exit(2);
}

const began = performance.now();
const say = (line) => {
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stderr.write(`${String(seconds).padStart(4)} s  ${line}\n`);
};
const load = () =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
const rows = [];

/** Measures one part, if it is wanted; a part that fails leaves a row that says so, and the others go on. */
async function part(name, work) {
  if (!wanted.includes(name)) return;
  say(`${name} …`);
  const loadBefore = loadavg()[0];
  try {
    for (const row of await work()) rows.push({ ...row, part: name, load: loadBefore });
  } catch (error) {
    rows.push({
      id: name,
      what: name,
      part: name,
      value: null,
      goal: null,
      shown: 'not measured',
      note: error.message,
    });
    say(`${name} could not be measured: ${error.message}`);
  }
}

async function onServers() {
  if (!wanted.some((name) => !ALONE.has(name))) return;
  const stage = await openStage(say);
  let worker;
  try {
    const lived = livedCases(stage);
    const count = await writeCases(stage, [lived.young, lived.year, lived.old], say);
    say(`${count} steps of the past are written; starting the workers`);
    worker = startWorker(stage);
    const bareWorker = startBareWorker(stage);
    await Promise.all([ready(worker), ready(bareWorker)]);
    await wakeCases(stage, [lived.young, lived.old]);
    await part('decision', () => againstBareUpdate(stage, lived, say));
    await part('age', () => stepsByAge(stage, lived));
    const again = async (measured) => {
      ({ worker } = measured);
      return measured.rows;
    };
    await part('restart', async () => again(await afterRestart(stage, lived, worker, say)));
    await part('kill', async () => again(await afterKill(stage, lived, worker, say)));
    await part('cycle', () => supervisionCycle(stage, lived, say));
    await setClock(stage, null);
    await part('sleepers', () => sleepingCases(stage, lived, worker, values.full ? 2_000 : 300, say));
    await part('crowd', () => wakingTogether(stage, lived, bareWorker, Number(values.waking), say));
  } finally {
    await stage.close();
  }
}

async function onQuietStage() {
  if (!wanted.includes('today')) return;
  const stage = await openStage(say);
  try {
    await part('today', () => todayWithManyHires(stage, say));
  } finally {
    await stage.close();
  }
}

function table() {
  const verdict = ({ value, goal }) =>
    value === null || goal === null ? '' : value <= goal ? 'met' : 'missed';
  const goalOf = ({ goal, unit, aim }) => {
    if (aim !== undefined) return aim;
    if (goal === null || goal === undefined) return '';
    return unit === 'ratio' ? `≤ ${goal} ×` : `≤ ${goal} ${unit}`;
  };
  const lines = rows.map((row) => [row.what, row.shown, goalOf(row), verdict(row), row.note ?? '']);
  const head = ['measure', 'found', 'goal', '', 'more'];
  const widths = head.map((word, n) => Math.max(word.length, ...lines.map((line) => line[n].length)));
  const print = (line) =>
    console.log(line.map((cell, n) => (n === 4 ? cell : cell.padEnd(widths[n]))).join('  '));
  print(head);
  print(widths.map((width, n) => '─'.repeat(n === 4 ? 4 : width)));
  for (const line of lines) print(line);
}

const loadAtStart = load();
await part('pure', () => pureYears(say));
await part('bundle', () => bundleRows());
await part('guards', () => guardRows(say));
await onServers();
await onQuietStage();
await part('play', () => northside(say));
const machine = {
  ...{ cores: cpus().length, model: cpus()[0]?.model ?? '', memoryMb: Math.round(totalmem() / 1e6) },
  ...{ node: process.version, loadAtStart, loadAtEnd: load() },
};
table();
console.log(
  `\n${machine.cores} cores, ${machine.model.trim()}, Node ${machine.node}; load ${loadAtStart} at the start, ${machine.loadAtEnd} at the end; ${Math.round((performance.now() - began) / 1000)} s in all.`,
);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ v: 1, at: new Date().toISOString(), machine, rows }, null, 2)}\n`,
  );
process.exit(rows.some((row) => row.value === null) ? 1 : 0);
