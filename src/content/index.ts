import { readFileSync, readdirSync } from 'node:fs';
import type { z } from 'zod';
import { ContentInvalid } from './errors.ts';
import { freeze } from './frozen.ts';
import type { Frozen } from './frozen.ts';
import {
  cardFile,
  dutyFile,
  fieldFile,
  orientationFile,
  questionFile,
  readinessFile,
  referenceFile,
} from './schemas.ts';
import { invalidAt, readTemplate } from './template.ts';
import type { Template } from './template.ts';

export { ContentInvalid } from './errors.ts';
export type { Piece, Template } from './template.ts';
export type ReadinessItem = Frozen<z.output<typeof readinessFile>>['items'][number];
export type Orientation = Frozen<z.output<typeof orientationFile>>;
export type DutyLibrary = Frozen<z.output<typeof dutyFile>>;
export type QuestionBank = Frozen<z.output<typeof questionFile>>;
export type References = Frozen<z.output<typeof referenceFile>>;
export type LearningCard = Frozen<z.output<typeof cardFile>>['cards'][number];
export type TemplateField = Frozen<z.output<typeof fieldFile>>['fields'][number];

/** The toolbox of the first stages. Everything is frozen, and each file is read once, at its first use. */
export interface Content {
  /** D0.3: the 25 items in the order of a scored sheet. */
  readonly readinessItems: () => readonly ReadinessItem[];
  /** P0.3: the hour with the whole team. */
  readonly orientation: () => Orientation;
  /** D2.1: duties with the class that the library suggests, and tasks that never belong to a peer role. */
  readonly dutyLibrary: () => DutyLibrary;
  /** D4.1, D4.3: questions, what they listen for, and the anchors of the scale. */
  readonly questionBank: () => QuestionBank;
  /** D4.6: what referees are asked, the same for all. */
  readonly references: () => References;
  /** All cards; with a code such as `D1.2` or `G2` those that are shown there. */
  readonly learningCards: (shownAt?: string) => readonly LearningCard[];
  /** What each field of a template means, once for all templates. */
  readonly templateFields: () => readonly TemplateField[];
  /** Policies, posting and letters, by id. */
  readonly templates: () => readonly Template[];
}

/**
 * @param folder with a slash at its end
 * @returns the content of a folder; nothing is read before it is asked for
 * @throws ContentInvalid from each of its functions: the file, the place in it, the rule
 */
export function contentOf(folder: URL): Content {
  const readiness = once(() => readJson(folder, 'readiness.json', readinessFile));
  const orientation = once(() => readJson(folder, 'orientation.json', orientationFile));
  const duties = once(() => readDuties(folder));
  const questions = once(() => readJson(folder, 'questions.json', questionFile));
  const references = once(() => readJson(folder, 'references.json', referenceFile));
  const cards = once(() => readJson(folder, 'cards.json', cardFile));
  const fields = once(() => readJson(folder, 'fields.json', fieldFile));
  const templates = once(() => readTemplates(folder, new Set(fields().fields.map(({ name }) => name))));
  return {
    readinessItems: () => readiness().items,
    orientation,
    dutyLibrary: duties,
    questionBank: questions,
    references,
    learningCards: (shownAt) => {
      const { cards: all } = cards();
      return shownAt === undefined ? all : freeze(all.filter((card) => card.shownAt.includes(shownAt)));
    },
    templateFields: () => fields().fields,
    templates,
  };
}

const own = contentOf(new URL('../../content/', import.meta.url));

export const {
  readinessItems,
  orientation,
  dutyLibrary,
  questionBank,
  references,
  learningCards,
  templateFields,
  templates,
} = own;

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: read() }).value;
}

function readText(folder: URL, file: string): string {
  try {
    return readFileSync(new URL(file, folder), 'utf8');
  } catch {
    throw new ContentInvalid(file, 'the whole file', 'it cannot be read');
  }
}

function readJson<S extends z.ZodType>(folder: URL, file: string, schema: S): Frozen<z.output<S>> {
  const source = readText(folder, file);
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new ContentInvalid(file, 'the whole file', 'it is not JSON');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidAt(file, parsed.error);
  noTwins(file, parsed.data);
  return freeze(parsed.data);
}

/** Each list of a file names its entries once. */
function noTwins(file: string, data: unknown): void {
  if (typeof data !== 'object' || data === null) return;
  for (const [list, entries] of Object.entries(data)) {
    if (!Array.isArray(entries)) continue;
    const seen = new Set<unknown>();
    entries.forEach((entry: { readonly id?: unknown; readonly name?: unknown }, at) => {
      const key = entry?.id ?? entry?.name;
      if (key !== undefined && seen.has(key))
        throw new ContentInvalid(file, `${list}[${at}]`, 'its id or name stands twice');
      seen.add(key);
    });
  }
}

function readDuties(folder: URL): DutyLibrary {
  const library = readJson(folder, 'duties.json', dutyFile);
  const known = new Set(library.duties.map(({ id }) => id));
  library.never.forEach(({ instead }, at) => {
    if (!known.has(instead))
      throw new ContentInvalid('duties.json', `never[${at}].instead`, 'no duty of the library has this id');
  });
  return library;
}

function readTemplates(folder: URL, known: ReadonlySet<string>): readonly Template[] {
  let names: readonly string[];
  try {
    names = readdirSync(new URL('templates/', folder)).sort();
  } catch {
    throw new ContentInvalid('templates', 'the whole folder', 'it cannot be read');
  }
  const all = names.map((name) => {
    const file = `templates/${name}`;
    const template = readTemplate(file, readText(folder, file), known);
    if (name !== `${template.id}.md`)
      throw new ContentInvalid(file, 'id', 'the file is called like the template’s id');
    return template;
  });
  return freeze(all);
}
