import { describe, expect, it } from 'vitest';
import { caseOf } from './house.ts';
import { answering, prefilled } from '../../src/web/forms/answering.ts';
import type { CommandLine, Waiting } from '../../src/web/app/types.ts';

const employment = caseOf('employment', 'answering');

const line = (type: string, code: string): CommandLine => ({
  ...{ kind: 'employment', type, code, doing: null, stepUp: false, opens: false },
});

const waits = (id: string, code: string): Waiting => ({
  ...{ case: employment, kind: 'employment', stage: 'supervision', site: 's', siteName: 'S', zone: 'UTC' },
  ...{ late: false, who: null, nextTo: [], unreached: null, sentence: '' },
  why: {
    ...{ masked: false as const, id, code, owner: 'o', since: 0, due: 1, visibility: 'C1' as const },
    ...{ atSilence: 'hr_decides', next: null, rung: null, reminded: 0 },
  },
});

describe('what is owed and the commands that answer it', () => {
  it('offers only what its reader may give, the likeliest first', () => {
    const may = [line('confirm_session', 'D7.1'), line('move_session', 'D7.1'), line('log_session', 'D7.1')];
    const owed = waits('P7.1:2026-05-26:0:supervisor', 'P7.1');
    expect(answering(owed, may).map(({ type }) => type)).toEqual(['log_session', 'move_session']);
    expect(answering(owed, []).map(({ type }) => type)).toEqual([]);
    expect(answering({ ...owed, why: { masked: true, owner: 'hr', due: 1 } }, may)).toEqual([]);
  });

  it('leaves whoever is told of a session what the case takes: another day until it is over, then that it was not held', () => {
    const may = [line('log_session', 'D7.1'), line('move_session', 'D7.1')];
    const found = waits('P7.1:2026-05-26:0:employee', 'P7.1');
    const told = { ...found, why: { ...found.why, atSilence: 'the_other_answers' } } as Waiting;
    expect(answering(told, may, 0).map(({ type }) => type)).toEqual(['move_session', 'log_session']);
    expect(answering(told, may, 2).map(({ type }) => type)).toEqual(['log_session']);
    expect(prefilled('log_session', [told])).toMatchObject({ outcome: 'missed_supervisor' });
  });

  it('fills in the planned day of what is owed, and nothing that was not said', () => {
    const owed = [waits('P7.1:2026-05-26:0:supervisor', 'P7.1')];
    expect(prefilled('log_session', owed)).toEqual({ session: '2026-05-26', topics: [], actions: [] });
    expect(prefilled('answer_pulse', owed)).toEqual({});
  });
});
