import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAccess } from '../../src/client/ask-access-about.ts';
import { askCase } from '../../src/client/ask-cases.ts';
import { askText } from '../../src/client/ask-text.ts';
import { assign } from '../../src/client/organization.ts';
import { addPerson } from '../../src/directory/people.ts';
import { sealText } from '../../src/directory/texts.ts';
import { caseOf, person, site } from '../unit/house.ts';
import { opening, postOffice } from './post-office.ts';
import type { PostOffice } from './post-office.ts';

/** What lies in the vault, who reads it, and what becomes of a text that does not belong where it stands (X30). */

const candidacy = caseOf('candidacy', 'vault');
const clock = caseOf('clock', 'vault');
const words = 'They mentioned something of their own.';
let post: PostOffice;

async function text(decisionId: string, said = words): Promise<string> {
  const { org, pool, keys } = post.ports;
  const subject = person('candidate');
  const findings = ['L9'];
  return (await sealText(pool, keys, { org, decisionId, field: 'rationale', subject, text: said, findings }))
    .ref;
}

const done = async (answer: ReturnType<PostOffice['act']>) =>
  expect(JSON.stringify((await answer).answer)).toContain('"is":"done"');
const refused = async (answer: ReturnType<PostOffice['act']>, refusal: object) =>
  expect(await answer).toMatchObject({ answer: { is: 'refused', refusal } });
const read = (as: string, ref: string) => askText(post.ports, person(as), ref);
const rows = async (sql: string, values: unknown[] = []): Promise<readonly Record<string, unknown>[]> =>
  (await post.pool.query<Record<string, unknown>>(sql, values)).rows;

beforeAll(async () => {
  post = await postOffice();
  const { pool, keys, org } = post.ports;
  const more = { robin: 'accommodation_officer', june: 'leave_officer', marisol: 'supervisor' } as const;
  for (const word of Object.keys(more))
    await addPerson(pool, keys, {
      org,
      ref: person(word),
      name: `Test ${word}`,
      email: `${word}@example.org`,
    });
  const list = Object.entries(more).map(([word, capacity]) => ({
    person: person(word),
    capacity,
    scope: site,
  }));
  const own = { person: person('candidate'), capacity: 'candidate' as const, scope: candidacy };
  await assign(post.ports, [...list, own], { decisionId: 'setup-vault', actor: 'installation' });
  await done(
    post.act(candidacy, 'candidate', 'open', { site, opening, person: person('candidate'), attested: true }),
  );
  await post.look(candidacy);
}, 60_000);
afterAll(async () => post?.close(), 30_000);

async function screened(who: string, id: string): Promise<string> {
  const ref = await text(id);
  const view = { eligibility: 'meets_all', outcome: 'advance', willNotLookUp: true, rationale: ref };
  await done(post.act(candidacy, who, 'screen', view, id));
  return ref;
}

describe('a confidential request (D3.6, X31)', () => {
  it('D3.6 tells whoever arranges what to change, its officer everything, and nobody else anything', async () => {
    const why = await text('ask-change', 'What the person asked for.');
    const change = await text('decide-change', 'A chair near the door.');
    const asked = { site, person: person('candidate'), parent: candidacy, text: why };
    await done(post.act(clock, 'robin', 'request_accommodation', asked, 'ask-change'));
    const yes = { outcome: 'granted', change, arranger: person('marisol') };
    await done(post.act(clock, 'robin', 'decide_accommodation', yes, 'decide-change'));
    expect(await read('robin', why)).toMatchObject({ text: 'What the person asked for.', visibility: 'C3' });
    expect(await read('marisol', change)).toMatchObject({ text: 'A chair near the door.' });
    for (const [who, ref] of [
      ['marisol', why],
      ['dana', why],
      ['dana', change],
      ['june', why],
      ['june', change],
    ] as const)
      await expect(read(who, ref), `${who} ${ref}`).rejects.toMatchObject({ code: 'not_permitted' });
    const [row] = await rows('select state, stage from cases where case_id = $1', [clock]);
    expect(JSON.stringify(row)).not.toMatch(/accommodation|granted|chair/);
    const ledger = await rows('select kind, body, capacity, decision_id from ledger where case_id = $1', [
      clock,
    ]);
    expect(new Set(ledger.map((one) => one['kind']))).toEqual(new Set(['sealed']));
    expect(JSON.stringify(ledger)).not.toMatch(/accommodation|granted|change/);
  });

  it('lists each reading for the person concerned, and for nobody else', async () => {
    await askCase(post.ports, person('robin'), clock);
    const list = await askAccess(post.ports, person('candidate'), person('candidate'));
    expect(list.map((one) => [one.name, one.what])).toEqual([
      ['Test robin', 'text'],
      ['Test marisol', 'text'],
      ['Test robin', 'case'],
    ]);
    expect(list.every((one) => one.refs.includes(clock) && one.classes.includes('C3'))).toBe(true);
    for (const as of [person('dana'), person('robin'), 'installation'])
      await expect(askAccess(post.ports, as, person('candidate'))).rejects.toMatchObject({
        code: 'not_permitted',
      });
    expect(await askAccess(post.ports, person('luis'), person('luis'))).toEqual([]);
  });
});

