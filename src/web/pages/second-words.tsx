import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../app/api.ts';
import { peopleQuery, sitesQuery } from '../app/queries.ts';
import { browserZone, dayText, spaced, titled } from '../app/words.ts';
import { StepUp } from '../forms/step-up.tsx';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote, problemOf } from '../parts/problem.tsx';
import { shortPerson } from '../parts/waiting.tsx';

interface Asked {
  readonly id: string;
  readonly person: string;
  readonly capacity: string;
  readonly scope: string;
  readonly until: number | null;
  readonly askedBy: string;
  /** The second word is the reader's to give. */
  readonly yours: boolean;
}

interface Answering {
  readonly id: string;
  readonly answer: 'given' | 'refused';
}

/** Offices that read what nobody else may are given by two: what waits for the second word, and giving it. */
export function SecondWords() {
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ['offices-asked'],
    queryFn: () => ask<{ readonly list: readonly Asked[] }>('GET', '/offices/asked'),
  });
  const people = useQuery(peopleQuery);
  const sites = useQuery(sitesQuery);
  const [later, setLater] = useState(false);
  const say = useMutation({
    mutationFn: ({ id, answer }: Answering) => ask('POST', `/offices/asked/${id}`, { answer }),
    onSuccess: () => client.invalidateQueries(),
  });
  const again = say.isError && problemOf(say.error).code === 'step_up';
  const press = (one: Answering) => (): void => {
    setLater(false);
    say.mutate(one);
  };
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const nameOf = (ref: string): string =>
    people.data?.list.find((one) => one.person === ref)?.name ?? shortPerson(ref);
  const placeOf = (ref: string): string =>
    sites.data?.list.find((one) => one.site === ref)?.name ?? 'the whole organization';
  return (
    <Section
      title="Offices that wait for a second word"
      says="Leave, arrangements, checks, reports and privacy: who reads those is decided by two. HR’s director asks, and the executive or a privacy officer says yes or no."
    >
      <div role="status">
        {say.isSuccess ? (
          <p className="note note-ready">
            {say.variables.answer === 'given'
              ? 'They hold the office from now on; whoever holds it already is told.'
              : 'Noted: they do not hold it.'}
          </p>
        ) : null}
      </div>
      {say.isError && !again ? <ProblemNote error={say.error} /> : null}
      {found.data.list.length === 0 ? (
        <Empty title="Nothing waits">When somebody asks for such an office, it stands here.</Empty>
      ) : (
        <ul className="plain-list">
          {found.data.list.map((one) => {
            const what = `${nameOf(one.person)} as ${spaced(one.capacity)}`;
            return (
              <li key={one.id} className="panel">
                <p>
                  <strong>
                    {nameOf(one.person)}: {titled(one.capacity)}
                  </strong>
                </p>
                <p className="fine">
                  At {placeOf(one.scope)}
                  {one.until === null ? '' : `, until ${dayText(one.until, browserZone)}`}. Asked for by{' '}
                  {nameOf(one.askedBy)}.
                </p>
                {one.yours ? (
                  <div className="buttons">
                    <button
                      type="button"
                      className="button button-main"
                      aria-label={`Yes, give it: ${what}`}
                      disabled={say.isPending}
                      onClick={press({ id: one.id, answer: 'given' })}
                    >
                      Yes, give it
                    </button>
                    <button
                      type="button"
                      className="button"
                      aria-label={`No: ${what}`}
                      disabled={say.isPending}
                      onClick={press({ id: one.id, answer: 'refused' })}
                    >
                      No
                    </button>
                  </div>
                ) : (
                  <p className="fine">It waits for the executive or a privacy officer.</p>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {again && !later && say.variables !== undefined ? (
        <StepUp onClose={() => setLater(true)} onDone={press(say.variables)} />
      ) : null}
    </Section>
  );
}
