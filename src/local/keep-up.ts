import { setTimeout as wait } from 'node:timers/promises';
import { LocalServerFailed, PortTaken } from './child-server.ts';
import type { Keeping } from './child-server.ts';
import { elapsed } from './say.ts';
import type { Say } from './say.ts';

/** A server of this machine ended again and again, and is not started any more: nothing works without it. */
export class ServerGivenUp extends Error {
  override readonly name = 'ServerGivenUp';
  readonly server: string;

  constructor(server: string, failures: number, last: string) {
    super(
      `${server} failed ${String(failures)} times in a row, the last time so: ${last}. It is given up, and everything is stopped. Look at what it wrote, at the disk and at the memory of this machine; then start again.`,
    );
    this.server = server;
  }
}

/** How servers that end by themselves are started again. */
export interface KeepUp {
  /** Told once, of a server that is not started any more; everything else still runs. */
  readonly givenUp: (error: ServerGivenUp) => void;
  /** Before each start in milliseconds, the last for all later ones; one failure more in a row than there are ends it. */
  readonly pausesMs?: readonly number[];
}

/** A server as its keeper needs it. */
export interface Upkept {
  readonly pid: number;
  readonly port: number;
  /** Settles with how it ended, in a word or two. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** A server that runs, or is being started again. */
export interface KeptServer {
  /** The process that runs now; null between two. */
  pid(): number | null;
  /** Ends it, or the attempt to start it, and waits until nothing of it is left. */
  stop(): Promise<void>;
}

const PAUSES_MS = [1000, 2000, 5000, 15_000, 60_000];
/** One that lived this long failed for another reason than the one before. */
const LIVED_WELL_MS = 180_000;

class Keeper<S extends Upkept> implements KeptServer {
  private readonly stopping = new AbortController();
  private readonly pauses: readonly number[];
  private server: S | null = null;
  private coming: Promise<void> | null = null;
  private ends = 0;
  private failures = 0;
  private readonly name: string;
  private readonly options: KeepUp & { readonly say: Say };
  private readonly start: (keeping: Keeping) => Promise<S>;

  constructor(
    name: string,
    options: KeepUp & { readonly say: Say },
    start: (keeping: Keeping) => Promise<S>,
  ) {
    this.name = name;
    this.options = options;
    this.start = start;
    this.pauses = options.pausesMs ?? PAUSES_MS;
  }

  pid(): number | null {
    return this.server?.pid ?? null;
  }

  /** The first start: what is wrong with that is for whoever asked for it. */
  async first(): Promise<S> {
    const server = await this.start({ signal: this.stopping.signal, port: null });
    this.keep(server);
    return server;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.coming;
    await this.server?.stop();
  }

  private keep(server: S): void {
    const since = Date.now();
    this.server = server;
    void server.ended.then((how) => {
      if (this.stopping.signal.aborted) return;
      this.server = null;
      this.ends += 1;
      if (Date.now() - since >= LIVED_WELL_MS) this.failures = 0;
      this.failures += 1;
      this.coming = this.again(server.port, `ended (${how})`);
    });
  }

  /** Until it is there again, is given up, or nobody wants it any more. */
  private async again(port: number, first: string): Promise<void> {
    const { signal } = this.stopping;
    const { say, givenUp } = this.options;
    let why = first;
    for (let attempt = this.failures; ; attempt += 1) {
      if (this.failures > this.pauses.length) {
        givenUp(new ServerGivenUp(this.name, this.failures, why));
        return;
      }
      const pause = this.pauses[Math.min(attempt, this.pauses.length) - 1] ?? 0;
      say(`${this.name} ${why}; it is started again in ${elapsed(pause)}${this.often()}`);
      await wait(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.keep(await this.start({ signal, port }));
        return;
      } catch (error) {
        // What fails because it is being stopped is no failure of its own.
        if (signal.aborted) return;
        if (!(error instanceof PortTaken)) this.failures += 1;
        why = whyOf(error);
      }
    }
  }

  private often(): string {
    return this.ends > 1 ? ` (it has ended ${String(this.ends)} times since this start)` : '';
  }
}

function whyOf(error: unknown): string {
  if (error instanceof PortTaken) return error.what;
  if (error instanceof LocalServerFailed) return `${error.what} (its log is ${error.log})`;
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `could not be started again (${line})`;
}

/**
 * Starts a server and keeps it up: when it ends by itself it is started again at the same port, after a pause that grows with each
 * failure in a row. A port that somebody else took meanwhile is waited for. @throws what the first start throws
 */
export async function keepUp<S extends Upkept>(
  name: string,
  options: KeepUp & { readonly say: Say },
  start: (keeping: Keeping) => Promise<S>,
): Promise<KeptServer & { readonly first: S }> {
  const keeper = new Keeper(name, options, start);
  const first = await keeper.first();
  return { first, pid: () => keeper.pid(), stop: () => keeper.stop() };
}
