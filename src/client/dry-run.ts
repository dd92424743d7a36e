import type { Envelope } from '../contracts/envelope.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';
import { attempt } from '../ledger/attempt.ts';
import type { Attempt } from '../ledger/attempt.ts';
import { formRefusal } from '../ledger/command-form.ts';
import { PATIENT_MS, borrow } from '../ledger/database.ts';
import type { Office } from './organization.ts';
import type { TermsStore } from '../ledger/documents.ts';

/** What a command would come to, on the ledger as it stands now. */
export type DryRun =
  | { readonly is: 'would'; readonly receipt: Receipt; readonly repeated: boolean }
  | { readonly is: 'refused'; readonly refusal: Refusal };

/**
 * Runs the rules on a command without writing anything: lists what is missing, and keeps most refusals away from
 * Temporal. The same `advance` as the step's, in a transaction that only reads.
 * @param toCome refs of texts the command names and that are sealed only if it would be accepted
 */
export async function dryRun(
  office: Office & { readonly terms: TermsStore },
  envelope: Envelope,
  toCome: readonly string[] = [],
): Promise<DryRun> {
  const { org, pool, keys, terms } = office;
  const malformed = formRefusal(envelope);
  if (malformed !== null) return { is: 'refused', refusal: malformed };
  const textsToCome = new Set(toCome);
  const library = { org, keys, terms, rulesFailed: () => undefined, textsToCome };
  const request = { org, case: envelope.case, sequence: 0, command: { envelope, askedAt: Date.now() } };
  const tried = await borrow(pool, PATIENT_MS, async (client) => {
    try {
      await client.query('begin transaction isolation level repeatable read read only');
      return await attempt(client, library, request);
    } finally {
      await client.query('rollback').catch(() => undefined);
    }
  });
  return shown(tried);
}

function shown({ answer, advanced }: Attempt): DryRun {
  if (answer?.is === 'done') return { is: 'would', receipt: answer.receipt, repeated: true };
  if (answer?.is === 'refused') return answer;
  if (advanced?.answer === undefined || advanced.answer === null || isRefusal(advanced.answer))
    throw new Error('dry_run_without_answer');
  return { is: 'would', receipt: advanced.answer, repeated: false };
}
