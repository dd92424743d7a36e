import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a start in an empty folder prints, as far as a browser needs it. */
interface Ready {
  readonly console: string;
  readonly mail: { readonly page: string | null };
  readonly first: { readonly login: string; readonly passphrase: string };
}

export interface EmptyStart extends Ready {
  /** Where a second copy of each signed head goes. */
  readonly copies: string;
  /** Runs the command line on the same folder. */
  readonly home: string;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const UP_WITHIN_MS = 300_000;

/** Starts everything for real in an empty folder, as somebody does who has just got it. */
export async function emptyStart(): Promise<EmptyStart> {
  const base = mkdtempSync(join(tmpdir(), 'ph-setup-'));
  const [home, copies] = [join(base, 'home'), join(base, 'copies')];
  mkdirSync(copies);
  const child = spawn(process.execPath, [program, 'start', '--json', '--home', home], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PEER_HIRE_BACKUP: copies },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await ended;
    rmSync(base, { recursive: true, force: true });
  };
  const ready = await new Promise<Ready>((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error('it did not come up in time')), UP_WITHIN_MS);
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString('utf8');
      if (!text.includes('\n')) return;
      clearTimeout(late);
      resolve((JSON.parse(text.slice(0, text.indexOf('\n'))) as { ready: Ready }).ready);
    });
    child.once('exit', (code) =>
      reject(new Error(`start ended with ${String(code)}: ${text.slice(0, 500)}`)),
    );
  });
  return { ...ready, copies, home, stop };
}
