import type pg from 'pg';
import { parseCommand } from '../contracts/commands.ts';
import type { Envelope } from '../contracts/envelope.ts';
import type { Answer, StepRequest } from '../contracts/step.ts';
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
import { digestOf } from './command-digest.ts';
import { formRefusal } from './command-form.ts';
import { heldBack } from './holds.ts';
import type { Library } from './library.ts';
import { heldFrom } from './state.ts';
import { factsRead, staffRead, stepRead, textDigests, textRefTwice, textRefsIn } from './step-store.ts';
import type { ReadRequest, StepRead } from './step-store.ts';
import { caseNames } from './texts-named.ts';

const DAY_MS = 86_400_000;

/** Everything one step works on, once it was read. */
interface Scope {
  readonly library: Library;
  readonly client: pg.PoolClient;
  readonly request: StepRequest;
  readonly decider: AnyDecider;
  readonly read: StepRead;
  readonly held: Held | null;
}

/** What a step would do, before anything is written: the step appends it, the dry run only shows it. */
export interface Attempt {
  readonly decider: AnyDecider;
  readonly read: StepRead;
  /** Digest of the command; empty without one. */
  readonly digest: string;
  /** The first receipt, or a refusal, known before or by the rules; null when the advance holds the receipt. */
  readonly answer: Answer | null;
  /** Null when there was nothing to run the rules on. */
  readonly advanced: Advanced | null;
}

/** A case id of no known kind: never from the façade or a notice. */
export class CaseUnknown extends Error {
  readonly code = 'case_kind_unknown';
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
  const { decisionId, actor, how, onBehalfOf, about, acknowledge, warned } = envelope;
  const clamped = Math.max(Math.min(askedAt, read.now), read.now - DAY_MS);
  return {
    ...{ origin: 'ask', decisionId, actor, how, acknowledge: acknowledge ?? [], command },
    asked: read.sandbox ? read.now : clamped,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(about === undefined ? {} : { about }),
    ...(warned === undefined ? {} : { warned }),
  };
}

/** Of several new terms that wait the newest hold: a case never passes through terms that were put right meanwhile. */
function noticesOf(read: StepRead): readonly AnyInput[] {
  const newest = read.notices.findLast((row) => row.kind === 'terms_changed')?.body;
  return read.notices.map((row) => ({
    origin: 'notice',
    decisionId: row.key,
    from: row.from,
    asked: Math.min(row.at, read.now),
    notice: {
      kind: row.kind,
      body: JSON.parse((row.kind === 'terms_changed' ? newest : undefined) ?? row.body) as object,
    },
  }));
}

/** Facts beyond those the case's gates read anyway: what this very input asks for. */
async function factsFor(scope: Scope, inputs: readonly AnyInput[]): Promise<readonly FactSeen[]> {
  const { client, request, decider, read, held } = scope;
  const state = held?.own ?? decider.initial();
  const refs: FactRef[] = inputs.flatMap((input) => [...decider.reads(state, input)]);
  if (held === null) refs.push(...Object.values(decider.gates).flatMap((gate) => [...gate.reads(state)]));
  // What the gates read was looked up already, also where nobody has published it.
  const known = new Set(
    [...read.facts, ...(read.case?.reads ?? [])].map((fact) => `${fact.kind}|${fact.subject}`),
  );
  const further = refs.filter((ref) => !known.has(`${ref.kind}|${ref.subject}`));
  return [...read.facts, ...(await factsRead(client, request.org, further))];
}

async function loadTerms(scope: Scope): Promise<void> {
  const { library, client, request, read, held } = scope;
  const changed = read.notices
    .filter((row) => row.kind === 'terms_changed')
    .map((row) => (JSON.parse(row.body) as { after: TermsRef }).after);
  const refs = [held?.base.terms ?? read.terms, ...changed].filter((ref): ref is TermsRef => ref !== null);
  await library.terms.load(client, request.org, refs);
}

function siteOfNotices(read: StepRead): string | null {
  for (const row of read.notices) {
    const site = (JSON.parse(row.body) as { site?: unknown }).site;
    if (typeof site === 'string') return site;
  }
  return null;
}

