import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { brief } from '../../contracts/api/reading.ts';
import { ask } from '../app/api.ts';
import { dayText, spaced } from '../app/words.ts';
import { Section } from '../parts/page.tsx';
import { Fact, whoText } from '../parts/waiting.tsx';

const dayOf = (civil: string): string => dayText(Date.parse(civil), 'UTC');

/** Before the two meet: about the work, by codes and dates. Nothing where it is not for this reader. */
export function BriefView({ id }: { readonly id: string }) {
  const found = useQuery({
    queryKey: ['case', id, 'brief'],
    queryFn: () => ask<z.output<typeof brief>>('GET', `/cases/${encodeURIComponent(id)}/brief`),
    retry: false,
  });
  if (found.data === undefined) return null;
  const { zone, next, last, unconfirmed, actions, agenda, credential, hours, hardMoments } = found.data;
  return (
    <Section
      title="Before the next session"
      says="For the two who meet: about the work, and nothing about health."
    >
      <dl className="facts">
        <Fact name="Next session">
          {next === null
            ? 'none planned'
            : `${dayOf(next.on)}, ${next.at} ${zone}${next.by === null ? '' : ` with ${whoText(next.by)}`}`}
        </Fact>
        <Fact name="Last held">
          {last === null
            ? 'none yet'
            : `${dayOf(last.on)}: ${last.topics.map(spaced).join(', ') || 'no topics noted'}`}
        </Fact>
        <Fact name="To talk about">
          {agenda.map(({ topic, by }) => `${spaced(topic)} (${by})`).join(', ') || 'nothing put down yet'}
        </Fact>
        <Fact name="Open actions">
          {actions
            .map(({ action, owner, due }) => `${spaced(action)}, ${whoText(owner)}, by ${dayOf(due)}`)
            .join('; ') || 'none'}
        </Fact>
        <Fact name="Not confirmed yet">{unconfirmed.map(dayOf).join(', ') || 'none'}</Fact>
        <Fact name="Certificate">
          {spaced(credential.status)}, until {dayOf(credential.validTo)}
        </Fact>
        {hours === null ? null : (
          <Fact name="Hours to go">
            {hours.left} by {dayOf(hours.until)} (
            {hours.of === 'route' ? 'supervised work' : 'further training'})
          </Fact>
        )}
      </dl>
      <p className="fine">{hardMoments}</p>
    </Section>
  );
}
