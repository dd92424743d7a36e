/** Where something is wrong: the row's position in the organization, its case and sequence. 0 and '' when outside the rows. */
export interface Place {
  readonly position: number;
  readonly case: string;
  readonly sequence: number;
}

/** What can be wrong with a ledger, by code. */
export const faults = [
  // the file
  'malformed_line',
  'format_unknown',
  'fold_version_unknown',
  'checksum_wrong',
  'head_wrong',
  'head_missing',
  'no_rows',
  'row_foreign',
  // the chain
  'hash_wrong',
  'chain_broken',
  'position_gap',
  'time_goes_back',
  'asked_after',
  'sequence_gap',
  'decision_repeated',
  'decision_index',
  'decision_mixed',
  // terms
  'document_missing',
  'document_changed',
  'document_unused',
  'terms_wrong',
  // the fold
  'case_unknown',
  'event_unknown',
  'first_event',
  'body_wrong',
  'does_not_fold',
  'class_wrong',
  'supersedes_wrong',
  'text_wrong',
  // facts and gates
  'fact_wrong',
  'fact_stale',
  'fact_not_named',
  'gate_not_passed',
  // who
  'actor_malformed',
  'right_missing',
  'capacity_wrong',
  'not_by_a_person',
  'not_by_policy',
  'not_by_notice',
  'policy_wrong',
  'act_not_due',
  'notice_unknown',
  'notice_wrong',
  'notice_passed_over',
  // something was taken away for good while a legal hold stood over it (X29)
  'under_hold',
  // confidential rows
  'sealed_wrong',
  'sealed_missing',
  'outcome_wrong',
  // anchors
  'anchor_untrusted',
  'anchor_foreign',
  'anchor_differs',
  'tail_cut',
  // what is derived from the rows
  'projection_differs',
] as const;
export type Fault = (typeof faults)[number];

/** Everything that was checked and holds. */
export interface Proof {
  readonly ok: true;
  readonly org: string;
  /** `case`: an export of one case; its place in the chain, its facts, rights and notices are not proven. */
  readonly proves: 'organization' | 'case';
  readonly rows: number;
  readonly cases: number;
  readonly documents: number;
  /** Gates that had to be passed and were evaluated again. */
  readonly gates: number;
  /** Facts named by rows and computed again from their source. */
  readonly facts: number;
  /** Decisions of people whose right was computed again. */
  readonly rights: number;
  readonly notices: number;
  readonly acts: number;
  /** Confidential rows, and how many of them were opened: none offline. */
  readonly sealed: { readonly rows: number; readonly opened: number };
  /** Decisions of people by how their actor was known. */
  readonly known: Readonly<Record<string, number>>;
  readonly head: { readonly position: number; readonly hash: string };
  /** Anchors that fit; `upTo`: the last anchored position; `since`: rows after it that no anchor covers. */
  readonly anchors: {
    readonly checked: number;
    readonly upTo: number;
    readonly since: number;
    /** Heads that went with the restore of an older copy, as a row says. Left out: none. */
    readonly lost?: readonly KnownGap[];
  };
}

/** A signed head that a restored ledger no longer has. */
export interface KnownGap {
  readonly position: number;
  /** When it was signed. */
  readonly at: number;
  /** Position of the row that names it. */
  readonly by: number;
}

export interface Failure {
  readonly ok: false;
  readonly place: Place;
  readonly code: Fault;
  /** Codes and refs only. */
  readonly what: string;
}

export type Verdict = Proof | Failure;

export const nowhere: Place = { position: 0, case: '', sequence: 0 };

/** The first wrong place; ends the check. */
export class Wrong extends Error {
  readonly place: Place;
  readonly code: Fault;
  readonly what: string;

  constructor(place: Place, code: Fault, what: string) {
    super(`${code} at ${place.position}: ${what}`);
    this.name = 'Wrong';
    this.place = place;
    this.code = code;
    this.what = what;
  }
}

/** @returns the place of a row. */
export function placeOf(row: {
  readonly position: number;
  readonly case_id: string;
  readonly sequence: number;
}): Place {
  return { position: row.position, case: row.case_id, sequence: row.sequence };
}

/** @returns the wrong place that `error` names; of any other error, that nothing could be made of what stands there. */
export function wrongAt(error: unknown, place: Place, code: Fault, what: string): Wrong {
  return error instanceof Wrong ? error : new Wrong(place, code, what);
}

/** @returns the verdict of a check that ended with `error`; other errors are thrown on. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Wrong)) throw error;
  return { ok: false, place: error.place, code: error.code, what: error.what };
}