/** What the rules failed on: a day beyond the site's calendar, with the last day it knows; or a fault of their own. */
function failed(error: unknown): Refusal {
  const { code, last } = error as { readonly code?: unknown; readonly last?: unknown };
  if (code !== 'calendar_range_exceeded') return refuse('rules_failed');
  const about = typeof last === 'string' ? { about: last } : {};
  return refuse('out_of_calendar', 'CALENDAR', [{ code: 'calendar_to', ...about }]);
}

/** Runs the rules. A command on which they fail is refused and the rest of the step stands. */
async function run(scope: Scope, inputs: readonly AnyInput[]): Promise<Advanced> {
  const { library, request, decider, read, held } = scope;
  const site = siteOf(request.command?.envelope) ?? siteOfNotices(read);
  const known = held === null && read.terms !== null && site !== null;
  const staff = inputs.flatMap((input) => [...(decider.staff?.(input) ?? [])]);
  const others = await staffRead(scope.client, request.org, [...new Set(staff)]);
  const context = {
    ...{ org: request.org, case: request.case, now: read.now, facts: await factsFor(scope, inputs) },
    ...{ assignments: [...read.assignments, ...others], delegations: read.delegations },
    opening: known && read.terms !== null ? { site, terms: library.terms.get(read.terms) } : null,
    termsOf: (ref: TermsRef) => library.terms.get(ref),
  };
  try {
    return advance(decider, held, inputs, context);
  } catch (error) {
    const without = inputs.filter((input) => input.origin !== 'ask');
    if (without.length === inputs.length) throw error;
    const refusal = failed(error);
    library.rulesFailed(request.case, request.command?.envelope.type ?? '', refusal.code);
    return { ...advance(decider, held, without, context), answer: refusal };
  }
}

/** A repeated decision gets its first receipt at any age; the same id with other content is refused. */
function repeated(read: StepRead, request: StepRequest, digest: string): Answer | null {
  if (read.decision === null) return null;
  if (read.decision.case === request.case && read.decision.digest === digest)
    return { is: 'done', receipt: JSON.parse(read.decision.receipt) };
  return { is: 'refused', refusal: refuse('decision_id_reused') };
}

const refused = (refusal: Refusal | null): Answer | null =>
  refusal === null ? null : { is: 'refused', refusal };

/** Only an opening command names a site: without one, the case itself is not there. */
const notThere = (named: string | null): Refusal =>
  named === null ? refuse('unknown_case') : refuse('unknown_reference', undefined, [{ code: 'site' }]);

/** Commands that name a text of an earlier decision. */
const aboutTexts: ReadonlySet<string> = new Set(['redact_text', 'settle_redaction']);

/** Whether a text was sealed for this very decision; the name of its field has no underscore. */
const typedFor = (decisionId: string, ref: string): boolean =>
  ref.slice(0, ref.lastIndexOf('_')) === `txt_${decisionId}`;

/**
 * A row never names a text that is not there: one dropped after its day has to be sealed again. Nor one typed for
 * another decision: what a case names it may hide (X30), and another case's text is not its own.
 */
async function textsMissing(scope: Scope, envelope: Envelope): Promise<Refusal | null> {
  const refs = textRefsIn(envelope.payload);
  const there = await textDigests(scope.client, scope.request.org, refs);
  const { type, decisionId } = envelope;
  // A text has one place in a command: what it was read as there is not passed on to another one.
  const twice = textRefTwice(envelope.payload);
  if (twice !== null) return refuse('malformed', undefined, [{ code: 'text_twice', about: twice }]);
  const missing = refs.filter(
    (ref) =>
      (!there.has(ref) && scope.library.textsToCome?.has(ref) !== true) ||
      (!aboutTexts.has(type) && !typedFor(decisionId, ref)),
  );
  if (missing.length === 0) return null;
  return refuse(
    'unknown_reference',
    undefined,
    missing.map((ref) => ({ code: 'text', about: ref })),
  );
}

/**
 * X29: what is gone for good lies under no hold. Asked last, of a command that the rules accept: nobody else learns that
 * one stands. A text to be settled need not be named where only one is hidden.
 */
