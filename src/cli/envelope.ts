import { readFileSync } from 'node:fs';
import type { Asked } from '../client/decide-as.ts';
import { withoutTexts } from '../client/taken-texts.ts';
import { envelopeSchema } from '../contracts/envelope.ts';
import type { Envelope } from '../contracts/envelope.ts';
import { opaque } from '../domain/kernel/digest.ts';
import { isRefusal, refuse } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { caseKinds } from '../domain/kernel/words.ts';
import { formRefusal } from '../ledger/command-form.ts';
import { EXIT, Stop } from './exit.ts';
import { newId } from './ids.ts';
import { InputTooLong } from './io.ts';
import type { Io } from './io.ts';
import type { Anywhere } from './remote.ts';
import { withTexts } from './texts.ts';

export interface DecideOptions extends Anywhere {
  readonly file?: string | undefined;
  readonly case?: string | undefined;
  readonly new?: string | undefined;
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly behalfOf?: string | undefined;
  readonly payload?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly acknowledge?: readonly string[] | undefined;
  readonly about?: string | undefined;
  readonly text?: readonly string[] | undefined;
  readonly textAbout?: string | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Texts may make what is typed larger than the command that travels. */
const MOST_TYPED_BYTES = 1_048_576;

const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);

function parsed(text: string): Record<string, unknown> | Refusal {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // The parser quotes what was typed: only the code goes on.
  }
  return refuse('malformed', undefined, [{ code: 'invalid_type', about: 'JSON object' }]);
}

async function typed(io: Io, options: DecideOptions): Promise<string | Refusal | null> {
  if (options.file !== undefined && options.file !== '-') {
    try {
      const text = readFileSync(options.file, 'utf8');
      return text.length > MOST_TYPED_BYTES ? refuse('oversized') : text;
    } catch {
      throw usage(`The file ${options.file} cannot be read.`);
    }
  }
  if (options.file !== '-' && (options.type !== undefined || options.payload !== undefined)) return null;
  try {
    return await io.stdin(MOST_TYPED_BYTES);
  } catch (error) {
    if (error instanceof InputTooLong) return refuse('oversized');
    throw error;
  }
}

function aboutOf(text: string): { readonly subject: string; readonly version: number } {
  const at = text.lastIndexOf('@');
  const version = Number(text.slice(at + 1));
  if (at < 1 || !Number.isInteger(version))
    throw usage('--about takes subject@version, e.g. --about E5@2: what you saw when you decided.');
  return { subject: text.slice(0, at), version };
}

function payloadFrom(options: DecideOptions): Record<string, unknown> | Refusal {
  return options.payload === undefined ? {} : parsed(options.payload);
}

/** A new case's id: random, unless the decision id says again which one it was. */
function newCase(kind: string, decisionId: string | undefined): string {
  if (!caseKinds.some((known) => known === kind)) throw usage(`--new takes one of ${caseKinds.join(', ')}.`);
  return decisionId === undefined ? newId(`${kind}-`) : `${kind}-${opaque(`${kind}|${decisionId}`)}`;
}

function flags(options: DecideOptions): Record<string, unknown> | Refusal {
  const payload = payloadFrom(options);
  if (isRefusal(payload)) return payload;
  const given: Record<string, unknown> = {
    ...{ decisionId: options.decisionId, type: options.type, actor: options.actor },
    case: options.new === undefined ? options.case : newCase(options.new, options.decisionId),
    onBehalfOf: options.behalfOf,
    acknowledge: options.acknowledge,
    about: options.about === undefined ? undefined : aboutOf(options.about),
    payload: options.payload === undefined ? undefined : payload,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function checked(draft: Record<string, unknown>): Envelope | Refusal {
  const refusal = formRefusal(draft);
  if (refusal !== null) return refusal;
  const envelope = envelopeSchema.parse(draft);
  // A shell knows its user, and nobody else: a better claim belongs to the faces that check it.
  return envelope.how === 'asserted_local'
    ? envelope
    : refuse('malformed', undefined, [{ code: 'invalid_value', about: 'how' }]);
}

/** What would overflow the stack of whoever walks it goes no further; a long text may still be taken out. */
function passable(draft: Record<string, unknown>): boolean {
  const refusal = formRefusal(draft);
  return refusal === null || !refusal.missing.some((one) => one.code === 'too_deep');
}

/**
 * What was typed: JSON of `--file` or standard input, flags laid over it, texts at their places and still in clear.
 * @throws Stop (usage)
 */
export async function draftOf(io: Io, options: DecideOptions): Promise<Record<string, unknown> | Refusal> {
  if (options.case !== undefined && options.new !== undefined)
    throw usage('--case names a case that exists, --new begins one: give one of the two.');
  const text = await typed(io, options);
  if (text !== null && typeof text !== 'string') return text;
  if (text === null && options.type === undefined)
    throw usage(
      'Give a command as JSON (standard input or --file) or with --case, --type, --actor and --payload.',
    );
  const base = text === null || text.trim() === '' ? {} : parsed(text);
  if (isRefusal(base)) return base;
  const over = flags(options);
  if (isRefusal(over)) return over;
  const draft: Record<string, unknown> = { decisionId: newId('dec_'), payload: {}, ...base, ...over };
  const payload = draft['payload'];
  const plain = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  if (!plain) return draft;
  return { ...draft, payload: withTexts(payload as Record<string, unknown>, options.text ?? []) };
}

/**
 * The command of `decide`, for this machine: free texts taken out.
 * @returns a refusal for what does not have the form. @throws Stop (usage)
 */
export async function askedOf(io: Io, options: DecideOptions): Promise<Asked | Refusal> {
  const typedDraft = await draftOf(io, options);
  if (isRefusal(typedDraft)) return typedDraft;
  // A `how` that was typed stays, so that a claim to be known better is refused and not passed over.
  const draft: Record<string, unknown> = { v: 1, how: 'asserted_local', ...typedDraft };
  const { decisionId, actor, payload } = draft;
  if (!passable(draft)) return malformed(checked(draft));
  const plain = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  if (!plain || typeof decisionId !== 'string' || typeof actor !== 'string') return malformed(checked(draft));
  const subject = options.textAbout ?? actor;
  const taken = withoutTexts(decisionId, subject, payload as Record<string, unknown>);
  const envelope = checked({ ...draft, payload: taken.payload });
  return isRefusal(envelope) ? envelope : { envelope, texts: taken.texts };
}

function malformed(result: Envelope | Refusal): Refusal {
  return isRefusal(result) ? result : refuse('malformed');
}
