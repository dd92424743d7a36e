import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { EXIT, Stop } from './exit.ts';

const CHUNK_CHARS = 1_000_000;

async function writeLines(file: FileHandle, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    count += 1;
    if (chunk.length < CHUNK_CHARS) continue;
    await file.writeFile(chunk);
    chunk = '';
  }
  await file.writeFile(chunk);
  // A full disk or a bad one may say so only here.
  await file.sync();
  return count;
}

/**
 * Writes lines to a new file that only its owner can read: beside it first, and under its name once it is whole. Whatever
 * fails on the way leaves nothing of that name.
 * @returns how many lines were written
 * @throws Stop (file_exists), what the file system and the lines throw
 */
export async function writeWhole(path: string, lines: AsyncIterable<string>): Promise<number> {
  const beside = `${path}.${process.pid}.part`;
  const file = await open(beside, 'w', 0o600).catch((error: unknown) => {
    // Told with the name that was typed.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  });
  try {
    let count: number;
    try {
      count = await writeLines(file, lines);
    } finally {
      await file.close();
    }
    if (existsSync(path))
      throw new Stop(EXIT.refused, 'file_exists', `${path} is there already; name a new file.`);
    await rename(beside, path);
    return count;
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
