import type { CaseId } from './words.ts';

/** Names a value one case publishes and another may need. */
export interface FactRef {
  readonly kind: string;
  readonly subject: string;
}

/** What a case publishes: an outcome code, never content. */
export interface Fact extends FactRef {
  readonly value: string;
}

/** A fact as another case sees it: with the row that made it true. */
export interface FactSeen extends Fact {
  readonly case: CaseId;
  readonly sequence: number;
}

/** Reads facts and remembers which were used, so that the row can name them. */
export interface Facts {
  get(kind: string, subject: string): FactSeen | null;
  used(): readonly FactSeen[];
}

/** A fact's own name, as a key of maps. */
export const keyOf = (ref: FactRef): string => `${ref.kind}|${ref.subject}`;

/**
 * @param seen every fact fetched for this step
 * @returns a reader over them; `used()` lists those that were asked for and exist
 */
export function factsFrom(seen: readonly FactSeen[]): Facts {
  const byKey = new Map(seen.map((fact) => [keyOf(fact), fact]));
  const used = new Map<string, FactSeen>();
  return {
    get(kind, subject) {
      const key = keyOf({ kind, subject });
      const fact = byKey.get(key) ?? null;
      if (fact !== null) used.set(key, fact);
      return fact;
    },
    used: () => [...used.values()],
  };
}
