import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerOf, ReadingRefused } from '../../src/client/ask-reader.ts';
import { decideAs } from '../../src/client/decide-as.ts';
import { decideNow } from '../../src/client/decide.ts';
import { carryOut, planImport } from '../../src/client/import.ts';
import type { Plan } from '../../src/client/import.ts';
import { LetterRefused } from '../../src/client/letters-kinds.ts';
import type { LetterPlace } from '../../src/client/letters-kinds.ts';
import { questionsOf } from '../../src/client/letters-questions.ts';
import { makeLetter } from '../../src/client/letters.ts';
import type { GivenForLetter } from '../../src/client/letters.ts';
import { withoutTexts } from '../../src/client/taken-texts.ts';
import { questionBank } from '../../src/content/index.ts';
import { rowFault } from '../../src/contracts/row-faults.ts';
import { deriveKey, deriveSalt } from '../../src/directory/crypto.ts';
import { addPerson, person as personIn } from '../../src/directory/people.ts';
import type { OpeningState } from '../../src/domain/opening/state.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { opaque } from '../../src/domain/kernel/digest.ts';
import { caseOf, person, site, termsForTests } from '../unit/house.ts';
import { stage } from './stage.ts';
import type { Stage } from './stage.ts';

const opening = caseOf('opening', 'import');
const role = caseOf('role', 'import');
let here: Stage;
let n = 0;

async function must(actor: string, type: string, payload: object, acknowledge: readonly string[] = []) {
  const decided = await decideNow(here.house, {
    ...{ v: 1, decisionId: `import-test-${(n += 1)}`, case: opening, type, actor: person(actor) },
    ...{ how: 'asserted_local', payload: { ...payload } },
    ...(acknowledge.length === 0 ? {} : { acknowledge: [...acknowledge] }),
  });
  expect(decided).toMatchObject({ is: 'done' });
}

/** What the site and the role would have published by now. */
async function neighborsSay(): Promise<void> {
  const says = [
    ...[
      ['readiness', site, 'ready_with_actions'],
      ['policies_to_change', site, '0'],
      ['role_holders', site, '1'],
    ],
    ...[
      ['team_oriented', site, '2025-02-28'],
      ['role_described', role, '1'],
      ['pay_range', role, '2200-2500'],
    ],
  ];
  for (const [kind, subject, value] of says)
    await here.house.pool.query(
      'insert into facts (org, kind, subject, value, case_id, sequence) values ($1, $2, $3, $4, $5, 1)',
      [here.house.org, kind, subject, value, role],
    );
}

const rater = (word: string, inRole = false) => ({ person: person(word), inRole, trained: true });

beforeAll(async () => {
  here = await stage({
    seed: 'import',
    clock: '2025-03-03',
    people: {
      ...{ dana: ['hr'], vera: ['hr'], marisol: ['team_member'], theo: ['team_member'] },
      ...{ priya: ['team_member'], luis: ['team_member'], ana: ['team_member'] },
    },
  });
  await neighborsSay();
  await must('dana', 'open', {
    ...{ site, role, roleVersion: 1, seats: 1, hiringManager: person('marisol') },
    screeners: [person('dana'), person('marisol')],
    panel: [rater('marisol'), rater('theo', true), rater('priya'), rater('luis')],
    ...{ alternates: [rater('ana')], plannedPosting: '2025-03-03' },
  });
  await must('dana', 'plan_channels', {
    channels: ['recovery_community_center', 'peer_run_organization', 'own_website'],
  });
  await must('dana', 'approve_posting', {});
  await must('dana', 'post', { closeOn: '2025-03-24' });
}, 180_000);
afterAll(async () => here?.stop(), 60_000);

const office = () => here.ports;
const plan = (text: string, actor = 'dana'): Promise<Plan> =>
  planImport(office(), { opening, actor: person(actor), acknowledge: [] }, new TextEncoder().encode(text));
const count = async (table: 'cases' | 'persons' | 'ledger'): Promise<number> => {
  const only = table === 'ledger' ? ` and kind = 'applied'` : '';
  const where = table === 'persons' ? '' : ` and case_id like 'candidacy-%'${only}`;
  const sql = `select count(*)::int as n from ${table} where org = $1${where}`;
  return (await here.house.pool.query<{ n: number }>(sql, [here.house.org])).rows[0]?.n ?? -1;
};

