import { pageToken } from '../client/links/page-token.ts';
import { keepLink } from '../client/links/store.ts';
import type { NewLink } from '../client/links/store.ts';
import { tokenFor } from '../client/links/token.ts';
import { answersTo } from '../domain/answers.ts';
import { kindOf } from '../domain/kernel/words.ts';
import type { MailLink } from '../notify/mail-facts.ts';
import type { Ports } from './ports.ts';

/** After it fell due an answer still counts for so long; then the link is over. */
const AFTER_DUE_MS = 14 * 86_400_000;

/** A message as far as it decides where its link leads. */
interface Sent {
  readonly key: string;
  readonly case_id: string;
  readonly obligation: string;
  readonly code: string;
  readonly how: string;
  readonly owner: string;
  readonly due: number;
  readonly visibility: string;
}

/** Where the button of a message leads, and what has to be kept before it goes out. */
export interface Button {
  readonly link: string;
  readonly linkIs: MailLink;
  readonly keep: { readonly token: string; readonly link: NewLink } | null;
}

async function isCandidate(ports: Ports, caseId: string, person: string): Promise<boolean> {
  if (kindOf(caseId) !== 'candidacy') return false;
  const { rows } = await ports.pool.query(
    `select 1 from facts where org = $1 and kind = 'concerns' and subject = $2 and split_part(value, ',', 1) = $3`,
    [ports.org, caseId, person],
  );
  return rows.length > 0;
}

/** What may be answered from this message by whoever gets it; nobody answers what they are only told, or a late one of others. */
function allowedIn(row: Sent): readonly string[] {
  if (row.visibility === 'C3' || row.how === 'inform' || row.how === 'escalate') return [];
  const owed = { case: row.case_id, code: row.code, id: row.obligation };
  return answersTo(owed).map(({ answer }) => answer);
}

/**
 * The button of a message: an answer where that is of low stakes, the candidate's own page, else the place to sign in.
 * Writes nothing: the token of a message is the same however often it is made.
 * @returns null where this installation has no address for people
 */
export async function buttonOf(ports: Ports, row: Sent, person: string): Promise<Button | null> {
  const { origin, keys, org } = ports;
  if (origin === undefined) return null;
  const allowed = allowedIn(row);
  const of = { person, case: row.case_id };
  if (allowed.length > 0) {
    const token = tokenFor(keys, org, 'answer', row.key, person);
    const { obligation, code, owner, key: prompt } = row;
    const expiresAt = row.due + AFTER_DUE_MS;
    const link: NewLink = {
      ...of,
      ...{ purpose: 'answer', obligation, code, owner, prompt, allowed, expiresAt },
    };
    return { link: `${origin}/a/${token}`, linkIs: 'answer', keep: { token, link } };
  }
  if (row.visibility !== 'C3' && (await isCandidate(ports, row.case_id, person))) {
    const token = await pageToken(ports, row.case_id, person);
    const link: NewLink = { ...of, purpose: 'candidate' };
    return { link: `${origin}/c/${token}`, linkIs: 'page', keep: { token, link } };
  }
  return { link: `${origin}/`, linkIs: 'sign_in', keep: null };
}

/** An open item as a list names it. */
interface Listed {
  readonly case_id: string;
  readonly id: string;
  readonly code: string;
  readonly owner: string;
  readonly due: number;
  readonly visibility: string;
}

/**
 * Where a line of a person's list can be answered; null where it has to be signed in for, or its time is over. The link is
 * kept under the list's Message-ID, and a newer message about the same takes its place.
 */
export function lineButton(
  { origin, keys, org }: Ports,
  one: Listed,
  { person, list, now }: { readonly person: string; readonly list: string; readonly now: number },
): Button | null {
  const { case_id: of, id: obligation, code, owner } = one;
  const expiresAt = one.due + AFTER_DUE_MS;
  if (origin === undefined || one.visibility === 'C3' || expiresAt <= now) return null;
  const allowed = answersTo({ case: of, code, id: obligation }).map(({ answer }) => answer);
  if (allowed.length === 0) return null;
  const token = tokenFor(keys, org, 'answer', list, of, obligation, person);
  const about = { person, case: of, obligation, code, owner };
  const link: NewLink = { ...about, purpose: 'answer', prompt: list, allowed, expiresAt };
  return { link: `${origin}/a/${token}`, linkIs: 'answer', keep: { token, link } };
}

/** Keeps the link of a message that is about to go out. Again: changes nothing. */
export async function keepButton(ports: Ports, button: Button | null): Promise<void> {
  if (button?.keep != null) await keepLink(ports.pool, ports.org, button.keep.token, button.keep.link);
}

/** The address by which a person ends their daily list with one click (RFC 8058); kept before the list goes out. */
export async function unsubscribeOf(ports: Ports, person: string): Promise<string | null> {
  if (ports.origin === undefined) return null;
  const token = tokenFor(ports.keys, ports.org, 'unsubscribe', person);
  await keepLink(ports.pool, ports.org, token, { purpose: 'unsubscribe', person });
  return `${ports.origin}/u/${token}`;
}
