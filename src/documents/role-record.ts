import type { AdoptedElement, RoleEvent } from '../domain/role/events.ts';
import type {
  ClassSheet,
  Duty,
  DutyClassing,
  HireTerms,
  PayRange,
} from '../domain/role/state-description.ts';
import { agreed } from '../domain/role/screen.ts';
import type { HoursKind, PartTimeReason, ScreenResult } from '../domain/role/words.ts';

/** A version of a role and what became of it (D1.3). */
export interface RecordedVersion {
  readonly version: number;
  readonly adoptedAt: number;
  readonly elements: readonly AdoptedElement[];
  readonly status: 'adopted' | 'superseded' | 'retired';
}

/** A duty list, the classes two people agree on, and what the screen said (D2.1, D2.2). */
export interface RecordedList {
  readonly list: number;
  readonly version: number;
  readonly duties: readonly (Duty & { readonly text: string })[];
  readonly classes: readonly DutyClassing[];
  readonly result: ScreenResult | null;
}

/** What was drafted and approved as the description of a version (D2.7, D2.8). */
export interface RecordedDraft {
  readonly version: number;
  readonly list: number;
  readonly hours: HoursKind;
  readonly partTimeReason: PartTimeReason | null;
  readonly benefits: boolean;
  readonly requirements: readonly string[];
  readonly status: 'draft' | 'approved' | 'superseded';
  /** Digest of the document that the approver read; null where none was named. */
  readonly documentDigest: string | null;
}

export type RecordedPay = PayRange & {
  readonly comparatorRole: string;
  readonly reason: string;
  readonly on: string;
};

/** A role as its ledger tells it: the texts by ref, which the state no longer holds. */
export interface RoleRecord {
  readonly kind: string;
  readonly versions: readonly RecordedVersion[];
  readonly lists: readonly RecordedList[];
  readonly terms: HireTerms;
  readonly pay: RecordedPay | null;
  readonly drafts: readonly RecordedDraft[];
}

export type RecordedEvent = RoleEvent & { readonly at: number };
type Of<K extends RoleEvent['kind']> = Extract<RecordedEvent, { kind: K }>;

interface Reading extends RoleRecord {
  readonly sheets: readonly ClassSheet[];
  readonly proposedPay: Omit<RecordedPay, 'on'> | null;
}

const nothing: Reading = {
  kind: '',
  versions: [],
  lists: [],
  terms: { requirements: null, wording: null, credential: null },
  pay: null,
  drafts: [],
  sheets: [],
  proposedPay: null,
};

function adopted(record: Reading, { body, at }: Of<'version_adopted'>): Reading {
  const before = record.versions.map((one) => ({ ...one, status: 'superseded' as const }));
  const { version, elements } = body;
  const drafts = record.drafts.map(replaced);
  const now = { version, elements, adoptedAt: at, status: 'adopted' as const };
  return { ...record, versions: [...before, now], drafts };
}

const replaced = (draft: RecordedDraft): RecordedDraft =>
  draft.status === 'approved' ? { ...draft, status: 'superseded' } : draft;

/** G2: other pay or other terms are approved with the description again. */
function unapproved(record: Reading): Reading {
  const drafts = record.drafts.map((one): RecordedDraft =>
    one.status === 'approved' ? { ...one, status: 'draft', documentDigest: null } : one,
  );
  return { ...record, drafts };
}

function entered(record: Reading, { body }: Of<'duties_entered'>): Reading {
  const last = record.lists.at(-1);
  const { list, version } = body;
  const words = new Map(last?.duties.map((one) => [one.duty, one.text]));
  const duties = body.duties.map((one) => ({ ...one, text: one.text ?? words.get(one.duty) ?? '' }));
  // R2.6: a small shift of time keeps the classes that were agreed on, and the result.
  const kept = body.screen
    ? { classes: [], result: null }
    : { classes: last?.classes ?? [], result: last?.result ?? null };
  const drafts = body.screen
    ? record.drafts.map(replaced)
    : record.drafts.map((one, n) => (n === record.drafts.length - 1 ? { ...one, list } : one));
  return { ...record, lists: [...record.lists, { list, version, duties, ...kept }], sheets: [], drafts };
}

