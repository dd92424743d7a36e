import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { z } from 'zod';
import type { paper } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { commandsQuery } from '../app/queries.ts';
import type { Problem } from '../app/types.ts';
import { fieldName } from '../app/words.ts';
import { draftOf, useAutosave } from '../forms/drafts.ts';
import type { Draft } from '../forms/drafts.ts';
import { useGuard } from '../forms/guard.ts';
import { Loading, Section } from '../parts/page.tsx';
import { Paper } from '../parts/paper.tsx';
import { Findings, ProblemNote, problemOf } from '../parts/problem.tsx';

type Written = z.output<typeof paper>;
interface Letters {
  readonly list: readonly {
    readonly kind: string;
    readonly title: string;
    readonly of: string;
    readonly by: readonly string[];
  }[];
  readonly fields: readonly { readonly name: string; readonly kind: string; readonly means: string }[];
}
type Words = Readonly<Record<string, string>>;

const lettersQuery = {
  queryKey: ['letters'],
  queryFn: () => ask<Letters>('GET', '/letters'),
  staleTime: Infinity,
};

/** What a house says in all its letters: asked for once, kept as a draft of whoever writes. */
const HOUSE = 'letters:house';
const houseDraft = { queryKey: ['draft', HOUSE], queryFn: () => draftOf(HOUSE), staleTime: Infinity };
const ofHouse: ReadonlySet<string> = new Set([
  ...['organization_name', 'team_name', 'sender_phone', 'sender_email', 'sender_title', 'position_title'],
  ...['benefits_summary', 'benefits_advice_contact', 'training_text', 'hours_per_week', 'schedule'],
  'ways_to_apply',
]);

const wordsOf = (draft: Draft | null): Words => (draft?.draft.value ?? {}) as Words;

/** Fields that the answer says are missing. */
const missingOf = ({ code, fields = [] }: Problem): readonly string[] =>
  code === 'letter_incomplete' ? fields.map(({ path }) => path) : [];

/** One line, or a list with a line for each. */
const valueOf = (text: string, kind: string): string | readonly string[] =>
  kind === 'list'
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : text.trim();

const long = new Set(['text', 'list', 'line']);

