import { opaque } from '../domain/kernel/digest.ts';
import { houseAppend } from '../ledger/house-append.ts';
import type { Office } from './organization.ts';

const byMachine = { actor: 'installation', how: 'installation', capacity: 'administrator' };

/** A copy by the digest of its manifest, and how far its ledger goes. */
export interface CopyMark {
  readonly copy: string;
  readonly position: number;
}

/**
 * Notes in the ledger that a copy was made. There it is seen from every host, and by an auditor: a copy is everything
 * the house has, in somebody's hands. Saying it again changes nothing.
 */
export async function recordCopy({ pool, org }: Office, { copy, position }: CopyMark): Promise<void> {
  const events = [{ stream: 'anchor' as const, kind: 'copied', body: { copy, position } }];
  const decisionId = `copied_${opaque(copy)}`;
  await houseAppend(pool, org, { decisionId, ...byMachine, events }, async () => undefined);
}

/**
 * Notes in the ledger that a copy was put back for trying, and what came of it.
 * @param drill an id of this drill: the same copy may be tried again
 * @param fault the code of what was wrong; null: it held
 */
export async function recordDrill(
  { pool, org }: Office,
  { copy, position }: CopyMark,
  drill: string,
  fault: string | null,
): Promise<void> {
  const body = { copy, position, ok: fault === null, ...(fault === null ? {} : { code: fault }) };
  const events = [{ stream: 'anchor' as const, kind: 'drilled', body }];
  await houseAppend(pool, org, { decisionId: drill, ...byMachine, events }, async () => undefined);
}

/** The last copy and the last drill of a house; null where there was none. */
export interface LastCopies {
  readonly copy: { readonly at: number; readonly position: number } | null;
  readonly drill: { readonly at: number; readonly ok: boolean; readonly position: number } | null;
}

interface Noted {
  readonly kind: 'copied' | 'drilled';
  readonly at: number;
  readonly body: string;
}

/** By the clock of the database, also in a sandbox, whose own stands still or runs ahead. */
const LAST_SQL = `select distinct on (kind) kind, (extract(epoch from recorded_at) * 1000)::bigint as at, body
  from ledger where org = $1 and case_id = 'house-anchor' and kind in ('copied', 'drilled')
  order by kind, position desc`;

/** When a copy was made last, and when one was put back for trying: whoever looks after the machine asks. */
export async function askCopies({ pool, org }: Pick<Office, 'pool' | 'org'>): Promise<LastCopies> {
  const { rows } = await pool.query<Noted>(LAST_SQL, [org]);
  const of = (kind: Noted['kind']) => {
    const row = rows.find((one) => one.kind === kind);
    if (row === undefined) return null;
    const { position, ok } = JSON.parse(row.body) as { position: number; ok?: boolean };
    return { at: row.at, position, ok: ok !== false };
  };
  const copy = of('copied');
  return { copy: copy === null ? null : { at: copy.at, position: copy.position }, drill: of('drilled') };
}
