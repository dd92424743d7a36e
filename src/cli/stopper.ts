import type { Running } from './bring-up.ts';
import { EXIT, Stop } from './exit.ts';
import type { Io } from './io.ts';

/** Hears Ctrl-C, a termination and a closed terminal from the first moment of a command on. */
export interface Stopper {
  /** Aborted at the first of them: whatever is being brought up is to be undone. */
  readonly signal: AbortSignal;
  /**
   * From now on they stop this installation; one that came before does so at once.
   * @returns settles when somebody asked and everything is stopped; rejects with ServerGivenUp, everything stopped as well
   */
  readonly stops: (running: Running) => Promise<void>;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Hears the same while a command works that comes to its end by itself. The work is told by the signal, undoes what it
 * began, and throws.
 * @throws Stop (interrupted) where somebody asked; else what the work throws
 */
export async function unlessStopped<T>(
  say: (line: string) => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const asking = new AbortController();
  const onSignal = (): void => {
    say('stopping …');
    asking.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(asking.signal);
  } catch (error) {
    if (!asking.signal.aborted) throw error;
    throw new Stop(EXIT.interrupted, 'interrupted', 'Stopped before it was through; nothing of it was left.');
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/**
 * Once: everything stops in order. Twice: the worker is not waited for; the servers still stop in order, since a database
 * that is killed has to recover at the next start.
 */
export function listenForStop(io: Io, json: boolean): Stopper {
  const asking = new AbortController();
  let asked = 0;
  let stop: ((hurry: boolean) => void) | undefined;
  const onSignal = (): void => {
    asked += 1;
    if (!json) io.err(asked === 1 ? 'stopping …' : 'stopping at once; the servers still stop in order …');
    if (asked === 1) asking.abort();
    stop?.(asked > 1);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: asking.signal,
    stops: (running) => {
      const stopped = new Promise<void>((resolve, reject) => {
        stop = (hurry) => {
          running.stop(hurry).then(resolve, reject);
        };
        if (asked > 0) stop(asked > 1);
        void running.givenUp.then(async (error) => {
          if (!json) io.err(`${error.server} is given up; stopping everything …`);
          // Where stopping fails too, what began it is what is told.
          await running
            .stop()
            .catch(() => io.err('Not everything could be stopped; the next start clears it away.'));
          reject(error);
        });
      });
      // Whoever is busy with something else asks for it later.
      stopped.catch(() => undefined);
      return stopped;
    },
  };
}
