import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShell } from './binary.ts';
import type { Shell } from './binary.ts';

/** The verbs around hiring as somebody in HR types them: real processes, a real installation, the real clock. */

const site = `site_${'northside'.padEnd(26, '0')}`;
const role = `role-${'0'.repeat(26)}`;
const DAY = 86_400_000;
const day = (from: number): string => new Date(Date.now() + from * DAY).toISOString().slice(0, 10);

let here: Shell;
let opening = '';
const names = {
  ...{ dana: ['hr'], vera: ['hr'], marisol: ['team_leader'], theo: ['adviser'] },
  ...{ priya: ['team_member'], luis: ['team_member'], ana: ['team_member'] },
};
const ref = (word: string): string => `prs_${word.padEnd(26, '0')}`;

/** What the commands answer, as far as it is read here. */
interface Said {
  readonly is: string;
  readonly receipt: { readonly case: string };
  readonly refusal: { readonly code: string; readonly rule: string | null };
  readonly error: { readonly code: string; readonly message: string };
  readonly findings: readonly { readonly field: string; readonly findings: readonly object[] }[];
  readonly errors: readonly object[];
  readonly rows: readonly { readonly line: number; readonly candidacy: string; readonly is: string }[];
  readonly comparator: { readonly values: object } | null;
  readonly text: string;
}
async function json(argv: readonly string[]): Promise<{ readonly code: number | null; readonly said: Said }> {
  const { code, said } = await here.json(argv);
  return { code, said: said as Said };
}

async function decided(type: string, payload: object, more: readonly string[] = []) {
  const target = opening === '' ? ['--new', 'opening'] : ['--case', opening];
  const said = JSON.stringify(payload);
  return json(['decide', ...target, '--type', type, '--actor', ref('dana'), '--payload', said, ...more]);
}

const rater = (word: string, inRole = false) => ({ person: ref(word), inRole, trained: true });

/** What the site and the role would have published by now. */
async function neighborsSay(): Promise<void> {
  const [house] = await here.query<{ org: string }>('select org from orgs');
  const says = [
    ...[
      ['readiness', site, 'ready_with_actions'],
      ['policies_to_change', site, '0'],
      ['role_holders', site, '1'],
    ],
    ...[
      ['team_oriented', site, day(-3)],
      ['role_described', role, '1'],
      ['pay_range', role, '2200-2500'],
    ],
  ];
  for (const [kind, subject, value] of says)
    await here.query(
      'insert into facts (org, kind, subject, value, case_id, sequence) values ($1, $2, $3, $4, $5, 1)',
      [house?.org, kind, subject, value, role],
    );
}

beforeAll(async () => {
  here = await startShell('hiring');
  await json(['site', 'add', 'Northside', '--zone', 'America/New_York', '--ref', site]);
  for (const [word, capacities] of Object.entries(names)) {
    const held = capacities.flatMap((one) => ['--capacity', `${one}@${site}`]);
    const mail = ['--email', `${word}@example.org`];
    await json(['people', 'add', '--name', `Test ${word}`, '--ref', ref(word), ...mail, ...held]);
  }
  await neighborsSay();
  const opened = await decided('open', {
    ...{ site, role, roleVersion: 1, seats: 1, hiringManager: ref('marisol') },
    screeners: [ref('dana'), ref('marisol')],
    panel: [rater('marisol'), rater('theo', true), rater('priya'), rater('luis')],
    ...{ alternates: [rater('ana')], plannedPosting: day(0) },
  });
  expect(opened).toMatchObject({ code: 0 });
  opening = opened.said.receipt.case;
  const channels = ['recovery_community_center', 'peer_run_organization', 'own_website'];
  expect(await decided('plan_channels', { channels })).toMatchObject({ code: 0 });
}, 300_000);
afterAll(async () => here?.stop(), 60_000);

const rowsNow = async (): Promise<readonly object[]> =>
  here.query(`select (select count(*)::int from texts) as texts, (select count(*)::int from persons) as people,
    (select count(*)::int from ledger where actor like 'prs_%') as rows`);

