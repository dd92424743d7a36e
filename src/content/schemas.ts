import { z } from 'zod';
import { isCivilDate } from '../domain/kernel/calendar.ts';
import { capacities } from '../domain/kernel/words.ts';
import { competencies as ratedCompetencies } from '../domain/candidacy/words.ts';
import { itemCount, reviewedPolicies } from '../domain/readiness/words.ts';
import { competencies, elementChoices, nonPeerCodes, prohibitedCodes } from '../domain/role/words.ts';

const text = z.string().trim().min(1).max(700);
const line = z.string().trim().min(1).max(200);
const texts = z.array(text).min(1).max(12);
const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an id such as duty-own-notes');

/** A decision, prompt, rule, gate or exception of the domain. */
const code = z.string().regex(/^([DPR]\d\.\d{1,2}|G\d|X\d{1,2})$/, 'a code such as D4.1 or G2');
const shownAt = z.array(code).min(1).max(12);

/** Origin: parts set apart by `;`, each with its tag; what was read (R) or is known (K) says where. */
const SOURCE =
  /^(S00[0-3]( [^;]+)?|O( [^;]+)?|[RK] [^;]{3,})(; (S00[0-3]( [^;]+)?|O( [^;]+)?|[RK] [^;]{3,}))*$/;

/** What every item carries: where it comes from, who keeps it, when it was last read, which version it is. */
const provenance = {
  source: z.string().max(300).regex(SOURCE, 'parts that begin with S000 to S003, R, K or O'),
  owner: z.enum(capacities),
  reviewed: z.string().refine(isCivilDate, 'a day of the form YYYY-MM-DD'),
  version: z.number().int().min(1),
};
const heading = { v: z.literal(1), title: line };

/** The four parts of the self-check (domain, stage 0). */
export const readinessParts = ['peer_practice', 'culture', 'hiring', 'supervision'] as const;

export const readinessItem = z.strictObject({
  id,
  /** Its place in a scored sheet (`score_items`), from 1. */
  number: z.number().int().min(1).max(itemCount),
  part: z.enum(readinessParts),
  statement: text,
  looksLike: z.strictObject({ '1': text, '2': text, '3': text }),
  whenOne: text,
  prepares: shownAt,
  ...provenance,
});

export const readinessFile = z.strictObject({
  ...heading,
  parts: z.array(z.strictObject({ id: z.enum(readinessParts), title: line })).length(readinessParts.length),
  items: z
    .array(readinessItem)
    .length(itemCount)
    .refine((items) => items.every(({ number }, at) => number === at + 1), 'items numbered in their order'),
});

export const orientationFile = z.strictObject({
  ...heading,
  id,
  minutes: z.number().int().positive(),
  purpose: text,
  for: text,
  ledBy: z.array(z.enum(capacities)).min(1),
  shownAt,
  before: texts,
  parts: z
    .array(
      z.strictObject({
        id,
        title: line,
        minutes: z.number().int().min(1).max(60),
        aim: text,
        exercise: text,
        materials: texts,
      }),
    )
    .min(1),
  whatNotToDo: texts,
  afterwards: texts,
  ...provenance,
});

const goals = z.enum(elementChoices.E1 as readonly [string, ...string[]]);
const percent = z.number().int().min(0).max(100);

/** A duty that may stand in a peer role, with the class the library suggests; people decide it (D2.1). */
export const duty = z
  .strictObject({
    id,
    text: line,
    class: z.enum(['core', 'support', 'shared']),
    competencies: z.array(z.enum(competencies)).min(1).max(4),
    /** Usual share of working time, in percent. */
    sharePct: z.strictObject({ from: percent, to: percent }),
    goals: z.array(goals).max(4),
    /** For `shared`: usual other roles that take the same turn. */
    alsoDoneBy: z.array(z.string().regex(/^[a-z_]{2,40}$/)).max(6),
    ...provenance,
  })
  .refine(({ sharePct }) => sharePct.from <= sharePct.to, { path: ['sharePct'], message: 'from is over to' })
  .refine((one) => one.class !== 'core' || one.goals.length > 0, {
    path: ['goals'],
    message: 'a core duty serves a goal of E1',
  })
  .refine((one) => (one.class === 'shared') === one.alsoDoneBy.length > 0, {
    path: ['alsoDoneBy'],
    message: 'a shared duty, and no other, names who else does it',
  });

/** A task that never belongs to a peer role: its code, the reason, and a duty of the library to offer in its place. */
export const neverDuty = z
  .strictObject({
    id,
    text: line,
    class: z.enum(['prohibited', 'non_peer']),
    code: z.enum([...prohibitedCodes, ...nonPeerCodes]),
    why: text,
    instead: id,
    ...provenance,
  })
  .refine((one) => one.code.startsWith('P_') === (one.class === 'prohibited'), {
    path: ['class'],
    message: 'P_ codes are prohibited, N_ codes non_peer',
  });

