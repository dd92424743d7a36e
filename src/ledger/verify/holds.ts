import { LinkBook, linkOf } from '../../domain/holds.ts';
import type { Held } from '../../domain/kernel/held.ts';
import type { LedgerRow } from '../fold.ts';
import type { FactBook } from './fact-book.ts';
import { Wrong, placeOf } from './verdict.ts';

/** What the holds of a ledger reach at each of its rows; found anew only when a hold or a link of a case has changed. */
export class HoldWatch {
  private readonly links = new LinkBook();
  private readonly facts: FactBook;
  private reached: { readonly of: string; readonly covered: ReadonlySet<string> } = {
    of: '',
    covered: new Set(),
  };

  constructor(facts: FactBook) {
    this.facts = facts;
  }

  /** A case moved. @param held null: it cannot be read any more */
  moved(caseId: string, held: Held | null): void {
    this.links.set(caseId, held === null ? null : linkOf(caseId, held.own));
  }

  /** X29: what a row took away for good lay under no hold when it was written. @throws Wrong */
  check(row: LedgerRow, wanted: string): void {
    const subjects = this.facts.ofKind('legal_hold').map(({ subject }) => subject);
    if (subjects.length === 0) return;
    const of = [this.links.version, ...subjects].join();
    if (this.reached.of !== of)
      this.reached = {
        of,
        covered: new Set(subjects.flatMap((subject) => [...this.links.coveredBy(subject)])),
      };
    if (this.reached.covered.has(wanted)) throw new Wrong(placeOf(row), 'under_hold', wanted);
  }
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
