import type { Obligation } from './agenda.ts';
import type { Instant } from './calendar.ts';
import type { Assignment, Right } from './can.ts';
import type { Fact, FactRef, Facts } from './facts.ts';
import type { Missing, Refusal } from './refusal.ts';
import type { TakenText } from './taken.ts';
import type { Terms, TermsRef } from './terms.ts';
import type {
  Capacity,
  CaseId,
  CaseKind,
  CaseStatus,
  HowKnown,
  OrgRef,
  Owner,
  PersonRef,
  RedactionOutcome,
  Retention,
  SiteRef,
  Visibility,
  WarningCode,
} from './words.ts';

/** A command's type and payload; `payload` was parsed by the contracts before it came here. */
export interface CommandLike {
  readonly type: string;
  readonly payload: object;
}

/** What one case tells another. */
export interface NoticeLike {
  readonly kind: string;
  readonly body: object;
}

/** What happened; past tense; never changed. `body` holds codes, refs, dates and numbers only. */
export interface EventLike {
  readonly kind: string;
  readonly body: object;
}

/** Who did it, when and in which capacity: on every event, the same in the row and in `evolve`. */
export interface Stamp {
  /** Ledger time of the row. */
  readonly at: Instant;
  /** When it was asked, fell due or was caused; never after `at`. */
  readonly asked: Instant;
  readonly actor: string;
  readonly how: HowKnown;
  /** The capacity that permitted it; empty for acts of a policy and for notices. */
  readonly capacity: string;
  readonly onBehalfOf?: PersonRef;
  readonly sequence: number;
  readonly decisionId: string;
}

export type Recorded<E> = E & { readonly stamp: Stamp };

/** A person's command. */
export interface Ask<C extends CommandLike> {
  readonly origin: 'ask';
  readonly decisionId: string;
  readonly actor: PersonRef;
  readonly how: HowKnown;
  readonly onBehalfOf?: PersonRef;
  /** The version of the subject the person saw; another version is stale. */
  readonly about?: { readonly subject: string; readonly version: number };
  /** Codes of WARN rules the person has read and accepts (domain 2.1, levels of a rule). */
  readonly acknowledge: readonly string[];
  /** Texts of the command that were taken against a guard's warning; left out: none. */
  readonly warned?: readonly TakenText[];
  readonly asked: Instant;
  readonly command: C;
}

/** A policy's own act at an expiry, from the closed list of the case's words. */
export interface Act {
  readonly origin: 'act';
  readonly decisionId: string;
  readonly obligation: Obligation;
  readonly act: string;
  readonly asked: Instant;
}

/** A notice from another case; nobody outside can forge one, since contracts parse `ask` only. */
export interface NoticeIn<N extends NoticeLike> {
  readonly origin: 'notice';
  /** `<case>/<sequence>/<n>`: at once the decision id. */
  readonly decisionId: string;
  readonly from: CaseId;
  readonly asked: Instant;
  readonly notice: N;
}

export type Input<C extends CommandLike, N extends NoticeLike> = Ask<C> | Act | NoticeIn<N>;

/** Everything besides state and input that a decision may depend on. */
export interface Context {
  readonly org: OrgRef;
  readonly case: CaseId;
  /** Ledger time of this step. */
  readonly now: Instant;
  /** Sequence the next event will get: part of ids derived from it. */
  readonly sequence: number;
  readonly terms: Terms;
  readonly facts: Facts;
  /** Capacities the actor holds here at this moment; empty for acts and notices. */
  readonly capacities: readonly Capacity[];
  /** @returns who holds a capacity here at this moment, of those that `staff` asks for. */
  assigned(capacity: Capacity): readonly Assignment[];
  /** @returns an id for a case this one starts; the same for the same case and label. */
  childId(kind: CaseKind, label: string): CaseId;
}

/** A notice as a case writes it; the step adds the key and the instant. */
export interface NoticeDraft {
  readonly to: CaseId;
  /** True when the receiver does not exist yet and is started by this notice. */
  readonly starts?: boolean;
  readonly kind: string;
  readonly body: object;
}

export interface GateContext {
  readonly facts: Facts;
  readonly terms: Terms;
  readonly now: Instant;
}

/** A named set of facts that must hold before a later stage; answers with what is missing. */
export interface Gate<S> {
  readonly code: string;
  /** The gate is only there for who may know of it: that it lacks something would tell what is under way. Left out: all. */
  readonly visibility?: Visibility;
  reads(state: S): readonly FactRef[];
  missing(state: S, ctx: GateContext): readonly Missing[];
}

/** Who is what in this one case: `{person, capacity}` pairs the state knows, in force now. */
export interface Relation {
  readonly person: PersonRef;
  readonly capacity: Capacity;
}

/** Who looks into a case and when; `reader` is null for whoever merely runs the machine. */
export interface Look {
  readonly reader: PersonRef | null;
  readonly now: Instant;
  readonly terms: Terms;
  /** The reader, or whom they stand in for, works for HR: what is kept from another office of theirs is not kept from them. */
  readonly hr?: true;
  /** Classes the reader may read here. Left out: none beyond daily work is shown. */
  readonly classes?: readonly Visibility[];
}

/** A row of a case as somebody meets it who reads it back. */
export interface RowSeen {
  readonly kind: string;
  readonly actor: string;
  readonly body: object;
}

/** What the shell, the board and the search attributes show of a case. */
export interface Standing {
  readonly stage: string;
  readonly status: CaseStatus;
}

