import type { Sent } from './agenda.ts';
import type { Instant } from './calendar.ts';
import type { CommandLike, Decider, EventLike, NoticeLike, Stamp, KernelEvent } from './decider.ts';
import type { Fact, FactSeen } from './facts.ts';
import type { TermsRef } from './terms.ts';
import type { Retention, SiteRef, Visibility } from './words.ts';

/** A decider of some case, its own types forgotten: what the kernel, the step and verify work with. */
export type AnyDecider = Decider<unknown, CommandLike, NoticeLike, EventLike>;

/** A prompt that could not be delivered and waits for HR. */
export interface Undelivered {
  readonly prompt: string;
  readonly since: Instant;
}

/** What the kernel keeps for every case, beside the case's own state. */
export interface Base {
  readonly site: SiteRef;
  readonly sequence: number;
  readonly terms: TermsRef;
  readonly sent: Sent;
  readonly undelivered: readonly Undelivered[];
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
}

const kernelClasses: Readonly<Record<KernelEvent['kind'], readonly [Visibility, Retention] | 'as_case'>> = {
  warning_acknowledged: 'as_case',
  prompted: 'as_case',
  answered_late: 'as_case',
  notice_declined: 'as_case',
  terms_adopted: ['C1', 'keep'],
  prompt_undelivered: 'as_case',
};

/**
 * Visibility and retention of an event. A kernel event is as visible as the case's first listed event:
 * a prompt in a confidential case must be no more visible than the case.
 */
export function classOf(decider: AnyDecider, eventKind: string): readonly [Visibility, Retention] {
  const own = decider.classes[eventKind];
  if (own !== undefined) return own;
  const kernel = (kernelClasses as Record<string, readonly [Visibility, Retention] | 'as_case' | undefined>)[
    eventKind
  ];
  const first = Object.values(decider.classes)[0];
  if (kernel === undefined || first === undefined)
    throw new Error(`unknown_event: ${decider.kind} ${eventKind}`);
  return kernel === 'as_case' ? first : kernel;
}

export function isKernelEvent(event: EventLike): event is KernelEvent {
  return event.kind in kernelClasses;
}

/** Folds a kernel event into the base. */
function evolveBase(base: Base, event: KernelEvent & { readonly stamp: Stamp }): Base {
  switch (event.kind) {
    case 'prompted':
      return { ...base, sent: { ...base.sent, [event.body.obligation]: event.body.rung } };
    case 'prompt_undelivered':
      return event.body.code === 'settled'
        ? { ...base, undelivered: base.undelivered.filter((one) => one.prompt !== event.body.prompt) }
        : {
            ...base,
            undelivered: [...base.undelivered, { prompt: event.body.prompt, since: event.stamp.at }],
          };
    case 'terms_adopted':
      return { ...base, terms: event.body.after as TermsRef };
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
  const base = { ...held.base, sequence: event.stamp.sequence };
  if (isKernelEvent(event)) return { own: held.own, base: evolveBase(base, event) };
  return { own: decider.evolve(held.own, event), base };
}

/** Drops the marks of obligations that are no longer open, so that a state stays small for years. */
export function pruned(held: Held, open: ReadonlySet<string>): Held {
  if (Object.keys(held.base.sent).every((id) => open.has(id))) return held;
  const kept = Object.entries(held.base.sent).filter(([id]) => open.has(id));
  return { own: held.own, base: { ...held.base, sent: Object.fromEntries(kept) } };
}
