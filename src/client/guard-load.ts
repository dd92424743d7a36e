import type { Surface, guardsEdition } from '../guards/index.ts';
import type { Guard } from './guard-texts.ts';

const ownPack: Partial<Record<Surface, string>> = { question: 'questions', duty: 'duties' };

/** Which pack of an edition reads a surface, with its version and model. */
export function packIn({ packs, model }: ReturnType<typeof guardsEdition>, surface: Surface): string {
  const pack = packs.find((one) => one.pack === (ownPack[surface] ?? 'language'));
  return `${pack?.pack ?? ''}@${pack?.version ?? ''}.${pack?.digest.slice(0, 8) ?? ''}+${model}`.slice(0, 60);
}

/** The guards, loaded when there is a text to read: their data is large, and most commands have none. */
export async function loadGuard(): Promise<Guard> {
  const { findingsOf, guardsEdition } = await import('../guards/index.ts');
  return { findingsOf, packOf: (surface) => packIn(guardsEdition(), surface) };
}

/** Where texts are read: `work` is pure, and whoever reads elsewhere may run it more than once. */
export type Reading = <T>(work: (guard: Guard) => T) => Promise<T>;

/** In this process, at once: for a program that does one thing. */
export const readHere: Reading = async (work) => work(await loadGuard());

/** The same guard, asked once about each line: a play says many things several times. */
export function remembering(guard: Guard): Guard {
  const known = new Map<string, ReturnType<Guard['findingsOf']>>();
  return {
    packOf: (surface) => guard.packOf(surface),
    findingsOf: (surface, text) => {
      const key = `${surface} ${text}`;
      const found = known.get(key) ?? guard.findingsOf(surface, text);
      known.set(key, found);
      return found;
    },
  };
}
