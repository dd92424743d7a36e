import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasePerson } from '../../src/client/erase.ts';
import { askHolds } from '../../src/client/ask-holds.ts';
import { recordDrill } from '../../src/client/copies.ts';
import { assign } from '../../src/client/organization.ts';
import { askPurge, purge } from '../../src/client/purge.ts';
import { addPerson, person as detailsOf } from '../../src/directory/people.ts';
import { openText, sealText } from '../../src/directory/texts.ts';
import { erasedIn, readErased } from '../../src/ledger/erased-list.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { application, opening, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** X29 on a real database: what a legal hold keeps from being deleted, purged or erased, and that lifting it frees it. */

const DAY = 86_400_000;
const hold = caseOf('clock', 'hold over the job');
const officers = {
  carol: ['compliance'],
  rosa: ['hr_director'],
  pia: ['privacy_officer'],
} as const satisfies Readonly<Record<string, readonly Capacity[]>>;
let post: PostOffice;
let n = 0;
let [first, second] = ['', ''];

const byName = (a: string, b: string): number => (a < b ? -1 : 1);
const office = () => post.ports;
const by = () => ({ decisionId: `erase-${(n += 1)}`, actor: person('pia') });
const done = { answer: { is: 'done' } };
const read = (ref: string) => openText(post.pool, office().keys, office().org, ref);

async function act(id: string, actor: string, type: string, payload: object = {}): Promise<void> {
  const { answer } = await post.act(id, actor, type, payload);
  expect(answer, `${type} ${JSON.stringify(answer)}`).toMatchObject({ is: 'done' });
}

/** Screens an application with a text about the candidate. @returns the text's ref */
async function screened(id: string, word: string, text: string): Promise<string> {
  const { org, pool, keys } = office();
  const subject = person('candidate');
  const { ref } = await sealText(pool, keys, { org, decisionId: word, field: 'rationale', subject, text });
  const meets = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true, rationale: ref };
  expect(await post.act(id, 'luis', 'screen', meets, word)).toMatchObject(done);
  return ref;
}

/** Ends a candidacy, and lets the days pass that it still owes something. */
async function over(id: string): Promise<void> {
  await act(id, 'candidate', 'withdraw');
  await act(id, 'dana', 'acknowledge', { of: 'withdrawal' });
  await post.look(id);
}

async function rows(kind: string): Promise<readonly object[]> {
  const { rows: found } = await post.pool.query<{ actor: string; body: string }>(
    'select actor, body from ledger where org = $1 and kind = $2 order by position',
    [office().org, kind],
  );
  return found.map((row) => ({ actor: row.actor, ...(JSON.parse(row.body) as object) }));
}

beforeAll(async () => {
  post = await postOffice();
  const { org, pool, keys } = office();
  for (const word of Object.keys(officers))
    await addPerson(pool, keys, { org, ref: person(word), name: `Test ${word}`, email: null });
  const list = Object.entries(officers).flatMap(([word, capacities]) =>
    capacities.map((capacity) => ({ person: person(word), capacity, scope: site })),
  );
  await assign(office(), list, { decisionId: 'setup-officers', actor: 'installation' });
  [first, second] = [await application(post, 'held-1'), await application(post, 'held-2')];
  // The opening of these tests ended on the day they begin, under the same terms.
  await pool.query(
    `update cases c set moved_at = org_now($1), state = jsonb_build_object('own', '{"role":""}'::jsonb,
       'base', (select k.state::jsonb -> 'base' from cases k where k.org = $1 and k.case_id = $3))::text
     where c.org = $1 and c.case_id = $2`,
    [org, opening, first],
  );
  await pool.query(
    `insert into facts (org, kind, subject, value, case_id, sequence)
     values ($1, 'search_over', $2, org_now($1)::text, $2, 1)`,
    [org, opening],
  );
}, 60_000);
afterAll(async () => post?.close(), 30_000);

