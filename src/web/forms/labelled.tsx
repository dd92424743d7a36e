import type { ReactNode } from 'react';
import { fieldName } from '../app/words.ts';
import type { Shape, Value } from './shape.ts';

/** What every field gets. */
export interface FieldProps {
  readonly shape: Shape;
  readonly name: string;
  /** `goals.0.text`: where it stands in the command. */
  readonly path: string;
  readonly value: Value;
  readonly asked: boolean;
  readonly onChange: (value: Value) => void;
}

const hints: Readonly<Record<string, string>> = {
  amount: 'In cents per hour: 2350 is 23.50.',
  hours: 'For example 40.',
  leftOut: 'Whoever belongs to the team and is not asked, each with a reason.',
  family: 'Letters, digits and _, e.g. evening_groups. Leave it empty where one team defines the role.',
  panel:
    'At least one member works in a peer role, and all are trained. HR keeps the process and rates nobody.',
  seat: 'panel:2 for the second seat of the panel, alternate for one more stand-by.',
  after: 'Calendar days after day one.',
  weeks: 'Weeks from one session to the next.',
  weekday: '1 is Monday, 7 is Sunday.',
  evidence: 'What you heard, for one competency. Optional.',
};

/** What a field is called: by the layout of its form, else by its name. */
export const nameOf = ({ shape, name }: Pick<FieldProps, 'shape' | 'name'>): string =>
  shape.title ?? fieldName(name);

/** What may be left empty says so. */
export const note = (asked: boolean): string => (asked ? '' : ' (optional)');

/** A label, its hint and the guard's findings around one input. */
export function Labelled({
  id,
  props,
  children,
}: {
  readonly id: string;
  readonly props: FieldProps;
  readonly children: ReactNode;
}) {
  const hint = props.shape.description ?? hints[props.name];
  return (
    <div className="field">
      <label htmlFor={id}>
        {nameOf(props)}
        <span className="fine">{note(props.asked)}</span>
      </label>
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </div>
  );
}

/** A field inside of another: handed on, since either is made of the other. */
export type InnerField = (props: FieldProps) => ReactNode;

/** What a list of entries is made with. */
export interface ListProps {
  readonly props: FieldProps;
  readonly item: Shape;
  readonly Inner: InnerField;
}
