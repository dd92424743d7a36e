import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { deciderOf, deciders } from '../../src/domain/cases.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { pruned } from '../../src/domain/kernel/held.ts';
import type { Held } from '../../src/domain/kernel/held.ts';
import { nextWake } from '../../src/domain/kernel/agenda.ts';
import { agendaOf } from '../../src/domain/kernel/obligations.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import type { Terms, TermsRef } from '../../src/domain/kernel/terms.ts';
import { kindOf } from '../../src/domain/kernel/words.ts';
import { TermsStore } from '../../src/ledger/documents.ts';
import { SEALED, foldCase } from '../../src/ledger/fold.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { HouseFold } from '../../src/ledger/verify/house.ts';
import { parseHeader, parseLine } from '../../src/ledger/verify/lines.ts';
import type { DocumentLine } from '../../src/ledger/verify/lines.ts';
import { Papers } from '../../src/ledger/verify/papers.ts';
import type { ChainRow } from '../../src/ledger/verify/row-hash.ts';
import { nowhere } from '../../src/ledger/verify/verdict.ts';
import { World } from '../../src/sandbox/world.ts';

/** The ledger of a play of the first release, as the database wrote it: every later release folds, proves and continues it. */
const file = new URL('ledgers/northside-1.jsonl.gz', import.meta.url);
const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
const header = parseHeader(lines[0]!);
const rows: ChainRow[] = [];
const documents: DocumentLine[] = [];
for (const line of lines.slice(1)) {
  const parsed = parseLine(line, nowhere);
  if (parsed.is === 'row') rows.push(parsed.row);
  if (parsed.is === 'document') documents.push(parsed.document);
}
const ofHouse = (row: ChainRow): boolean => row.case_id.startsWith('house-');
const cases = new Map<string, ChainRow[]>();
for (const row of rows) if (!ofHouse(row)) cases.set(row.case_id, [...(cases.get(row.case_id) ?? []), row]);
/** Confidential ones say offline only what they published. */
const openCases = [...cases].filter(([, list]) => list.every((row) => row.kind !== SEALED));

async function* streamed(): AsyncIterable<string> {
  yield* lines;
}

/** The organization as the ledger left it, in memory. */
function worldFrom(): { readonly world: World; readonly terms: Terms } {
  const papers = new Papers();
  for (const document of documents) papers.add(document);
  const house = new HouseFold(papers);
  for (const row of rows.filter(ofHouse)) house.fold(row);
  const store = new TermsStore();
  for (const { hash, body } of documents) store.add(hash, JSON.parse(body) as object);
  const last = openCases.map(([, list]) => list.at(-1)!);
  const terms = store.get(JSON.parse(last[0]!.terms) as TermsRef);
  const site = heldOf(last[0]!.case_id).base.site;
  const world = new World(site, terms, header.at, header.org);
  world.assignments.push(...house.assignments(house.people()));
  for (const [id] of openCases) world.cases.set(id, placeOf(id, terms));
  return { world, terms };
}

const heldOf = (id: string): Held => foldCase(cases.get(id)!, new Map())!;

function placeOf(id: string, terms: Terms) {
  const decider = deciderOf(kindOf(id)!);
  const folded = heldOf(id);
  const obligations = agendaOf(decider, folded, terms, id);
  const held = pruned(folded, new Set(obligations.map((one) => one.id)));
  const facts = decider
    .facts(held.own, id)
    .map((fact) => ({ ...fact, case: id, sequence: held.base.sequence }));
  const final = decider.standing(held.own).status === 'final';
  return { held, obligations, facts, final, nextWake: nextWake(obligations, held.base.sent) };
}

describe('the ledger of the first release', () => {
  it('is proven offline', async () => {
    const verdict = await verifyExport(streamed());
    if (!verdict.ok) expect.fail(`${verdict.code} at ${verdict.place.position}: ${verdict.what}`);
    expect(verdict).toMatchObject({ ok: true, proves: 'organization', rows: rows.length, cases: cases.size });
    expect(rows.length).toBeGreaterThan(700);
  });

  it('holds every kind of case, and none in a newer fold than ours', () => {
    expect(new Set([...cases.keys()].map((id) => kindOf(id)))).toEqual(new Set(Object.keys(deciders)));
    for (const [kind, version] of Object.entries(header.foldVersions))
      expect(version).toBeLessThanOrEqual(deciderOf(kind as 'clock').foldVersion);
  });

  it.each(openCases.map(([id, list]) => ({ id, sequence: list.length })))(
    'folds $id through $sequence rows to a state that owes what it must',
    ({ id, sequence }) => {
      const { terms } = worldFrom();
      const { held, obligations, final } = placeOf(id, terms);
      expect(held.base.sequence).toBe(sequence);
      if (!final) expect(obligations.length).toBeGreaterThan(0);
      for (const one of obligations) expect(Number.isSafeInteger(one.due)).toBe(true);
    },
  );
});

describe('going on from it, untouched', () => {
  let world: World;
  let terms: Terms;
  let employment: string;
  const at = (date: string, wall: string) => instantOf(terms.calendar, date, wall);
  beforeAll(() => {
    ({ world, terms } = worldFrom());
    employment = world.ids('employment')[0]!;
  });

  it('asks, on their days, for what the states owe', () => {
    const before = world.rows.length;
    world.advanceTo(at('2026-05-26', '11:00'));
    const asked = world.rows.slice(before).filter((row) => row.kind === 'prompted');
    expect(asked.some((row) => row.case === employment)).toBe(true);
    const first = asked.find((row) => row.case === employment);
    expect(first?.stamp.sequence).toBe(cases.get(employment)!.length + 1);
  });

  it('takes a decision of somebody whose capacity the ledger holds, and refuses one of a stranger', () => {
    const owed = world.obligations(employment).find((one) => one.id.endsWith(':supervisor'));
    expect(owed?.owner).toMatch(/^prs_/);
    const held = { outcome: 'held', minutes: 60, mode: 'in_person', topics: ['role_fit'], actions: [] };
    const payload = { session: '2026-05-26', ...held };
    const command = { case: employment, type: 'log_session', payload };
    const stranger = world.decide({ ...command, actor: `prs_${'0'.repeat(26)}` });
    expect(isRefusal(stranger) && stranger.code).toBe('not_permitted');
    const logged = world.decide({ ...command, actor: owed!.owner });
    expect(isRefusal(logged) ? logged : logged.kinds).toContain('session_logged');
  });

  it('goes on for another year without a case that nobody owes anything in', () => {
    world.advanceTo(at('2027-05-12', '17:00'));
    for (const [id, place] of world.cases)
      if (!place.final) expect(world.obligations(id).length, id).toBeGreaterThan(0);
    const kinds = new Set(world.rows.map((row) => row.kind));
    expect(kinds).toContain('review_opened');
  });
});
