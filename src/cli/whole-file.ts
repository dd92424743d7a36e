import { writeWhole } from '../directory/whole-file.ts';
import { EXIT, Stop } from './exit.ts';

const CHUNK_CHARS = 1_000_000;

/** Lines with their line feeds, many at once. */
async function* chunksOf(lines: AsyncIterable<string>, counted: () => void): AsyncIterable<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    counted();
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/**
 * Writes lines to a new file that only its owner can read, see {@link writeWhole}.
 * @returns how many lines were written
 * @throws Stop (file_exists), what the file system and the lines throw
 */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  try {
    await writeWhole(
      path,
      chunksOf(lines, () => (count += 1)),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Stop(EXIT.refused, 'file_exists', `${path} is there already; name a new file.`);
  }
  return count;
}
