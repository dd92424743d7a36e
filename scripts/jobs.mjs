// The jobs of people in a real browser, a file after the other, each on a copy of one demo of its own: what one does to a house,
// the next would stumble over. `npm run test:jobs [NAME…]`: only those, e.g. `npm run test:jobs hr employee`. PEER_HIRE_DEMO_KEPT
// names a folder with a demo that was played before (`home`, and what it printed as JSON in `printed.json`).
// `--within SECONDS`: begins no other file after that, and says which it left out. `--report FILE`: the counts, as JSON.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  options: { within: { type: 'string' }, report: { type: 'string' } },
});
const within = values.within === undefined ? Infinity : Number(values.within);
if (!(within > 0)) {
  console.error(`--within takes seconds above nought, not ${values.within}.`);
  process.exit(2);
}
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
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
    if (status !== 0) failed.push(name);
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