describe('a legal hold over one candidacy', () => {
  const refs: string[] = [];

  it('X29 keeps the texts of everybody who applied for the same job from being deleted', async () => {
    refs.push(await screened(first, 'held-text-1', 'The hours fit.'));
    refs.push(await screened(second, 'held-text-2', 'The hours were talked through.'));
    for (const [at, id] of [first, second].entries())
      await act(id, 'luis', 'redact_text', { text: refs[at] });
    const charge = { site, subject: first, reason: 'charge', on: '2025-03-05', review: '2025-06-02' };
    await act(hold, 'carol', 'hold_on', charge);
    // Whoever may not delete it anyhow does not learn that a hold stands.
    expect(await post.act(first, 'ana', 'settle_redaction', { outcome: 'deleted' })).toMatchObject({
      answer: { is: 'refused', refusal: { code: 'not_permitted' } },
    });
    for (const id of [first, second])
      expect(await post.act(id, 'dana', 'settle_redaction', { outcome: 'deleted' })).toMatchObject({
        answer: {
          is: 'refused',
          refusal: { code: 'rule_blocks', rule: 'X29', missing: [{ code: 'legal_hold' }] },
        },
      });
    for (const id of [first, second]) await act(id, 'dana', 'settle_redaction', { outcome: 'restored' });
    expect((await read(refs[1] ?? '')).text).toBe('The hours were talked through.');
  });

  it('X29 is listed for those who look after holds, which is a reading of its own, and for nobody else', async () => {
    expect(await askHolds(office(), person('rosa'))).toMatchObject([
      { clock: hold, subject: first, reason: 'charge', confirmed: false, lifting: null },
    ]);
    await expect(askHolds(office(), person('dana'))).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await rows('read')).toMatchObject([{ actor: person('rosa'), what: 'holds', refs: [hold] }]);
  });

  it('X29 goes before the end of records: a purge passes over what is held, and names it', async () => {
    for (const id of [first, second]) await over(id);
    expect(new Set((await askPurge(office())).map((one) => one.is))).toEqual(new Set(['later']));
    await post.forward(800 * DAY);
    await act(first, 'candidate', 'make_request', { request: 'deletion' });
    expect(await post.act(first, 'dana', 'answer_request', { n: 1, answer: 'done' })).toMatchObject({
      answer: { is: 'refused', refusal: { rule: 'X29', missing: [{ code: 'legal_hold' }] } },
    });
    await act(first, 'dana', 'answer_request', { n: 1, answer: 'kept', because: 'legal_hold' });
    const told = await purge(office(), by(), null);
    expect(told.list.map((one) => `${one.case} ${one.is} ${one.texts}`).toSorted(byName)).toEqual(
      [`${first} held 1`, `${second} held 1`, `${opening} held 0`].toSorted(byName),
    );
    expect((await read(refs[0] ?? '')).text).toBe('The hours fit.');
    expect(await rows('purged')).toEqual([]);
  });

  it('X29 keeps a person’s key as well, whoever asks', async () => {
    await expect(erasePerson(office(), person('candidate'), by(), null)).rejects.toMatchObject({
      ...{ code: 'legal_hold', holds: [hold] },
    });
    const dana = { ...by(), actor: person('dana') };
    await expect(erasePerson(office(), person('candidate'), dana, null)).rejects.toMatchObject({
      code: 'erasing_not_permitted',
    });
    expect(await detailsOf(post.pool, office().keys, office().org, person('candidate'))).toMatchObject({
      name: 'Test candidate',
    });
  });

  it('X29 lifted by two people, the records go, and then the key: each once, with a row of its own', async () => {
    await act(hold, 'carol', 'propose_hold_off', { reason: 'final_disposition', on: '2027-04-01' });
    const held = await purge(office(), by(), null);
    expect(new Set(held.list.map((one) => one.is))).toEqual(new Set(['held']));
    await act(hold, 'rosa', 'confirm_hold_off');
    const place = erasedIn(mkdtempSync(join(tmpdir(), 'peer-hire-purged-')), null);
    // An id that stands for something else: nothing is done under it, and nobody is told that it was.
    await recordDrill(office(), { copy: 'a-copy', position: 1 }, `used-before_${first}`, null);
    await expect(purge(office(), { ...by(), decisionId: 'used-before' }, place)).rejects.toMatchObject({
      code: 'decision_id_reused',
    });
    expect((await read(refs[0] ?? '')).text).toBe('The hours fit.');
    const gone = await purge(office(), by(), place);
    expect(new Set(gone.list.map((one) => one.is))).toEqual(new Set(['purged']));
    expect(gone.second).toBe('none');
    // Noted outside the database as well, so that no restore brings them back.
    expect([...readErased([place.file], office().org).texts].toSorted(byName)).toEqual(refs.toSorted(byName));
    rmSync(dirname(place.file), { recursive: true });
    expect((await rows('purged')).map((row) => (row as { case: string }).case).toSorted(byName)).toEqual(
      [first, second, opening].toSorted(byName),
    );
    for (const ref of refs) await expect(read(ref)).rejects.toMatchObject({ redaction: 'deleted' });
    expect(await purge(office(), by(), null)).toEqual({ list: [], second: 'none' });
    await recordDrill(office(), { copy: 'a-copy', position: 1 }, 'used-again', null);
    await expect(
      erasePerson(office(), person('candidate'), { ...by(), decisionId: 'used-again' }, null),
    ).rejects.toMatchObject({ code: 'decision_id_reused' });
    // Told twice at once it is done once.
    const once = by();
    const both = [0, 1].map(async () => (await erasePerson(office(), person('candidate'), once, null)).is);
    expect((await Promise.all(both)).toSorted(byName)).toEqual(['erased', 'erased_before']);
    expect((await erasePerson(office(), person('candidate'), by(), null)).is).toBe('erased_before');
    expect(await rows('erased')).toEqual([{ actor: person('pia'), person: person('candidate') }]);
    await expect(read(refs[0] ?? '')).rejects.toMatchObject({ code: 'text_redacted' });
    await expect(
      detailsOf(post.pool, office().keys, office().org, person('candidate')),
    ).rejects.toMatchObject({ code: 'key_erased' });
  });
});

