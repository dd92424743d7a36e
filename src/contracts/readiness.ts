import { z } from 'zod';
import {
  fundings,
  goalAnswers,
  itemCount,
  itemScores,
  leadReasons,
  medicaidRisks,
  medicaidStances,
  policyScopes,
  policyVerdicts,
  positions,
  reasons,
  reviewedPolicies,
  timelineAnswers,
  timelineParts,
  verdicts,
} from '../domain/readiness/words.ts';
import { civilDate, codeWord, personRef, siteRef } from './common.ts';
import type { CommandsOf } from './common.ts';

const reviewed = z.enum(reviewedPolicies);
const someone = z.array(personRef).min(1).max(40);
const actions = z
  .array(z.strictObject({ action: codeWord, owner: personRef, due: civilDate }))
  .max(40)
  .refine((list) => new Set(list.map(({ action }) => action)).size === list.length, 'each action once');

/** Commands of stage 0 with their payloads. */
export const readinessCommands = {
  /** D0.1. `leads` accept the timeline; `scorers` score the self-check. */
  open: z.strictObject({
    site: siteRef,
    reasons: z.array(z.enum(reasons)).min(1),
    funding: z.enum(fundings),
    scorers: someone,
    leads: someone,
    roleHoldersOnSite: z.number().int().min(0).max(1000),
  }),
  /** D0.2. */
  name_champion: z.strictObject({ person: personRef.nullable() }),
  /** D0.3: one scorer's whole sheet; the others' stay hidden until all are in. */
  score_items: z.strictObject({ scores: z.array(z.enum(itemScores)).length(itemCount) }),
  /** D0.5, first half: HR or compliance proposes. */
  propose_verdicts: z.strictObject({
    verdicts: z
      .array(
        z.strictObject({
          policy: reviewed,
          verdict: z.enum(policyVerdicts),
          scope: z.enum(policyScopes),
          owner: personRef.optional(),
          due: civilDate.optional(),
        }),
      )
      .min(1)
      .max(reviewedPolicies.length),
  }),
  /** D0.5, second half: the other of the two confirms. */
  confirm_verdicts: z.strictObject({ policies: z.array(reviewed).min(1) }),
  /** A policy was changed, for everyone or not at all (S001 misconception 9). */
  change_policy: z.strictObject({
    policy: reviewed,
    scope: z.enum(policyScopes),
    asked: z.array(personRef).max(40),
  }),
  /** R0.2: the lived-experience adviser's position on the verdict. */
  advise: z.strictObject({ position: z.enum(positions) }),
  /** D0.4. */
  give_verdict: z.strictObject({ verdict: z.enum(verdicts), actions }),
  /** An action of the verdict is done. */
  close_action: z.strictObject({ action: codeWord }),
  /** D0.6. */
  take_stance: z.strictObject({ stance: z.enum(medicaidStances), risks: z.array(z.enum(medicaidRisks)) }),
  /** D0.7, first half. Weeks per part. */
  propose_timeline: z.strictObject({
    weeks: z.partialRecord(z.enum(timelineParts), z.number().min(0).max(260)),
  }),
  /** D0.7: one lead's answer. */
  answer_timeline: z.strictObject({ answer: z.enum(timelineAnswers) }),
  /** D0.7: a lead left or joined; who joins answers the timeline as it stands. */
  change_leads: z.strictObject({
    join: z.array(personRef).max(40),
    leave: z.array(personRef).max(40),
    /** Needed for a lead whose answer speaks against the timeline: only who is gone is taken off. */
    reason: z.enum(leadReasons).optional(),
  }),
  /** D0.8: the director's and the adviser's answer. */
  answer_goals: z.strictObject({ answer: z.enum(goalAnswers) }),
  /** Claims G0. */
  accept_readiness: z.strictObject({}),
  /** P0.3: staff orientation to the role was held. */
  record_orientation: z.strictObject({ held: civilDate, attended: someone }),
  /** The team beside the role changed: P0.3 is owed again. */
  change_team: z.strictObject({ join: z.array(personRef).max(40), leave: z.array(personRef).max(40) }),
  /** P0.4; what has to be done now beside what is open already. */
  recheck: z.strictObject({ verdict: z.enum(verdicts), actions: actions.optional() }),
};
export type ReadinessCommand = CommandsOf<typeof readinessCommands>;
