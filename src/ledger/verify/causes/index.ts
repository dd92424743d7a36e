import type { CaseKind } from '../../../domain/kernel/words.ts';
import { candidacyCauses } from './candidacy.ts';
import type { Cause, Causes } from './cause.ts';
import { clockCauses } from './clock.ts';
import { employmentCauses } from './employment.ts';
import { openingCauses } from './opening.ts';
import { readinessCauses } from './readiness.ts';
import { reviewCauses } from './review.ts';
import { roleCauses } from './role.ts';

const tables: Readonly<Record<CaseKind, Causes>> = {
  readiness: readinessCauses,
  role: roleCauses,
  opening: openingCauses,
  candidacy: candidacyCauses,
  employment: employmentCauses,
  review: reviewCauses,
  clock: clockCauses,
};

/** Events every case has; `follows`: it stands beside what else the same decision brought about. */
const kernel: Readonly<Record<string, readonly Cause[] | 'follows' | 'any_notice' | 'prompt'>> = {
  warning_acknowledged: 'follows',
  answered_late: 'follows',
  prompted: 'prompt',
  notice_declined: 'any_notice',
  terms_adopted: ['notice:terms_changed'],
  prompt_undelivered: ['notice:prompt_undelivered', 'ask:settle_prompt'],
  text_hidden: ['ask:redact_text'],
  redaction_settled: ['ask:settle_redaction'],
};

/** @returns what can bring an event of a kind of case about; undefined for an event nobody knows. */
export function causesOf(
  kind: CaseKind,
  event: string,
): readonly Cause[] | 'follows' | 'any_notice' | 'prompt' | undefined {
  if (Object.hasOwn(kernel, event)) return kernel[event];
  return Object.hasOwn(tables[kind], event) ? tables[kind][event] : undefined;
}
