import { describe, expect, it } from 'vitest';
import { fromConfidential } from '../../src/domain/seen.ts';
import type { EmploymentState } from '../../src/domain/employment/state.ts';
import { review } from '../../src/domain/review/decider.ts';
import type { ReviewState } from '../../src/domain/review/state.ts';
import { instantOf } from '../../src/domain/kernel/calendar.ts';
import { SEALED } from '../../src/ledger/fold.ts';
import { verifyExport } from '../../src/ledger/verify/export-reader.ts';
import type { World } from '../../src/sandbox/world.ts';
import { yearsUntil } from '../years.ts';
import { termsForTests } from './house.ts';
import { finished, ledgerOf, linesOf, papersOf, rehashed, streamed, withHouse } from './ledger-play.ts';
import type { Ledger, Row } from './ledger-play.ts';

/** An employment with a leave that is long over ends: the whole ledger is proven offline as before. */

interface Over {
  readonly ledger: Ledger;
  readonly world: World;
  readonly id: string;
  /** The leave that was over before the employment ended. */
  readonly clock: string;
}

function ended(
  how: (world: World, id: string, who: (word: string) => string) => void,
  until = '2026-06-30',
): Over {
  const { stage, world } = yearsUntil(until);
  const id = stage.cast.caseId('employment');
  const { leave } = world.state(id) as EmploymentState;
  how(world, id, (word) => stage.cast.person(word));
  world.advanceTo(instantOf(stage.calendar, '2026-09-30', '17:00'));
  const house = withHouse(world, stage.cast.site, stage.terms, stage.start);
  const ledger = ledgerOf(house, papersOf(stage.terms, stage.policy));
  return { ledger, world, id, clock: leave.find(({ over }) => over === true)?.clock ?? 'none' };
}

const resigned = () =>
  ended((world, id, who) => {
    const payload = { how: 'resigned', lastDay: '2026-07-31', reasons: [] };
    world.must({ case: id, actor: who('c102'), type: 'resign', payload });
  });

const died = () =>
  ended((world, id, who) => {
    world.must({ case: id, actor: who('dana'), type: 'record_death', payload: { owner: who('robin') } });
  });

const verify = (ledger: Ledger) => verifyExport(streamed(linesOf(ledger)));

/** The ledger as it was written while a leave that was over was told of the end too, and sent the notice back. */
function toldOnceMore({ ledger, id, clock }: Over, change: Partial<Row> = {}): Ledger {
  const end = ledger.rows.findIndex((row) => row.case_id === id && row.kind === 'employment_ended');
  const row = ledger.rows[end]!;
  const back: Row = {
    ...row,
    ...{ kind: 'notice_declined', actor: `case:${clock}`, how: 'notice', capacity: '', asked_at: row.at },
    ...{ decision_id: `${id}/${row.sequence}/9/returned`, decision_index: 0, facts: '[]', texts: '[]' },
    body: JSON.stringify({ notice: 'parent_ended', code: 'not_wanted' }),
    ...change,
  };
  const rows = [...ledger.rows.slice(0, end + 1), back, ...ledger.rows.slice(end + 1)];
  return finished({ org: ledger.header.org, documents: ledger.documents, rows: rehashed(rows, true) });
}

describe('an employment that ends after a leave', () => {
  it('tells a leave that is over nothing, and is proven without the vault', async () => {
    const over = resigned();
    const { ledger, world, id, clock } = over;
    const list = world.rows.filter((row) => row.case === id);
    expect(list.some(({ kind }) => kind === 'employment_ended')).toBe(true);
    expect(ledger.rows.some((row) => row.case_id === clock && row.kind === SEALED)).toBe(true);
    const declined = list.filter(({ kind }) => kind === 'notice_declined');
    expect(declined.filter(({ stamp }) => fromConfidential('notice_declined', stamp.actor))).toEqual([]);
    expect(await verify(ledger)).toMatchObject({ ok: true });
  });

  it('the same where a death was recorded, also once that is closed', async () => {
    expect(await verify(died().ledger)).toMatchObject({ ok: true });
    const closed = ended((world, id, who) => {
      world.must({ case: id, actor: who('dana'), type: 'record_death', payload: { owner: who('robin') } });
      world.must({ case: id, actor: who('robin'), type: 'close_after_death', payload: {} });
    });
    expect(await verify(closed.ledger)).toMatchObject({ ok: true });
  });

  it('is proven as it was written before, when such a leave was told and sent it back', async () => {
    const over = resigned();
    expect(await verify(toldOnceMore(over))).toMatchObject({ ok: true });
    const wrong = { ok: false, code: 'notice_unknown' };
    // From a case that may well take it up, about another case's row, or about a row that is still to come.
    const open = `case:${[...over.world.cases].find(([, one]) => !one.final)![0]}`;
    expect(await verify(toldOnceMore(over, { actor: open }))).toMatchObject({ ok: false });
    expect(await verify(toldOnceMore(over, { decision_id: `${over.clock}/2/0/returned` }))).toMatchObject(
      wrong,
    );
    expect(await verify(toldOnceMore(over, { decision_id: `${over.id}/99999/0/returned` }))).toMatchObject(
      wrong,
    );
  });

  it('X22 keeps from the line that a review rests, as the death itself, and is proven as it was written before', async () => {
    const { ledger, world } = ended((one, id, who) => {
      one.must({ case: id, actor: who('dana'), type: 'record_death', payload: { owner: who('robin') } });
      one.must({ case: id, actor: who('dana'), type: 'withdraw_separation', payload: {} });
    }, '2026-04-30');
    const isRest = (row: Row) => row.case_id.startsWith('review-') && row.kind.startsWith('rest_');
    const rests = ledger.rows.filter(isRest);
    expect(rests.map(({ kind, visibility }) => [kind, visibility])).toEqual([
      ['rest_begun', 'C2'],
      ['rest_over', 'C2'],
    ]);
    const as = (visibility: string) => {
      const rows = ledger.rows.map((row) => (isRest(row) ? { ...row, visibility } : row));
      return verify(finished({ org: ledger.header.org, documents: ledger.documents, rows: rehashed(rows) }));
    };
    expect(await verify(ledger)).toMatchObject({ ok: true });
    expect(await as('C1')).toMatchObject({ ok: true });
    expect(await as('C0')).toMatchObject({ ok: false, code: 'class_wrong' });
    // Who reads daily work alone meets the review as if it had not rested.
    const state = world.state(rests[0]!.case_id) as ReviewState;
    expect(state.rested).toHaveLength(1);
    const look = { reader: state.subject!.supervisor, now: world.now, terms: termsForTests() };
    expect(review.veiled?.(state, { ...look, classes: ['C0', 'C1'] })).not.toHaveProperty('rested');
    expect(review.veiled?.(state, { ...look, classes: ['C0', 'C1', 'C2'] })).toHaveProperty('rested');
  });

  it('shows nobody which confidential matter sent something back', () => {
    expect(fromConfidential('notice_declined', `case:clock-abc`)).toBe(true);
    expect(fromConfidential('notice_declined', `case:review-abc`)).toBe(false);
  });
});
