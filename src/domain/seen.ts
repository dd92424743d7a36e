import type { Capacity, CaseKind, Visibility } from './kernel/words.ts';

/**
 * What a row says to whom beyond its class: rows written before prompts had the class of what they are about, and the few
 * fields that stand for a row whose body is not for a reader (domain 5.2).
 */

const aboutOwed: ReadonlySet<string> = new Set(['prompted', 'answered_late', 'prompt_undelivered']);

/** What is owed behind closed doors in a case that others read, by the beginning of its id. */
const narrowIds: Partial<Readonly<Record<CaseKind, readonly string[]>>> = {
  employment: ['D5.3', 'D9.5', 'D9.6', 'D9.8', 'R9.5', 'X10:confirm', 'X10:close', 'X15', 'X21', 'X22'],
  review: ['R8.7'],
};

const aboutPeople: ReadonlySet<CaseKind> = new Set(['candidacy', 'employment', 'review']);

const begins = (id: string, with_: string): boolean => id === with_ || id.startsWith(`${with_}:`);

function isNarrow(kind: CaseKind, row: { readonly kind: string; readonly body: object }): boolean {
  if (row.kind === 'prompt_undelivered') return true;
  const { obligation = '' } = row.body as { obligation?: string };
  // X30, and what did not arrive: the kernel's own.
  if (/^(?:h\d+$|undelivered:)/u.test(obligation)) return true;
  return (narrowIds[kind] ?? []).some((one) => begins(obligation, one));
}

/**
 * The class a row is read under: its own, or that of what it is about where it was written with that of its case.
 * @param kind of the case
 */
export function classRead(
  kind: CaseKind,
  row: { readonly kind: string; readonly body: object },
  written: Visibility,
): Visibility {
  if (written === 'C2' || written === 'C3') return written;
  // What was told between cases and not taken up says what became of either: a matter that is over, a death.
  if (row.kind === 'notice_declined') return aboutPeople.has(kind) ? 'C2' : written;
  if (!aboutOwed.has(row.kind)) return written;
  return isNarrow(kind, row) ? 'C2' : written;
}

/** What a case publishes for others to decide by, and is told to fewer than its rows: with who reads it besides. */
const narrowFacts: Readonly<Record<string, readonly Capacity[]>> = {
  rehire: ['employee'],
  nothing_asked: [],
};

/** True for a published fact that is shown to a reader with these capacities who reads daily work. */
export function factSeen(kind: string, capacities: readonly Capacity[], narrow: boolean): boolean {
  const told = Object.hasOwn(narrowFacts, kind) ? narrowFacts[kind] : undefined;
  return narrow || told === undefined || told.some((one) => capacities.includes(one));
}

/** Domain 5.2: held or missed, held or not, asked or not; by kind of row, in every case that has it. */
const outlines: Readonly<Record<string, readonly string[]>> = {
  session_logged: ['session', 'outcome'],
  talk_recorded: ['talk', 'outcome'],
  talk_held: ['on'],
  prompted: ['code', 'rung', 'due'],
  answered_late: ['code', 'due'],
};

/** Ids that would tell which confidential matter is whose, and what it is. */
const unsaid: Readonly<Record<string, readonly string[]>> = {
  leave_noted: ['clock'],
  leave_over: ['clock'],
};

/** True for a row that came from a confidential matter: which one it was, its sender and its decision would tell. */
export const fromConfidential = (kind: string, actor: string): boolean =>
  Object.hasOwn(unsaid, kind) || (kind === 'notice_declined' && actor.startsWith('case:clock-'));

/** @returns what stands for a row that is not the reader's to read, or null for nothing of it */
export function outlineOf({ kind, body }: { readonly kind: string; readonly body: object }): object | null {
  const fields = outlines[kind];
  if (fields === undefined) return null;
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
}

/** @returns the body as whoever may read it reads it */
export function saidIn({ kind, body }: { readonly kind: string; readonly body: object }): object {
  const fields = unsaid[kind];
  if (fields === undefined) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)));
}
