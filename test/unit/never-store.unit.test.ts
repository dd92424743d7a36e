import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { closedValues, columns, directoryFields, namesIn, schemas, typeNames } from './schema-words.ts';
import type { Named } from './schema-words.ts';

/** What is never stored has no field, no value, no column anywhere (domain 5.4). */

/** Each as words in a row, as a name would be made of them; `*` ends a word that may go on. */
const never: Readonly<Record<string, readonly string[]>> = {
  diagnosis: ['diagnos*', 'icd', 'disorder', 'illness*', 'symptom*', 'mental health', 'health status'],
  'treatment, medication, hospital, detox': [
    'treatment*',
    'medication*',
    'meds',
    'prescription*',
    'hospital*',
    'detox*',
    'therap*',
    'inpatient',
  ],
  'length of sobriety': [
    'sober*',
    'sobriety',
    'abstinen*',
    'clean since',
    'relaps*',
    'time in recovery',
    'years in recovery',
  ],
  'recovery story': [
    'recovery story',
    'story',
    'recovery history',
    'lived experience text',
    'personal history',
  ],
  'services used': [
    'services used',
    'used services',
    'former client',
    'patient',
    'service user',
    'client of',
  ],
  'disability income': ['disability*', 'ssdi', 'ssi', 'benefits received', 'disability income'],
  'reason for leave': [
    'leave reason',
    'reason for leave',
    'absence reason',
    'sick reason',
    'medical certificate',
  ],
  'reason or applicant of a recusal': [
    'recusal reason',
    'recuse reason',
    'recusal applicant',
    'conflict with',
  ],
  'family medical history': ['family history', 'family medical', 'genetic*'],
  'audio or video': ['audio*', 'video recording', 'video file', 'recording url', 'transcript*', 'photo*'],
  'forbidden answers': ['forbidden answer', 'answer text', 'health answer'],
  'arrest records': ['arrest*', 'conviction*', 'charges', 'offense*', 'criminal*'],
  'pay history': [
    'pay history',
    'salary history',
    'previous pay',
    'prior pay',
    'last salary',
    'current salary',
  ],
  gossip: ['gossip*', 'rumor*', 'rumour*'],
  'personality and mood': ['personality*', 'mood*', 'temperament', 'emotional*', 'culture fit'],
  stability: ['stability', 'stable', 'fragile', 'risk score', 'resilience score'],
  'mentor talk': ['mentor notes', 'mentor talk text', 'conversation text', 'talk content', 'talk text'],
  'people served': ['person served', 'people served', 'client name', 'patient name', 'caseload names'],
  attachments: ['attachment*', 'upload*', 'cv', 'resume', 'cover letter'],
};

const patterns = Object.entries(never).flatMap(([what, list]) =>
  list.map((words) => {
    const body = words
      .split(' ')
      .map((word) => (word.endsWith('*') ? `${word.slice(0, -1)}[a-z]*` : word))
      .join(' ');
    return { what, pattern: new RegExp(`(^| )${body}( |$)`) };
  }),
);

/** `sickReason`, `sick_reason` and `SickReason` are the same words. */
const spelled = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_\-.]/g, ' ')
    .toLowerCase();

/** Names of rules that look for such things in a text store nothing of them: `Q_DISABILITY`, `P_DIAG`, `N_CLEAN`. */
const rule = /^[A-Z]{1,3}_[A-Z_]+$/;
/** Numbers of the policy, and a law that forbids asking: about the house, not about a person. */
const ofTheHouse = /^[A-Z]+[\d.]*\.[a-z_]+$|_law$/;

function found(names: readonly Named[]): readonly string[] {
  return [
    ...new Set(
      names
        .filter(({ name }) => !rule.test(name) && !ofTheHouse.test(name))
        .flatMap(({ name, where }) =>
          patterns
            .filter(({ pattern }) => pattern.test(spelled(name)))
            .map(({ what }) => `${what}: ${name} (${where})`),
        ),
    ),
  ];
}

