import { z } from 'zod';
import { happened, instant, missing, visibility, waiting, who, why } from './shapes.ts';

/** What will be asked of whom and when, by the rules alone. */
export const forecast = z.object({
  ...{ now: instant, until: instant, assumed: z.enum(['silent', 'on_time']) },
  list: z.array(
    z.object({
      ...{ at: instant, case: z.string(), kind: z.string(), zone: z.string(), what: z.string() },
      ...{ obligation: z.string().nullable(), how: z.string(), due: instant.nullable(), to: z.array(who) },
    }),
  ),
  hidden: z.array(z.object({ case: z.string(), due: instant, zone: z.string() })),
  done: z.array(z.object({ case: z.string(), code: z.string(), at: instant })),
  judged: z.array(z.string()),
});

/** A case as it stood at a past instant. */
export const stoodThen = z.object({
  ...{ case: z.string(), at: instant, zone: z.string(), stage: z.string(), status: z.string() },
  sequence: z.int(),
  gates: z.array(z.object({ gate: z.string(), missing: z.array(missing) })),
  waiting: z.array(why),
  /** What it held, by the names of its own state; null where that is not this reader's. */
  state: z.unknown().nullable(),
  readers: z
    .array(
      z.object({
        person: z.string().nullable(),
        capacities: z.array(z.string()),
        reads: z.array(visibility),
      }),
    )
    .nullable(),
});

/** One page before a session of supervision. */
export const brief = z.object({
  ...{ case: z.string(), now: instant, zone: z.string(), employee: who },
  next: z.object({ session: z.string(), on: z.string(), at: z.string(), by: who.nullable() }).nullable(),
  last: z.object({ on: z.string(), topics: z.array(z.string()) }).nullable(),
  unconfirmed: z.array(z.string()),
  actions: z.array(z.object({ action: z.string(), owner: who, due: z.string() })),
  agenda: z.array(z.object({ topic: z.string(), by: z.enum(['employee', 'supervisor']) })),
  credential: z.object({ status: z.string(), validTo: z.string() }),
  hours: z.object({ of: z.enum(['training', 'route']), left: z.number(), until: z.string() }).nullable(),
  waiting: z.array(waiting),
  hardMoments: z.string(),
});

/** A case for one page that somebody from outside can check. */
export const explanation = z.object({
  ...{ case: z.string(), kind: z.string(), site: z.string(), stage: z.string(), status: z.string() },
  ...{ zone: z.string(), now: instant, hash: z.string() },
  rows: z.array(
    happened.extend({
      gates: z.array(z.string()),
      facts: z.array(z.object({ kind: z.string(), case: z.string(), sequence: z.int() })),
      policy: z.string(),
    }),
  ),
  ahead: z.array(waiting),
  /** The page itself, as Markdown. */
  text: z.string(),
});

/** A document, once to read and once to print. */
export const paper = z.object({ title: z.string(), markdown: z.string(), html: z.string() });

export const retentionOf = z.object({
  retention: z.object({ retention: z.string(), from: z.string(), purge: z.string() }).nullable(),
});

/** A text that was typed for a decision, for who may read the row that names it. */
export const shownText = z.object({
  ...{ ref: z.string(), subject: z.string(), text: z.string(), case: z.string(), sequence: z.int() },
  ...{ at: instant, actor: z.string(), visibility, redaction: z.string().nullable() },
});

/** Who stands where in a role: elements by people. */
export const matrix = z.object({
  ...{ version: z.int().nullable(), draft: z.boolean() },
  people: z.array(
    z.object({
      ...{
        person: z.string(),
        name: z.string().nullable(),
        capacity: z.string(),
        left: z.string().nullable(),
      },
    }),
  ),
  rows: z.array(
    z.object({
      ...{ element: z.string(), heading: z.string(), mandatory: z.boolean(), status: z.string() },
      ...{ round: z.int(), words: z.string().nullable(), choices: z.array(z.string()) },
      ...{ notConsensus: z.boolean(), concern: z.boolean(), said: z.array(z.string().nullable()) },
      objections: z.array(z.object({ person: z.string(), round: z.int() })),
    }),
  ),
});

/** The versions of several teams of one role side by side, with the words of their elements. */
export const compared = z.object({
  sides: z.array(
    z.object({
      ...{ case: z.string(), family: z.string().nullable(), team: z.string().nullable() },
      version: z.int().nullable(),
    }),
  ),
  elements: z.array(
    z.object({
      ...{ element: z.string(), differs: z.boolean() },
      sides: z.array(
        z
          .object({
            ...{ status: z.string(), choices: z.array(z.string()), text: z.string().nullable() },
            words: z.string().nullable(),
          })
          .nullable(),
      ),
    }),
  ),
});

