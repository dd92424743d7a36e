import { titled } from '../app/words.ts';

const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** When a place is open. */
export interface Hours {
  readonly opens: string;
  readonly closes: string;
  readonly workdays: readonly number[];
}

/** Opening hours and the days of the week a place works on. */
export function HoursFields({
  value,
  onChange,
}: {
  readonly value: Hours;
  readonly onChange: (value: Hours) => void;
}) {
  const toggle = (day: number): void => {
    const { workdays } = value;
    const next = workdays.includes(day) ? workdays.filter((one) => one !== day) : [...workdays, day];
    onChange({ ...value, workdays: next.toSorted((a, b) => a - b) });
  };
  return (
    <>
      {(['opens', 'closes'] as const).map((edge) => (
        <div key={edge} className="field">
          <label htmlFor={edge}>{titled(edge)}</label>
          <input
            id={edge}
            type="time"
            required
            value={value[edge]}
            onChange={(event) => onChange({ ...value, [edge]: event.target.value })}
          />
        </div>
      ))}
      <fieldset className="choices">
        <legend>Works on</legend>
        {names.map((name, n) => (
          <label key={name} className="choice">
            <input type="checkbox" checked={value.workdays.includes(n + 1)} onChange={() => toggle(n + 1)} />
            {name}
          </label>
        ))}
      </fieldset>
    </>
  );
}
