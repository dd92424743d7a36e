/** Codes of what the mail rooms refuse. */
export type NotifyErrorCode = 'subject_not_neutral' | 'mail_field_invalid' | 'mail_must_stay_local';

/** Base of the typed refusals. Messages hold codes only, never a subject, an address or a body. */
export class NotifyError extends Error {
  readonly code: NotifyErrorCode;

  constructor(code: NotifyErrorCode, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

export type SubjectFault = 'empty' | 'too_long' | 'line_break' | 'sensitive_word' | 'unknown_word';

/** A subject line that may not leave the house: it travels unencrypted and shows on lock screens. */
export class SubjectNotNeutral extends NotifyError {
  readonly fault: SubjectFault;

  constructor(fault: SubjectFault) {
    super(
      'subject_not_neutral',
      `The subject line is not neutral (${fault}). Use a verb, a neutral object and a date from the closed vocabulary.`,
    );
    this.fault = fault;
  }
}

/** A field of a message that cannot be used; names the field, never its content. */
export class MailFieldInvalid extends NotifyError {
  readonly field: string;

  constructor(field: string, rule: string) {
    super('mail_field_invalid', `The mail field ${field} is not valid: ${rule}.`);
    this.field = field;
  }
}

/** A sandbox tried to mail beyond this machine. */
export class MailMustStayLocal extends NotifyError {
  constructor() {
    super(
      'mail_must_stay_local',
      'A sandbox mails to this machine only. Set the mail host to 127.0.0.1, ::1 or localhost.',
    );
  }
}
