import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { applied, calendar } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import type { Site } from '../app/queries.ts';
import { newId } from '../app/words.ts';
import { HolidayChoice } from '../forms/holidays.tsx';
import type { HolidaysGiven } from '../forms/holidays.tsx';
import { HoursFields } from '../forms/hours.tsx';
import type { Hours } from '../forms/hours.tsx';
import { ActButton } from '../parts/act.tsx';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';

type Calendar = z.output<typeof calendar>['calendar'];
type Applied = z.output<typeof applied>;

function Form({ site, now }: { readonly site: Site; readonly now: Calendar }) {
  const { opens, closes, workdays } = now;
  const [hours, setHours] = useState<Hours>({ opens, closes, workdays });
  const [holidays, setHolidays] = useState<HolidaysGiven | null>(null);
  const [done, setDone] = useState<Applied | null>(null);
  const send = async (): Promise<void> => {
    const given = holidays ?? { source: now.source.slice(0, 120), days: now.holidays };
    const body = { ...hours, holidays: given, decisionId: newId('dec_') };
    setDone(await ask<Applied>('PUT', `/sites/${site.site}/calendar`, body));
  };
  return (
    <div className="command">
      <HoursFields value={hours} onChange={setHours} />
      <HolidayChoice
        keep={`As they are: ${now.holidays.length} days up to ${now.last}`}
        onChoose={setHolidays}
      />
      {done === null ? null : (
        <p className="note note-ready" role="status">
          ✓ In force at {site.name}. {done.told.length} open cases compute their dates anew
          {done.looking ? '' : ', as soon as Temporal answers'}.
        </p>
      )}
      <p className="buttons">
        <ActButton
          words="Put them in force"
          main
          asks={
            <p>
              From now on {site.name} is open from {hours.opens} to {hours.closes} on{' '}
              {hours.workdays.length === 1 ? 'one day' : `${hours.workdays.length} days`} a week. Every open
              case of this place computes its due dates anew; what was sent stays sent.
            </p>
          }
          yes="Yes, from now on"
          send={send}
        />
      </p>
    </div>
  );
}

/** Hours, working days and holidays of a place. */
export function NewHours({ site }: { readonly site: Site }) {
  const found = useQuery({
    queryKey: ['site-calendar', site.site],
    queryFn: () => ask<z.output<typeof calendar>>('GET', `/sites/${site.site}/calendar`),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const now = found.data.calendar;
  return (
    <>
      <Section title="What should hold">
        <Form site={site} now={now} />
      </Section>
      <details className="twin">
        <summary>
          Holidays in force <span className="count">{now.holidays.length}</span>
        </summary>
        <Table
          caption="Holidays in force"
          rows={now.holidays}
          keyOf={(one) => one.date}
          columns={[
            { name: 'Day', cell: (one) => one.date },
            { name: 'Called', cell: (one) => one.name },
          ]}
        />
      </details>
    </>
  );
}
