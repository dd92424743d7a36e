import { z } from 'zod';
import { visibilityClasses } from '../../domain/kernel/words.ts';

/** Milliseconds since 1970-01-01 UTC on the organization's clock, as everywhere in the product. */
export const instant = z.int().meta({ description: 'milliseconds since 1970-01-01 UTC' });

export const visibility = z.enum(visibilityClasses);

/** Who an owner is now: a person, in which capacity, and who stands in for them. */
export const who = z.object({
  owner: z.string(),
  person: z.string().nullable(),
  standIn: z.string().nullable(),
  capacity: z.string().nullable(),
  name: z.string().nullable(),
  standInName: z.string().nullable(),
});

const rung = z.object({ id: z.string(), at: instant, to: z.array(z.string()) });

/** Why something waits; a reader without its class learns that HR has it, and by when. */
export const why = z.discriminatedUnion('masked', [
  z.object({
    masked: z.literal(false),
    ...{ id: z.string(), code: z.string(), owner: z.string(), since: instant, due: instant, visibility },
    ...{ atSilence: z.string(), next: z.string().nullable(), rung: rung.nullable(), reminded: z.int() },
  }),
  z.object({ masked: z.literal(true), owner: z.literal('hr'), due: instant }),
]);

export const waiting = z.object({
  ...{ case: z.string(), kind: z.string(), stage: z.string(), site: z.string(), siteName: z.string() },
  ...{ zone: z.string(), late: z.boolean(), why, who: who.nullable(), nextTo: z.array(who) },
  /** Whom a message did not reach, where that is what waits. */
  unreached: who.nullable(),
  /** The why-waiting sentence, in words. */
  sentence: z.string(),
});

const caseHead = {
  ...{ case: z.string(), kind: z.string(), site: z.string(), siteName: z.string(), zone: z.string() },
  ...{ stage: z.string(), status: z.string(), openedAt: instant },
  /** Null in a confidential case for whoever may not read in it. */
  ...{ sequence: z.int().nullable(), movedAt: instant.nullable() },
};

export const boardRow = z.object({ ...caseHead, waiting: waiting.nullable() });

export const shownCase = z.object({
  ...caseHead,
  facts: z.array(z.object({ kind: z.string(), subject: z.string(), value: z.string() })).nullable(),
  waiting: z.array(waiting),
  nextWake: instant.nullable(),
});

export const missing = z.object({
  code: z.string(),
  about: z.string().optional(),
  who: z.string().optional(),
  visibility: visibility.optional(),
  words: z.string(),
});

export const gateNow = z.object({
  ...{ gate: z.string(), guards: z.array(z.string()), passed: z.boolean(), holds: z.boolean() },
  missing: z.array(missing),
  acknowledged: z.array(
    z.object({
      ...{ rules: z.array(z.string()), about: z.string().nullable(), actor: z.string().nullable() },
      ...{ actorName: z.string().nullable(), at: instant, position: z.int() },
    }),
  ),
  notWitnessed: z.literal(true).optional(),
});

/** A row of a case as its reader may know it. */
export const happened = z.object({
  ...{ position: z.int(), sequence: z.int().nullable(), at: instant, kind: z.string().nullable() },
  ...{ actor: z.string().nullable(), actorName: z.string().nullable(), how: z.string().nullable() },
  ...{ capacity: z.string().nullable(), decisionId: z.string().nullable() },
  to: z.array(z.object({ owner: z.string(), name: z.string().nullable() })),
  body: z.record(z.string(), z.unknown()).nullable(),
  visibility,
  masked: z.boolean(),
});

export const listed = z.object({
  person: z.string(),
  name: z.string().nullable(),
  erased: z.boolean(),
  capacities: z.array(z.object({ capacity: z.string(), scope: z.string() })),
  standIn: z.string().nullable(),
  /** They work somewhere here, or hold an office; false: they only apply, or are nowhere yet. */
  works: z.boolean(),
});

export const receipt = z.object({
  ...{ decisionId: z.string(), case: z.string(), sequence: z.int(), at: instant },
  kinds: z.array(z.string()),
});

/** What a guard found in one text: for its author alone. */
export const found = z.object({
  field: z.string(),
  surface: z.string(),
  pack: z.string(),
  findings: z.array(
    z.object({
      rule: z.string(),
      level: z.string(),
      why: z.string(),
      instead: z.string().nullable().optional(),
    }),
  ),
});

/** RFC 9457, with our code, what is missing, and what to do. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  rule: z.string().nullable().optional(),
  missing: z.array(missing).optional(),
  findings: z.array(found).optional(),
  /** Fields that do not have the form they must have: paths and codes, never what was sent. */
  fields: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  /** To ask again for the same thing: after `not_confirmed`. */
  decisionId: z.string().optional(),
  retryAfter: z.int().optional(),
});
export type Problem = z.output<typeof problem>;
