import type { Instant } from './calendar.ts';
import type { Assignment, Delegation } from './can.ts';
import type { CommandLike, Input, NoticeDraft, NoticeLike } from './decider.ts';
import type { FactSeen } from './facts.ts';
import { emptyBase } from './held.ts';
import type { AnyDecider, Held, RowDraft } from './held.ts';
import type { Refusal } from './refusal.ts';
import type { Terms, TermsRef } from './terms.ts';
import type { CaseId, OrgRef, SiteRef } from './words.ts';

export type AnyInput = Input<CommandLike, NoticeLike>;

export interface AdvanceContext {
  readonly org: OrgRef;
  readonly case: CaseId;
  readonly now: Instant;
  /** Site and terms for a case that this step opens; ignored for one that exists. */
  readonly opening: { readonly site: SiteRef; readonly terms: Terms } | null;
  readonly facts: readonly FactSeen[];
  readonly assignments: readonly Assignment[];
  readonly delegations: readonly Delegation[];
  /** @returns the documents behind the hashes; the step has loaded them before. */
  termsOf(ref: TermsRef): Terms;
}

/** A notice with the key under which the receiver handles it once. */
export interface NoticeOut extends NoticeDraft {
  readonly key: string;
}

export interface Receipt {
  readonly decisionId: string;
  readonly case: CaseId;
  readonly sequence: number;
  readonly at: Instant;
  readonly kinds: readonly string[];
}

/** The step under way; each part adds to it. */
export interface Run {
  readonly decider: AnyDecider;
  readonly ctx: AdvanceContext;
  held: Held | null;
  rows: RowDraft[];
  notices: NoticeOut[];
  answer: Receipt | Refusal | null;
  handled: string[];
  acts: number;
}

/** @returns the documents in force for the case in this run. */
export function termsIn(run: Run): Terms {
  if (run.held !== null) return run.ctx.termsOf(run.held.base.terms);
  if (run.ctx.opening === null) throw new Error(`no_terms: ${run.ctx.case}`);
  return run.ctx.opening.terms;
}

/** @returns what the case holds now, or the empty state of one about to be opened. */
export function heldIn(run: Run): Held {
  if (run.held !== null) return run.held;
  const site = run.ctx.opening?.site ?? '';
  return { own: run.decider.initial(), base: emptyBase(site, termsIn(run).ref) };
}
