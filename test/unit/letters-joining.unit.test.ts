import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit.ts';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { references, templates } from '../../src/content/index.ts';
import type { Piece } from '../../src/content/index.ts';
import { factsOfJoining } from '../../src/client/letters-joining.ts';
import { letterKinds, letterRules } from '../../src/client/letters-kinds.ts';
import type { LetterPlace } from '../../src/client/letters-kinds.ts';
import { factsOfOrientation } from '../../src/client/letters-orientation.ts';
import { missingFields } from '../../src/documents/letters.ts';
import { dateOf } from '../../src/domain/kernel/calendar.ts';
import { initialReadiness } from '../../src/domain/readiness/state.ts';
import type { ReadinessState } from '../../src/domain/readiness/state.ts';
import { findingsOf } from '../../src/guards/index.ts';
import type { World } from '../../src/sandbox/world.ts';
import { accepted, id, must, people, screened, selected } from './candidacy-world.ts';
import { caseOf, termsForTests } from './house.ts';

/** Letters on the way to a first day, to the team, and to a referee. */

const terms = termsForTests();
const place = (own: unknown, today: string, as: string = people.hr): LetterPlace => {
  const parts = { office: {}, reader: { as }, one: { held: { own } }, terms, today };
  return parts as unknown as LetterPlace;
};
const inWorld = (world: World, as?: string): LetterPlace =>
  place(world.state(id), dateOf(terms.calendar, world.now), as);
const notNow = expect.objectContaining({ code: 'letter_not_now' }) as Error;

function withMentor(said = false): World {
  const world = accepted();
  must(world, people.manager, 'assign_mentor', { mentor: people.mentor, kind: 'assigned' });
  if (said) must(world, people.mentor, 'answer_mentoring', { answer: 'accepted' });
  return world;
}

describe('letters before a first day', () => {
  it('P5.5 welcomes with day, people and plan, once the mentor has said yes', () => {
    expect(factsOfJoining(inWorld(withMentor(true)), 'welcome')).toMatchObject({
      ...{ template: 'letter-welcome', person: people.candidate, fixed: { start_date: '12 May 2025' } },
      named: { supervisor_name: people.supervisor, mentor_name: people.mentor },
      usual: { start_time: '09:00 (America/New_York)' },
    });
    for (const early of [accepted(), withMentor(), selected()])
      expect(() => factsOfJoining(inWorld(early), 'welcome')).toThrow(notNow);
  });

  it('D5.7 asks the mentor with a day to answer, and thanks them afterwards with the days of the talks (P6.2)', () => {
    const asked = factsOfJoining(inWorld(withMentor()), 'mentor');
    expect(asked).toMatchObject({
      ...{ template: 'letter-mentor', person: people.mentor, sections: ['asked'] },
      named: { new_colleague_name: people.candidate, supervisor_name: people.supervisor },
      fixed: {
        ...{ start_date: '12 May 2025', answer_by: '21 Apr 2025' },
        talk_days: ['22 May 2025', '11 Jun 2025', '11 Jul 2025', '11 Aug 2025'],
      },
      usual: { mentoring_text: '6 months, the same as for all new staff' },
    });
    const thanked = factsOfJoining(inWorld(withMentor(true)), 'mentor');
    expect(thanked.sections).toEqual(['accepted']);
    expect(thanked.fixed).not.toHaveProperty('answer_by');
    expect(() => factsOfJoining(inWorld(accepted()), 'mentor')).toThrow(notNow);
  });

  it('P5.6 lets only the mentor write in their own name', () => {
    const world = withMentor(true);
    const own = factsOfJoining(inWorld(world, people.mentor), 'mentor-welcome');
    expect(own).toMatchObject({ template: 'letter-mentor-welcome', named: { mentor_name: people.mentor } });
    expect(() => factsOfJoining(inWorld(world, people.hr), 'mentor-welcome')).toThrow(notNow);
    expect(() => factsOfJoining(inWorld(withMentor(), people.mentor), 'mentor-welcome')).toThrow(notNow);
  });
});

