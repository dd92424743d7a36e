// The Northside play as its command runs it: servers, setting up, sixteen months and stopping.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dist, root } from './dist.mjs';
import { ms } from './numbers.mjs';

/** @returns a row of the table. @throws when the play found a difference */
export async function northside(say) {
  const scenario = fileURLToPath(new URL('scenarios/northside.json', root));
  const began = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(new URL('cli/main.js', dist)), 'play', scenario], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let told = 0;
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => {
    if (performance.now() - told < 10_000) return;
    told = performance.now();
    say(`the play: ${String(chunk).trim().split('\n').at(-1)}`);
  });
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  const took = performance.now() - began;
  if (code !== 0) throw new Error(`the play ended with exit code ${code}: ${out.slice(0, 400)}`);
  return [
    {
      ...{ id: 'northside', what: 'the Northside play, servers already built', unit: 'ms' },
      ...{
        value: took,
        goal: 90_000,
        shown: `${(took / 1000).toFixed(1)} s`,
        note: `until everything has stopped; limit ${ms(90_000)}`,
      },
    },
  ];
}
