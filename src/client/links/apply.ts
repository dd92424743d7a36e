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

/**
 * Takes an application from the public form: a person under a key of their own, and their candidacy, opened by
 * themselves. What is refused leaves nobody in the directory.
 */
export async function applyByForm(deciding: Deciding, opening: string, form: Applying): Promise<Applied> {
  const { office } = deciding;
  const { org, pool, keys } = office;
  const posting = await publicPosting(office, opening);
  if (posting === null) return { is: 'unknown' };
  const given = cleaned(form);
  if (typeof given === 'string') return { is: 'incomplete', posting, field: given };
  const envelope = envelopeOf(office, posting, given, form.attested);
  const dry = await dryRun(office, envelope);
  if (dry.is === 'refused')
    return { is: thereAlready.includes(dry.refusal.code) ? 'done' : 'closed', posting };
  if (dry.repeated) return { is: 'done', posting };
  try {
    const channel = given.email === null ? 'phone' : 'mail';
    await addPerson(pool, keys, { ...given, org, ref: envelope.actor, channel });
  } catch (error) {
    // Erased on their own wish: HR enters it anew, if they say so.
    if (error instanceof KeyErased) return { is: 'closed', posting };
    // Sent before with another name or number, and never got further: the first one stands.
    if (!(error instanceof PersonConflict)) throw error;
  }
  await receive(pool, keys, org, 'applying', envelope);
  await enter(deciding, envelope.decisionId);
  return { is: 'done', posting };
}