describe('letters to others', () => {
  it('D4.6 asks every referee the same questions, between interview and selection', () => {
    const world = screened();
    expect(() => factsOfJoining(inWorld(world), 'referee')).toThrow(notNow);
    must(world, people.hr, 'schedule_interview', { on: '2025-04-04', at: '10:00' });
    const facts = factsOfJoining(inWorld(world), 'referee');
    expect(facts.fixed['reference_questions']).toEqual(references().questions.map(({ text }) => text));
    expect(facts).toMatchObject({ named: { candidate_name: people.candidate } });
    expect(facts.usual['answer_by']).toBe('2 Apr 2025');
    expect(() => factsOfJoining(inWorld(selected()), 'referee')).toThrow(notNow);
  });

  it('P0.3 invites the whole team by the next first day and names nobody', () => {
    const coming = (on: string) => ({ candidacy: caseOf('candidacy', on), on, at: 0 });
    const dayOnes = [coming('2025-06-02'), coming('2025-05-12'), coming('2025-01-06')];
    const state: ReadinessState = { ...initialReadiness, accepted: 1, dayOnes };
    expect(factsOfOrientation(place(state, '2025-04-28'))).toEqual({
      ...{ template: 'letter-orientation-invitation', person: null, sections: [], usual: {} },
      fixed: { recipient_name: 'colleagues', start_date: '12 May 2025' },
    });
    const none = factsOfOrientation(place({ ...state, dayOnes: [] }, '2025-04-28'));
    expect(none.fixed).toEqual({ recipient_name: 'colleagues' });
    expect(() => factsOfOrientation(place(initialReadiness, '2025-04-28'))).toThrow(notNow);
  });
});

const letters = templates().filter(({ kind }) => kind === 'letter');
const wordsOf = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => ('text' in piece ? piece.text : 'pieces' in piece ? wordsOf(piece.pieces) : 'somebody'))
    .join('');

describe('templates', () => {
  it('every letter of the toolbox can be asked for, by somebody, of some case', () => {
    const used = letterKinds.flatMap((kind) => [...letterRules[kind].templates]);
    expect(used.toSorted()).toEqual(letters.map(({ id: name }) => name).toSorted());
    for (const kind of letterKinds) expect(letterRules[kind].by.length, kind).toBeGreaterThan(0);
  });

  it.each(templates())('$id says nothing that the language guard stops', ({ pieces }) => {
    for (const paragraph of wordsOf(pieces).split(/\n{2,}/))
      expect(
        findingsOf('template', paragraph).filter(({ level }) => level !== 'warn'),
        paragraph,
      ).toEqual([]);
  });

  it('D4.6 no question to a referee is one that may not be asked', () => {
    const forbidden = (question: string) =>
      findingsOf('question', question).filter(({ level }) => level === 'block');
    for (const { text } of references().questions) expect(forbidden(text), text).toEqual([]);
    expect(forbidden('Has the candidate ever been in hospital for their mental health?')).not.toEqual([]);
  });

  it('a letter to the mentor is whole in both of its forms, and asks nothing private', () => {
    const mentor = letters.find(({ id: name }) => name === 'letter-mentor')!;
    const values = Object.fromEntries(mentor.fields.map((field) => [field, 'words']));
    const { answer_by: _day, ...without } = values;
    expect(missingFields(mentor, { values: without, sections: new Set(['accepted']) })).toEqual([]);
    expect(missingFields(mentor, { values: without, sections: new Set(['asked']) })).toEqual(['answer_by']);
  });
});

async function said(argv: readonly string[]): Promise<{ code: number; lines: readonly string[] }> {
  const lines: string[] = [];
  const io: Io = {
    out: (text) => void lines.push(text),
    err: (text) => void lines.push(text),
    ...{ env: { PEER_HIRE_HOME: '/nowhere' }, color: false, stdin: async () => null },
  };
  return { code: await run(io, argv), lines };
}

describe('peer-hire letter', () => {
  it('lists which letters there are, of which case and by whom, with the source of each template', async () => {
    const { code, lines } = await said(['letter']);
    expect(code).toBe(EXIT.done);
    expect(lines.map((line) => line.split(' · ')[0])).toEqual([...letterKinds]);
    expect(lines).toContain(
      'mentor · Letter to the mentor · of a candidacy · by hr, hr director, hiring manager',
    );
    const { lines: json } = await said(['letter', '--json']);
    const { letters: all } = JSON.parse(json.join('')) as {
      letters: readonly { kind: string; templates: readonly { source: string }[] }[];
    };
    expect(all.map(({ kind }) => kind)).toEqual([...letterKinds]);
    for (const one of all.flatMap((letter) => letter.templates))
      expect(one).toMatchObject({
        source: expect.stringMatching(/^(S|R|K|O)/) as string,
        reviewed: '2026-11-22',
      });
  });

  it('wants a case and a sender for a letter, and knows no other kind', async () => {
    for (const argv of [
      ['letter', 'welcome'],
      ['letter', 'welcome', '--as', people.hr],
      ['letter', 'poem'],
    ])
      expect((await said(argv)).code).toBe(EXIT.usage);
  });
});
