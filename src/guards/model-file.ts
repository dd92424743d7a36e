/** The file of the committed model, as bytes that are what was committed. The only file of the guards that touches the disk. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const FOLDER = new URL('./model/', import.meta.url);

/** A guard that read with other weights would let through what it is there to stop, and nobody would see it. */
export class GuardsModelBroken extends Error {
  readonly code = 'guards_model_broken';
  constructor() {
    super(
      'The guards’ model (guards/model/guards.bin) is broken or missing, so no text can be read. Nothing was changed. Install peer-hire again.',
    );
    this.name = 'GuardsModelBroken';
  }
}

function readOrNull(file: URL): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** The model as it lies on the disk, and the SHA-256 of it in hexadecimal digits. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/**
 * The model's file, once it has the digest that was committed with it.
 * @param folder where the model and its digest lie, ending in a slash
 * @throws GuardsModelBroken when either file is missing or they do not belong together
 */
export function modelFile(folder = FOLDER): ModelFile {
  const bytes = readOrNull(new URL('guards.bin', folder));
  const wanted = readOrNull(new URL('guards.sha256', folder))?.toString('utf8').slice(0, 64);
  if (bytes === null) throw new GuardsModelBroken();
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== wanted) throw new GuardsModelBroken();
  return { bytes, digest };
}