const file = 'name,email,phone,key\nAmal Reyes,amal@example.org,,A-1\nJo Park,,555 0100,A-2\n';

describe('the opening it is for', () => {
  it('D4.2 has no panel with HR of the site on it, whoever of them opens it', async () => {
    const payload = {
      ...{ site, role, roleVersion: 1, seats: 1, hiringManager: person('marisol') },
      screeners: [person('dana'), person('marisol')],
      panel: [rater('marisol'), rater('theo', true), rater('vera')],
      ...{ alternates: [], plannedPosting: '2025-03-03' },
    };
    const decided = await decideNow(here.house, {
      ...{ v: 1, decisionId: 'import-test-keeper', case: caseOf('opening', 'keeper'), type: 'open' },
      ...{ actor: person('dana'), how: 'asserted_local', payload },
    });
    expect(decided).toMatchObject({
      is: 'refused',
      refusal: { rule: 'D4.2', missing: [{ code: 'keeps_the_process', who: person('vera') }] },
    });
  });
});

describe('an import', () => {
  it('writes nothing when it is only planned, nor when one row of it cannot be', async () => {
    const people = await count('persons');
    const dry = await plan(file);
    expect(dry.errors).toEqual([]);
    expect(dry.rows.map(({ line, is }) => [line, is])).toEqual([
      [2, 'new'],
      [3, 'new'],
    ]);
    const broken = await plan(`${file}Kim,not an address,,A-3\n`);
    expect(broken.errors).toEqual([{ line: 4, code: 'not_valid', column: 'email' }]);
    await expect(carryOut(here.house, broken)).rejects.toThrow('import_with_errors');
    expect([await count('persons'), await count('cases')]).toEqual([people, 0]);
  });

  it('is HR’s alone, and for an opening that is there', async () => {
    await expect(plan(file, 'luis')).rejects.toBeInstanceOf(ReadingRefused);
    const nowhere = { opening: caseOf('opening', 'nowhere'), actor: person('dana'), acknowledge: [] };
    await expect(planImport(office(), nowhere, new TextEncoder().encode(file))).rejects.toBeInstanceOf(
      ReadingRefused,
    );
  });

  it('enters each row once, whoever of HR brings the same file again, and nobody is attested', async () => {
    const first = await carryOut(here.house, await plan(file));
    expect(first).toMatchObject({
      is: 'done',
      rows: [
        { line: 2, is: 'new' },
        { line: 3, is: 'new' },
      ],
    });
    expect(await count('cases')).toBe(2);
    expect(await count('ledger')).toBe(2);
    for (const who of ['dana', 'vera']) {
      const again = await carryOut(here.house, await plan(file, who));
      expect(again.rows).toEqual(first.rows.map((row) => ({ ...row, is: 'there' })));
    }
    const more = await carryOut(here.house, await plan(`${file}Zoë Ñandú,zoe@example.org,,A-3\n`));
    expect(more.rows.map(({ is }) => is)).toEqual(['there', 'there', 'new']);
    expect(await count('cases')).toBe(3);
    expect(await count('ledger')).toBe(3);
    const { rows: bodies } = await here.house.pool.query<{ body: string; actor: string }>(
      `select body, actor from ledger where org = $1 and kind = 'applied' order by position`,
      [here.house.org],
    );
    for (const { body, actor } of bodies) {
      expect(JSON.parse(body)).toMatchObject({ attested: false, entered: 'hr', way: 'import' });
      expect(actor).toBe(person('dana'));
      expect(body).not.toMatch(/Amal|Jo Park|example\.org|555|A-1/);
    }
  });

  it('seals names and addresses in the directory, and refuses the same row with other details', async () => {
    const { pool, keys, org } = here.house;
    const [amal] = (await plan(file)).rows;
    expect(await personIn(pool, keys, org, amal?.person ?? '')).toMatchObject({
      ...{ name: 'Amal Reyes', email: 'amal@example.org', channel: 'mail' },
    });
    const sealed = await pool.query<{ hit: number }>(
      `select count(*)::int as hit from person_fields where org = $1 and position('Amal'::bytea in sealed) > 0`,
      [org],
    );
    expect(sealed.rows[0]?.hit).toBe(0);
    const other = await plan(file.replace('amal@example.org', 'amal@elsewhere.example'));
    expect(other.errors).toEqual([{ line: 2, code: 'other_details', column: 'email' }]);
  });

  it('R3.4 enters nobody of another file who applies here already under another key', async () => {
    const before = await count('cases');
    const rows = [
      'name,email,phone,key',
      'A. Reyes,AMAL@example.org,,B-1',
      'JO PARK,jo@example.org,555-0100,B-2',
      'Sam Park,sam@example.org,555 0100,B-3',
    ];
    const dry = await plan(`${rows.join('\n')}\n`);
    expect(dry.errors).toEqual([
      { line: 2, code: 'applies_already', column: 'email' },
      { line: 3, code: 'applies_already', column: 'phone' },
    ]);
    // Who shares a number is somebody else.
    expect(dry.rows.map(({ line, is }) => [line, is])).toEqual([[4, 'new']]);
    expect(rowFault('applies_already')).toContain('already');
    await expect(carryOut(here.house, dry)).rejects.toThrow('import_with_errors');
    expect(await count('cases')).toBe(before);
  });

  it('knows a key again that was entered with its accents apart', async () => {
    const key = 'Ñandú-7';
    const { keys, org } = here.house;
    const secret = deriveKey(keys.master, 'import');
    const of = (what: string): string =>
      opaque(deriveSalt(secret, JSON.stringify([org, opening, what, key.normalize('NFD')])).toString('hex'));
    const who = { org, ref: `prs_${of('person')}`, name: 'Ira Moss', email: 'ira@example.org' };
    await addPerson(here.house.pool, keys, who);
    const payload = {
      site,
      opening,
      person: who.ref,
      attested: false,
      way: 'import',
      row: `row_${of('row')}`,
    };
    const entered = await decideNow(here.house, {
      ...{ v: 1, decisionId: `imp_${of('decision')}`, case: `candidacy-${of('candidacy')}`, type: 'open' },
      ...{ actor: person('dana'), how: 'asserted_local', payload },
    });
    expect(entered).toMatchObject({ is: 'done' });
    for (const form of ['NFC', 'NFD'] as const) {
      const again = await plan(`name,email,key\nIra Moss,ira@example.org,${key.normalize(form)}\n`);
      expect(again.errors).toEqual([]);
      expect(again.rows).toEqual([
        { line: 2, person: who.ref, candidacy: `candidacy-${of('candidacy')}`, is: 'there' },
      ]);
    }
  });
});

