/**
 * Facts by kind, their subject and the case that publishes them. Gates of other cases read these.
 * Values are short codes, dates or comma-separated refs.
 */
export const factKinds = {
  /** site → verdict; readiness, once accepted (G0). */
  readiness: 'readiness',
  /** site → how many policies must change before hire; readiness (R0.1). */
  policies_to_change: 'readiness',
  /** site → how many people in a peer role work there, as was told when readiness began; nothing counts it anew (R0.4). */
  role_holders: 'readiness',
  /** site → day of the last staff orientation; readiness (P0.3). */
  team_oriented: 'readiness',
  /** role → adopted version, once G1 was passed; role. */
  role_version: 'role',
  /** role → version whose description is approved, once G2 was passed; role. */
  role_described: 'role',
  /** role → that it is looked at again after somebody left, until that was done; role (D9.7). */
  role_review: 'role',
  /** role → shares of core, support, shared and other duties, as the approved description has them; role (D7.4). */
  role_shares: 'role',
  /** role → `low-high` per hour of the approved range in cents, e.g. `2200-2500`; role (R2.4, R5.6). */
  pay_range: 'role',
  /** opening → the range its posting went out with, as `pay_range` was then; opening (R5.6). */
  posted_range: 'opening',
  /** role → comma-separated access choices of element E5; role (accounts in G5). */
  record_access: 'role',
  /** role → `required_at_start`, `within_n_months:<n>`, `not_required` (D2.5); role. */
  credential_rule: 'role',
  /** opening → role case id `,` version; opening. */
  opening_role: 'opening',
  /** opening → who hires for it; opening (D4.7). */
  hiring_manager: 'opening',
  /** opening → comma-separated refs of the two screeners; opening. */
  screeners: 'opening',
  /** opening → comma-separated refs of the panel in force, once questions are approved and the panel stands. */
  panel: 'opening',
  /** opening → `yes` once G3 was passed. */
  pool_ready: 'opening',
  /** opening → posting status: `posted`, `closed`. */
  posting: 'opening',
  /** opening → refs of the reviewers who said that they will not look any applicant up; opening (R3.5). */
  attested: 'opening',
  /** opening → what follows its failed search; opening (X4). */
  search_next: 'opening',
  /** opening → `yes` while its pool can serve further seats of the role; opening (X26). */
  pool_open: 'opening',
  /** opening → the day until which the search rests; opening (X28). */
  search_paused: 'opening',
  /** opening → since when it is over, once it is final: nothing reaches it any more but a command; opening (D4.8, X32). */
  search_over: 'opening',
  /** candidacy → seat number, once granted. */
  seat: 'opening',
  /** candidacy → `clear` or `not_yet`; a clock. */
  background: 'clock',
  /** candidacy or employment → `clear` or `not_yet`; a clock. */
  exclusion: 'clock',
  /** case or person → `on` while a legal hold stands; a clock (X29). */
  legal_hold: 'clock',
  /** person → day of the supervisor training, once qualified (D5.6, R7.1); candidacy or employment. */
  supervisor_qualified: 'candidacy',
  /** supervisor `/` place → the employment that has it; employment (R7.6). */
  supervises: 'employment',
  /** candidacy → person, role, version, day and raters, once every sheet is in; candidacy (X27). */
  rated: 'candidacy',
  /** employment that ended → whether the person may be employed again `,` person `,` last day; employment (X23). */
  rehire: 'employment',
  /** employment → `yes` while the person holds the role; employment. */
  employed: 'employment',
  /** employment → person `,` the leaves that are not over, each `from/to`; employment (domain 2.2). */
  away: 'employment',
  /** employment → the person of whom nothing is asked any more, by whatever case; employment (X22). */
  nothing_asked: 'employment',
  /** opening `/` day `/` place → candidacy, time and raters of a conversation that is set; candidacy (D4.2). */
  conversation: 'candidacy',
  /** day `/` place → when a conversation begins, its minutes and raters, for all of the house; candidacy (D4.2). */
  hour_taken: 'candidacy',
  /** opening `/` person → the one candidacy of theirs for it, while that runs; candidacy (R3.4). */
  applying: 'candidacy',
  /** candidacy or employment → the person it is about `,` its site, while it runs; either of the two (D3.6). */
  concerns: 'candidacy',
  /** employment → outcome of the probation review; review (G8). */
  probation: 'review',
} as const;
export type FactKind = keyof typeof factKinds;
