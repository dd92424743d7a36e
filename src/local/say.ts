/** Takes one finished line for the person at the screen. */
export type Say = (line: string) => void;

const SAY_EVERY_MS = 3000;

/**
 * Awaits `promise` and, while it lasts, says every few seconds what is being waited for and for how long.
 * Gives what the promise gives; its error passes through unchanged.
 */
export async function waiting<T>(
  say: Say,
  what: string,
  promise: Promise<T>,
  everyMs = SAY_EVERY_MS,
): Promise<T> {
  const began = Date.now();
  const timer = setInterval(() => {
    say(`still waiting for ${what} (${elapsed(Date.now() - began)})`);
  }, everyMs);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
}

/** Writes a duration in milliseconds as `850 ms`, `12 s` or `3 min 05 s`. */
export function elapsed(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60).padStart(2, '0')} s`;
}
