import { createHash } from 'node:crypto';
import type { LedgerRow } from '../fold.ts';

/** A row with its two links of the chain, as hex; `prev` of the first row is empty. */
export interface ChainRow extends LedgerRow {
  readonly prev: string;
  readonly hash: string;
}

const LABEL = 'peer-hire/row/1,';

/** A field as a netstring, so that no two lists of fields can look alike. */
const framed = (value: string | number): string => {
  const text = String(value);
  return `${Buffer.byteLength(text, 'utf8')}:${text},`;
};

/** @returns the hash of a row after `prev`, 64 hex digits: what the database's `row_hash` computes. */
export function rowHash(prev: string, row: LedgerRow): string {
  const fields = [
    ...[prev, row.org, row.position, row.case_id, row.sequence, row.kind, row.at, row.actor, row.how],
    ...[row.capacity, row.on_behalf_of, row.decision_id, row.decision_index, row.asked_at, row.supersedes],
    ...[row.visibility, row.retention, row.facts, row.terms, row.texts, row.body],
  ];
  return createHash('sha256')
    .update(LABEL + fields.map(framed).join(''), 'utf8')
    .digest('hex');
}
