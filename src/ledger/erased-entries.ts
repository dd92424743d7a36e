import { z } from 'zod';

const head = { v: z.literal(1), org: z.string(), at: z.number() };
const refs = z.array(z.string());

/** What was erased for good, kept outside the database, so that no older copy of it brings anything back. */
const entrySchema = z.discriminatedUnion('is', [
  /** A person's key was destroyed. */
  z.strictObject({ ...head, is: z.literal('person'), ref: z.string() }),
  /** Texts were deleted: purged when their day had come, or redacted. */
  z.strictObject({ ...head, is: z.literal('texts'), refs }),
  /** Noted, and still there long after: its commit was lost. Whoever restores is asked. */
  z.strictObject({ ...head, is: z.literal('not_done'), people: refs, texts: refs }),
  /** The list was held against the database, whose ledger went so far, and nothing was missing any more. */
  z.strictObject({ ...head, is: z.literal('complete'), position: z.number().optional() }),
]);

/** One line of a list. */
export type Entry = z.output<typeof entrySchema>;

/** A list was held against the database then. */
export interface Mark {
  readonly at: number;
  /** How far the ledger went; left out in lists of an earlier build. */
  readonly position?: number | undefined;
}

/** People and texts, by refs. */
export interface Refs {
  readonly people: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
}

/** What lists say of one organization, taken together. */
export interface ErasedBefore extends Refs {
  /** What was noted and, as a list says later, not done. */
  readonly undone: Refs;
  /** When each was noted last. */
  readonly notedAt: ReadonlyMap<string, number>;
  /** Until when the most complete of them knows of every erasure, as an instant; null: none was ever compared. */
  readonly completeTo: number | null;
  readonly marks: readonly Mark[];
  /** Lines that were cut off or damaged, as `file:line`. */
  readonly unreadable: readonly string[];
  /** Every line of the organization that can be read, once each. */
  readonly lines: readonly string[];
}

/** A list as it was read. */
export interface ListText {
  readonly file: string;
  readonly text: string;
}

function parsed(line: string): Entry | null {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The later of two words on the same thing counts, whichever list has it. */
class Latest {
  readonly noted = new Map<string, number>();
  private readonly undone = new Map<string, number>();

  note(list: readonly string[], at: number): void {
    for (const ref of list) this.noted.set(ref, Math.max(at, this.noted.get(ref) ?? at));
  }

  undo(list: readonly string[], at: number): void {
    for (const ref of list) this.undone.set(ref, Math.max(at, this.undone.get(ref) ?? at));
  }

  /** @returns what is to be erased, and what was found not to be done */
  apart(): readonly [ReadonlySet<string>, ReadonlySet<string>] {
    const isUndone = ([ref, at]: readonly [string, number]): boolean => (this.undone.get(ref) ?? -1) >= at;
    const all = [...this.noted];
    return [
      new Set(all.filter((one) => !isUndone(one)).map(([ref]) => ref)),
      new Set(all.filter(isUndone).map(([ref]) => ref)),
    ];
  }
}

/**
 * Takes lists together: each may know of an erasure that another does not. A line that cannot be read is named and
 * passed over.
 */
export function erasedOf(lists: readonly ListText[], org: string): ErasedBefore {
  const [people, texts] = [new Latest(), new Latest()];
  const marks: Mark[] = [];
  const unreadable: string[] = [];
  const lines = new Set<string>();
  for (const { file, text } of lists)
    for (const [n, line] of text.split('\n').entries()) {
      if (line === '') continue;
      const entry = parsed(line);
      if (entry === null) unreadable.push(`${file}:${n + 1}`);
      if (entry === null || entry.org !== org) continue;
      lines.add(line);
      if (entry.is === 'person') people.note([entry.ref], entry.at);
      else if (entry.is === 'texts') texts.note(entry.refs, entry.at);
      else if (entry.is === 'complete') marks.push({ at: entry.at, position: entry.position });
      else {
        people.undo(entry.people, entry.at);
        texts.undo(entry.texts, entry.at);
      }
    }
  const [[gone, kept], [goneTexts, keptTexts]] = [people.apart(), texts.apart()];
  return {
    ...{ people: gone, texts: goneTexts, undone: { people: kept, texts: keptTexts } },
    notedAt: new Map([...people.noted, ...texts.noted]),
    completeTo: marks.length === 0 ? null : Math.max(...marks.map(({ at }) => at)),
    ...{ marks, unreadable, lines: [...lines] },
  };
}

/**
 * Whether lists may lack what was erased before a copy was made: none of them was held against the database since. By
 * the ledger's positions as well as by the clock: that of one host may be ahead of another's, and positions come again
 * after a restore.
 */
export const isOlderThan = (
  { marks }: Pick<ErasedBefore, 'marks'>,
  copy: { readonly at: number; readonly position: number },
): boolean => !marks.some(({ at, position = Infinity }) => at >= copy.at && position >= copy.position);
