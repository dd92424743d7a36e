import type pg from 'pg';
import type { StepRequest } from '../contracts/step.ts';
import { loadVaultKey, vaultSeal } from '../directory/vault.ts';
import type { VaultKey } from '../directory/vault.ts';
import { openFrom, unsent } from '../domain/kernel/agenda.ts';
import type { Obligation } from '../domain/kernel/agenda.ts';
import type { Advanced } from '../domain/kernel/advance.ts';
import { opaque } from '../domain/kernel/digest.ts';
import type { Held, RowDraft } from '../domain/kernel/held.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { SEALED } from '../ledger/fold.ts';
import type { TextDigest, VaultBody } from '../ledger/fold.ts';
import { textDigests, textRefsIn } from '../ledger/step-store.ts';
import type { RowIn, StepWrite } from '../ledger/step-store.ts';
import type { Attempt } from '../ledger/attempt.ts';
import { redactionsOf } from './step-redactions.ts';
import { isConfidential, stateText } from '../ledger/state.ts';
import { whoIsWhat } from '../ledger/who-is-what.ts';
import { libraryOf } from './ports.ts';
import type { Ports } from './ports.ts';

/** What is written: an attempt under the head's lock. */
export interface Writing {
  readonly ports: Ports;
  readonly client: pg.PoolClient;
  readonly request: StepRequest;
  readonly tried: Attempt;
  readonly advanced: Advanced;
}

const SPREAD_MS = 15 * 60_000;

interface SealedRow {
  readonly row: RowIn;
  readonly vault: object | null;
}

function plainRow(caseId: string, draft: RowDraft, texts: readonly TextDigest[]): RowIn {
  const { stamp } = draft;
  return {
    case_id: caseId,
    sequence: stamp.sequence,
    kind: draft.kind,
    actor: stamp.actor,
    how: stamp.how,
    capacity: stamp.capacity,
    on_behalf_of: stamp.onBehalfOf ?? '',
    decision_id: stamp.decisionId,
    decision_index: draft.index,
    asked_at: stamp.asked,
    supersedes: (draft.body as { supersedes?: string }).supersedes ?? '',
    visibility: draft.visibility,
    retention: draft.retention,
    facts: JSON.stringify(draft.facts),
    terms: JSON.stringify(draft.terms),
    texts: JSON.stringify(texts),
    body: JSON.stringify(draft.body),
  };
}

/** A confidential row keeps the outcome it published; all else, also its decision id, goes under the vault's key. */
function sealedRow(
  caseId: string,
  draft: RowDraft,
  texts: readonly TextDigest[],
  vault: VaultKey,
): SealedRow {
  const ref = `vlt_${opaque(`${caseId}|${draft.stamp.sequence}`)}`;
  const { kind, body, stamp } = draft;
  const clear = plainRow(caseId, draft, []);
  const inside: VaultBody = {
    ...{ kind, body, capacity: stamp.capacity, decisionId: stamp.decisionId },
    ...{ facts: draft.facts, supersedes: clear.supersedes, texts },
  };
  const entry = vaultSeal(vault, { ref, body: JSON.stringify(inside) });
  const outcomes = (draft.outcomes ?? []).map(({ kind: fact, subject, value }) => ({
    kind: fact,
    subject,
    value,
  }));
  return {
    row: {
      ...clear,
      kind: SEALED,
      capacity: '',
      decision_id: `sealed:${opaque(stamp.decisionId)}`,
      facts: '[]',
      supersedes: '',
      body: JSON.stringify({
        ...{ ref, digest: entry.digest, outcomes },
        ...(draft.aside === undefined ? {} : { aside: true }),
      }),
    },
    vault: {
      ref,
      sealed: entry.sealed.toString('base64'),
      salt: entry.salt.toString('base64'),
      digest: entry.digest,
    },
  };
}