describe('a text that does not belong where it stands (X30)', () => {
  let ref = '';

  it('X30 is hidden at once, from its author too, and HR alone looks at it', async () => {
    ref = await screened('luis', 'screen-luis');
    expect(await read('luis', ref)).toMatchObject({ text: words, redaction: null });
    await refused(post.act(clock, 'robin', 'redact_text', { text: ref }), {
      code: 'unknown_reference',
      rule: 'X30',
    });
    await done(post.act(candidacy, 'luis', 'redact_text', { text: ref }));
    await refused(post.act(candidacy, 'luis', 'redact_text', { text: ref }), { code: 'nothing_to_do' });
    expect(await read('luis', ref)).toMatchObject({ text: 'redacted', redaction: 'hidden' });
    expect(await read('dana', ref)).toMatchObject({ text: words, redaction: 'hidden', visibility: 'C3' });
    const owed = await rows(`select owner, visibility from obligations where code = 'X30'`);
    expect(owed).toEqual([{ owner: `hr@${site}`, visibility: 'C3' }]);
  });

  it('X30 is settled by HR and never by whoever hid it', async () => {
    await refused(post.act(candidacy, 'luis', 'settle_redaction', { outcome: 'deleted' }), {
      code: 'not_permitted',
    });
    await done(post.act(candidacy, 'dana', 'settle_redaction', { text: ref, outcome: 'deleted' }));
    for (const who of ['luis', 'dana'])
      expect(await read(who, ref)).toMatchObject({ text: 'redacted', redaction: 'deleted' });
    await expect(read('robin', ref)).rejects.toMatchObject({ code: 'not_permitted' });
    const [row] = await rows('select sealed, findings, pack from texts where ref = $1', [ref]);
    expect(row).toEqual({ sealed: null, findings: [], pack: null });
    // The same words sealed once more under the same ref do not come back.
    await text('screen-luis');
    expect(await read('dana', ref)).toMatchObject({ text: 'redacted' });
    const said = await rows(
      `select body from ledger where kind in ('text_hidden', 'redaction_settled') order by position`,
    );
    expect(said.map((one) => JSON.parse(String(one['body'])) as unknown)).toEqual([
      { text: ref },
      { text: ref, outcome: 'deleted' },
    ]);
  });

  it('X30 moves to the vault for its officer, or comes back when nothing was wrong', async () => {
    const other = await screened('ana', 'screen-ana');
    await done(post.act(candidacy, 'ana', 'redact_text', { text: other }));
    await done(post.act(candidacy, 'dana', 'settle_redaction', { outcome: 'restored' }));
    expect(await read('ana', other)).toMatchObject({ text: words, redaction: null });
    await done(post.act(candidacy, 'dana', 'redact_text', { text: other }));
    await refused(post.act(candidacy, 'dana', 'settle_redaction', { outcome: 'vaulted' }), {
      rule: 'X30',
      missing: [{ code: 'second_person_needed' }],
    });
    const second = { person: person('june'), capacity: 'hr_director' as const, scope: site };
    await assign(post.ports, [second], { decisionId: 'second-hr', actor: 'installation' });
    await done(post.act(candidacy, 'june', 'settle_redaction', { outcome: 'vaulted' }));
    expect(await read('dana', other)).toMatchObject({ text: 'redacted', redaction: 'vaulted' });
    expect(await read('robin', other)).toMatchObject({ text: words, redaction: 'vaulted', visibility: 'C3' });
    const [row] = await rows('select sealed from texts where ref = $1', [other]);
    expect(row).toEqual({ sealed: null });
    expect(JSON.stringify(await rows('select * from ledger'))).not.toContain('something of their own');
  });

  it('X30 keeps a case that is over from being final until HR has settled it', async () => {
    const status = async () =>
      (await rows('select status from cases where case_id = $1', [clock]))[0]?.['status'];
    await done(post.act(clock, 'marisol', 'confirm_arrangement'));
    expect(await status()).toBe('final');
    await done(post.act(clock, 'robin', 'redact_text', { text: 'txt_ask-change_rationale' }));
    expect(await status()).toBe('closed');
    await done(post.act(clock, 'dana', 'settle_redaction', { outcome: 'deleted' }));
    expect(await status()).toBe('final');
  });
});
