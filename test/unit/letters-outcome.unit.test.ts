import { describe, expect, it } from 'vitest';
import { factsOfCandidacy } from '../../src/client/letters-candidacy.ts';
import type { LetterPlace } from '../../src/client/letters-kinds.ts';
import { templates } from '../../src/content/index.ts';
import type { CandidacyState } from '../../src/domain/candidacy/state.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { letterOf, missingFields } from '../../src/documents/letters.ts';
import type { World } from '../../src/sandbox/world.ts';
import { application, id, must, offered, people, screened, tell, worldOn } from './candidacy-world.ts';
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
