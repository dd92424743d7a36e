import { DirectoryError } from '../../directory/errors.ts';
import { openText } from '../../directory/texts.ts';
import { postingFields, postingTexts } from '../../documents/posting.ts';
import type { PostingFields } from '../../documents/posting.ts';
import { roleRecord } from '../../documents/role-record.ts';
import type { RecordedEvent, RoleRecord } from '../../documents/role-record.ts';
import { titleOf, wordings } from '../../documents/words.ts';
import { deciderOf } from '../../domain/cases.ts';
import { peerKind } from '../../domain/role/words.ts';
import type { OpeningState } from '../../domain/opening/state.ts';
import type { ReadingOffice } from '../ask-reader.ts';
import { heldIn } from './look.ts';

/**
 * A posting as everybody may read it: closed choices and numbers of the role and the opening, and the duties in the words
 * of the approved description; no other text that anybody typed.
 */
export interface PublicPosting {
  readonly opening: string;
  readonly site: string;
  readonly siteName: string;
  readonly title: string;
  /** R5.6, D3.1: pay range, hours, days, duties and requirements in words. */
  readonly fields: PostingFields['fixed'];
  readonly promises: PostingFields['usual'];
  readonly closeOn: string;
  /** D2.4: the role asks for experience of one's own, and the form has the one box for it. */
  readonly asksStatement: boolean;
}

/** Openings that are posted now, the newest first. */
export async function postedNow({ org, pool }: ReadingOffice): Promise<readonly string[]> {
  const { rows } = await pool.query<{ case_id: string }>(
    `select f.case_id from facts f join cases c on c.org = f.org and c.case_id = f.case_id
     where f.org = $1 and f.kind = 'posting' and f.value = 'posted' and c.kind = 'opening'
     order by c.opened_at desc, c.case_id limit 200`,
    [org],
  );
  return rows.map((row) => row.case_id);
}

/** What the role said of itself up to a day; nothing of it is confidential. */
async function recordedBy({ org, pool }: ReadingOffice, role: string, until: number) {
  const { rows } = await pool.query<{ kind: string; body: string; at: number }>(
    'select kind, body, at from ledger where org = $1 and case_id = $2 and at <= $3 order by sequence',
    [org, role, until],
  );
  const own = new Set(Object.keys(deciderOf('role').classes));
  const events = rows.flatMap(({ kind, body, at }) =>
    own.has(kind) ? [{ kind, body: JSON.parse(body), at } as unknown as RecordedEvent] : [],
  );
  return roleRecord(events);
}

/** The words of the duties, which went through the language guard with the description; a text that is gone is left out. */
async function dutyTexts({ pool, keys, org }: ReadingOffice, record: RoleRecord, version: number) {
  const texts = new Map<string, string>();
  for (const ref of postingTexts(record, version))
    try {
      texts.set(ref, (await openText(pool, keys, org, ref)).text);
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error;
    }
  return texts;
}

/** @returns a posting that is out; null for anything else, so that nobody learns what is being prepared */
export async function publicPosting(office: ReadingOffice, opening: string): Promise<PublicPosting | null> {
  if (!/^opening-[0-9a-z]{26}$/.test(opening)) return null;
  const state = (await heldIn(office, opening))?.own as OpeningState | undefined;
  if (state === undefined || state.posting.status !== 'posted' || state.site === null) return null;
  const { posting, roleVersion: version, seats } = state;
  const record = await recordedBy(office, state.role, posting.since);
  const texts = await dutyTexts(office, record, version);
  const as = { version, seats: seats.filter(({ st }) => st !== 'gone').length, on: state.plannedPosting };
  const made = postingFields(
    record,
    { texts, wordings },
    { ...as, until: posting.closeOn, range: posting.range ?? null },
  );
  if ('gaps' in made) return null;
  const { rows } = await office.pool.query<{ name: string }>(
    'select name from sites where org = $1 and ref = $2',
    [office.org, state.site],
  );
  return {
    ...{ opening, site: state.site, siteName: rows[0]?.name ?? state.site, title: titleOf(record.kind) },
    ...{ fields: made.fixed, promises: made.usual, closeOn: posting.closeOn },
    asksStatement: record.kind === peerKind,
  };
}
