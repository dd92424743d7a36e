import { spawn } from 'node:child_process';
import type * as Files from 'node:fs';
import { dirname } from 'node:path';

/** How long another disk or machine is waited for. */
export const FAR_MS = 5_000;

/**
 * Adds text to a file and waits until the disk has it. A line that a crash cut off is ended first, so that the next does
 * not run into it. Names nothing outside of itself: another process is given its source.
 * @param folder the one the file lies in: a new file is there after a power cut only when that was flushed too
 * @throws what the file system says
 */
export function addTo(files: typeof Files, path: string, folder: string, text: string): void {
  const isNew = !files.existsSync(path);
  const file = files.openSync(path, 'a+', 0o600);
  try {
    const { size } = files.fstatSync(file);
    const last = Buffer.alloc(1);
    const isCutOff = size > 0 && files.readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 10;
    // Until everything is written: a disk that is nearly full takes a part, and says no to the rest.
    files.writeFileSync(file, isCutOff ? `\n${text}` : text);
    files.fsyncSync(file);
  } finally {
    files.closeSync(file);
  }
  if (!isNew || process.platform === 'win32') return;
  const names = files.openSync(folder, 'r');
  try {
    files.fsyncSync(names);
  } finally {
    files.closeSync(names);
  }
}

// The folder is looked for first: a disk that nobody connected has no list either, and is no place without one.
const READ = `fs.statSync(folder); process.stdout.write(fs.existsSync(path) ? fs.readFileSync(path) : '')`;
const ADD = `(${addTo.toString()})(fs, path, folder, fs.readFileSync(0, 'utf8'))`;

/**
 * Works on a file in a process of its own: a share that hangs blocks whoever touches it, inside the system, where no
 * signal and no timer of theirs reaches. Only the other process is left behind then.
 * @returns what it said; null where it failed or did not come to an end in time
 */
function apart(work: string, path: string, input: string, ms: number): Promise<string | null> {
  const script = `const fs = require('node:fs'); const [path, folder] = process.argv.slice(1); ${work}`;
  const child = spawn(process.execPath, ['-e', script, '--', path, dirname(path)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const end = (said: string | null): void => {
      clearTimeout(timer);
      // One that hangs cannot be killed either; nobody waits for it.
      child.kill('SIGKILL');
      child.stdin.destroy();
      child.stdout.destroy();
      child.unref();
      resolve(said);
    };
    const timer = setTimeout(() => end(null), ms);
    child.on('error', () => end(null));
    child.on('close', (code) => end(code === 0 ? Buffer.concat(parts).toString('utf8') : null));
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** @returns the text of a file on a disk that may hang, '' where there is none; null where its folder is not there or does not answer. */
export const readFar = (path: string, ms = FAR_MS): Promise<string | null> => apart(READ, path, '', ms);

/** Adds text to a file on a disk that may hang, see {@link addTo}. @returns false where the place did not take it */
export const addFar = async (path: string, text: string, ms = FAR_MS): Promise<boolean> =>
  (await apart(ADD, path, text, ms)) !== null;
