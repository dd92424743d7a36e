import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** Where a message goes: to hosts that the installation lists, and to nothing inside the house by way of them. */
export interface Outbound {
  /** `host` or `host:port`, as an operator lists them. Nothing is sent anywhere else. */
  readonly hosts: readonly string[];
  /** A sandbox reaches this machine only, and nothing else does. */
  readonly loopbackOnly: boolean;
}

/** An address that nothing is sent to. Carries a code, never the address. */
export class AddressRefused extends Error {
  readonly code: 'not_listed' | 'not_https' | 'not_public' | 'not_an_address';
  constructor(code: AddressRefused['code']) {
    const texts = {
      not_listed: 'This host is not on the list of hosts that this installation tells.',
      not_https: 'Messages go out over https only.',
      not_public: 'This host lies inside a network of its own: nothing is sent there.',
      not_an_address: 'This is no address of a web service.',
    } as const;
    super(texts[code]);
    this.name = 'AddressRefused';
    this.code = code;
  }
}

/** Of IPv6 only this part is given out at all (RFC 4291): everything outside it is somebody's own, or not in use. */
const GIVEN_OUT: readonly [string, number] = ['2000::', 3];

/** Networks that are nobody's on the internet (RFC 6890): this machine, private ones, link-local, shared, reserved. */
function inner(): BlockList {
  const list = new BlockList();
  const four: readonly (readonly [string, number])[] = [
    ...([
      ['0.0.0.0', 8],
      ['10.0.0.0', 8],
      ['100.64.0.0', 10],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
    ] as const),
    ...([
      ['172.16.0.0', 12],
      ['192.0.0.0', 24],
      ['192.0.2.0', 24],
      ['192.88.99.0', 24],
      ['192.168.0.0', 16],
    ] as const),
    ...([
      ['198.18.0.0', 15],
      ['198.51.100.0', 24],
      ['203.0.113.0', 24],
      ['224.0.0.0', 3],
    ] as const),
  ];
  for (const [net, bits] of four) list.addSubnet(net, bits, 'ipv4');
  const six: readonly (readonly [string, number])[] = [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
  ];
  for (const [net, bits] of six) list.addSubnet(net, bits, 'ipv6');
  return list;
}
const innerNets = inner();
const givenOut = new BlockList();
givenOut.addSubnet(...GIVEN_OUT, 'ipv6');

/** @returns true for an address that lies on the open internet */
export function isPublic(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublic(mapped);
  if (/^::ffff:/i.test(address)) return false;
  const family = isIP(address);
  if (family === 4) return !innerNets.check(address, 'ipv4');
  return family === 6 && givenOut.check(address, 'ipv6') && !innerNets.check(address, 'ipv6');
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** The address of a receiver, if it may be one. @throws AddressRefused */
export function addressOf(url: string, { hosts, loopbackOnly }: Outbound): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.username !== '' || parsed.password !== '' || parsed.hash !== '')
    throw new AddressRefused('not_an_address');
  if (parsed.protocol !== 'https:' && !(loopbackOnly && parsed.protocol === 'http:'))
    throw new AddressRefused('not_https');
  if (!hosts.includes(parsed.host)) throw new AddressRefused('not_listed');
  return parsed;
}

/** The machine behind a host, looked up once: what was judged is what is connected to. @throws AddressRefused */
async function machineOf(url: URL, { loopbackOnly }: Outbound): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(host, { all: true });
  const fits = (address: string): boolean => (loopbackOnly ? isLoopback(address) : isPublic(address));
  const [first] = found;
  if (first === undefined || !found.every(({ address }) => fits(address)))
    throw new AddressRefused('not_public');
  return first;
}

/** What is signed and sent: its id is the same when it is sent again. */
export interface HookMessage {
  readonly id: string;
  /** Seconds since 1970: a receiver refuses what is old. */
  readonly at: number;
  readonly body: string;
}

/** @returns the headers that say whose it is: HMAC-SHA256 over id, time and body */
export function signed({ id, at, body }: HookMessage, secret: string): Readonly<Record<string, string>> {
  const mac = createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${mac}` };
}

/** From the first look-up to the status, however slowly a receiver says it. */
const ANSWER_MS = 10_000;

/**
 * Sends one message. Follows no redirect, and reads nothing of the answer but its status.
 * @returns the status; 0 when nobody answered in ten seconds. @throws AddressRefused
 */
export async function tell(
  url: string,
  message: HookMessage,
  secret: string,
  outbound: Outbound,
): Promise<number> {
  const target = addressOf(url, outbound);
  const signal = AbortSignal.timeout(ANSWER_MS);
  const late = once(signal, 'abort').then(() => null);
  const found = machineOf(target, outbound).catch((error: Error) => {
    if (error instanceof AddressRefused) throw error;
    return null;
  });
  const machine = await Promise.race([found, late]);
  if (machine === null) return 0;
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    ...signed(message, secret),
    ...{ 'content-type': 'application/json', 'user-agent': 'peer-hire' },
    'content-length': String(Buffer.byteLength(message.body)),
  };
  return new Promise((resolve) => {
    const call = request(
      target,
      {
        ...{ method: 'POST', headers, signal, agent: false },
        lookup: (_host, options, done) => {
          if (typeof options === 'object' && options.all === true) done(null, [machine]);
          else done(null, machine.address, machine.family);
        },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    call.on('error', () => resolve(0));
    call.end(message.body);
  });
}
