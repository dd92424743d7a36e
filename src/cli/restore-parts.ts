import { copyFileSync, constants, existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { keyRing, loadMasterKey } from '../directory/keys.ts';
import type { KeyRing } from '../directory/keys.ts';
import { erasedOf } from '../ledger/erased-entries.ts';
import type { ErasedBefore, ListText } from '../ledger/erased-entries.ts';
import { readFar } from '../ledger/far-file.ts';
import { secondPlace } from '../local/home.ts';
import type { Env } from '../local/home.ts';
import { readInstallation } from '../local/installation.ts';
import type { Installation } from '../local/installation.ts';
import { EXIT, Stop } from './exit.ts';

/** The installation of a folder, or null where there is none yet. */
export function installedIn(folder: string): Installation | null {
  return existsSync(join(folder, 'installation.json')) ? readInstallation(folder) : null;
}

const ownKeyFile = (folder: string): string => installedIn(folder)?.keyFile ?? join(folder, 'master.key');

async function ringOf(path: string): Promise<KeyRing> {
  if (!existsSync(path)) throw new Stop(EXIT.usage, 'usage', `The key file ${path} is not there.`);
  return keyRing(await loadMasterKey(path, { create: false }));
}

/** The master key that was named, else that of the data folder; null where there is none. */
export async function keyFor(folder: string, given: string | undefined): Promise<KeyRing | null> {
  if (given !== undefined) return ringOf(resolve(given));
  const own = ownKeyFile(folder);
  return existsSync(own) ? ringOf(own) : null;
}

/**
 * The master key a house is restored with: without the right one it could not be started.
 * @throws Stop where there is none, or where the folder holds another than the one that was named
 */
export async function keyToRestore(folder: string, given: string | undefined): Promise<KeyRing> {
  const keys = await keyFor(folder, given);
  const own = ownKeyFile(folder);
  if (keys === null)
    throw new Stop(
      EXIT.refused,
      'key_missing',
      `The master key is in no copy. Name its file with --key, or put it to ${own} (mode 0600). Nothing was changed.`,
    );
  if (existsSync(own) && (await ringOf(own)).id !== keys.id)
    throw new Stop(
      EXIT.refused,
      'key_missing',
      `${own} is another master key than the one you named. Move it away, or name another folder with --home. Nothing was changed.`,
    );
  return keys;
}

/** Puts the key that was named where the house looks for it. One that is there already is the same. */
export function placeKey(folder: string, given: string | undefined): void {
  const own = ownKeyFile(folder);
  if (given === undefined || existsSync(own)) return;
  copyFileSync(resolve(given), own, constants.COPYFILE_EXCL);
}

/** The lists of what was erased that are at hand, and what they say together. */
export interface FoundLists extends ErasedBefore {
  readonly files: readonly string[];
}

/** No restore without it, unless somebody says so. */
const NONE = 'none';

/** Which list was named, and whether one with lines that cannot be read is taken all the same. */
export interface ListChoice {
  readonly erased?: string | undefined;
  readonly passDamaged?: boolean | undefined;
}

/** The list at the second place: on a disk that may hang. @throws Stop where it does not answer */
async function secondList(env: Env): Promise<readonly ListText[]> {
  const second = secondPlace(env);
  if (second === null) return [];
  const file = join(second, 'erased.jsonl');
  const text = await readFar(file);
  if (text === null)
    throw new Stop(
      EXIT.unavailable,
      'second_place_away',
      `${second} (PEER_HIRE_BACKUP) does not answer, and the list there may know of somebody whom no other knows. See to that place; only if it is lost, take PEER_HIRE_BACKUP out of the environment. Nothing was changed.`,
    );
  return text === '' ? [] : [{ file, text }];
}

const readIfThere = (file: string): readonly ListText[] =>
  existsSync(file) ? [{ file, text: readFileSync(file, 'utf8') }] : [];

/** @throws Stop (erased_list_damaged) for lines that say nothing, unless somebody said to go on without them */
function mustBeReadable({ unreadable }: ErasedBefore, { passDamaged }: ListChoice): void {
  if (unreadable.length === 0 || passDamaged === true) return;
  const more = unreadable.length > 5 ? ` and ${unreadable.length - 5} more` : '';
  throw new Stop(
    EXIT.refused,
    'erased_list_damaged',
    `Lines of the list of what was erased cannot be read: ${unreadable.slice(0, 5).join(', ')}${more}. Each may name somebody who would come back. Take a list that is whole (--erased FILE, and the damaged one away), or say --pass-damaged to go on without those lines. Nothing was changed.`,
  );
}

/**
 * Every list there is: in the data folder, at the second place, beside the copy, and the one that was named. Each may
 * know of an erasure that another does not.
 * @throws Stop: erased_list_missing where there is none, and nobody said that none is left; erased_list_damaged;
 * second_place_away
 */
export async function erasedFor(
  folder: string,
  copy: string,
  org: string,
  choice: ListChoice,
  env: Env,
): Promise<FoundLists> {
  const { erased: given } = choice;
  if (given === NONE) return { files: [], ...erasedOf([], org) };
  const named = given === undefined ? [] : [resolve(given)];
  const missing = named.find((file) => !existsSync(file));
  if (missing !== undefined) throw new Stop(EXIT.usage, 'usage', `The list ${missing} is not there.`);
  const places = [folder, dirname(resolve(copy))];
  const near = [...new Set([...named, ...places.map((place) => join(place, 'erased.jsonl'))])];
  const lists = [...near.flatMap(readIfThere), ...(await secondList(env))];
  const second = secondPlace(env);
  if (lists.length === 0)
    throw new Stop(
      EXIT.refused,
      'erased_list_missing',
      `The list of what was erased (erased.jsonl) is not in ${[...places, ...(second === null ? [] : [second])].join(', ')}. Without it people who were erased since this copy come back. Name it with --erased FILE; only if it is lost for good, say --erased none, and erase again what you know of.`,
    );
  const found = { files: [...new Set(lists.map(({ file }) => file))], ...erasedOf(lists, org) };
  mustBeReadable(found, choice);
  return found;
}
