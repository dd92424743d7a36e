import { describe, expect, it } from 'vitest';
import { loadGuard } from '../../src/client/guard-load.ts';
import { guarded } from '../../src/client/guard-texts.ts';
import type { Envelope } from '../../src/contracts/envelope.ts';
import { textRef } from '../../src/directory/texts.ts';
import { noWayAround } from '../../src/domain/findings.ts';
import { DUTIES, LANGUAGE, QUESTIONS } from '../../src/guards/packs.ts';
import type { World } from '../../src/sandbox/world.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { caseOf, person, termsForTests } from './house.ts';
import { adoptedRole, ask, classify, enter, goodDuties, must, people, role, text } from './role-house.ts';

/** What the guard found in the words of a duty or a description, and who may say that it erred. */

const { dana, marisol, theo, director, hrDirector } = people;
const missing = (rule: string, code: string) => ({ rule, missing: [expect.objectContaining({ code })] });

const duties = goodDuties.map(({ duty, share, alsoDoneBy }) => ({
  duty,
  text: text(duty),
  share,
  alsoDoneBy,
}));
const withFindings = (findings: readonly string[]) => ({
  duties: duties.map((one) => (one.duty === 'meetings' ? { ...one, findings } : one)),
});
/** The list with the words of one duty as they were looked at. */
const asSettled = {
  duties: duties.map(({ text: words, ...one }) =>
    one.duty === 'meetings' ? { ...one, settled: true } : { ...one, text: words },
  ),
};
const about = { duty: 'meetings', finding: 'OTHER_DUTIES' };
const dispute = { ...about, text: text('words'), findings: ['OTHER_DUTIES'] };
const erred = { ...about, outcome: 'wrong_about_text' };

const owed = (world: World, code: string) =>
  world
    .obligations(role)
    .filter((one) => one.code === code && one.id.includes('dispute'))
    .map((one) => [one.owner.split('@')[0], dateOf(termsForTests().calendar, one.due)]);

function drafted(findings: readonly string[]): World {
  const world = adoptedRole();
  enter(world, goodDuties);
  classify(world, 1, goodDuties);
  must(world, dana, 'draft_description', {
    ...{ text: text('description'), requirements: [], hours: 'full_time', benefits: true, findings },
  });
  return world;
}

