import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const lasting: ReadonlySet<unknown> = new Set([
  'form',
  'draft',
  'foreseen',
  'guard',
  'openers',
  'me',
  'text',
  'subjects',
  'sites',
]);

/** Answers that change when cases move; a form that is being filled in does not. */
export const isOfCases = ({ queryKey: [key] }: { readonly queryKey: readonly unknown[] }): boolean =>
  !lasting.has(key);

const GATHER_MS = 400;
/** A line that was refused, or that ended, is tried again after this long; until then pages ask when they are opened. */
const AGAIN_MS = 30_000;

/** Opens the line of events, and again after it was closed. @returns what ends it for good */
function follow(onMove: () => void): () => void {
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    const made = new EventSource('/api/events');
    source = made;
    for (const name of ['moved', 'reload']) made.addEventListener(name, onMove);
    made.addEventListener('error', () => {
      // While it only waits to connect again, the browser does that itself.
      if (made.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(again);
    source?.close();
  };
}

const SHARED = 'peer-hire-live';

/**
 * One line for all pages of a browser: it holds few connections to one house, and each page with a line of its own would
 * leave none for asking. Whichever page has the lock has the line, and tells the others.
 * @returns what ends it for this page
 */
function shared(onMove: () => void): () => void {
  // Only pages that came over a safe way have locks.
  if (!('locks' in navigator)) return follow(onMove);
  const channel = new BroadcastChannel(SHARED);
  channel.addEventListener('message', onMove);
  const tellOthers = channel.postMessage.bind(channel);
  const ended = new AbortController();
  const begun = Date.now();
  const lead = (): Promise<void> =>
    new Promise((resolve) => {
      // The lock may have been given in the same moment in which this page was left.
      if (ended.signal.aborted) return resolve();
      // Between the line of the page that was closed and this one something may have moved.
      if (Date.now() - begun > GATHER_MS) onMove();
      const end = follow(() => {
        onMove();
        tellOthers(null);
      });
      ended.signal.addEventListener('abort', () => {
        end();
        resolve();
      });
    });
  navigator.locks.request(SHARED, { signal: ended.signal }, lead).catch(() => undefined);
  return () => {
    ended.abort();
    channel.close();
  };
}

/** What moves in cases one may know of reaches the page at once. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = shared(() => {
      clearTimeout(timer);
      // A step writes several rows: one look for all of them.
      timer = setTimeout(() => void client.invalidateQueries({ predicate: isOfCases }), GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [client]);
}
