import type { EventLog } from '../activities/ports.ts';
import { tellWebhooks } from '../client/webhooks.ts';
import { tell } from '../notify/webhook.ts';
import type { Outbound } from '../notify/webhook.ts';
import type { Desk } from './desk.ts';

const LOOK_MS = 5_000;

/** Hosts that an operator lets this installation tell, e.g. `hooks.example.org, hooks.example.net:8443`; none when left out. */
export function outboundOf(env: NodeJS.ProcessEnv, sandbox: boolean): Outbound {
  const hosts = (env['PEER_HIRE_WEBHOOK_HOSTS'] ?? '').split(',').map((host) => host.trim().toLowerCase());
  return { hosts: hosts.filter((host) => host !== ''), loopbackOnly: sandbox };
}

/**
 * Tells programs what moved, a few seconds after it did, for as long as this process lives. Several processes share it.
 * @returns what ends it, once the message under way is through
 */
export function keepTelling(desk: Desk, log: EventLog): () => Promise<void> {
  const { outbound, office } = desk;
  if (outbound === undefined || outbound.hosts.length === 0) return async () => undefined;
  const ending = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      // Whoever takes messages fast gets the next at once.
      while (!ending.signal.aborted && (await tellWebhooks(office, (...one) => tell(...one, outbound))) > 0);
    } catch (error) {
      log.warn('webhooks_failed', { code: (error as Error).name });
    }
  };
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    turn = once().finally(() => {
      busy = false;
    });
  }, LOOK_MS);
  return async () => {
    ending.abort();
    clearInterval(timer);
    await turn;
  };
}
