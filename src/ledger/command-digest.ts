import { createHash } from 'node:crypto';
import type { Envelope } from '../contracts/envelope.ts';
import { canonical } from '../domain/kernel/digest.ts';

/** @returns the digest of what a command asks: the same content, the same digest, whoever carried it. */
export function digestOf(envelope: Envelope): string {
  const { case: caseId, type, actor, onBehalfOf, about, acknowledge, payload } = envelope;
  const text = canonical({ case: caseId, type, actor, onBehalfOf, about, acknowledge, payload });
  return createHash('sha256').update(text).digest('hex');
}
