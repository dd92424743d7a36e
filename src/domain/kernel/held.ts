import type { Mark, Obligation, Sent } from './agenda.ts';
import type { Instant } from './calendar.ts';
import type { CommandLike, Decider, EventLike, KernelEvent, NoticeLike, Stamp, Standing } from './decider.ts';
import type { Fact, FactSeen } from './facts.ts';
import { withoutTaken } from './taken.ts';
import type { Terms, TermsRef } from './terms.ts';
import { visibilityClasses } from './words.ts';
import type { CaseId, PersonRef, Retention, SiteRef, Visibility } from './words.ts';

/** A decider of some case, its own types forgotten: what the kernel, the step and verify work with. */
export type AnyDecider = Decider<unknown, CommandLike, NoticeLike, EventLike>;

/** A prompt that could not be delivered and waits for HR. */
export interface Undelivered {
  readonly prompt: string;
  readonly since: Instant;
}

/** A text that is hidden and waits for HR (X30). */
export interface Redaction {
  readonly text: string;
  readonly by: PersonRef;
  /** In whose name, where another hand did it. */
  readonly name?: PersonRef;
  readonly since: Instant;
  /** Sequence of the row that hid it: the same text hidden again is another thing owed. */
  readonly n: number;
}

/** What the kernel keeps for every case, beside the case's own state. */
export interface Base {
  readonly site: SiteRef;
  readonly sequence: number;
  readonly terms: TermsRef;
  readonly sent: Sent;
  readonly undelivered: readonly Undelivered[];
  /** Left out: none. */
  readonly redactions?: readonly Redaction[];
}

/** The fold of all of a case's events: what the state row holds. */
export interface Held {
  readonly own: unknown;
  readonly base: Base;
}

/** One ledger row as the kernel drafts it; the ledger adds position, hashes and the recording time. */
export interface RowDraft {
  readonly kind: string;
  readonly body: object;
  readonly stamp: Stamp;
  readonly index: number;
  readonly visibility: Visibility;
  readonly retention: Retention;
  readonly facts: readonly FactSeen[];
  readonly terms: TermsRef;
  /** Only on C3 rows: what the case publishes after this row, the one thing about it that leaves the vault. */
  readonly outcomes?: readonly Fact[];
  /** Only on C3 rows: it lies aside, and the row says so. */
  readonly aside?: true;
}

const kernelClasses: Readonly<Record<KernelEvent['kind'], readonly [Visibility, Retention] | 'as_case'>> = {
  warning_acknowledged: 'as_case',
  prompted: 'as_case',
  answered_late: 'as_case',
  notice_declined: 'as_case',
  terms_adopted: ['C1', 'keep'],
  prompt_undelivered: 'as_case',
  text_hidden: 'as_case',
  redaction_settled: 'as_case',
};

/** Kernel events about something owed: that it was asked for tells as much as the thing itself (domain 2.1). */
const aboutOwed: ReadonlySet<string> = new Set(['prompted', 'answered_late', 'prompt_undelivered']);

/**
 * Classes that a row of a kind may have in a case, least narrow first: its own, and those of earlier releases. A kernel event
 * about something owed may have any from that of its case on. In a case that is not confidential
 * itself it goes up to C2: a row of the vault would take the whole case out of what is proved offline.
 */
export function classesOf(decider: AnyDecider, eventKind: string): readonly Visibility[] {
  const [least] = classOf(decider, eventKind);
  if (!aboutOwed.has(eventKind)) return [...(decider.classesBefore?.[eventKind] ?? []), least];
  return visibilityClasses.filter((one) => one >= least && (one !== 'C3' || least === 'C3'));
}

/**
 * Visibility and retention of an event. A kernel event is as visible as the case's first listed event:
 * a prompt in a confidential case must be no more visible than the case.
 * @param about what it is about, for a prompt and for what came late: it is no more visible than that either
 */
export function classOf(
  decider: AnyDecider,
  eventKind: string,
  about?: Visibility,
): readonly [Visibility, Retention] {
  const [least, retention] = plainClassOf(decider, eventKind);
  if (about === undefined || about <= least) return [least, retention];
  return [about === 'C3' ? 'C2' : about, retention];
}

function plainClassOf(decider: AnyDecider, eventKind: string): readonly [Visibility, Retention] {
  const own = decider.classes[eventKind];
  if (own !== undefined) return own;
  const kernel = (kernelClasses as Record<string, readonly [Visibility, Retention] | 'as_case' | undefined>)[
    eventKind
  ];
  if (kernel !== undefined && kernel !== 'as_case') return kernel;
  const first = kernel === undefined ? undefined : firstClass(decider);
  if (first === undefined) throw new Error(`unknown_event: ${decider.kind} ${eventKind}`);
  return first;
}

function firstClass({ classes }: AnyDecider): readonly [Visibility, Retention] | undefined {
  for (const kind in classes) return classes[kind];
  return undefined;
}

