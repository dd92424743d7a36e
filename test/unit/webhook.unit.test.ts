import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressOf, isPublic, signed, tell } from '../../src/notify/webhook.ts';

const open = { hosts: ['hooks.example.org', 'localhost:8080', '10.0.0.5'], loopbackOnly: false };

describe('where messages to programs go', () => {
  it.each([
    ['https://hooks.example.org/in', null],
    ['http://hooks.example.org/in', 'not_https'],
    ['https://hooks.example.org:8443/in', 'not_listed'],
    ['https://hooks.example.org.evil.example/', 'not_listed'],
    ['https://user:pass@hooks.example.org/', 'not_an_address'],
    ['https://hooks.example.org@evil.example/', 'not_an_address'],
    ['file:///etc/passwd', 'not_https'],
    ['gopher://hooks.example.org/', 'not_https'],
    ['no address', 'not_an_address'],
    ['https://HOOKS.example.org/in', null],
  ] as const)('%s', (url, code) => {
    const take = () => addressOf(url, open);
    if (code === null) expect(take().protocol).toBe('https:');
    else expect(take).toThrow(expect.objectContaining({ code }) as Error);
  });

  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
    ],
    ...[
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '198.18.0.1',
      '::',
      '::1',
      'fe80::1',
      'fd00::1',
      'ff02::1',
    ],
    ...['::7f00:1', 'fec0::1', '192.88.99.1', '5f00::1', '3fff::1', '64:ff9b::a00:1', '4000::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', 'not an address'],
  ])('%s is inside a network of its own', (address) => expect(isPublic(address)).toBe(false));

  it.each(['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '::ffff:93.184.216.34'])(
    '%s is on the open internet',
    (address) => expect(isPublic(address)).toBe(true),
  );

  it('a listed host that lies inside is not reached, whatever its name says', async () => {
    const message = { id: 'whk_1:5', at: 1_750_000_000, body: '{}' };
    for (const url of ['https://localhost:8080/', 'https://10.0.0.5/'])
      await expect(tell(url, message, 'a secret', open)).rejects.toMatchObject({ code: 'not_public' });
  });

  it('is signed over id, time and body: with any of them changed the signature is another', () => {
    const message = { id: 'whk_1:5', at: 1_750_000_000, body: '{"moved":[]}' };
    const of = (one: typeof message, secret = 'a secret') => signed(one, secret)['webhook-signature'];
    const whole = of(message);
    expect(whole).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    const others = [
      of({ ...message, id: 'whk_1:6' }),
      of({ ...message, at: message.at + 1 }),
      of({ ...message, body: '{}' }),
      of(message, 'another'),
    ];
    expect(others).not.toContain(whole);
  });

  it('a receiver that says its status letter by letter, or talks without end, keeps nobody', async () => {
    const drips = new Set<NodeJS.Timeout>();
    const receiver = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        const slow = data.toString('latin1').startsWith('POST /slow');
        const say = slow ? 'x-drip: 1\r\n' : 'more '.repeat(1_000);
        socket.write(slow ? 'HTTP/1.1 200 OK\r\n' : 'HTTP/1.1 204 OK\r\ntransfer-encoding: identity\r\n\r\n');
        drips.add(setInterval(() => socket.writable && socket.write(say), 200));
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const here = { hosts: [host], loopbackOnly: true };
    const message = { id: 'whk_1:5', at: 1_750_000_000, body: '{}' };
    try {
      const began = performance.now();
      expect(await tell(`http://${host}/endless`, message, 'a secret', here)).toBe(204);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(await tell(`http://${host}/slow`, message, 'a secret', here)).toBe(0);
      expect(performance.now() - began).toBeLessThan(14_000);
      const left = () => new Promise<number>((resolve) => receiver.getConnections((_, n) => resolve(n)));
      await expect.poll(left).toBe(0);
    } finally {
      for (const one of drips) clearInterval(one);
      receiver.close();
    }
  }, 20_000);
});
