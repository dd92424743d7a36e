const problems = {
  legal_hold: (about: string) =>
    `A legal hold stands over ${about}: nothing of it is purged, erased or deleted. Nothing was changed; see "peer-hire hold list".`,
  open_case: (about: string) =>
    `${about} is still about them, and not over. Nothing was changed; bring it to its end first.`,
  still_assigned: (about: string) =>
    `${about} is still something here. Nothing was changed; end it first with "peer-hire people unassign".`,
  records_kept: (about: string) =>
    `Records about them are kept until ${about}. Nothing was changed; repeat it from that day on.`,
  decision_id_reused: (about: string) =>
    `The decision id was used for something else, so nothing was done about ${about}. Nothing was changed; choose a new one.`,
  erasing_not_permitted: (about: string) =>
    `${about} may not purge or erase: that is for the privacy officer or the HR director. Nothing was changed.`,
} as const;

/** Something that may not be purged or erased now. Carries codes, refs and days only. */
export class ErasureRefused extends Error {
  readonly code: keyof typeof problems;
  /** X29: the clocks of the holds that stand; empty for another reason. */
  readonly holds: readonly string[];
  constructor(code: ErasureRefused['code'], about: string, holds: readonly string[] = []) {
    super(problems[code](about.slice(0, 120)));
    this.name = 'ErasureRefused';
    this.code = code;
    this.holds = holds;
  }
}
