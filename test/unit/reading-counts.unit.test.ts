import { describe, expect, it } from 'vitest';
import { explainText } from '../../src/cli/explain.ts';
import type { Explained, Explanation } from '../../src/client/ask-explain.ts';
import { known } from '../../src/client/ask-history.ts';
import type { Happened } from '../../src/client/ask-history.ts';
import { refsFor } from '../../src/client/ask-people.ts';
import type { Reader } from '../../src/client/ask-reader.ts';
import type { Capacity } from '../../src/domain/kernel/words.ts';
import { caseOf, person, site } from './house.ts';

/** What somebody may not read is not counted to them either (domain 2.1: no kind, no count). */

const row = (sequence: number, kind: string | null): Happened => ({
  ...{ position: sequence * 10, sequence, at: sequence * 1000, kind, actor: null, actorName: null },
  ...{ how: null, capacity: null, decisionId: null, to: [], body: kind === null ? null : {} },
  ...{ visibility: 'C2', masked: kind === null },
});

describe('the history of a case', () => {
  const rows = [row(1, 'posted'), row(2, null), row(3, null), row(4, 'posting_closed')];

  it('lists no row that is not the reader’s, with neither its kind nor its time', () => {
    const seen = known(rows);
    expect(seen.map((one) => one.kind)).toEqual(['posted', 'posting_closed']);
    expect(seen.map((one) => one.at)).not.toContain(2000);
    // Numbers with a gap would say how many there were between.
    expect(seen.map((one) => one.sequence)).toEqual([null, null]);
  });

  it('is whole for whoever may know of every row, also of those that are masked', () => {
    const masked = { ...row(2, 'consensus_stated'), masked: true, body: null };
    expect(known([row(1, 'posted'), masked])).toEqual([row(1, 'posted'), masked]);
  });

  it('is explained without a word about what is left out, whatever that was', () => {
    const page = (list: readonly Happened[]): string => {
      const explained = known(list).map((one): Explained => ({ ...one, gates: [], facts: [], policy: 'p' }));
      const head = { case: caseOf('opening', 'x'), kind: 'opening', site, stage: 'posted', status: 'open' };
      const page: Explanation = {
        ...{ ...head, kind: 'opening', zone: 'UTC', now: 0, ahead: [], hash: 'h' },
        rows: explained,
      };
      return explainText(page);
    };
    const text = page(rows);
    expect(text).toContain('left out');
    expect(text).not.toContain('may not show');
    expect(text).not.toContain('number');
    expect(page([row(1, 'posted')])).toContain('number 1 of this case');
  });
});

describe('the list of people', () => {
  const held = (who: string, capacity: Capacity) => ({
    ...{ person: person(who), capacity, scope: site },
    ...{ from: 0, to: null },
  });
  const reader = (as: string): Reader => ({
    ...{ as: as === 'installation' ? as : person(as), now: 1, delegations: [] },
    assignments: [held('dana', 'hr'), held('theo', 'team_member'), held('sam', 'candidate')],
  });
  const refs = ['dana', 'theo', 'sam', 'imported'].map(person);

  it('holds no ref of somebody who works nowhere here, for anybody but HR', () => {
    expect(refsFor(reader('theo'), refs, new Set())).toEqual(['dana', 'theo'].map(person));
    expect(refsFor(reader('sam'), refs, new Set())).toEqual(['dana', 'theo', 'sam'].map(person));
  });

  it('holds of those only the ones of HR’s own places, for HR', () => {
    expect(refsFor(reader('dana'), refs, new Set([person('sam')]))).toEqual(
      ['dana', 'theo', 'sam'].map(person),
    );
  });

  it('is whole for HR of every place, and for the account that keeps the directory', () => {
    expect(refsFor(reader('dana'), refs, new Set(refs))).toEqual(refs);
    expect(refsFor(reader('installation'), refs, new Set())).toEqual(refs);
  });
});
