import { dutyLibrary } from '../content/index.ts';
import type { Envelope } from '../contracts/envelope.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import { PATIENT_MS, borrow } from '../ledger/database.ts';
import type { TermsStore } from '../ledger/documents.ts';
import { dryRun } from './dry-run.ts';
import type { DryRun } from './dry-run.ts';
import { notOnRecord } from './known-citations.ts';
import type { Office } from './organization.ts';

const PERSON = /^prs_[0-9a-z]{26}$/;

/** Every person a payload names, wherever in it. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return PERSON.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
}

/** The rules know refs, and not whether anybody is behind one: a seat or a case of nobody is refused here. */
async function nobody({ org, pool }: Office, { payload }: Envelope): Promise<Refusal | null> {
  const refs = [...new Set(refsIn(payload))];
  if (refs.length === 0) return null;
  const known = await borrow(pool, PATIENT_MS, async (client) => {
    const sql = 'select ref from persons where org = $1 and ref = any($2::text[])';
    return (await client.query<{ ref: string }>(sql, [org, refs])).rows.map((row) => row.ref);
  });
  const missing = refs
    .filter((ref) => !known.includes(ref))
    .map((about) => ({ code: 'person_known', about }));
  return missing.length === 0 ? null : refuse('unknown_reference', undefined, missing);
}

/** D2.1: a duty that is said to come from the library names one that is in it; the rules do not know the library. */
export function outsideLibrary({ type, payload }: Envelope): Refusal | null {
  if (type !== 'enter_duties') return null;
  const { duties = [] } = payload as { readonly duties?: readonly { readonly library?: string }[] };
  const known = new Set(dutyLibrary().duties.map(({ id }) => id));
  const missing = duties
    .flatMap(({ library }) => (library === undefined || known.has(library) ? [] : [library]))
    .map((about) => ({ code: 'duty_in_library', about }));
  return missing.length === 0 ? null : refuse('unknown_reference', 'D2.1', missing);
}

/**
 * The dry run of a person's command: the rules first, then whether the directory knows everybody whom it names, and the
 * library each duty that is said to be its, and the record each session and action that a review rests on. Somebody who was
 * erased was known; what the ledger has already keeps its first receipt.
 */
export async function dryRunOf(
  office: Office & { readonly terms: TermsStore },
  envelope: Envelope,
  toCome: readonly string[] = [],
): Promise<DryRun> {
  const dry = await dryRun(office, envelope, toCome);
  if (dry.is === 'refused' || dry.repeated) return dry;
  const refusal =
    (await nobody(office, envelope)) ?? outsideLibrary(envelope) ?? (await notOnRecord(office, envelope));
  return refusal === null ? dry : { is: 'refused', refusal };
}
