import { z } from 'zod';
import {
  changeOutcomes,
  changeReasons,
  competencies,
  credentialRules,
  disputeOutcomes,
  dutyClasses,
  dutyCodes,
  dutyFindings,
  feeOutcomes,
  hoursKinds,
  leaderReasons,
  leftOutReasons,
  measureTimes,
  measures,
  memberCapacities,
  parityOutcomes,
  partTimeReasons,
  payOutcomes,
  payReasons,
  positions,
  requirementOutcomes,
  reviewOutcomes,
  wordings,
} from '../domain/role/words.ts';
import { civilDate, codeWord, findingCode, percent, personRef, siteRef, textRef } from './common.ts';
import type { CommandsOf } from './common.ts';

/** `outside`: asked from outside the house, and paid a fee for it. */
const member = z.strictObject({
  ...{ person: personRef, capacity: z.enum(memberCapacities) },
  outside: z.literal(true).optional(),
});
const members = z.array(member).max(40);
const leftOut = z.array(z.strictObject({ person: personRef, reason: z.enum(leftOutReasons) })).max(40);
const element = codeWord;
const elements = z.array(element).min(1).max(20);
const codes = z.array(codeWord).max(20);
const proposal = z.strictObject({ element, text: textRef, choices: codes });
const proposals = z.array(proposal).min(1).max(20);
const counter = z.number().int().min(1).max(10_000);
/** Cents per hour. */
const cents = z.number().int().min(1).max(100_000_00);
const nothing = z.strictObject({});
/** An entry of the duty library. */
const libraryDuty = z.string().regex(/^duty-[a-z0-9-]{1,60}$/, 'an entry of the duty library');
/** SHA-256 of the Markdown of a document that was read. */
const documentDigest = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');

/** Stage 1: the elements of the role. */
const definition = {
  /** Lists the team: everybody of it, its leader, the program leader and the adviser; who is left out, and why. */
  open: z.strictObject({
    site: siteRef,
    /** `peer`, or another kind whose elements stand in the policy (R1.6). */
    kind: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, 'a kind of role, e.g. peer'),
    facilitator: personRef,
    members: members.min(2),
    leftOut,
    /** One role may have several teams, each with a version of its own: what they define together, and which team. */
    family: codeWord.optional(),
    team: codeWord.optional(),
  }),
  change_members: z.strictObject({ join: members, leave: leftOut }),
  /** D1.1: what somebody from outside is paid: offered first, paid once they gave their word. */
  record_fee: z.strictObject({ person: personRef, outcome: z.enum(feeOutcomes) }),
  /** D1.2: somebody else brings the team together from now on. */
  change_facilitator: z.strictObject({ facilitator: personRef }),
  /** P1.1: the next meeting and what it is about. */
  plan_meeting: z.strictObject({ on: civilDate, elements }),
  move_meeting: z.strictObject({ meeting: counter, on: civilDate }),
  /** D1.2 `proposed`. */
  propose_elements: z.strictObject({ proposals }),
  /** D1.2 `discussed`: the meeting was held; positions are asked for from now on. */
  record_meeting: z.strictObject({
    meeting: counter,
    held: civilDate,
    attended: z.array(personRef).max(40),
    elements,
  }),
  /** P1.3: the notes, as one text or under the four heads that PEER kept. */
  write_up: z.strictObject({
    meeting: counter,
    notes: textRef,
    topics: textRef.optional(),
    options: textRef.optional(),
    objections: textRef.optional(),
    decision: textRef.optional(),
  }),
  /** D1.1: one member's sheet. A block needs a reason and a proposal. */
  give_positions: z.strictObject({
    positions: z
      .array(
        z.strictObject({
          element,
          position: z.enum(positions),
          reason: textRef.optional(),
          proposal: textRef.optional(),
        }),
      )
      .min(1)
      .max(20),
  }),
  /** D1.2 `revised`: a new round with a new proposal. */
  revise_elements: z.strictObject({ proposals }),
  /** D1.2 `consensus`, `consensus_with_concerns`: the consensus test must hold for each. */
  conclude_elements: z.strictObject({ elements }),
  /** D1.2 `leader_decided`, after two rounds; the wording is that of the round named, else of the last one. */
  decide_by_leader: z.strictObject({
    element,
    reason: z.enum(leaderReasons),
    round: counter.optional(),
    /** Given, they are those of that wording. */
    text: textRef.optional(),
    choices: codes.optional(),
  }),
  /** R1.2: HR's review of a sick-leave rule that is not that of all staff. */
  review_sick_leave: z.strictObject({ outcome: z.enum(reviewOutcomes) }),
  /** D1.3 `adopted`; claims G1. `heard`: people who hold the role and were heard first. */
  adopt_version: z.strictObject({ heard: z.array(personRef).max(40) }),
  /** D1.4. */
  decide_change: z.strictObject({
    outcome: z.enum(changeOutcomes),
    elements,
    reason: z.enum(changeReasons),
    heard: z.array(personRef).max(40),
  }),
  /** P1.5: the version still fits; `closed`: concerns that are settled; `change`: elements to look at again. */
  reaffirm: z.strictObject({ closed: codes, change: codes }),
  /** Optional: sums about the people served, in per cent of their scale; nothing about one of them. */
  record_measures: z.strictObject({
    when: z.enum(measureTimes),
    on: civilDate,
    people: z.int().min(1).max(100_000),
    values: z.partialRecord(z.enum(measures), percent),
  }),
  /** D1.3 `retired`. */
  retire_role: nothing,
};

