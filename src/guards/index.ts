/** What the rest of the house uses of the guards. */
import { findingsWith } from './findings.ts';
import type { Finding } from './findings.ts';
import { guardsModel, modelEdition } from './model.ts';
import { PACKS } from './packs.ts';
import thresholds from './thresholds.json' with { type: 'json' };
import type { Surface } from './words.ts';

export type { Finding } from './findings.ts';
export { rewording } from './findings.ts';
export { SURFACES } from './words.ts';
export type { Surface } from './words.ts';

/** See `findingsWith`; with the committed model. */
export const findingsOf = (surface: Surface, text: string): readonly Finding[] =>
  findingsWith(guardsModel(), surface, text);

/** Under which packs, and which model with which limits, a finding was made: filed beside it. */
export const guardsEdition = (): {
  readonly packs: readonly { readonly pack: string; readonly version: string; readonly digest: string }[];
  readonly model: string;
} => ({
  packs: PACKS.map(({ pack, version, digest }) => ({ pack, version, digest })),
  model: modelEdition(thresholds),
});
