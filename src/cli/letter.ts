import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { LetterRefused, letterKinds, letterRules } from '../client/letters-kinds.ts';
import type { LetterKind } from '../client/letters-kinds.ts';
import { makeLetter } from '../client/letters.ts';
import type { GivenForLetter } from '../client/letters.ts';
import { blockedInLetter } from '../client/guard-letters.ts';
import { loadGuard } from '../client/guard-load.ts';
import type { FoundInText } from '../client/guard-texts.ts';
import { templateFields, templates } from '../content/index.ts';
import type { FieldValue, Letter } from '../documents/letters.ts';
import { mustTakeFile } from '../local/place-check.ts';
import { EXIT, Stop } from './exit.ts';
import type { Exit } from './exit.ts';
import { foundLines } from './guard-words.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import type { Common } from './open.ts';

export interface LetterOptions extends Common {
  readonly case?: string | undefined;
  readonly as?: string | undefined;
  readonly out?: string | undefined;
  readonly html?: boolean | undefined;
  readonly field?: readonly string[] | undefined;
  readonly fields?: string | undefined;
  readonly section?: readonly string[] | undefined;
}

const usage = (message: string): Stop => new Stop(EXIT.usage, 'usage', message);
const standingSchema = z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]));

function kindOf(given: string): LetterKind {
  const found = letterKinds.find((known) => known === given);
  const posting = 'The posting of an opening is made by: peer-hire opening posting CASE --as REF';
  if (found === undefined)
    throw usage(given === 'posting' ? posting : `Letters are ${letterKinds.join(', ')}.`);
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

/** What the sender adds, from the options. @throws Stop (usage) */
export function givenOf(options: LetterOptions): GivenForLetter {
  const standing = standingFields(options.fields);
  const typed = givenFields(options.field ?? []);
  return {
    fields: { ...standing, ...typed },
    standing: new Set(Object.keys(standing).filter((name) => !Object.hasOwn(typed, name))),
    sections: options.section ?? [],
  };
}

/** What the guards do not let go out of the words a sender typed. */
async function blockedIn(given: GivenForLetter): Promise<readonly FoundInText[]> {
  return Object.keys(given.fields).length === 0 ? [] : blockedInLetter(given.fields, await loadGuard());
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

/** @throws Stop (usage) for a file of another kind than what goes into it; PlaceUnusable */
export function checkOut({ out, html }: LetterOptions): void {
  if (out !== undefined && !/\.(md|html)$/.test(out))
    throw usage('--out takes a file ending in .md or .html.');
  if (html === true && out?.endsWith('.md') === true)
    throw usage('--html and a file ending in .md do not go together.');
  if (out !== undefined) mustTakeFile(out);
}

/** On the screen, or in a new file. @param head what the JSON says before it */
export function put(
  io: Io,
  letter: Letter,
  head: Readonly<Record<string, string>>,
  options: LetterOptions,
): Exit {
  const { out, json, html } = options;
  if (out !== undefined) write(out, letter);
  if (json === true) io.out(JSON.stringify({ ...head, ...(out === undefined ? letter : { out }) }));
  else if (out !== undefined) io.out(`${letter.title}: ${out}`);
  else io.out((html === true ? letter.html : letter.markdown).trimEnd());
  return EXIT.done;
}

/** What the guards do not let go out, for the one who asked. */
export function tellBlocked(io: Io, json: boolean, blocked: readonly FoundInText[]): Exit {
  const refusal = { code: 'guard_blocked', rule: blocked[0]?.findings[0]?.rule ?? null, missing: [] };
  if (json) io.out(JSON.stringify({ is: 'refused', refusal, findings: blocked }));
  else
    for (const line of ['Refused (guard_blocked). Nothing was made.', ...foundLines(blocked)]) io.err(line);
  return EXIT.refused;
}

const ofWhat = { candidacy: 'a candidacy', clock: 'a check', readiness: 'the readiness of a site' } as const;

/** Every letter there is: what it belongs to, who writes it, and the template with its source. */
function tellKinds(io: Io, json: boolean): Exit {
  const all = new Map(templates().map((one) => [one.id, one]));
  const letters = letterKinds.map((kind) => {
    const { of, by, templates: ids } = letterRules[kind];
    const list = ids.flatMap((id) => all.get(id) ?? []);
    const shown = list.map(({ id, title, source, owner, reviewed, version }) => ({
      ...{ id, title, source, owner, reviewed, version },
    }));
    return { kind, case: of, by, templates: shown };
  });
  if (json) io.out(JSON.stringify({ letters }));
  else
    for (const { kind, case: of, by, templates: list } of letters) {
      const writers = by.map((one) => one.replaceAll('_', ' ')).join(', ');
      io.out(`${kind} · ${list.map(({ title }) => title).join(' / ')} · of ${ofWhat[of]} · by ${writers}`);
    }
  return EXIT.done;
}

/** `letter`: a letter of a case, from its template and the ledger; without a kind, which letters there are. */
export async function letterCommand(
  io: Io,
  given: string | undefined,
  options: LetterOptions,
): Promise<Exit> {
  if (given === undefined) return tellKinds(io, options.json === true);
  const kind = kindOf(given);
  const { case: about, as } = options;
  if (about === undefined || as === undefined)
    throw usage('A letter is of a case (--case) and somebody signs it (--as).');
  const json = options.json === true;
  checkOut(options);
  const asked = givenOf(options);
  const blocked = await blockedIn(asked);
  if (blocked.length > 0) return tellBlocked(io, json, blocked);
  return within(options, io.env, async ({ office }) => {
    const letter = await made(() => makeLetter(office, as, kind, about, asked));
    return put(io, letter, { is: 'made', kind, case: about }, options);
  });
}

/** @throws Stop with the code of a refusal */
export async function made<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LetterRefused) throw new Stop(EXIT.refused, error.code, error.message);
    throw error;
  }
}
