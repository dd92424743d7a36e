import { describe, expect, it } from 'vitest';
import { factsOfCandidacy } from '../../src/client/letters-candidacy.ts';
import type { LetterPlace } from '../../src/client/letters-kinds.ts';
import { templates } from '../../src/content/index.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { letterOf, missingFields } from '../../src/documents/letters.ts';
import type { World } from '../../src/sandbox/world.ts';
import {
  application,
  debts,
  id,
  must,
  offered,
  people,
  interviewed,
  screened,
  sheet,
  tell,
  worldOn,
} from './candidacy-world.ts';
import { moveTo, termsForTests } from './house.ts';

/** Letters to candidates whose way ended without a choice of the panel. */

const { calendar } = termsForTests();
const place = (own: unknown, today: string): LetterPlace =>
  ({
    office: {},
    reader: {},
    one: { held: { own } },
    terms: termsForTests(),
    today,
  }) as unknown as LetterPlace;
const outcome = (own: unknown, today: string) => factsOfCandidacy(place(own, today), 'outcome');
const ofWorld = (world: World) => outcome(world.state(id), dateOf(calendar, world.now));

/** The letter with a word for what the ledger does not know. */
function written({ template, fixed, sections }: Awaited<ReturnType<typeof ofWorld>>): string {
  const found = templates().find((one) => one.id === template)!;
  const open = Object.fromEntries(found.fields.map((field) => [field, `(${field})`]));
  const input = { values: { ...open, ...fixed }, sections: new Set(sections) };
  expect(missingFields(found, input)).toEqual([]);
  return letterOf(found, input).markdown;
}

function rescinded(change: Partial<CandidacyState['pre']>, reason: string): CandidacyState {
  const state = offered().state(id) as CandidacyState;
  const rescind = { by: people.hr, reason, at: 1, word: 'clear' } as CandidacyState['pre']['rescind'];
  const told = { what: 'rescinded', at: 2, told: false } as const;
  return { ...state, stage: 'ended', outcome: told, pre: { ...state.pre, rescind, ...change } };
}

describe('the outcome in a letter', () => {
  it('P5.1 says until when an offer that ran out was open', async () => {
    const world = offered();
    moveTo(world, '2025-04-21');
    const facts = await ofWorld(world);
    expect(facts).toMatchObject({
      ...{ template: 'letter-outcome-expired', person: people.candidate },
      fixed: { answer_by: '18 Apr 2025' },
    });
    expect(written(facts)).toContain('was open until 18 Apr 2025');
  });

  it('D3.7 X4 says that the search is closed, and nothing of the person', async () => {
    const world = screened();
    tell(world, { kind: 'opening_closed', body: { how: 'failed_search' } });
    const facts = await ofWorld(world);
    expect(facts.template).toBe('letter-outcome-closed');
    const text = written(facts);
    expect(text).toContain('The search is closed');
    expect(text).not.toContain('failed');
    expect(text).not.toContain('Another search');
    expect(written({ ...facts, sections: ['new_search'] })).toContain('Another search');
  });

  it('X2 says until when a reply opens it again, and after that day what is open instead', async () => {
    const world = worldOn('2025-03-05');
    must(world, people.hr, 'open', { ...application, attested: false });
    moveTo(world, '2025-03-12');
    must(world, people.hr, 'log_contact', { channel: 'call', on: '2025-03-12' });
    moveTo(world, '2025-03-19', '17:01');
    const facts = await ofWorld(world);
    expect(facts).toMatchObject({
      ...{ template: 'letter-outcome-no-response', sections: ['may_return'] },
      fixed: { reopen_by: '16 Apr 2025' },
    });
    expect(written(facts)).toContain('a short reply by 16 Apr 2025 is enough');
    moveTo(world, '2025-04-17');
    const late = await ofWorld(world);
    expect(late.sections).toEqual(['time_over']);
    expect(written(late)).not.toContain('a short reply by');
  });

  it('D5.9 P4.5 says that the reserve has ended, to whoever was kept in it', async () => {
    const world = interviewed();
    for (const rater of people.raters) must(world, rater, 'submit_sheet', sheet);
    tell(world, { kind: 'reserved', body: { until: '2025-07-09' } });
    must(world, people.hr, 'tell_outcome');
    tell(world, { kind: 'reserve_ended', body: { how: 'released' } });
    expect(debts(world).some((one) => one.startsWith('P4.5'))).toBe(true);
    const facts = await ofWorld(world);
    expect(facts.template).toBe('letter-outcome-reserve-ended');
    expect(written(facts)).toContain('That reserve has ended');
  });

  it('X1 is the receipt of a withdrawal, and asks for no reason', async () => {
    const world = screened();
    must(world, people.candidate, 'withdraw');
    const text = written(await ofWorld(world));
    expect(text).toContain('We have your word that you withdraw');
    expect(text).toContain('You owe us no reason');
  });

  it('D5.1 thanks for the answer of somebody who does not take the offer', async () => {
    const world = offered();
    must(world, people.candidate, 'decline_offer', { version: 1 });
    expect(written(await ofWorld(world))).toContain('You do not take our offer');
  });

  it('P4.5 R5.4 tells the outcome of a check that ended after the first day, and nothing of what was found', async () => {
    const told = { what: 'check_adverse', at: 2, told: false } as const;
    const own = { ...(offered().state(id) as CandidacyState), stage: 'hired', outcome: told } as const;
    const facts = await outcome(own, '2025-06-20');
    expect(facts).toMatchObject({ template: 'letter-outcome-check', fixed: {} });
    expect(written(facts)).toContain('This letter ends nothing by itself');
  });

  it('D3.4 has no words for a second application of the same person: they hear of the first', async () => {
    const own = { ...(screened().state(id) as CandidacyState), stage: 'ended' } as const;
    const twice = { ...own, outcome: { what: 'duplicate', at: 2, told: true } as const };
    await expect(outcome(twice, '2025-06-20')).rejects.toMatchObject({ code: 'letter_not_now' });
  });

  it.each([
    ['RC_CHECK', { background: { outcome: 'adverse', at: 1 } }, ['after_check', 'after_notices']],
    ['RC_CHECK', { exclusion: { outcome: 'match', at: 1 } }, ['after_check']],
    ['RC_CRED', {}, ['after_credential']],
    ['RC_FUNDING', {}, ['after_funding']],
  ] as const)(
    'R5.7 tells an offer taken back by its code %s, never what was found',
    async (reason, change, parts) => {
      const facts = await outcome(rescinded(change, reason), '2025-05-20');
      expect(facts).toMatchObject({ template: 'letter-outcome-rescinded', sections: parts, fixed: {} });
      const text = written(facts);
      expect(text).toContain('we take back our offer');
      expect(text.includes('two notices')).toBe((parts as readonly string[]).includes('after_notices'));
    },
  );
});
