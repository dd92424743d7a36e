import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { z } from 'zod';
import type { setup } from '../../contracts/api/setup.ts';
import type { documentsThere } from '../../contracts/api/terms.ts';
import { ask } from '../app/api.ts';
import { selfQuery } from '../app/queries.ts';
import { browserZone, dayText, spaced } from '../app/words.ts';
import { HolidayChoice } from '../forms/holidays.tsx';
import type { HolidaysGiven } from '../forms/holidays.tsx';
import { HoursFields } from '../forms/hours.tsx';
import type { Hours } from '../forms/hours.tsx';
import { firstLead } from '../forms/house-shapes.ts';
import { PlainForm } from '../forms/plain-form.tsx';
import { ActButton, useAct } from '../parts/act.tsx';
import { Empty, Loading, Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { Copies, MailTest, SignHead } from './machine.tsx';

type Found = z.output<typeof setup>;
type Along = z.output<typeof documentsThere>;

export const setupQuery = {
  queryKey: ['setup'],
  queryFn: () => ask<Found>('GET', '/setup'),
} as const;

/** Zones that this browser knows; the one somebody sits in first. */
const zones = [
  browserZone,
  ...Intl.supportedValuesOf('timeZone').filter((one) => one !== browserZone),
] as readonly string[];

/** One step: what it is, whether it is done, and its form, open until it is. */
function Step({
  n,
  title,
  done,
  whose,
  children,
}: {
  readonly n: number;
  readonly title: string;
  /** What is there; null while nothing is. */
  readonly done: string | null;
  /** Whose step it is, where it is not the reader's own. */
  readonly whose?: string | undefined;
  readonly children: ReactNode;
}) {
  // Open where something is to do. What was just done stays open, with what it said: a passphrase, or that mail went out.
  const [open] = useState(done === null && whose === undefined);
  return (
    <li>
      <details className="twin" open={open}>
        <summary>
          {n}. {title}{' '}
          <span className="count">
            {done === null ? (whose === undefined ? 'to do' : 'not yet') : '✓ done'}
          </span>
          {done === null ? null : <span className="fine"> {done}</span>}
          {done === null && whose !== undefined ? <span className="fine"> {whose}</span> : null}
        </summary>
        <div className="step">{children}</div>
      </details>
    </li>
  );
}

function Organization({ found }: { readonly found: Found }) {
  const along = useQuery({
    queryKey: ['documents'],
    queryFn: () => ask<Along>('GET', '/documents'),
    staleTime: Infinity,
  });
  const [name, setName] = useState(found.name ?? '');
  const [place, setPlace] = useState('');
  const [zone, setZone] = useState(browserZone);
  const [profile, setProfile] = useState('generic');
  const [hours, setHours] = useState<Hours>({ opens: '09:00', closes: '17:00', workdays: [1, 2, 3, 4, 5] });
  const isNew = found.site === null;
  const { act, stepUp, fault } = useAct(() =>
    ask<Found>('PUT', '/setup/organization', {
      name,
      ...(isNew ? { site: { name: place, zone, profile, ...hours } } : {}),
    }),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <form className="command" onSubmit={submit}>
      <div className="field">
        <label htmlFor="org-name">What the organization is called</label>
        <input
          id="org-name"
          required
          maxLength={120}
          autoComplete="organization"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      {isNew ? (
        <>
          <div className="field">
            <label htmlFor="place-name">Its first place of work</label>
            <p className="hint" id="place-hint">
              A team or a house, for example: Northside. More places can be added later.
            </p>
            <input
              id="place-name"
              aria-describedby="place-hint"
              required
              maxLength={120}
              value={place}
              onChange={(event) => setPlace(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor="zone">Time zone of that place</label>
            <select id="zone" value={zone} onChange={(event) => setZone(event.target.value)}>
              {zones.map((one) => (
                <option key={one} value={one}>
                  {spaced(one)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="jurisdiction">Jurisdiction</label>
            <p className="hint" id="jurisdiction-hint">
              It sets what a law or a state sets. Have counsel read it; until then every letter says that
              nobody did.
            </p>
            <select
              id="jurisdiction"
              aria-describedby="jurisdiction-hint"
              value={profile}
              onChange={(event) => setProfile(event.target.value)}
            >
              {(along.data?.profiles ?? [{ id: 'generic', title: 'Generic' }]).map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </select>
          </div>
          <HoursFields value={hours} onChange={setHours} />
        </>
      ) : null}
      {fault}
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={act.isPending}>
          {isNew ? 'Keep the name and add the place' : 'Keep this name'}
        </button>
      </div>
      {stepUp}
    </form>
  );
}

function Holidays({ found }: { readonly found: Found }) {
  const [given, setGiven] = useState<HolidaysGiven | null>(null);
  const { act, stepUp, fault } = useAct(() =>
    ask<Found>('PUT', '/setup/holidays', { holidays: given ?? undefined }),
  );
  if (found.site === null) return <p>First the place of work: holidays are those of a place.</p>;
  return (
    <form
      className="command"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate();
      }}
    >
      <p>
        {found.site.name} has {found.site.holidays} holidays up to {found.site.last}: those of the United
        States unless you say otherwise. On a holiday nobody is asked, and no day counts.
      </p>
      <HolidayChoice keep={null} onChoose={setGiven} />
      {fault}
      <div role="status">
        {act.isSuccess ? (
          <p className="note note-ready">✓ In force: {act.data.site?.holidays} holidays.</p>
        ) : null}
      </div>
      <div className="buttons">
        <button type="submit" className="button button-main" disabled={act.isPending || given === null}>
          Take these holidays
        </button>
      </div>
      {stepUp}
    </form>
  );
}

interface Lead {
  readonly login: string;
  readonly passphrase: string;
}

function LeadForm({ onDone }: { readonly onDone: (lead: Lead) => void }) {
  return (
    <>
      <p>
        Somebody else than you: whoever keeps the machine reads no people, and whoever leads HR gives every
        office. From then on the places, the numbers and the offices are theirs, and this page shows how far
        they are.
      </p>
      <PlainForm
        shape={firstLead}
        words="Name them and give them a login"
        done="They lead HR from now on."
        send={async (given) => onDone(await ask<Lead>('POST', '/setup/lead', given))}
      />
    </>
  );
}

const noted = (at: number | null): string | null =>
  at === null ? null : `since ${dayText(at, browserZone)}`;

/** From an empty folder to the first day of work; each step can be left and come back to. */
function Steps({
  found,
  admin,
  lead,
}: {
  readonly found: Found;
  readonly admin: boolean;
  readonly lead: boolean;
}) {
  const [given, setGiven] = useState<Lead | null>(null);
  const note = (step: 'mail' | 'backup'): Promise<unknown> => ask('POST', '/setup/noted', { step });
  const admins = admin ? undefined : 'The administrator sees to it.';
  const leads = lead ? undefined : 'Whoever leads HR sees to it.';
  const closed = <p>It is done. To change it is for whoever leads HR, under Policy.</p>;
  return (
    <ol className="steps">
      <Step
        n={1}
        title="The organization and its first place"
        done={found.name === null || found.site === null ? null : `${found.name}, ${found.site.name}`}
        whose={admins}
      >
        {admin && found.founding ? <Organization key={String(found.site === null)} found={found} /> : closed}
      </Step>
      <Step
        n={2}
        title="Holidays"
        done={found.site === null ? null : `${found.site.holidays} days up to ${found.site.last}`}
        whose={admins}
      >
        {admin && found.founding ? <Holidays found={found} /> : closed}
      </Step>
      <Step n={3} title="Mail" done={noted(found.noted.mail)} whose={admins}>
        {admin ? (
          <>
            <p>Try it now: a message that nobody gets is a question that nobody answers.</p>
            <MailTest onSent={() => note('mail')} />
          </>
        ) : null}
      </Step>
      <Step n={4} title="Where copies go" done={noted(found.noted.backup)} whose={admins}>
        {admin ? (
          <>
            <Copies />
            <SignHead />
            <p className="buttons">
              <ActButton words="This is arranged" main send={() => note('backup')} />
            </p>
          </>
        ) : null}
      </Step>
      <Step n={5} title="Who leads HR" done={found.leads ? 'somebody does' : null} whose={admins}>
        {given === null ? null : (
          <ShownOnce
            name={`The passphrase of ${given.login}`}
            value={given.passphrase}
            onClose={() => setGiven(null)}
          >
            Tell it to them yourself. It holds for three days and opens nothing but choosing a password of
            their own.
          </ShownOnce>
        )}
        {admin && found.founding ? <LeadForm onDone={setGiven} /> : found.leads ? closed : null}
      </Step>
      <Step n={6} title="The first supervisor" done={found.supervisors ? 'somebody is' : null} whose={leads}>
        <p>
          Add them to the directory and give them the office of supervisor; then the administrator gives them
          a login.
        </p>
        <p className="buttons">
          <Link to="/directory" className="button button-main">
            Who works here
          </Link>
        </p>
      </Step>
      <Step n={7} title="The first role" done={found.roles ? 'it has begun' : null} whose={leads}>
        <p>
          A hire begins with the readiness of the place and a role that the team agrees on: what the work is,
          and what it is not.
        </p>
        <p className="buttons">
          <Link to="/begin/$kind/$type" params={{ kind: 'readiness', type: 'open' }} className="button">
            Begin with the readiness of the place
          </Link>
          <Link
            to="/begin/$kind/$type"
            params={{ kind: 'role', type: 'open' }}
            className="button button-main"
          >
            Begin the first role
          </Link>
        </p>
      </Step>
    </ol>
  );
}

/** Setting up, as far as it is. */
export function Setup() {
  const found = useQuery(setupQuery);
  const self = useQuery(selfQuery);
  const holds = (one: string): boolean => self.data?.capacities.includes(one) === true;
  const [admin, lead] = [holds('administrator'), holds('hr_director')];
  return (
    <Page
      title={found.data?.name == null ? 'Setting up' : `Setting up ${found.data.name}`}
      lead="Seven steps. Leave any of them and come back: what is done stays done."
    >
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ProblemNote error={found.error} /> : null}
      {found.data === undefined ? null : admin || lead ? (
        <Steps found={found.data} admin={admin} lead={lead} />
      ) : (
        <Empty title="Not yours to set up">The administrator and whoever leads HR see to this.</Empty>
      )}
    </Page>
  );
}