export function isKernelEvent(event: EventLike): event is KernelEvent {
  return event.kind in kernelClasses;
}

/** X30: one more hidden text, or one that HR has settled. A case with none holds no list. */
function withRedaction(base: Base, text: string, added: Redaction | null): Base {
  const { redactions = [], ...rest } = base;
  const others = redactions.filter((one) => one.text !== text);
  const open = added === null ? others : [...others, added];
  return open.length === 0 ? rest : { ...rest, redactions: open };
}

/** Folds a kernel event into the base. */
function evolveBase(base: Base, event: KernelEvent & { readonly stamp: Stamp }): Base {
  switch (event.kind) {
    case 'prompted':
      return {
        ...base,
        sent: { ...base.sent, [event.body.obligation]: [event.body.rung, event.stamp.at] },
      };
    case 'prompt_undelivered':
      return event.body.code === 'settled'
        ? { ...base, undelivered: base.undelivered.filter((one) => one.prompt !== event.body.prompt) }
        : {
            ...base,
            undelivered: [...base.undelivered, { prompt: event.body.prompt, since: event.stamp.at }],
          };
    case 'terms_adopted':
      return { ...base, terms: event.body.after };
    case 'text_hidden': {
      const { actor: by, onBehalfOf: name, at: since, sequence: n } = event.stamp;
      const whose = name === undefined ? {} : { name };
      return withRedaction(base, event.body.text, { text: event.body.text, by, ...whose, since, n });
    }
    case 'redaction_settled':
      return withRedaction(base, event.body.text, null);
    case 'warning_acknowledged':
    case 'answered_late':
    case 'notice_declined':
      return base;
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** The base of a case before its first event. */
export function emptyBase(site: SiteRef, terms: TermsRef): Base {
  return { site, sequence: 0, terms, sent: {}, undelivered: [] };
}

/**
 * Folds one recorded event into what the case holds: the only way a state comes about, in the step,
 * in verify, in rebuilding and in every simulation.
 */
export function evolveHeld(
  decider: AnyDecider,
  held: Held,
  event: EventLike & { readonly stamp: Stamp },
): Held {
  const { sequence } = event.stamp;
  if (isKernelEvent(event)) return { own: held.own, base: evolveBase({ ...held.base, sequence }, event) };
  const known = withoutTaken(event.body);
  const said = known === event.body ? event : { ...event, body: known };
  return { own: decider.evolve(held.own, said), base: { ...held.base, sequence } };
}

/**
 * Where a case stands. One that is final in its own right and holds a hidden text (X30) is closed until HR has settled it:
 * a final case owes nothing.
 */
export function standingOf(decider: AnyDecider, held: Held): Standing {
  const own = decider.standing(held.own);
  return own.status === 'final' && held.base.redactions !== undefined ? { ...own, status: 'closed' } : own;
}

/** @returns the obligations of a case that rest and may come back as they were. */
export function restingIn(
  decider: AnyDecider,
  held: Held,
  terms: Terms,
  self: CaseId,
): readonly Obligation[] {
  return decider.resting?.(held.own, terms, self) ?? [];
}

/** Marks of what is owed no more are kept for so long, counted back from the newest mark. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

const firedAt = (mark: Mark | undefined): Instant =>
  mark === undefined || typeof mark === 'string' ? -Infinity : mark[1];

/**
 * Drops old marks of obligations that are no longer open, so that a state stays small for years. Younger ones are kept: what
 * was taken back by mistake and set right again goes on where it was, instead of asking everybody a second time.
 * @param resting those that are not open and may come back at any time: their ladders go on then
 */
export function pruned(held: Held, open: ReadonlySet<string>, resting: readonly Obligation[] = []): Held {
  const { sent } = held.base;
  const old = oldIn(sent).filter((id) => !open.has(id));
  if (old.length === 0) return held;
  const rest = new Set(resting.map((one) => one.id));
  const gone = new Set(old.filter((id) => !rest.has(id)));
  if (gone.size === 0) return held;
  const kept = Object.entries(sent).filter(([id]) => !gone.has(id));
  return { own: held.own, base: { ...held.base, sent: Object.fromEntries(kept) } };
}

// Most steps fire nothing: the marks are the same as in the step before, and so are those among them that are old.
let looked: { readonly sent: Sent; readonly old: readonly string[] } | null = null;

/** @returns the ids whose mark is older than what is kept in any case */
function oldIn(sent: Sent): readonly string[] {
  if (looked?.sent === sent) return looked.old;
  let newest = -Infinity;
  for (const id in sent) newest = Math.max(newest, firedAt(sent[id]));
  const since = newest - KEPT_MS;
  const old: string[] = [];
  for (const id in sent) if (!(firedAt(sent[id]) >= since)) old.push(id);
  looked = { sent, old };
  return old;
}
