import { open } from 'node:fs/promises';

/** Waits until the disk knows the names in a folder: a new file is there after a power cut only then. Windows has no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
