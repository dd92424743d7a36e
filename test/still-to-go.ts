/** What a row of the prompts says of its sending. */
interface Posted {
  readonly state: string;
  readonly held: string | null;
}

const waits = new Set(['digest', 'beside']);

/** Whether a prompt waits for the list of a later morning, or, an invitation, for company: it is still to go. */
export const stillToGo = ({ state, held }: Posted): boolean => state === 'queued' && waits.has(held ?? '');

/** Whether nothing more happens to a prompt at this hour: it was sent or dropped, or is still to go. */
export const settled = (one: Posted): boolean =>
  one.state === 'sent' || one.state === 'dropped' || stillToGo(one);
