import { randomUUID } from 'node:crypto';
import type { Visibility } from '../domain/kernel/words.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { Reader, ReadingOffice } from './ask-reader.ts';

/** What one query showed: which question, about what, and the strictest classes in it. */
export interface Shown {
  readonly what: string;
  readonly refs: readonly string[];
  readonly classes: readonly Visibility[];
}

/**
 * Reading of selection or confidential matters is itself an entry of the ledger, which the person concerned can ask
 * for (domain 5.2): one row a query, listing refs. What is open or daily work leaves no row.
 */
export async function recordReading(office: ReadingOffice, reader: Reader, shown: Shown): Promise<void> {
  const classes = [...new Set(shown.classes)].filter((one) => one === 'C2' || one === 'C3').toSorted();
  if (reader.as === 'installation' || classes.length === 0) return;
  const body = { what: shown.what, refs: [...new Set(shown.refs)].toSorted(), classes };
  const act = {
    decisionId: `read_${randomUUID()}`,
    actor: reader.as,
    how: office.how ?? 'asserted_local',
    capacity: '',
    events: [{ stream: 'access' as const, kind: 'read', body }],
  };
  await houseAppend(office.pool, office.org, act, async () => undefined);
}
