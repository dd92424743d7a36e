import { z } from 'zod';
import { capacities, caseKinds } from '../domain/kernel/words.ts';
import { isCivilDate } from '../domain/kernel/calendar.ts';
import { acknowledged } from './envelope.ts';

/**
 * A scenario: people, a site, dated commands and everything that is expected to happen. See docs/scenarios.md.
 * In payloads `@word` is a person, `#word` a case, `$site` the site, and `{"text": "…", "about": "@word"}` a free text
 * that is sealed under that person's key.
 */

const word = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a word in lower case');
/** A local date and time of the site, `2025-01-06 10:00`. */
const moment = z
  .string()
  .refine(
    (text) => isCivilDate(text.slice(0, 10)) && /^ \d\d:\d\d$/.test(text.slice(10)),
    'YYYY-MM-DD HH:MM',
  );
const named = z.string().regex(/^[@#$][a-z][a-z0-9-]{0,39}$/);
/** The row of the worked example or the code of the rule that makes it due. */
const why = z.string().min(2).max(160);

const person = z.strictObject({
  name: z.string().min(1).max(80),
  capacities: z.array(z.enum(capacities)),
});

const act = z.strictObject({
  at: moment,
  by: word,
  case: word,
  do: z.string(),
  with: z.record(z.string(), z.unknown()).default({}),
  acknowledge: acknowledged.optional(),
  about: z.strictObject({ subject: z.string(), version: z.number().int() }).optional(),
  onBehalfOf: word.optional(),
  /** Left out: it is done. Else the code or rule of the refusal expected. */
  refused: z.string().optional(),
  /** The kinds of event the decision leaves in the ledger, in their order; left out: not compared. */
  events: z.array(z.string()).optional(),
  why,
});

const appointment = z.strictObject({
  at: moment,
  assign: z.array(z.strictObject({ person: word, capacity: z.enum(capacities), scope: named })).optional(),
  unassign: z.array(z.strictObject({ person: word, capacity: z.enum(capacities), scope: named })).optional(),
  delegate: z.strictObject({ absent: word, standIn: word, until: moment }).optional(),
  why,
});

const expected = z.strictObject({
  on: moment,
  /** `prompt P7.1 s0`, `warning R0.4`, `late P4.4`, `act expired`, `declined <notice>`. */
  what: z.string().regex(/^(prompt|warning|late|act|declined) [\w.]+( [\w-]+)?$/),
  case: word,
  /** Owners of a prompt: a person or `capacity@site`. */
  to: z.array(z.string()).optional(),
  why,
});

export const scenarioSchema = z.strictObject({
  v: z.literal(1),
  seed: word,
  title: z.string().max(200),
  start: moment,
  until: moment,
  /** The guards read every text, as the façade has it read; one they stop is refused. Left out: nobody reads them. */
  guarded: z.literal(true).optional(),
  site: z.strictObject({
    word,
    name: z.string().max(80),
    zone: z.string(),
    opens: z.string(),
    closes: z.string(),
    workdays: z.array(z.number().int().min(1).max(7)),
    firstYear: z.number().int(),
    lastYear: z.number().int(),
    holidays: z.string(),
  }),
  policy: z.string(),
  profile: z.string(),
  comparator: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  comparatorSource: z.string(),
  people: z.record(word, person),
  /** Cases by a word: opened by a command, or started by another case under a label. */
  cases: z.record(
    word,
    z.strictObject({ kind: z.enum(caseKinds), startedBy: word.optional(), label: z.string().optional() }),
  ),
  acts: z.array(z.union([act, appointment])),
  expect: z.array(expected),
});

/** A scenario that goes on where another ended: the same site, people and seed, and more of each. */
export const continuationSchema = z.strictObject({
  v: z.literal(1),
  /** The name of the scenario before it, in the same folder. */
  continues: word,
  title: z.string().max(200),
  until: moment,
  people: z.record(word, person),
  cases: scenarioSchema.shape.cases,
  acts: scenarioSchema.shape.acts,
  expect: scenarioSchema.shape.expect,
});

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioAct = z.output<typeof act>;
export type ScenarioAppointment = z.output<typeof appointment>;
export type ScenarioExpectation = z.output<typeof expected>;
