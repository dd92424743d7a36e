import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './flush.ts';

/** What a file is made of, in order. */
export type Parts = AsyncIterable<string | Buffer> | Iterable<string | Buffer>;

const PRIVATE = 0o600;

/** Disks whose rights are given by whoever connected them: shares of other machines, sticks. */
const noRights = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** For its owner alone, whatever the mask of this process takes away; as far as the disk keeps rights at all. */
async function makePrivate(file: FileHandle): Promise<void> {
  try {
    await file.chmod(PRIVATE);
  } catch (error) {
    if (!noRights.has(String((error as NodeJS.ErrnoException).code))) throw error;
  }
}

/**
 * Writes a new file that only its owner reads, and waits until the disk has what is in it: a full disk or a bad one may
 * say so only then. For a folder that gets its own name once all of it is there; any other file is {@link writeWhole}.
 * @throws what the file system and the parts throw; a half of it may be left
 */
export async function writeNew(path: string, parts: Parts): Promise<void> {
  const file = await open(path, 'wx', PRIVATE);
  try {
    await makePrivate(file);
    for await (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Disks that know one name for each file only. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/** Gives a draft its name, unless something has it already. @throws EEXIST */
async function name(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (!noLinks.has(String((error as NodeJS.ErrnoException).code))) throw error;
    if (existsSync(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST', path });
    await rename(draft, path);
  }
}

/**
 * Writes a file that only its owner reads: beside it first, and under its name once it is whole and the disk has it.
 * Whatever fails on the way leaves nothing. Of two that write one name at once, one wins and both find a whole file.
 * @param options.replaces it takes the place of one that is there; left out: never
 * @throws EEXIST; what the file system and the parts throw, with the path that was asked for
 */
export async function writeWhole(
  path: string,
  parts: Parts,
  options: { readonly replaces?: boolean } = {},
): Promise<void> {
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  try {
    await writeNew(draft, parts);
    if (options.replaces === true) await rename(draft, path);
    else await name(draft, path);
  } catch (error) {
    // Told with the name that was asked for.
    if ((error as NodeJS.ErrnoException).path === draft) Object.assign(error as object, { path });
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
}
