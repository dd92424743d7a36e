import { useId } from 'react';
import { elementChoices } from '../../domain/role/words.ts';
import { elementCodes, elementName } from '../app/elements.ts';
import { fieldName, titled } from '../app/words.ts';
import { Labelled, note } from './labelled.tsx';
import type { FieldProps } from './labelled.tsx';
import { chosenIn } from './shape.ts';

/** One element of a role. */
export function OneElement({ props }: { readonly props: FieldProps }) {
  const id = useId();
  return (
    <Labelled id={id} props={props}>
      <select
        id={id}
        required={props.asked}
        value={typeof props.value === 'string' ? props.value : ''}
        onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">Choose an element …</option>
        {elementCodes.map((one) => (
          <option key={one} value={one}>
            {one} {elementName(one)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Ticks({
  props,
  of,
  nameOf,
}: {
  readonly props: FieldProps;
  readonly of: readonly string[];
  readonly nameOf: (one: string) => string;
}) {
  const chosen = chosenIn(props.value);
  return (
    <fieldset className="choices">
      <legend>
        {fieldName(props.name)}
        <span className="fine">{note(props.asked)}</span>
      </legend>
      {of.map((one) => (
        <label key={one} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={() =>
              props.onChange(
                chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one],
              )
            }
          />
          {nameOf(one)}
        </label>
      ))}
    </fieldset>
  );
}

/** Any number of the elements of a role. */
export const SomeElements = ({ props }: { readonly props: FieldProps }) => (
  <Ticks props={props} of={elementCodes} nameOf={(one) => `${one} ${elementName(one)}`} />
);

/** What may be chosen beside the wording of an element; null where its words are free. */
export const choicesFor = (element: unknown): readonly string[] | null =>
  typeof element === 'string' && Object.hasOwn(elementChoices, element)
    ? (elementChoices[element] ?? null)
    : null;

/** The choices of one element, by ticking. */
export const ElementChoices = ({
  props,
  of,
}: {
  readonly props: FieldProps;
  readonly of: readonly string[];
}) => <Ticks props={props} of={of} nameOf={titled} />;
