import { fileURLToPath } from 'node:url';

import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';

import type { UntrustedReason } from '../contracts/untrusted.ts';
import { boundTo, deriveKey, open, seal } from './crypto.ts';
import type { KeyRing } from './keys.ts';
import { packPayload, unpackPayload } from './payload-frame.ts';

/** The `encoding` of a sealed payload; the number is the format. */
export const SEALED_ENCODING = 'binary/peer-hire-1';

/** Encodings anybody can write without a key. */
const CLEAR_ENCODINGS: ReadonlySet<string> = new Set([
  '',
  'binary/null',
  'binary/plain',
  'binary/protobuf',
  'json/plain',
  'json/protobuf',
]);

const ENCODING_BYTES = Buffer.from(SEALED_ENCODING, 'utf8');
const KEY_ID_BYTES = 4;

/**
 * Seals every payload of an organization as a whole, metadata included. The second wall: payloads hold refs and codes
 * only, and a sender without the key cannot produce one (architecture, names that leave the house).
 *
 * Decoding never throws: whoever reaches the server could otherwise wedge a case with one clear payload. What cannot
 * be vouched for becomes `{"untrusted": "clear" | "foreign" | "broken"}`; see `isUntrusted`.
 */
export function payloadCodecFor(keys: KeyRing, org: string): PayloadCodec {
  const key = deriveKey(keys.master, `codec/${org}`);
  const keyId = Buffer.from(deriveKey(key, 'id').subarray(0, KEY_ID_BYTES).toString('hex'), 'latin1');
  const aad = boundTo('payload', SEALED_ENCODING, org);

  const sealOne = (payload: Payload): Payload => ({
    metadata: { encoding: ENCODING_BYTES, key: keyId },
    data: seal(key, packPayload(payload), aad),
  });

  const openOne = (payload: Payload): Payload => {
    const encoding = textOf(payload.metadata?.['encoding']);
    if (encoding !== SEALED_ENCODING) return marked(CLEAR_ENCODINGS.has(encoding) ? 'clear' : 'foreign');
    if (textOf(payload.metadata?.['key']) !== keyId.toString('latin1')) return marked('foreign');
    try {
      return unpackPayload(open(key, bytesOf(payload.data), aad));
    } catch {
      return marked('broken');
    }
  };

  return {
    encode: (payloads) => settle(() => payloads.map(sealOne)),
    decode: (payloads) => settle(() => payloads.map(openOne)),
  };
}

/**
 * The data converter of workers and clients of one organization: payloads sealed, and the messages and stacks of
 * failures among them. Give `failureConverterPath` to the workflow bundler too.
 */
export function dataConverterFor(
  keys: KeyRing,
  org: string,
): DataConverter & { payloadCodecs: PayloadCodec[]; failureConverterPath: string } {
  return { payloadCodecs: [payloadCodecFor(keys, org)], failureConverterPath: FAILURE_CONVERTER_PATH };
}

/** Absolute path of the failure converter: `.ts` when run from the sources, `.js` when built. */
export const FAILURE_CONVERTER_PATH: string = fileURLToPath(
  new URL(`./failure-converter${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

function marked(reason: UntrustedReason): Payload {
  return {
    metadata: { encoding: Buffer.from('json/plain', 'utf8') },
    data: Buffer.from(JSON.stringify({ untrusted: reason }), 'utf8'),
  };
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return bytes ? bytesOf(bytes).toString('utf8') : '';
}

function bytesOf(bytes: Uint8Array | null | undefined): Buffer {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.alloc(0);
}

function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
