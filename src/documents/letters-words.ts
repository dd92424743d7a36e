import type { CivilDate } from '../domain/kernel/calendar.ts';
import { months } from '../notify/dates.ts';

/** @returns a day as it stands in a letter, e.g. `3 Mar 2025` */
export function letterDay(day: CivilDate): string {
  const [year = '', month = '1', date = '1'] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

/** @returns cents as dollars, e.g. `$23.50` */
export function dollars(cents: number): string {
  return `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
