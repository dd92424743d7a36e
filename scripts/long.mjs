// What the tests do a little of on every change, in full: for a night. `npm run test:long [NAME…]`: only those, e.g.
// `npm run test:long lives kills`. `--seed N` begins at another seed; what failed says the seed it failed with.
//   lives   5,000 random lives of one employment, in ten runs of 500
//   walks   10,000 random walks of each kind of case
//   fuzz    5,000 requests to the API that nobody would send
//   kills   every scenario with its worker, database and Temporal killed at fifty moments
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } },
});
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed) || seed < 0) {
  console.error(`--seed takes a whole number, not ${values.seed}.`);
  process.exit(2);
}

const LIVES_RUNS = 10;
const walked = ['candidacy', 'clock', 'opening', 'readiness', 'role'];
const step = (project, files, env) => ({ project, files, env });
const parts = {
  lives: Array.from({ length: LIVES_RUNS }, (_, n) =>
    step('pure', ['test/property/lives.property.test.ts'], { FC_RUNS: '500', FC_SEED: String(seed + n) }),
  ),
  walks: walked.map((kind) =>
    step('pure', [`test/property/hiring-${kind}.property.test.ts`], {
      ...{ FC_RUNS: '10000', FC_SEED: String(seed) },
    }),
  ),
  fuzz: [
    step('servers', ['test/server/api-fuzz.server.test.ts'], { FC_RUNS: '5000', FC_SEED: String(seed) }),
  ],
  kills: [
    step('servers', ['test/faults/scenarios.fault.test.ts'], {
      ...{ FAULT_KILLS: '50', FAULT_SEED: String(seed) },
    }),
  ],
};
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

/** @returns whether a run of these files passed */
async function passes({ project, files, env }) {
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const child = spawn(process.execPath, [vitest, 'run', '--project', project, ...files], {
    ...{ cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  });
  return (await new Promise((resolve) => child.once('exit', resolve))) === 0;
}

const told = ({ files, env }) =>
  `${Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')} ${files.join(' ')}`;
const failed = [];
const began = Date.now();
const steps = (wanted.length === 0 ? Object.keys(parts) : wanted).flatMap((name) => parts[name]);
for (const [n, one] of steps.entries()) {
  const minutes = Math.round((Date.now() - began) / 60_000);
  console.log(`== ${n + 1} of ${steps.length}, after ${minutes} min: ${told(one)}`);
  if (!(await passes(one))) failed.push(told(one));
}
for (const one of failed) console.log(`!! ${one}`);
console.log(failed.length === 0 ? 'All of it passed.' : `${failed.length} of ${steps.length} failed.`);
process.exit(failed.length === 0 ? 0 : 1);
