import type pg from 'pg';
import { deadText } from '../directory/texts.ts';
import type { Assignment, Delegation } from '../domain/kernel/can.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import type { FactRef, FactSeen } from '../domain/kernel/facts.ts';
import type { TermsRef } from '../domain/kernel/terms.ts';
import type { LedgerRow } from './fold.ts';
import type { WhoIsWhat } from './who-is-what.ts';

/** A case's state row as the database holds it. */
export interface CaseRow {
  readonly case_id: string;
  readonly kind: string;
  readonly site: string;
  readonly sequence: number;
  readonly fold_version: number;
  readonly state: string;
  readonly stage: string;
  readonly status: string;
  readonly next_wake: number | null;
  /** The facts its gates named when it was written; `step_read` has looked each of them up. */
  readonly reads: readonly FactRef[];
}

export interface NoticeRow {
  readonly key: string;
  readonly from: string;
  readonly kind: string;
  readonly body: string;
  readonly at: number;
}

export interface Owed {
  readonly prompts: readonly string[];
  /** When the first message that was put off may go, or null. */
  readonly held: number | null;
  readonly nudges: readonly string[];
}

/** What `step_read` returns. */
export interface StepRead {
  readonly now: number;
  readonly sandbox: boolean;
  readonly case: CaseRow | null;
  readonly decision: { readonly case: string; readonly digest: string; readonly receipt: string } | null;
  readonly notices: readonly NoticeRow[];
  readonly facts: readonly FactSeen[];
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
  readonly terms: TermsRef | null;
  readonly owed: Owed;
}

/** One row for `append_rows`: a ledger row without what the append itself sets. */
export type RowIn = Omit<LedgerRow, 'org' | 'position' | 'at'>;

/** What `step_append` takes. */
export interface StepWrite {
  readonly at: number;
  readonly case: CaseRow &
    WhoIsWhat & {
      readonly before: number;
      readonly confidential: boolean;
    };
  readonly rows: readonly RowIn[];
  readonly obligations: readonly object[];
  readonly facts: readonly object[];
  readonly handled: readonly string[];
  readonly notices: readonly object[];
  readonly prompts: readonly object[];
  readonly decision: { readonly id: string; readonly digest: string; readonly receipt: string } | null;
  readonly vault: readonly object[];
  readonly texts: readonly string[];
  /** X30: texts hidden by this step, and what became of those hidden before. */
  readonly redactions: readonly { readonly ref: string; readonly outcome: string }[];
  /** Meetings ahead; null for a case that has none ever. */
  readonly meetings: readonly object[] | null;
}

/** What a step's read is asked for. */
export interface ReadRequest {
  readonly org: string;
  readonly case: string;
  readonly decision: string | null;
  /** Whose assignments count here. */
  readonly people: readonly string[];
  readonly site: string | null;
}

/** The read of everything a step needs, as a statement; to be run under the head's lock. */
export function stepReadSql(client: pg.PoolClient, request: ReadRequest): string {
  const literal = (text: string | null) => (text === null ? 'null' : client.escapeLiteral(text));
  const people = request.people.map(literal).join(', ');
  const { org, case: caseId, decision, site } = request;
  return `select step_read(${literal(org)}, ${literal(caseId)}, ${literal(decision)}, array[${people}]::text[], ${literal(site)})`;
}

/** What `stepReadSql` gave. */
export function stepReadOf(row: Readonly<Record<string, unknown>>): StepRead {
  const read = row['step_read'] as StepRead | undefined;
  if (read === undefined) throw new Error('step_read_empty');
  return read;
}

/** Reads everything a step needs; the head's lock is held if the result is to be appended to. */
export async function stepRead(client: pg.PoolClient, request: ReadRequest): Promise<StepRead> {
  const { rows } = await client.query<Record<string, unknown>>(stepReadSql(client, request));
  return stepReadOf(rows[0] ?? {});
}

/** The one further read under the same lock: facts the input names beyond those of the case's gates. */
export async function factsRead(
  client: pg.PoolClient,
  org: string,
  refs: readonly FactRef[],
): Promise<readonly FactSeen[]> {
  if (refs.length === 0) return [];
  const { rows } = await client.query<FactSeen>(
    `select f.kind, f.subject, f.value, f.case_id as "case", f.sequence from facts f
     join jsonb_to_recordset($2::jsonb) as r(kind text, subject text) on f.kind = r.kind and f.subject = r.subject
     where f.org = $1`,
    [org, JSON.stringify(refs)],
  );
  return rows;
}

/** Everybody who holds one of these capacities in the organization, over or not: read only where a decision depends on it. */
export async function staffRead(
  client: pg.PoolClient,
  org: string,
  capacities: readonly Capacity[],
): Promise<readonly Assignment[]> {
  if (capacities.length === 0) return [];
  const { rows } = await client.query<Assignment>(
    `select person, capacity, scope, from_at::float8 as "from", to_at::float8 as "to" from assignments
     where org = $1 and capacity = any($2::text[])`,
    [org, [...capacities]],
  );
  return rows;
}

/** Appends a step's rows and writes what is derived from them, as a statement; see `owedAfter`. */
export function stepAppendSql(client: pg.PoolClient, org: string, write: StepWrite): string {
  return `select step_append(${client.escapeLiteral(org)}, ${client.escapeLiteral(JSON.stringify(write))})`;
}

/** @returns what the case owes the world after `stepAppendSql` */
export function owedAfter(row: Readonly<Record<string, unknown>>): Owed {
  const appended = row['step_append'] as { owed: Owed } | undefined;
  if (appended === undefined) throw new Error('step_append_empty');
  return appended.owed;
}

const TEXT_REF = /"(txt_[0-9a-zA-Z:_-]{1,120})"/g;

const everyTextRef = (value: object): readonly string[] =>
  [...JSON.stringify(value).matchAll(TEXT_REF)].map((match) => match[1] ?? '');

/** @returns the refs of sealed texts a value names, each once, in order of first appearance. */
export function textRefsIn(value: object): readonly string[] {
  return [...new Set(everyTextRef(value))];
}

/** @returns a ref that a value names in two places; null where each has one. */
export function textRefTwice(value: object): string | null {
  const all = everyTextRef(value);
  return all.find((ref, place) => all.indexOf(ref) !== place) ?? null;
}

/** The digests of sealed texts by ref; those that are not there, or died after their day, are left out. */
export async function textDigests(
  client: pg.PoolClient,
  org: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (refs.length === 0) return new Map();
  const { rows } = await client.query<{ ref: string; digest: string }>(
    `select ref, digest from texts where org = $1 and ref = any($2::text[]) and (${deadText}) is not true`,
    [org, refs],
  );
  return new Map(rows.map((row) => [row.ref, row.digest]));
}
