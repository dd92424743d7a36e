import type pg from 'pg';
import { KeyErased, TextMissing, TextRedacted } from '../directory/errors.ts';
import type { KeyRing } from '../directory/keys.ts';
import { openText } from '../directory/texts.ts';
import { loadVaultKey, vaultSeal, vaultTextRef } from '../directory/vault.ts';
import type { RowDraft } from '../domain/kernel/held.ts';
import type { RedactionOutcome } from '../domain/kernel/words.ts';

/** What a step does to one text (X30): `hidden`, or what HR decided; with the vault's copy where it is kept there. */
export interface RedactionWrite {
  readonly ref: string;
  readonly outcome: 'hidden' | RedactionOutcome;
  readonly vault: object | null;
}

/** The text under the vault's key; null where there is nothing to keep any more. */
async function vaultCopy(
  keys: KeyRing,
  client: pg.PoolClient,
  org: string,
  ref: string,
): Promise<object | null> {
  try {
    const { text } = await openText(client, keys, org, ref, 'hidden');
    const vault = await loadVaultKey(client, keys, org);
    const place = vaultTextRef(ref);
    const { sealed, salt, digest } = vaultSeal(vault, { ref: place, body: text });
    return { ref: place, sealed: sealed.toString('base64'), salt: salt.toString('base64'), digest };
  } catch (error) {
    const gone = error instanceof TextMissing || error instanceof KeyErased || error instanceof TextRedacted;
    if (gone) return null;
    throw error;
  }
}

/** What the rows of a step do to texts; inside the transaction of the append. */
export async function redactionsOf(
  keys: KeyRing,
  client: pg.PoolClient,
  org: string,
  rows: readonly RowDraft[],
): Promise<readonly RedactionWrite[]> {
  const list: RedactionWrite[] = [];
  for (const { kind, body } of rows) {
    if (kind !== 'text_hidden' && kind !== 'redaction_settled') continue;
    const { text: ref, outcome = 'hidden' } = body as { text: string; outcome?: RedactionOutcome };
    const vault = outcome === 'vaulted' ? await vaultCopy(keys, client, org, ref) : null;
    list.push({ ref, outcome, vault });
  }
  return list;
}
