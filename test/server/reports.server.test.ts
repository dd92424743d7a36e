import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hiresText } from '../../src/cli/board.ts';
import { explainText } from '../../src/cli/explain.ts';
import { packetDocument } from '../../src/cli/packet.ts';
import { reportCsv, reportText } from '../../src/cli/report.ts';
import type { Io } from '../../src/cli/io.ts';
import { askExplanation } from '../../src/client/ask-explain.ts';
import { askPacket } from '../../src/client/ask-packet.ts';
import { askReport, reportNames } from '../../src/client/ask-report.ts';
import type { ReportName, ShownReport } from '../../src/client/ask-report.ts';
import type { ReadingOffice } from '../../src/client/ask-reader.ts';
import { askSearch } from '../../src/client/ask-search.ts';
import { askWaiting } from '../../src/client/ask-waiting.ts';
import { assign } from '../../src/client/organization.ts';
import { caseOfUnit } from '../../src/client/report-life.ts';
import { addPerson } from '../../src/directory/people.ts';
import { toHtml, toMarkdown } from '../../src/documents/render.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { staged, textsOf } from '../scenarios.ts';
import { person } from '../unit/house.ts';
import { openPlayground } from './playground.ts';
import type { Playground } from './playground.ts';

/** Reports and papers of the worked example, as it was played on the real servers. */

const northside = staged('northside');
const { cast, scenario } = northside;
const hr = cast.person('dana');
const auditor = person('an auditor of reports');
const names = Object.values(scenario.people).map((one) => one.name);
const io: Io = { out: () => undefined, err: () => undefined, env: {}, color: false, stdin: async () => null };
let ground: Playground;
let office: ReadingOffice;

beforeAll(async () => {
  ground = await openPlayground();
  const { house } = await ground.play(northside);
  const { org, pool, keys } = house;
  office = { org, pool, keys, terms: new TermsStore() };
  await addPerson(pool, keys, { org, ref: auditor, name: 'Test auditor', email: 'auditor@example.org' });
  const held = [{ person: auditor, capacity: 'auditor' as const, scope: cast.site }];
  await assign(office, held, { decisionId: 'reports-auditor', actor: 'installation' });
}, 500_000);
afterAll(async () => ground?.stop(), 60_000);

const ask = (name: ReportName, as = hr): Promise<ShownReport> => askReport(office, { as, name });
const sql = async <T>(text: string): Promise<readonly T[]> =>
  (await office.pool.query(text, [office.org])).rows as T[];

function valueOf(report: ShownReport, about: string, column: string): number | null | undefined {
  return report.groups[0]?.lines.find((line) => line.about === about)?.cells[column]?.value;
}

const cellsOf = (report: ShownReport) =>
  report.groups.flatMap(({ lines }) => lines.flatMap((line) => Object.values(line.cells)));

