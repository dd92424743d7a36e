import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FormEvent } from 'react';
import { peopleQuery, selfQuery } from '../app/queries.ts';
import type { CommandForm, Decided } from '../app/types.ts';
import { fieldName } from '../app/words.ts';
import { MissingList, ProblemNote, plainly, problemOf } from '../parts/problem.tsx';
import { shortPerson } from '../parts/waiting.tsx';
import { FormAround, useAround } from './around.ts';
import type { Around } from './around.ts';
import { draftPlace, savedWords, useAutosave } from './drafts.ts';
import type { Draft } from './drafts.ts';
import { Field } from './fields.tsx';
import { Known, Together } from './known.tsx';
import { asSent, knownIn, laidOut, layoutOf } from './layout.ts';
import { useForeseen, useDecide } from './sending.ts';
import type { Asking } from './sending.ts';
import { initial, lacking } from './shape.ts';
import type { Shape, Value } from './shape.ts';
import { StepUp } from './step-up.tsx';

/** What a form knows besides the command itself. */
export interface FormPlace {
  readonly case: string;
  readonly prefill: Readonly<Record<string, unknown>>;
  readonly close: readonly string[];
  /** Whom a text of this case is about. */
  readonly subject: string | null;
  readonly zone: string;
  readonly readers: string;
  /** What was begun here before; null: nothing. */
  readonly draft: Draft | null;
  /** How far the case has come, where there is one. */
  readonly sequence?: number;
  /** What those are called whom a list has one entry for. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A guard reads a person's own words without ever stopping them: they are about whoever writes. */
function surfaceAt(guarded: CommandForm['guarded'], path: string): string | null {
  const parts = path.split('.');
  const found = Object.entries(guarded).find(([pattern]) => {
    const of = pattern.split('.');
    return of.length === parts.length && of.every((part, n) => part === '*' || part === parts[n]);
  });
  return found?.[1] ?? null;
}

/** A draft goes on where it was left; else with what is known already. */
function begun(shape: Shape, { draft, prefill }: FormPlace): Value {
  // What is owed now is known anew each time: a draft of before may be about another day.
  if (typeof draft?.draft.value === 'object') return { ...draft.draft.value, ...prefill };
  return { ...(initial(shape) as object), ...prefill };
}

type Foreseen = ReturnType<typeof useForeseen>;

/** `outcomes.0.outcome` where the list has an entry for each of a search: who it is, and what is left of the path. */
function namedEntry(path: string, value: Value, names: Readonly<Record<string, string>>) {
  const [list = '', n = '', ...rest] = path.split('.');
  const entries = (value as Readonly<Record<string, Value>> | undefined)?.[list];
  const entry = Array.isArray(entries)
    ? (entries[Number(n)] as { candidacy?: unknown } | undefined)
    : undefined;
  const name = typeof entry?.candidacy === 'string' ? names[entry.candidacy] : undefined;
  return name === undefined ? null : [name, ...rest.map(fieldName)].join(' › ');
}

/** `members.0.person` in words: `Members 1 › Person`; the first by the layout of the form. */
const pathWords = (
  path: string,
  shape: Shape,
  value: Value,
  names: Readonly<Record<string, string>>,
): string =>
  namedEntry(path, value, names) ??
  path
    .split('.')
    .reduce<readonly string[]>(
      (words, part, n) =>
        /^\d+$/.test(part)
          ? [...words.slice(0, -1), `${words.at(-1) ?? ''} ${Number(part) + 1}`.trim()]
          : [...words, (n === 0 ? shape.properties?.[part]?.title : undefined) ?? fieldName(part)],
      [],
    )
    .join(' › ');

/** What is still missing, before anything is pressed. */
function Before({
  absent,
  shape,
  value,
  foreseen,
}: {
  readonly absent: readonly string[];
  readonly shape: Shape;
  readonly value: Value;
  readonly foreseen: Foreseen;
}) {
  const { names } = useAround();
  if (absent.length > 0)
    return (
      <div className="note" role="status">
        <p className="note-title">Still to fill in</p>
        <ul className="missing">
          {absent.map((path) => (
            <li key={path}>{pathWords(path, shape, value, names)}</li>
          ))}
        </ul>
      </div>
    );
  if (foreseen.isFetching || foreseen.isPending)
    return (
      <div className="note" role="status">
        Looking whether anything is missing …
      </div>
    );
  if (foreseen.isError) {
    const { detail, missing = [] } = problemOf(foreseen.error);
    return (
      <div className="note note-missing" role="status">
        <p className="note-title">Not possible as it stands</p>
        <p>{plainly(detail)}</p>
        <MissingList list={missing} />
      </div>
    );
  }
  return (
    <div className="note note-ready" role="status">
      <p className="note-title">Nothing is missing</p>
      <p>Nothing has been changed yet: it counts once you press the button.</p>
    </div>
  );
}

/** Whoever stands in for somebody says in whose place they decide; nobody else sees this. */
function OnBehalf({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}) {
  const self = useQuery(selfQuery);
  const people = useQuery(peopleQuery);
  const away = (people.data?.list ?? []).filter(
    ({ standIn }) => standIn !== null && standIn === self.data?.person,
  );
  if (away.length === 0) return null;
  return (
    <div className="field">
      <label htmlFor="behalf">In whose place</label>
      <select
        id="behalf"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">In my own</option>
        {away.map((one) => (
          <option key={one.person} value={one.person}>
            In place of {one.name ?? shortPerson(one.person)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Codes of rules that warn, which one may accept after reading. */
const warningsOf = (error: unknown): readonly string[] => {
  const { code, missing = [], rule } = problemOf(error);
  if (code !== 'acknowledgement_needed') return [];
  return [...new Set([...missing.map((one) => one.code), ...(rule == null ? [] : [rule])])];
};

function Accept({
  codes,
  accepted,
  onChange,
}: {
  readonly codes: readonly string[];
  readonly accepted: readonly string[];
  readonly onChange: (next: readonly string[]) => void;
}) {
  return [...new Set([...codes, ...accepted])].map((code) => (
    <label key={code} className="choice">
      <input
        type="checkbox"
        checked={accepted.includes(code)}
        onChange={() =>
          onChange(accepted.includes(code) ? accepted.filter((one) => one !== code) : [...accepted, code])
        }
      />
      I have read what {code} says and go on all the same
    </label>
  ));
}

/** The same without fields that stand above it as facts. */
function without(shape: Shape, names: readonly string[]): Shape {
  const fields = Object.entries(shape.properties ?? {}).filter(([name]) => !names.includes(name));
  return { ...shape, properties: Object.fromEntries(fields) };
}

/** The form of one command, made from its contract. */
export function CommandFormView({
  form,
  place,
  onDone,
}: {
  readonly form: CommandForm;
  readonly place: FormPlace;
  readonly onDone: (done: Decided) => void;
}) {
  const shape = form.schema as Shape;
  const [value, setValue] = useState<Value>(() => begun(shape, place));
  const saved = useAutosave(draftPlace(place.case, form.type), value, place.draft);
  const [acknowledge, setAcknowledge] = useState<readonly string[]>([]);
  const [later, setLater] = useState(false);
  const layout = layoutOf(form.kind, form.type);
  const asked = useMemo(() => laidOut(shape, layout, value), [shape, layout, value]);
  const known = knownIn(layout, place.prefill);
  const absent = useMemo(() => lacking(asked, value), [asked, value]);
  const [onBehalfOf, setOnBehalfOf] = useState<string | undefined>();
  const sent = asSent(shape, layout, value);
  // As it was when the form was opened: what the page learns meanwhile, its reader may not have seen.
  const [seen] = useState(place.sequence);
  const asking: Asking = { case: place.case, type: form.type, value: sent, acknowledge, onBehalfOf, seen };
  const foreseen = useForeseen(asking, absent.length === 0);
  const decide = useDecide(onDone);
  const around: Around = {
    surfaceOf: (path) => surfaceAt(form.guarded, path),
    aboutOf: (path) => (surfaceAt(form.guarded, path) === 'own_words' ? null : place.subject),
    ...{ case: place.case, readers: place.readers, close: place.close, zone: place.zone },
    names: place.names ?? {},
  };
  const refused = decide.isError ? problemOf(decide.error) : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (decide.isPending) return;
    setLater(false);
    decide.mutate(asking);
  };
  return (
    <FormAround value={around}>
      <form onSubmit={submit} className="command">
        <Known layout={layout} names={known} of={place.prefill} />
        <Field shape={without(asked, known)} name="" path="" value={value} asked onChange={setValue} />
        <Together layout={layout} value={value} />
        <OnBehalf value={onBehalfOf} onChange={setOnBehalfOf} />
        <Accept codes={warningsOf(foreseen.error)} accepted={acknowledge} onChange={setAcknowledge} />
        <Before absent={absent} shape={asked} value={value} foreseen={foreseen} />
        {refused === null || refused.code === 'step_up' ? null : <ProblemNote error={decide.error} />}
        <p className="fine" role="status">
          {savedWords[saved]}
        </p>
        <div className="buttons">
          <button
            type="submit"
            className="button button-main"
            disabled={absent.length > 0}
            aria-disabled={decide.isPending}
          >
            {decide.isPending
              ? 'Sending …'
              : refused?.code === 'step_up'
                ? 'Show that it is you'
                : (layout?.button ?? 'Decide')}
          </button>
        </div>
        {form.stepUp ? <p className="fine">You will be asked for your password again.</p> : null}
      </form>
      {refused?.code === 'step_up' && !later ? (
        <StepUp
          onClose={() => setLater(true)}
          onDone={() => {
            decide.mutate(asking);
          }}
        />
      ) : null}
    </FormAround>
  );
}