describe('hiring from a shell', () => {
  it('refuses a text that a guard blocks, tells its author why, and keeps nothing of it', async () => {
    const before = await rowsNow();
    const words = 'Whoever is hired is required to disclose their lived experience to everybody.';
    const no = await decided('approve_posting', {}, ['--text', `text=${words}`]);
    expect(no).toMatchObject({ code: 2, said: { is: 'refused', refusal: { code: 'guard_blocked' } } });
    expect(no.said.findings).toMatchObject([{ field: 'text', findings: [{ level: 'block' }] }]);
    expect(JSON.stringify(no.said)).not.toContain('Whoever is hired');
    expect(await rowsNow()).toEqual(before);
  }, 120_000);

  it('L3 takes a text that a guard warns of only with the code of the warning', async () => {
    const before = await rowsNow();
    const warned = ['--dry-run', '--text', 'text=We look for an ex-addict with two years of experience.'];
    const no = await decided('approve_posting', {}, warned);
    expect(no).toMatchObject({ code: 2, said: { refusal: { code: 'acknowledgement_needed', rule: 'L3' } } });
    expect(no.said.findings).toMatchObject([{ field: 'text', findings: [{ rule: 'L3', level: 'warn' }] }]);
    const yes = await decided('approve_posting', {}, [...warned, '--acknowledge', 'L3']);
    expect(yes).toMatchObject({ code: 0, said: { is: 'would' } });
    expect(await rowsNow()).toEqual(before);
  }, 120_000);

  it('names the card that explains a gate which does not hold, and shows it (G2)', async () => {
    const early = await here.call([
      ...['decide', '--case', opening, '--type', 'post', '--actor', ref('dana')],
      ...['--payload', JSON.stringify({ closeOn: day(21) })],
    ]);
    expect(early).toMatchObject({ code: 2, out: '' });
    expect(early.err).toContain('(gate_not_passed G2)');
    expect(early.err).toContain('Why it asks for this: peer-hire learn G2');
    const card = await here.call(['learn', 'G2']);
    expect(card).toMatchObject({ code: 0, err: '' });
    expect(card.out).toMatch(/^G2 /);
  }, 120_000);

  it('hides a text at once and settles it by another person of HR (X30)', async () => {
    const lawful = 'You work with people as somebody who knows recovery from the inside.';
    const posted = ['--decision-id', 'dec_posting', '--text', `text=${lawful}`];
    expect(await decided('approve_posting', {}, posted)).toMatchObject({ code: 0 });
    const text = 'txt_dec_posting_texttext';
    const show = async (as: string) => (await json(['text', 'show', text, '--as', ref(as)])).said.text;
    expect(await show('marisol')).toBe(lawful);
    const settle = (as: string, outcome: string) =>
      json(['text', 'settle', text, '--as', ref(as), '--outcome', outcome]);
    expect(await settle('vera', 'deleted')).toMatchObject({ code: 2, said: { refusal: { rule: 'X30' } } });
    expect(await json(['text', 'redact', text, '--as', ref('dana')])).toMatchObject({ code: 0 });
    expect(await show('marisol')).toBe('redacted');
    expect(await show('vera')).toBe(lawful);
    expect(await settle('dana', 'deleted')).toMatchObject({ code: 2, said: { refusal: { rule: 'X30' } } });
    expect(await settle('vera', 'gone')).toMatchObject({ code: 2, said: { refusal: { code: 'malformed' } } });
    expect(await settle('vera', 'deleted')).toMatchObject({ code: 0 });
    expect(await show('vera')).toBe('redacted');
    expect(await here.query('select sealed from texts where ref = $1', [text])).toEqual([{ sealed: null }]);
  }, 120_000);

  it('takes the comparator record of a site from its HR alone', async () => {
    const file = join(here.base, 'comparator.json');
    const values = { probation_d: 90, review_cycle: 'yearly', sick_leave_policy: 'staff-handbook-4' };
    writeFileSync(file, JSON.stringify({ source: 'Staff handbook 2026', recorded: day(-30), values }));
    const enter = (as: readonly string[]) => json(['site', 'comparator', site, '--file', file, ...as]);
    expect((await json(['site', 'comparator', site])).said.comparator).toBeNull();
    expect(await enter([])).toMatchObject({ code: 64, said: { error: { code: 'usage' } } });
    expect(await enter(['--as', ref('luis')])).toMatchObject({
      ...{ code: 2, said: { error: { code: 'not_permitted' } } },
    });
    const told = await enter(['--as', ref('dana'), '--cases', opening]);
    expect(told).toMatchObject({ code: 0, said: { is: 'applied', what: 'comparator', told: [opening] } });
    expect((await json(['site', 'comparator', site])).said.comparator).toMatchObject({ values });
    const text = await here.call(['site', 'comparator', site]);
    expect(text.out).toContain('Not on record: ');
  }, 120_000);
});

