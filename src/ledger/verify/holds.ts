import { coveredBy, linkOf } from '../../domain/holds.ts';
import type { LedgerRow } from '../fold.ts';
import type { FactBook } from './fact-book.ts';
import type { Folded } from './scene.ts';
import { Wrong, placeOf } from './verdict.ts';

/** X29: what a row took away for good lay under no hold when it was written. @throws Wrong */
export function notUnderHold(
  row: LedgerRow,
  facts: FactBook,
  cases: ReadonlyMap<string, Folded>,
  wanted: string,
): void {
  const holds = facts.all().filter((one) => one.kind === 'legal_hold');
  if (holds.length === 0) return;
  const links = [...cases].flatMap(([id, { held }]) => (held === null ? [] : (linkOf(id, held.own) ?? [])));
  for (const { subject } of holds)
    if (coveredBy(subject, links).has(wanted)) throw new Wrong(placeOf(row), 'under_hold', wanted);
}

/** What an event took away for good: whose, or of which case; null for any other. */
export function takenAway(
  caseId: string,
  event: { readonly kind: string; readonly body: object },
): string | null {
  const said = event.body as Readonly<Record<string, unknown>>;
  switch (event.kind) {
    case 'erased':
      return String(said['person']);
    case 'purged':
      return String(said['case']);
    case 'redaction_settled':
      return said['outcome'] === 'deleted' ? caseId : null;
    case 'request_answered':
      return said['answer'] === 'done' ? caseId : null;
    default:
      return null;
  }
}
