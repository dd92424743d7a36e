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
      <div className="field">
        <label htmlFor="opens">Opens</label>
        <input
          id="opens"
          type="time"
          required
          value={value.opens}
          onChange={(event) => onChange({ ...value, opens: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor="closes">Closes</label>
        <input
          id="closes"
          type="time"
          required
          value={value.closes}
          onChange={(event) => onChange({ ...value, closes: event.target.value })}
        />
      </div>
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
