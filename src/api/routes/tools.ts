import { z } from 'zod';
import { cardsOf } from '../../cli/learn.ts';
import { drawerEntries, toolboxDrawers } from '../../cli/toolbox.ts';
import { blockedInLetter } from '../../client/guard-letters.ts';
import { readHere } from '../../client/guard-load.ts';
import type { Reading } from '../../client/guard-load.ts';
import type { FoundInText } from '../../client/guard-texts.ts';
import { letterFields, letterKinds, letterList } from '../../client/letters-kinds.ts';
import { makePosting } from '../../client/letters-posting.ts';
import { makeLetter } from '../../client/letters.ts';
import type { GivenForLetter } from '../../client/letters.ts';
import { SURFACES } from '../../client/surfaces.ts';
import { card, guarded, paper } from '../../contracts/api/reading.ts';
import type { Letter } from '../../documents/letters.ts';
import { limits } from '../../identity/limits.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { within } from '../limits.ts';
import { problemOf, shownFindings } from '../problem.ts';
import type { ApiProblem } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const MOST_TEXTS = 60;
/** Of all texts of one request together: reading them keeps everybody else's texts waiting. */
const MOST_LETTERS = 20_000;

/** @throws ApiProblem when the texts of one request are too long together, or they read too many */
async function mustBeShort({ office }: Desk, guest: Guest, texts: readonly string[]): Promise<void> {
  const letters = texts.reduce((sum, text) => sum + text.length, 0);
  if (letters > MOST_LETTERS)
    throw problemOf(
      413,
      'oversized',
      `One request has at most ${MOST_LETTERS} letters. Send a text at a time.`,
    );
  await within(office, limits.reading, personOf(guest));
}

const readingOf = ({ reading = readHere }: Desk): Reading => reading;

const guard = route({
  ...{ id: 'readByGuard', method: 'POST', path: '/guard', tag: 'tools', action: 'guard:text' },
  says: 'What the guards say of texts on a surface; nothing is kept of them.',
  body: z.strictObject({
    surface: z.enum(SURFACES),
    texts: z
      .array(z.strictObject({ id: z.string().max(80), text: z.string().max(MOST_LETTERS) }))
      .max(MOST_TEXTS),
  }),
  answer: z.object({ pack: z.string(), list: z.array(guarded) }),
  handle: async ({ desk, guest, body: { surface, texts } }) => {
    const words = texts.map(({ text }) => text);
    await mustBeShort(desk, guest, words);
    return readingOf(desk)((read) => ({
      pack: read.packOf(surface),
      list: texts.map(({ id, text }) => ({ id, findings: read.findingsOf(surface, text) })),
    }));
  },
});

const learn = route({
  ...{ id: 'listCards', method: 'GET', path: '/learn', tag: 'tools', action: 'read:open' },
  says: 'Cards of a gate, decision, rule, element or word: what is often thought, what is so, what to do now.',
  query: z.strictObject({ topic: z.string().min(1).max(60) }),
  answer: z.object({ list: z.array(card) }),
  handle: async ({ query }) => ({ list: cardsOf(query.topic) }),
});

const drawers = route({
  ...{ id: 'listToolbox', method: 'GET', path: '/toolbox', tag: 'tools', action: 'read:open' },
  says: 'What the product brings along for the people who prepare: items, duties, questions, templates.',
  answer: z.object({ list: z.array(z.object({ name: z.string(), what: z.string(), entries: z.int() })) }),
  handle: async () => ({ list: toolboxDrawers() }),
});

const drawer = route({
  ...{ id: 'showToolbox', method: 'GET', path: '/toolbox/:drawer', tag: 'tools', action: 'read:open' },
  says: 'One drawer of the toolbox as reviewed data with source and date; with a word, only entries that have it.',
  params: z.object({ drawer: z.string().max(40) }),
  query: z.strictObject({ find: z.string().min(1).max(60).optional() }),
  answer: z.object({ list: z.array(z.record(z.string(), z.unknown())) }),
  handle: async ({ params, query }) => {
    const list = drawerEntries(params.drawer, query.find);
    if (list === null)
      throw problemOf(404, 'unknown_drawer', 'The toolbox has no such drawer. Look at the list of them.');
    return { list: list.map((one) => ({ ...one })) };
  },
});

const value = z.union([z.string().max(4_000), z.array(z.string().max(4_000)).min(1).max(60)]);
const given = z.strictObject({
  fields: z.record(z.string().max(60), value).default({}),
  /** What the house says in all its letters: passed over where a letter has no use for it. */
  standing: z.record(z.string().max(60), value).default({}),
  sections: z.array(z.string().max(60)).max(40).default([]),
});

function givenFor({ fields, standing, sections }: z.output<typeof given>): GivenForLetter {
  const named = Object.keys(standing).filter((name) => !Object.hasOwn(fields, name));
  return { fields: { ...standing, ...fields }, standing: new Set(named), sections };
}

const stopped = (blocked: readonly FoundInText[]): ApiProblem =>
  problemOf(422, 'guard_blocked', 'A guard stops wording in a field; nothing was made.', {
    rule: blocked[0]?.findings[0]?.rule ?? null,
    findings: shownFindings(blocked),
  });

const papered = ({ title, markdown, html }: Letter) => ({ title, markdown, html });

const kinds = route({
  ...{ id: 'listLetters', method: 'GET', path: '/letters', tag: 'documents', action: 'read:open' },
  says: 'Which letters there are: what each belongs to, and who writes it; and what may stand in their fields.',
  answer: z.object({
    list: z.array(
      z.object({ kind: z.enum(letterKinds), title: z.string(), of: z.string(), by: z.array(z.string()) }),
    ),
    fields: z.array(z.object({ name: z.string(), kind: z.string(), means: z.string() })),
  }),
  handle: async () => ({ list: letterList(), fields: letterFields() }),
});

const letter = route({
  ...{ id: 'makeLetter', method: 'POST', path: '/cases/:case/letters/:kind', tag: 'documents' },
  action: 'read:work',
  says: 'A letter of a case, from its template and the ledger; what the ledger does not know comes with the request.',
  params: z.object({ case: z.string().max(60), kind: z.enum(letterKinds) }),
  body: given,
  answer: paper,
  handle: async ({ desk, guest, params, body }) => {
    const asked = givenFor(body);
    await mustBeShort(desk, guest, Object.values(asked.fields).flat());
    const blocked = await readingOf(desk)((read) => blockedInLetter(asked.fields, read));
    if (blocked.length > 0) throw stopped(blocked);
    return papered(await makeLetter(desk.office, personOf(guest), params.kind, params.case, asked));
  },
});

const posting = route({
  ...{ id: 'makePosting', method: 'POST', path: '/cases/:case/posting', tag: 'documents' },
  action: 'read:work',
  says: 'The posting of an opening, from the approved description, the pay record and the dates.',
  params: z.object({ case: z.string().max(60) }),
  body: given,
  answer: paper,
  handle: async ({ desk, guest, params, body }) => {
    const asked = givenFor(body);
    await mustBeShort(desk, guest, Object.values(asked.fields).flat());
    const reading = readingOf(desk);
    const all = await reading((read) => blockedInLetter(asked.fields, read));
    const typed = all.filter(({ surface }) => surface === 'question');
    if (typed.length > 0) throw stopped(typed);
    const made = await makePosting(desk.office, personOf(guest), params.case, asked, reading);
    if (made.letter === null) throw stopped(made.blocked);
    return papered(made.letter);
  },
});

/** What helps to write, and what is written: guards, cards, letters. */
export const toolRoutes = [guard, learn, drawers, drawer, kinds, letter, posting];
