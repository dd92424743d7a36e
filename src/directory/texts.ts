import { boundTo, deriveSalt, open, saltedDigest, sameDigest, seal } from './crypto.ts';
import type { Db } from './db.ts';
import { FieldInvalid, TextConflict, TextMissing, TextRedacted, TextTooLong } from './errors.ts';
import type { KeyRing } from './keys.ts';
import { personKey, unwrapped } from './people.ts';

/** A free text a person typed for a decision. It never travels in a command; its ref and digest do. */
export interface NewText {
  readonly org: string;
  readonly decisionId: string;
  /** The field of the command's payload it belongs to, e.g. `note`. */
  readonly field: string;
  /** The person the text is about; it is sealed under their key and goes with it. */
  readonly subject: string;
  readonly text: string;
  /** Codes of what the guards found, and the rule pack they used. */
  readonly findings?: readonly string[];
  readonly pack?: string;
}

/** What a command and an event carry instead of the text. */
export interface SealedText {
  readonly ref: string;
  /** Salted; 64 hex digits. */
  readonly digest: string;
}

/** What the append is told about a text it keeps. */
export interface KeptText extends SealedText {
  readonly subject: string;
  readonly findings: readonly string[];
  readonly pack: string | null;
}

export interface OpenedText {
  readonly ref: string;
  readonly subject: string;
  readonly text: string;
  readonly state: 'pending' | 'kept';
}

/** Longest text in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 16_384;

/**
 * True for a text that no decision took up within a day of the organization's clock, which in a sandbox is the
 * conductor's. Such a text is as good as gone wherever one is looked for: whether the sweeper came by already changes
 * no answer, so every play of a scenario is the same. `$1` is the organization.
 */
export const deadText = `state = 'pending' and created_at <= to_timestamp(org_now($1) / 1000.0) - interval '24 hours'`;

/** @returns `txt_<decisionId>_<field>`. */
export function textRef(decisionId: string, field: string): string {
  if (!/^[0-9A-Za-z][0-9A-Za-z:.@#_-]{0,159}$/.test(decisionId)) {
    throw new FieldInvalid('decisionId', 'it has 1 to 160 letters, digits or : . @ # _ -');
  }
  if (!/^[a-z][0-9A-Za-z]{0,39}$/.test(field))
    throw new FieldInvalid('field', 'it is a field name of 1 to 40 letters');
  return `txt_${decisionId}_${field}`;
}

/**
 * Seals a text under its subject's key, `pending` until an append names it. The salt comes from that key and the ref:
 * sealing the same text again gives the same digest and starts its day anew.
 *
 * @throws TextConflict (another text under this ref), TextTooLong, FieldInvalid, PersonUnknown, KeyErased.
 */
export async function sealText(db: Db, keys: KeyRing, input: NewText): Promise<SealedText> {
  const ref = textRef(input.decisionId, input.field);
  const bytes = Buffer.from(input.text, 'utf8');
  if (bytes.length > MAX_TEXT_BYTES) throw new TextTooLong(MAX_TEXT_BYTES);
  const key = await personKey(db, keys, input.org, input.subject);
  const digest = saltedDigest(deriveSalt(key, ref), input.text);
  const sealed = seal(key, bytes, place(input.org, ref, input.subject));
  await dropPendingTexts(db, input.org, ref);
  // One statement, so the same text sealed twice at once is one row; a kept text is left as it is.
  const { rows } = await db.query<{ digest: string }>(
    `insert into texts as t (org, ref, subject, sealed, digest, findings, pack, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, coalesce(to_timestamp(org_now($1) / 1000.0), now()))
     on conflict (org, ref) do update set created_at =
       case when t.state = 'pending' and t.digest = excluded.digest then excluded.created_at else t.created_at end
     returning digest`,
    [input.org, ref, input.subject, sealed, digest, [...(input.findings ?? [])], input.pack ?? null],
  );
  if (!sameDigest(rows[0]?.digest ?? '', digest)) throw new TextConflict(ref);
  return { ref, digest };
}

/**
 * Makes texts permanent; called inside the transaction of the append that names them.
 *
 * @returns one entry per ref, in the order given; the append compares the digests with those in its events.
 * @throws TextMissing when one is not there; the transaction must then end.
 */
export async function keepTexts(
  client: Db,
  org: string,
  refs: readonly string[],
): Promise<readonly KeptText[]> {
  if (refs.length === 0) return [];
  const { rows } = await client.query<KeptText>(
    `update texts set state = 'kept' where org = $1 and ref = any($2::text[])
     returning ref, subject, digest, findings, pack`,
    [org, [...refs]],
  );
  const kept = new Map(rows.map((row) => [row.ref, row]));
  const missing = refs.filter((ref) => !kept.has(ref));
  if (missing.length > 0) throw new TextMissing(missing);
  return refs.flatMap((ref) => kept.get(ref) ?? []);
}

/**
 * Opens a text. Who may read it is for the caller to decide first.
 *
 * @param even `hidden`: also a text that is hidden and waits for HR (X30)
 * @throws TextMissing, TextRedacted, KeyErased (the subject was erased), SealBroken.
 */
export async function openText(
  db: Db,
  keys: KeyRing,
  org: string,
  ref: string,
  even?: 'hidden',
): Promise<OpenedText> {
  const { rows } = await db.query<{
    subject: string;
    sealed: Buffer | null;
    state: 'pending' | 'kept';
    wrapped_key: Buffer | null;
    redaction: TextRedacted['redaction'] | null;
  }>(
    `select t.subject, t.sealed, t.state, t.redaction, p.wrapped_key
       from (select * from texts where org = $1 and ref = $2 and (${deadText}) is not true) t
       join persons p on p.org = t.org and p.ref = t.subject`,
    [org, ref],
  );
  const row = rows[0];
  if (row === undefined) throw new TextMissing([ref]);
  if (row.redaction !== null && row.redaction !== even)
    throw new TextRedacted(ref, row.subject, row.redaction);
  const key = unwrapped(keys, org, row.subject, row);
  if (row.sealed === null) throw new TextMissing([ref]);
  return {
    ref,
    subject: row.subject,
    text: open(key, row.sealed, place(org, ref, row.subject)).toString('utf8'),
    state: row.state,
  };
}

/**
 * Deletes texts that no decision took up within a day of the organization's clock; a text an append named is kept.
 *
 * @param ref this one only; all of the organization's unless given.
 * @returns how many were deleted.
 */
export async function dropPendingTexts(db: Db, org: string, ref: string | null = null): Promise<number> {
  const { rowCount } = await db.query(
    `delete from texts where org = $1 and ${deadText} and ($2::text is null or ref = $2)`,
    [org, ref],
  );
  return rowCount ?? 0;
}

function place(org: string, ref: string, subject: string): string {
  return boundTo('text', org, ref, subject);
}
