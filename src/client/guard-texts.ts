import type { Envelope } from '../contracts/envelope.ts';
import { textRef } from '../directory/texts.ts';
import type { NewText } from '../directory/texts.ts';
import { textWarnings } from '../domain/findings.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { Finding, Surface } from '../guards/index.ts';
import { guardedField } from './guard-surfaces.ts';

/** What the guards are to the façade: pure functions, in the author's own process. */
export interface Guard {
  findingsOf(surface: Surface, text: string): readonly Finding[];
  /** The rule pack that reads this surface, with its version. */
  packOf(surface: Surface): string;
}

/** What was found in one text of a command: for its author alone. */
export interface FoundInText {
  /** The place in the payload, e.g. `questions.0.text`. */
  readonly field: string;
  readonly surface: Surface;
  readonly pack: string;
  readonly findings: readonly Finding[];
}

/** A command with its texts, after the guards have read them. */
export interface Guarded {
  readonly envelope: Envelope;
  readonly texts: readonly Omit<NewText, 'org'>[];
  readonly found: readonly FoundInText[];
  /** Findings that refuse the command here (`guard_blocked`). */
  readonly blocked: readonly FoundInText[];
  /** Findings that warn, and whose code was not acknowledged (domain 2.1). */
  readonly warned: readonly FoundInText[];
}

/** A text that is taken although it warns: its place, and the codes its author accepted. */
type Accepted = NonNullable<Envelope['warned']>[number];

type Json = Record<string, unknown>;
type TakenText = Omit<NewText, 'org'>;

/** Where each ref stands in a payload, as paths. */
function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly [string, string[]])[] {
  if (typeof value === 'string') return [[value, [...path]]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]));
}

/** Only codes the field of a command takes: duties are classed by people, and the guard's hints decide nothing. */
function codesFor({ surface, findings }: FoundInText): readonly string[] {
  if (surface === 'duty') {
    const unbounded = findings.some(({ rule }) => rule === 'R2.2');
    const obliged = findings.some(({ rule, level }) => rule === 'R1.3' && level === 'block');
    return [...(unbounded ? ['OTHER_DUTIES'] : []), ...(obliged ? ['R1.3'] : [])];
  }
  return findings.filter(({ level }) => level !== 'warn').map(({ rule }) => rule);
}

/** Puts codes of findings, and the pack where there is a field for it, beside a text. */
function putCodes(payload: Json, place: readonly string[], found: FoundInText): void {
  const codes = codesFor(found);
  if (codes.length === 0) return;
  const beside = besideOf(payload, place);
  const known = beside['findings'];
  const before = Array.isArray(known) ? known.filter((one): one is string => typeof one === 'string') : [];
  beside['findings'] = [...new Set([...before, ...codes])];
  if (found.surface === 'question') beside['pack'] = found.pack;
}

/** The object that holds a text, or its nearest one with findings of its own: notes and goals have them one step up. */
function besideOf(payload: Json, place: readonly string[]): Json {
  let at: Json = payload;
  for (const part of place.slice(0, -1)) {
    if (part === 'evidence' || part === 'goals') break;
    at = at[part] as Json;
  }
  return at;
}

/** Where each ref stands: a text that is named in several places is read on the surface of each (D4.1, R4.2). */
function placesByRef(payload: Json): ReadonlyMap<string, readonly (readonly string[])[]> {
  const places = new Map<string, (readonly string[])[]>();
  for (const [ref, place] of placesOf(payload)) places.set(ref, [...(places.get(ref) ?? []), place]);
  return places;
}

/** What warns in a text, and no more than that. */
const warningsIn = ({ findings }: FoundInText): FoundInText['findings'] =>
  findings.filter(({ level, rule }) => level === 'warn' && textWarnings.has(rule));

/** @returns what warns in a text and still waits for its author's word */
function unacknowledged(one: FoundInText, acknowledged: readonly string[]): readonly FoundInText[] {
  const findings = warningsIn(one).filter(({ rule }) => !acknowledged.includes(rule));
  return findings.length === 0 ? [] : [{ ...one, findings }];
}

/** @returns what warns in a text and its author let stand; null for nothing of it */
function acceptedIn(one: FoundInText, acknowledged: readonly string[]): Accepted | null {
  const accepted = warningsIn(one).filter(({ rule }) => acknowledged.includes(rule));
  const rules = [...new Set(accepted.map(({ rule }) => rule))];
  return rules.length === 0 ? null : { field: one.field, rules };
}

/**
 * The command as the case gets it. No rule of it knows of a text; what its author let stand about one goes into the row of what they
 * decided, by its codes.
 */
export function forTheCase(
  envelope: Envelope,
  payload: Json = envelope.payload,
  accepted: readonly Accepted[] = [],
): Envelope {
  // Whatever was sent under this name is no reading of the guards.
  const { acknowledge, warned: _, ...rest } = envelope;
  const codes = acknowledge?.filter((code) => !textWarnings.has(code)) ?? [];
  return {
    ...{ ...rest, payload },
    ...(codes.length === 0 ? {} : { acknowledge: codes }),
    ...(accepted.length === 0 ? {} : { warned: [...accepted] }),
  };
}

/** True for a command with a text that a guard reads. What somebody writes about themselves waits for none, nor for its model. */
export function asksGuard(envelope: Envelope, texts: readonly TakenText[]): boolean {
  const kind = kindOf(envelope.case) ?? '';
  const places = placesByRef(envelope.payload);
  const at = texts.flatMap((text) => places.get(textRef(text.decisionId, text.field)) ?? []);
  return at.some(
    (place) => (guardedField(kind, envelope.type, place)?.surface ?? 'own_words') !== 'own_words',
  );
}

/**
 * Reads every text of a command with the guard of its surface. Codes and pack are kept beside the sealed text; the
 * reasons and wordings go to the author and nowhere else. What somebody writes about themselves is read by nobody.
 */
export function guarded(envelope: Envelope, texts: readonly TakenText[], guard: Guard): Guarded {
  const kind = kindOf(envelope.case) ?? '';
  const places = placesByRef(envelope.payload);
  const payload: Json = structuredClone(envelope.payload);
  const found: FoundInText[] = [];
  const blocked: FoundInText[] = [];
  const warned: FoundInText[] = [];
  const accepted: Accepted[] = [];
  const readAt = (text: TakenText, place: readonly string[]): FoundInText | null => {
    const field = guardedField(kind, envelope.type, place);
    if (field === null || field.surface === 'own_words') return null;
    const { surface } = field;
    const findings = guard.findingsOf(surface, text.text);
    const one = { field: place.join('.'), surface, pack: guard.packOf(surface), findings };
    if (findings.length > 0) found.push(one);
    const stops = findings.filter(({ level }) => level === 'block');
    warned.push(...unacknowledged(one, envelope.acknowledge ?? []));
    const stands = acceptedIn(one, envelope.acknowledge ?? []);
    if (stands !== null) accepted.push(stands);
    if (field.by !== 'case' && stops.length > 0) blocked.push({ ...one, findings: stops });
    if (field.by !== 'facade') putCodes(payload, place, one);
    return one;
  };
  const read = texts.map((text): TakenText => {
    const at = places.get(textRef(text.decisionId, text.field)) ?? [];
    const all = at.flatMap((place) => readAt(text, place) ?? []);
    const [first] = all;
    if (first === undefined) return text;
    const codes = all.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    return { ...text, findings: [...new Set(codes)], pack: first.pack };
  });
  return { envelope: forTheCase(envelope, payload, accepted), texts: read, found, blocked, warned };
}
