import { writeFile } from 'node:fs/promises';
import {
  dutyLibrary,
  orientation,
  questionBank,
  readinessItems,
  references,
  templates,
} from '../content/index.ts';
import type { Piece, Template } from '../content/index.ts';
import { mustTakeFile } from '../local/place-check.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { styled, table } from './io.ts';
import type { Io } from './io.ts';
import type { Common } from './open.ts';

export interface ToolboxOptions extends Common {
  /** Only entries with this word. */
  readonly find?: string;
  /** A new file for it, in place of standard output. */
  readonly out?: string;
}

/** One drawer of the toolbox: its entries as data, and as people read them. */
interface Drawer {
  readonly what: string;
  readonly entries: () => readonly object[];
  readonly text: (io: Io, entries: readonly object[]) => string;
}

const origin = (one: { readonly source: string; readonly reviewed: string }): string =>
  `source: ${one.source} · looked through ${one.reviewed}`;

/** D0.3: what the numbers of a sheet stand for. */
function itemsText(io: Io, entries: readonly ReturnType<typeof readinessItems>[number][]): string {
  return entries
    .map((one) =>
      [
        styled(io, 'bold', `${one.number} (${one.part.replaceAll('_', ' ')}) ${one.statement}`),
        ...(['1', '2', '3'] as const).map((score) => `   ${score}  ${one.looksLike[score]}`),
        `   scored 1: ${one.whenOne}`,
        `   ${origin(one)}`,
      ].join('\n'),
    )
    .join('\n\n');
}

function orientationText(io: Io, [hour]: readonly ReturnType<typeof orientation>[]): string {
  if (hour === undefined) return '';
  const parts = hour.parts.map((part) =>
    [
      styled(io, 'bold', `${part.title}, ${part.minutes} minutes`),
      `  Aim: ${part.aim}`,
      `  ${part.exercise}`,
      `  Needs: ${part.materials.join('; ')}`,
    ].join('\n'),
  );
  return [
    styled(io, 'bold', `${hour.title}, ${hour.minutes} minutes, led by ${hour.ledBy.join(' and ')}`),
    hour.purpose,
    `For: ${hour.for}`,
    ['Before:', ...hour.before.map((one) => `  ${one}`)].join('\n'),
    ...parts,
    ['Not:', ...hour.whatNotToDo.map((one) => `  ${one}`)].join('\n'),
    ['Afterwards:', ...hour.afterwards.map((one) => `  ${one}`)].join('\n'),
    origin(hour),
  ].join('\n\n');
}

/** D2.1: the class is the library's; people give their own. */
function dutiesText(io: Io, entries: readonly ReturnType<typeof dutyLibrary>['duties'][number][]): string {
  const rows = entries.map((one) => [
    one.id,
    one.text,
    `${one.class}${one.class === 'shared' ? ` with ${one.alsoDoneBy.join(', ')}` : ''}`,
    `${one.sharePct.from}-${one.sharePct.to} %`,
  ]);
  return `${table(io, ['id', 'duty', 'suggested class', 'usual share'], rows)}\n${dutyLibrary().note}`;
}

function neverText(io: Io, entries: readonly ReturnType<typeof dutyLibrary>['never'][number][]): string {
  return entries
    .map((one) => `${styled(io, 'bold', one.text)} (${one.code})\n  ${one.why}\n  Instead: ${one.instead}`)
    .join('\n\n');
}

function questionsText(
  io: Io,
  entries: readonly ReturnType<typeof questionBank>['questions'][number][],
): string {
  return entries
    .map((one) =>
      [
        styled(io, 'bold', `${one.id} (${one.competency.replaceAll('_', ' ')}, ${one.kind})`),
        `  ${one.text}`,
        `  Listens for: ${one.listensFor.join('; ')}`,
        `  Then: ${one.followUps.join(' ')}`,
      ].join('\n'),
    )
    .join('\n\n');
}

/** D4.3: what the numbers of a rating sheet stand for. */
function competenciesText(
  io: Io,
  entries: readonly ReturnType<typeof questionBank>['competencies'][number][],
): string {
  return entries
    .map((one) =>
      [
        styled(io, 'bold', `${one.title} (${one.id})`),
        `  ${one.looksAt}`,
        ...(['1', '3', '5'] as const).map((score) => `  ${score}  ${one.anchors[score]}`),
        `  ${origin(one)}`,
      ].join('\n'),
    )
    .join('\n\n');
}

function templatesText(io: Io, entries: readonly ReturnType<typeof templates>[number][]): string {
  const rows = entries.map((one) => [one.id, one.title, one.fields.join(' ')]);
  return table(io, ['template', 'what it is', 'fields'], rows);
}

