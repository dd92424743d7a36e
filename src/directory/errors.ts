/** Codes of everything the directory can refuse; stable, so callers may branch on them. */
export type DirectoryErrorCode =
  | 'master_key_exposed'
  | 'master_key_invalid'
  | 'master_key_is_test_key'
  | 'seal_broken'
  | 'key_erased'
  | 'person_unknown'
  | 'person_conflict'
  | 'field_invalid'
  | 'text_conflict'
  | 'text_missing'
  | 'text_redacted'
  | 'text_too_long'
  | 'site_unknown'
  | 'site_conflict'
  | 'vault_missing'
  | 'vault_key_missing'
  | 'vault_key_conflict';

/** Base of the typed refusals of the directory. Messages hold codes, paths and opaque refs, never content. */
export class DirectoryError extends Error {
  readonly code: DirectoryErrorCode;

  constructor(code: DirectoryErrorCode, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The key file can be read by others than its owner. */
export class MasterKeyExposed extends DirectoryError {
  constructor(path: string) {
    super('master_key_exposed', `The master key ${path} can be read by other users. Run: chmod 600 ${path}`);
  }
}

/** The key file does not hold 32 bytes in hex. */
export class MasterKeyInvalid extends DirectoryError {
  constructor(path: string, missing = false) {
    super(
      'master_key_invalid',
      `${path} ${missing ? 'is not there: it held the master key' : 'does not hold a master key (64 hex digits)'}. Restore it from its backup; a new key cannot open old data.`,
    );
  }
}

/** The key file holds a key that everybody knows. */
export class MasterKeyIsTestKey extends DirectoryError {
  constructor(path: string) {
    super(
      'master_key_is_test_key',
      `${path} holds a key that is public because tests use it. Restore the real key, or remove the file of an unused installation.`,
    );
  }
}

/** Why sealed bytes could not be opened: not our format, another key, or damaged or moved. */
export type SealFault = 'format' | 'other_key' | 'tag';

/** Sealed bytes are damaged, were moved from elsewhere, or belong to another key. */
export class SealBroken extends DirectoryError {
  readonly fault: SealFault;

  constructor(fault: SealFault) {
    super('seal_broken', `Sealed data cannot be opened (${fault}). Compare the master key and the backup.`);
    this.fault = fault;
  }
}

/** The person's key was destroyed; nothing of theirs can be read or written again. */
export class KeyErased extends DirectoryError {
  readonly ref: string;

  constructor(ref: string) {
    super('key_erased', `The key of ${ref} was erased. What it sealed cannot be read any more.`);
    this.ref = ref;
  }
}

/** No such person in the organization. */
export class PersonUnknown extends DirectoryError {
  readonly ref: string;

  constructor(ref: string) {
    super('person_unknown', `${ref} is not in the directory. Add the person first.`);
    this.ref = ref;
  }
}

/** The ref is taken by a person with other details. */
export class PersonConflict extends DirectoryError {
  readonly ref: string;

  constructor(ref: string) {
    super(
      'person_conflict',
      `${ref} is already in the directory with other details. Change the person instead.`,
    );
    this.ref = ref;
  }
}

/** A field cannot be stored; names the field, never its content. */
export class FieldInvalid extends DirectoryError {
  readonly field: string;

  constructor(field: string, rule: string) {
    super('field_invalid', `The field ${field} is not valid: ${rule}.`);
    this.field = field;
  }
}

/** Another text was already sealed under the same decision and field. */
export class TextConflict extends DirectoryError {
  readonly ref: string;

  constructor(ref: string) {
    super('text_conflict', `${ref} already holds another text. Use a new decision id for a new text.`);
    this.ref = ref;
  }
}

/** Texts that an event names are not there (dropped after a day, or never sealed). */
export class TextMissing extends DirectoryError {
  readonly refs: readonly string[];

  constructor(refs: readonly string[]) {
    super(
      'text_missing',
      `No sealed text for ${refs.join(', ')}. Seal the text again and repeat the decision.`,
    );
    this.refs = refs;
  }
}

/** The text was hidden, moved to the vault or deleted (X30): it says nothing but that. */
export class TextRedacted extends DirectoryError {
  readonly ref: string;
  readonly subject: string;
  readonly redaction: 'hidden' | 'vaulted' | 'deleted';

  constructor(ref: string, subject: string, redaction: 'hidden' | 'vaulted' | 'deleted') {
    super('text_redacted', `${ref} is redacted.`);
    this.ref = ref;
    this.subject = subject;
    this.redaction = redaction;
  }
}

/** A free text above the limit. */
export class TextTooLong extends DirectoryError {
  constructor(limit: number) {
    super('text_too_long', `The text is longer than ${limit} bytes. Shorten it or split it.`);
  }
}

/** No such site in the organization. */
export class SiteUnknown extends DirectoryError {
  constructor(ref: string) {
    super('site_unknown', `${ref} is not a site of this organization. Add the site first.`);
  }
}

/** The site ref is taken by a site with other details. */
export class SiteConflict extends DirectoryError {
  constructor(ref: string) {
    super('site_conflict', `${ref} is already a site with other details. Change the site instead.`);
  }
}

/** No such confidential entry. */
export class VaultMissing extends DirectoryError {
  constructor(ref: string) {
    super('vault_missing', `The confidential entry ${ref} is not in the vault.`);
  }
}

/** The organization has no vault key yet. */
export class VaultKeyMissing extends DirectoryError {
  constructor(org: string) {
    super(
      'vault_key_missing',
      `${org} has no vault key. It is made with the organization; compare the backup.`,
    );
  }
}

/** A vault key exists and is not the one asked for. */
export class VaultKeyConflict extends DirectoryError {
  constructor(org: string) {
    super(
      'vault_key_conflict',
      `${org} already has another vault key. A vault key is made once, with its organization.`,
    );
  }
}
