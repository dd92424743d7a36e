import { Link } from '@tanstack/react-router';
import { shortRef } from '../app/words.ts';
import { useAround } from './around.ts';
import { nameOf } from './labelled.tsx';
import type { ListProps } from './labelled.tsx';
import { askedOf } from './shape.ts';
import type { Shape, Value } from './shape.ts';

type Fields = Readonly<Record<string, Value>>;

/** What is asked of one entry as it stands: whom it is about stands above it. */
function entryShape(item: Shape, of: Fields): Shape {
  const { candidacy: _, ...fields } = askedOf(item, of).properties ?? {};
  return { ...item, properties: fields, required: (item.required ?? []).filter((name) => name in fields) };
}

/** An entry without answers to what is no longer asked. */
function entryValue(item: Shape, of: Fields): Fields {
  const names = Object.keys(askedOf(item, of).properties ?? {});
  return Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));
}

/** A list with one entry for each of a search, by name: nobody is added, and nobody is left out. */
export function EachOf({ props, item, Inner }: ListProps) {
  const { names } = useAround();
  const list = Array.isArray(props.value) ? (props.value as readonly Fields[]) : [];
  return (
    <fieldset className="group-field each">
      <legend>
        {nameOf(props)} <span className="fine">({list.length})</span>
      </legend>
      {props.shape.description === undefined ? null : <p className="hint">{props.shape.description}</p>}
      {list.length === 0 ? <p>Nobody is in the running whom you may know of here.</p> : null}
      {list.map((one, n) => {
        const id = typeof one['candidacy'] === 'string' ? one['candidacy'] : '';
        const name = names[id] ?? shortRef(id);
        return (
          <fieldset key={id} className="each-one" aria-label={name}>
            <p className="each-name">
              <Link to="/cases/$case" params={{ case: id }}>
                {name}
              </Link>{' '}
              <span className="fine">{shortRef(id)}</span>
            </p>
            <Inner
              shape={entryShape(item, one)}
              name=""
              path={`${props.path}.${String(n)}`}
              value={one}
              asked
              onChange={(value) =>
                props.onChange(
                  list.map((other, at) => (at === n ? entryValue(item, value as Fields) : other)),
                )
              }
            />
          </fieldset>
        );
      })}
    </fieldset>
  );
}
