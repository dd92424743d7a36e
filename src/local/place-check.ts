import { accessSync, constants, lstatSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** A path that was named for a file or a folder can hold none; nothing was opened or made. */
export class PlaceUnusable extends Error {
  override readonly name = 'PlaceUnusable';
  readonly code = 'place_unusable';

  constructor(path: string, why: string, named: string) {
    super(`${path} cannot be used: ${why}. Name ${named}. Nothing was written.`);
  }
}

const FOLDER = 'a folder, or a new one in a folder that you may write in';
const FILE = 'a new file in a folder that you may write in';

/** What the system shows as files there are none: making a folder in some of them never comes to an end. */
const SYSTEM = ['/proc', '/sys', '/dev'];
/** The one below them that is a disk like any other, in memory. */
const MEMORY = '/dev/shm';

const within = (folder: string, path: string): boolean => !relative(folder, path).startsWith('..');
const isSystems = (path: string): boolean =>
  process.platform !== 'win32' && SYSTEM.some((one) => within(one, path)) && !within(MEMORY, path);

/** What lies at a path itself, links not followed; null where nothing does. */
function entry(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The path where it is there, else the nearest above it that is. */
function standing(path: string): string {
  let here = resolve(path);
  while (entry(here) === null && dirname(here) !== here) here = dirname(here);
  return here;
}

/** Where a path that is there really lies. @throws PlaceUnusable for a link to nothing */
function real(path: string, at: string, named: string): string {
  try {
    return realpathSync(at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new PlaceUnusable(path, `${at} is a link that leads nowhere`, named);
  }
}

function mustTakeNew(path: string, at: string, named: string): void {
  const folder = real(path, at, named);
  if (isSystems(folder)) throw new PlaceUnusable(path, `${folder} is the system's and keeps no files`, named);
  if (!statSync(folder).isDirectory()) throw new PlaceUnusable(path, `${at} is no folder`, named);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new PlaceUnusable(path, `you may not write in ${at}`, named);
  }
}

/**
 * That a folder can be used or made at this path. Asked before anything is opened.
 * @throws PlaceUnusable for what is no folder, and for places of the system
 */
export function mustTakeFolder(path: string): void {
  const at = standing(path);
  if (at !== resolve(path)) {
    mustTakeNew(path, at, FOLDER);
    return;
  }
  const folder = real(path, at, FOLDER);
  if (isSystems(folder)) throw new PlaceUnusable(path, 'it is the system’s and keeps no files', FOLDER);
  if (!statSync(folder).isDirectory()) throw new PlaceUnusable(path, 'it is no folder', FOLDER);
}

/**
 * That a file can be written at this path: one that is there is a plain file (whether it may be written over is for the command to say), and a
 * new one lies in a folder that is there. Asked before anything is opened: a pipe would wait for a reader for ever.
 * @throws PlaceUnusable for folders, pipes, devices, and places of the system
 */
export function mustTakeFile(path: string): void {
  const at = standing(path);
  const whole = resolve(path);
  if (at !== whole) {
    if (at !== dirname(whole))
      throw new PlaceUnusable(path, `the folder ${dirname(whole)} is not there`, FILE);
    mustTakeNew(path, at, FILE);
    return;
  }
  const file = real(path, at, FILE);
  if (isSystems(file)) throw new PlaceUnusable(path, 'it is the system’s and keeps no files', FILE);
  const found = statSync(file);
  if (found.isDirectory()) throw new PlaceUnusable(path, 'it is a folder', FILE);
  if (!found.isFile()) throw new PlaceUnusable(path, 'it is a pipe or a device, and no file', FILE);
}