describe('the questions that a letter sends ahead', () => {
  const own = 'Tell us of a time when you and a colleague saw a plan differently.';
  const bank = 'question-support-1';
  const inBank = () => questionBank().questions.find((one) => one.id === bank)?.text;
  const place = async (who = 'dana') =>
    ({ office: office(), reader: await readerOf(office(), person(who)) }) as unknown as LetterPlace;

  it('R4.6 are the wordings that were approved, those of this opening too, and not what a sender types', async () => {
    const decisionId = 'import-test-questions';
    const { payload, texts } = withoutTexts(decisionId, person('dana'), {
      questions: [
        { id: 'Q1', status: 'approved', text: { text: own } },
        { id: bank, status: 'approved' },
      ],
    });
    const head = { v: 1, decisionId, case: opening, type: 'mark_questions', actor: person('dana') } as const;
    const envelope = { ...head, how: 'asserted_local', payload } as const;
    const deciding = { office: office(), house: async () => here.house };
    expect(await decideAs(deciding, { envelope, texts })).toMatchObject({ is: 'done' });
    const wordings = {
      Q1: { text: String((payload as { questions: { text: string }[] }).questions[0]?.text) },
    } as unknown as OpeningState['wordings'];
    const set = { asked: ['Q1', bank], wordings };
    expect(await questionsOf(await place(), set)).toEqual([own, inBank()]);
    expect(await questionsOf(await place(), { asked: [bank], wordings: {} })).toEqual([inBank()]);
    // No wording is known of it, so the sender still gives the list.
    expect(await questionsOf(await place(), { ...set, asked: ['Q1', 'Q2'] })).toBeUndefined();
    expect(await questionsOf(await place(), { asked: null, wordings })).toBeUndefined();
    // Nor of one whose text went with its author, or is hidden.
    const gone = { Q1: { text: 'txt_import-test-nowhere_text' } } as unknown as OpeningState['wordings'];
    expect(await questionsOf(await place(), { ...set, wordings: gone })).toBeUndefined();
  });
});

