import type { Ask, CommandLike, KernelEvent, NoticeIn, NoticeLike } from './decider.ts';
import type { Right } from './can.ts';
import type { Held } from './held.ts';
import type { ToAny } from '../notices.ts';
import { refuse } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Commands that every case understands. */
export const kernelRights: Readonly<Record<string, Right>> = {
  settle_prompt: { code: 'UNDELIVERED', by: ['hr', 'hr_director'] },
};

/** @returns the events of a command every case understands, or null when it is the case's own. */
export function kernelCommand(held: Held, ask: Ask<CommandLike>): readonly KernelEvent[] | Refusal | null {
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
