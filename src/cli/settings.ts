import type { Env } from '../local/home.ts';
import { freePort, isFree } from '../local/ports.ts';
import { EXIT, Stop } from './exit.ts';

/** Where mails go when they are really sent. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
}

const LAST_PORT = 65_535;
const SMTP_PORT = 25;

const wrong = (message: string): Stop => new Stop(EXIT.usage, 'setting_invalid', message);

function portIn(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= LAST_PORT ? port : null;
}

/** `PEER_HIRE_SMTP`, host or host:port; null where nobody set it. @throws Stop (usage) */
export function mailServerIn(env: Env): MailServer | null {
  const said = env['PEER_HIRE_SMTP'] ?? '';
  if (said === '') return null;
  const [, host, text = String(SMTP_PORT)] =
    /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(?::(.*))?$/.exec(said) ?? [];
  const port = portIn(text);
  if (host === undefined || port === null)
    throw wrong('PEER_HIRE_SMTP takes the mail server as host or host:port, e.g. mail.example.org:587.');
  return { host, port };
}

/** `PEER_HIRE_PORT`, where the pages listen; null where nobody set it. @throws Stop (usage) */
export function portSetting(env: Env): number | null {
  const said = env['PEER_HIRE_PORT'] ?? '';
  if (said === '') return null;
  const port = portIn(said);
  if (port === null) throw wrong(`PEER_HIRE_PORT takes a port from 1 to ${LAST_PORT}, e.g. 8080.`);
  return port;
}

/** `PEER_HIRE_ORIGIN`, what people type to reach the pages; null where nobody set it. @throws Stop (usage) */
export function originSetting(env: Env): string | null {
  const said = env['PEER_HIRE_ORIGIN'] ?? '';
  if (said === '') return null;
  const url = URL.canParse(said) ? new URL(said) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw wrong(
      'PEER_HIRE_ORIGIN takes the address that people type, with http or https, e.g. https://hire.example.org.',
    );
  return url.origin;
}

/** Before anything is started: a mistyped setting must not cost a start. @throws Stop (usage) */
export function checkSettings(env: Env): void {
  mailServerIn(env);
  portSetting(env);
  originSetting(env);
}

/**
 * The port of the pages: the one that is set, else the one of the last start, else a free one.
 * @throws Stop (port_taken) where another program has the one that is set
 */
export async function pagesPort(env: Env, before: number | undefined): Promise<number> {
  const port = portSetting(env);
  if (port === null) return freePort(before);
  if (await isFree(port)) return port;
  throw new Stop(
    EXIT.refused,
    'port_taken',
    `Another program listens at port ${port}. Stop it, or set PEER_HIRE_PORT to another port.`,
  );
}