describe('a letter to somebody who was imported', () => {
  const given: GivenForLetter = {
    fields: {
      ...{ position_title: 'Peer support specialist', next_step: 'Two people read it.' },
      ...{ organization_name: 'Northside', sender_phone: '555 0199', accommodation_contact: 'Bo, 555 0111' },
    },
    standing: new Set(['organization_name']),
    sections: [],
  };
  const amal = async (): Promise<string> => (await plan(file)).rows[0]?.candidacy ?? '';

  it('is made by HR from the directory, carries the line about counsel, and is a reading on record', async () => {
    const letter = await makeLetter(office(), person('dana'), 'ack', await amal(), given);
    expect(letter.markdown).toContain('Dear Amal Reyes,');
    expect(letter.markdown).toContain('3 Mar 2025');
    expect(letter.markdown).toContain('This profile was not read by counsel.');
    const { rows } = await here.house.pool.query<{ body: string }>(
      `select body from ledger where org = $1 and case_id = 'house-access' and actor = $2 order by position desc limit 1`,
      [here.house.org, person('dana')],
    );
    expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({ what: 'letter', refs: [await amal()] });
  });

  it('is refused to others, with open fields, with fields the ledger knows, and when it is not the time', async () => {
    const id = await amal();
    const by = (who: string, kind: 'ack' | 'offer' | 'final', more: Partial<GivenForLetter> = {}) =>
      makeLetter(office(), person(who), kind, id, { ...given, ...more });
    await expect(by('luis', 'ack')).rejects.toBeInstanceOf(ReadingRefused);
    await expect(by('dana', 'ack', { fields: {} })).rejects.toMatchObject({
      code: 'letter_incomplete',
      fields: expect.arrayContaining(['position_title', 'organization_name']),
    });
    const known = { ...given.fields, counsel_line: 'Read by counsel.' };
    await expect(by('dana', 'ack', { fields: known })).rejects.toMatchObject({
      ...{ code: 'letter_field_known', fields: ['counsel_line'] },
    });
    const strange = { ...given.fields, colour: 'blue' };
    await expect(by('dana', 'ack', { fields: strange })).rejects.toMatchObject({
      ...{ code: 'letter_field_unknown', fields: ['colour'] },
    });
    await expect(by('dana', 'offer')).rejects.toMatchObject({ code: 'offer_not_approved' });
    await expect(by('dana', 'final')).rejects.toSatisfy(
      (error) => error instanceof LetterRefused || error instanceof ReadingRefused,
    );
  });
});

describe('an import after the posting closed', () => {
  it('D3.1 needs the warning acknowledged, for every row', async () => {
    const conductor = await here.conductor();
    await conductor.drain();
    await conductor.advanceTo(instantOf(termsForTests().calendar, '2025-03-24', '10:00'));
    await conductor.release();
    await must('dana', 'close_posting', {});
    const late = await plan(`${file}Lee Late,lee@example.org,,A-9\n`);
    expect(late.errors).toEqual([{ line: 4, code: expect.stringContaining('acknowledgement_needed D3.1') }]);
    const acknowledge = ['D3.1'];
    const bytes = new TextEncoder().encode('name,email,key\nLee Late,lee@example.org,A-9\n');
    const again = await planImport(office(), { opening, actor: person('dana'), acknowledge }, bytes);
    expect(await carryOut(here.house, again)).toMatchObject({ is: 'done', rows: [{ is: 'new' }] });
  });
});