/** Stage 2: duties, screen, description, pay. */
const description = {
  /** A numbered duty list; shares are percent of time and sum to 100. */
  enter_duties: z.strictObject({
    duties: z
      .array(
        z.strictObject({
          duty: codeWord,
          /** Left out where the words stay those of the list before. */
          text: textRef.optional(),
          /** The words are those of a finding that director and adviser called wrong about them; no text is given. */
          settled: z.literal(true).optional(),
          share: percent,
          /** Another role that does it in turn, for shared duties. */
          alsoDoneBy: codeWord.optional(),
          /** Where it was taken from the library; its class there is a hint, people give their own. */
          library: libraryDuty.optional(),
          findings: z.array(z.enum(dutyFindings)).max(5).optional(),
        }),
      )
      .min(1)
      .max(30),
  }),
  /** D2.1: one classifier's classes of a list; again for the duties on which the two differ. */
  classify_duties: z.strictObject({
    list: counter,
    classes: z
      .array(
        z.strictObject({
          duty: codeWord,
          class: z.enum(dutyClasses),
          code: z.enum(dutyCodes).optional(),
          competencies: z.array(z.enum(competencies)).max(12).optional(),
          /** Goals of E1 the duty serves. */
          goals: z.array(codeWord).max(10).optional(),
          /** R2.7: it would be right to ask a clinician to do this. Needed for `shared`. */
          rightForClinicians: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(30),
    /** Needed where a difference of the two is settled. */
    reason: textRef.optional(),
  }),
  /** D2.3, D2.4, D2.5, first half: HR or compliance proposes. */
  propose_terms: z.strictObject({
    requirements: z
      .array(z.strictObject({ requirement: codeWord, outcome: z.enum(requirementOutcomes) }))
      .max(40)
      .optional(),
    wording: z.enum(wordings).optional(),
    credential: z
      .strictObject({ rule: z.enum(credentialRules), months: z.number().int().min(1).max(60).optional() })
      .optional(),
  }),
  /** D2.3, D2.4, D2.5, second half: the other of the two confirms. */
  confirm_terms: nothing,
  /** D2.6, first half. Cents per hour. */
  propose_pay: z.strictObject({
    grade: codeWord,
    low: cents,
    high: cents,
    comparatorRole: codeWord,
    reason: z.enum(payReasons),
  }),
  /** D2.6, second half. */
  approve_pay: z.strictObject({ outcome: z.enum(payOutcomes) }),
  /** The day the role is to be posted (P2.3). */
  plan_posting: z.strictObject({ on: civilDate }),
  /**
   * D2.7 and D2.8, first half: HR or supervisor. `findings`: what the language guard found in the document that is
   * generated. `text`: a word to whoever approves it; it is no part of the document.
   */
  draft_description: z.strictObject({
    text: textRef.optional(),
    requirements: z.array(codeWord).max(40),
    hours: z.enum(hoursKinds),
    partTimeReason: z.enum(partTimeReasons).optional(),
    benefits: z.boolean(),
    findings: z.array(findingCode).max(20).optional(),
  }),
  /** D2.8 `approved`, second half: the other of the two. `findings`: as at the draft, of the document as it is now. */
  approve_description: z.strictObject({
    documentDigest: documentDigest.optional(),
    findings: z.array(findingCode).max(20).optional(),
  }),
  /** Claims G2. */
  complete_description: z.strictObject({ documentDigest: documentDigest.optional() }),
  /**
   * D2.1, D2.8: the guard erred about this text, says whoever wrote it. Never "use it anyway". About a duty with its words,
   * as they are to be entered; without one, about the draft of the description.
   */
  dispute_finding: z.strictObject({
    duty: codeWord.optional(),
    finding: findingCode,
    text: textRef.optional(),
    /** What the guard found in the words of the duty. */
    findings: z.array(findingCode).max(20).optional(),
  }),
  /** The second half: the director and the adviser, each by themselves. */
  settle_dispute: z.strictObject({
    duty: codeWord.optional(),
    finding: findingCode,
    outcome: z.enum(disputeOutcomes),
  }),
  /** P2.4. */
  check_pay_parity: z.strictObject({ outcome: z.enum(parityOutcomes) }),
};

/** Commands of stages 1 and 2 with their payloads. */
export const roleCommands = { ...definition, ...description };
export type RoleCommand = CommandsOf<typeof roleCommands>;