const fieldsOf = (schema: z.ZodType | undefined): readonly string[] =>
  schema === undefined ? [] : [...new Set(namesIn(schema, '').map((one) => one.name))].toSorted();

describe('5.4: what is never stored', () => {
  it('has no field and no value in any schema of the contracts', async () => {
    const all = await schemas();
    expect(all.length).toBeGreaterThan(150);
    const names = all.flatMap(([where, schema]) => namesIn(schema, where));
    expect(names.length).toBeGreaterThan(600);
    expect(found(names)).toEqual([]);
  });

  it('has no word in the closed lists, events, states, notices and facts of the domain', async () => {
    const [values, types] = [await closedValues(), typeNames()];
    expect(Math.min(values.length, types.length)).toBeGreaterThan(300);
    expect(types.some((one) => one.name === 'leave_opened')).toBe(true);
    expect(found([...values, ...types])).toEqual([]);
  });

  it('has no column in any table and no field in the directory', () => {
    const names = columns();
    for (const known of ['sealed', 'redaction', 'findings', 'body', 'decision_id'])
      expect(names.map((one) => one.name)).toContain(known);
    expect(found([...names, ...directoryFields()])).toEqual([]);
  });

  it.each(Object.entries(never))('would be found: %s', (_what, list) => {
    for (const words of list) {
      const plain = words.replaceAll('*', '');
      const [first = '', ...rest] = plain.split(' ');
      const camel = [first, ...rest.map((word) => word[0]?.toUpperCase() + word.slice(1))].join('');
      for (const name of [plain.replaceAll(' ', '_'), camel]) {
        const nested = z.object({ outer: z.array(z.object({ [name]: z.string() }).optional()) });
        const value = z.object({ outcome: z.union([z.enum(['fine', name]), z.number()]) });
        expect(found(namesIn(nested, 'nested')), name).not.toEqual([]);
        expect(found(namesIn(value, 'value')), name).not.toEqual([]);
      }
    }
  });

  it('leaves lawful words alone', () => {
    const lawful = [
      'sick_leave_policy',
      'recovery',
      'Q_STORY',
      'P_MED_ADMIN',
      'leave_opened',
      'record_talk',
      'reason',
      'medicaid',
      'X14.resume_bd',
      'salary_history_law',
    ];
    expect(found(lawful.map((name) => ({ name, where: '' })))).toEqual([]);
  });
});

describe('5.4: commands that come close hold nothing more than they need', () => {
  it('a leave has dates and people, a request people and a sealed text, a tick nothing', () => {
    const { clock, candidacy } = commandSchemas;
    expect(fieldsOf(clock?.['open_leave'])).toEqual([
      'employment',
      'from',
      'person',
      'site',
      'supervisor',
      'to',
    ]);
    expect(fieldsOf(clock?.['request_accommodation'])).toEqual(['parent', 'person', 'site', 'text']);
    // Domain 5.3: which of two statements, and nothing else.
    expect(fieldsOf(candidacy?.['attest'])).toEqual(['credential_implies', 'self_attested', 'statement']);
  });

  it('a recusal names neither a reason nor an applicant', () => {
    const tables = Object.values(commandSchemas).flatMap((table) => Object.entries(table ?? {}));
    const recusals = tables.filter(([name]) => name === 'declare' || name.includes('recus'));
    expect(recusals.length).toBeGreaterThan(0);
    for (const [name, schema] of recusals)
      for (const field of fieldsOf(schema))
        expect(field, name).not.toMatch(/reason|text|note|applicant|candidacy|candidate/);
  });

  it('no command takes a field nobody named', () => {
    for (const [kind, table] of Object.entries(commandSchemas))
      for (const [name, schema] of Object.entries(table ?? {})) {
        const { additionalProperties } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
        expect(additionalProperties, `${kind} ${name}`).toBe(false);
      }
  });
});
