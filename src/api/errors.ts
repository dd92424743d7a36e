import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { EXIT, told } from '../cli/exit.ts';
import { ReadingRefused } from '../client/ask-reader.ts';
import { OfficeRefused } from '../client/closed-offices.ts';
import { StandInRefused } from '../client/delegate.ts';
import { ImportRefused } from '../client/import-rows.ts';
import { KindUnknown } from '../client/known-kinds.ts';
import { LetterRefused } from '../client/letters-kinds.ts';
import { EndsBeforeItBegins, PolicyIncomplete } from '../client/organization.ts';
import { FoundingOver } from '../client/setup.ts';
import { FieldInvalid } from '../directory/errors.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { AccountInvalid } from '../identity/accounts.ts';
import { TokenInvalid } from '../identity/tokens.ts';
import { AddressRefused } from '../notify/webhook.ts';
import { ApiProblem, notHere, problemOf } from './problem.ts';
import type { ProblemStatus } from './problem.ts';

const codes = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'oversized', 'Send less at once.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'media_type', 'Send application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'malformed', 'Send a JSON body.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'malformed', 'The body is no JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'malformed', 'The length given is not the length sent.'],
} as const;

/** What the database says of values that it cannot take. */
const unstorable = new Set(['22021', '22P05', '22P02', '22003']);

const isKnown = (code: string): code is keyof typeof codes => Object.hasOwn(codes, code);

function fieldsOf(error: FastifyError): ApiProblem {
  const fields = (error.validation ?? []).map((one) => ({
    path: one.instancePath.slice(0, 120),
    code: one.keyword,
  }));
  return problemOf(400, 'malformed', 'Some fields do not have the form they must have.', { fields });
}

/** Sentences that tell of the command line are not for a page: what is left says what to do, or that nothing was done. */
function spoken(message: string): string {
  const sentences = message.replace(/^[a-z_]+: /, '').split(/(?<=[.!?]) (?=[A-Z])/u);
  const kept = sentences.filter((one) => !/peer-hire |\s--[a-z]|"--/u.test(one));
  return kept.length === 0 ? 'This is not possible here. Nothing was changed.' : kept.join(' ');
}

/** A confidential matter that is there is told from one that is not by nobody but those it is for. */
function unseen({ about, code }: ReadingRefused): ApiProblem {
  if (code === 'unknown_person') return problemOf(404, code, 'There is no such person here.');
  return code === 'unknown_case' || kindOf(about) === 'clock'
    ? notHere()
    : problemOf(403, code, 'This is not for you. Somebody whose work it is can read it.');
}

/** What the façade says with the ref it was given is said here without: whatever was sent, a name perhaps, stays unsaid. */
const unquoted: Readonly<Record<string, string>> = {
  unknown_case: 'There is no such case here, or it is not for you.',
  person_unknown: 'There is no such person in the directory. Add the person first.',
  person_conflict: 'This person is in the directory with other details. Change the person instead.',
  key_erased: 'This person was erased. What was kept of them cannot be read or written any more.',
  site_unknown: 'There is no such site in this organization. Add the site first.',
  site_conflict: 'This site is there with other details. Change the site instead.',
  text_conflict: 'Another text is there already. Use a new decision id for a new text.',
  text_missing: 'There is no such text here, or it was not kept. Send it again with a new decision.',
  text_redacted: 'This text is redacted.',
  message_unknown: 'There is no such message.',
  erased_list_closed:
    'Nothing was erased: the list that keeps a restore from bringing erased things back cannot be written. Tell whoever looks after the machine, then repeat.',
};
const saidOf = (code: string, message: string): string =>
  Object.hasOwn(unquoted, code) ? (unquoted[code] ?? '') : spoken(message);

/** A letter names the fields it lacks, or does not have. */
const letterRefused = ({ code, message, fields }: LetterRefused): ApiProblem =>
  problemOf(409, code, spoken(message.split(':')[0] ?? message), {
    fields: fields.map((path) => ({ path, code })),
  });

/** Refusals of the façade whose own words are made for people, and under which status they are told. */
const refusals = [
  [AccountInvalid, 409],
  [AddressRefused, 409],
  [EndsBeforeItBegins, 409],
  [OfficeRefused, 409],
  [FieldInvalid, 400],
  [FoundingOver, 409],
  [ImportRefused, 400],
  [KindUnknown, 400],
  [PolicyIncomplete, 409],
  [StandInRefused, 409],
  [TokenInvalid, 409],
] as const;

function refused(error: Error): ApiProblem | null {
  if (error instanceof LetterRefused) return letterRefused(error);
  if (error instanceof ReadingRefused) return unseen(error);
  for (const [kind, status] of refusals)
    if (error instanceof kind) return problemOf(status, error.code, spoken(error.message));
  return null;
}

const absent = new Set([
  'unknown_case',
  'person_unknown',
  'site_unknown',
  'unknown_person',
  'text_missing',
  'message_unknown',
]);
const notTheirs = new Set(['not_permitted', 'erasing_not_permitted']);
function statusOfTold(code: string): ProblemStatus {
  if (absent.has(code)) return 404;
  return notTheirs.has(code) ? 403 : 409;
}

/** A request that no route ever saw: broken before it was read. */
function unread(statusCode: number): ApiProblem | null {
  if (statusCode === 414 || statusCode === 413) return problemOf(413, 'oversized', 'Send less at once.');
  if (statusCode === 415) return problemOf(415, 'media_type', 'Send application/json.');
  return statusCode >= 400 && statusCode < 500
    ? problemOf(400, 'malformed', 'The request cannot be read.')
    : null;
}

/** Any error as a problem: a code and a sentence; nothing that was sent, no text of a server. */
export function problemOfError(error: FastifyError | Error): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return fieldsOf(error);
  const { code = '', statusCode = 0 } = error as Partial<FastifyError>;
  if (isKnown(code)) {
    const [status, name, detail] = codes[code];
    return problemOf(status, name, detail);
  }
  // Half a character, a byte no text has, a number no column holds: what was sent, and no fault of ours.
  if (unstorable.has(code)) return problemOf(400, 'malformed', 'A value has characters that no text has.');
  const early = refused(error) ?? unread(statusCode);
  if (early !== null) return early;
  const { exit, code: name, message } = told(error);
  if (exit === EXIT.usage) return problemOf(400, 'malformed', spoken(message));
  if (exit === EXIT.refused) return problemOf(statusOfTold(name), name, saidOf(name, message));
  if (exit === EXIT.unavailable) return problemOf(503, name, spoken(message), { retryAfter: 5 });
  return problemOf(500, 'internal', 'Something failed inside; nothing more is known here.');
}
