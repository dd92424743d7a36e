import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/index.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isUntrusted } from '../../src/contracts/untrusted.ts';
import { dataConverterFor, payloadCodecFor, SEALED_ENCODING } from '../../src/directory/codec.ts';
import { boundTo, deriveKey, seal } from '../../src/directory/crypto.ts';
import { keyRing } from '../../src/directory/keys.ts';

const ring = keyRing(Buffer.alloc(32, 1));
const codec = payloadCodecFor(ring, 'org_a');

function payloadOf(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

async function sealed(value: unknown): Promise<Payload> {
  const [payload] = await codec.encode([payloadOf(value)]);
  if (payload === undefined) throw new Error('nothing encoded');
  return payload;
}

async function decoded(payload: Payload, by = codec): Promise<unknown> {
  const [clear] = await by.decode([payload]);
  if (clear === undefined) throw new Error('nothing decoded');
  return defaultPayloadConverter.fromPayload(clear);
}

describe('the payload codec', () => {
  test('every payload comes back whole, metadata included', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 500 }),
        fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.uint8Array({ maxLength: 300 })),
        async (data, metadata) => {
          const encoded = await codec.encode([{ data, metadata }]);
          const [back] = await codec.decode(encoded);
          expect(Buffer.from(back?.data ?? []).equals(Buffer.from(data))).toBe(true);
          expect(Object.keys(back?.metadata ?? {}).sort()).toEqual(Object.keys(metadata).sort());
          for (const [name, value] of Object.entries(metadata)) {
            expect(Buffer.from(back?.metadata?.[name] ?? []).equals(Buffer.from(value))).toBe(true);
          }
        },
      ),
    );
    for (const value of [undefined, null, 0, '', { a: [1, 'ü'] }, new Uint8Array([1, 2])]) {
      expect(await decoded(await sealed(value))).toEqual(value);
    }
    expect(await codec.encode([])).toEqual([]);
  });

  test('nothing of the value can be read from outside, and the growth stays small', async () => {
    const payload = await sealed({ stage: 'canary-value' });
    const bytes = Buffer.concat([...Object.values(payload.metadata ?? {}), payload.data ?? Buffer.alloc(0)]);
    expect(Buffer.from(payload.metadata?.['encoding'] ?? []).toString()).toBe(SEALED_ENCODING);
    expect(bytes.includes('canary')).toBe(false);
    expect(bytes.includes('json/plain')).toBe(false);
    expect(bytes.length - (payloadOf({ stage: 'canary-value' }).data?.length ?? 0)).toBeLessThan(100);
  });

  test('one changed byte anywhere in the sealed data gives the broken mark, never an exception', async () => {
    const payload = await sealed({ ref: 'employment-1', codes: ['P7.1'] });
    const length = payload.data?.length ?? 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const data = Buffer.from(payload.data ?? []);
        data[at] = (data[at] ?? 0) ^ flip;
        expect(await decoded({ ...payload, data })).toEqual({ untrusted: 'broken' });
      }),
    );
    for (const data of [
      null,
      undefined,
      new Uint8Array(),
      Buffer.from(payload.data ?? []).subarray(0, length - 1),
    ]) {
      expect(await decoded({ ...payload, data })).toEqual({ untrusted: 'broken' });
    }
  });

  test('a changed byte in the metadata gives some mark, never the value and never an exception', async () => {
    const payload = await sealed('value');
    for (const name of ['encoding', 'key']) {
      const original = Buffer.from(payload.metadata?.[name] ?? []);
      for (let at = 0; at < original.length; at += 1) {
        const changed = Buffer.from(original);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const value = await decoded({ ...payload, metadata: { ...payload.metadata, [name]: changed } });
        expect(value).toEqual({ untrusted: 'foreign' });
      }
    }
  });

  test('moved to another organization or another installation it is foreign, relabelled it is broken', async () => {
    const payload = await sealed('value');
    const neighbour = payloadCodecFor(ring, 'org_b');
    const stranger = payloadCodecFor(keyRing(Buffer.alloc(32, 2)), 'org_a');
    expect(await decoded(payload, neighbour)).toEqual({ untrusted: 'foreign' });
    expect(await decoded(payload, stranger)).toEqual({ untrusted: 'foreign' });
    const [theirs] = await neighbour.encode([payloadOf('value')]);
    expect(await decoded({ ...payload, metadata: theirs?.metadata ?? {} }, neighbour)).toEqual({
      untrusted: 'broken',
    });
  });

  test('a clear payload is marked, whatever its encoding', async () => {
    expect(await decoded(payloadOf({ type: 'approve' }))).toEqual({ untrusted: 'clear' });
    expect(await decoded(payloadOf(undefined))).toEqual({ untrusted: 'clear' });
    expect(await decoded({})).toEqual({ untrusted: 'clear' });
    expect(await decoded({ metadata: null, data: null })).toEqual({ untrusted: 'clear' });
    expect(await decoded({ metadata: { encoding: Buffer.from('binary/other') } })).toEqual({
      untrusted: 'foreign',
    });
  });

  test('sealed bytes that are not a payload inside are broken too', async () => {
    const payload = await sealed('value');
    const key = deriveKey(ring.master, 'codec/org_a');
    for (const inside of [[], [1], [1, 5, 0, 0, 0, 9, 1], [255]]) {
      const data = seal(key, Buffer.from(inside), boundTo('payload', SEALED_ENCODING, 'org_a'));
      expect(await decoded({ ...payload, data })).toEqual({ untrusted: 'broken' });
    }
  });

  test('only the mark itself counts as untrusted', () => {
    expect(isUntrusted({ untrusted: 'clear' })).toBe(true);
    for (const value of [
      null,
      undefined,
      'clear',
      {},
      { untrusted: 'maybe' },
      { untrusted: 'clear', v: 1 },
    ]) {
      expect(isUntrusted(value)).toBe(false);
    }
  });
});

describe('the data converter', () => {
  test('messages and stacks of failures go where the codec seals them', async () => {
    const loaded = loadDataConverter(dataConverterFor(ring, 'org_a'));
    const failure = loaded.failureConverter.errorToFailure(
      ApplicationFailure.nonRetryable('canary message', 'LedgerBehind'),
      loaded.payloadConverter,
    );
    expect(JSON.stringify({ ...failure, encodedAttributes: null })).not.toContain('canary');
    expect(failure.applicationFailureInfo?.type).toBe('LedgerBehind');
    const attributes = await codec.encode([failure.encodedAttributes ?? {}]);
    expect(Buffer.from(attributes[0]?.data ?? []).includes('canary')).toBe(false);
    const [clear] = await codec.decode(attributes);
    const back = loaded.failureConverter.failureToError(
      { ...failure, ...(clear ? { encodedAttributes: clear } : {}) },
      loaded.payloadConverter,
    );
    expect(back.message).toBe('canary message');
  });
});
