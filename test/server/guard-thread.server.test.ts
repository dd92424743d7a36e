import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadGuard } from '../../src/client/guard-load.ts';
import { threadedReading } from '../../src/client/guard-thread.ts';
import type { Guard } from '../../src/client/guard-texts.ts';

/** The guards in a thread of their own: the same findings, and nobody else waits for them. */

const program = new URL('../../dist/guards/thread-main.js', import.meta.url);
const reading = threadedReading(program);
const lines = [
  'The person must tell their story to everybody they meet.',
  'Listens to people and walks with them to the next step.',
  'Other duties as assigned.',
];
const long = Array.from({ length: 200 }, (_, n) => `${lines[n % 3] ?? ''} Line ${n}.`).join(' ');
const read = (guard: Guard) => ({
  pack: guard.packOf('duty'),
  found: lines.map((line) => guard.findingsOf('duty', line)),
});

let here: Guard;
beforeAll(async () => {
  // `npm test` builds before it runs; a single file is run after `npm run build`.
  expect(existsSync(program)).toBe(true);
  here = await loadGuard();
  await reading((guard) => guard.findingsOf('duty', 'warm'));
});

describe('guards in a thread', () => {
  it('find what they find in this process, with the same pack', async () => {
    expect(await reading(read)).toEqual(read(here));
  });

  it('are asked again about what follows from a first finding', async () => {
    const twice = (guard: Guard) =>
      guard.findingsOf('duty', lines[0] ?? '').flatMap(({ instead }) => guard.findingsOf('duty', instead));
    expect(await reading(twice)).toEqual(twice(here));
  });

  it('keep nobody else waiting while a long text is read', async () => {
    const began = performance.now();
    let last = began;
    let longest = 0;
    const ticks = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    await reading((guard) =>
      Array.from({ length: 6 }, (_, n) => guard.findingsOf('posting', `${long} ${n}`)),
    );
    clearInterval(ticks);
    const took = performance.now() - began;
    // Read in this process, nothing else would have its turn until the end of each text.
    expect(longest).toBeLessThan(Math.max(100, took / 3));
  });

  it('read a line while a long text of somebody else is still being read', async () => {
    const done: string[] = [];
    const asked = [
      reading((guard) => guard.findingsOf('posting', `${long} first`)).then(() => done.push('text')),
      reading((guard) => guard.findingsOf('posting', 'A line of its own.')).then(() => done.push('line')),
    ];
    await Promise.all(asked);
    expect(done).toEqual(['line', 'text']);
  });

  it('a thread that ends fails what was asked, and the next text gets a new one', async () => {
    const broken = threadedReading(new URL('data:text/javascript,process.exit(3)'));
    await expect(broken((guard) => guard.findingsOf('duty', 'a text'))).rejects.toThrow('ended');
    await expect(broken((guard) => guard.findingsOf('duty', 'a text'))).rejects.toThrow('ended');
  });
});
