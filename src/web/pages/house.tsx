import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../app/api.ts';
import { peopleQuery, selfQuery, sitesQuery } from '../app/queries.ts';
import { browserZone, shortRef, spaced, timeText, titled } from '../app/words.ts';
import { login, newPerson, office, standInOf } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { ActButton } from '../parts/act.tsx';
import { useGuarded } from '../parts/guarded.tsx';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { Table } from '../parts/table.tsx';
import { shortPerson } from '../parts/waiting.tsx';
import { ProviderPeople } from './provider-people.tsx';
import { SecondWords } from './second-words.tsx';

type Given = Readonly<Record<string, unknown>>;
const text = (given: Given, name: string): string => (typeof given[name] === 'string' ? given[name] : '');
const at = (given: Given): string => `/people/${encodeURIComponent(text(given, 'person'))}`;

/** The end of a day, as an instant: a stand-in answers until it is over. */
export const endOf = (day: unknown): number | null =>
  typeof day === 'string' ? Date.parse(`${day}T23:59:59Z`) : null;

interface Account {
  readonly login: string;
  readonly person: string;
  readonly createdAt: number;
  readonly disabled: boolean;
}

function Logins() {
  const found = useQuery({
    queryKey: ['accounts'],
    queryFn: () => ask<{ readonly list: readonly Account[] }>('GET', '/accounts'),
    retry: false,
  });
  const guarded = useGuarded(found);
  if (found.isPending) return <Loading />;
  if (guarded !== null) return guarded;
  if (found.isError) return <ProblemNote error={found.error} />;
  return (
    <Table
      caption="Logins"
      rows={found.data.list}
      keyOf={(one) => one.login}
      columns={[
        { name: 'Login', cell: (one) => one.login },
        { name: 'Whose', cell: (one) => shortPerson(one.person) },
        { name: 'Since', cell: (one) => timeText(one.createdAt, browserZone) },
        {
          name: 'End it',
          cell: (one) =>
            one.disabled ? (
              'ended'
            ) : (
              <ActButton
                words="End it"
                about={`the login ${one.login}`}
                asks={
                  <p>
                    Whoever comes in with <strong>{one.login}</strong> is signed out at once; their tokens and
                    the address of their calendar end too. The record says that you did it.
                  </p>
                }
                send={() => ask('DELETE', `/accounts/${encodeURIComponent(one.login)}`)}
              />
            ),
        },
      ]}
    />
  );
}

function Machine() {
  const [passphrase, setPassphrase] = useState<string | null>(null);
  return (
    <>
      <Section
        title="Give somebody a login"
        says="For one machine without a provider. You see references, not names: whoever needs a login tells you theirs, or HR does. They choose a password of their own when they first sign in; the record says who gave it. Somebody who has a login gets a new passphrase for it under the same name."
      >
        <PlainForm
          shape={login}
          words="Give the login"
          done="The login holds from now on."
          send={async (given) => {
            const url = `/accounts/${encodeURIComponent(text(given, 'login'))}`;
            const person = text(given, 'person');
            const made = await ask<{ readonly passphrase: string }>('PUT', url, { person });
            setPassphrase(made.passphrase);
          }}
        />
        {passphrase === null ? null : (
          <ShownOnce name="Their passphrase" value={passphrase} onClose={() => setPassphrase(null)}>
            Tell it to them yourself. It holds for three days and opens nothing but choosing a password of
            their own.
          </ShownOnce>
        )}
      </Section>
      <Section title="Logins" says="Who can come in, and since when.">
        <Logins />
      </Section>
      <ProviderPeople />
    </>
  );
}

function Directory() {
  return (
    <>
      <Section title="Add somebody" says="Their name and addresses are sealed under a key of their own.">
        <PlainForm
          shape={newPerson}
          words="Add to the directory"
          done="They are in the directory."
          send={(given) => ask('POST', '/people', given)}
        />
      </Section>
    </>
  );
}

function StandIns() {
  return (
    <Section
      title="Name a stand-in for somebody else"
      says="Open and new items go to the stand-in at once; the record says on whose behalf."
    >
      <PlainForm
        shape={standInOf}
        words="Name the stand-in"
        done="From now on the stand-in is asked."
        send={(given) =>
          ask('PUT', `${at(given)}/stand-in`, { to: given['to'], until: endOf(given['until']) })
        }
      />
    </Section>
  );
}

