import type { z } from 'zod';
import type { Waiting } from '../client/ask-waiting.ts';
import { commandSchemas } from '../contracts/commands.ts';
import { kernelCommands } from '../contracts/kernel.ts';
import { shapeOf } from '../contracts/shape-of.ts';
import { commandsFor, knownFor } from '../domain/answered-by.ts';
import { deciderOf } from '../domain/cases.ts';
import type { Right } from '../domain/kernel/can.ts';
import { isTold } from '../domain/kernel/why.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { CaseKind, PersonRef } from '../domain/kernel/words.ts';

/** Commands that have a short way of their own: what follows the case and who answers. */
const short: Readonly<Record<string, readonly [string, string]>> = {
  log_session: ['checkin', '--topic TOPIC'],
  confirm_session: ['checkin', '--agrees'],
  choose_colleagues: ['review', '--colleague REF'],
  share_self_review: ['review', '--self WORDS'],
  share_feedback: ['review', '--feedback WORDS'],
  submit_draft: ['review', '--draft FILE'],
  hold_talk: ['review', '--held DAY'],
  respond: ['review', '--sign signed'],
  check_goals: ['review', '--goals on_track --held DAY'],
};

/** What is done for a site, and in no case of it. */
const ofTheSite: Readonly<Record<string, (one: Waiting, as: PersonRef) => string>> = {
  CALENDAR: ({ site }) => `calendar apply --site ${site} --holidays FILE`,
  'R8.1': ({ site, case: id }, as) => `site comparator ${site} --file FILE --as ${as} --cases ${id}`,
};

/** Where a payload is longer than a line of a terminal takes well, its form is asked for instead. */
const LONGEST = 240;
/** Of a longer list of words only that one of them is meant. */
const MOST_WORDS = 6;

type Shape = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
};

const branches = ({ anyOf, oneOf }: Shape): readonly Shape[] => anyOf ?? oneOf ?? [];

/** What stands in a form for a value that somebody has still to say. */
function blank(shape: Shape): unknown {
  const [first] = branches(shape);
  if (first !== undefined) return blank(first);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum.length > MOST_WORDS ? 'WORD' : shape.enum.join('|');
  if (shape.type === 'object') return form(shape, {});
  if (shape.type === 'array') return (shape.minItems ?? 0) === 0 ? [] : [blank(shape.items ?? {})];
  if (shape.type === 'number' || shape.type === 'integer') return 'NUMBER';
  if (shape.type === 'boolean') return 'true|false';
  if (shape.format === 'date') return 'DAY';
  if (shape.pattern?.includes('txt_') === true) return { text: 'WORDS' };
  return shape.pattern?.includes('prs_') === true ? 'REF' : 'WORD';
}

function form(shape: Shape, known: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [first] = branches(shape);
  if (first !== undefined) return form(first, known);
  const { properties = {}, required = [] } = shape;
  const fields = Object.entries(properties).flatMap(
    ([name, one]): readonly (readonly [string, unknown])[] => {
      if (Object.hasOwn(known, name)) return [[name, known[name]]];
      return required.includes(name) ? [[name, blank(one)]] : [];
    },
  );
  return Object.fromEntries(fields);
}

/** What a command takes, with what is known filled in and a word in capitals for what is not. */
export function payloadForm(
  kind: CaseKind,
  type: string,
  known: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const schemas: Readonly<Record<string, z.ZodType>> = { ...kernelCommands, ...commandSchemas[kind] };
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (schema === undefined) return known;
  return form(shapeOf(schema) as Shape, known);
}

/** Whether somebody may give a command, by what they are in the case; the kernel's are anybody's who is asked. */
function mayGive(kind: CaseKind, type: string, capacities: readonly string[]): boolean {
  const rights: Readonly<Record<string, Right>> = deciderOf(kind).rights;
  const right = Object.hasOwn(rights, type) ? rights[type] : undefined;
  return right === undefined || right.by.some((one) => capacities.includes(one));
}

/** @returns the commands with which whoever is asked does it, the likeliest first; none where nothing is entered */
export function answersOf({ case: id, why, answering }: Waiting): readonly string[] {
  const kind = kindOf(id);
  if (why.masked || kind === null) return [];
  const types = commandsFor({ case: id, code: why.code, id: why.id });
  if (answering === undefined) return types;
  return types.filter((type) => mayGive(kind, type, answering.capacities));
}

function decideText(one: Waiting, type: string, who: string): string {
  const { case: id, why } = one;
  const kind = kindOf(id);
  if (why.masked || kind === null) return '';
  const payload = payloadForm(kind, type, knownFor(type, { case: id, code: why.code, id: why.id }));
  // A number stands without quotes, as it has to be typed.
  const text = JSON.stringify(payload).replaceAll(/"(NUMBER|true\|false)"/g, '$1');
  const given = text === '{}' ? '' : text.length > LONGEST ? ' --file FILE' : ` --payload '${text}'`;
  return `decide --case ${id} --actor ${who} --type ${type}${given}`;
}

export interface AnswerLine {
  /** What is typed after `peer-hire`. */
  readonly line: string;
  /** Other commands that would do it too, for `decide --type`. */
  readonly others: readonly string[];
}

/**
 * The command line that answers an item of somebody's own list; for whom they stand in stands in it. Words in capitals are
 * theirs to say.
 * @param as whose list it is
 * @returns null where the item is confidential: its reader is not told what it is
 */
export function answerWith(one: Waiting, as: PersonRef): AnswerLine | null {
  const { case: id, why, answering } = one;
  if (why.masked) return null;
  const place = answering?.inPlaceOf ?? null;
  const who = place === null ? as : `${as} --behalf-of ${place}`;
  // Somebody else holds it and writes it down; what to talk about is for both to say.
  if (why.code === 'P7.1' && isTold(why))
    return { line: `agenda add ${id} --as ${who} --topic TOPIC`, others: answersOf(one) };
  const elsewhere = Object.hasOwn(ofTheSite, why.code) ? ofTheSite[why.code]?.(one, as) : undefined;
  if (elsewhere !== undefined) return { line: elsewhere, others: [] };
  const [type, ...others] = answersOf(one);
  if (type === undefined) return { line: `case show ${id} --as ${as}`, others: [] };
  const [command, options = ''] = short[type] ?? [];
  const line = command === undefined ? decideText(one, type, who) : `${command} ${id} --as ${who} ${options}`;
  return { line, others };
}