describe('the words of a duty', () => {
  it('R2.2 are refused while the guard finds other duties without a bound, until two say that it erred', () => {
    const world = adoptedRole();
    expect(ask(world, dana, 'enter_duties', withFindings(['OTHER_DUTIES']))).toMatchObject(
      missing('R2.2', 'OTHER_DUTIES'),
    );
    must(world, dana, 'dispute_finding', dispute);
    expect(owed(world, 'D2.1')).toEqual([
      ['adviser', '2025-02-24'],
      ['director', '2025-02-24'],
    ]);
    must(world, theo, 'settle_dispute', erred);
    expect(owed(world, 'D2.1')).toEqual([['director', '2025-02-24']]);
    expect(ask(world, dana, 'enter_duties', withFindings(['OTHER_DUTIES']))).toMatchObject({ rule: 'R2.2' });
    must(world, director, 'settle_dispute', erred);
    expect(owed(world, 'D2.1')).toEqual([]);
    must(world, dana, 'enter_duties', asSettled);
    const entered = world.rows.findLast((row) => row.kind === 'duties_entered')!.body as {
      readonly duties: readonly { readonly duty: string; readonly text: string }[];
    };
    expect(entered.duties.find((one) => one.duty === 'meetings')?.text).toBe(text('words'));
  });

  it('R2.2 what was said holds for the words that were looked at, and for no others', () => {
    const world = adoptedRole();
    expect(ask(world, dana, 'enter_duties', asSettled)).toMatchObject(missing('D2.1', 'dispute'));
    must(world, dana, 'dispute_finding', dispute);
    for (const who of [theo, director]) must(world, who, 'settle_dispute', erred);
    expect(ask(world, dana, 'dispute_finding', dispute)).toMatchObject(missing('D2.1', 'already_settled'));
    // Other words under the duty, in which the guard finds the same.
    expect(ask(world, dana, 'enter_duties', withFindings(['OTHER_DUTIES']))).toMatchObject({
      rule: 'R2.2',
      missing: [{ code: 'OTHER_DUTIES' }, { code: 'settled_words', about: 'meetings' }],
    });
    const both = asSettled.duties.map((one) => ('settled' in one ? { ...one, text: text('other') } : one));
    expect(ask(world, dana, 'enter_duties', { duties: both })).toMatchObject(
      missing('D2.1', 'settled_words'),
    );
    must(world, dana, 'enter_duties', asSettled);
    expect(ask(world, dana, 'enter_duties', asSettled)).toMatchObject(missing('D2.1', 'dispute'));
  });

  it('R1.3 no words are looked at in which it was found beside', () => {
    const world = adoptedRole();
    const beside = { ...dispute, findings: ['OTHER_DUTIES', 'R1.3'] };
    expect(ask(world, dana, 'dispute_finding', beside)).toMatchObject(missing('D2.1', 'no_way_around'));
  });

  it('D2.1 one who says that the finding stands is enough for it to stand, and it is not asked again', () => {
    const world = adoptedRole();
    must(world, dana, 'dispute_finding', dispute);
    must(world, director, 'settle_dispute', { ...about, outcome: 'stands' });
    expect(ask(world, theo, 'settle_dispute', erred)).toMatchObject(missing('D2.1', 'dispute'));
    expect(ask(world, dana, 'enter_duties', withFindings(['OTHER_DUTIES']))).toMatchObject({ rule: 'R2.2' });
    const again = { ...dispute, text: text('again') };
    for (const who of [dana, marisol])
      expect(ask(world, who, 'dispute_finding', again)).toMatchObject(missing('D2.1', 'finding_stands'));
    must(world, dana, 'dispute_finding', { ...again, duty: 'phones' });
    must(world, dana, 'enter_duties', withFindings([]));
  });

  it('D2.1 director and adviser are two people, and neither is the author', () => {
    const world = adoptedRole();
    world.assign(director, 'adviser');
    world.assign(director, 'hr');
    must(world, director, 'dispute_finding', dispute);
    expect(ask(world, director, 'settle_dispute', erred)).toMatchObject(
      missing('D2.1', 'second_person_needed'),
    );
    const other = adoptedRole();
    other.assign(director, 'adviser');
    must(other, dana, 'dispute_finding', dispute);
    expect(ask(other, dana, 'settle_dispute', erred)).toMatchObject({ code: 'not_permitted' });
    must(other, director, 'settle_dispute', erred);
    expect(ask(other, director, 'settle_dispute', erred)).toMatchObject(
      missing('D2.1', 'second_person_needed'),
    );
    other.assign(hrDirector, 'director');
    expect(ask(other, hrDirector, 'settle_dispute', erred)).toMatchObject(missing('D2.1', 'needs_capacity'));
    must(other, theo, 'settle_dispute', erred);
  });

  it('D2.1 needs the words for those who judge, and a finding that the guard made', () => {
    const world = adoptedRole();
    expect(ask(world, dana, 'dispute_finding', about)).toMatchObject(missing('D2.1', 'text'));
    expect(ask(world, dana, 'dispute_finding', { ...dispute, findings: [] })).toMatchObject(
      missing('D2.1', 'finding'),
    );
    must(world, dana, 'dispute_finding', dispute);
    expect(ask(world, marisol, 'dispute_finding', dispute)).toMatchObject(missing('D2.1', 'already_asked'));
  });

  it('R1.3 words that oblige anybody to disclose are refused, and nobody calls that wrong about the text', () => {
    const world = adoptedRole();
    expect(ask(world, dana, 'enter_duties', withFindings(['R1.3']))).toMatchObject(
      missing('R1.3', 'holder_decides'),
    );
    const around = { ...dispute, finding: 'R1.3', findings: ['R1.3'] };
    expect(ask(world, dana, 'dispute_finding', around)).toMatchObject(missing('D2.1', 'no_way_around'));
    must(world, dana, 'enter_duties', withFindings([]));
  });
});

