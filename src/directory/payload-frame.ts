import type { Payload } from '@temporalio/common';

import { SealBroken } from './errors.ts';

/*
 * The inside of a sealed payload: number of metadata entries (1 byte), for each the length of its key (1) and of its
 * value (4), key, value; what remains is the data.
 */

/** @returns the whole payload as bytes. */
export function packPayload(payload: Payload): Buffer {
  const entries = Object.entries(payload.metadata ?? {});
  if (entries.length > 255) throw new RangeError('payload_metadata_too_large');
  const parts: Uint8Array[] = [Buffer.from([entries.length])];
  for (const [name, value] of entries) {
    const key = Buffer.from(name, 'utf8');
    const head = Buffer.allocUnsafe(5);
    head.writeUInt8(key.length, 0);
    head.writeUInt32BE(value.length, 1);
    parts.push(head, key, value);
  }
  // An empty payload from inside the workflow's isolate carries a plain empty array: a result of `undefined` does.
  if (payload.data && payload.data.length > 0) parts.push(payload.data);
  return Buffer.concat(parts);
}

/**
 * @returns the payload that {@link packPayload} was given.
 * @throws SealBroken with fault `format` when the bytes end too early.
 */
export function unpackPayload(bytes: Buffer): Payload {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new SealBroken('format');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const metadata: Record<string, Uint8Array> = {};
  for (let left = take(1).readUInt8(0); left > 0; left -= 1) {
    const head = take(5);
    const key = take(head.readUInt8(0)).toString('utf8');
    metadata[key] = take(head.readUInt32BE(1));
  }
  return { metadata, data: take(bytes.length - at) };
}