/** A template to fill in by hand: its fields as gaps with their names, its optional parts with their word. */
function blank(template: Template): string {
  const words = (pieces: readonly Piece[]): string =>
    pieces
      .map((piece) => {
        if ('text' in piece) return piece.text;
        if ('field' in piece) return `[${piece.field.replaceAll('_', ' ')}]`;
        return `[only if: ${piece.section.replaceAll('_', ' ')}]\n${words(piece.pieces)}`;
      })
      .join('');
  return words(template.pieces).trimEnd();
}

const lines = (entries: readonly { readonly id: string; readonly text: string }[]): string =>
  entries.map((one) => `${one.id}  ${one.text}`).join('\n');

const drawer = <T extends object>(
  what: string,
  entries: () => readonly T[],
  text: (io: Io, entries: readonly T[]) => string,
): Drawer => ({ what, entries, text: (io, some) => text(io, some as readonly T[]) });

/** The drawers by name, in the order of the stages. */
const drawers: Readonly<Record<string, Drawer>> = {
  items: drawer(
    'the 25 items of the self-check, and what 1, 2 and 3 look like (D0.3)',
    readinessItems,
    itemsText,
  ),
  orientation: drawer('the hour with the whole team (P0.3)', () => [orientation()], orientationText),
  duties: drawer(
    'duties to take from, with a suggested class (D2.1)',
    () => dutyLibrary().duties,
    dutiesText,
  ),
  never: drawer(
    'what never belongs to a peer role, and what to offer instead',
    () => dutyLibrary().never,
    neverText,
  ),
  questions: drawer(
    'interview questions by competency (D4.1)',
    () => questionBank().questions,
    questionsText,
  ),
  competencies: drawer(
    'what each competency looks at, and what 1, 3 and 5 look like (D4.3)',
    () => questionBank().competencies,
    competenciesText,
  ),
  practical: drawer(
    'practical questions, not rated',
    () => questionBank().practical,
    (_, all) => lines(all),
  ),
  referees: drawer(
    'what referees are asked (D4.6)',
    () => references().questions,
    (_, all) => lines(all),
  ),
  templates: drawer(
    'policies, posting and letters to start from; one by its id is printed',
    templates,
    templatesText,
  ),
};

/** What is in each drawer, in words, and how much. */
export const toolboxDrawers = () =>
  Object.entries(drawers).map(([name, { what, entries }]) => ({ name, what, entries: entries().length }));

/** The entries of a drawer as data; with a word, only those that have it. Null: there is no such drawer. */
export function drawerEntries(name: string, find?: string): readonly object[] | null {
  if (!Object.hasOwn(drawers, name)) return null;
  const all = drawers[name]?.entries() ?? [];
  const word = find?.toLowerCase();
  return word === undefined ? all : all.filter((one) => JSON.stringify(one).toLowerCase().includes(word));
}

function unknown(): Stop {
  const names = Object.keys(drawers).join(', ');
  return new Stop(
    EXIT.usage,
    'usage',
    `The toolbox has no such drawer and no template of that id. It has ${names}; templates lists the ids.`,
  );
}

async function put(io: Io, text: string, options: ToolboxOptions): Promise<void> {
  if (options.out === undefined) io.out(text);
  else {
    mustTakeFile(options.out);
    await writeFile(options.out, `${text}\n`, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw new Stop(
        EXIT.usage,
        'usage',
        `The file could not be written (${error.code ?? 'unknown'}): give a new one.`,
      );
    });
    io.out(`Written to ${options.out}.`);
  }
}

/**
 * `toolbox`: what the product brings along for the people who prepare, all of it reviewed data with source and date.
 * Needs no installation.
 * @param name a drawer, or the id of a template; without one the drawers are listed
 */
export async function toolbox(io: Io, name: string | undefined, options: ToolboxOptions): Promise<Exit> {
  if (name === undefined) {
    const rows = Object.entries(drawers).map(([word, { what, entries }]) => [
      word,
      String(entries().length),
      what,
    ]);
    io.out(table(io, ['drawer', 'entries', 'what is in it'], rows));
    return EXIT.done;
  }
  const template = templates().find((one) => one.id === name);
  const found = Object.hasOwn(drawers, name) ? drawers[name] : undefined;
  if (template !== undefined)
    await put(io, options.json === true ? JSON.stringify(template) : blank(template), options);
  else if (found === undefined) throw unknown();
  else {
    const word = options.find?.toLowerCase();
    const all = found.entries();
    const some =
      word === undefined ? all : all.filter((one) => JSON.stringify(one).toLowerCase().includes(word));
    if (some.length === 0)
      throw new Stop(
        EXIT.usage,
        'usage',
        `Nothing in ${name} has this word; without --find all ${all.length} are shown.`,
      );
    await put(io, options.json === true ? JSON.stringify({ [name]: some }) : found.text(io, some), options);
  }
  return EXIT.done;
}
