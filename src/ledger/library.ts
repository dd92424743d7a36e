import type { KeyRing } from '../directory/keys.ts';
import type { OrgRef } from '../domain/kernel/words.ts';
import type { TermsStore } from './documents.ts';

/** What reading and folding an organization's ledger needs besides a connection. */
export interface Library {
  readonly org: OrgRef;
  readonly keys: KeyRing;
  readonly terms: TermsStore;
  /** Told when the rules threw on a command: codes and refs only. */
  rulesFailed(caseId: string, type: string, code: string): void;
  /** Refs of texts that are sealed once the rules said yes: a dry run counts them as there. */
  readonly textsToCome?: ReadonlySet<string>;
}