function classified(record: Reading, { body, at }: Of<'duties_classified'>): Reading {
  const mine = record.sheets.find((one) => one.by === body.by);
  const now = new Set(body.classes.map((one) => one.duty));
  const classes = [...(mine?.classes ?? []).filter((one) => !now.has(one.duty)), ...body.classes];
  const others = record.sheets.filter((one) => one.by !== body.by);
  return { ...record, sheets: [...others, { by: body.by, adviser: body.adviser, at, classes }] };
}

function screened(record: Reading, { body }: Of<'duties_screened'>): Reading {
  const lists = record.lists.map((one) =>
    one.list === body.list
      ? { ...one, result: body.result, classes: agreed(one.duties, record.sheets) }
      : one,
  );
  return { ...record, lists, sheets: [] };
}

function terms(record: Reading, { body }: Of<'terms_confirmed'>): Reading {
  const requirements = body.requirements ?? record.terms.requirements;
  const wording = body.wording ?? record.terms.wording;
  return {
    ...unapproved(record),
    terms: { requirements, wording, credential: body.credential ?? record.terms.credential },
  };
}

function paid(record: Reading, { body }: Of<'pay_decided'>): Reading {
  const proposed = record.proposedPay;
  if (body.outcome === 'revise' || proposed === null) return { ...record, proposedPay: null };
  const before = record.pay;
  const same = before !== null && before.low === proposed.low && before.high === proposed.high;
  return { ...(same ? record : unapproved(record)), pay: { ...proposed, on: body.on }, proposedPay: null };
}

function drafted(record: Reading, { body }: Of<'description_drafted'>): Reading {
  const { version, list, hours, partTimeReason, benefits, requirements } = body;
  const open = { status: 'draft' as const, documentDigest: null };
  const draft = { version, list, hours, partTimeReason: partTimeReason ?? null, benefits, requirements };
  return { ...record, drafts: [...record.drafts, { ...draft, ...open }] };
}

function approved(record: Reading, { body }: Of<'description_approved'>): Reading {
  const last = record.drafts.length - 1;
  const drafts = record.drafts.map((one, n): RecordedDraft =>
    n === last ? { ...one, status: 'approved', documentDigest: body.documentDigest ?? null } : replaced(one),
  );
  return { ...record, drafts };
}

function retired(record: Reading): Reading {
  const versions = record.versions.map((one): RecordedVersion =>
    one.status === 'adopted' ? { ...one, status: 'retired' } : one,
  );
  return { ...record, versions, drafts: record.drafts.map(replaced) };
}

function read(record: Reading, event: RecordedEvent): Reading {
  switch (event.kind) {
    case 'role_opened':
      return { ...record, kind: event.body.kind };
    case 'version_adopted':
      return adopted(record, event);
    case 'duties_entered':
      return entered(record, event);
    case 'duties_classified':
      return classified(record, event);
    case 'duties_screened':
      return screened(record, event);
    case 'terms_confirmed':
      return terms(record, event);
    case 'pay_proposed':
      return { ...record, proposedPay: event.body };
    case 'pay_decided':
      return paid(record, event);
    case 'description_drafted':
      return drafted(record, event);
    case 'description_approved':
      return approved(record, event);
    case 'role_retired':
      return retired(record);
    default:
      return record;
  }
}

/** Reads a role's events in their order: every version, list and draft, and what became of each (D1.3, D2.8). */
export function roleRecord(events: readonly RecordedEvent[]): RoleRecord {
  const { kind, versions, lists, terms: agreedOn, pay, drafts } = events.reduce(read, nothing);
  return { kind, versions, lists, terms: agreedOn, pay, drafts };
}
