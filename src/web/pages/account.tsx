import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ask } from '../app/api.ts';
import { peopleQuery, selfQuery, waitingQuery } from '../app/queries.ts';
import { browserZone, kindName, shortRef, spaced, timeText } from '../app/words.ts';
import { Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Secret } from '../parts/secret.tsx';
import { Table } from '../parts/table.tsx';
import { Fact, askText, shortPerson, whoText } from '../parts/waiting.tsx';
import { postWish, standIn } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { endOf } from './house.tsx';
import { Reading } from './my-readers.tsx';
import { Tokens } from './tokens.tsx';
import { keyOf } from './record-asked.tsx';
import { useTitles } from './today.tsx';

interface Session {
  readonly id: string;
  readonly how: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
  readonly current: boolean;
}

function Sessions() {
  const zone = useQuery(selfQuery).data?.zone ?? browserZone;
  const client = useQueryClient();
  const found = useQuery({
    queryKey: ['sessions'],
    queryFn: () => ask<{ readonly list: readonly Session[] }>('GET', '/sessions'),
  });
  const end = useMutation({
    mutationFn: (id: string) => ask('DELETE', `/sessions/${encodeURIComponent(id)}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  return (
    <Table
      caption="Your sessions"
      keyOf={(one) => one.id}
      rows={found.data.list}
      columns={[
        { name: 'Began', cell: (one) => timeText(one.createdAt, zone) },
        { name: 'Last used', cell: (one) => timeText(one.seenAt, zone) },
        { name: 'By', cell: (one) => (one.how === 'oidc' ? 'your provider' : 'login and password') },
        {
          name: 'End it',
          cell: (one) =>
            one.current ? (
              'this browser'
            ) : (
              <button type="button" className="button" onClick={() => end.mutate(one.id)}>
                End this session
              </button>
            ),
        },
      ]}
    />
  );
}

/** What went to the stand-in, item by item, so that nobody has to guess; or what would. */
function Moved({ to }: { readonly to: string }) {
  const mine = useQuery(waitingQuery({ mine: true }));
  const titles = useTitles();
  const list = (mine.data?.list ?? []).filter((one) => !one.why.masked);
  if (mine.data === undefined) return <Loading />;
  if (list.length === 0) return <p>Nothing is open for you now. What comes goes to {to} at once.</p>;
  return (
    <Table
      caption={`What ${to} is asked now in your place`}
      rows={list}
      keyOf={(one) => `${one.case} ${keyOf(one)}`}
      columns={[
        { name: 'What', cell: askText },
        { name: 'In', cell: (one) => `${kindName(one.kind)} ${titles(one.case) ?? shortRef(one.case)}` },
        { name: 'Due', cell: (one) => timeText(one.why.due, one.zone) },
        { name: 'Who is asked', cell: (one) => (one.who === null ? 'HR' : whoText(one.who)) },
      ]}
    />
  );
}

/** Who answers while one is away. */
function Away({ person }: { readonly person: string }) {
  const client = useQueryClient();
  const people = useQuery(peopleQuery);
  const back = useMutation({
    mutationFn: () => ask('DELETE', `/people/${person}/stand-in`),
    onSuccess: () => client.invalidateQueries(),
  });
  const list = people.data?.list ?? [];
  const now = list.find((one) => one.person === person)?.standIn ?? null;
  const named = list.find((one) => one.person === now);
  const name = named?.name ?? (now === null ? '' : shortPerson(now));
  return (
    <Section
      id="away"
      title="While you are away"
      says="Name who answers for you: open and new items go to them at once, and come back when it ends. The record says on whose behalf they decide."
    >
      {now === null ? (
        <PlainForm
          shape={standIn}
          words="Name my stand-in"
          done="From now on they are asked in your place."
          send={async (given) => {
            await ask('PUT', `/people/${person}/stand-in`, { to: given['to'], until: endOf(given['until']) });
            await client.invalidateQueries();
          }}
        />
      ) : (
        <>
          <p className="note note-ready" role="status">
            {name} stands in for you.
          </p>
          <h3>What moved to {name}</h3>
          <Moved to={name} />
          <p>
            <button
              type="button"
              className="button button-main"
              onClick={() => back.mutate()}
              disabled={back.isPending}
            >
              I am back: end it
            </button>
          </p>
        </>
      )}
      {back.isError ? <ProblemNote error={back.error} /> : null}
    </Section>
  );
}

/** One's own password: with the one there is, so that an open browser alone changes none. */
function Password() {
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => ask('PUT', '/me/password', { password, newPassword }),
    onSuccess: () => {
      setPassword('');
      setNewPassword('');
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <Section
      title="Your password"
      says="At least twelve characters; a few words in a row make a good one. Your other sessions and your tokens end."
    >
      <form className="command" onSubmit={submit}>
        <Secret id="password-now" label="The one you have" value={password} onChange={setPassword} />
        <Secret id="password-new" label="The new one" value={newPassword} fresh onChange={setNewPassword} />
        {change.isError ? <ProblemNote error={change.error} /> : null}
        <div role="status">
          {change.isSuccess ? <p className="note note-ready">It holds from now on.</p> : null}
        </div>
        <div className="buttons">
          <button type="submit" className="button button-main" aria-disabled={change.isPending}>
            Change my password
          </button>
        </div>
      </form>
    </Section>
  );
}

/** What one wishes about one’s mail. */
function Mail() {
  const wish = useQuery({
    queryKey: ['post'],
    queryFn: () => ask<{ readonly style: string; readonly muted: readonly string[] }>('GET', '/me/post'),
  });
  return (
    <Section
      title="Your mail"
      says="One list a day, or each message by itself. What only you can do, offers and notices of law come all the same."
    >
      <PlainForm
        key={wish.data?.style ?? ''}
        shape={postWish}
        from={wish.data === undefined ? {} : { style: wish.data.style }}
        words="Keep this wish"
        done="Your wish is kept."
        send={(given) => ask('PUT', '/me/post', { muted: wish.data?.muted ?? [], ...given })}
      />
    </Section>
  );
}

/** Who I am here, where I am signed in, and who read what about me. */
export function Account() {
  const client = useQueryClient();
  const self = useQuery(selfQuery);
  const leave = useMutation({
    mutationFn: () => ask('DELETE', '/session'),
    onSuccess: () => client.resetQueries(),
  });
  if (self.data === undefined) return <Loading />;
  const { name, capacities, how, zone, person } = self.data;
  return (
    <Page
      title={name}
      aside={
        <button type="button" className="button" onClick={() => leave.mutate()}>
          Sign out
        </button>
      }
    >
      <dl className="facts">
        <Fact name="Here you are">
          {capacities.map(spaced).join(', ') || 'nothing at large; see your cases on Today'}
        </Fact>
        <Fact name="Signed in by">
          {how === 'session_stepped_up' ? 'session, shown again just now' : spaced(how)}
        </Fact>
        <Fact name="Your zone">{zone ?? 'that of each place'}</Fact>
        <Fact name="Your reference">
          <code>{person}</code>
        </Fact>
      </dl>
      <Away person={person} />
      <Mail />
      <Section
        id="readers"
        title="Who read about you"
        says="Everybody who looked at what is more than daily work, by day. Only you see this list."
      >
        <Reading person={person} />
      </Section>
      <Section title="Where you are signed in" says="A session ends by itself after four hours without use.">
        <Sessions />
      </Section>
      <Tokens />
      <Password />
    </Page>
  );
}
