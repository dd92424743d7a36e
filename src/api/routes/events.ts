import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { askMoved, headPosition } from '../../client/ask-moved.ts';
import { sessionHolds } from '../../identity/sessions.ts';
import { tokenHolds } from '../../identity/tokens.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const LOOK_MS = 1_000;
/** Proxies close what is silent for a minute; who asked may have been signed out meanwhile. */
const BEAT_MS = 20_000;
/** Whoever was away for longer looks at everything anew. */
const MOST_BEHIND = 2_000;

const eventOf = (name: string, id: number, data: object): string =>
  `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** Looking does not keep a session alive: it ends for idleness under an open page, too. */
async function stillThere({ store }: Desk, guest: Guest): Promise<boolean> {
  if (guest.session !== null) return sessionHolds(store, guest.session.id);
  return guest.token !== undefined && tokenHolds(store, guest.token);
}

/** @param over when whoever listens is gone, or the process stops */
async function* moves(
  desk: Desk,
  guest: Guest,
  since: number | null,
  over: AbortSignal,
): AsyncIterable<string> {
  const { office } = desk;
  const as = personOf(guest);
  const head = await headPosition(office);
  const lost = since !== null && (since > head || head - since > MOST_BEHIND);
  let seen = since === null || lost ? head : since;
  yield `retry: 3000\n${eventOf(lost ? 'reload' : 'here', seen, {})}`;
  for (let beat = Date.now(); !over.aborted;) {
    const position = await headPosition(office);
    if (position > seen) {
      for (const one of await askMoved(office, as, seen, position))
        yield eventOf('moved', one.position, { case: one.case, kind: one.kind });
      seen = position;
    }
    if (Date.now() - beat > BEAT_MS) {
      if (!(await stillThere(desk, guest))) return;
      beat = Date.now();
      yield ': still here\n\n';
    }
    await pause(LOOK_MS, undefined, { signal: over }).catch(() => undefined);
  }
}

/** A page or two of one person each have a stream; a hundred have not. */
const MOST_STREAMS = 8;

interface Ending {
  once(event: 'close', then: () => void): unknown;
}

/**
 * Counts the stream until its page is gone. The generator that feeds it waits and hears of nothing: whoever closes a page or loads
 * it again would be counted up to the next beat.
 * @returns when whoever listens is gone, or the process stops
 */
function counted({ running }: Desk, person: string, answer: Ending): AbortSignal {
  const gone = new AbortController();
  const streams = running?.streams;
  streams?.set(person, (streams.get(person) ?? 0) + 1);
  answer.once('close', () => {
    streams?.set(person, (streams.get(person) ?? 1) - 1);
    gone.abort();
  });
  return running === undefined ? gone.signal : AbortSignal.any([gone.signal, running.stopping]);
}

/** The position a browser saw last; one that is no number begins anew. */
const lastSeen = (header: string | string[] | undefined): number | null =>
  /^\d{1,15}$/.test(String(header ?? '')) ? Number(header) : null;

const stream = route({
  ...{ id: 'streamEvents', method: 'GET', path: '/events', tag: 'today', action: 'read:work' },
  says: 'As server-sent events: something moved in a case you may know of. Goes on after Last-Event-ID; what moved, its pages say.',
  media: 'text/event-stream',
  answer: z.string(),
  handle: async ({ desk, guest, request, reply }) => {
    // A connection that stayed open after its stream would keep a stopping process waiting.
    void reply.header('x-accel-buffering', 'no').header('connection', 'close');
    const person = personOf(guest);
    if ((desk.running?.streams.get(person) ?? 0) >= MOST_STREAMS)
      throw problemOf(429, 'too_many', 'Close a page of yours, then this one is live again.', {
        retryAfter: 30,
      });
    const since = lastSeen(request.headers['last-event-id']);
    const over = counted(desk, person, reply.raw);
    return moves(desk, guest, since, over) as unknown as string;
  },
});

/** What happens, as it happens. */
export const eventRoutes = [stream];
