/** A day on which a place is closed. */
export interface Day {
  readonly date: string;
  readonly name: string;
}

/** Days read from a file, and how many entries of it say a day in a way that is not read here. */
export interface DaysRead {
  readonly days: readonly Day[];
  readonly unread: number;
}

const DATE = /^(\d{4})-?(\d{2})-?(\d{2})$/;

function dateOf(text: string): string | null {
  const [, year, month, day] = DATE.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month}-${day}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

const MOST_NAME = 80;
const nameOf = (text: string | undefined): string => (text?.trim() ?? '').slice(0, MOST_NAME) || 'Holiday';

function daysOf(entries: readonly { readonly date: string | null; readonly name: string }[]): DaysRead {
  const days = new Map<string, Day>();
  for (const { date, name } of entries) if (date !== null) days.set(date, { date, name });
  const sorted = [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return { days: sorted, unread: entries.filter(({ date }) => date === null).length };
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\n/gi, ' ').replaceAll(/\\([,;\\])/g, (_, one: string) => one);

/** One VEVENT: its first day. A rule of repetition is not read: such an entry would be right for one year only. */
function eventOf(lines: readonly string[]) {
  const value = (name: string): string | undefined => {
    const line = lines.find((one) => new RegExp(`^${name}[:;]`, 'i').test(one));
    return line?.slice(line.indexOf(':') + 1);
  };
  const repeats = value('RRULE') !== undefined;
  const date = dateOf((value('DTSTART') ?? '').slice(0, 8));
  return { date: repeats ? null : date, name: nameOf(unescaped(value('SUMMARY') ?? '')) };
}

function calendarDays(text: string): DaysRead {
  const lines = text.replaceAll(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const events: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines)
    if (/^BEGIN:VEVENT/i.test(line)) open = [];
    else if (/^END:VEVENT/i.test(line)) {
      if (open !== null) events.push(open);
      open = null;
    } else open?.push(line);
  return daysOf(events.map(eventOf));
}

/** `2027-01-01,New Year's Day`: a line each; a first line of words is a heading. */
function listedDays(text: string): DaysRead {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [first = '', ...rest] = line.split(/[,;\t]/).map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));
      return { date: dateOf(first), name: nameOf(rest.join(', ')) };
    });
  return daysOf(rows[0]?.date === null ? rows.slice(1) : rows);
}

/** Holidays of a file: a calendar (ICS), or a list of days and names (CSV). */
export const holidaysIn = (text: string): DaysRead =>
  /BEGIN:VCALENDAR/i.test(text) ? calendarDays(text) : listedDays(text);
