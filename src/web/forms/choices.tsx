import { useId, useState } from 'react';
import { fieldName, titled } from '../app/words.ts';
import { Labelled, nameOf, note } from './labelled.tsx';
import type { FieldProps, InnerField } from './labelled.tsx';
import { initial, kindOfField } from './shape.ts';
import type { FieldKind, Shape, Value } from './shape.ts';

/** Choices as short as a number stand in one row. */
const BRIEF = 12;

/** What a choice is called. */
const choiceName = ({ shape }: FieldProps, one: string): string =>
  shape.words?.[one] ?? shape.items?.words?.[one] ?? titled(one);

function Hint({ of }: { readonly of: FieldProps }) {
  return of.shape.description === undefined ? null : <p className="hint">{of.shape.description}</p>;
}

/** Lists up to this long are shown whole; longer ones fold together. */
const SHORT = 6;

/** One word of a closed list. */
export function OneOf({ props, of }: { readonly props: FieldProps; readonly of: readonly string[] }) {
  const id = useId();
  if (of.length > SHORT)
    return (
      <Labelled id={id} props={props}>
        <select
          id={id}
          required={props.asked}
          value={typeof props.value === 'string' ? props.value : ''}
          onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
        >
          <option value="">Choose …</option>
          {of.map((one) => (
            <option key={one} value={one}>
              {choiceName(props, one)}
            </option>
          ))}
        </select>
      </Labelled>
    );
  return (
    <fieldset
      className={
        of.every((one) => choiceName(props, one).length <= BRIEF) ? 'choices choices-row' : 'choices'
      }
    >
      <legend>
        {nameOf(props)}
        <span className="fine">{note(props.asked)}</span>
      </legend>
      <Hint of={props} />
      {of.map((one) => (
        <label key={one} className="choice">
          <input
            type="radio"
            name={id}
            checked={props.value === one}
            onChange={() => props.onChange(one)}
            required={props.asked}
          />
          {choiceName(props, one)}
        </label>
      ))}
    </fieldset>
  );
}

/** Any number of words of a closed list. */
export function SomeOf({ props, of }: { readonly props: FieldProps; readonly of: readonly string[] }) {
  const chosen = Array.isArray(props.value) ? (props.value as readonly string[]) : [];
  const toggle = (one: string): void =>
    props.onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  return (
    <fieldset className="choices">
      <legend>
        {nameOf(props)}
        <span className="fine">
          {(props.shape.minItems ?? 0) > 0 ? ' (at least one)' : ' (any number, or none)'}
        </span>
      </legend>
      <Hint of={props} />
      {of.map((one) => (
        <label key={one} className="choice">
          <input type="checkbox" checked={chosen.includes(one)} onChange={() => toggle(one)} />
          {choiceName(props, one)}
        </label>
      ))}
    </fieldset>
  );
}

/** Yes or no. */
export function Tick({ props }: { readonly props: FieldProps }) {
  return (
    <div className="field">
      <label className="choice">
        <input
          type="checkbox"
          checked={props.value === true}
          onChange={(event) =>
            props.onChange(event.target.checked ? true : props.shape.const === true ? undefined : false)
          }
        />
        {nameOf(props)}
      </label>
    </div>
  );
}

/** What a form of a plain value is called. */
const plainNames: Readonly<Partial<Record<FieldKind['is'], string>>> = {
  person: 'A person',
  case: 'A case',
  site: 'A place of work',
  day: 'A day',
  number: 'A number',
  word: 'A word',
};

/** One of several forms of the same thing. */
export function Either({
  props,
  of,
  Inner,
}: {
  readonly props: FieldProps;
  readonly of: readonly Shape[];
  readonly Inner: InnerField;
}) {
  const [chosen, setChosen] = useState(-1);
  const begun = of.findIndex((one) => fits(one, props.value));
  // A plain value says nothing of which form it was begun as: a person or a case, both are refs.
  const at = begun === -1 ? chosen : begun;
  const shape = of[at];
  const named = (one: Shape): string => {
    const plain = plainNames[kindOfField(one).is];
    if (plain !== undefined) return plain;
    const fixed = Object.values(one.properties ?? {}).find((inner) => inner.const !== undefined)?.const;
    return fixed === undefined
      ? Object.keys(one.properties ?? {})
          .map(fieldName)
          .join(', ')
      : titled(typeof fixed === 'string' ? fixed : JSON.stringify(fixed));
  };
  return (
    <fieldset className="group-field">
      <legend>{fieldName(props.name)}</legend>
      <select
        aria-label={`${fieldName(props.name)}: which`}
        value={String(at)}
        onChange={({ target: { value } }) => {
          setChosen(Number(value));
          props.onChange(initial(of[Number(value)] ?? {}));
        }}
      >
        <option value="-1">Choose …</option>
        {of.map((one, n) => (
          <option key={named(one)} value={String(n)}>
            {named(one)}
          </option>
        ))}
      </select>
      {shape === undefined ? null : (
        <Inner {...props} shape={shape} name={kindOfField(shape).is === 'group' ? '' : props.name} />
      )}
    </fieldset>
  );
}

/** The branch a value was begun as: by what is fixed in it. */
function fits(shape: Shape, value: Value): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fixed = Object.entries(shape.properties ?? {}).filter(([, inner]) => inner.const !== undefined);
  return fixed.every(([name, inner]) => (value as Record<string, Value>)[name] === inner.const);
}