describe('applications from a file', () => {
  const file = 'name,email,phone,key\nAmal Reyes,amal@example.org,,A-1\nJo Park,,555 0100,A-2\n';
  const importing = (name: string, content: string, more: readonly string[] = []) => {
    const path = join(here.base, name);
    writeFileSync(path, content);
    return json(['import', path, '--opening', opening, '--as', ref('dana'), ...more]);
  };

  it('are all there, or none: errors by line, a dry run, then once and not twice', async () => {
    const early = join(here.base, 'early.csv');
    writeFileSync(early, file);
    const no = await here.call(['import', early, '--opening', opening, '--as', ref('dana'), '--dry-run']);
    expect(no).toMatchObject({ code: 2, out: '' });
    expect(no.err).toMatch(/line 2: refused \(rule_blocks D3\.1 not_posted\): .*it is not posted/);
    expect(await decided('post', { closeOn: day(21) })).toMatchObject({ code: 0 });
    const before = await rowsNow();
    const broken = await importing('broken.csv', `${file}Kim,not an address,,A-3\n`, ['--dry-run']);
    expect(broken).toMatchObject({ code: 2, said: { is: 'refused' } });
    expect(broken.said.errors).toEqual([{ line: 4, code: 'not_valid', column: 'email' }]);
    const attested = await importing('attested.csv', 'name,lived_experience\nKim,yes\n');
    expect(attested).toMatchObject({ code: 2, said: { error: { code: 'columns_unknown' } } });
    const dry = await importing('good.csv', file, ['--dry-run']);
    expect(dry).toMatchObject({ code: 0, said: { is: 'would', rows: [{ is: 'new' }, { is: 'new' }] } });
    expect(await rowsNow()).toEqual(before);
    const real = await importing('good.csv', file);
    expect(real).toMatchObject({ code: 0, said: { is: 'done', rows: [{ is: 'new' }, { is: 'new' }] } });
    expect(real.said.rows).toEqual(dry.said.rows);
    const after = await rowsNow();
    const again = await importing('good.csv', file);
    expect(again).toMatchObject({ code: 0, said: { rows: [{ is: 'there' }, { is: 'there' }] } });
    expect(await rowsNow()).toEqual(after);
  }, 120_000);

  it('are answered by a letter: what the ledger does not know is asked for, and no file is written over', async () => {
    const [first] = (await importing('good.csv', file, ['--dry-run'])).said.rows;
    const fields = join(here.base, 'letters.json');
    const standing = { organization_name: 'Northside Center', position_title: 'Peer support specialist' };
    writeFileSync(fields, JSON.stringify(standing));
    const out = join(here.base, 'ack.html');
    const letter = (more: readonly string[]) =>
      json(['letter', 'ack', '--case', first?.candidacy ?? '', '--as', ref('dana'), '--out', out, ...more]);
    const open = await letter([]);
    expect(open).toMatchObject({ code: 2, said: { error: { code: 'letter_incomplete' } } });
    expect(open.said.error.message).toContain('next_step');
    const rest = [
      ...['--fields', fields, '--field', 'next_step=Two people read it.', '--field', 'sender_phone=555 0199'],
      ...['--field', 'accommodation_contact=Tomas Berg, 555 0123'],
    ];
    expect(await letter([...rest, '--field', 'recipient_name=Somebody'])).toMatchObject({
      ...{ code: 2, said: { error: { code: 'letter_field_known' } } },
    });
    expect(await letter(rest)).toMatchObject({ code: 0, said: { is: 'made', out } });
    const page = readFileSync(out, 'utf8');
    expect(page).toContain('Dear Amal Reyes');
    expect(page).toContain('This profile was not read by counsel.');
    expect(statSync(out).mode & 0o077).toBe(0);
    expect(await letter(rest)).toMatchObject({ code: 64 });
    const bare = ['letter', 'ack', '--case', first?.candidacy ?? '', '--as', ref('dana'), '--html', ...rest];
    expect((await here.call(bare)).out.trimEnd()).toBe(page.trimEnd());
  }, 120_000);
});
