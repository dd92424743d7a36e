import { isDatabaseAway } from '../ledger/database.ts';
import type { Io } from './io.ts';

/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  /** Refused by a rule, a gate or a right; nothing was changed. For `verify`: something is wrong. */
  refused: 2,
  /** It may still happen; repeating the same decision id is safe. */
  notConfirmed: 3,
  /** Temporal, the database or the installation is not there; nothing was changed. */
  unavailable: 4,
  usage: 64,
  internal: 70,
  /** Ctrl-C or a termination came before the command was through. */
  interrupted: 130,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT] | 1;

/** A typed no of the command line itself, in words. */
export class Stop extends Error {
  readonly code: string;
  readonly exit: Exit;
  constructor(exit: Exit, code: string, message: string) {
    super(message);
    this.name = 'Stop';
    this.exit = exit;
    this.code = code;
  }
}

interface Told {
  readonly exit: Exit;
  readonly code: string;
  readonly message: string;
}

export const databaseAway =
  'The database does not answer. Nothing was changed. Start the installation with "peer-hire start", or see "peer-hire doctor".';
export const temporalAway =
  'Temporal does not answer. Nothing was changed. Start the installation with "peer-hire start", or see "peer-hire doctor".';

/** Refusals whose own message is made for people: codes, refs and paths only. */
const refusedCodes = new Set([
  'field_invalid',
  'person_conflict',
  'person_unknown',
  'key_erased',
  'site_conflict',
  'site_unknown',
  'text_conflict',
  'text_missing',
  'text_redacted',
  'text_too_long',
  'calendar_request_invalid',
  'unknown_person',
  'unknown_case',
  'not_permitted',
  'conductor_busy',
  'scenario_malformed',
  'unknown_word',
  'other_organization',
  'policy_incomplete',
  'site_without_terms',
  'case_not_told',
  'terms_moved',
  'terms_do_not_fit',
  'recorded_in_future',
  'legal_hold',
  'open_case',
  'still_assigned',
  'records_kept',
  'erasing_not_permitted',
  'message_unknown',
  'login_invalid',
  'login_taken',
  'unknown_login',
  'password_too_short',
  'password_too_long',
  'file_exists',
  'no_such_place',
  'house_not_empty',
  'erased_list_closed',
]);
const unavailableCodes = new Set([
  'no_installation',
  'temporal_away',
  'unknown_organization',
  'master_key_exposed',
  'master_key_invalid',
  'master_key_is_test_key',
  'seal_broken',
  'vault_key_missing',
  'migration_changed',
  'database_newer',
  'sandbox_stuck',
  'state_too_new',
  'document_missing',
  'no_worker_answers',
]);
/** Errors of the local servers: their messages say what to do. */
const localNames: Readonly<Record<string, Exit>> = {
  Interrupted: EXIT.interrupted,
  FolderInUse: EXIT.refused,
  FolderNotEmpty: EXIT.refused,
  PartUnreachable: EXIT.unavailable,
  TemporalProfileUnusable: EXIT.usage,
  NoTemporalServer: EXIT.unavailable,
  NoPostgres: EXIT.unavailable,
  UnusableCluster: EXIT.unavailable,
  LocalServerFailed: EXIT.unavailable,
};

function isTemporal(error: Error & { code?: unknown }): boolean {
  return error.name === 'ServiceError' || error.name === 'TransportError' || typeof error.code === 'number';
}

/** What any error comes to: a code, a sentence and an exit code; never a stack trace or a server's text. */
export function told(error: unknown): Told {
  if (error instanceof Stop) return { exit: error.exit, code: error.code, message: error.message };
  if (!(error instanceof Error))
    return { exit: EXIT.internal, code: 'internal', message: 'Something failed.' };
  const { code, name, message } = error as Error & { code?: unknown };
  if (Object.hasOwn(localNames, name))
    return { exit: localNames[name] ?? EXIT.internal, code: name, message };
  if (typeof code === 'string') {
    if (refusedCodes.has(code)) return { exit: EXIT.refused, code, message };
    if (unavailableCodes.has(code)) return { exit: EXIT.unavailable, code, message };
  }
  // Wrong password, no such database: to whoever types a command it is away all the same.
  if (isDatabaseAway(error) || (typeof code === 'string' && /^(28|3D)/.test(code)))
    return { exit: EXIT.unavailable, code: 'database_unavailable', message: databaseAway };
  if (isTemporal(error))
    return { exit: EXIT.unavailable, code: 'temporal_unavailable', message: temporalAway };
  const tag = typeof code === 'string' ? ` (${code})` : '';
  return {
    exit: EXIT.internal,
    code: 'internal',
    message: `Something failed inside: ${name}${tag}. Nothing more is known here; see "peer-hire doctor" and the worker's log.`,
  };
}

/** Tells an error in the form asked for. @returns its exit code */
export function tell(io: Io, json: boolean, error: unknown): Exit {
  const { exit, code, message } = told(error);
  if (json) io.out(JSON.stringify({ error: { code, message } }));
  else io.err(message);
  return exit;
}