describe('numbers of the played ledger', () => {
  it('open into their cases, each of which is there, and none of which is confidential', async () => {
    const known = new Set(
      (await sql<{ case_id: string }>('select case_id from cases where org = $1')).map((row) => row.case_id),
    );
    for (const name of reportNames) {
      const report = await ask(name);
      expect(report.groups.length, name).toBeGreaterThan(0);
      const counts = report.columns.filter((column) => column.is === 'count').map((column) => column.id);
      for (const line of report.groups.flatMap((group) => group.lines))
        for (const id of counts) {
          const cell = line.cells[id];
          if (cell === undefined || cell.value === null || cell.units.length === 0) continue;
          expect(cell.value, `${name} ${line.about} ${id}`).toBe(cell.units.length);
        }
      const cases = cellsOf(report).flatMap((cell) => cell.units.map(caseOfUnit));
      expect(cases.filter((id) => !known.has(id) || id.startsWith('clock-'))).toEqual([]);
    }
  });

  it('agree with the ledger counted another way', async () => {
    const counts = await sql<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from ledger where org = $1 and case_id like 'employment-%' group by kind`,
    );
    const of = (kind: string): number => counts.find((row) => row.kind === kind)?.n ?? 0;
    const dose = await ask('supervision-dose');
    expect(valueOf(dose, 'planned sessions', 'held')).toBe(of('session_logged'));
    expect(valueOf(dose, 'planned sessions', 'skipped')).toBe(of('session_on_leave'));
    const applied = await sql<{ n: number }>(
      `select count(*)::int as n from ledger where org = $1 and kind = 'applied'`,
    );
    const report = await ask('funnel');
    expect(valueOf(report, 'applied', 'reached')).toBe(applied[0]?.n);
    expect(valueOf(report, 'hired', 'reached')).toBe(1);
    expect(valueOf(await ask('time-to-fill'), 'opened to first day', 'filled')).toBe(1);
    const late = await sql<{ n: number }>(
      `select count(*)::int as n from ledger where org = $1 and kind = 'answered_late'`,
    );
    const overdue = await ask('overdue');
    const answered = overdue.groups.flatMap(({ lines }) =>
      lines.map((line) => line.cells['answered_late']?.value ?? 0),
    );
    expect(answered.reduce((a, b) => a + b, 0)).toBe(late[0]?.n);
  });

  it('R8.4: about what became of people are withheld from everybody while they are fewer than five', async () => {
    for (const name of ['retention', 'fairness', 'role'] as const)
      for (const as of [hr, auditor]) {
        const cells = cellsOf(await ask(name, as));
        expect(cells.length).toBeGreaterThan(0);
        expect(cells.filter((cell) => cell.value !== null || cell.units.length > 0)).toEqual([]);
      }
  });

  it('are withheld, small as they are, from an auditor, and refused to whoever has no office there', async () => {
    const cells = cellsOf(await ask('funnel', auditor));
    expect(cells.filter((cell) => cell.withheld !== 'small')).toEqual([]);
    const part = { name: 'funnel', site: cast.site } as const;
    expect((await askReport(office, { ...part, as: hr })).groups.length).toBe(1);
    await expect(askReport(office, { ...part, as: auditor })).rejects.toMatchObject({
      code: 'not_permitted',
    });
    for (const name of ['retention', 'fairness', 'role'] as const)
      await expect(askReport(office, { as: hr, name, from: 2025 })).rejects.toMatchObject({
        code: 'not_permitted',
      });
    for (const as of [cast.person('theo'), cast.person('leo')])
      await expect(ask('funnel', as)).rejects.toMatchObject({ code: 'not_permitted' });
  });

  it('leave a row of their reading', async () => {
    const before = await sql<{ body: string }>(
      `select body from ledger where org = $1 and case_id = 'house-access' and body like '%report_funnel%'`,
    );
    await ask('funnel');
    const after = await sql<{ body: string }>(
      `select body from ledger where org = $1 and case_id = 'house-access' and body like '%report_funnel%'`,
    );
    expect(after.length).toBe(before.length + 1);
    expect(after.at(-1)?.body).toContain('candidacy-');
  });

  it('name the span and no person, as text and as CSV', async () => {
    for (const name of reportNames) {
      const report = await ask(name);
      const printed = [reportText(io, report, true), reportCsv(report)].join('\n');
      expect(printed).toContain('2025');
      expect(names.filter((one) => printed.includes(one))).toEqual([]);
      expect(printed).not.toMatch(/prs_|clock-|sealed/);
    }
  });
});

describe('papers', () => {
  const opening = (): Promise<string> =>
    sql<{ case_id: string }>(`select case_id from cases where org = $1 and kind = 'opening'`).then(
      (rows) => rows[0]!.case_id,
    );

  it('case packet: outcomes with reasons, notices, readings, what was missing; names only when asked for', async () => {
    const id = await opening();
    const packet = await askPacket(office, hr, id, false);
    const markdown = toMarkdown(packetDocument(packet));
    expect(packet.applicants.map((one) => one.outcome).toSorted()).toEqual([
      'hired',
      'reserve_ended',
      'withdrawn',
    ]);
    for (const part of [
      '## Posting',
      '## Questions and interviews',
      '## Applicants',
      '## Notices to applicants',
    ])
      expect(markdown).toContain(part);
    for (const part of ['## What was missing, and why', '## Who read what', '## How to check it'])
      expect(markdown).toContain(part);
    expect(markdown).toContain(packet.head.hash);
    expect(markdown).toContain('R0.4');
    expect(names.filter((one) => markdown.includes(one))).toEqual([]);
    expect(markdown).not.toMatch(/clock-|sealed|P5\.2|confidential item/);
    // Without names, refs of people stand where a person is meant, and nowhere inside a detail.
    expect(markdown).not.toMatch(/:prs|obligation/);
    // What somebody wrote about an applicant stays where it is.
    const own = new Set(packet.texts.values());
    expect(
      textsOf(scenario).filter((text) => !own.has(text) && text.length > 20 && markdown.includes(text)),
    ).toEqual([]);
    const named = toHtml(packetDocument(await askPacket(office, hr, id, true)));
    expect(named).toContain('Dana');
    expect(named).toContain('Packet');
  });

  it('case packet: is refused to a judge, an auditor and the machine', async () => {
    const id = await opening();
    for (const as of [cast.person('theo'), auditor, 'installation'])
      await expect(askPacket(office, as, id, false)).rejects.toMatchObject({ code: 'not_permitted' });
  });

  it('case explain: sentences with their rows, gates and the hash that proves them', async () => {
    const id = await opening();
    const text = explainText(await askExplanation(office, hr, id));
    expect(text).toContain('selection confirmed');
    expect(text).toMatch(/Before this, G4[^ ]* had to hold/);
    const last = await sql<{ hash: string }>(
      `select encode(hash, 'hex') as hash from ledger where org = $1 and case_id like 'opening-%' order by position desc limit 1`,
    );
    expect(text).toContain(last[0]?.hash);
    expect(text).not.toContain('txt_');
    // D3.5: who stepped aside is not told.
    expect(text).toMatch(/seat refilled[^\n]*Whoever it concerned/);
    const masked = explainText(await askExplanation(office, auditor, id));
    expect(masked).toContain('may not show');
    expect(names.filter((one) => masked.includes(one))).toEqual([]);
  });
});

describe('over all hires', () => {
  it('history search: finds by kind, actor, case and days, and only what the reader may see', async () => {
    const all = { limit: 50 };
    const hired = await askSearch(office, hr, { ...all, kind: 'hired' });
    expect(hired.list.map((row) => row.kind)).toEqual(['hired']);
    const mine = await askSearch(office, hr, { ...all, actor: hr });
    expect(mine.list.length).toBe(50);
    expect(mine.more).toBeGreaterThan(0);
    expect(new Set(mine.list.map((row) => row.actor))).toEqual(new Set([hr]));
    const at = hired.list[0]!.at;
    const span = { since: { at }, until: { at: at + 1 }, kind: 'hired' };
    expect((await askSearch(office, hr, { ...all, ...span })).list.length).toBe(1);
    expect((await askSearch(office, hr, { ...all, kind: 'hired', until: { at } })).list).toEqual([]);
    expect((await askSearch(office, hr, { ...all, kind: 'hired', since: { ago: 1 } })).list).toEqual([]);
    // A masked row does not answer to its actor: an auditor finds the kind, and not who.
    const sheets = { ...all, kind: 'sheet_submitted' };
    const judge = (await askSearch(office, hr, sheets)).list[0]!.actor!;
    expect((await askSearch(office, auditor, sheets)).list.length).toBeGreaterThan(0);
    expect((await askSearch(office, auditor, { ...sheets, actor: judge })).list).toEqual([]);
    const seen = await askSearch(office, hr, { limit: 99_999 });
    expect(
      seen.list.filter((row) => row.case.startsWith('clock-') && !row.masked && row.visibility === 'C3'),
    ).toEqual([]);
  });

  it('waiting --hires: a line for each, how late it is and what comes next', async () => {
    const { now, list } = await askWaiting(office, { as: hr });
    const hires = list.filter((one) => ['candidacy', 'employment', 'review'].includes(one.kind));
    expect(hires.length).toBeGreaterThan(0);
    const printed = hiresText(io, hires, now);
    for (const one of hires) expect(printed).toContain(one.case.slice(0, 11));
  });
});
