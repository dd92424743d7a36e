import { z } from 'zod';
import { instant } from './shapes.ts';

/** What an installation was found to be in. */
export const examined = z.object({
  wrong: z.int(),
  findings: z.array(z.object({ check: z.string(), is: z.enum(['good', 'note', 'bad']), says: z.string() })),
  promises: z.array(z.string()),
  backup: z.object({
    /** The folder to copy elsewhere, and the key, which is copied to another place than that. */
    ...{ folder: z.string(), databaseOurs: z.boolean() },
    /** Where signed heads go besides; null where the operator named no place. */
    place: z.string().nullable(),
    /** The last copy that was made with this program, and the last that was tried; null where there was none. */
    last: z.object({ at: instant, position: z.int() }).nullable(),
    drill: z.object({ at: instant, ok: z.boolean(), position: z.int() }).nullable(),
  }),
  mail: z.object({ server: z.string(), caught: z.boolean() }),
});

/** A signed head of the ledger: proves later that everything up to it is what it was. */
export const signedHead = z.object({
  ...{ position: z.int(), hash: z.string(), at: instant, key: z.string() },
});

export const signedHeads = z.object({
  list: z.array(signedHead),
  /** The public key they are held against; null before the first. */
  key: z.string().nullable(),
  /** What the last check of the night found; null where none was made. */
  checked: z.object({ at: instant, ok: z.boolean(), position: z.int(), heads: z.int() }).nullable(),
});

export const mailTest = z.strictObject({ address: z.email().max(254).optional() });

/** What became of a message for trying out. */
export const mailTested = z.object({
  is: z.enum(['sent', 'refused', 'unknown']),
  /** A code of the server or of the connection. */
  why: z.string().nullable(),
  server: z.string(),
  caught: z.boolean(),
});
