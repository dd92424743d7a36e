/** Unwrapped data keys, kept for at most a minute so that an erasure elsewhere takes effect. */
export interface DataKeyCache {
  /** @returns the key of that name, loaded when it is not there or too old. */
  get(name: string, load: () => Promise<Buffer>): Promise<Buffer>;
  /** Drops one key at once; a load under way is not kept either. */
  forget(name: string): void;
  /** Drops all keys. */
  clear(): void;
  readonly size: number;
}

const MAX_AGE_MS = 60_000;
const MAX_KEYS = 1_000;

interface Entry {
  readonly key: Buffer;
  readonly until: number;
}

/**
 * @param options.maxAgeMs shorter than a minute if wanted; longer is cut to a minute.
 * @param options.maxKeys the oldest goes when more are held.
 * @param options.now a clock in milliseconds that never runs backwards.
 */
export function createDataKeyCache(
  options: { maxAgeMs?: number; maxKeys?: number; now?: () => number } = {},
): DataKeyCache {
  const maxAge = Math.min(options.maxAgeMs ?? MAX_AGE_MS, MAX_AGE_MS);
  const maxKeys = options.maxKeys ?? MAX_KEYS;
  const now = options.now ?? (() => performance.now());
  const entries = new Map<string, Entry>();
  let epoch = 0;
  return {
    async get(name, load) {
      const held = entries.get(name);
      if (held !== undefined && now() < held.until) return held.key;
      const before = epoch;
      const key = await load();
      // A key forgotten while it was being loaded must not come back for a minute.
      if (before === epoch) {
        entries.delete(name);
        entries.set(name, { key, until: now() + maxAge });
        for (const oldest of entries.keys()) {
          if (entries.size <= maxKeys) break;
          entries.delete(oldest);
        }
      }
      return key;
    },
    forget(name) {
      epoch += 1;
      entries.delete(name);
    },
    clear() {
      epoch += 1;
      entries.clear();
    },
    get size() {
      return entries.size;
    },
  };
}