export const dutyFile = z.strictObject({
  ...heading,
  note: text,
  duties: z.array(duty).min(1),
  never: z.array(neverDuty).min(1),
});

export const questionKinds = ['situation', 'past', 'exercise', 'view'] as const;

/** D4.6: the one set of questions to referees. */
export const referenceFile = z.strictObject({
  ...heading,
  note: text,
  questions: z.array(z.strictObject({ id, text: line })).min(1),
  shownAt,
  ...provenance,
});

/** What a competency looks at, and the anchors of the scale; 3 is the hiring line (domain 6.5). */
export const competency = z
  .strictObject({
    id: z.enum(competencies),
    title: line,
    looksAt: text,
    ratedInInterview: z.boolean(),
    anchors: z.strictObject({ '1': text, '3': text, '5': text }),
    ...provenance,
  })
  .refine((one) => one.ratedInInterview === ratedCompetencies.some((rated) => rated === one.id), {
    path: ['ratedInInterview'],
    message: 'rated are the competencies of D4.3',
  });

export const question = z.strictObject({
  id,
  competency: z.enum(competencies),
  also: z.array(z.enum(competencies)).max(3),
  kind: z.enum(questionKinds),
  text: z.string().trim().min(10).max(400),
  listensFor: texts,
  followUps: texts,
  ...provenance,
});

/** A question about duties, hours or pay that every candidate gets in the same words; nothing is rated. */
export const practicalQuestion = z.strictObject({ id, text, note: text, ...provenance });

export const questionFile = z.strictObject({
  ...heading,
  note: text,
  competencies: z.array(competency).length(competencies.length),
  questions: z.array(question).min(1),
  practical: z.array(practicalQuestion).min(1),
});

const about = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('misconception'), ref: z.string().regex(/^M([1-9]|10)$/) }),
  z.strictObject({ kind: z.literal('concern'), ref: z.string().regex(/^AC\d{1,2}$/) }),
  z.strictObject({ kind: z.literal('element'), ref: z.string().regex(/^E([1-9]|1[0-3])$/) }),
  z.strictObject({ kind: z.literal('gate'), ref: z.string().regex(/^G[0-5]$/) }),
]);

export const learningCard = z
  .strictObject({
    id,
    about,
    title: line,
    think: text,
    so: text,
    doNow: text,
    shownAt,
    /** For a gate: what it asks for, under the code of a missing line, and why. */
    asks: z
      .array(z.strictObject({ code, what: text, because: text }))
      .min(1)
      .optional(),
    ...provenance,
  })
  .refine((card) => (card.about.kind === 'gate') === (card.asks !== undefined), {
    path: ['asks'],
    message: 'a card of a gate, and no other, says what it asks for',
  });

export const cardFile = z.strictObject({ ...heading, cards: z.array(learningCard).min(1) });

const fieldName = z.string().regex(/^[a-z][a-z_]{1,40}$/, 'a name such as start_date');

export const fieldKinds = [
  'name',
  'title',
  'person',
  'contact',
  'date',
  'time',
  'number',
  'money',
  'text',
  'list',
  'line',
] as const;

export const fieldFile = z.strictObject({
  ...heading,
  fields: z.array(z.strictObject({ name: fieldName, kind: z.enum(fieldKinds), means: line })).min(1),
  ...provenance,
});

/** The front matter of a template: the closed list of what may stand between its braces. */
export const templateHead = z
  .strictObject({
    id,
    kind: z.enum(['policy', 'posting', 'letter']),
    title: line,
    /** For letters: the subject line of the message that carries it. */
    subject: line.optional(),
    /** For policies: which of the reviewed policies it is a template of (D0.5). */
    policy: z.enum(reviewedPolicies).optional(),
    shownAt,
    fields: z.array(fieldName).min(1),
    sections: z.array(z.strictObject({ name: fieldName, when: line })),
    ...provenance,
  })
  .refine((head) => (head.kind === 'policy') === (head.policy !== undefined), {
    path: ['policy'],
    message: 'a policy, and no other, names the policy it is of',
  })
  .refine((head) => (head.kind === 'letter') === (head.subject !== undefined), {
    path: ['subject'],
    message: 'a letter, and no other, has a subject',
  })
  .refine((head) => head.kind === 'policy' || head.fields.includes('counsel_line'), {
    path: ['fields'],
    message: 'a letter or posting has the line that says whether counsel read the profile (counsel_line)',
  });
