import type { Guard } from '../client/guard-texts.ts';
import type { Surface } from '../guards/index.ts';

const ownPack: Partial<Record<Surface, string>> = { question: 'questions', duty: 'duties' };

/** The guards, loaded when there is a text to read: their data is large, and most commands have none. */
export async function loadGuard(): Promise<Guard> {
  const { findingsOf, guardsEdition } = await import('../guards/index.ts');
  const packOf = (surface: Surface): string => {
    const { packs, model } = guardsEdition();
    const pack = packs.find((one) => one.pack === (ownPack[surface] ?? 'language'));
    return `${pack?.pack ?? ''}@${pack?.version ?? ''}.${pack?.digest.slice(0, 8) ?? ''}+${model}`.slice(
      0,
      60,
    );
  };
  return { findingsOf, packOf };
}
