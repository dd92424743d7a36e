import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type TypeScript from 'typescript';

/**
 * Where plain `node` finds a script of this folder: the compiled file beside this one; when this code itself
 * runs from its TypeScript source (tests), a copy with the types taken off, because Node 20 cannot do that.
 * `parts` names the script first and then each file of this folder that it imports.
 */
export function ownScript(parts: readonly [string, ...string[]]): string {
  const here = dirname(fileURLToPath(import.meta.url));
  if (import.meta.url.endsWith('.js')) return join(here, `${parts[0]}.js`);
  const sources = parts.map((part) => readFileSync(join(here, `${part}.ts`), 'utf8'));
  const require = createRequire(import.meta.url);
  const ts = require('typescript') as typeof TypeScript;
  const modules = dirname(dirname(require.resolve('typescript/package.json')));
  const digest = createHash('sha256').update(sources.join('\0')).digest('hex').slice(0, 16);
  const folder = join(modules, '.cache', 'peer-hire', digest);
  mkdirSync(folder, { recursive: true });
  put(join(folder, 'package.json'), '{"type":"module"}');
  parts.forEach((part, index) => {
    put(join(folder, `${part}.js`), withoutTypes(ts, sources[index] ?? ''));
  });
  return join(folder, `${parts[0]}.js`);
}

function withoutTypes(ts: typeof TypeScript, source: string): string {
  const { ES2022, ESNext } = { ES2022: ts.ScriptTarget.ES2022, ESNext: ts.ModuleKind.ESNext };
  return ts.transpileModule(source, {
    compilerOptions: { target: ES2022, module: ESNext, rewriteRelativeImportExtensions: true },
  }).outputText;
}

function put(path: string, text: string): void {
  if (existsSync(path)) return;
  const half = `${path}.${String(process.pid)}`;
  writeFileSync(half, text);
  renameSync(half, path);
}
