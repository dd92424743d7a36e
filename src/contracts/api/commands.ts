import { z } from 'zod';

/** A command of a kind of case, with the decision it belongs to, in words. */
export const commandLine = z.object({
  ...{ kind: z.string(), type: z.string(), code: z.string().nullable(), doing: z.string().nullable() },
  /** It asks a session to show again who is there. */
  stepUp: z.boolean(),
  /** A case begins with it. */
  opens: z.boolean(),
});

/** What a command takes. */
export const commandForm = commandLine.extend({
  /** JSON Schema 2020-12 of the payload. */
  schema: z.record(z.string(), z.unknown()),
  /** Path of a text → the surface of the guard that reads it. */
  guarded: z.record(z.string(), z.string()),
});

/** Whom a case is about. */
export const subjectOf = z.object({
  ...{ case: z.string(), person: z.string(), name: z.string().nullable() },
  /** The search an application belongs to. */
  search: z.string().nullable(),
});

/** Who is what in a case. */
export const related = z.object({
  person: z.string(),
  capacity: z.string(),
  name: z.string().nullable(),
});
