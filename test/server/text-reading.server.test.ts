import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askText } from '../../src/client/ask-text.ts';
import { assign } from '../../src/client/organization.ts';
import { sealText } from '../../src/directory/texts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { opening, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** Who may read back what somebody wrote for a decision. */

const words = 'The hours were talked through.';
const candidacy = caseOf('candidacy', 'read back');
const decisionId = 'read-back';
let post: PostOffice;
let ref = '';

async function seal(id: string): Promise<string> {
  const { org, pool, keys } = post.ports;
  const text = { org, decisionId: id, field: 'rationale', subject: person('candidate'), text: words };
  return (await sealText(pool, keys, text)).ref;
}

beforeAll(async () => {
  post = await postOffice();
  const by = { decisionId: 'setup-candidate', actor: 'installation' as const };
  const one = { person: person('candidate'), capacity: 'candidate' as const, scope: candidacy };
  await assign(post.ports, [one], by);
  const application = { site, opening, person: person('candidate'), attested: true };
  expect(await post.act(candidacy, 'candidate', 'open', application)).toMatchObject({
    answer: { is: 'done' },
  });
  await post.look(candidacy);
  ref = await seal(decisionId);
  const view = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true };
  const told = { ...view, rationale: ref };
  expect(await post.act(candidacy, 'luis', 'screen', told, decisionId)).toMatchObject({
    answer: { is: 'done' },
  });
  // Both views are in: from now on neither is kept from those who may read them.
  expect(await post.act(candidacy, 'ana', 'screen', view)).toMatchObject({ answer: { is: 'done' } });
}, 60_000);
afterAll(async () => post?.close(), 30_000);

const read = (as: string, what = ref) => askText(post.ports, as, what);
const rows = async (): Promise<readonly string[]> => {
  const sql = `select actor, body from ledger where case_id = 'house-access' order by position`;
  const { rows: found } = await post.pool.query<{ actor: string; body: string }>(sql);
  return found.map((row) => `${row.actor} ${row.body}`);
};

describe('a sealed text', () => {
  it('is read by those who may read its row, and each reading is a row', async () => {
    const shown = { ref, case: candidacy, text: words, actor: person('luis'), subject: person('candidate') };
    expect(await read(person('dana'))).toMatchObject(shown);
    expect(await read(person('luis'))).toMatchObject(shown);
    const body = JSON.stringify({ classes: ['C2'], refs: [candidacy, ref].toSorted(), what: 'text' });
    const canonical = (line: string): string => {
      const [actor = '', ...rest] = line.split(' ');
      const { classes, refs, what } = JSON.parse(rest.join(' ')) as Record<string, unknown>;
      return `${actor} ${JSON.stringify({ classes, refs, what })}`;
    };
    expect((await rows()).map(canonical)).toEqual([`${person('dana')} ${body}`, `${person('luis')} ${body}`]);
    expect((await rows()).join('')).not.toContain('talked');
  });

  it('is refused alike to the other reviewer, the person concerned, the machine, and where there is none', async () => {
    const before = await rows();
    for (const as of [person('ana'), person('candidate'), 'installation'])
      await expect(read(as), as).rejects.toMatchObject({ name: 'ReadingRefused', code: 'not_permitted' });
    // Sealed, and no decision ever named it.
    const pending = await seal('never-asked');
    for (const what of [pending, 'txt_nothing_rationale', 'nonsense', ''])
      await expect(read(person('dana'), what), what).rejects.toMatchObject({ code: 'not_permitted' });
    await expect(read('prs_nobody')).rejects.toMatchObject({ code: 'unknown_person' });
    expect(await rows()).toEqual(before);
  });
});
