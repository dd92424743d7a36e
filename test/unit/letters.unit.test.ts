import { describe, expect, it } from 'vitest';
import { templates } from '../../src/content/index.ts';
import { counselLine, profileSchema } from '../../src/contracts/policy.ts';
import { letterOf, missingFields } from '../../src/documents/letters.ts';
import type { FieldValue } from '../../src/documents/letters.ts';
import { dollars, letterDay } from '../../src/documents/letters-words.ts';
import { factsOfCandidacy } from '../../src/client/letters-candidacy.ts';
import { factsOfCheck } from '../../src/client/letters-check.ts';
import type { LetterPlace } from '../../src/client/letters-kinds.ts';
import { LetterRefused } from '../../src/client/letters-kinds.ts';
import { initialClock } from '../../src/domain/clock/state.ts';
import type { Background } from '../../src/domain/clock/state.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import type { World } from '../../src/sandbox/world.ts';
import { id, must, offered, people, screened, selected } from './candidacy-world.ts';
import { termsForTests } from './house.ts';

const letters = templates().filter(({ kind }) => kind === 'letter');
const offer = letters.find(({ id }) => id === 'letter-offer')!;

/** A word for every field of a template, a list where it is one. */
function values(template: (typeof letters)[number]): Record<string, FieldValue> {
  return Object.fromEntries(
    template.fields.map((name) => [
      name,
      /_list$|rights_summary|questions$|_plan$/.test(name) ? [`${name} one`, `${name} two`] : `${name} words`,
    ]),
  );
}
const all = (template: (typeof letters)[number]) => ({
  values: values(template),
  sections: new Set(template.sections.map(({ name }) => name)),
});

describe('a letter', () => {
  it.each(letters)('$id is whole when every field has a value, and says each of them', (template) => {
    const input = all(template);
    expect(missingFields(template, input)).toEqual([]);
    const { markdown, html, subject } = letterOf(template, input);
    expect(markdown).not.toMatch(/\{\{|\}\}|undefined/);
    for (const field of template.fields) expect(html).toContain(field);
    expect(subject).toBe(template.subject);
  });

  it.each(letters)('$id carries the line about counsel until somebody read the profile', (template) => {
    const profile = profileSchema.parse(termsForTests().profile);
    const line = counselLine(profile);
    const input = { ...all(template), values: { ...values(template), counsel_line: line } };
    expect(letterOf(template, input).markdown.trimEnd().endsWith(line)).toBe(true);
    expect(letterOf(template, input).html).toContain('This profile was not read by counsel.');
    const read = { ...input, values: { ...input.values, counsel_line: '' } };
    expect(letterOf(template, read).markdown).not.toContain('counsel');
    expect(letterOf(template, read).html).not.toContain('<p></p>');
  });

  it('D5.1 is not made while a field is open, and names the open ones; those of a part left out are not asked for', () => {
    const { conditions_list: _list, ...some } = values(offer);
    const without = { values: some, sections: new Set<string>() };
    expect(missingFields(offer, without)).toEqual([]);
    expect(letterOf(offer, without).markdown).not.toContain('The offer depends on');
    const asked = { values: { ...some, pay_rate: '' }, sections: new Set(['conditional']) };
    expect(missingFields(offer, asked)).toEqual(['pay_rate', 'conditions_list']);
    expect(() => letterOf(offer, asked)).toThrow('letter_incomplete');
    const { counsel_line: _line, ...silent } = values(offer);
    expect(missingFields(offer, { values: silent, sections: new Set() })).toEqual(['counsel_line']);
  });

  it('says a value exactly: nothing in it becomes markup', () => {
    const name = '<img src=x onerror=alert(1)> **B** & [a](b) _c_ `d`';
    const input = { ...all(offer), values: { ...values(offer), recipient_name: name } };
    const { html, markdown } = letterOf(offer, input);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; **B** &amp; [a](b) _c_ `d`');
    expect(markdown).toContain('\\<img src=x onerror=alert(1)\\>');
    const list = { ...input, values: { ...values(offer), conditions_list: ['- a\n- b', '1. c'] } };
    expect(letterOf(offer, list).html).toMatch(/<li>- a - b<\/li>\s*<li>1\. c<\/li>/);
  });

  it('prints as a page of its own: bold, lists, lines of a signature, nothing fetched', () => {
    const { html } = letterOf(offer, all(offer));
    expect(html).toContain('<strong>Pay:</strong> pay_rate words per pay_unit words');
    expect(html).toContain('sender_title words<br />organization_name words');
    expect(html).toMatch(/<li>conditions_list one<\/li>/);
    expect(html).toContain('@media print');
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
  });
});

describe('words of a letter', () => {
  it('are days and dollars', () => {
    expect(letterDay('2025-03-04')).toBe('4 Mar 2025');
    expect(dollars(2350)).toBe('$23.50');
    expect(dollars(2305)).toBe('$23.05');
  });
});

