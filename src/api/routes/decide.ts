import { z } from 'zod';
import { decideAs } from '../../client/decide-as.ts';
import type { Outcome } from '../../client/decide-as.ts';
import { withoutTexts } from '../../client/taken-texts.ts';
import { caseId, personRef } from '../../contracts/common.ts';
import { acknowledged, decisionId, envelopeSchema } from '../../contracts/envelope.ts';
import { found, receipt } from '../../contracts/api/shapes.ts';
import { mayBind } from '../../domain/kernel/actions.ts';
import { kindOf } from '../../domain/kernel/words.ts';
import type { CaseKind } from '../../domain/kernel/words.ts';
import { formRefusal } from '../../ledger/command-form.ts';
import type { Guest } from '../guest.ts';
import { notHere, problemOf, problemOfMay, problemOfRefusal, shownFindings } from '../problem.ts';
import type { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

/** What somebody asks of a case. Who they are and how they were known comes with the request, never in it. */
const command = z.strictObject({
  decisionId,
  case: caseId,
  type: z.string().regex(/^[a-z][a-z_]{1,60}$/),
  onBehalfOf: personRef.optional(),
  about: z.strictObject({ subject: z.string().min(1).max(120), version: z.int().min(0) }).optional(),
  acknowledge: acknowledged.optional(),
  payload: z.record(z.string(), z.unknown()).default({}),
  /** Whom the texts are about, when a text does not say it; else the one who writes. */
  textsAbout: personRef.optional(),
});

const answer = z.object({
  is: z.enum(['done', 'would']),
  receipt,
  /** What the guards found in your texts: for you alone. */
  findings: z.array(found),
});

function enveloped(guest: Guest, body: z.output<typeof command>) {
  const { textsAbout, payload, ...rest } = body;
  const actor = personOf(guest);
  const draft = { v: 1, ...rest, actor, how: guest.how, payload };
  // Depth and characters first: whoever walks it next would fall into it.
  const early = formRefusal({ ...draft, payload });
  if (early !== null && early.missing.some(({ code }) => code === 'too_deep')) throw problemOfRefusal(early);
  const taken = withoutTexts(body.decisionId, textsAbout ?? actor, payload);
  const whole = { ...draft, payload: taken.payload };
  const refusal = formRefusal(whole);
  if (refusal !== null) throw problemOfRefusal(refusal);
  return { envelope: envelopeSchema.parse(whole), texts: taken.texts };
}

/** A confidential matter that is not the actor's is told from one that is not there by nothing. */
function refused(outcome: Extract<Outcome, { is: 'refused' }>, of: CaseKind | null): ApiProblem {
  const { refusal, found: findings } = outcome;
  const unseen = refusal.code === 'not_permitted' || refusal.code === 'unknown_case';
  return of === 'clock' && unseen ? notHere() : problemOfRefusal(refusal, findings);
}

function answered(outcome: Outcome, id: string, of: CaseKind | null): z.input<typeof answer> {
  switch (outcome.is) {
    case 'done':
    case 'would': {
      const { is, receipt: got, found: findings } = outcome;
      return { is, receipt: { ...got, kinds: [...got.kinds] }, findings: shownFindings(findings) };
    }
    case 'refused':
      throw refused(outcome, of);
    case 'guard_blocked':
      throw problemOf(
        422,
        'guard_blocked',
        'A guard stops wording in a text; nothing was kept of it. What it found stands beside each field.',
        {
          rule: outcome.blocked[0]?.findings[0]?.rule ?? null,
          findings: shownFindings(outcome.blocked),
        },
      );
    case 'not_confirmed':
      throw outcome.why === 'no_answer'
        ? problemOf(
            503,
            'not_confirmed',
            'It may still happen. Send the same decision id again: it is safe.',
            { decisionId: id, retryAfter: 2 },
          )
        : problemOf(503, outcome.why, 'A part of the installation does not answer; nothing was changed.', {
            decisionId: id,
            retryAfter: 5,
          });
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

const decide = route({
  ...{ id: 'decide', method: 'POST', path: '/decisions', tag: 'decide', action: 'decide' },
  says: 'Asks a case to decide. The same decision id again gets the first receipt; with dryRun it only says what it would come to.',
  query: z.strictObject({ dryRun: z.stringbool().optional() }),
  body: command,
  answer,
  handle: async ({ desk, guest, query, body }) => {
    const dryRun = query.dryRun === true;
    const binds = mayBind(guest, `${kindOf(body.case) ?? ''}/${body.type}`);
    if (!dryRun && binds.is === 'deny') throw problemOfMay(binds);
    const asked = enveloped(guest, body);
    return answered(await decideAs(desk, asked, dryRun), body.decisionId, kindOf(body.case));
  },
});

/** The one way anything is decided. */
export const decideRoutes = [decide];
