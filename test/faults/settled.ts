import { expect } from 'vitest';
import { stillToGo } from '../still-to-go.ts';
import type { Playhouse } from './playhouse.ts';

/**
 * Each prompt is settled; a message left twice only where its sending was cut off, under its one Message-ID.
 * @param prompts those of an undisturbed play
 */
export async function settledOnce(
  here: Playhouse,
  prompts: readonly { readonly code: string }[],
): Promise<{ readonly sent: number; readonly unknown: number }> {
  const { pool, org } = here.house;
  const { rows } = await pool.query<{
    code: string;
    state: string;
    held: string | null;
    outcome: string;
    message_id: string | null;
  }>('select code, state, held, outcome, message_id from prompts where org = $1', [org]);
  // Beside the rungs there is what came into people's calendars, and what HR is asked where a message was cut off.
  const beside = new Set(['MEETING', 'MOVED', 'UNDELIVERED']);
  const counted = (list: readonly { readonly code: string }[]): number =>
    list.filter((one) => !beside.has(one.code)).length;
  expect(counted(rows)).toBe(counted(prompts));
  const over = rows.filter((one) => !stillToGo(one));
  expect(over.filter((one) => ['queued', 'sending', 'failed'].includes(one.state))).toEqual([]);
  const times = new Map<string, number>();
  const mails = await here.parts.mail.messages();
  for (const { messageId } of mails) times.set(messageId, (times.get(messageId) ?? 0) + 1);
  const again = new Set(rows.filter((one) => one.outcome === 'sent_again').map((one) => one.message_id));
  // A list that was cut off while sending goes once more under its one Message-ID, as a reminder does.
  const lists = await pool.query<{ message_id: string }>(
    'select message_id from digests where org = $1 and tries > 1',
    [org],
  );
  for (const { message_id: id } of lists.rows) again.add(id);
  expect([...times].filter(([id, n]) => n > (again.has(id) ? 2 : 1))).toEqual([]);
  const sent = rows.filter((one) => one.state === 'sent').map((one) => one.message_id ?? '');
  expect(sent.filter((id) => !times.has(id))).toEqual([]);
  const unknown = rows.filter((one) => one.state === 'unknown').length;
  console.log(`mails ${mails.length}, sent again ${again.size}, unknown ${unknown}`);
  return { sent: sent.length, unknown };
}
