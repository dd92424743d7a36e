import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { verdictText } from '../../src/cli/ledger.ts';
import { deciders } from '../../src/domain/cases.ts';
import { kernelEventKinds } from '../../src/domain/kernel/decider.ts';
import {
  AnchorBroken,
  anchorText,
  checkAnchor,
  loadAnchorKey,
  makeAnchorKey,
  parseAnchor,
  signAnchor,
} from '../../src/ledger/anchor.ts';
import { linesOfFile } from '../../src/ledger/export.ts';
import { causesOf } from '../../src/ledger/verify/causes/index.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import type { CheckOptions } from '../../src/ledger/verify/check.ts';
import { Check } from '../../src/ledger/verify/check.ts';
import type { Verdict } from '../../src/ledger/verify/verdict.ts';
import { SEALED } from '../../src/ledger/fold.ts';
import type { VaultBody } from '../../src/ledger/fold.ts';
import type { ChainRow } from '../../src/ledger/verify/row-hash.ts';
import { example } from './ledger-example.ts';
import { finished, ledgerOf, linesOf, northside, readiness, rehashed, streamed } from './ledger-play.ts';
import type { Ledger } from './ledger-play.ts';
import { forgeries, onlyByAnchor } from './tamper.ts';

const honest = ledgerOf(northside());
const folder = mkdtempSync(join(tmpdir(), 'peer-hire-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = makeAnchorKey(join(folder, 'anchor.key'));
const { org } = honest.header;
const head = signAnchor({ org, at: honest.header.at, ...pick(honest) }, key);

function bodyOf(row: ChainRow, opened: ReadonlyMap<string, VaultBody>): VaultBody | null {
  return row.kind === SEALED ? (opened.get((JSON.parse(row.body) as { ref: string }).ref) ?? null) : null;
}

function pick(ledger: Ledger, position = ledger.head.position): { position: number; hash: string } {
  return { position, hash: ledger.rows[position - 1]?.hash ?? '' };
}
const silent: Io = {
  ...{ out: () => undefined, err: () => undefined, env: {}, color: false },
  stdin: async () => null,
};
const verify = (ledger: Ledger, options?: CheckOptions) => verifyExport(streamed(linesOf(ledger)), options);

describe('an honest ledger', () => {
  it('is proven offline, and says what was checked', async () => {
    const verdict = await verify(honest, { anchors: [head], keys: [key.publicKey] });
    expect(verdict).toMatchObject({
      ...{ ok: true, proves: 'organization', rows: honest.rows.length, cases: 7, documents: 4 },
      anchors: { checked: 1, upTo: honest.rows.length, since: 0 },
    });
    if (!verdict.ok) return;
    expect(verdict.gates).toBe(4);
    expect(verdict.facts).toBeGreaterThan(10);
    expect(verdict.rights).toBeGreaterThan(40);
    expect(verdict.notices).toBe(5);
    expect(verdict.acts).toBe(3);
    expect(verdict.sealed).toEqual({ rows: 7, opened: 0 });
    expect(verdict.known).toEqual({ asserted_local: verdict.rights });
  });

  it('is proven from a file', async () => {
    const path = join(folder, 'export.jsonl');
    writeFileSync(
      path,
      linesOf(honest)
        .map((line) => `${line}\n`)
        .join(''),
    );
    expect(await verifyExport(linesOfFile(path))).toMatchObject({ ok: true });
  });

  it('is proven from a file that is packed, and not from one that is packed and broken', async () => {
    const packed = gzipSync(`${linesOf(honest).join('\n')}\n`);
    const path = join(folder, 'export.jsonl.gz');
    writeFileSync(path, packed);
    expect(await verifyExport(linesOfFile(path))).toMatchObject({ ok: true, rows: honest.rows.length });
    const cut = packed.subarray(0, packed.length - 200);
    const flipped = Buffer.from(packed);
    flipped[1000] = (flipped[1000]! + 1) % 256;
    const otherSum = Buffer.from(packed);
    otherSum[packed.length - 8] = (otherSum[packed.length - 8]! + 1) % 256;
    for (const broken of [cut, flipped, otherSum, packed.subarray(0, 5)]) {
      writeFileSync(path, broken);
      expect(await verifyExport(linesOfFile(path))).toMatchObject({ ok: false });
    }
  });

  it('is not proven from a file of one line that never ends', async () => {
    const path = join(folder, 'endless.jsonl');
    writeFileSync(path, Buffer.alloc(17 * 1024 * 1024, 'a'));
    let most = 0;
    for await (const line of linesOfFile(path)) most = Math.max(most, line.length);
    expect(most).toBeLessThan(100);
    expect(await verifyExport(linesOfFile(path))).toMatchObject({ ok: false, code: 'malformed_line' });
  });

  it('that holds nothing proves nothing', async () => {
    const empty = finished({ org, documents: [], rows: [] });
    expect(await verify(empty)).toMatchObject({ ok: false, code: 'no_rows' });
  });

  it('is told with what nobody can know without a signed head', async () => {
    const bare = await verify(honest);
    const anchored = await verify(honest, { anchors: [head], keys: [key.publicKey] });
    const words = (verdict: Verdict): string => verdictText(silent, verdict);
    expect(words(bare)).toMatch(/No anchor was given/u);
    expect(words(bare)).toMatch(/in the place of theirs, or cut off the end/u);
    expect(words(bare)).toMatch(/ledger anchor/u);
    expect(words(anchored)).not.toMatch(/No anchor/u);
  });

  it('says how much came after the last anchor', async () => {
    const earlier = signAnchor({ org, at: 0, ...pick(honest, 40) }, key);
    const options = { anchors: [earlier], keys: [key.publicKey] };
    const since = honest.rows.length - 40;
    expect(await verify(honest, options)).toMatchObject({ anchors: { checked: 1, upTo: 40, since } });
  });

  it('of one case alone proves its fold and its gates as stated, and says that this is less', async () => {
    const rows = honest.rows.filter((row) => row.case_id === readiness);
    const last = rows.at(-1)!;
    const { documents, header } = honest;
    const only = {
      ...{ rows, documents, header: { ...header, at: last.at, case: readiness } },
      head: { position: last.position, hash: last.hash, rows: rows.length },
    };
    expect(await verify(only)).toMatchObject({
      ok: true,
      proves: 'case',
      rows: rows.length,
      gates: 1,
      rights: 0,
    });
  });
});

describe('the worked example, sixteen months of one organization', () => {
  const opened = new Map<string, VaultBody>();
  const { ledger, terms } = example(opened);

  it('is proven offline', async () => {
    expect(terms.comparator).not.toBeNull();
    const verdict = await verify(ledger);
    expect(verdict).toMatchObject({ ok: true, rows: ledger.rows.length, cases: 14 });
    if (!verdict.ok) return;
    expect(verdict.sealed.rows).toBeGreaterThan(10);
    expect(verdict.gates).toBeGreaterThan(15);
    expect(verdict.notices).toBeGreaterThan(30);
  });

  it('is proven with its confidential rows opened, and more of it', async () => {
    const offline = await verify(ledger);
    const check = new Check(ledger.header, {});
    for (const document of ledger.documents) check.document(document);
    for (const row of ledger.rows) check.row(row, bodyOf(row, opened));
    const online = check.end(ledger.head);
    expect(online.sealed.opened).toBe(online.sealed.rows);
    if (!offline.ok) throw new Error('not_proven');
    expect(online.rights).toBeGreaterThan(offline.rights);
    expect(online.notices).toBeGreaterThanOrEqual(offline.notices);
  });

  it('names a confidential row that publishes what its case does not', () => {
    const check = new Check(ledger.header, {});
    for (const document of ledger.documents) check.document(document);
    const at = ledger.rows.findIndex((row) => row.body.includes('"value":"not_yet"'));
    const forged = { ...ledger.rows[at]! };
    forged.body = forged.body.replace('"value":"not_yet"', '"value":"clear"');
    const rows = rehashed(ledger.rows.with(at, forged));
    for (const row of rows.slice(0, at)) check.row(row, bodyOf(row, opened));
    const wrong = expect.objectContaining({
      code: 'outcome_wrong',
      place: expect.objectContaining({ position: at + 1 }),
    });
    expect(() => check.row(rows[at]!, bodyOf(rows[at]!, opened))).toThrow(wrong as Error);
  });
});

describe('a text that was let stand against a guard’s warning', () => {
  const said = [{ field: 'note', rules: ['L3'] }];
  const firstOf = (fits: (row: ChainRow) => boolean): number =>
    honest.rows.findIndex(
      (row) => fits(row) && row.kind !== SEALED && !row.case_id.startsWith('house-') && row.sequence > 1,
    );
  const person = (row: ChainRow): boolean => row.actor.startsWith('prs_');
  /** The same ledger, had a row said so from the beginning. */
  const saying = (at: number, warned: unknown): Ledger => {
    const rows = honest.rows.map((row, n) =>
      n === at ? { ...row, body: JSON.stringify({ ...(JSON.parse(row.body) as object), warned }) } : row,
    );
    const fit = rehashed(rows);
    return { ...honest, rows: fit, head: { ...honest.head, hash: fit.at(-1)?.hash ?? '' } };
  };

  it('stands in the row of what a person decided, and is no concern of any rule', async () => {
    const at = firstOf((row) => person(row) && row.decision_index === 0);
    expect(await verify(saying(at, said))).toMatchObject({ ok: true, rows: honest.rows.length });
  });

  it.each([
    ['of a policy', firstOf((row) => row.actor.startsWith('policy:')), said],
    ['in a later row', firstOf((row) => person(row) && row.decision_index === 1), said],
    ['without a text', firstOf((row) => person(row) && row.decision_index === 0), []],
    [
      'of no rule',
      firstOf((row) => person(row) && row.decision_index === 0),
      [{ field: 'note', rules: ['X'] }],
    ],
    [
      'in words',
      firstOf((row) => person(row) && row.decision_index === 0),
      [{ field: 'note', rules: ['L3'], why: 'it was fine' }],
    ],
  ])('%s is none', async (_, at, warned) => {
    expect(at).toBeGreaterThan(0);
    expect(await verify(saying(at, warned))).toMatchObject({ ok: false, code: 'body_wrong' });
  });
});

describe('forgeries', () => {
  it('are many, and many of them by a forger who made every hash fit', () => {
    expect(forgeries.length).toBeGreaterThanOrEqual(20);
    expect(forgeries.filter((one) => one.rehashed).length).toBeGreaterThanOrEqual(8);
    expect(new Set(forgeries.map((one) => one.name)).size).toBe(forgeries.length);
  });

  it.each(forgeries)('$name ($code)', async ({ forge, code, at }) => {
    const verdict = await verify(forge(structuredClone(honest)));
    expect(verdict).toMatchObject({ ok: false, code, place: { position: at(honest) } });
  });

  it.each(onlyByAnchor)('$name: found by an anchor, and by nothing else', async ({ forge, code, at }) => {
    const forged = forge(structuredClone(honest));
    expect(await verify(forged)).toMatchObject({ ok: true });
    const verdict = await verify(forged, { anchors: [head], keys: [key.publicKey] });
    expect(verdict).toMatchObject({ ok: false, code, place: { position: at(honest) } });
  });

  it('are found in any single byte', async () => {
    const text = linesOf(honest)
      .map((line) => `${line}\n`)
      .join('');
    const bytes = Buffer.from(text, 'utf8');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 2 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, change) => {
          const forged = Buffer.from(bytes);
          forged[place] = (forged[place]! + change) % 256;
          const lines = forged.toString('utf8').split('\n').slice(0, -1);
          expect(await verifyExport(streamed(lines))).toMatchObject({ ok: false });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('end in a verdict, whatever stands in a line', async () => {
    const lines = linesOf(honest);
    const nested = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const deep = lines[0]!.replace(/"role":\d+/u, `"role":${nested}`);
    for (const first of [deep, nested, 'null', '[]', '0', '""'])
      expect(await verifyExport(streamed([first, ...lines.slice(1)]))).toMatchObject({ ok: false });
    for (const line of [nested, `{"row":${nested}}`, `{"document":${nested}}`, 'null', '{"row":null}', '{}'])
      expect(await verifyExport(streamed(lines.with(7, line)))).toMatchObject({ code: 'malformed_line' });
  });

  it('are found in an export that ends early, twice or not at all', async () => {
    const lines = linesOf(honest);
    const early = await verifyExport(streamed(lines.slice(0, -1)));
    expect(early).toMatchObject({ code: 'head_missing', place: { position: honest.rows.length + 1 } });
    expect(await verifyExport(streamed([...lines, lines[0]!]))).toMatchObject({ code: 'malformed_line' });
    expect(await verifyExport(streamed([]))).toMatchObject({ code: 'head_missing' });
    const newer = [lines[0]!.replace(/"role":\d+/u, '"role":99'), ...lines.slice(1)];
    expect(await verifyExport(streamed(newer))).toMatchObject({ code: 'fold_version_unknown' });
  });
});

describe('anchors', () => {
  it('are a short signed text that reads back', () => {
    const text = anchorText(head);
    expect(text.split('\n').slice(0, 2)).toEqual(['peer-hire/anchor/1', org]);
    expect(parseAnchor(text)).toEqual(head);
    expect(checkAnchor(parseAnchor(text), key.publicKey)).toBe(true);
    expect(statSync(join(folder, 'anchor.key')).mode & 0o777).toBe(0o600);
    expect(loadAnchorKey(join(folder, 'anchor.key')).id).toBe(key.id);
    expect(() => makeAnchorKey(join(folder, 'anchor.key'))).toThrow();
  });

  it('of one changed byte are no anchors, or not signed', () => {
    const bytes = Buffer.from(anchorText(head), 'utf8');
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const forged = Buffer.from(bytes);
        forged[place] = (forged[place]! + change) % 256;
        try {
          expect(checkAnchor(parseAnchor(forged.toString('utf8')), key.publicKey)).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(AnchorBroken);
        }
      }),
    );
  });

  it('are trusted only when signed by a key that was given, for this organization', async () => {
    const other = makeAnchorKey(join(folder, 'other.key'));
    const untrusted = { ok: false, code: 'anchor_untrusted' };
    expect(await verify(honest, { anchors: [head], keys: [other.publicKey] })).toMatchObject(untrusted);
    expect(await verify(honest, { anchors: [head] })).toMatchObject(untrusted);
    const foreign = signAnchor({ ...head, org: 'org_another' }, key);
    expect(await verify(honest, { anchors: [foreign], keys: [key.publicKey] })).toMatchObject({
      code: 'anchor_foreign',
    });
  });
});

describe('what can bring an event about', () => {
  it('is known for every event of every case, and names commands that somebody may give', () => {
    for (const decider of Object.values(deciders)) {
      for (const kind of kernelEventKinds) expect(causesOf(decider.kind, kind)).toBeDefined();
      for (const kind of Object.keys(decider.classes)) {
        const causes = causesOf(decider.kind, kind);
        expect(causes, `${decider.kind} ${kind}`).toBeInstanceOf(Array);
        for (const cause of causes as readonly string[])
          if (cause.startsWith('ask:')) expect(decider.rights).toHaveProperty(cause.slice(4));
      }
    }
  });
});
