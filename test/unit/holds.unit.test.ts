import { describe, expect, it } from 'vitest';
import { LinkBook } from '../../src/domain/holds.ts';
import type { Link } from '../../src/domain/holds.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import { caseOf, moveTo, person, site } from './house.ts';
import { LedgerWorld, candidacy, ledgerOf, linesOf, northside, opening, streamed } from './ledger-play.ts';

/** X29: how far a hold reaches, and that a ledger proves that nothing was taken away under one. */

const at = {
  role: caseOf('role', 'specialist'),
  first: caseOf('opening', 'first'),
  second: caseOf('opening', 'second'),
  hired: caseOf('candidacy', 'hired'),
  other: caseOf('candidacy', 'other'),
  elsewhere: caseOf('candidacy', 'elsewhere'),
  job: caseOf('employment', 'job'),
  review: caseOf('review', 'first'),
};
const links: readonly Link[] = [
  { case: at.first, person: null, of: [at.role] },
  { case: at.second, person: null, of: [at.role] },
  { case: at.hired, person: person('hired'), of: [at.first] },
  { case: at.other, person: person('other'), of: [at.first] },
  { case: at.elsewhere, person: person('elsewhere'), of: [at.second] },
  { case: at.job, person: person('hired'), of: [at.hired, at.first] },
  { case: at.review, person: person('hired'), of: [at.job] },
];
const sameJob = [...[at.first, at.hired, at.other, at.job, at.review], ...[person('hired'), person('other')]];
const reach = (subject: string): readonly string[] => [...new LinkBook(links).coveredBy(subject)].toSorted();

describe('how far a hold reaches', () => {
  it.each([
    ['a candidacy', at.other],
    ['the opening', at.first],
    ['the employment that came of it', at.job],
  ])('X29 from %s to everybody who applied for the same job, and to no other search', (_what, subject) => {
    expect(reach(subject)).toEqual(sameJob.toSorted());
  });

  it('X29 from a person to their cases and those beside them', () => {
    expect(reach(person('other'))).toEqual(sameJob.toSorted());
    expect(reach(person('nobody'))).toEqual([person('nobody')]);
  });

  it('X29 from a role to all its searches', () => {
    expect(reach(at.role)).toEqual(
      [...sameJob, at.role, at.second, at.elsewhere, person('elsewhere')].toSorted(),
    );
  });
});

describe('the links of cases', () => {
  it('X29 say the same in whatever order they came, also when a case was linked otherwise before', () => {
    const book = new LinkBook([
      { case: at.other, person: person('nobody'), of: [at.second] },
      ...links.toReversed(),
    ]);
    for (const subject of [...Object.values(at), ...['hired', 'other', 'elsewhere', 'nobody'].map(person)])
      expect([...book.coveredBy(subject)].toSorted(), subject).toEqual(reach(subject));
    book.set(at.other, null);
    expect(book.coveredBy(at.first)).not.toContain(person('other'));
    expect([...book.coveredBy(person('other'))]).toEqual([person('other')]);
  });

  it('X29 count as changed only when they are: what a hold reaches is not found anew for each row', () => {
    const book = new LinkBook(links);
    const before = book.version;
    for (const one of links) book.set(one.case, { ...one, of: [...one.of] });
    book.set(at.role, null);
    expect(book.version).toBe(before);
    book.set(at.review, null);
    expect(book.version).toBe(before + 1);
  });

  it('X29 are followed from the hold on, past everything that has nothing to do with it', () => {
    const others = Array.from({ length: 2_000 }, (_, n): Link => ({
      ...{ case: caseOf('candidacy', `of another search ${n}`), person: person(`applicant ${n}`) },
      of: [at.second],
    }));
    let looks = 0;
    const counted = (link: Link): Link => ({
      ...link,
      get of() {
        looks += 1;
        return link.of;
      },
    });
    const book = new LinkBook([...links, ...others].map(counted));
    looks = 0;
    expect([...book.coveredBy(at.other)].toSorted()).toEqual(sameJob.toSorted());
    expect(looks).toBeLessThan(3 * links.length);
  });
});

describe('X29 in the ledger', () => {
  const hold = caseOf('clock', 'hold');
  const [one, two] = [person('compliance-officer'), person('hr-director-2')];

  /** Northside, a hold over its candidacy, and something taken away while it stands or after it was lifted. */
  function played(kind: string, body: object, lifted: boolean): LedgerWorld {
    const world = northside();
    world.assign(one, 'compliance');
    world.assign(two, 'hr_director');
    const ask = (actor: string, type: string, payload: object = {}) =>
      void world.must({ case: hold, actor, type, payload });
    const review = '2025-07-01';
    ask(one, 'hold_on', { site, subject: candidacy, reason: 'charge', on: '2025-04-08', review });
    ask(two, 'confirm_hold');
    if (lifted) {
      ask(two, 'propose_hold_off', { reason: 'withdrawn', on: '2025-04-08' });
      ask(one, 'confirm_hold_off');
    }
    moveTo(world, '2025-04-08', '11:00');
    const row = { decision: 'erasure-1', index: 0, stream: 'erasure', kind, body };
    world.house.push({ after: world.rows.length, at: world.now, ...row });
    return world;
  }
  const verdict = (kind: string, body: object, lifted: boolean) =>
    verifyExport(streamed(linesOf(ledgerOf(played(kind, body, lifted)))));
  const purged = { case: opening, retention: 'selection', from: '2025-04-08', texts: 0 };

  it.each([
    ['erased', { person: person('c-102') }],
    ['purged', purged],
  ])('X29 is not proven where something was %s under a hold', async (kind, body) => {
    expect(await verdict(kind, body, false)).toMatchObject({ ok: false, code: 'under_hold' });
  });

  it.each([
    ['erased', { person: person('c-102') }],
    ['purged', purged],
  ])('X29 is proven where something was %s after the hold was lifted by two people', async (kind, body) => {
    expect(await verdict(kind, body, true)).toMatchObject({ ok: true });
  });

  it('X29 stops nothing about anybody else', async () => {
    expect(await verdict('erased', { person: person('nobody') }, false)).toMatchObject({ ok: true });
  });

  it.each([
    ['erased', {}],
    ['purged', { case: opening }],
  ])('X29 says what was %s, or it is no row', async (kind, body) => {
    expect(await verdict(kind, body, true)).toMatchObject({ ok: false, code: 'body_wrong' });
  });
});
