/** Somebody asked to stop before a start was through; everything begun was undone. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly code = 'interrupted';

  constructor() {
    super('Stopped before everything was up; nothing was left running.');
  }
}

/**
 * Does `work` unless the signal comes first: then `undo` is done and waited for, and what `work` still comes to is
 * nobody's concern any more. Throws `Interrupted`, or what `undo` throws.
 */
export async function unlessInterrupted<T>(
  signal: AbortSignal | undefined,
  undo: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return work();
  let onAbort = (): void => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    onAbort = () => {
      undo().then(() => {
        reject(new Interrupted());
      }, reject);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  interrupted.catch(() => undefined);
  const working = signal.aborted ? interrupted : work();
  try {
    const done = await Promise.race([working, interrupted]);
    return signal.aborted ? await interrupted : done;
  } catch (error) {
    // What fails because things are being taken down is no news; the undoing is.
    if (signal.aborted) return await interrupted;
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
