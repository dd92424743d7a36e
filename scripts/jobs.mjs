// The jobs of people in a real browser, a file after the other, each on a copy of one demo of its own: what one does to a house,
// the next would stumble over. `npm run test:jobs [NAME…]`: only those, e.g. `npm run test:jobs hr employee`. PEER_HIRE_DEMO_KEPT
// names a folder with a demo that was played before (`home`, and what it printed as JSON in `printed.json`).
// `--within SECONDS`: begins no other file after that, and says which it left out. `--each SECONDS`: ends a file that takes longer,
// with everything it started (720 unless given). `--report FILE`: the counts, as JSON.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const END = '.jobs.test.ts';
const all = readdirSync(`${root}test/browser`)
  .filter((file) => file.endsWith(END))
  .map((file) => file.slice(0, -END.length))
  .toSorted();
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { within: { type: 'string' }, each: { type: 'string' }, report: { type: 'string' } },
});

/** Seconds of an option; the program ends where they are none. */
function secondsOf(name, otherwise) {
  const given = values[name];
  const seconds = given === undefined ? otherwise : Number(given);
  if (!(seconds > 0)) {
    console.error(`--${name} takes seconds above nought, not ${given}.`);
    process.exit(2);
  }
  return seconds;
}
const within = secondsOf('within', Infinity);
const each = secondsOf('each', 720);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No such jobs: ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

/** Plays the demo into a folder, stops it, and keeps what it printed beside it. */
async function playOnce(kept) {
  const args = [join(root, 'dist/cli/main.js'), 'demo', '--home', join(kept, 'home'), '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let text = '';
  for await (const part of child.stdout) {
    text += part;
    if (text.includes('\n')) break;
  }
  child.kill('SIGTERM');
  const code = await ended;
  if (!text.includes('\n')) throw new Error(`the demo ended with ${String(code)}: ${text.slice(0, 2000)}`);
  writeFileSync(join(kept, 'printed.json'), text.slice(0, text.indexOf('\n')));
}

/** A process and all that descend from it: servers and browsers are in groups of their own. */
function treeOf(root) {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const tree = (pid) => [pid, ...pairs.flatMap(([child, parent]) => (parent === pid ? tree(child) : []))];
  return tree(root);
}

/** @returns whether there was a process to tell; with nothing to tell it, whether it is still there */
function signal(pid, name = 0) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

/** How long what is ended has to stop its servers and its browser by itself. */
const GRACE_MS = 20_000;

/** Ends a file with everything it started. Who belongs to it is noted first: once its parents are gone nobody could tell. */
async function endAll(child) {
  const tree = treeOf(child.pid);
  for (const pid of tree) signal(pid, 'SIGTERM');
  const until = Date.now() + GRACE_MS;
  while (Date.now() < until && tree.some((pid) => signal(pid))) await wait(250);
  for (const pid of tree) signal(pid, 'SIGKILL');
}

/** Runs one file. @returns `late` where its time ran out */
async function runFile(args, env) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const over = new AbortController();
  const code = await Promise.race([ended, wait(each * 1000, 'late', { signal: over.signal })]);
  over.abort();
  if (code === 'late') await endAll(child);
  return code === 'late' ? 'late' : code === 0 ? 'passed' : 'failed';
}

const counts = { passed: 0, failed: 0 };

/** Adds what one file came to. A file that broke before its first test counts as one that failed. */
function count(path) {
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(path, 'utf8'));
    counts.passed += numPassedTests;
    counts.failed += numFailedTests > 0 || success ? numFailedTests : 1;
  } catch {
    counts.failed += 1;
  }
}

const began = Date.now();
const given = process.env['PEER_HIRE_DEMO_KEPT'];
const kept = given ?? mkdtempSync(join(tmpdir(), 'peer-hire-kept-'));
const [failed, left] = [[], []];
try {
  if (given === undefined) {
    // Root's database is another account's: it must get through to lie in the folder, and be copied with it.
    chmodSync(kept, 0o711);
    console.log('== the demo is played once');
    await playOnce(kept);
  }
  for (const [n, name] of (wanted.length === 0 ? all : wanted).entries()) {
    if ((Date.now() - began) / 1000 > within) {
      left.push(name);
      continue;
    }
    console.log(`== ${name} (${n + 1} of ${wanted.length || all.length})`);
    const vitest = `${root}node_modules/vitest/vitest.mjs`;
    const found = join(kept, `${name}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${found}`];
    const args = [vitest, 'run', '--project', 'jobs', ...reporters, `test/browser/${name}${END}`];
    const env = { ...process.env, PEER_HIRE_DEMO_KEPT: kept };
    const became = await runFile(args, env);
    if (became === 'late')
      console.log(`${name} took longer than ${each} seconds and was ended; it counts as failed.`);
    if (became !== 'passed') failed.push(name);
    count(found);
  }
} finally {
  if (given === undefined) rmSync(kept, { recursive: true, force: true });
}
if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts));
if (left.length > 0) console.log(`Not begun, for the time was over: ${left.join(', ')}.`);
console.log(
  failed.length === 0
    ? left.length === 0
      ? 'All jobs passed.'
      : 'The others passed.'
    : `Failed: ${failed.join(', ')}.`,
);
process.exit(failed.length === 0 ? 0 : 1);
