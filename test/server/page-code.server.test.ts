import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deciding } from '../../src/client/decide-as.ts';
import { TemporalAway } from '../../src/client/house.ts';
import { candidateTells, sendPageCode } from '../../src/client/links/candidate.ts';
import { codeOf } from '../../src/client/links/code.ts';
import { pageToken } from '../../src/client/links/page-token.ts';
import { keepLink, linkOf } from '../../src/client/links/store.ts';
import { GuardsModelBroken } from '../../src/guards/model-file.ts';
import { person } from '../unit/house.ts';
import { application, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** The code by which a candidate writes what would help them, on a real database: what uses it up, and what does not. */

let post: PostOffice;
let token = '';
const words = 'A room without stairs.';
const broken = (): Promise<never> => Promise.reject(new GuardsModelBroken());

async function link() {
  const found = await linkOf(post.pool, post.ports.org, token, 'candidate');
  if (found === null) throw new Error('no link');
  return found;
}

/** What is kept of the latest code. */
async function latest(): Promise<{ readonly n: number; readonly used: boolean }> {
  const { rows } = await post.pool.query<{ n: number; used: boolean }>(
    'select n, used_at is not null as used from link_codes where org = $1 and link = $2 order by n desc limit 1',
    [post.ports.org, (await link()).id],
  );
  return rows[0] ?? { n: 0, used: false };
}

async function freshCode(): Promise<string> {
  await sendPageCode(post.ports, token);
  return codeOf(post.ports.keys, post.ports.org, (await link()).id, (await latest()).n);
}

beforeAll(async () => {
  post = await postOffice();
  const id = await application(post, 'with a code');
  token = await pageToken(post.ports, id, person('candidate'));
  const about = { purpose: 'candidate' as const, person: person('candidate'), case: id };
  await keepLink(post.pool, post.ports.org, token, about);
}, 60_000);
afterAll(async () => post?.close(), 30_000);

describe('a code for a page without an account', () => {
  it('opens although the model of the guards is broken: what somebody writes about themselves is read by none', async () => {
    const code = await freshCode();
    let asked = 0;
    const house = () => {
      asked += 1;
      return Promise.reject(new TemporalAway('no server'));
    };
    const deciding: Deciding = { office: post.ports, house, reading: broken };
    expect(await candidateTells(deciding, token, code, words)).toBe('away');
    // It came as far as our own servers, which were away: the code holds.
    expect({ asked, ...(await latest()) }).toMatchObject({ asked: 1, used: false });
  });

  it('is given back when something of ours breaks on the way', async () => {
    const code = await freshCode();
    const house = () => Promise.reject(new Error('a broken machine'));
    const deciding: Deciding = { office: post.ports, house };
    await expect(candidateTells(deciding, token, code, words)).rejects.toThrow('a broken machine');
    expect(await latest()).toMatchObject({ used: false });
    // And it is the same code that serves: another one is still another one.
    const other = String((Number(code) + 1) % 100_000_000).padStart(8, '0');
    expect(await candidateTells(deciding, token, other, words)).toBe('wrong_code');
    await expect(candidateTells(deciding, token, code, words)).rejects.toThrow('a broken machine');
  });
});
