import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { ask } from '../app/api.ts';
import { fieldName, titled } from '../app/words.ts';
import { Loading } from '../parts/page.tsx';
import { Labelled, note } from './labelled.tsx';
import type { FieldProps } from './labelled.tsx';
import { chosenIn } from './shape.ts';

/** An entry of the toolbox: its id, what it belongs to, and its words. */
interface Entry {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

const useDrawer = (drawer: 'questions' | 'duties') =>
  useQuery({
    queryKey: ['toolbox', drawer],
    queryFn: async (): Promise<readonly Entry[]> => {
      const found = await ask<{ readonly list: readonly Readonly<Record<string, unknown>>[] }>(
        'GET',
        `/toolbox/${drawer}`,
      );
      const word = (value: unknown): string => (typeof value === 'string' ? value : '');
      return found.list.map((one) => ({
        id: word(one['id']),
        group: word(one['competency'] ?? one['class']),
        text: word(one['text'] ?? one['title']),
      }));
    },
    staleTime: Infinity,
  });

const groupsOf = (list: readonly Entry[]): readonly string[] => [...new Set(list.map(({ group }) => group))];

/** Most questions of one's own that a list offers to number. */
const OWN = 20;
const own = Array.from({ length: OWN }, (_, n) => `Q${n + 1}`);

/** One question of the bank, or one of one's own under a number; or an entry of the duty library. */
export function FromBank({
  props,
  drawer,
}: {
  readonly props: FieldProps;
  readonly drawer: 'questions' | 'duties';
}) {
  const id = useId();
  const found = useDrawer(drawer);
  if (found.isPending) return <Loading />;
  const list = found.data ?? [];
  const value = typeof props.value === 'string' ? props.value : '';
  const chosen = list.find((one) => one.id === value);
  return (
    <Labelled id={id} props={drawer === 'questions' ? { ...props, name: 'question' } : props}>
      <select
        id={id}
        required={props.asked}
        aria-describedby={`${id}-text`}
        value={value}
        onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">Choose …</option>
        {drawer === 'questions' ? (
          <optgroup label="Of your own, with its text below">
            {own.map((one) => (
              <option key={one} value={one}>
                Own question {one.slice(1)}
              </option>
            ))}
          </optgroup>
        ) : null}
        {groupsOf(list).map((group) => (
          <optgroup key={group} label={titled(group)}>
            {list
              .filter((one) => one.group === group)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.text}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <p className="hint" id={`${id}-text`}>
        {chosen === undefined ? '' : chosen.text}
      </p>
    </Labelled>
  );
}

/** Any number of questions, by ticking: the bank by competency, then one's own. */
export function QuestionSet({ props }: { readonly props: FieldProps }) {
  const found = useDrawer('questions');
  if (found.isPending) return <Loading />;
  const list = found.data ?? [];
  const chosen = chosenIn(props.value);
  const toggle = (one: string): void =>
    props.onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const tick = (id: string, words: string) => (
    <label key={id} className="choice">
      <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
      {words}
    </label>
  );
  const group = (name: string, lines: readonly (readonly [string, string])[]) => {
    const here = lines.filter(([id]) => chosen.includes(id)).length;
    return (
      <details key={name} className="more">
        <summary>
          {name} <span className="count">{here}</span>
        </summary>
        <div className="ticks">{lines.map(([id, words]) => tick(id, words))}</div>
      </details>
    );
  };
  return (
    <fieldset className="group-field bank">
      <legend>
        {fieldName(props.name)}
        <span className="fine">
          {note(props.asked)} ({chosen.length})
        </span>
      </legend>
      <p className="hint">Everybody is asked the same, in the order in which you tick them.</p>
      {groupsOf(list).map((name) =>
        group(
          titled(name),
          list.filter((one) => one.group === name).map((one) => [one.id, one.text] as const),
        ),
      )}
      {group(
        'Of your own',
        own.map((one) => [one, `Own question ${one.slice(1)}`] as const),
      )}
    </fieldset>
  );
}
