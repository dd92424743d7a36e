import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { documentsThere, newCalendar } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import { holidaysIn } from '../app/holiday-file.ts';
import type { DaysRead } from '../app/holiday-file.ts';

/** Holidays as a request takes them. */
export type HolidaysGiven = z.input<typeof newCalendar>['holidays'];
type Along = z.output<typeof documentsThere>;

function ReadNote({ read }: { readonly read: DaysRead }) {
  const { days, unread } = read;
  if (days.length === 0)
    return (
      <p className="note note-problem" role="alert">
        No day was found in this file. A calendar file (ICS) has one entry a day; a list (CSV) has lines like{' '}
        <code>2027-01-01,New Year’s Day</code>.
      </p>
    );
  return (
    <div className={unread > 0 ? 'note note-missing' : 'note note-ready'} role="status">
      <p className="note-title">
        {days.length} {days.length === 1 ? 'day' : 'days'}, from {days[0]?.date} to {days.at(-1)?.date}
      </p>
      {unread === 0 ? null : (
        <p>
          {unread} {unread === 1 ? 'entry repeats' : 'entries repeat'} by a rule or name no day: they are left
          out. Write such days out, one a year.
        </p>
      )}
      <details>
        <summary>Look at them</summary>
        <ul className="plain-list">
          {days.slice(0, 100).map((one) => (
            <li key={one.date}>
              {one.date} {one.name}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** By rules that come along, or day by day from a file. */
export function HolidayChoice({
  keep,
  onChoose,
}: {
  /** Said of leaving them as they are; null where there are none yet. */
  readonly keep: string | null;
  readonly onChoose: (given: HolidaysGiven | null) => void;
}) {
  const along = useQuery({
    queryKey: ['documents'],
    queryFn: () => ask<Along>('GET', '/documents'),
    staleTime: Infinity,
  });
  const [way, setWay] = useState('');
  const [read, setRead] = useState<DaysRead | null>(null);
  const choose = (next: string): void => {
    setWay(next);
    setRead(null);
    onChoose(next === '' || next === 'file' ? null : next);
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const found = holidaysIn(await file.text());
    setRead(found);
    onChoose(found.days.length === 0 ? null : { source: file.name.slice(0, 120), days: [...found.days] });
  };
  return (
    <>
      <div className="field">
        <label htmlFor="holidays">Holidays</label>
        <select id="holidays" value={way} onChange={(event) => choose(event.target.value)}>
          <option value="">{keep ?? 'Choose …'}</option>
          {(along.data?.holidays ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
          <option value="file">From a file: a calendar (ICS) or a list (CSV)</option>
        </select>
      </div>
      {way === 'file' ? (
        <div className="field">
          <label htmlFor="holiday-file">File with holidays</label>
          <input
            id="holiday-file"
            type="file"
            accept=".ics,.csv,text/calendar,text/csv"
            onChange={(event) => void take(event.target.files?.[0])}
          />
        </div>
      ) : null}
      {read === null ? null : <ReadNote read={read} />}
    </>
  );
}
