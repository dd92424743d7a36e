import { z } from 'zod';
import { doingOf } from '../../cli/doing.ts';
import { askRelations, askRights, askSubjects } from '../../client/ask-relations.ts';
import { guardedField, guardedFields } from '../../client/guard-surfaces.ts';
import { commandForm, commandLine, related, subjectOf } from '../../contracts/api/commands.ts';
import { commandSchemas } from '../../contracts/commands.ts';
import { kernelCommands } from '../../contracts/kernel.ts';
import { shapeOf } from '../../contracts/shape-of.ts';
import { deciderOf } from '../../domain/cases.ts';
import { stepUpCommands } from '../../domain/kernel/actions.ts';
import { caseKinds } from '../../domain/kernel/words.ts';
import type { CaseKind } from '../../domain/kernel/words.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

const caseParams = z.object({ case: z.string().max(60) });

/** Commands a case begins with: they take an id that nothing has yet. */
const opening: ReadonlySet<string> = new Set([
  ...['readiness/open', 'role/open', 'opening/open', 'candidacy/open', 'employment/adopt'],
  ...['clock/open_leave', 'clock/request_accommodation', 'clock/report_concern', 'clock/hold_on'],
]);

type Schemas = Readonly<Record<string, z.ZodType<object>>>;
const schemasOf = (kind: CaseKind): Schemas => ({ ...kernelCommands, ...commandSchemas[kind] });

function lineOf(kind: CaseKind, type: string) {
  const rights = deciderOf(kind).rights as Readonly<Record<string, { readonly code: string }>>;
  const code = rights[type]?.code ?? null;
  return {
    ...{ kind, type, code, doing: code === null ? null : doingOf(code) },
    ...{ stepUp: stepUpCommands.has(`${kind}/${type}`), opens: opening.has(`${kind}/${type}`) },
  };
}

/** Which texts of a command a guard reads, by the path of the field; `*` stands for any place of a list. */
function guardedOf(kind: CaseKind, type: string): Readonly<Record<string, string>> {
  const head = `${kind}.${type}.`;
  const paths = guardedFields.filter((field) => field.startsWith(head)).map((one) => one.slice(head.length));
  return Object.fromEntries(
    paths.map((path) => [path, guardedField(kind, type, path.split('.'))?.surface ?? '']),
  );
}

const openers = route({
  ...{ id: 'listOpeners', method: 'GET', path: '/commands', tag: 'decide', action: 'read:work' },
  says: 'Commands with which a case begins.',
  answer: z.object({ list: z.array(commandLine) }),
  handle: async () => ({
    list: [...opening].map((one) => {
      const [kind = '', type = ''] = one.split('/');
      return lineOf(kind as CaseKind, type);
    }),
  }),
});

const form = route({
  ...{ id: 'showCommand', method: 'GET', path: '/commands/:kind/:type', tag: 'decide', action: 'read:work' },
  says: 'What one command takes, as a JSON schema; texts are sent as {"text": …, "about": …} in place of their ref.',
  params: z.object({ kind: z.enum(caseKinds), type: z.string().max(60) }),
  answer: commandForm,
  handle: async ({ params: { kind, type } }) => {
    const schemas = schemasOf(kind);
    const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
    if (schema === undefined)
      throw problemOf(404, 'unknown_command', 'This kind of case has no such command.');
    const { $schema: _, ...shape } = shapeOf(schema);
    return {
      ...lineOf(kind, type),
      schema: shape,
      guarded: guardedOf(kind, type),
    };
  },
});

const mine = route({
  ...{ id: 'listCommands', method: 'GET', path: '/cases/:case/commands', tag: 'decide', action: 'read:work' },
  says: 'Commands that what you are here lets you give; whether one has a meaning now, a dry run says.',
  params: caseParams,
  answer: z.object({ capacities: z.array(z.string()), list: z.array(commandLine) }),
  handle: async ({ desk, guest, params }) => {
    const { kind, capacities, types } = await askRights(desk.office, personOf(guest), params.case);
    const list = types.map((type) => lineOf(kind, type)).filter(({ opens }) => !opens);
    return { capacities: [...capacities], list };
  },
});

const people = route({
  ...{ id: 'listCasePeople', method: 'GET', path: '/cases/:case/people', tag: 'cases', action: 'read:work' },
  says: 'Who is what in a case, for whoever reads its content.',
  params: caseParams,
  answer: z.object({ list: z.array(related) }),
  handle: async ({ desk, guest, params }) => ({
    list: [...(await askRelations(desk.office, personOf(guest), params.case))],
  }),
});

const subjects = route({
  ...{ id: 'listSubjects', method: 'GET', path: '/subjects', tag: 'cases', action: 'read:work' },
  says: 'Whom each case is about, where you may read its content.',
  answer: z.object({ list: z.array(subjectOf) }),
  handle: async ({ desk, guest }) => ({ list: [...(await askSubjects(desk.office, personOf(guest)))] }),
});

/** What the forms and lists of the console are made from. */
export const commandRoutes = [openers, form, mine, people, subjects];
