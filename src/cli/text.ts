import { askText, caseOfText } from '../client/ask-text.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { decideCommand } from './decide.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

export interface SettleOptions extends CaseOptions {
  readonly outcome?: string | undefined;
}

/** `text show`: a text that was typed for a decision, for a reader who may read the row that names it. */
export async function textShow(io: Io, ref: string, options: CaseOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const shown = await askText(office, asOf(options.as), ref);
    if (options.json === true) io.out(JSON.stringify(shown));
    else {
      io.out(`${shown.ref} · ${shown.case} · sequence ${shown.sequence} · about ${shown.subject}`);
      io.out(shown.text);
    }
    return EXIT.done;
  });
}

/** A command to the case whose text it is, by somebody who may read that text. */
async function ofItsCase(
  io: Io,
  ref: string,
  options: CaseOptions,
  asked: { readonly type: string; readonly payload: object },
): Promise<Exit> {
  const actor = asOf(options.as);
  const id = await within(options, io.env, async ({ office }) => caseOfText(office, actor, ref));
  const payload = JSON.stringify({ text: ref, ...asked.payload });
  return decideCommand(io, { ...options, case: id, type: asked.type, actor, payload });
}

/** `text redact` (X30): hidden at once, for everybody; HR is asked to look. */
export async function textRedact(io: Io, ref: string, options: CaseOptions): Promise<Exit> {
  return ofItsCase(io, ref, options, { type: 'redact_text', payload: {} });
}

/** `text settle` (X30): deleted, moved to the vault, or readable as before. */
export async function textSettle(io: Io, ref: string, options: SettleOptions): Promise<Exit> {
  const { outcome, ...rest } = options;
  return ofItsCase(io, ref, rest, { type: 'settle_redaction', payload: { outcome } });
}
