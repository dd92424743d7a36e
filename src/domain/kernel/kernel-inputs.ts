import type { Ask, CommandLike, KernelEvent, NoticeIn, NoticeLike } from './decider.ts';
import type { Right } from './can.ts';
import type { Held } from './held.ts';
import type { ToAny } from '../notices.ts';
import { blocked, refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';
import { capacities } from './words.ts';
import type { RedactionOutcome } from './words.ts';

/** Commands that every case understands. */
export const kernelRights: Readonly<Record<string, Right>> = {
  settle_prompt: { code: 'UNDELIVERED', by: ['hr', 'hr_director'] },
  // X30: whoever has to do with the case may hide a text of it; none who merely run or audit the machine.
  redact_text: { code: 'X30', by: capacities.filter((one) => one !== 'administrator' && one !== 'auditor') },
  settle_redaction: { code: 'X30', by: ['hr', 'hr_director', 'privacy_officer'] },
};

/** X30: hidden at once. That the case's rows name the text is for the step to see: states hold no lists of texts. */
function redact(held: Held, text: string): readonly KernelEvent[] | Refusal {
  if (held.base.sequence === 0) return refuse('not_open');
  const open = held.base.redactions?.some((one) => one.text === text) ?? false;
  return open ? refuse('nothing_to_do', 'X30') : [{ kind: 'text_hidden', body: { text } }];
}

/** X30: by HR, and never by whoever hid it: nobody makes a text vanish alone. */
function settle(held: Held, ask: Ask<CommandLike>): readonly KernelEvent[] | Refusal {
  const { text, outcome } = ask.command.payload as { text?: string; outcome: RedactionOutcome };
  const { redactions = [] } = held.base;
  const found = text === undefined ? redactions : redactions.filter((one) => one.text === text);
  const [one] = found;
  if (one === undefined) return refuse('nothing_to_do', 'X30');
  if (found.length > 1) return blocked('X30', { code: 'which_text', visibility: 'C3' });
  if ([one.by, one.name].some((who) => who !== undefined && (who === ask.actor || who === ask.onBehalfOf)))
    return blocked('X30', { code: 'second_person_needed' });
  return [{ kind: 'redaction_settled', body: { text: one.text, outcome } }];
}

/** @returns the events of a command every case understands, or null when it is the case's own. */
export function kernelCommand(held: Held, ask: Ask<CommandLike>): readonly KernelEvent[] | Refusal | null {
  if (ask.command.type === 'redact_text') return redact(held, (ask.command.payload as { text: string }).text);
  if (ask.command.type === 'settle_redaction') return settle(held, ask);
  if (ask.command.type !== 'settle_prompt') return null;
  const { prompt } = ask.command.payload as { prompt?: unknown };
  const open = held.base.undelivered.find((one) => one.prompt === prompt);
  if (open === undefined) return refuse('nothing_to_do', 'UNDELIVERED');
  return [{ kind: 'prompt_undelivered', body: { prompt: open.prompt, code: 'settled' } }];
}

/** @returns the events of a notice every case understands, or null when it is the case's own. */
export function kernelNotice(held: Held, input: NoticeIn<NoticeLike>): readonly KernelEvent[] | null {
  const notice = input.notice as ToAny;
  switch (notice.kind) {
    case 'prompt_undelivered':
      return [{ kind: 'prompt_undelivered', body: notice.body }];
    // What was sent went to a case that is final: kept as an event, so that nothing vanishes between two cases.
    case 'returned':
      return [{ kind: 'notice_declined', body: { notice: notice.body.kind, code: 'not_wanted' } }];
    case 'terms_changed':
      return [{ kind: 'terms_adopted', body: { before: held.base.terms, after: notice.body.after } }];
    default: {
      // Everything else is the case's own; the type says only what the kernel knows.
      const own: never = notice;
      void own;
      return null;
    }
  }
}
