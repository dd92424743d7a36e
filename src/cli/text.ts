import { askText } from '../client/ask-text.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

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
