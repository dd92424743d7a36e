import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { LetterRefused, letterKinds } from '../client/letters-kinds.ts';
import type { LetterKind } from '../client/letters-kinds.ts';
import { makeLetter } from '../client/letters.ts';
import type { GivenForLetter } from '../client/letters.ts';
import type { FoundInText } from '../client/guard-texts.ts';
import { templateFields } from '../content/index.ts';
import type { FieldValue, Letter } from '../documents/letters.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { loadGuard } from './guard-load.ts';
import { foundLines } from './guard-words.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

export interface LetterOptions extends Common {
  readonly case: string;
  readonly as: string;
  readonly out?: string | undefined;
  readonly field?: readonly string[] | undefined;
  readonly fields?: string | undefined;
  readonly section?: readonly string[] | undefined;
}

const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);
const standingSchema = z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]));

function kindOf(given: string): LetterKind {
  const found = letterKinds.find((known) => known === given);
  if (found === undefined) throw usage(`Letters are ${letterKinds.join(', ')}.`);
  return found;
}

/** What a house says in all its letters: its name, its contacts. */
function standingFields(file: string | undefined): Readonly<Record<string, FieldValue>> {
  if (file === undefined) return {};
  try {
    return standingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw usage('--fields takes a JSON file of names and words, or lists of words.');
  }
}

/** `name=words`; a list is given one item at a time, by the same name again. */
function givenFields(list: readonly string[]): Readonly<Record<string, FieldValue>> {
  const lists = new Set(templateFields().flatMap(({ name, kind }) => (kind === 'list' ? [name] : [])));
  const fields = new Map<string, FieldValue>();
  for (const one of list) {
    const at = one.indexOf('=');
    if (at < 1) throw usage('--field takes name=words, e.g. --field team_name="Team North".');
    const name = one.slice(0, at);
    const words = one.slice(at + 1);
    const before = [fields.get(name) ?? []].flat();
    fields.set(name, lists.has(name) ? [...before, words] : words);
  }
  return Object.fromEntries(fields);
}

function givenOf(options: LetterOptions): GivenForLetter {
  const standing = standingFields(options.fields);
  const typed = givenFields(options.field ?? []);
  return {
    fields: { ...standing, ...typed },
    standing: new Set(Object.keys(standing).filter((name) => !Object.hasOwn(typed, name))),
    sections: options.section ?? [],
  };
}

/** Words a sender types into a letter are read like those of a template. */
async function blockedIn(given: GivenForLetter): Promise<readonly FoundInText[]> {
  const entries = Object.entries(given.fields);
  if (entries.length === 0) return [];
  const guard = await loadGuard();
  return entries.flatMap(([field, value]): readonly FoundInText[] => {
    const findings = [value]
      .flat()
      .flatMap((text) => guard.findingsOf('template', text))
      .filter(({ level }) => level === 'block');
    return findings.length === 0
      ? []
      : [{ field, surface: 'template', pack: guard.packOf('template'), findings }];
  });
}

function write(out: string, letter: Letter): void {
  const text = out.endsWith('.html') ? letter.html : letter.markdown;
  try {
    // It names a person: for whoever made it alone, and never over another file.
    writeFileSync(out, text, { flag: 'wx', mode: 0o600 });
  } catch {
    throw usage(`${out} cannot be written, or is there already.`);
  }
}

function tellBlocked(io: Io, json: boolean, blocked: readonly FoundInText[]): Exit {
  const refusal = { code: 'guard_blocked', rule: blocked[0]?.findings[0]?.rule ?? null, missing: [] };
  if (json) io.out(JSON.stringify({ is: 'refused', refusal, findings: blocked }));
  else
    for (const line of ['Refused (guard_blocked). No letter was made.', ...foundLines(blocked)]) io.err(line);
  return EXIT.refused;
}

/** `letter`: a letter of a case, from its template and the ledger. */
export async function letterCommand(io: Io, given: string, options: LetterOptions): Promise<Exit> {
  const kind = kindOf(given);
  const json = options.json === true;
  const { out } = options;
  if (out !== undefined && !/\.(md|html)$/.test(out))
    throw usage('--out takes a file ending in .md or .html.');
  const asked = givenOf(options);
  const blocked = await blockedIn(asked);
  if (blocked.length > 0) return tellBlocked(io, json, blocked);
  return within(options, io.env, async ({ office }) => {
    const letter = await made(() => makeLetter(office, options.as, kind, options.case, asked));
    if (out !== undefined) write(out, letter);
    if (json)
      io.out(
        JSON.stringify({ is: 'made', kind, case: options.case, ...(out === undefined ? letter : { out }) }),
      );
    else io.out(out === undefined ? letter.markdown.trimEnd() : `${letter.title}: ${out}`);
    return EXIT.done;
  });
}

async function made(work: () => Promise<Letter>): Promise<Letter> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LetterRefused) throw new Stop(EXIT.refused, error.code, error.message);
    throw error;
  }
}
