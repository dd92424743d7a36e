import { z } from 'zod';
import { mustBe } from '../../cli/ids.ts';
import { reportOf } from '../../cli/readiness.ts';
import { documentOf } from '../../cli/role.ts';
import { askReadiness, askRole, askTexts } from '../../client/ask-roles.ts';
import { compared, matrix, paper, readiness } from '../../contracts/api/reading.ts';
import { digestOf } from '../../documents/description.ts';
import { elementHeading } from '../../documents/words.ts';
import { elementIn } from '../../domain/role/state.ts';
import { toHtml, toMarkdown } from '../../documents/render.ts';
import { compareTeams } from '../../domain/role/compare.ts';
import { agreementMatrix } from '../../domain/role/matrix.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const caseParams = z.object({ case: z.string().max(60) });
const MOST_TEAMS = 12;

const agreement = route({
  ...{ id: 'showMatrix', method: 'GET', path: '/cases/:case/matrix', tag: 'roles', action: 'read:work' },
  says: 'Who stands where in a role: elements by people.',
  params: caseParams,
  answer: matrix,
  handle: async ({ desk, guest, params }) => {
    mustBe('role', params.case);
    const { state, names } = await askRole(desk.office, personOf(guest), params.case);
    const found = agreementMatrix(state);
    const known = await names(found.people.map((one) => one.person));
    const texts = await askTexts(
      desk.office,
      personOf(guest),
      Object.values(state.elements).flatMap(({ text }) => (text === null ? [] : [text])),
    );
    const rows = found.rows.map((row) => {
      const element = elementIn(state, row.element);
      const words = texts.get(element?.text ?? '') ?? null;
      return { ...row, heading: elementHeading(row.element), words, choices: [...(element?.choices ?? [])] };
    });
    return {
      ...found,
      rows,
      people: found.people.map((one) => ({ ...one, name: known.get(one.person) ?? null })),
    };
  },
});

const compare = route({
  ...{ id: 'compareRoles', method: 'GET', path: '/roles/compared', tag: 'roles', action: 'read:work' },
  says: 'The versions of several teams side by side, with the words of their elements.',
  query: z.strictObject({ cases: z.string().regex(/^[a-z0-9-]{1,60}(,[a-z0-9-]{1,60}){1,11}$/) }),
  answer: compared,
  handle: async ({ desk, guest, query }) => {
    const as = personOf(guest);
    const ids = [...new Set(query.cases.split(','))].slice(0, MOST_TEAMS);
    const roles = [];
    for (const id of ids) {
      mustBe('role', id);
      roles.push({ case: id, state: (await askRole(desk.office, as, id)).state });
    }
    const refs = roles.flatMap(({ state }) =>
      Object.values(state.elements).flatMap(({ text }) => (text === null ? [] : [text])),
    );
    const words = await askTexts(desk.office, as, refs);
    const { sides, elements } = compareTeams(roles, words);
    const worded = elements.map((one) => ({
      ...one,
      sides: one.sides.map((side) =>
        side === null ? null : { ...side, words: side.text === null ? null : (words.get(side.text) ?? null) },
      ),
    }));
    return { sides, elements: worded };
  },
});

const described = route({
  ...{ id: 'describeRole', method: 'POST', path: '/cases/:case/description', tag: 'documents' },
  action: 'read:work',
  says: 'The description of a role, generated from its adopted version, its duties and the pay record.',
  params: caseParams,
  body: z.strictObject({ title: z.string().min(1).max(120).optional() }),
  answer: paper.extend({
    ...{ version: z.int(), status: z.string(), gaps: z.array(z.string()), unread: z.int() },
    ...{ digest: z.string(), approved: z.string().nullable() },
  }),
  handle: async ({ desk, guest, params, body }) => {
    mustBe('role', params.case);
    const found = await documentOf(desk.office, personOf(guest), params.case, body.title);
    const { document, unread, approved } = found;
    const markdown = toMarkdown(document);
    const { title, version, status, gaps } = document;
    const digest = digestOf(markdown);
    return { title, version, status, gaps, unread, digest, approved, markdown, html: toHtml(document) };
  },
});

const ready = route({
  ...{
    id: 'showReadiness',
    method: 'GET',
    path: '/cases/:case/readiness',
    tag: 'roles',
    action: 'read:work',
  },
  says: 'The readiness of a site: the self-check once it is revealed, the policies, the timeline as dates.',
  params: caseParams,
  answer: readiness,
  handle: async ({ desk, guest, params }) => {
    mustBe('readiness', params.case);
    const { state, look, names } = await askReadiness(desk.office, personOf(guest), params.case);
    const { timeline, ...report } = reportOf(state, look);
    return {
      ...{ ...report, timeline, names: Object.fromEntries(await names(state.scorers)) },
      actions: report.actions.map((one) => ({ ...one })),
    };
  },
});

/** Roles and the readiness of sites. */
export const roleRoutes = [agreement, compare, described, ready];
