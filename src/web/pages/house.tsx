import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../app/api.ts';
import { selfQuery } from '../app/queries.ts';
import { timeText } from '../app/words.ts';
import { login, newPerson, office, standInOf } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { Empty, Loading, Page, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { Table } from '../parts/table.tsx';
import { shortPerson } from '../parts/waiting.tsx';

type Given = Readonly<Record<string, unknown>>;
const text = (given: Given, name: string): string => (typeof given[name] === 'string' ? given[name] : '');
const at = (given: Given): string => `/people/${encodeURIComponent(text(given, 'person'))}`;

/** The end of a day, as an instant: a stand-in answers until it is over. */
export const endOf = (day: unknown): number | null =>
  typeof day === 'string' ? Date.parse(`${day}T23:59:59Z`) : null;

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

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
  const disable = useMutation({
    mutationFn: (one: string) => ask('DELETE', `/accounts/${encodeURIComponent(one)}`),
    onSuccess: () => found.refetch(),
  });
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  return (
    <Table
      caption="Logins"
      rows={found.data.list}
      keyOf={(one) => one.login}
      columns={[
        { name: 'Login', cell: (one) => one.login },
        { name: 'Whose', cell: (one) => shortPerson(one.person) },
        { name: 'Since', cell: (one) => timeText(one.createdAt, zone) },
        {
          name: 'End it',
          cell: (one) =>
            one.disabled ? (
              'ended'
            ) : (
              <button
                type="button"
                className="button"
                aria-label={`End it: the login ${one.login}`}
                onClick={() => disable.mutate(one.login)}
              >
                End it
              </button>
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
        says="For one machine without a provider. They choose a password of their own when they first sign in; the record says who gave it."
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
          <p className="note" role="status">
            Tell them this passphrase; it is shown here only, and holds for three days:{' '}
            <code>{passphrase}</code>
          </p>
        )}
      </Section>
      <Section title="Logins">
        <Logins />
      </Section>
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

function Offices() {
  return (
    <Section
      title="Give an office"
      says="From now on, at one place of work. HR’s director gives offices; whoever keeps the logins gives none."
    >
      <PlainForm
        shape={office}
        words="Give the office"
        done="They hold it from now on."
        send={(given) =>
          ask('POST', `${at(given)}/capacities`, {
            list: [{ capacity: given['capacity'], scope: given['site'] }],
          })
        }
      />
    </Section>
  );
}

/** People, offices, stand-ins and logins: each for whoever looks after it. */
export function House() {
  const self = useQuery(selfQuery);
  if (self.data === undefined) return <Loading />;
  const holds = (...list: readonly string[]): boolean =>
    self.data.capacities.some((one) => list.includes(one));
  const any = holds('hr', 'hr_director', 'executive', 'administrator');
  return (
    <Page title="Who works here" lead="The directory, offices, stand-ins and logins.">
      {holds('hr', 'hr_director') ? <Directory /> : null}
      {holds('hr_director', 'executive') ? <StandIns /> : null}
      {holds('hr_director') ? <Offices /> : null}
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
