import type { Db } from '../directory/db.ts';
import { loadVaultKey, openVaultEntries, vaultOpen, vaultSeal } from '../directory/vault.ts';
import { pruned, restingIn } from '../domain/kernel/held.ts';
import type { AnyDecider, Held } from '../domain/kernel/held.ts';
import { agendaOf } from '../domain/kernel/obligations.ts';
import { SEALED, foldCase } from './fold.ts';
import type { LedgerRow, VaultBody } from './fold.ts';
import type { StepRead } from './step-store.ts';
import type { Library } from './library.ts';

/** Written by newer code than this worker runs: waits for a newer worker (architecture, the state row). */
export class StateTooNew extends Error {
  readonly code = 'state_too_new';
  constructor(caseId: string) {
    super(`state_too_new: ${caseId}; a newer worker has to take it`);
    this.name = 'StateTooNew';
  }
}

/** Cases whose states lie sealed in their row: all clocks, so that none stands out. */
export function isConfidential(decider: AnyDecider): boolean {
  return decider.kind === 'clock';
}

const placeOf = (caseId: string, sequence: number): string => `state:${caseId}:${sequence}`;

/** @returns the text of the state row. */
export async function stateText(
  library: Library,
  db: Db,
  caseId: string,
  decider: AnyDecider,
  held: Held,
): Promise<string> {
  const text = JSON.stringify(held);
  if (!isConfidential(decider)) return text;
  const vault = await loadVaultKey(db, library.keys, library.org);
  const { sealed, salt, digest } = vaultSeal(vault, { ref: placeOf(caseId, held.base.sequence), body: text });
  return JSON.stringify({ sealed: sealed.toString('base64'), salt: salt.toString('base64'), digest });
}

async function fromText(
  library: Library,
  db: Db,
  decider: AnyDecider,
  row: NonNullable<StepRead['case']>,
): Promise<Held> {
  if (!isConfidential(decider)) return JSON.parse(row.state) as Held;
  const entry = JSON.parse(row.state) as { sealed: string; salt: string; digest: string };
  const vault = await loadVaultKey(db, library.keys, library.org);
  const text = vaultOpen(vault, placeOf(row.case_id, row.sequence), {
    sealed: Buffer.from(entry.sealed, 'base64'),
    salt: Buffer.from(entry.salt, 'base64'),
    digest: entry.digest,
  });
  return JSON.parse(text) as Held;
}

/** Folds a case from its rows: for a state of an older fold version. */
export async function refold(
  library: Library,
  db: Db,
  org: string,
  decider: AnyDecider,
  caseId: string,
): Promise<Held | null> {
  const { rows } = await db.query<LedgerRow>(
    'select * from ledger where org = $1 and case_id = $2 order by sequence',
    [org, caseId],
  );
  const refs = rows
    .filter((row) => row.kind === SEALED)
    .map((row) => (JSON.parse(row.body) as { ref: string }).ref);
  const bodies = await openVaultEntries(db, library.keys, org, refs);
  const opened = new Map<number, VaultBody>();
  for (const row of rows) {
    if (row.kind !== SEALED) continue;
    const text = bodies.get((JSON.parse(row.body) as { ref: string }).ref);
    if (text !== undefined) opened.set(row.sequence, JSON.parse(text) as VaultBody);
  }
  const held = foldCase(rows, opened);
  if (held === null) return null;
  // A state row holds marks of open obligations only; a fold of rows holds all there ever were.
  await library.terms.load(db, org, [held.base.terms]);
  const terms = library.terms.get(held.base.terms);
  const open = agendaOf(decider, held, terms, caseId);
  return pruned(held, new Set(open.map((one) => one.id)), restingIn(decider, held, terms, caseId));
}

/** What the case holds, from its state row; refolded when the row is of an older fold version. @throws StateTooNew */
export async function heldFrom(
  library: Library,
  db: Db,
  org: string,
  decider: AnyDecider,
  read: StepRead,
): Promise<Held | null> {
  const row = read.case;
  if (row === null) return null;
  if (row.fold_version > decider.foldVersion) throw new StateTooNew(row.case_id);
  if (row.fold_version < decider.foldVersion) return refold(library, db, org, decider, row.case_id);
  return fromText(library, db, decider, row);
}
