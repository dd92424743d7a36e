import { useEffect, useRef, useState } from 'react';
import { fieldName, titled } from '../app/words.ts';
import { nameOf } from './labelled.tsx';
import type { ListProps } from './labelled.tsx';
import { initial } from './shape.ts';
import type { Value } from './shape.ts';

/**
 * Where the focus goes when a list changes by a button: into the entry that was added; and to the button that adds, when the one
 * that had it is gone with its entry.
 */
function useFocusInList(length: number) {
  const box = useRef<HTMLFieldSetElement>(null);
  const was = useRef<number | null>(null);
  useEffect(() => {
    const from = was.current;
    was.current = null;
    if (from === null || from === length) return;
    const entries = box.current?.querySelectorAll<HTMLElement>(':scope > .entry');
    const added = entries?.[length - 1]?.querySelector<HTMLElement>('input, select, textarea, summary');
    const adds = box.current?.querySelector<HTMLElement>(':scope > .button');
    (length > from ? (added ?? adds) : adds)?.focus();
  }, [length]);
  const before = (): void => {
    was.current = length;
  };
  return { box, before };
}

/** A list whose entries are added and taken away by buttons; nothing is dragged. */
export function ListField({ props, item, Inner }: ListProps) {
  const list = Array.isArray(props.value) ? (props.value as readonly Value[]) : [];
  const { minItems = 0, maxItems = 100 } = props.shape;
  const plain = item.type !== 'object';
  const { box, before } = useFocusInList(list.length);
  const put = (next: readonly Value[]): void =>
    props.onChange(next.length === 0 && !props.asked ? undefined : next);
  return (
    <fieldset className="group-field" ref={box}>
      <legend>
        {nameOf(props)} <span className="fine">{list.length === 0 ? '(none yet)' : `(${list.length})`}</span>
      </legend>
      {props.shape.description === undefined ? null : <p className="hint">{props.shape.description}</p>}
      {list.map((one, n) => (
        // Entries have no name of their own: their place is all there is.
        <div key={`${props.path}.${String(n)}`} className="entry">
          <Inner
            shape={item}
            name={plain ? `${props.name} ${n + 1}` : ''}
            path={`${props.path}.${n}`}
            value={one}
            asked
            onChange={(value) => put(list.map((other, at) => (at === n ? value : other)))}
          />
          <button
            type="button"
            className="button"
            disabled={list.length <= minItems}
            onClick={() => {
              before();
              put(list.filter((_, at) => at !== n));
            }}
            aria-label={`Remove ${nameOf(props)} ${n + 1}`}
          >
            Remove
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button"
        disabled={list.length >= maxItems}
        onClick={() => {
          before();
          put([...list, initial(item)]);
        }}
      >
        {props.shape.title === undefined
          ? `Add to ${fieldName(props.name).toLowerCase()}`
          : `Add: ${nameOf(props).toLowerCase()}`}
      </button>
    </fieldset>
  );
}

function NewName({ onAdd }: { readonly onAdd: (name: string) => void }) {
  const [name, setName] = useState('');
  return (
    <div className="entry">
      <input
        aria-label="Name of the new entry"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <button
        type="button"
        className="button"
        disabled={name.trim() === ''}
        onClick={() => {
          onAdd(name.trim());
          setName('');
        }}
      >
        Add
      </button>
    </div>
  );
}

/** One field for each of some names. */
export function NamedField({
  props,
  names,
  open,
  item,
  Inner,
}: ListProps & {
  readonly names: readonly string[];
  /** Others may be typed too. */
  readonly open: boolean;
}) {
  const of = (props.value ?? {}) as Readonly<Record<string, Value>>;
  const put = (name: string, value: Value): void => {
    const { [name]: _, ...rest } = of;
    props.onChange(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <details className="group-field" open={props.asked && props.shape.folded !== true}>
      <summary>{nameOf(props)}</summary>
      {props.shape.description === undefined ? null : <p className="hint">{props.shape.description}</p>}
      {[...new Set([...names, ...Object.keys(of)])].map((name) => (
        <Inner
          key={name}
          shape={item}
          name={titled(name)}
          path={`${props.path}.${name}`}
          value={of[name]}
          asked={false}
          onChange={(value) => put(name, value)}
        />
      ))}
      {open ? <NewName onAdd={(name) => put(name, initial(item) ?? '')} /> : null}
    </details>
  );
}
