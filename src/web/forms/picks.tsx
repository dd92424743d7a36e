import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { boardQuery, peopleQuery, selfQuery, sitesQuery, subjectsQuery } from '../app/queries.ts';
import { kindName, shortRef, spaced } from '../app/words.ts';
import { shortPerson } from '../parts/waiting.tsx';
import { useAround } from './around.ts';
import { kindsAt, mayName } from './case-fields.ts';
import { nameOf } from './labelled.tsx';
import type { FieldProps } from './labelled.tsx';
import { chosenIn } from './shape.ts';

interface Choice {
  readonly value: string;
  readonly words: string;
}

/** A list to choose one thing from. */
function Pick({
  props,
  list,
  says,
}: {
  readonly props: FieldProps;
  readonly list: readonly Choice[];
  readonly says: string;
}) {
  const id = useId();
  const value = typeof props.value === 'string' ? props.value : '';
  const known = value === '' || list.some((one) => one.value === value);
  return (
    <div className="field">
      <label htmlFor={id}>
        {nameOf(props)}
        <span className="fine">{props.asked ? '' : ' (optional)'}</span>
      </label>
      {props.shape.description === undefined ? null : <p className="hint">{props.shape.description}</p>}
      <select
        id={id}
        required={props.asked}
        value={value}
        onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">{says}</option>
        {known ? null : <option value={value}>{value}</option>}
        {list.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </div>
  );
}

/**
 * Whom one may choose: people whom the reader knows by name. Whoever reads no names but their own, as those who run the machine,
 * chooses everybody by their reference.
 */
function useOffered() {
  const found = useQuery(peopleQuery);
  const self = useQuery(selfQuery);
  const here = (found.data?.list ?? []).filter((one) => !one.erased);
  const known = here.filter((one) => one.name !== null);
  return known.some((one) => one.person !== self.data?.person) ? known : here;
}

/** Somebody of the directory; those whom the case names come first. */
export function PickPerson({ props }: { readonly props: FieldProps }) {
  const { close } = useAround();
  const self = useQuery(selfQuery);
  const list = useOffered()
    .filter((one) => props.shape.works !== true || (one.works && one.person !== self.data?.person))
    .map((one) => ({
      value: one.person,
      words: `${one.name ?? shortPerson(one.person)}${roles(one.capacities.map(({ capacity }) => capacity))}`,
    }))
    .toSorted(
      (a, b) =>
        Number(close.includes(b.value)) - Number(close.includes(a.value)) ||
        a.words.localeCompare(b.words, 'en'),
    );
  return <Pick props={props} list={list} says="Choose a person …" />;
}

const roles = (of: readonly string[]): string =>
  of.length === 0 ? '' : ` – ${[...new Set(of)].map(spaced).slice(0, 3).join(', ')}`;

export function PickSite({ props }: { readonly props: FieldProps }) {
  const found = useQuery(sitesQuery);
  const list = (found.data?.list ?? []).map(({ site, name, zone }) => ({
    value: site,
    words: `${name} (${zone})`,
  }));
  return <Pick props={props} list={list} says="Choose a place …" />;
}

export function PickCase({ props }: { readonly props: FieldProps }) {
  const { case: form } = useAround();
  const kinds = kindsAt(props.path);
  const only = kinds.length === 1 ? kinds[0] : undefined;
  const found = useQuery(boardQuery({ all: true, ...(only === undefined ? {} : { kind: only }) }));
  const subjects = useQuery(subjectsQuery);
  const known = new Map(subjects.data?.list.map((one) => [one.case, one]) ?? []);
  const list = (found.data?.list ?? [])
    .filter((one) => mayName(props.path, form, one, (id) => known.get(id)?.search ?? null))
    .map((one) => {
      const about = known.get(one.case)?.name ?? shortRef(one.case);
      return {
        value: one.case,
        words: `${kindName(one.kind)} · ${about} · ${spaced(one.stage)} · ${one.siteName}`,
      };
    });
  return <Pick props={props} list={list} says="Choose a case …" />;
}

/** Any number of people: those of the case by ticking, others from the directory. */
export function PickPeople({ props }: { readonly props: FieldProps }) {
  const id = useId();
  const { close } = useAround();
  const list = useOffered();
  const chosen = chosenIn(props.value);
  const near = close.filter((ref) => list.some((one) => one.person === ref));
  const here = [...new Set([...near, ...chosen])];
  const personName = (ref: string): string =>
    list.find((one) => one.person === ref)?.name ?? shortPerson(ref);
  const put = (next: readonly string[]): void =>
    props.onChange(next.length === 0 && !props.asked ? undefined : next);
  return (
    <fieldset className="choices">
      <legend>
        {nameOf(props)}
        <span className="fine"> (any number)</span>
      </legend>
      {here.map((ref) => (
        <label key={ref} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(ref)}
            onChange={() =>
              put(chosen.includes(ref) ? chosen.filter((other) => other !== ref) : [...chosen, ref])
            }
          />
          {personName(ref)}
        </label>
      ))}
      <div className="field wide">
        <label htmlFor={id}>Somebody else</label>
        <select id={id} value="" onChange={({ target: { value } }) => put([...chosen, value])}>
          <option value="">Choose a person …</option>
          {list
            .filter(({ person }) => !here.includes(person))
            .map((one) => (
              <option key={one.person} value={one.person}>
                {one.name ?? shortPerson(one.person)}
              </option>
            ))}
        </select>
      </div>
    </fieldset>
  );
}
