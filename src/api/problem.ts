import type { FoundInText } from '../client/guard-texts.ts';
import { missingText, refusalLines } from '../cli/sentences.ts';
import type { Problem } from '../contracts/api/shapes.ts';
import type { May } from '../domain/kernel/actions.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';

/** A typed no of the HTTP face, as RFC 9457 tells it. Carries codes and sentences, never what was sent. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  readonly retryAfter: number | null;
  constructor(problem: Omit<Problem, 'type'>, retryAfter: number | null = null) {
    super(problem.code);
    this.name = 'ApiProblem';
    this.problem = { type: `urn:peer-hire:problem:${problem.code}`, ...problem };
    this.retryAfter = retryAfter;
  }
}

const titles = {
  400: 'The request does not have the form it must have',
  401: 'Please sign in',
  403: 'This is not for you',
  404: 'There is no such thing here',
  409: 'This is not possible as things stand',
  412: 'It has changed since you saw it',
  413: 'This is too large',
  415: 'This kind of content is not taken here',
  422: 'A guard stops wording in a text',
  428: 'Say which version you saw',
  429: 'Too many tries',
  500: 'Something failed inside',
  503: 'A part of the installation does not answer',
} as const;
export type ProblemStatus = keyof typeof titles;

/** @param detail a sentence that says what to do */
export function problemOf(
  status: ProblemStatus,
  code: string,
  detail: string,
  more: Partial<Problem> = {},
): ApiProblem {
  const retry = more.retryAfter ?? null;
  return new ApiProblem({ ...more, title: titles[status], status, code, detail }, retry);
}

/** Said alike of what is not there and of a confidential matter that is not for whoever asks. */
export const notHere = (): ApiProblem =>
  problemOf(404, 'unknown_case', 'There is no such case here, or it is not for you.');

const denied = {
  sign_in: [401, 'Sign in, then ask again.'],
  step_up: [
    401,
    'Show again that it is you: this needs your password or your provider’s sign-in of the last ten minutes.',
  ],
  scope: [403, 'This token was not made for that. Make one that may, or sign in.'],
  needs_capacity: [403, 'Somebody with one of the capacities named can do this.'],
} as const;

/** A denial of the table of actions. */
export function problemOfMay(denial: Extract<May, { is: 'deny' }>): ApiProblem {
  const [status, detail] = denied[denial.why];
  const missing = denial.needs.map((about) => ({
    code: 'needs_capacity',
    about,
    words: missingText({ code: 'needs_capacity', about }),
  }));
  return problemOf(status, denial.why, detail, missing.length === 0 ? {} : { missing });
}

const statusOf: Readonly<Record<Refusal['code'], ProblemStatus>> = {
  malformed: 400,
  unknown_command: 400,
  oversized: 413,
  unknown_case: 404,
  unknown_reference: 409,
  not_permitted: 403,
  stale: 412,
  not_open: 409,
  already_open: 409,
  gate_not_passed: 409,
  rule_blocks: 409,
  acknowledgement_needed: 409,
  decision_id_reused: 409,
  not_expected_now: 409,
  nothing_to_do: 409,
  untrusted: 400,
  out_of_calendar: 409,
  rules_failed: 500,
};

/** A refusal of the rules: its code, its sentence, and everything that is missing. */
export function problemOfRefusal(refusal: Refusal, findings: readonly FoundInText[] = []): ApiProblem {
  const [sentence = ''] = refusalLines(refusal);
  return problemOf(statusOf[refusal.code], refusal.code, sentence, {
    rule: refusal.rule ?? null,
    missing: refusal.missing.map((one) => ({ ...one, words: missingText(one) })),
    ...(findings.length === 0 ? {} : { findings: shownFindings(findings) }),
  });
}

/** What the guards found, as it is sent to the author. */
export function shownFindings(found: readonly FoundInText[]) {
  return found.map(({ field, surface, pack, findings }) => ({
    ...{ field, surface, pack },
    findings: findings.map(({ rule, level, why, instead }) => ({ rule, level, why, instead })),
  }));
}
