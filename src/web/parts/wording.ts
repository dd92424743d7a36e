import type { Found } from '../app/types.ts';

/**
 * The whole text as a rule with one answer (L1) would have it; null where it is for a person to say. It is an offer: only
 * its author puts it in place of what they wrote.
 */
export const offeredWording = ({ level, instead }: Found['findings'][number]): string | null =>
  level === 'fix' ? (instead ?? null) : null;

/** Whether findings of a text that was read still are of the text as it stands: typed on meanwhile, no wording takes its place. */
export const stillOf = (read: string, text: string): boolean => read === text.trim();
