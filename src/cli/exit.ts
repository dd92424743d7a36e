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

/** What brings a server of this machine back: a start that runs does it by itself, and gives up in words. */
export const BRING_BACK =
  'Start the installation with "peer-hire start"; where that runs already, it brings the server back by itself: wait a moment, and look at what it says';
export const databaseAway = `The database does not answer. Nothing was changed. ${BRING_BACK}. See "peer-hire doctor".`;
export const temporalAway = `Temporal does not answer. Nothing was changed. ${BRING_BACK}. See "peer-hire doctor".`;

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
  'moment_ahead',
  'erasing_not_permitted',
  'ends_before_it_begins',
  'calendar_input_invalid',
  'calendar_range_exceeded',
  'founding_over',
  'policy_value_missing',
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
  'installation_damaged',
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
  'worker_failed',
  'case_kind_unknown',
  'guards_model_broken',
  'content_invalid',
]);
/** What somebody typed, or a file they named, is not what it must be. */
const usageCodes = new Set([
  'anchor_broken',
  'oversized',
  'place_unusable',
  'provider_misconfigured',
  'token_too_long',
  'unknown_kind',
]);
/** Errors with many codes, and those of the local servers: their messages say what to do. */
const namedExits: Readonly<Record<string, Exit>> = {
  Interrupted: EXIT.interrupted,
  CopyBroken: 1,
  FolderInUse: EXIT.refused,
  FolderNotEmpty: EXIT.refused,
  PartUnreachable: EXIT.unavailable,
  TemporalProfileUnusable: EXIT.usage,
  NoTemporalServer: EXIT.unavailable,
  NoPostgres: EXIT.unavailable,
  UnusableCluster: EXIT.unavailable,
  CopiedFolder: EXIT.refused,
  LocalServerFailed: EXIT.unavailable,
  PortTaken: EXIT.unavailable,
  ServerGivenUp: EXIT.unavailable,
  GuardianClosed: EXIT.unavailable,
};
/** Typed refusals of the façade and the directory, whatever their code. */
const refusedNames = new Set([
  'AccountInvalid',
  'AssignmentRefused',
  'BackupRefused',
  'ErasureRefused',
  'ImportRefused',
  'LetterRefused',
  'OfficeRefused',
  'ReadingRefused',
  'StandInRefused',
  'TermsRefused',
]);
const unavailableNames = new Set([
  'MigrationMismatch',
  'VaultMissing',
  'VaultKeyConflict',
  'VaultKeyMissing',
]);

/** What the system says of a path that somebody named, in words. */
const pathTexts: Readonly<Record<string, string>> = {
  ENOENT: 'it, or the folder it lies in, is not there',
  ENOTDIR: 'something on the way to it is no folder',
  EISDIR: 'it is a folder, and a file is needed',
  EEXIST: 'something of this name is there already',
  EACCES: 'you may not use it',
  EPERM: 'you may not use it',
  EROFS: 'nothing can be written there',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};
const fullTexts: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'it would be larger than a file may be here',
};

/** An error about a file or a folder: its path was typed, or comes from a setting; null for any other error. */
function fileTold(error: Error): Told | null {
  const { code = '', syscall, path } = error as NodeJS.ErrnoException;
  if (path === undefined && !['read', 'write', 'fsync'].includes(syscall ?? '')) return null;
  if (syscall === 'connect' || syscall?.startsWith('spawn') === true) return null;
  const which = path === undefined ? 'The file' : path;
  const unusable = pathTexts[code];
  if (unusable !== undefined)
    return {
      ...{ exit: EXIT.usage, code: 'file_unusable' },
      message: `${which} cannot be used (${code}): ${unusable}.`,
    };
  const full = fullTexts[code];
  if (full === undefined) return null;
  return {
    ...{ exit: EXIT.unavailable, code: 'file_unwritable' },
    message: `${which} cannot be written (${code}): ${full}.`,
  };
}

function isTemporal(error: Error & { code?: unknown }): boolean {
  return error.name === 'ServiceError' || error.name === 'TransportError' || typeof error.code === 'number';
}

/** What any error comes to: a code, a sentence and an exit code; never a stack trace or a server's text. */
export function told(error: unknown): Told {
  if (error instanceof Stop) return { exit: error.exit, code: error.code, message: error.message };
  if (!(error instanceof Error))
    return { exit: EXIT.internal, code: 'internal', message: 'Something failed.' };
  const { code, name, message } = error as Error & { code?: unknown };
  if (Object.hasOwn(namedExits, name))
    return { exit: namedExits[name] ?? EXIT.internal, code: name, message };
  if (typeof code === 'string') {
    if (refusedCodes.has(code) || refusedNames.has(name)) return { exit: EXIT.refused, code, message };
    if (unavailableCodes.has(code) || unavailableNames.has(name))
      return { exit: EXIT.unavailable, code, message };
    if (usageCodes.has(code)) return { exit: EXIT.usage, code, message };
  }
  const file = fileTold(error);
  if (file !== null) return file;
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
