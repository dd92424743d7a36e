import { describe, expect, it } from 'vitest';
import { keyRing } from '../../src/directory/keys.ts';
import type { Db } from '../../src/directory/db.ts';
import type { Held } from '../../src/domain/kernel/held.ts';
import { compareStates } from '../../src/ledger/fold-compare.ts';
import type { Library } from '../../src/ledger/library.ts';
import { leave, onTheJob, people } from './employment-house.ts';
import type { Employed } from './employment-house.ts';

/** State rows that an earlier release wrote, held against the folds of their rows: as a restore does it. */

const org = 'org_states';

/** An extra session was asked for, and a leave took its day weeks ago. */
function putOff(): Employed {
  const one = onTheJob();
  one.must(people.employee, 'ask_extra_session');
  one.must(people.supervisor, 'plan_extra_session', { on: '2025-05-14' });
  one.moveTo('2025-05-14', '09:00');
  one.tell(leave, { kind: 'leave_set', body: { clock: leave, from: '2025-05-14', to: '2025-05-19' } });
  for (let day = 16; day <= 27; day += 1) one.moveTo(`2025-06-${day}`, '14:00');
  return one;
}

/** A database that holds one employment: its rows, and a state row. */
function holding(one: Employed, held: Held, foldVersion: number): Db {
  const rows = one.rows.map(({ stamp, kind, body, terms }) => ({
    ...{ case_id: one.id, sequence: stamp.sequence, kind, at: stamp.at, asked_at: stamp.asked },
    ...{ actor: stamp.actor, how: stamp.how, capacity: stamp.capacity },
    ...{ on_behalf_of: stamp.onBehalfOf ?? '', decision_id: stamp.decisionId },
    ...{ terms: JSON.stringify(terms), body: JSON.stringify(body) },
  }));
  const state = JSON.stringify(held);
  const row = { case_id: one.id, kind: 'employment', fold_version: foldVersion, state };
  const query = (sql: string) => Promise.resolve({ rows: sql.includes('from ledger') ? rows : [row] });
  return { query } as unknown as Db;
}

const libraryOf = ({ terms }: Employed): Library =>
  ({
    ...{ org, keys: keyRing(Buffer.alloc(32, 3)), rulesFailed: () => undefined },
    terms: { load: () => Promise.resolve(), get: () => terms },
  }) as unknown as Library;

/** Without the marks of what a leave put off, which releases up to fold version 10 dropped after a month. */
function asBefore({ own, base }: Held): Held {
  const sent = Object.entries(base.sent).filter(([id]) => !id.startsWith('P7.1:extra'));
  return { own, base: { ...base, sent: Object.fromEntries(sent) } };
}

describe('a state row of an earlier release', () => {
  it('R7.5 R7.4 is folded anew where it lacks marks that are kept by now, and is no sign of a broken copy', async () => {
    const one = putOff();
    const { held } = one as unknown as { readonly held: Held };
    const before = asBefore(held);
    expect(Object.keys(held.base.sent).length - Object.keys(before.base.sent).length).toBe(2);
    const found = await compareStates(libraryOf(one), holding(one, before, 10), true);
    expect(found).toEqual({ same: 1, apart: [], closed: 0 });
  });
});