describe('a person without a hold', () => {
  it('is erased while the second place hangs, and the list there follows with the next erasure', async () => {
    const { org, pool, keys } = office();
    const base = mkdtempSync(join(tmpdir(), 'peer-hire-hung-'));
    const [home, share] = [join(base, 'home'), join(base, 'share')];
    for (const folder of [home, share]) mkdirSync(folder);
    const place = erasedIn(home, share);
    const far = join(share, 'erased.jsonl');
    const [one, two] = [person('nobody here 1'), person('nobody here 2')];
    for (const ref of [one, two]) await addPerson(pool, keys, { org, ref, name: 'Test nobody', email: null });
    try {
      // Whoever opens it is held inside the system, as by a share that went away.
      execFileSync('mkfifo', [far]);
      expect(await erasePerson(office(), one, by(), place)).toEqual({ is: 'erased', second: 'not_reached' });
      expect([...readErased([place.file], org).people]).toEqual([one]);
      rmSync(far);
      expect(await erasePerson(office(), two, by(), place)).toEqual({ is: 'erased', second: 'written' });
      expect([...readErased([far], org).people].toSorted(byName)).toEqual([one, two].toSorted(byName));
    } finally {
      rmSync(base, { recursive: true });
    }
  });

  it('is erased only once nothing of theirs is open or kept, and they are nothing here', async () => {
    const { org, pool, keys } = office();
    await expect(erasePerson(office(), person('luis'), by(), null)).rejects.toMatchObject({
      code: 'still_assigned',
    });
    await expect(erasePerson(office(), person('nobody'), by(), null)).rejects.toMatchObject({
      code: 'person_unknown',
    });
    const someone = person('a later applicant');
    await addPerson(pool, keys, { org, ref: someone, name: 'Test later', email: null });
    const id = caseOf('candidacy', 'later');
    const own = [{ person: someone, capacity: 'candidate' as const, scope: id }];
    await assign(office(), own, { decisionId: 'later-candidate', actor: 'installation' });
    const form = { site, opening, person: someone, attested: false };
    await act(id, 'dana', 'open', form);
    await expect(erasePerson(office(), someone, by(), null)).rejects.toMatchObject({ code: 'open_case' });
  });

  it('X32 is not told of a hold that does not stand', async () => {
    const id = caseOf('candidacy', 'later');
    await act(id, 'a later applicant', 'withdraw');
    await act(id, 'a later applicant', 'make_request', { request: 'deletion' });
    const kept = { n: 1, answer: 'kept' };
    expect(await post.act(id, 'dana', 'answer_request', { ...kept, because: 'legal_hold' })).toMatchObject({
      answer: { is: 'refused', refusal: { rule: 'X32', missing: [{ code: 'no_hold_on_file' }] } },
    });
    await act(id, 'dana', 'answer_request', { ...kept, because: 'retention' });
  });
});