/** What the readiness of a site has come to. */
export const readiness = z.object({
  sheets: z.object({ in: z.int().nullable(), of: z.int() }),
  items: z
    .array(
      z.object({
        ...{ item: z.int(), scores: z.record(z.string(), z.string()), talk: z.boolean() },
        statement: z.string().optional(),
      }),
    )
    .nullable(),
  names: z.record(z.string(), z.string()),
  policies: z.array(
    z.object({
      ...{ policy: z.string(), verdict: z.string(), scope: z.string(), owner: z.string().optional() },
      ...{ due: z.string().optional(), finding: z.string().nullable() },
    }),
  ),
  verdict: z.string().nullable(),
  actions: z.array(z.record(z.string(), z.unknown())),
  timeline: z
    .object({
      parts: z.array(z.object({ part: z.string(), weeks: z.number(), from: z.string(), until: z.string() })),
      ...{ weeks: z.number(), until: z.string(), warnings: z.array(z.string()) },
    })
    .nullable(),
});

/** One reading of selection or confidential matters about a person. */
export const accessed = z.object({
  ...{ at: instant, by: z.string(), name: z.string().nullable(), what: z.string() },
  ...{ refs: z.array(z.string()), classes: z.array(visibility) },
});

/** A legal hold that stands (X29). */
export const hold = z.object({
  ...{ clock: z.string(), site: z.string(), subject: z.string(), reason: z.string(), on: z.string() },
  ...{ by: z.string(), owner: z.string(), confirmed: z.boolean(), review: z.string() },
  lifting: z.object({ by: z.string(), reason: z.string(), on: z.string() }).nullable(),
});

/** A legal hold that was lifted (X29): by the two whose words its rows keep. */
export const liftedHold = hold.omit({ lifting: true }).extend({
  lifted: z.object({
    ...{ proposedBy: z.string(), confirmedBy: z.string(), reason: z.string(), on: z.string() },
    ...{ at: instant, position: z.int() },
  }),
});

/** A case that is over, and until when the texts of its records are kept. */
export const purgeLine = z.object({
  ...{ case: z.string(), retention: z.string(), from: z.string(), purge: z.string() },
  ...{ is: z.enum(['later', 'due', 'held', 'purged']), texts: z.int() },
});

/** Whether the second list of what was erased has it; `not_reached`: it follows with the next erasure, or by night. */
export const secondList = z.enum(['written', 'not_reached', 'none']);

/** A learning card: what is often thought, what is so, what to do now. */
export const card = z.object({
  ...{ id: z.string(), about: z.object({ kind: z.string().optional(), ref: z.string() }), title: z.string() },
  ...{ think: z.string(), so: z.string(), doNow: z.string(), shownAt: z.array(z.string()) },
  asks: z.array(z.object({ code: z.string(), what: z.string(), because: z.string() })).optional(),
  ...{ source: z.string(), reviewed: z.string() },
});

/** What the guards say of one text. */
export const guarded = z.object({
  id: z.string(),
  findings: z.array(
    z.object({
      ...{ rule: z.string(), level: z.string(), why: z.string() },
      instead: z.string().nullable().optional(),
    }),
  ),
});

/** The ledger proven: what holds, with counts; or the first wrong place. */
export const verdict = z.discriminatedUnion('ok', [
  z.object({
    ...{ ok: z.literal(true), org: z.string(), proves: z.enum(['organization', 'case']) },
    ...{ rows: z.int(), cases: z.int(), documents: z.int(), gates: z.int(), facts: z.int() },
    ...{ rights: z.int(), notices: z.int(), acts: z.int() },
    sealed: z.object({ rows: z.int(), opened: z.int() }),
    known: z.record(z.string(), z.int()),
    head: z.object({ position: z.int(), hash: z.string() }),
    anchors: z.object({ checked: z.int(), upTo: z.int(), since: z.int() }),
  }),
  z.object({
    ok: z.literal(false),
    place: z.object({ position: z.int(), case: z.string(), sequence: z.int() }),
    ...{ code: z.string(), what: z.string() },
  }),
]);

/** A meeting somebody takes part in; its hour is meant in the zone of its site. */
export const meetingAhead = z.object({
  ...{ case: z.string(), id: z.string(), at: instant, minutes: z.int(), zone: z.string() },
});