export interface Decider<S, C extends CommandLike, N extends NoticeLike, E extends EventLike> {
  readonly kind: CaseKind;
  readonly foldVersion: number;
  /** Command type → who may, and under which decision code. Deny by default. */
  readonly rights: Readonly<Record<C['type'], Right>>;
  readonly gates: Readonly<Record<string, Gate<S>>>;
  /** Event kind → gates that must hold on the state before it; used by decide and by verify. */
  readonly requires: Readonly<Partial<Record<E['kind'], readonly string[]>>>;
  /** Visibility and retention per event kind. */
  readonly classes: Readonly<Record<E['kind'], readonly [Visibility, Retention]>>;
  /** Wider classes that rows of a kind had in earlier releases. Left out: none had another. */
  readonly classesBefore?: Readonly<Partial<Record<E['kind'], readonly Visibility[]>>>;
  initial(): S;
  /** Capacities whose holders a decision on this input depends on, besides those of the actor. Left out: none. */
  staff?(input: Input<C, N>): readonly Capacity[];
  /** Facts needed besides those of the gates. */
  reads(state: S, input: Input<C, N>): readonly FactRef[];
  /** Never answers a command with an empty list: that would be a silent yes. */
  decide(state: S, input: Input<C, N>, ctx: Context): readonly (E | Warned)[] | Refusal;
  evolve(state: S, event: Recorded<E>): S;
  agenda(state: S, terms: Terms, self: CaseId): readonly Obligation[];
  facts(state: S, self: CaseId): readonly Fact[];
  notices(state: S, event: Recorded<E>, ctx: NoticeContext): readonly NoticeDraft[];
  relations(state: S): readonly Relation[];
  /**
   * Who is what towards a case that is not there yet: by what other cases publish about the case it is to belong to.
   * @param body of the first command, or of the event it became. Left out: nobody.
   */
  entrants?(body: object, facts: Facts): readonly Relation[];
  standing(state: S): Standing;
  /** Meetings ahead that stand in people's calendars (product 5). Left out: none; null: nobody is told of any more. */
  meetings?(state: S, terms: Terms): readonly Meeting[] | null;
  /**
   * Sheets that are given independently first (D0.3, D2.1): true while what a row says is kept from a reader, whatever
   * capacity they hold. Left out: nothing is.
   */
  hidden?(state: S, row: RowSeen, look: Look): boolean;
  /**
   * What is not owed while something stands that may be taken back (X22, a last day): its ladder goes on from where it was,
   * since no rung is climbed twice. Left out: nothing rests.
   */
  resting?(state: S, terms: Terms, self: CaseId): readonly Obligation[];
  /**
   * Confidential events that lie aside: nothing that decides, is owed, gates or publishes knows of them. A proof without the
   * vault goes on past such a row; past any other confidential one the case is dark to it. Left out: none.
   */
  readonly aside?: readonly string[];
  /**
   * Who reads a kind of row besides the readers of its class: whom it was decided about, once it is to be told to them, and
   * who has to decide on it. Left out: nobody.
   */
  readonly told?: Readonly<Partial<Record<E['kind'], readonly Capacity[]>>>;
  /** The state without what is hidden from a reader. Left out: the state as it is. */
  veiled?(state: S, look: Look): S;
}

/** A meeting with an hour of its own: each who takes part gets it, its changes and its end as calendar files. */
export interface Meeting {
  /** Stays the same through every change, within the case. */
  readonly id: string;
  readonly at: Instant;
  readonly minutes: number;
  readonly who: readonly Owner[];
  readonly visibility: Visibility;
}

export interface NoticeContext {
  readonly case: CaseId;
  readonly site: SiteRef;
  readonly terms: Terms;
  childId(kind: CaseKind, label: string): CaseId;
}

/** A rule at level WARN that held, accepted by the decider with its code. Shown at the gate. */
export interface Warned {
  readonly kind: 'warning_acknowledged';
  readonly body: { readonly rule: WarningCode; readonly about?: string };
}

/** Kernel events: the same in every case, folded by the kernel and never seen by `evolve`. */
export type KernelEvent =
  | Warned
  | {
      readonly kind: 'prompted';
      readonly body: {
        readonly obligation: string;
        readonly code: string;
        readonly rung: string;
        readonly to: readonly string[];
        readonly due: Instant;
        readonly passed?: readonly string[];
      };
    }
  | {
      readonly kind: 'answered_late';
      readonly body: { readonly obligation: string; readonly code: string; readonly due: Instant };
    }
  | { readonly kind: 'notice_declined'; readonly body: { readonly notice: string; readonly code: string } }
  | {
      readonly kind: 'terms_adopted';
      readonly body: { readonly before: TermsRef; readonly after: TermsRef };
    }
  | {
      readonly kind: 'prompt_undelivered';
      readonly body: { readonly prompt: string; readonly code: string };
    }
  /** X30: a sealed text is hidden at once; what stood in it is nowhere in the row. */
  | { readonly kind: 'text_hidden'; readonly body: { readonly text: string } }
  | {
      readonly kind: 'redaction_settled';
      readonly body: { readonly text: string; readonly outcome: RedactionOutcome };
    };

export const kernelEventKinds = [
  'warning_acknowledged',
  'prompted',
  'answered_late',
  'notice_declined',
  'terms_adopted',
  'prompt_undelivered',
  'text_hidden',
  'redaction_settled',
] as const;
