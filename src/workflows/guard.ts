import { ApplicationFailure } from '@temporalio/workflow';
import { isUntrusted } from '../contracts/untrusted.ts';

/** The same bound as the contracts'; counted here by hand, since no schema library enters the bundle. */
const MAX_CHARS = 65_536;
const MAX_DEPTH = 32;

function refusal(code: string): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'CommandRefused',
    message: code,
    nonRetryable: true,
    details: [{ code }],
  });
}

/** Walks without recursion: a value that is deep enough would overflow the stack of whatever walks it next. */
function tooDeep(root: object): boolean {
  const open: { readonly value: object; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place.depth > MAX_DEPTH) return true;
    for (const inner of Object.values(place.value) as unknown[])
      if (typeof inner === 'object' && inner !== null) open.push({ value: inner, depth: place.depth + 1 });
  }
  return false;
}

/**
 * Checks type, depth and size of a command, synchronously, before it enters history; everything else is checked by the step.
 * @throws ApplicationFailure `CommandRefused` with the code `untrusted`, `malformed` or `oversized`
 */
export function admit(value: unknown): void {
  if (isUntrusted(value)) throw refusal('untrusted');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal('malformed');
  const { v, decisionId, case: caseId, type, payload } = value as Record<string, unknown>;
  const words = [decisionId, caseId, type].every((one) => typeof one === 'string' && one.length <= 200);
  if (v !== 1 || !words || typeof payload !== 'object' || payload === null) throw refusal('malformed');
  if (tooDeep(value)) throw refusal('malformed');
  if (JSON.stringify(value).length > MAX_CHARS) throw refusal('oversized');
}

/** A start input or step result nobody with the key wrote blocks the case visibly: a plain error, on purpose. */
export function trusted<T>(value: T, what: string): T {
  if (isUntrusted(value)) throw new Error(`untrusted_${what}`);
  return value;
}