function OneField({
  field: { name, kind, means },
  value,
  onChange,
}: {
  readonly field: Letters['fields'][number];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const guard = useGuard(long.has(kind) ? 'template' : null, value);
  const about = `${id}-means ${id}-found`;
  return (
    <div className="field">
      <label htmlFor={id}>{fieldName(name)}</label>
      <p className="hint" id={`${id}-means`}>
        {means}.{kind === 'list' ? ' One on each line.' : ''}
      </p>
      {long.has(kind) ? (
        <textarea
          id={id}
          rows={kind === 'line' ? 2 : 3}
          required
          aria-describedby={about}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <input
          id={id}
          required
          aria-describedby={about}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      <div role="status" id={`${id}-found`}>
        <Findings list={guard.findings} onUse={guard.current ? onChange : undefined} />
      </div>
    </div>
  );
}

/** Asks for what the ledger does not know, then shows the letter. */
function Writing({
  path,
  words,
  fields,
  house,
}: {
  readonly path: string;
  readonly words: string;
  readonly fields: Letters['fields'];
  readonly house: Draft | null;
}) {
  const [given, setGiven] = useState<Words>(() => wordsOf(house));
  const [asked, setAsked] = useState<readonly string[]>([]);
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => ofHouse.has(name)));
  useAutosave(HOUSE, kept, house);
  const form = useRef<HTMLFormElement>(null);
  const kindOf = (name: string): string => fields.find((one) => one.name === name)?.kind ?? 'text';
  const write = useMutation({
    mutationFn: () => {
      const full = Object.entries(given).filter(([, text]) => text.trim() !== '');
      const sent = (own: boolean) =>
        Object.fromEntries(
          full
            .filter(([name]) => asked.includes(name) === own)
            .map(([name, text]) => [name, valueOf(text, kindOf(name))]),
        );
      const standing = Object.fromEntries(Object.entries(sent(false)).filter(([name]) => ofHouse.has(name)));
      return ask<Written>('POST', path, { fields: sent(true), standing });
    },
    onError: (error) => {
      const missing = missingOf(problemOf(error));
      if (missing.length > 0) setAsked((before) => [...new Set([...before, ...missing])]);
    },
  });
  const missing = write.isError ? missingOf(problemOf(write.error)) : [];
  const first = missing[0];
  // Whoever pressed the button goes on at the first field that was missing.
  useEffect(() => {
    if (first !== undefined) form.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [first]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    write.mutate();
  };
  const shown = asked.flatMap((name) => fields.find((one) => one.name === name) ?? []);
  return (
    <>
      <form className="command" ref={form} onSubmit={submit}>
        {shown.length === 0 ? null : (
          <p className="note" role="status">
            {missing.length === 0
              ? 'Change what you like, and make it again.'
              : 'The record does not know these. What holds for all your letters is remembered for you.'}
          </p>
        )}
        {shown.map((field) => (
          <OneField
            key={field.name}
            field={field}
            value={given[field.name] ?? ''}
            onChange={(text) => setGiven((before) => ({ ...before, [field.name]: text }))}
          />
        ))}
        {write.isError && missing.length === 0 ? <Refusal error={write.error} /> : null}
        <div className="buttons">
          <button type="submit" className="button button-main" disabled={write.isPending}>
            {write.isPending ? 'Writing …' : words}
          </button>
        </div>
      </form>
      {write.data === undefined ? null : <Paper title={write.data.title} text={write.data.markdown} />}
    </>
  );
}

/** What a guard stops in a letter stands with the field it is in. */
function Refusal({ error }: { readonly error: unknown }) {
  const { findings = [] } = problemOf(error);
  return (
    <>
      <ProblemNote error={error} />
      {findings.map((one) => (
        <div key={`${one.field} ${one.surface}`}>
          <p className="fine">{fieldName(one.field)}</p>
          <Findings list={one.findings} />
        </div>
      ))}
    </>
  );
}

/** Letters of a case, for those who may write them: what stands in the record is filled in, the rest is asked for. */
export function LettersView({ id, kind }: { readonly id: string; readonly kind: string }) {
  const [chosen, setChosen] = useState('');
  const letters = useQuery(lettersQuery);
  const house = useQuery(houseDraft);
  const rights = useQuery(commandsQuery(id));
  const mine = (letters.data?.list ?? []).filter(
    (one) => one.of === kind && one.by.some((held) => rights.data?.capacities.includes(held) === true),
  );
  if (letters.isPending || house.isPending || rights.isPending) return <Loading />;
  if (mine.length === 0 || letters.data === undefined) return null;
  return (
    <Section
      title="Write a letter"
      says="From its template and what stands in the record. Nothing is sent by this: you print it, or copy it into a message."
    >
      <div className="field">
        <label htmlFor="letter">Which letter</label>
        <select id="letter" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">Choose a letter …</option>
          {mine.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.title}
            </option>
          ))}
        </select>
      </div>
      {chosen === '' ? null : (
        <Writing
          key={chosen}
          path={`/cases/${encodeURIComponent(id)}/letters/${chosen}`}
          words="Make the letter"
          fields={letters.data.fields}
          house={house.data ?? null}
        />
      )}
    </Section>
  );
}

/** The posting of a search, for whoever decides on it. */
export function PostingView({ id }: { readonly id: string }) {
  const letters = useQuery(lettersQuery);
  const house = useQuery(houseDraft);
  const rights = useQuery(commandsQuery(id));
  const writes = rights.data?.capacities.some((held) => held === 'hr' || held === 'hr_director') === true;
  if (!writes || letters.data === undefined || house.isPending) return null;
  return (
    <Section
      title="The posting"
      says="From the approved description, the pay record and the days of this search. People apply on the page of the search; this is for boards and paper."
    >
      <Writing
        path={`/cases/${encodeURIComponent(id)}/posting`}
        words="Make the posting"
        fields={letters.data.fields}
        house={house.data ?? null}
      />
    </Section>
  );
}
