import { dayIn } from '../notify/hours.ts';
import { calendarFile, meetingUid } from '../notify/ics.ts';
import type { MailMessage } from '../notify/smtp.ts';
import type { Ports } from './ports.ts';

/** The code of a prompt that carries a calendar file. */
export const MEETING = 'MEETING';

/** What is read of a row of `prompts` that tells of a meeting. */
interface Told {
  readonly key: string;
  readonly case_id: string;
  readonly obligation: string;
  readonly rung: string;
  readonly owner: string;
  readonly due: number;
  readonly rung_at: number;
}

const WORDS = ['invite', 'change', 'cancel'] as const;
type Word = (typeof WORDS)[number];

/** @returns what a message says of a meeting, and under which version */
export function wordOf(rung: string): { readonly word: Word; readonly version: number } {
  const [word, version] = rung.split('-');
  const known = WORDS.find((one) => one === word);
  if (known === undefined) throw new Error('meeting_rung');
  return { word: known, version: Number(version) };
}

/** A change on the day of the meeting itself does not wait for the morning after (product 5). */
export function breaksQuiet(told: Pick<Told, 'due' | 'rung'>, now: number, zone: string): boolean {
  return told.due > now && dayIn(told.due, zone) === dayIn(now, zone);
}

/** X22: after a death nothing goes out any more. */
async function nobodyIsTold(ports: Ports, caseId: string): Promise<boolean> {
  const { rows } = await ports.pool.query(
    `select 1 from obligations where org = $1 and case_id = $2 and code = 'X22'
     union all select 1 from cases where org = $1 and case_id = $2 and kind = 'employment' and status = 'final'`,
    [ports.org, caseId],
  );
  return rows.length > 0;
}

/**
 * Why a message about a meeting is not sent any more: a later version went out or waits, its hour has passed, or it would
 * take off what was never put into that calendar.
 */
export async function meetingObsolete(ports: Ports, row: Told, now: number): Promise<string | null> {
  const { word, version } = wordOf(row.rung);
  if (row.due <= now) return 'no_longer_owed';
  const { rows } = await ports.pool.query<{ rung: string; state: string }>(
    `select rung, state from prompts where org = $1 and case_id = $2 and obligation = $3 and owner = $4 and key <> $5`,
    [ports.org, row.case_id, row.obligation, row.owner, row.key],
  );
  if (rows.some((one) => wordOf(one.rung).version > version && one.state !== 'failed')) return 'superseded';
  if (await nobodyIsTold(ports, row.case_id)) return 'no_longer_owed';
  const known = rows.some((one) => ['sent', 'unknown', 'sending'].includes(one.state));
  return word === 'cancel' && !known ? 'never_invited' : null;
}

/** @returns the calendar file of a message about a meeting, for this recipient alone */
export async function calendarOf(
  ports: Ports,
  row: Told,
  attendee: string,
  now: number,
): Promise<NonNullable<MailMessage['calendar']>> {
  const meeting = row.obligation.slice(row.obligation.indexOf(':') + 1);
  const { rows } = await ports.pool.query<{ minutes: number }>(
    'select minutes from meetings where org = $1 and case_id = $2 and id = $3',
    [ports.org, row.case_id, meeting],
  );
  const { word, version } = wordOf(row.rung);
  const method = word === 'cancel' ? 'CANCEL' : 'REQUEST';
  const content = calendarFile({
    uid: meetingUid(ports.org, row.case_id, meeting),
    ...{ sequence: version, method, from: row.due, minutes: rows[0]?.minutes ?? 60, stamp: now },
    ...{ title: 'Meeting', organizer: ports.mail.from ?? 'no-reply@notice.invalid', attendee },
  });
  return { method, content };
}