/** A case as a letter is made from it. No letter here needs a name out of the directory. */
function place(own: unknown, today: string): LetterPlace {
  const parts = { office: {}, reader: {}, one: { held: { own } }, terms: termsForTests(), today };
  return parts as unknown as LetterPlace;
}
const inWorld = (world: World): LetterPlace =>
  place(world.state(id), dateOf(termsForTests().calendar, world.now));
const refusedAs = (code: LetterRefused['code']) => expect.objectContaining({ code });

describe('an offer’s letter (D5.10)', () => {
  it('is made from the version that two people approved, and from its terms', async () => {
    const facts = await factsOfCandidacy(inWorld(offered()), 'offer');
    expect(facts).toMatchObject({
      template: 'letter-offer',
      person: people.candidate,
      fixed: { offer_version: '1', pay_rate: '$23.50', pay_unit: 'hour', hours_per_week: '40 hours' },
      sections: ['conditional', 'extension_possible'],
    });
    expect(facts.fixed['answer_by']).toBe('18 Apr 2025');
    expect(facts.fixed['conditions_list']).toHaveLength(3);
    expect(facts.usual['probation_text']).toBe('90 days, the same as for all staff');
  });

  it.each([
    ['there is none', () => selected()],
    [
      'one person approved it',
      () => {
        const world = selected();
        must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
        must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
        return world;
      },
    ],
    [
      'a change voided the approvals',
      () => {
        const world = selected();
        must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
        must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
        must(world, people.director, 'approve_offer', { version: 1, outcome: 'approved' });
        must(world, people.hr, 'draft_offer', { amount: 2400, hours: 40 });
        return world;
      },
    ],
    [
      'somebody said no',
      () => {
        const world = selected();
        must(world, people.hr, 'draft_offer', { amount: 2350, hours: 40 });
        must(world, people.hr, 'approve_offer', { version: 1, outcome: 'approved' });
        must(world, people.director, 'approve_offer', {
          version: 1,
          outcome: 'refused',
          reason: 'over_budget',
        });
        return world;
      },
    ],
  ])('is not made when %s', async (_, world) => {
    await expect(factsOfCandidacy(inWorld(world()), 'offer')).rejects.toEqual(
      refusedAs('offer_not_approved'),
    );
  });
});

describe('letters to a candidate', () => {
  it('P3.1 P3.2 name the day of the next word; P4.5 tells the outcome and only then', async () => {
    const waiting = inWorld(screened());
    const ack = await factsOfCandidacy(waiting, 'ack');
    expect(ack).toMatchObject({ template: 'letter-acknowledgement', usual: { next_word_by: '9 Apr 2025' } });
    expect((await factsOfCandidacy(waiting, 'status')).sections).toEqual([]);
    await expect(factsOfCandidacy(waiting, 'outcome')).rejects.toEqual(refusedAs('letter_not_now'));
    await expect(factsOfCandidacy(waiting, 'interview')).rejects.toEqual(refusedAs('letter_not_now'));
    const chosen = await factsOfCandidacy(inWorld(selected()), 'outcome');
    expect(chosen.template).toBe('letter-outcome-selected');
  });
});

describe('notices of a check (R5.4)', () => {
  const check = (matter: Partial<Background>): LetterPlace => {
    const background = { about: 'background', status: 'pending', given: null, proposal: null };
    const weighed = { considered: [], assessedAt: null, word: null, slow: false };
    const whole = { ...background, ...weighed, ...matter } as Background;
    return place({ ...initialClock, person: people.candidate, matter: whole }, '2025-04-24');
  };

  it('X8 the first comes after the assessment and gives the later of both waits', async () => {
    const open = check({ status: 'individual_assessment', assessedAt: 1 });
    expect((await factsOfCheck(open, 'pre-adverse')).fixed).toEqual({ answer_by: '1 May 2025' });
    for (const early of [check({}), check({ status: 'individual_assessment' }), check({ status: 'clear' })])
      await expect(factsOfCheck(early, 'pre-adverse')).rejects.toEqual(refusedAs('letter_not_now'));
  });

  it('the final one is not made before the first was given', async () => {
    const proposal = { by: people.background, reason: 'related_to_duties', notice: 'txt_n' } as const;
    const final = await factsOfCheck(check({ status: 'pre_adverse', proposal }), 'final');
    expect(final.usual['decision_reason']).toContain('duties');
    await expect(
      factsOfCheck(check({ status: 'individual_assessment', assessedAt: 1 }), 'final'),
    ).rejects.toEqual(refusedAs('letter_not_now'));
    const other = place({ ...initialClock, matter: { about: 'exclusion', status: 'match' } }, '2025-04-24');
    await expect(factsOfCheck(other, 'final')).rejects.toEqual(refusedAs('letter_kind_wrong'));
  });
});
