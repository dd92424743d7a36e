import { fieldLabelOf, labelOf } from './labels.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A code in words: `version_adopted` → `version adopted`, `hr_director` → `HR director`. */
export const spaced = (code: string): string =>
  code === 'it' ? 'IT' : code.replaceAll('_', ' ').replaceAll(/\bhr\b/g, 'HR');

/** The same, as the start of a line. */
export function titled(code: string): string {
  const known = labelOf(code);
  if (known !== null) return known;
  const words = spaced(code);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `supervisorCapacity` and `after_days` in words, for the name of a field. */
export const fieldName = (name: string): string =>
  fieldLabelOf(name) ??
  titled(name.replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`));

const kinds: Readonly<Record<string, string>> = {
  readiness: 'Readiness of a site',
  role: 'Role',
  opening: 'Search',
  candidacy: 'Application',
  employment: 'Employment',
  review: 'Review',
  clock: 'Confidential matter',
};
/** What a kind of case is called. */
export const kindName = (kind: string): string => kinds[kind] ?? titled(kind);

/** The last characters of an id: enough to tell two apart on the phone, and nothing of a person. */
export const shortRef = (id: string): string => {
  const [kind = '', tail = ''] = id.split('-');
  const letter = kind === '' ? '' : `${kind.slice(0, 1).toUpperCase()}-`;
  return `${letter}${tail.slice(0, 4).toUpperCase()}`;
};

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

/** `Thu 6 Mar 2025`. */
export const dayText = (at: number, zone: string): string =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    .format(at)
    .replaceAll(',', '');

/** `17:00`. */
export const clockText = (at: number, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** The zone of whoever looks on: for what belongs to no site. */
export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `Thu 6 Mar 2025, 17:00 America/New_York`: the zone is always there, since a reader may sit elsewhere. */
export const timeText = (at: number, zone: string): string =>
  `${dayText(at, zone)}, ${clockText(at, zone)} ${zone}`;

/** `Mar 2025`. */
export const monthText = (at: number, zone: string): string =>
  format(zone, { month: 'short', year: 'numeric' }).format(at);

/** `YYYY-MM-DD` at a place. */
export const civilText = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function spanText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days >= 730) return count(Math.round(days / 365), 'year');
  if (days >= 60) return count(Math.round(days / 30), 'month');
  if (days >= 1) return count(days, 'day');
  const hours = Math.floor(ms / HOUR_MS);
  return hours >= 1 ? count(hours, 'hour') : 'less than an hour';
}

/** `late by 3 days`, `due in 2 hours`. */
export const dueText = (due: number, now: number): string =>
  due < now ? `late by ${spanText(now - due)}` : `due in ${spanText(due - now)}`;

/** How near a due date is: each has a word and a shape of its own. */
export type Nearness = 'late' | 'today' | 'soon' | 'later';
export function nearness(due: number, now: number): Nearness {
  if (due < now) return 'late';
  if (due - now < DAY_MS) return 'today';
  return due - now < 7 * DAY_MS ? 'soon' : 'later';
}

/** An opaque id with 26 characters, made here: for a decision, or a case that does not exist yet. */
export function newId(prefix: string): string {
  const letters = '0123456789abcdefghjkmnpqrstvwxyz';
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return prefix + [...bytes].map((byte) => letters.charAt(byte % 32)).join('');
}