describe('the words of a description', () => {
  const settle = { finding: 'L2', outcome: 'wrong_about_text' };

  it('D2.8 is approved when its author, the director and the adviser say that the rule erred about this draft', () => {
    const world = drafted(['L2']);
    expect(ask(world, marisol, 'approve_description', {})).toMatchObject(missing('D2.8', 'language_guard'));
    expect(ask(world, marisol, 'dispute_finding', { finding: 'L2' })).toMatchObject(
      missing('D2.8', 'author'),
    );
    must(world, dana, 'dispute_finding', { finding: 'L2' });
    expect(owed(world, 'D2.8').map(([owner]) => owner)).toEqual(['adviser', 'director']);
    must(world, director, 'settle_dispute', settle);
    expect(ask(world, marisol, 'approve_description', {})).toMatchObject(missing('D2.8', 'language_guard'));
    must(world, theo, 'settle_dispute', settle);
    must(world, marisol, 'approve_description', {});
  });

  it('D2.8 a finding that stands is not asked again about this draft, and may be about another one', () => {
    const world = drafted(['L2']);
    must(world, dana, 'dispute_finding', { finding: 'L2' });
    must(world, theo, 'settle_dispute', { finding: 'L2', outcome: 'stands' });
    expect(ask(world, dana, 'dispute_finding', { finding: 'L2' })).toMatchObject(
      missing('D2.8', 'finding_stands'),
    );
    must(world, dana, 'draft_description', {
      ...{ text: text('second'), requirements: [], hours: 'full_time', benefits: true, findings: ['L2'] },
    });
    must(world, dana, 'dispute_finding', { finding: 'L2' });
  });

  it('D2.8 each finding needs its own word, and another draft begins anew', () => {
    const world = drafted(['L2', 'R2.2']);
    must(world, dana, 'dispute_finding', { finding: 'L2' });
    for (const who of [director, theo]) must(world, who, 'settle_dispute', settle);
    expect(ask(world, marisol, 'approve_description', {})).toMatchObject(missing('D2.8', 'language_guard'));
    expect(ask(world, dana, 'dispute_finding', { finding: 'L2' })).toMatchObject(missing('D2.8', 'finding'));
    must(world, dana, 'dispute_finding', { finding: 'R2.2' });
    must(world, dana, 'draft_description', {
      ...{ text: text('second'), requirements: [], hours: 'full_time', benefits: true, findings: ['L2'] },
    });
    expect(owed(world, 'D2.8')).toEqual([]);
    must(world, dana, 'dispute_finding', { finding: 'L2' });
  });

  it('R1.3 stands in a description too', () => {
    const world = drafted(['R1.3']);
    expect(ask(world, dana, 'dispute_finding', { finding: 'R1.3' })).toMatchObject(
      missing('D2.8', 'no_way_around'),
    );
  });
});

describe('what has no way around it', () => {
  it('R1.3 and every rule that protects health, genetics or a protected ground, as the packs say', () => {
    const packs = [QUESTIONS, DUTIES, LANGUAGE].flatMap((pack) => [...pack.rules.values()]);
    const grounds = ['health', 'genetic', 'protected'];
    for (const { code, ground } of packs)
      expect([code, noWayAround(code)]).toEqual([code, grounds.includes(ground)]);
    expect(noWayAround('R1.3')).toBe(true);
    expect(noWayAround('OTHER_DUTIES')).toBe(false);
  });
});

describe('the façade', () => {
  const decisionId = 'dec_role-texts';
  const ref = (field: string): string => textRef(decisionId, field);
  async function read(type: string, payload: Record<string, unknown>, words: Record<string, string>) {
    const envelope: Envelope = {
      ...{ v: 1, decisionId, case: caseOf('role', 'g'), type, actor: person('dana'), how: 'asserted_local' },
      payload,
    };
    const texts = Object.entries(words).map(([field, one]) => ({
      ...{ decisionId, field, subject: person('dana'), text: one },
    }));
    return guarded(envelope, texts, await loadGuard());
  }

  it('D2.8 hands what the guard found in a description to the case', async () => {
    const payload = { text: ref('texttext'), requirements: [], hours: 'full_time', benefits: true };
    const found = await read('draft_description', payload, { texttext: 'Other duties as assigned.' });
    expect(found.envelope.payload['findings']).toContain('R2.2');
    expect(found.blocked).toEqual([]);
    const clean = await read('draft_description', payload, {
      texttext: 'Listens to people, and runs two groups a week with a colleague.',
    });
    expect(clean.envelope.payload).toEqual(payload);
  });

  it('R1.3 and R2.2 go into a duty list, and into a dispute about one duty', async () => {
    const list = { duties: [{ duty: 'd1', text: ref('textduties0text'), share: 100 }] };
    const words = { textduties0text: 'Must share their own recovery story with every new client.' };
    const got = await read('enter_duties', list, words);
    const [first] = got.envelope.payload['duties'] as { findings?: string[] }[];
    expect(first?.findings).toEqual(['R1.3']);
    const one = { duty: 'd1', finding: 'OTHER_DUTIES', text: ref('texttext') };
    const asked = await read('dispute_finding', one, { texttext: 'Other duties as assigned' });
    expect(asked.envelope.payload['findings']).toEqual(['OTHER_DUTIES']);
    expect(asked.blocked).toEqual([]);
  });
});
