/** A password to type: pasting and password managers work. */
export function Secret({
  id,
  label,
  value,
  fresh = false,
  onChange,
}: {
  /** Also its name, for password managers. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** One that is chosen now: it has a least length, and no manager fills it in. */
  readonly fresh?: boolean;
  readonly onChange: (value: string) => void;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={id}
        type="password"
        autoComplete={fresh ? 'new-password' : 'current-password'}
        required
        minLength={fresh ? 12 : undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