interface Held {
  readonly person: string;
  readonly name: string | null;
  readonly capacity: string;
  readonly scope: string;
}

/** Who holds what, and where: each can be ended. */
function WhoHoldsWhat() {
  const people = useQuery(peopleQuery);
  const sites = useQuery(sitesQuery);
  const self = useQuery(selfQuery);
  const placeOf = (scope: string): string =>
    scope === self.data?.org
      ? 'everywhere'
      : (sites.data?.list.find((one) => one.site === scope)?.name ?? shortRef(scope));
  const list = (people.data?.list ?? []).flatMap((one): readonly Held[] =>
    one.capacities
      // Somebody who applied holds no office: their case says where they stand, and ends by a decision in it.
      .filter(({ capacity }) => capacity !== 'candidate')
      .map((held) => ({ person: one.person, name: one.name, ...held })),
  );
  if (people.isPending) return <Loading />;
  if (people.isError) return <ProblemNote error={people.error} />;
  const called = (one: Held): string => one.name ?? shortPerson(one.person);
  return (
    <details className="twin">
      <summary>
        Who holds what <span className="count">{list.length}</span>
      </summary>
      <Table
        caption="Who holds what"
        rows={list.toSorted(
          (a, b) => a.capacity.localeCompare(b.capacity, 'en') || called(a).localeCompare(called(b), 'en'),
        )}
        keyOf={(one) => `${one.person} ${one.capacity} ${one.scope}`}
        columns={[
          { name: 'Office', cell: (one) => titled(one.capacity) },
          { name: 'Who', cell: called },
          { name: 'Where', cell: (one) => placeOf(one.scope) },
          {
            name: 'End it',
            cell: (one) =>
              one.person === self.data?.person ? (
                'yours'
              ) : (
                <ActButton
                  words="End it"
                  about={`${spaced(one.capacity)}, ${called(one)}`}
                  asks={
                    <p>
                      From this moment {called(one)} is {spaced(one.capacity)} no longer ({placeOf(one.scope)}
                      ). What waits for that office waits for whoever else holds it; with nobody left, HR is
                      asked.
                    </p>
                  }
                  send={() =>
                    ask('POST', `/people/${encodeURIComponent(one.person)}/capacities/end`, {
                      list: [{ capacity: one.capacity, scope: one.scope }],
                    })
                  }
                />
              ),
          },
        ]}
      />
    </details>
  );
}

function Offices() {
  const self = useQuery(selfQuery);
  return (
    <Section
      title="Give an office"
      says="From now on, at one place of work; without a place, at all of them. HR’s director gives and ends offices; whoever keeps the logins gives none."
    >
      <PlainForm
        shape={office}
        words="Give the office"
        done="They hold it from now on; what two people give waits below for the second word."
        send={(given) =>
          ask('POST', `${at(given)}/capacities`, {
            list: [
              {
                capacity: given['capacity'],
                scope: given['site'] ?? self.data?.org,
                until: endOf(given['until']) ?? undefined,
              },
            ],
          })
        }
      />
      <WhoHoldsWhat />
    </Section>
  );
}

/** People, offices, stand-ins and logins: each for whoever looks after it. */
export function House() {
  const self = useQuery(selfQuery);
  if (self.data === undefined) return <Loading />;
  const holds = (...list: readonly string[]): boolean =>
    self.data.capacities.some((one) => list.includes(one));
  const any = holds('hr', 'hr_director', 'executive', 'privacy_officer', 'administrator');
  return (
    <Page title="Who works here" lead="The directory, offices, stand-ins and logins.">
      {holds('hr', 'hr_director') ? <Directory /> : null}
      {holds('hr_director', 'executive') ? <StandIns /> : null}
      {holds('hr_director') ? <Offices /> : null}
      {holds('hr_director', 'executive', 'privacy_officer') ? <SecondWords /> : null}
      {holds('administrator') ? <Machine /> : null}
      {any ? null : (
        <Empty title="Not yours to change">
          HR adds people; HR’s director names stand-ins for somebody else; the administrator gives logins.
          Your own stand-in is under your name, above.
        </Empty>
      )}
    </Page>
  );
}
