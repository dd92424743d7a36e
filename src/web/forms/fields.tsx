import { useId } from 'react';
import { FromBank, QuestionSet } from './bank.tsx';
import { Either, OneOf, SomeOf, Tick } from './choices.tsx';
import { Findings } from '../parts/problem.tsx';
import { useAround } from './around.ts';
import { EachOf } from './each.tsx';
import { ElementChoices, OneElement, SomeElements, choicesFor } from './elements.tsx';
import { useGuard } from './guard.ts';
import { Labelled, nameOf, note } from './labelled.tsx';
import type { FieldProps } from './labelled.tsx';
import { ListField, NamedField } from './lists.tsx';
import { PickCase, PickPeople, PickPerson, PickSite } from './picks.tsx';
import { fieldsOf, kindOfField } from './shape.ts';
import type { FieldKind, Value } from './shape.ts';

const inputTypes = { day: 'date', time: 'time', month: 'month' } as const;

function PlainInput({ props, type }: { readonly props: FieldProps; readonly type: string }) {
  const id = useId();
  return (
    <Labelled id={id} props={props}>
      <input
        id={id}
        type={type}
        required={props.asked}
        maxLength={type === 'text' ? (props.shape.maxLength ?? 120) : undefined}
        value={typeof props.value === 'string' ? props.value : ''}
        onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
      />
    </Labelled>
  );
}

function NumberInput({ props, whole }: { readonly props: FieldProps; readonly whole: boolean }) {
  const id = useId();
  const { minimum, maximum } = props.shape;
  const sane = (n: number | undefined): number | undefined =>
    n === undefined || Math.abs(n) > 1e12 ? undefined : n;
  return (
    <Labelled id={id} props={props}>
      <input
        id={id}
        type="number"
        inputMode={whole ? 'numeric' : 'decimal'}
        min={sane(minimum)}
        max={sane(maximum)}
        step={whole ? 1 : 'any'}
        required={props.asked}
        value={typeof props.value === 'number' ? String(props.value) : ''}
        onChange={(event) =>
          props.onChange(event.target.value === '' ? undefined : Number(event.target.value))
        }
      />
    </Labelled>
  );
}

function TextInput({ props }: { readonly props: FieldProps }) {
  const id = useId();
  const { aboutOf, surfaceOf, readers } = useAround();
  const about = aboutOf(props.path);
  const text = (props.value as { text?: string } | undefined)?.text ?? '';
  const guard = useGuard(surfaceOf(props.path), text);
  const write = (words: string): void =>
    props.onChange(words === '' ? undefined : { text: words, ...(about === null ? {} : { about }) });
  return (
    <Labelled id={id} props={props}>
      <p className="hint" id={`${id}-who`}>
        {readers}
      </p>
      <textarea
        id={id}
        rows={4}
        required={props.asked}
        aria-describedby={`${id}-who ${id}-found`}
        value={text}
        onChange={({ target: { value } }) => write(value)}
      />
      <div role="status" id={`${id}-found`}>
        {guard.reading ? <p className="fine">Reading the wording …</p> : null}
        <Findings list={guard.findings} onUse={guard.current ? write : undefined} />
      </div>
    </Labelled>
  );
}

/** The fields of a command or of a part of it. */
export function Group({
  props,
  kind,
}: {
  readonly props: FieldProps;
  readonly kind: FieldKind & { is: 'group' };
}) {
  const of = (props.value ?? {}) as Readonly<Record<string, Value>>;
  const fields = fieldsOf(kind.fields).map(([name, shape]) => {
    const inner: FieldProps = {
      ...{ shape, name, value: of[name], asked: kind.required.includes(name) },
      path: props.path === '' ? name : `${props.path}.${name}`,
      onChange: (value) => props.onChange({ ...of, [name]: value }),
    };
    // What may be chosen beside a wording follows from its element.
    const choices = name === 'choices' ? choicesFor(of['element']) : null;
    return choices === null ? (
      <Field key={name} {...inner} />
    ) : (
      <ElementChoices key={name} props={inner} of={choices} />
    );
  });
  if (props.name === '') return <>{fields}</>;
  return (
    <fieldset className="group-field">
      <legend>
        {nameOf(props)}
        <span className="fine">{note(props.asked)}</span>
      </legend>
      {props.shape.description === undefined ? null : <p className="hint">{props.shape.description}</p>}
      {fields}
    </fieldset>
  );
}

const wordsOf = ({ shape: { title, description, words } }: FieldProps) => ({
  ...(title === undefined ? {} : { title }),
  ...(description === undefined ? {} : { description }),
  ...(words === undefined ? {} : { words }),
});

/** One field of a command, whatever it is. */
export function Field(props: FieldProps) {
  const kind = kindOfField(props.shape);
  switch (kind.is) {
    case 'text':
      return <TextInput props={props} />;
    case 'person':
      return <PickPerson props={props} />;
    case 'site':
      return <PickSite props={props} />;
    case 'case':
      return <PickCase props={props} />;
    case 'word':
      return props.name === 'element' ? (
        <OneElement props={props} />
      ) : (
        <PlainInput props={props} type="text" />
      );
    case 'day':
    case 'time':
    case 'month':
      return <PlainInput props={props} type={inputTypes[kind.is]} />;
    case 'question':
      return <FromBank props={props} drawer="questions" />;
    case 'library':
      return <FromBank props={props} drawer="duties" />;
    case 'questions':
      return <QuestionSet props={props} />;
    case 'number':
      return <NumberInput props={props} whole={kind.whole} />;
    case 'tick':
    case 'agree':
      return <Tick props={props} />;
    case 'fixed':
      return null;
    case 'one':
      return <OneOf props={props} of={kind.of} />;
    case 'some':
      return <SomeOf props={props} of={kind.of} />;
    case 'list':
      if (props.shape.each === true) return <EachOf props={props} item={kind.item} Inner={Field} />;
      if (props.name === 'elements') return <SomeElements props={props} />;
      // As many as wanted: those of the case are ticked. A fixed number of people has a place for each.
      if (kindOfField(kind.item).is === 'person' && (props.shape.minItems ?? 0) < 2)
        return <PickPeople props={props} />;
      return <ListField props={props} item={kind.item} Inner={Field} />;
    case 'group':
      return <Group props={props} kind={kind} />;
    case 'named':
      return <NamedField props={props} names={kind.names} open={kind.open} item={kind.item} Inner={Field} />;
    case 'maybe':
      return (
        <Field
          {...props}
          shape={{ ...kind.inner, ...wordsOf(props) }}
          asked={false}
          onChange={(value) => props.onChange(value === undefined ? null : value)}
        />
      );
    case 'either':
      return <Either props={props} of={kind.of} Inner={Field} />;
    default: {
      const never: never = kind;
      return never;
    }
  }
}