async function rowsOf(scope: Writing): Promise<readonly SealedRow[]> {
  const { ports, client, request, advanced } = scope;
  const anySealed = advanced.rows.some((draft) => draft.visibility === 'C3');
  const vault = anySealed ? await loadVaultKey(client, ports.keys, request.org) : null;
  const refs = advanced.rows.flatMap((draft) => [...textRefsIn(draft.body)]);
  const digests = await textDigests(client, request.org, refs);
  return advanced.rows.map((draft) => {
    const texts = textRefsIn(draft.body).map((ref): TextDigest => [ref, digests.get(ref) ?? '']);
    return vault !== null && draft.visibility === 'C3'
      ? sealedRow(request.case, draft, texts, vault)
      : { row: plainRow(request.case, draft, texts), vault: null };
  });
}

function obligationRow(obligation: Obligation, held: Held): object {
  const next = unsent(obligation, held.base.sent)[0];
  return {
    id: obligation.id,
    code: obligation.code,
    owner: obligation.owner,
    since: obligation.since,
    due: obligation.due,
    visibility: obligation.visibility,
    at_silence: obligation.atSilence,
    next: obligation.next ?? null,
    next_rung: next?.id ?? null,
    next_rung_at: next?.at ?? null,
    next_rung_to: next?.to.join(',') ?? null,
    reminded: openFrom(obligation, held.base.sent),
    spoke: obligation.spoke?.length ? obligation.spoke : null,
  };
}

/** Wakes are spread over a quarter of an hour by the case's id, so that a Monday morning is no stampede. */
export function spread(caseId: string, sandbox: boolean): number {
  if (sandbox) return 0;
  let hash = 0;
  for (const char of caseId) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return hash % SPREAD_MS;
}

/** Everything one step writes, for the one function that writes it. */
export async function writeOf(scope: Writing): Promise<StepWrite> {
  const { ports, client, request, advanced } = scope;
  const { decider, read, digest } = scope.tried;
  const held = advanced.held;
  if (held === null || advanced.standing === null) throw new Error('nothing_to_write');
  const rows = await rowsOf(scope);
  const redactions = await redactionsOf(ports.keys, client, request.org, advanced.rows);
  const receipt = advanced.answer !== null && !isRefusal(advanced.answer) ? advanced.answer : null;
  const final = advanced.standing.status === 'final';
  return {
    at: read.now,
    case: {
      ...{ case_id: request.case, kind: decider.kind, site: held.base.site, sequence: held.base.sequence },
      ...{ before: read.case?.sequence ?? 0, fold_version: decider.foldVersion },
      state: await stateText(libraryOf(ports), client, request.case, decider, held),
      reads: Object.values(decider.gates).flatMap((gate) => [...gate.reads(held.own)]),
      ...{ stage: advanced.standing.stage, status: advanced.standing.status },
      confidential: isConfidential(decider),
      ...whoIsWhat(decider, held.own),
      next_wake:
        final || advanced.nextWake === null ? null : advanced.nextWake + spread(request.case, read.sandbox),
    },
    rows: rows.map((one) => one.row),
    obligations: advanced.obligations.map((one) => obligationRow(one, held)),
    facts: advanced.facts.map((fact) => ({ ...fact, sequence: held.base.sequence })),
    handled: advanced.handled,
    notices: advanced.notices.map(({ key, to, starts, kind, body }) => ({
      ...{ key, to_case: to, starts: starts ?? false, kind, body: JSON.stringify(body) },
    })),
    prompts: advanced.prompts.map(({ key, obligation, code, rung, how, to, due, sendAfter, visibility }) => ({
      ...{ key, obligation, code, rung, how, owner: to, due, send_after: sendAfter, visibility },
    })),
    decision: receipt === null ? null : { id: receipt.decisionId, digest, receipt: JSON.stringify(receipt) },
    vault: [...rows, ...redactions].flatMap((one) => (one.vault === null ? [] : [one.vault])),
    texts: [...new Set(advanced.rows.flatMap((draft) => [...textRefsIn(draft.body)]))],
    redactions: redactions.map(({ ref, outcome }) => ({ ref, outcome })),
    meetings: decider.meetings?.(held.own, ports.terms.get(held.base.terms)) ?? null,
  };
}
