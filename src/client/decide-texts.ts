import { sealText, textRef } from '../directory/texts.ts';
import type { TermsStore } from '../ledger/documents.ts';
import { decideNow } from './decide.ts';
import type { Decided } from './decide.ts';
import type { DryRun } from './dry-run.ts';
import type { Guarded } from './guard-texts.ts';
import { guardsNo } from './guards-no.ts';
import type { GuardBlocked, GuardWarned } from './guards-no.ts';
import type { House } from './house.ts';
import { dryRunOf } from './known-people.ts';
import type { Office } from './organization.ts';

/**
 * What a command with texts would come to, before anything is sealed: the rules speak first, then the guards. A
 * decision that the ledger has keeps its first receipt, whatever the guards say of its texts by now.
 */
export async function foreseen(
  office: Office & { readonly terms: TermsStore },
  read: Guarded,
): Promise<DryRun | GuardBlocked | GuardWarned> {
  const { envelope, texts } = read;
  const toCome = texts.map(({ decisionId, field }) => textRef(decisionId, field));
  const dry = await dryRunOf(office, envelope, toCome);
  if (dry.is === 'refused' || dry.repeated) return dry;
  return guardsNo(read) ?? dry;
}

/** Seals the texts of a command that would be accepted, then asks the case. So a refusal leaves no text behind. */
export async function sealAndDecide(house: House, { envelope, texts }: Guarded): Promise<Decided> {
  for (const text of texts) await sealText(house.pool, house.keys, { ...text, org: house.org });
  return decideNow(house, envelope);
}

/** Both of it. @returns the first receipt of a decision that the ledger has */
export async function decideTexts(
  house: House,
  read: Guarded,
): Promise<Decided | GuardBlocked | GuardWarned> {
  const seen = await foreseen(house, read);
  if (seen.is !== 'would') return seen;
  return seen.repeated ? { is: 'done', receipt: seen.receipt } : sealAndDecide(house, read);
}
