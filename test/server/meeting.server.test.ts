import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliver } from '../../src/activities/deliver.ts';
import { meetingUid } from '../../src/notify/ics.ts';
import { person, site } from '../unit/house.ts';
import { application, asByDefault, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

let post: PostOffice;
let id = '';

beforeAll(async () => {
  post = await postOffice(asByDefault);
  id = await application(post, 'meeting');
}, 60_000);
afterAll(async () => post?.close(), 30_000);

interface Planned {
  readonly at: string;
  readonly who: readonly string[];
  readonly minutes?: number;
}
/** What a step of the case writes when its interview stands so; null: there is none any more. */
async function plan(planned: Planned | null): Promise<void> {
  const { org } = post.ports;
  const list =
    planned === null
      ? []
      : [
          {
            ...{
              id: 'interview',
              at: Date.parse(planned.at),
              minutes: planned.minutes ?? 60,
              visibility: 'C2',
            },
            who: planned.who.map((word) => person(word)),
          },
        ];
  await post.pool.query('select write_meetings($1, $2, $3, org_now($1), $4)', [
    ...[org, id, site, JSON.stringify(list)],
  ]);
  await deliver(post.ports, { org, case: id, keys: [] });
}

interface Seen {
  readonly to: string;
  readonly method: string | undefined;
  readonly lines: readonly string[];
}
let read = 0;
/** The calendar files that came since the last look, as a mail program sees them. */
async function arrived(): Promise<readonly Seen[]> {
  const all = await post.mail.messages();
  const fresh = all.slice(read);
  read = all.length;
  const seen: Seen[] = [];
  for (const { to, file: name } of fresh) {
    const raw = readFileSync(join(post.mail.folder, name));
    const mail = await simpleParser(raw);
    const file = mail.attachments.find((one) => one.contentType === 'text/calendar');
    if (file === undefined) continue;
    const part = /content-type: text\/calendar;[^\r\n]*(?:\r\n[ \t][^\r\n]*)*method=(\w+)/i.exec(
      raw.toString(),
    );
    const lines = file.content.toString('utf8').replaceAll('\r\n ', '').trimEnd().split('\r\n');
    seen.push({ to: to.replaceAll(/[<>]/g, ''), method: part?.[1], lines });
  }
  return seen.toSorted((a, b) => (a.to < b.to ? -1 : 1));
}
const value = ({ lines }: Seen, name: string): string =>
  lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
const short = (one: Seen) =>
  [one.to.split('@')[0], one.method, value(one, 'METHOD'), value(one, 'SEQUENCE')].join(' ');

describe('a meeting in people’s calendars', () => {
  it('is sent to each who takes part, to each alone, under one UID', async () => {
    await arrived();
    await plan({ at: '2025-03-12T14:00:00Z', who: ['candidate', 'luis', 'ana'] });
    const files = await arrived();
    expect(files.map(short)).toEqual([
      'ana REQUEST REQUEST 0',
      'candidate REQUEST REQUEST 0',
      'luis REQUEST REQUEST 0',
    ]);
    for (const file of files) {
      expect(value(file, 'UID')).toBe(meetingUid(post.ports.org, id, 'interview'));
      expect(value(file, 'DTSTART')).toBe('20250312T140000Z');
      expect(value(file, 'CLASS')).toBe('PRIVATE');
      expect(value(file, 'ORGANIZER')).toBe('mailto:no-reply@example.org');
      const guests = file.lines.filter((line) => line.startsWith('ATTENDEE'));
      expect(guests).toHaveLength(1);
      expect(guests[0]).toContain(`mailto:${file.to}`);
    }
  });

  it('is not sent again while it stays as it is', async () => {
    await plan({ at: '2025-03-12T14:00:00Z', who: ['candidate', 'luis', 'ana'] });
    expect(await arrived()).toEqual([]);
  });

  it('moves for all with a higher sequence', async () => {
    await plan({ at: '2025-03-13T15:00:00Z', who: ['candidate', 'luis', 'ana'] });
    const files = await arrived();
    expect(files.map(short)).toEqual([
      'ana REQUEST REQUEST 1',
      'candidate REQUEST REQUEST 1',
      'luis REQUEST REQUEST 1',
    ]);
    expect(files.map((file) => value(file, 'DTSTART'))).toEqual(Array(3).fill('20250313T150000Z'));
  });

  it('is taken off for who takes part no more, and asks who is new; the others hear nothing', async () => {
    await plan({ at: '2025-03-13T15:00:00Z', who: ['candidate', 'luis', 'dana'] });
    expect((await arrived()).map(short)).toEqual(['ana CANCEL CANCEL 2', 'dana REQUEST REQUEST 2']);
  });

  it('sends only the last of several changes that a mail server missed, and takes off nothing that never came', async () => {
    post.mail.misbehave({ refuse: '451' });
    for (const [at, who] of [
      ['2025-03-14T15:00:00Z', ['candidate', 'luis', 'dana', 'ana']],
      ['2025-03-17T15:00:00Z', ['candidate', 'luis', 'dana', 'ana']],
      ['2025-03-18T15:00:00Z', ['candidate', 'luis']],
    ] as const)
      await expect(plan({ at, who })).rejects.toMatchObject({ type: 'TransientFailure' });
    post.mail.misbehave({});
    await deliver(post.ports, { org: post.ports.org, case: id, keys: [] });
    const files = await arrived();
    expect(files.map(short)).toEqual([
      'ana CANCEL CANCEL 5',
      'candidate REQUEST REQUEST 5',
      'dana CANCEL CANCEL 5',
      'luis REQUEST REQUEST 5',
    ]);
  });

  it('breaks quiet time only on its own day', async () => {
    // 21:30 in New York, the evening before and on the day of another time.
    await post.pool.query('update orgs set clock = $1', [Date.parse('2025-03-18T01:30:00Z')]);
    await plan({ at: '2025-03-18T17:00:00Z', who: ['candidate', 'luis'] });
    expect(await arrived()).toEqual([]);
    await post.pool.query('update orgs set clock = $1', [Date.parse('2025-03-18T11:30:00Z')]);
    await plan({ at: '2025-03-18T18:00:00Z', who: ['candidate', 'luis'] });
    expect((await arrived()).map(short)).toEqual(['candidate REQUEST REQUEST 7', 'luis REQUEST REQUEST 7']);
  });

  it('is taken off for all when it will not be; one that was held is left where it is', async () => {
    await post.pool.query('update orgs set clock = $1', [Date.parse('2025-03-18T14:00:00Z')]);
    await plan(null);
    expect((await arrived()).map(short)).toEqual(['candidate CANCEL CANCEL 8', 'luis CANCEL CANCEL 8']);
    await plan({ at: '2025-03-19T15:00:00Z', who: ['candidate'] });
    expect((await arrived()).map(short)).toEqual(['candidate REQUEST REQUEST 9']);
    await post.pool.query('update orgs set clock = $1', [Date.parse('2025-03-19T16:30:00Z')]);
    await plan(null);
    expect(await arrived()).toEqual([]);
  });

  it('X22 says nothing to anybody after a death, not even what was queued before', async () => {
    await post.pool.query('update orgs set clock = $1', [Date.parse('2025-03-20T01:30:00Z')]);
    await plan({ at: '2025-03-21T15:00:00Z', who: ['candidate', 'luis'] });
    expect(await arrived()).toEqual([]);
    const { org } = post.ports;
    await post.pool.query(
      `insert into obligations (org, case_id, id, code, owner, since, due, visibility, at_silence, reminded)
       values ($1, $2, 'X22:1', 'X22', $3, 0, 0, 'C1', 'stays_with_owner', 0)`,
      [org, id, person('dana')],
    );
    await post.pool.query('update orgs set clock = $1', [Date.parse('2025-03-20T14:00:00Z')]);
    await deliver(post.ports, { org, case: id, keys: [] });
    expect(await arrived()).toEqual([]);
    const { rows } = await post.pool.query<{ state: string; outcome: string }>(
      `select distinct state, outcome from prompts where org = $1 and due = $2`,
      [org, Date.parse('2025-03-21T15:00:00Z')],
    );
    expect(rows).toEqual([{ state: 'dropped', outcome: 'no_longer_owed' }]);
  });
});
