import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../../src/activities/sweep.ts';
import { TextMissing } from '../../src/directory/errors.ts';
import { openText, sealText } from '../../src/directory/texts.ts';
import { person } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

const DAY = 86_400_000;
let post: PostOffice;
let n = 0;

beforeAll(async () => {
  post = await postOffice();
}, 60_000);
afterAll(async () => post?.close(), 30_000);

const meets = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };

/** An application with two reviewers whose screening may carry a text. */
const applied = (): Promise<string> => application(post, `texts-${(n += 1)}`);

async function seal(decisionId: string, text: string): Promise<string> {
  const { org, pool, keys } = post.ports;
  const subject = person('candidate');
  return (await sealText(pool, keys, { org, decisionId, field: 'rationale', subject, text })).ref;
}
const read = (ref: string) => openText(post.pool, post.ports.keys, post.ports.org, ref);
const inTable = async (ref: string): Promise<number> =>
  (await post.pool.query('select 1 from texts where ref = $1', [ref])).rows.length;

describe('a text that no decision took up', () => {
  it('is dropped by the sweeper after a day of the organization’s clock; one that was named is kept', async () => {
    const id = await applied();
    const left = await seal('texts-left', 'Written and never sent.');
    const ref = await seal('texts-kept', 'The hours were talked through.');
    await post.forward(DAY - 1);
    await sweep(post.ports);
    expect(await read(left)).toMatchObject({ state: 'pending' });
    expect(await post.act(id, 'luis', 'screen', { ...meets, rationale: ref }, 'texts-kept')).toMatchObject({
      answer: { is: 'done' },
    });
    await post.forward(1);
    await sweep(post.ports);
    expect(await inTable(left)).toBe(0);
    expect(await read(ref)).toMatchObject({ state: 'kept', text: 'The hours were talked through.' });
    await post.forward(30 * DAY);
    await sweep(post.ports);
    expect(await read(ref)).toMatchObject({ state: 'kept' });
  });

  it('starts its day anew when the same text is sealed again', async () => {
    const ref = await seal('texts-anew', 'Asked again.');
    await post.forward(DAY - 1);
    await seal('texts-anew', 'Asked again.');
    await post.forward(DAY - 1);
    await sweep(post.ports);
    expect(await read(ref)).toMatchObject({ state: 'pending' });
  });

  it('answers alike before and after the sweeper came, so that no play depends on its hour', async () => {
    const dead = async (word: string, swept: boolean): Promise<readonly unknown[]> => {
      const id = await applied();
      const ref = await seal(word, 'Too late.');
      await post.forward(DAY);
      if (swept) await sweep(post.ports);
      expect(await inTable(ref)).toBe(swept ? 0 : 1);
      const named = await post.act(id, 'luis', 'screen', { ...meets, rationale: ref }, word);
      await expect(read(ref)).rejects.toBeInstanceOf(TextMissing);
      // Another text may take the place of a dead one.
      const again = await seal(word, 'Another text.');
      const done = await post.act(id, 'luis', 'screen', { ...meets, rationale: again }, word);
      return [named.answer, done.answer?.is].map((one) => JSON.stringify(one).replaceAll(word, 'WORD'));
    };
    const before = await dead('texts-before', false);
    expect(await dead('texts-after', true)).toEqual(before);
    expect(before[0]).toContain('"unknown_reference"');
    expect(before[1]).toBe('"done"');
  });
});

describe('a text of another decision', () => {
  it('is named by no command, so no other case may hide it; its own case hides and settles it', async () => {
    const [its, other] = [await applied(), await applied()];
    const ref = await seal('theirs_kept', 'The hours were talked through.');
    const told = { ...meets, rationale: ref };
    expect(await post.act(its, 'luis', 'screen', told, 'theirs_kept')).toMatchObject({
      answer: { is: 'done' },
    });
    const missing = [{ code: 'text', about: ref }];
    // A decision whose id the other one's begins with is another decision too.
    for (const id of ['texts-other', 'theirs'])
      expect(await post.act(other, 'ana', 'screen', told, id)).toMatchObject({
        answer: { is: 'refused', refusal: { code: 'unknown_reference', missing } },
      });
    // Nor a later decision of the same case.
    expect(await post.act(its, 'ana', 'screen', told)).toMatchObject({
      answer: { is: 'refused', refusal: { code: 'unknown_reference', missing } },
    });
    expect(await post.act(other, 'ana', 'screen', meets)).toMatchObject({ answer: { is: 'done' } });
    expect(await post.act(other, 'ana', 'redact_text', { text: ref })).toMatchObject({
      answer: { is: 'refused', refusal: { code: 'unknown_reference', rule: 'X30' } },
    });
    expect(await read(ref)).toMatchObject({ text: 'The hours were talked through.' });
    expect(await post.act(its, 'luis', 'redact_text', { text: ref })).toMatchObject({
      answer: { is: 'done' },
    });
    const settled = { text: ref, outcome: 'restored' };
    expect(await post.act(its, 'dana', 'settle_redaction', settled)).toMatchObject({
      answer: { is: 'done' },
    });
    expect(await read(ref)).toMatchObject({ state: 'kept' });
  });
});
