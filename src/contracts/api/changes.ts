import { z } from 'zod';
import { capacities } from '../../domain/kernel/words.ts';
import { caseId, personRef } from '../common.ts';
import { acknowledged, decisionId } from '../envelope.ts';
import { instant } from './shapes.ts';

const field = (most: number) => z.string().min(1).max(most);
const fields = {
  email: field(254).nullable(),
  phone: field(40).nullable(),
  zone: field(60).nullable(),
  channel: z.enum(['mail', 'phone', 'letter']),
};

/** Somebody for the directory. `person`: a ref of the caller's own, so that sending it again adds nobody twice. */
export const newPerson = z.strictObject({
  ...{ person: personRef.optional(), name: field(200) },
  ...z.object(fields).partial().shape,
});

/** Fields to set; null takes one away. */
export const personChanges = z.strictObject({ name: field(200), ...fields }).partial();

/** A capacity at a place: the organization, a site, or a case. */
export const capacityAt = z.strictObject({ capacity: z.enum(capacities), scope: field(80) });

export const capacityList = z.strictObject({
  ...{ decisionId: decisionId.optional(), list: z.array(capacityAt).min(1).max(40) },
});

/** As {@link capacityList}; `until`: it ends by itself at that instant. */
export const newCapacities = z.strictObject({
  decisionId: decisionId.optional(),
  list: z
    .array(capacityAt.extend({ until: instant.optional() }))
    .min(1)
    .max(40),
});

export const standIn = z.strictObject({
  ...{ decisionId: decisionId.optional(), to: personRef, until: instant.nullable().default(null) },
});

/** A file of applications, as its text. */
export const importing = z.strictObject({
  ...{ opening: caseId, csv: z.string().max(5_242_880) },
  acknowledge: acknowledged.optional(),
});

const rowPlanned = z.object({
  ...{ line: z.int(), person: z.string(), candidacy: z.string(), is: z.enum(['new', 'there']) },
});

/** What a file came to, or would come to; with errors nothing of it was entered. */
export const imported = z.object({
  is: z.enum(['would', 'done', 'stopped', 'invalid']),
  rows: z.array(rowPlanned),
  errors: z.array(z.object({ line: z.int(), code: z.string(), column: z.string().optional() })),
  /** Where it stopped, and why; the same file again is safe and goes on there. */
  stopped: z.object({ line: z.int(), why: z.enum(['not_confirmed', 'refused']) }).nullable(),
});

/** A login of this installation, and whom it belongs to, by ref. */
export const account = z.object({
  ...{ login: z.string(), person: z.string(), createdAt: instant, disabled: z.boolean() },
});

/** Somebody who came through the organization's provider: whom they are, or the code they were shown. Nothing of the provider. */
export const providerIdentity = z.object({
  ...{ code: z.string(), person: z.string().nullable(), createdAt: instant },
});

/** What a person wishes about their own mail. */
export const postWish = z.strictObject({
  style: z.enum(['immediate', 'digest']),
  muted: z.array(z.string().regex(/^[A-Z][A-Z0-9.]{0,19}(:[a-z]+)?$/, 'a code such as P7.6')).max(200),
});

/** Something begun and not sent. */
export const draft = z.object({
  ...{ place: z.string(), version: z.int(), savedAt: instant },
  draft: z.record(z.string(), z.unknown()),
});

/** A program that is told when something moved; never its secret. */
export const webhook = z.object({
  ...{ id: z.string(), url: z.string(), createdBy: z.string(), createdAt: instant, position: z.int() },
  ...{ failures: z.int(), lastStatus: z.int().nullable(), disabled: z.boolean() },
});

export const done = z.object({ done: z.literal(true) });
