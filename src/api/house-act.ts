import { mustHoldAt } from '../client/rights-at.ts';
import type { HouseActor } from '../client/organization.ts';
import { needed } from '../domain/kernel/actions.ts';
import type { Action } from '../domain/kernel/actions.ts';
import { canonical, opaque } from '../domain/kernel/digest.ts';
import type { Desk } from './desk.ts';
import type { Guest } from './guest.ts';
import { personOf } from './routes/sign-in.ts';

/**
 * By whom something of the house is done, and under which id. The same person sending the same thing under the same id
 * again changes nothing more; without an id each request is an act of its own.
 * @param what the request's name and what it says
 */
export function byGuest(guest: Guest, given: string | undefined, what: readonly unknown[]): HouseActor {
  const actor = personOf(guest);
  const mark = given ?? globalThis.crypto.randomUUID();
  return { decisionId: `api_${opaque(canonical([actor, mark, ...what]))}`, actor, how: guest.how };
}

/** The office that an action takes, at the place it changes. @throws ReadingRefused */
export async function mustActAt(desk: Desk, guest: Guest, action: Action, scope: string): Promise<void> {
  await mustHoldAt(desk.office, personOf(guest), scope, needed(action));
}
