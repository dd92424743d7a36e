import type { ReadingOffice } from '../client/ask-reader.ts';
import { heldBy } from '../client/organization.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { Capacity, PersonRef } from '../domain/kernel/words.ts';
import type { Visitor } from '../domain/kernel/actions.ts';
import { sessionOf } from '../identity/sessions.ts';
import type { IdentityStore, Session } from '../identity/sessions.ts';
import { tokenOf } from '../identity/tokens.ts';
import { problemOf } from './problem.ts';

/** Whoever asks, with the session they came by, if it is one. */
export interface Guest extends Visitor {
  readonly session: Session | null;
  /** The token they came by, if it is one. */
  readonly token?: string;
}

/** What a request says of who sends it: a cookie's value or a token. */
export interface Shown {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
}

export const nobody: Guest = { person: null, how: 'session', capacities: [], scopes: null, session: null };

/** Capacities in force now at an organization or a site; those of single cases are looked up there. Read on each request. */
async function capacitiesOf(office: ReadingOffice, person: PersonRef): Promise<readonly Capacity[]> {
  const held = await heldBy(office, person);
  const wide = held.filter(({ scope }) => kindOf(scope) === null);
  return [...new Set(wide.map(({ capacity }) => capacity))];
}

async function byToken(office: ReadingOffice, store: IdentityStore, authorization: string): Promise<Guest> {
  const [scheme, secret = ''] = authorization.split(' ');
  const token = scheme === 'Bearer' ? await tokenOf(store, secret) : null;
  if (token === null)
    throw problemOf(401, 'token_invalid', 'This token does not hold any more, or never did. Make a new one.');
  const { id, person, scopes } = token;
  return {
    person,
    how: 'token',
    scopes,
    capacities: await capacitiesOf(office, person),
    session: null,
    token: id,
  };
}

/** @returns who asks; nobody when nothing, or nothing good, was shown. @throws ApiProblem for a bad token */
export async function guestOf(office: ReadingOffice, store: IdentityStore, shown: Shown): Promise<Guest> {
  if (shown.authorization !== undefined) return byToken(office, store, shown.authorization);
  if (shown.cookie === undefined) return nobody;
  const session = await sessionOf(store, shown.cookie);
  if (session === null) return nobody;
  const capacities = await capacitiesOf(office, session.person);
  const how = session.steppedUp ? 'session_stepped_up' : 'session';
  return { person: session.person, how, capacities, scopes: null, session };
}
