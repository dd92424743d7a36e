import type { Answer, StepAnswer, StepRequest } from '../contracts/step.ts';
import type { Advanced } from '../domain/kernel/advance.ts';
import type { Owed, StepRead } from '../ledger/step-store.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { spread } from './step-write.ts';

const LONG_SLEEP_MS = 4 * 86_400_000;
const LEAST_WAIT_MS = 1_000;
const DAY_MS = 86_400_000;

function wakeIn(next: number | null, read: StepRead): number | null {
  if (read.sandbox || next === null) return null;
  return Math.max(next - read.now, LEAST_WAIT_MS);
}

/** A case is woken for what it owes, and for a message that was put off to a better hour. */
function earlier(next: number | null, { held }: Owed): number | null {
  return next === null || held === null ? (next ?? held) : Math.min(next, held);
}

/** How pressing the case is, for lists: `late`, `due` within a day, or `ok`. Clocks never say. */
function attention(advanced: Advanced, read: StepRead): string {
  const dues = advanced.obligations.filter((one) => one.visibility !== 'C3').map((one) => one.due);
  if (dues.some((due) => due < read.now)) return 'late';
  return dues.some((due) => due < read.now + DAY_MS) ? 'due' : 'ok';
}

function attributes(advanced: Advanced, read: StepRead, confidential: boolean): StepAnswer['attributes'] {
  if (confidential) return { stage: 'open', attention: 'ok', dueAt: null };
  const open = advanced.obligations.find((one) => one.visibility !== 'C3');
  return {
    stage: advanced.standing?.stage ?? '',
    attention: attention(advanced, read),
    dueAt: open?.due ?? null,
  };
}

function summaryOf(answer: Answer | null, request: StepRequest, confidential: boolean): string {
  const type = request.command?.envelope.type;
  if (confidential || type === undefined) return confidential ? 'step' : 'look';
  if (answer?.is !== 'refused') return type;
  const { rule, code, missing } = answer.refusal;
  return `refused ${rule ?? code}${missing.length > 0 ? ` lacks ${missing.length}` : ''}`;
}

/** The answer of a step that wrote something. */
export function answerFrom(
  advanced: Advanced,
  read: StepRead,
  owed: Owed,
  answer: Answer | null,
  request: StepRequest,
): StepAnswer {
  const confidential = kindOf(request.case) === 'clock';
  const final = advanced.standing?.status === 'final';
  const own =
    final || advanced.nextWake === null ? null : advanced.nextWake + spread(request.case, read.sandbox);
  const next = earlier(own, owed);
  const earliest = advanced.obligations.find((one) => one.visibility !== 'C3');
  return {
    answer,
    sequence: advanced.held?.base.sequence ?? 0,
    moved: true,
    wakeIn: wakeIn(next, read),
    longSleep: next === null || next - read.now > LONG_SLEEP_MS,
    // The run stays for a message that is still to go.
    final: final && owed.held === null,
    prompts: owed.prompts,
    nudges: owed.nudges,
    summary: summaryOf(answer, request, confidential),
    next: confidential || earliest === undefined ? 'next' : `next: ${earliest.code}`,
    attributes: attributes(advanced, read, confidential),
  };
}

/** The answer of a step in which nothing moved; everything in it comes from rows. */
export function quietAnswer(read: StepRead, advanced: Advanced | null, answer: Answer | null): StepAnswer {
  const row = read.case;
  const next = earlier(row?.next_wake ?? null, read.owed);
  const confidential = row?.kind === 'clock';
  const earliest = advanced?.obligations.find((one) => one.visibility !== 'C3');
  return {
    answer,
    sequence: row?.sequence ?? 0,
    moved: false,
    wakeIn: wakeIn(next, read),
    longSleep: next === null || next - read.now > LONG_SLEEP_MS,
    final: row?.status === 'final' && read.owed.held === null,
    prompts: read.owed.prompts,
    nudges: read.owed.nudges,
    summary:
      !confidential && answer?.is === 'refused'
        ? `refused ${answer.refusal.rule ?? answer.refusal.code}`
        : 'look',
    next: confidential || earliest === undefined ? 'next' : `next: ${earliest.code}`,
    attributes:
      advanced === null || advanced.standing === null
        ? { stage: confidential ? 'open' : (row?.stage ?? ''), attention: 'ok', dueAt: null }
        : attributes(advanced, read, confidential),
  };
}
