import { ApplicationFailure } from '@temporalio/activity';
import type pg from 'pg';
import type { StepAnswer, StepRequest } from '../contracts/step.ts';
import { parseCommand } from '../contracts/commands.ts';
import { envelopeSchema } from '../contracts/envelope.ts';
import type { Envelope } from '../contracts/envelope.ts';
import { deciderOf } from '../domain/cases.ts';
import { advance } from '../domain/kernel/advance.ts';
import type { Advanced } from '../domain/kernel/advance.ts';
import type { FactRef, FactSeen } from '../domain/kernel/facts.ts';
import type { AnyDecider, Held } from '../domain/kernel/held.ts';
import { isRefusal, refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { AnyInput } from '../domain/kernel/run.ts';
import type { TermsRef } from '../domain/kernel/terms.ts';
import { kindOf } from '../domain/kernel/words.ts';
import { underHead } from '../ledger/database.ts';
import { factsRead, stepAppend, stepRead } from '../ledger/step-store.ts';
import type { Owed, StepRead } from '../ledger/step-store.ts';
import { digestOf } from './digest.ts';
import { answerFrom, quietAnswer } from './step-answer.ts';
import type { Ports } from './ports.ts';
import { heldFrom } from './state.ts';
import { writeOf } from './step-write.ts';

const DAY_MS = 86_400_000;

/** Everything one step works on, once it was read under the lock. */
export interface StepScope {
  readonly ports: Ports;
  readonly client: pg.PoolClient;
  readonly request: StepRequest;
  readonly decider: AnyDecider;
  readonly read: StepRead;
  readonly held: Held | null;
}

function siteOf(envelope: Envelope | undefined): string | null {
  const site = envelope?.payload['site'];
  return typeof site === 'string' ? site : null;
}

function askOf(
  envelope: Envelope,
  askedAt: number,
  read: StepRead,
  kind: Parameters<typeof parseCommand>[0],
): AnyInput | Refusal {
  const command = parseCommand(kind, envelope.type, envelope.payload);
  if (isRefusal(command)) return command;
  const { decisionId, actor, how, onBehalfOf, about, acknowledge } = envelope;
  const clamped = Math.max(Math.min(askedAt, read.now), read.now - DAY_MS);
  return {
    ...{ origin: 'ask', decisionId, actor, how, acknowledge: acknowledge ?? [], command },
    asked: read.sandbox ? read.now : clamped,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(about === undefined ? {} : { about }),
  };
}

function noticesOf(read: StepRead): readonly AnyInput[] {
  return read.notices.map((row) => ({
    origin: 'notice',
    decisionId: row.key,
    from: row.from,
    asked: Math.min(row.at, read.now),
    notice: { kind: row.kind, body: JSON.parse(row.body) as object },
  }));
}

/** Facts beyond those the case's gates read anyway: what this very input asks for. */
async function factsFor(scope: StepScope, inputs: readonly AnyInput[]): Promise<readonly FactSeen[]> {
  const { client, request, decider, read, held } = scope;
  const state = held?.own ?? decider.initial();
  const refs: FactRef[] = inputs.flatMap((input) => [...decider.reads(state, input)]);
  if (held === null) refs.push(...Object.values(decider.gates).flatMap((gate) => [...gate.reads(state)]));
  const known = new Set(read.facts.map((fact) => `${fact.kind}|${fact.subject}`));
  const further = refs.filter((ref) => !known.has(`${ref.kind}|${ref.subject}`));
  return [...read.facts, ...(await factsRead(client, request.org, further))];
}

async function loadTerms(scope: StepScope): Promise<void> {
  const { ports, client, request, read, held } = scope;
  const changed = read.notices
    .filter((row) => row.kind === 'terms_changed')
    .map((row) => (JSON.parse(row.body) as { after: TermsRef }).after);
  const refs = [held?.base.terms ?? read.terms, ...changed].filter((ref): ref is TermsRef => ref !== null);
  await ports.terms.load(client, request.org, refs);
}

function siteOfNotices(read: StepRead): string | null {
  for (const row of read.notices) {
    const site = (JSON.parse(row.body) as { site?: unknown }).site;
    if (typeof site === 'string') return site;
  }
  return null;
}

/** Runs the rules. A command on which they fail is refused and the rest of the step stands. */
async function run(scope: StepScope, inputs: readonly AnyInput[]): Promise<Advanced> {
  const { ports, request, decider, read, held } = scope;
  const site = siteOf(request.command?.envelope) ?? siteOfNotices(read);
  const opening =
    held === null && read.terms !== null && site !== null
      ? { site, terms: ports.terms.get(read.terms) }
      : null;
  const facts = await factsFor(scope, inputs);
  const context = {
    ...{ org: request.org, case: request.case, now: read.now, opening, facts },
    ...{ assignments: read.assignments, delegations: read.delegations },
    termsOf: (ref: TermsRef) => ports.terms.get(ref),
  };
  try {
    return advance(decider, held, inputs, context);
  } catch (error) {
    const without = inputs.filter((input) => input.origin !== 'ask');
    if (without.length === inputs.length) throw error;
    const code =
      (error as { code?: unknown }).code === 'calendar_range_exceeded' ? 'out_of_calendar' : 'rules_failed';
    ports.log.warn('command_failed_rules', {
      case: request.case,
      type: request.command?.envelope.type ?? '',
      code,
    });
    return { ...advance(decider, held, without, context), answer: refuse(code) };
  }
}

/** A repeated decision gets its first receipt at any age; the same id with other content is refused. */
function repeated(read: StepRead, request: StepRequest, digest: string): StepAnswer['answer'] {
  if (read.decision === null) return null;
  if (read.decision.case === request.case && read.decision.digest === digest)
    return { is: 'done', receipt: JSON.parse(read.decision.receipt) };
  return { is: 'refused', refusal: refuse('decision_id_reused') };
}

async function decideInside(scope: StepScope): Promise<StepAnswer> {
  const { client, request, decider, read, held } = scope;
  const command = request.command;
  const digest = command === undefined ? '' : digestOf(command.envelope);
  const before = repeated(read, request, digest);
  const inputs: AnyInput[] = [...noticesOf(read)];
  let early: Refusal | null = null;
  if (command !== undefined && before === null) {
    const ask = askOf(command.envelope, command.askedAt, read, decider.kind);
    if (isRefusal(ask)) early = ask;
    else inputs.push(ask);
  }
  if (held === null && inputs.length === 0) return quietAnswer(read, before ?? refusedAs(early));
  await loadTerms(scope);
  if (held === null && (read.terms === null || (siteOf(command?.envelope) ?? siteOfNotices(read)) === null))
    return quietAnswer(read, refusedAs(early ?? refuse('unknown_reference', undefined, [{ code: 'site' }])));
  const advanced = await run(scope, inputs);
  const answer = before ?? refusedAs(early ?? (isRefusal(advanced.answer) ? advanced.answer : null));
  if (advanced.rows.length === 0 || advanced.held === null) return quietAnswer(read, answer);
  const write = await writeOf(scope, advanced, digest);
  const owed: Owed = await stepAppend(client, request.org, write);
  const receipt = advanced.answer !== null && !isRefusal(advanced.answer) ? advanced.answer : null;
  return answerFrom(
    advanced,
    read,
    owed,
    answer ?? (receipt === null ? null : { is: 'done', receipt }),
    request,
  );
}

function refusedAs(refusal: Refusal | null): StepAnswer['answer'] {
  return refusal === null ? null : { is: 'refused', refusal };
}

function checked(request: StepRequest): Refusal | null {
  if (request.command === undefined) return null;
  const parsed = envelopeSchema.safeParse(request.command.envelope);
  if (!parsed.success)
    return refuse(
      'malformed',
      undefined,
      parsed.error.issues.map((one) => ({ code: one.code, about: one.path.join('.') })),
    );
  return parsed.data.case === request.case ? null : refuse('malformed', undefined, [{ code: 'case' }]);
}

/** The ledger is shorter than what the run carries: it was restored from an older copy. Blocks the case visibly. */
function ledgerBehind(request: StepRequest, read: StepRead): void {
  if ((read.case?.sequence ?? 0) < request.sequence)
    throw ApplicationFailure.create({
      type: 'LedgerBehind',
      message: 'ledger_behind: run doctor',
      nonRetryable: false,
    });
}

/**
 * One transaction of a case: read, decide, append, schedule. Done again after a kill it finds what the first
 * attempt wrote, and answers the same (architecture, the step).
 * @param timeoutMs how long it waits for a lock and for one statement
 */
export async function step(ports: Ports, request: StepRequest, timeoutMs: number): Promise<StepAnswer> {
  const kind = kindOf(request.case);
  if (kind === null) throw ApplicationFailure.nonRetryable('malformed_case_id', 'ContractViolation');
  const decider = deciderOf(kind);
  const malformed = checked(request);
  const envelope = malformed === null ? request.command?.envelope : undefined;
  const people = [envelope?.actor, envelope?.onBehalfOf].filter((one): one is string => one !== undefined);
  return underHead(ports.pool, request.org, timeoutMs, async (client) => {
    let read = await stepRead(
      client,
      request.org,
      request.case,
      envelope?.decisionId ?? null,
      people,
      siteOf(envelope),
    );
    const started = read.case === null ? siteOfNotices(read) : null;
    if (started !== null && read.terms === null)
      read = await stepRead(client, request.org, request.case, envelope?.decisionId ?? null, people, started);
    ledgerBehind(request, read);
    const held = await heldFrom(ports, client, request.org, decider, read);
    const own = envelope === undefined ? { ...request, command: undefined } : request;
    const answer = await decideInside({ ports, client, request: own as StepRequest, decider, read, held });
    return malformed === null ? answer : { ...answer, answer: { is: 'refused', refusal: malformed } };
  });
}
