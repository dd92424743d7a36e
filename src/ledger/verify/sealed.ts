import { canonical, opaque } from '../../domain/kernel/digest.ts';
import type { Fact } from '../../domain/kernel/facts.ts';
import type { AnyDecider } from '../../domain/kernel/held.ts';
import { SEALED } from '../fold.ts';
import type { VaultBody } from '../fold.ts';
import { decisionToken } from './chain.ts';
import type { ChainRow } from './row-hash.ts';
import { Wrong, placeOf } from './verdict.ts';

/** What a confidential row says to everybody. */
export interface SealedBody {
  readonly ref: string;
  readonly digest: string;
  readonly outcomes: readonly Fact[];
  /** It lies aside: what decides, is owed or published in the case does not know of it. */
  readonly aside?: true;
}

const fits = (value: unknown): value is string => typeof value === 'string';

const isFact = (one: Partial<Fact> | null): boolean =>
  fits(one?.kind) && fits(one?.subject) && fits(one?.value) && Object.keys(one ?? {}).length === 3;

/** @returns what a confidential row says in clear. @throws Wrong when it says more, less, or something else */
export function sealedBody(row: ChainRow, decider: AnyDecider): SealedBody {
  const place = placeOf(row);
  const body = parsed(row);
  const { ref, digest, outcomes } = body;
  const right =
    ['digest,outcomes,ref', 'aside,digest,outcomes,ref'].includes(Object.keys(body).toSorted().join()) &&
    (body['aside'] === undefined || (body['aside'] === true && decider.aside !== undefined)) &&
    ref === `vlt_${opaque(`${row.case_id}|${row.sequence}`)}` &&
    fits(digest) &&
    /^[0-9a-f]{64}$/.test(digest) &&
    Array.isArray(outcomes) &&
    outcomes.every(isFact) &&
    JSON.stringify(body) === row.body;
  if (!right) throw new Wrong(place, 'sealed_wrong', 'ref, digest and outcomes');
  const bare =
    row.capacity === '' &&
    row.facts === '[]' &&
    row.supersedes === '' &&
    row.texts === '[]' &&
    row.decision_id.startsWith('sealed:');
  if (!bare) throw new Wrong(place, 'sealed_wrong', 'a confidential row says only what it published');
  const classes = Object.values(decider.classes).filter(([visibility]) => visibility === 'C3');
  if (row.visibility !== 'C3' || !classes.some(([, retention]) => retention === row.retention))
    throw new Wrong(place, 'class_wrong', `${row.visibility} ${row.retention}`);
  return body as unknown as SealedBody;
}

function parsed(row: ChainRow): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(row.body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new Wrong(placeOf(row), 'sealed_wrong', 'the body is no object');
}

/** What was opened belongs to this row, and lies aside if the row says so. @throws Wrong */
export function checkOpened(row: ChainRow, body: SealedBody, opened: VaultBody, decider: AnyDecider): void {
  if ((body.aside === true) !== (decider.aside?.includes(opened.kind) === true))
    throw new Wrong(placeOf(row), 'sealed_wrong', 'what lies aside is not what the row says');
  if (row.kind !== SEALED || decisionToken(opened.decisionId) !== row.decision_id)
    throw new Wrong(placeOf(row), 'sealed_wrong', 'another decision lies in the vault');
}

/** What a confidential row published is what its case publishes. @throws Wrong */
export function checkOutcomes(row: ChainRow, body: SealedBody, published: readonly Fact[]): void {
  const order = (facts: readonly Fact[]): string =>
    canonical(facts.map(({ kind, subject, value }) => `${kind}|${subject}|${value}`).toSorted());
  if (order(body.outcomes) !== order(published))
    throw new Wrong(placeOf(row), 'outcome_wrong', 'not what the case publishes after this row');
}
