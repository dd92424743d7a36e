import type { Client } from '@temporalio/client';
import type pg from 'pg';
import type { KeyRing } from '../directory/keys.ts';
import type { TermsStore } from '../ledger/documents.ts';
import type { ErasedPlace } from '../ledger/erased-list.ts';
import type { HeadsPlace } from '../ledger/heads.ts';
import type { Library } from '../ledger/library.ts';
import type { MailChannel } from '../notify/smtp.ts';

/** Codes and refs only: a line of the log never quotes what a person wrote. */
export interface EventLog {
  info(event: string, fields: Readonly<Record<string, string | number>>): void;
  warn(event: string, fields: Readonly<Record<string, string | number>>): void;
}

/** What the activities are built from. */
export interface Ports {
  readonly org: string;
  readonly pool: pg.Pool;
  readonly keys: KeyRing;
  readonly terms: TermsStore;
  readonly client: Client;
  readonly mail: MailChannel;
  readonly log: EventLog;
  /** Where this process keeps signed heads of the ledger. Left out: it keeps none, as in a sandbox. */
  readonly heads?: HeadsPlace;
  /** Where it is noted, outside the database, what was erased. Left out: nowhere, as in a sandbox. */
  readonly erased?: ErasedPlace;
  /** Where people reach the pages of this installation, e.g. `https://peers.example.org`; left out: messages carry no link. */
  readonly origin?: string;
  /** Task queue of the cases, for runs that a nudge starts. */
  readonly lifecycleQueue: string;
}

/** What the ledger's readers need of the ports. */
export function libraryOf(ports: Ports): Library {
  const { org, keys, terms, log } = ports;
  return {
    ...{ org, keys, terms },
    rulesFailed: (caseId, type, code) => log.warn('command_failed_rules', { case: caseId, type, code }),
  };
}
