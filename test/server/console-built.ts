import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The console built for a test. */

const require = createRequire(import.meta.url);

/** Builds the console into a folder of its own, as a release does: a test's own environment would build it for developers. */
export function builtConsole(): string {
  const outDir = mkdtempSync(join(tmpdir(), 'peer-hire-console-'));
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    env: { ...process.env, NODE_ENV: 'production', PEER_HIRE_WEB_OUT: outDir },
    stdio: 'ignore',
  });
  return outDir;
}

/** Bytes on the wire before the first page is there: the page, and every script and style that it names, compressed. */
export function firstLoadBytes(folder: string): number {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const files = ['index.html', ...named].map((path) => gzipSync(readFileSync(join(folder, path))).length);
  return files.reduce((all, one) => all + one, 0);
}