async function underHold(scope: Scope, inputs: readonly AnyInput[]): Promise<Refusal | null> {
  const ask = inputs.find((input) => input.origin === 'ask');
  if (ask?.origin !== 'ask') return null;
  const { client, request, held } = scope;
  const hidden = held?.base.redactions?.map((one) => one.text) ?? [];
  return heldBack(client, request.org, request.case, ask.command, hidden);
}

/** X30: a case hides no text but its own. */
async function notItsText(scope: Scope, ask: AnyInput): Promise<Refusal | null> {
  if (ask.origin !== 'ask' || ask.command.type !== 'redact_text') return null;
  const { text } = ask.command.payload as { text: string };
  const { client, library, request } = scope;
  if (await caseNames(client, library.keys, request.org, request.case, text)) return null;
  return refuse('unknown_reference', 'X30', [{ code: 'text', about: text }]);
}

async function attemptInside(scope: Scope, malformed: Refusal | null): Promise<Attempt> {
  const { request, decider, read, held } = scope;
  const command = malformed === null ? request.command : undefined;
  const digest = command === undefined ? '' : digestOf(command.envelope);
  const before = repeated(read, request, digest);
  const inputs: AnyInput[] = [...noticesOf(read)];
  let early = malformed;
  if (command !== undefined && before === null) {
    const ask = askOf(command.envelope, command.askedAt, read, decider.kind);
    early = isRefusal(ask)
      ? ask
      : ((await textsMissing(scope, command.envelope)) ?? (await notItsText(scope, ask)));
    if (!isRefusal(ask) && early === null) inputs.push(ask);
  }
  const nothing = { decider, read, digest, answer: before ?? refused(early), advanced: null };
  if (held === null && inputs.length === 0) return nothing;
  await loadTerms(scope);
  const site = siteOf(command?.envelope) ?? siteOfNotices(read);
  if (held === null && (read.terms === null || site === null))
    return { ...nothing, answer: nothing.answer ?? refused(notThere(site)) };
  const own: StepRequest = command === undefined ? { ...request, command: undefined } : request;
  const advanced = await run({ ...scope, request: own }, inputs);
  const late = isRefusal(advanced.answer) ? advanced.answer : null;
  const kept = late === null ? await underHold(scope, inputs) : null;
  if (kept === null) return { ...nothing, answer: before ?? refused(early ?? late), advanced };
  const others = inputs.filter((input) => input.origin !== 'ask');
  return { ...nothing, answer: refused(kept), advanced: await run({ ...scope, request: own }, others) };
}

function checked(request: StepRequest): Refusal | null {
  if (request.command === undefined) return null;
  const { envelope } = request.command;
  const form = formRefusal(envelope);
  if (form !== null) return form;
  return envelope.case === request.case ? null : refuse('malformed', undefined, [{ code: 'case' }]);
}

/** What the first read of a step is asked for. */
export function firstRead(request: StepRequest): ReadRequest {
  const envelope = checked(request) === null ? request.command?.envelope : undefined;
  return {
    ...{ org: request.org, case: request.case, decision: envelope?.decisionId ?? null },
    people: [envelope?.actor, envelope?.onBehalfOf].filter((one): one is string => one !== undefined),
    site: siteOf(envelope),
  };
}

/**
 * Reads a case and runs the rules on what is asked, its unhandled notices and what has fallen due.
 * @param client inside a transaction; under the head's lock when the result is to be appended
 * @param first what `firstRead` gave, if it was read already
 */
export async function attempt(
  client: pg.PoolClient,
  library: Library,
  request: StepRequest,
  first?: StepRead,
): Promise<Attempt> {
  const kind = kindOf(request.case);
  if (kind === null) throw new CaseUnknown('case_kind_unknown');
  const decider = deciderOf(kind);
  const asked = firstRead(request);
  let read = first ?? (await stepRead(client, asked));
  const started = read.case === null ? siteOfNotices(read) : null;
  if (started !== null && read.terms === null) read = await stepRead(client, { ...asked, site: started });
  const held = await heldFrom(library, client, request.org, decider, read);
  return attemptInside({ library, client, request, decider, read, held }, checked(request));
}
