/**
 * A text that was taken although a guard warned of its wording: where it stood in the command, and the codes that whoever gave it
 * had read and accepted. It stands in the row of what they decided, so that it is as open as that, and no rule knows of it.
 */
export interface TakenText {
  readonly field: string;
  readonly rules: readonly string[];
}

/** How the place of such a text in its command is written. */
export const TAKEN_PLACE = /^[a-zA-Z0-9_.-]{1,120}$/;

/** The member of a row's body that holds it. */
export const TAKEN = 'warned';

/** @returns the body as a row keeps it */
export function withTaken(body: object, taken: readonly TakenText[]): object {
  return taken.length === 0 ? body : { ...body, [TAKEN]: taken };
}

/** @returns the body as rules know it, whatever was acknowledged about its texts */
export function withoutTaken(body: object): object {
  if (!Object.hasOwn(body, TAKEN)) return body;
  const { [TAKEN]: _, ...rest } = body as { readonly [TAKEN]: unknown };
  return rest;
}
