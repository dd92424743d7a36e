import type { PersonRef } from './kernel/words.ts';

/** Whose proposal something is: in whose name, and by whose hand where somebody stood in for them. */
export interface Signed {
  readonly by: PersonRef;
  readonly hand?: PersonRef;
}

/** What a command says of the person behind it. */
interface Signing {
  readonly actor: PersonRef;
  readonly onBehalfOf?: PersonRef | undefined;
}

/** Whose word a command is: the actor's, or that of the person they stand in for. */
export function speaker({ actor, onBehalfOf }: Signing): PersonRef {
  return onBehalfOf ?? actor;
}

/** @returns the signature of a command */
export function signed(ask: Signing): Signed {
  const by = speaker(ask);
  return by === ask.actor ? { by } : { by, hand: ask.actor };
}

/** What waits for the words of two offices and a second person keeps who spoke already. */
interface Spoken extends Signed {
  readonly givers?: readonly PersonRef[];
}

/** @returns everybody behind what waits for words: who proposed it and who gave one, in name and in hand */
export function behindIt({ by, hand, givers = [] }: Spoken): readonly PersonRef[] {
  return [...new Set([by, ...(hand === undefined ? [] : [hand]), ...givers])];
}

/** True where somebody behind a command proposed the thing, or gave one of the words on it: each of these is another person. */
export function spokeBefore(open: Spoken, ask: Signing): boolean {
  return samePerson(open, ask) || anyOf(ask, open.givers ?? []);
}

/** What waits for words, after one more of them. */
export function spoken<T extends { readonly givers?: readonly PersonRef[] }>(open: T, word: Signing): T {
  return { ...open, givers: [...(open.givers ?? []), ...behind(word)] };
}

/** Two people are two in name and in hand: nobody confirms for an absent colleague what they proposed, nor the other way round. */
export function samePerson({ by, hand }: Signed, ask: Signing): boolean {
  return anyOf(ask, [by, hand]);
}

/** Who is behind a command or a row: the name, and the hand where somebody stood in. */
export function behind({ actor, onBehalfOf }: Signing): readonly PersonRef[] {
  return onBehalfOf === undefined ? [actor] : [onBehalfOf, actor];
}

/** True where the name or the hand of a command is one of these people. */
export function anyOf(ask: Signing, people: readonly (PersonRef | null | undefined)[]): boolean {
  return [speaker(ask), ask.actor].some((who) => people.includes(who));
}

/** What was done by a hand (`by`) says in whose name, where that was not their own. */
export interface Named {
  readonly name?: PersonRef;
}

/** @returns in whose name a row was, for the state to keep beside the hand */
export function inName({ onBehalfOf }: Signing): Named {
  return onBehalfOf === undefined ? {} : { name: onBehalfOf };
}

/** True where the name or the hand of a command was the name or the hand of what waits for a second person. */
export function signedBefore({ by, name }: Named & { readonly by: PersonRef }, ask: Signing): boolean {
  return anyOf(ask, [by, name]);
}

/** The same for the word of an office on it. */
export function wordIn({ onBehalfOf }: Signing): { readonly wordName?: PersonRef } {
  return onBehalfOf === undefined ? {} : { wordName: onBehalfOf };
}
