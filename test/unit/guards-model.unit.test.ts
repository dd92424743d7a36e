import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT, told } from '../../src/cli/exit.ts';
import { packIn } from '../../src/client/guard-load.ts';
import { threadedReading } from '../../src/client/guard-thread.ts';
import { guardsEdition } from '../../src/guards/index.ts';
import { GuardsModelBroken, modelFile } from '../../src/guards/model-file.ts';
import { modelEdition } from '../../src/guards/model.ts';

/** The file of the guards' model: nothing is read with another one than the one that was committed. */

const committed = new URL('../../src/guards/model/', import.meta.url);
const folders: string[] = [];
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

/** A folder with the committed model and its digest, which `harm` then does something to. */
function harmed(harm: (folder: string) => void): URL {
  const folder = mkdtempSync(join(tmpdir(), 'peer-hire-model-'));
  folders.push(folder);
  for (const file of ['guards.bin', 'guards.sha256'])
    copyFileSync(new URL(file, committed), join(folder, file));
  harm(folder);
  return pathToFileURL(`${folder}/`);
}

function alter(folder: string): void {
  const file = join(folder, 'guards.bin');
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  writeFileSync(file, bytes);
}

describe('the model of the guards', () => {
  it('has the digest that lies beside it', () => {
    expect(modelFile().bytes.length).toBe(readFileSync(new URL('guards.bin', committed)).length);
  });

  it.each<[string, (folder: string) => void]>([
    ['one bit is another', alter],
    ['every byte is nought', (folder) => writeFileSync(join(folder, 'guards.bin'), Buffer.alloc(28_145_676))],
    ['the end is cut off', (folder) => truncateSync(join(folder, 'guards.bin'), 20_000_000)],
    ['it is empty', (folder) => truncateSync(join(folder, 'guards.bin'), 0)],
    ['it is missing', (folder) => rmSync(join(folder, 'guards.bin'))],
    ['its digest is missing', (folder) => rmSync(join(folder, 'guards.sha256'))],
    ['its digest is empty', (folder) => truncateSync(join(folder, 'guards.sha256'), 0)],
  ])('is not read when %s', (_, harm) => {
    const folder = harmed(harm);
    expect(() => modelFile(folder)).toThrow(GuardsModelBroken);
  });

  it('is filed under another name with other limits', () => {
    const limits = { question: { sure: 0.3 } };
    expect(guardsEdition().model).toMatch(/^\d+\.\d+\.\d+\.[0-9a-f]{8}$/u);
    expect(modelEdition(limits)).toBe(modelEdition({ ...limits }));
    expect(modelEdition(limits)).not.toBe(modelEdition({ question: { sure: 0.31 } }));
    expect(packIn(guardsEdition(), 'question').length).toBeLessThan(60);
  });

  it('that is broken is said in a sentence that names what to do, with an exit code of its own kind', () => {
    expect(told(new GuardsModelBroken())).toMatchObject({
      exit: EXIT.unavailable,
      code: 'guards_model_broken',
      message: expect.stringMatching(/is broken or missing.*Install peer-hire again/),
    });
  });

  it('that is broken is said so of a thread that reads with it, too', async () => {
    const program = `import { parentPort } from 'node:worker_threads';
      parentPort.postMessage({ model: null });
      parentPort.on('message', () => {});`;
    const reading = threadedReading(new URL(`data:text/javascript,${encodeURIComponent(program)}`));
    const read = () => reading((guard) => guard.findingsOf('duty', 'a text'));
    await expect(read()).rejects.toThrow(GuardsModelBroken);
    await expect(read()).rejects.toThrow(GuardsModelBroken);
  });
});
