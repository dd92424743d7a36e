import { FieldInvalid } from './errors.ts';

/** The sealed fields of a person. */
export const personFields = ['name', 'email', 'phone', 'zone', 'channel'] as const;
export type PersonField = (typeof personFields)[number];

/** How a person can be reached: mail is sent by the product, the others are logged by HR (X2). */
export const channels = ['mail', 'phone', 'letter'] as const;

/** @throws FieldInvalid unless the ref is `prs_` and 8 to 40 letters or digits. */
export function checkPersonRef(ref: string): void {
  if (!/^prs_[0-9A-Za-z]{8,40}$/.test(ref))
    throw new FieldInvalid('ref', 'it is prs_ and 8 to 40 letters or digits');
}

/** Signs nobody sees that turn the direction of writing: with them a name reads as another one, and a key as the same. */
export const turnsWriting = (value: string): boolean => /\p{Bidi_Control}/u.test(value);

/**
 * @throws FieldInvalid when the value cannot stand in a message: control characters would let a name or an address
 * write mail headers of its own.
 */
export function checkField(field: PersonField, value: string): void {
  if (hasControl(value)) throw new FieldInvalid(field, 'it has control characters');
  if (value.trim() !== value || value === '')
    throw new FieldInvalid(field, 'it is empty or has spaces around it');
  switch (field) {
    case 'name':
      // In a list or a letter such a sign turns what stands around the name.
      if (turnsWriting(value))
        throw new FieldInvalid(field, 'it has a sign nobody sees that turns the direction of writing');
      if (value.length > 200) throw new FieldInvalid(field, 'it is longer than 200 characters');
      return;
    case 'email':
      if (!isMailAddress(value)) throw new FieldInvalid(field, 'it is not one plain mail address');
      return;
    case 'phone':
      if (!/^[+0-9][0-9 ()./-]{2,39}$/.test(value))
        throw new FieldInvalid(field, 'it is not a telephone number');
      return;
    case 'zone':
      if (!isZone(value)) throw new FieldInvalid(field, 'it is not an IANA time zone');
      return;
    case 'channel':
      if (!channels.some((known) => known === value))
        throw new FieldInvalid(field, `it is one of ${channels.join(', ')}`);
      return;
    default: {
      const never: never = field;
      throw new FieldInvalid(String(never), 'it is not a known field');
    }
  }
}

const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** @returns true for one address without display name, comment, quotes, route or list, at a host of plain labels. */
export function isMailAddress(value: string): boolean {
  const [box = '', host = '', ...more] = value.split('@');
  return (
    value.length <= 254 &&
    more.length === 0 &&
    /^[^\s\p{Cf}<>()[\],;:\\"%]{1,64}$/u.test(box) &&
    !/^\.|\.\.|\.$/.test(box) &&
    host.split('.').every((label) => LABEL.test(label)) &&
    !hasControl(value)
  );
}

/** @returns true when this runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function hasControl(value: string): boolean {
  return /\p{Cc}|\u2028|\u2029/u.test(value);
}
