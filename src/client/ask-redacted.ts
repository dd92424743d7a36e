import { TextRedacted } from '../directory/errors.ts';
import { openText } from '../directory/texts.ts';
import { openVaultEntries, vaultTextRef } from '../directory/vault.ts';
import { capacitiesOf } from '../domain/kernel/can.ts';
import type { Capacity } from '../domain/kernel/words.ts';
import { countsFor, selvesOf } from './ask-reader.ts';
import type { Reader, ReadingOffice } from './ask-reader.ts';

/** What stands where a text was hidden or taken away (X30). */
export const REDACTED = 'redacted';

export interface Unsealed {
  readonly subject: string;
  readonly text: string;
  /** Null for a text that stands as it was typed. */
  readonly redaction: TextRedacted['redaction'] | null;
  /** False where only the word `redacted` was shown: then nothing of it was read. */
  readonly read: boolean;
}

/** Who looks at a text that waits for HR, and who at one that was moved to the vault. */
const lookers: Readonly<Record<TextRedacted['redaction'], readonly Capacity[]>> = {
  hidden: ['hr', 'hr_director', 'privacy_officer'],
  vaulted: ['accommodation_officer'],
  deleted: [],
};

/** Whether a reader holds one of these at a site or the whole organization; a relation to the case is not enough. */
export function holdsAt(
  office: ReadingOffice,
  reader: Reader,
  site: string,
  wanted: readonly Capacity[],
): boolean {
  const { delegations, now: at } = reader;
  const reach = {
    scopes: [office.org, site],
    assignments: countsFor(reader),
    delegations,
    relations: [],
    at,
  };
  const held = selvesOf(reader).flatMap((person) => capacitiesOf(person, reach));
  return held.some((one) => wanted.includes(one));
}

/** True for the officer of what was moved to the vault: they may read it although the row itself is not theirs. */
export async function vaultedFor(
  office: ReadingOffice,
  reader: Reader,
  site: string,
  ref: string,
): Promise<boolean> {
  if (!holdsAt(office, reader, site, lookers.vaulted)) return false;
  const { rows } = await office.pool.query<{ redaction: string | null }>(
    'select redaction from texts where org = $1 and ref = $2',
    [office.org, ref],
  );
  return rows[0]?.redaction === 'vaulted';
}

/**
 * Opens a text for somebody who may read it. Where it is redacted it says so, to all but those who look at it by office.
 * @throws TextMissing, KeyErased, SealBroken
 */
export async function unsealed(
  office: ReadingOffice,
  reader: Reader,
  site: string,
  ref: string,
): Promise<Unsealed> {
  const { pool, keys, org } = office;
  try {
    const { subject, text } = await openText(pool, keys, org, ref);
    return { subject, text, redaction: null, read: true };
  } catch (error) {
    if (!(error instanceof TextRedacted)) throw error;
    const { subject, redaction } = error;
    if (!holdsAt(office, reader, site, lookers[redaction]))
      return { subject, text: REDACTED, redaction, read: false };
    if (redaction === 'hidden') {
      const { text } = await openText(pool, keys, org, ref, 'hidden');
      return { subject, text, redaction, read: true };
    }
    const place = vaultTextRef(ref);
    const text = (await openVaultEntries(pool, keys, org, [place])).get(place);
    return { subject, text: text ?? REDACTED, redaction, read: text !== undefined };
  }
}
