import { kindOf } from '../../src/domain/kernel/words.ts';
import { misshapen } from '../../src/ledger/verify/shapes/index.ts';

/** A row as it is drafted or kept: what its body says as the ledger writes it. */
export interface Said {
  readonly kind: string;
  readonly body: object;
}

/** Every body of a case's rows is one that a proof takes: a rule that writes another would be found out by its own ledger. */
export function bodiesFit(caseId: string, rows: readonly Said[]): void {
  const kind = kindOf(caseId);
  for (const row of rows) {
    const wrong = kind === null ? 'case' : misshapen(kind, row.kind, JSON.parse(JSON.stringify(row.body)));
    if (wrong !== null) throw new Error(`${row.kind}: ${wrong} of ${JSON.stringify(row.body).slice(0, 400)}`);
  }
}
