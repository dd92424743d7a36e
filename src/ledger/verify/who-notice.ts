import { standingOf } from '../../domain/kernel/held.ts';
import type { Scene } from './scene.ts';
import { Wrong, placeOf } from './verdict.ts';

const UNDELIVERED = '/undelivered';
const RETURNED = '/returned';
const HOUSE_KEY = /^(house-(?:policy|calendar|comparator))\/([1-9]\d*)\/.+$/;
const CASE_KEY = /^(.+)\/([1-9]\d*)\/\d+(?:\/returned)?$/;

const unknown = (scene: Scene, what: string): Wrong => new Wrong(placeOf(scene.row), 'notice_unknown', what);

/** A prompt that reached nobody: told by the delivery itself, about a prompt that was fired. */
function undelivered(scene: Scene, key: string): string {
  const { row, event, chain } = scene;
  const prompt = key.slice(0, -UNDELIVERED.length);
  const fired = `due:${prompt.slice(0, prompt.lastIndexOf(':'))}`;
  const own = row.actor === `case:${row.case_id}` && prompt.startsWith(`${row.case_id}:`);
  const named = (event.body as { prompt?: unknown }).prompt === prompt;
  if (!own || !named || event.kind !== 'prompt_undelivered' || !chain.knows(fired))
    throw unknown(scene, 'no such prompt was fired');
  return 'prompt_undelivered';
}

/** New terms: told by the house, about terms that were in force at the site. */
function newTerms(scene: Scene, stream: string, sequence: number): string {
  const { row, event, before, house, chain } = scene;
  const after = (event.body as { after?: unknown }).after;
  if (row.actor !== `case:${stream}` || sequence > chain.sequenceOf(stream))
    throw unknown(scene, 'no such row of the house');
  if (event.kind !== 'terms_adopted' || !house.wasInForce(before.base.site, after as never))
    throw new Wrong(placeOf(row), 'terms_wrong', 'never in force at the site');
  return 'terms_changed';
}

/**
 * What a confidential case sent back, of which nobody here can tell that it is final; and what one sent back that is told
 * nothing any more since another release. It is only noted, and changes nothing.
 */
function sentBack(scene: Scene, key: string): string | null {
  const { row, event, notices } = scene;
  const from = scene.caseOf(row.actor.slice('case:'.length));
  const [, sender, sequence] = CASE_KEY.exec(key) ?? [];
  const final = from?.held != null && standingOf(from.decider, from.held).status === 'final';
  const dark = (from?.dark.size ?? 0) > 0;
  if (sender !== row.case_id || Number(sequence) >= row.sequence || (!dark && !final))
    throw unknown(scene, 'no such notice came back');
  if (event.kind !== 'notice_declined')
    throw new Wrong(placeOf(row), 'notice_wrong', 'what a final case sent back is only noted');
  return notices.sentBack(row, key.slice(0, -RETURNED.length));
}

/** A notice as far as it is known to whoever checks: `said` left out where its sender cannot be asked. */
export interface Told {
  readonly kind: string;
  readonly said?: object;
}

/**
 * Finds the notice that a row handles.
 * @returns null when its sender is confidential and was not opened
 * @throws Wrong
 */
export function noticeOf(scene: Scene): Told | null {
  const { row, event, notices } = scene;
  const key = event.stamp.decisionId;
  if (key.endsWith(UNDELIVERED)) return { kind: undelivered(scene, key) };
  if (key.endsWith(RETURNED) && !notices.waits(row, key)) {
    const kind = sentBack(scene, key);
    return kind === null ? null : { kind };
  }
  const house = HOUSE_KEY.exec(key);
  if (house !== null) return { kind: newTerms(scene, house[1] ?? '', Number(house[2])) };
  const sender = CASE_KEY.exec(key);
  const from = sender === null ? undefined : scene.caseOf(sender[1] ?? '');
  if (from?.dark.has(Number(sender?.[2])) === true) {
    if (row.actor !== `case:${sender?.[1] ?? ''}`)
      throw new Wrong(placeOf(row), 'notice_wrong', 'the notice came from another case');
    return null;
  }
  const { kind, was, body } = notices.take(row, key);
  if (was === undefined) return { kind, said: body };
  if (event.kind !== 'notice_declined')
    throw new Wrong(placeOf(row), 'notice_wrong', 'what a final case sent back is only noted');
  return { kind: was };
}
