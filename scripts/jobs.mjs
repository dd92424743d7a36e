// The jobs of people in a real browser, a file after the other, each on a demo of its own: what one does to a house, the next
// would stumble over. `npm run test:jobs [NAME…]`: only those, e.g. `npm run test:jobs hr employee`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const END = '.jobs.test.ts';
const all = readdirSync(`${root}test/browser`)
  .filter((file) => file.endsWith(END))
  .map((file) => file.slice(0, -END.length))
  .toSorted();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No such jobs: ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

const failed = [];
for (const [n, name] of (wanted.length === 0 ? all : wanted).entries()) {
  console.log(`== ${name} (${n + 1} of ${wanted.length || all.length})`);
  const args = [
    `${root}node_modules/vitest/vitest.mjs`,
    'run',
    '--project',
    'jobs',
    `test/browser/${name}${END}`,
  ];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'All jobs passed.' : `Failed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
