import { askAccess } from '../client/ask-access-about.ts';
import { asOf } from './board.ts';
import type { CaseOptions } from './case.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';

export interface AccessOptions extends CaseOptions {
  readonly about?: string | undefined;
}

/** `access list`: who read what about a person, for that person. */
export async function accessList(io: Io, options: AccessOptions): Promise<Exit> {
  return within(options, io.env, async ({ office }) => {
    const list = await askAccess(office, asOf(options.as), options.about ?? '');
    if (options.json === true) {
      io.out(JSON.stringify({ about: options.about, list }));
      return EXIT.done;
    }
    if (list.length === 0) io.out('Nobody has read selection or confidential matters about you.');
    for (const { at, by, name, what, refs, classes } of list) {
      const kinds = classes.length === 0 ? '' : ` (${classes.join(', ')})`;
      io.out(`${new Date(at).toISOString()} · ${name ?? by} · ${what}${kinds} · ${refs.join(' ')}`);
    }
    return EXIT.done;
  });
}
