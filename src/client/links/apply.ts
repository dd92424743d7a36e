import { setTimeout as wait } from 'node:timers/promises';
import type { Envelope } from '../../contracts/envelope.ts';
import { deriveKey, deriveSalt } from '../../directory/crypto.ts';
import { FieldInvalid, KeyErased, PersonConflict } from '../../directory/errors.ts';
import { addPerson } from '../../directory/people.ts';
import { checkField } from '../../directory/person-fields.ts';
import { opaque } from '../../domain/kernel/digest.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import type { Deciding } from '../decide-as.ts';
import { dryRun } from '../dry-run.ts';
import { enter, receive } from './inbox.ts';
import { publicPosting } from './postings.ts';
import type { PublicPosting } from './postings.ts';

/** What somebody who applies says of themselves: everything is asked once, and nothing else is. */
export interface Applying {
  /** The name they want to be called by. */
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** D2.4: the one box, ticked in person. */
  readonly attested: boolean;
}

export type Applied =
  | { readonly is: 'unknown' }
  /** A field does not have its form: its name. */
  | { readonly is: 'incomplete'; readonly posting: PublicPosting; readonly field: 'name' | 'email' | 'phone' }
  | { readonly is: 'closed'; readonly posting: PublicPosting }
  /** The same for whoever applied before: nobody learns from it who did. */
  | { readonly is: 'done'; readonly posting: PublicPosting };

interface Cleaned {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/**
 * Whoever fills in a public form may be anybody, and what they call themselves stands in lists and at the head of
 * messages: letters and what joins names, nothing that a mail program makes a link of, nothing unseen.
 */
const isName = (name: string): boolean =>
  /^[\p{L}\p{M} '’.,-]{1,80}$/u.test(name) && /\p{L}/u.test(name) && !/\.\p{L}{2}|www\./iu.test(name);

/** @returns what was given, in the form the directory keeps; or the field that has another form */
function cleaned({ name, email, phone }: Applying): Cleaned | 'name' | 'email' | 'phone' {
  const given: Cleaned = { name: name.trim(), email: orNull(email), phone: orNull(phone) };
  for (const field of ['name', 'email', 'phone'] as const)
    try {
      const value = given[field];
      if (value !== null) checkField(field, value);
    } catch (error) {
      if (error instanceof FieldInvalid) return field;
      throw error;
    }
  if (!isName(given.name)) return 'name';
  return given.email === null && given.phone === null ? 'email' : given;
}

/**
 * Refs follow from the opening and the address, keyed as those of an imported list: the same person applies once, in
 * whichever way it came, and whoever has the ledger cannot find out who applied by guessing addresses.
 */
function envelopeOf(
  office: ReadingOffice,
  posting: PublicPosting,
  given: Cleaned,
  attested: boolean,
): Envelope {
  const key = deriveKey(office.keys.master, 'import');
  const mark = (given.email ?? given.phone ?? '').toLowerCase();
  const of = (what: string): string =>
    opaque(deriveSalt(key, JSON.stringify([office.org, posting.opening, what, mark])).toString('hex'));
  const person = `prs_${of('person')}`;
  const ticked = attested && posting.asksStatement;
  return {
    ...{ v: 1, decisionId: `app_${of('applying')}`, case: `candidacy-${of('candidacy')}`, type: 'open' },
    ...{ actor: person, how: 'link' },
    payload: {
      ...{ site: posting.site, opening: posting.opening, person, attested: ticked },
      ...(ticked ? { statement: 'self_attested' } : {}),
    },
  };
}

/** They are there already: as an application of theirs, of an import, or as this very form sent twice. */
const thereAlready: readonly string[] = ['already_open', 'decision_id_reused'];

/** A form sent again with the one box ticked, where it was not before: D2.4 by whoever has applied, and nothing else. */
function attestOf({ decisionId, case: id, actor, payload }: Envelope): Envelope | null {
  if (payload['attested'] !== true) return null;
  return {
    ...{ v: 1, decisionId: `${decisionId}_statement`, case: id, type: 'attest', actor, how: 'link' },
    payload: { statement: 'self_attested' },
  };
}

/** What is still to be asked of the case: the application, the tick alone, or nothing (null); `closed`: it is not taken. */
async function toEnter(
  office: ReadingOffice,
  given: Cleaned,
  envelope: Envelope,
): Promise<Envelope | 'closed' | null> {
  const { org, pool, keys } = office;
  const dry = await dryRun(office, envelope);
  const there = dry.is === 'refused' ? thereAlready.includes(dry.refusal.code) : dry.repeated;
  if (dry.is === 'refused' && !there) return 'closed';
  if (there) {
    const attest = attestOf(envelope);
    return attest === null || (await dryRun(office, attest)).is === 'refused' ? null : attest;
  }
  try {
    const channel = given.email === null ? 'phone' : 'mail';
    await addPerson(pool, keys, { ...given, org, ref: envelope.actor, channel });
  } catch (error) {
    // Erased on their own wish: HR enters it anew, if they say so. Nobody else learns that they were here.
    if (error instanceof KeyErased) return null;
    // Sent before with another name or number, and never got further: the first one stands.
    if (!(error instanceof PersonConflict)) throw error;
  }
  return envelope;
}

/** Every application is answered after so long, new or not: who is quick learns nothing of who applied. */
const ANSWER_MS = 1_000;

/**
 * Takes an application from the public form: a person under a key of their own, and their candidacy, opened by
 * themselves. What is refused leaves nobody in the directory. It is answered once it is kept; the case is asked meanwhile,
 * and again by the sweep where that failed.
 */
export async function applyByForm(deciding: Deciding, opening: string, form: Applying): Promise<Applied> {
  const { office } = deciding;
  const { org, pool, keys } = office;
  const posting = await publicPosting(office, opening);
  if (posting === null) return { is: 'unknown' };
  const given = cleaned(form);
  if (typeof given === 'string') return { is: 'incomplete', posting, field: given };
  const answering = wait(ANSWER_MS);
  const enters = await toEnter(office, given, envelopeOf(office, posting, given, form.attested));
  if (enters === 'closed') return { is: 'closed', posting };
  if (enters !== null) {
    await receive(pool, keys, org, 'applying', enters);
    enter(deciding, enters.decisionId).catch(() => undefined);
  }
  await answering;
  return { is: 'done', posting };
}
