// Builds dist/: compiles the sources, copies what is data, builds the console, and bundles the workflows ahead (a second of
// every start).
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

const done = `${root}dist/workflow-bundle.js`;
const sources = Math.max(
  newest(`${root}src`),
  statSync(`${root}package.json`).mtimeMs,
  statSync(`${root}tsconfig.json`).mtimeMs,
  statSync(`${root}vite.config.ts`).mtimeMs,
);
if (existsSync(done) && statSync(done).mtimeMs > sources) process.exit(0);

const compiled = spawnSync(
  process.execPath,
  [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`],
  {
    stdio: 'inherit',
  },
);
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
cpSync(`${root}src/ledger/migrations`, `${root}dist/ledger/migrations`, { recursive: true });
cpSync(`${root}src/guards/model`, `${root}dist/guards/model`, { recursive: true });
// What is built is what people get, also where a test asked for the build: else its console would be one for developing.
process.env.NODE_ENV = 'production';
const { build } = await import('vite');
await build({ configFile: `${root}vite.config.ts`, logLevel: 'warn' });
const { bundleWorkflows } = await import(`${root}dist/worker/bundle.js`);
writeFileSync(done, await bundleWorkflows());
