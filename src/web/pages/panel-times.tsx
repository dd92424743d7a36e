import { useQuery } from '@tanstack/react-query';
import { caseQuery, peopleQuery, timelineQuery } from '../app/queries.ts';
import type { Happened } from '../app/types.ts';
import { dayText } from '../app/words.ts';
import { shortPerson } from '../parts/waiting.tsx';

/** What is written with the panel's times before one's eyes. */
export const ofTimes: ReadonlySet<string> = new Set([
  'offer_slots',
  'note_availability',
  'schedule_interview',
]);

interface Span {
  readonly on: string;
  readonly from: string;
  readonly to: string;
}
interface Noted {
  readonly rater: string;
  readonly windows: readonly Span[];
}

/** Who said when they can come, as it stands: a word of theirs replaces the one before, and a time that was chosen ends them all. */
export function windowsNow(past: readonly Happened[]): ReadonlyMap<string, readonly Span[]> {
  const now = new Map<string, readonly Span[]>();
  for (const { kind, body } of past) {
    if (kind === 'slot_chosen') now.clear();
    if (kind !== 'availability_noted' || body === null) continue;
    const { rater, windows } = body as unknown as Noted;
    now.set(rater, windows);
  }
  return now;
}

const spanText = ({ on, from, to }: Span): string => `${dayText(Date.parse(on), 'UTC')}, ${from} to ${to}`;

/** When each of the panel can come, and the zone that every time here is meant in. */
export function PanelTimes({
  id,
  opening,
  zone,
}: {
  readonly id: string;
  readonly opening: string;
  readonly zone: string;
}) {
  const search = useQuery({ ...caseQuery(opening), retry: false });
  const found = useQuery({ ...timelineQuery(id), retry: false });
  const people = useQuery(peopleQuery);
  const fact = search.data?.shown.facts?.find(({ kind }) => kind === 'panel');
  const panel = (fact?.value ?? '').split(',').filter((one) => one !== '');
  const noted = windowsNow(found.data?.past ?? []);
  const nameOf = (person: string): string =>
    people.data?.list.find((one) => one.person === person)?.name ?? shortPerson(person);
  return (
    <section className="panel" aria-label="When the panel can come">
      <h2>When the panel can come</h2>
      <p className="fine">
        Every time here is meant in <strong>{zone}</strong>, the zone of the site; it is said to the candidate
        with the times.
      </p>
      {panel.length === 0 ? <p>No panel stands yet, or it is not for you to see.</p> : null}
      <ul className="plain-list">
        {panel.map((person) => (
          <li key={person}>
            <strong>{nameOf(person)}</strong>:{' '}
            {noted.get(person)?.map(spanText).join('; ') ??
              'has not said. Any time counts as free; ask them first.'}
          </li>
        ))}
      </ul>
    </section>
  );
}
