import { Worker } from 'node:worker_threads';
import type { Finding, Surface, guardsEdition } from '../guards/index.ts';
import { GuardsModelBroken } from '../guards/model-file.ts';
import type { ThreadAnswer, ThreadAsks, ThreadBegins } from '../guards/thread-main.ts';
import { packIn } from './guard-load.ts';
import type { Reading } from './guard-load.ts';
import type { Guard } from './guard-texts.ts';

type Edition = ReturnType<typeof guardsEdition>;
type Ask = readonly [surface: Surface, text: string];

interface Waiting {
  readonly found: (found: readonly (readonly Finding[])[]) => void;
  readonly failed: (error: Error) => void;
}

/** A thread that is up, and what it was asked. */
interface Thread {
  readonly worker: Worker;
  readonly edition: Promise<Edition>;
  readonly open: Map<number, Waiting>;
}

/** @param program the built file of the thread @param over called once it is over, however it ended */
function begun(program: URL, over: () => void): Thread {
  const worker = new Worker(program);
  const open = new Map<number, Waiting>();
  // It keeps no process alive that has nothing else to do.
  worker.unref();
  const edition = new Promise<Edition>((resolve, reject) => {
    worker.once('message', (first: ThreadBegins) => {
      if (first.model === null) {
        reject(new GuardsModelBroken());
        // So that the next text finds a model that was mended meanwhile.
        void worker.terminate();
        return;
      }
      resolve(first);
      worker.on('message', (answer: ThreadAnswer) => {
        const waiting = open.get(answer.id);
        open.delete(answer.id);
        if ('found' in answer) waiting?.found(answer.found);
        else waiting?.failed(new Error(`the guards failed: ${answer.failed}`));
      });
    });
    const ended = (): void => {
      over();
      const error = new Error('the thread of the guards ended');
      reject(error);
      for (const waiting of open.values()) waiting.failed(error);
      open.clear();
    };
    worker.once('error', ended);
    worker.once('exit', ended);
  });
  return { worker, edition, open };
}

const keyOf = ([surface, text]: Ask): string => `${surface}\n${text}`;

/** Runs `work` on what is known; what it asks about beside that is noted. */
function tried<T>(work: (guard: Guard) => T, known: ReadonlyMap<string, readonly Finding[]>, of: Edition) {
  const unknown = new Map<string, Ask>();
  const findingsOf = (surface: Surface, text: string): readonly Finding[] => {
    const found = known.get(keyOf([surface, text]));
    if (found === undefined) unknown.set(keyOf([surface, text]), [surface, text]);
    return found ?? [];
  };
  return { result: work({ findingsOf, packOf: (surface) => packIn(of, surface) }), unknown };
}

/** Texts of more letters take their own way, so that a line somebody is typing never waits behind them. */
const LONG = 1_500;

/** A thread that is begun with the first text, and anew with the next one after it ended. */
function lane(program: URL) {
  let thread: Thread | null = null;
  let last = 0;
  const up = (): Thread => (thread ??= begun(program, () => (thread = null)));
  return {
    edition: (): Promise<Edition> => up().edition,
    async ask(asks: readonly Ask[]): Promise<readonly (readonly Finding[])[]> {
      if (asks.length === 0) return [];
      const { worker, open, edition } = up();
      await edition;
      return await new Promise((found, failed) => {
        last += 1;
        open.set(last, { found, failed });
        worker.postMessage({ id: last, asks } satisfies ThreadAsks, []);
      });
    },
  };
}

/**
 * Reads texts in threads of their own, one for lines and one for long texts, so that a long text of one person keeps nobody
 * else waiting. The work runs here: once to see which texts it asks about, then with what the threads found. A thread that
 * ended is begun anew with the next text.
 */
export function threadedReading(program: URL): Reading {
  const lines = lane(program);
  const texts = lane(program);
  return async (work) => {
    const edition = await lines.edition();
    const known = new Map<string, readonly Finding[]>();
    const learn = async (way: typeof lines, asks: readonly Ask[]): Promise<void> => {
      const found = await way.ask(asks);
      asks.forEach((one, n) => known.set(keyOf(one), found[n] ?? []));
    };
    for (;;) {
      const { result, unknown } = tried(work, known, edition);
      if (unknown.size === 0) return result;
      const asks = [...unknown.values()];
      await Promise.all([
        learn(
          lines,
          asks.filter(([, text]) => text.length <= LONG),
        ),
        learn(
          texts,
          asks.filter(([, text]) => text.length > LONG),
        ),
      ]);
    }
  };
}
