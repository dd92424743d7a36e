import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../app/api.ts';
import { Section } from '../parts/page.tsx';

interface HowFar {
  readonly founding: boolean;
  readonly supervisors: boolean;
  readonly roles: boolean;
}

const useHowFar = () =>
  useQuery({ queryKey: ['setup'], queryFn: () => ask<HowFar>('GET', '/setup'), retry: false });

/** For whoever leads HR of a house that has just begun: what comes next. */
export function StillToSetUp() {
  const found = useHowFar();
  if (found.data === undefined || (found.data.supervisors && found.data.roles)) return null;
  return (
    <div className="note note-missing">
      <p className="note-title">This house has just begun</p>
      <p>The first supervisor and the first role are yours to begin.</p>
      <p>
        <Link to="/setup" className="button button-main">
          Go on with the set-up
        </Link>
      </p>
    </div>
  );
}

const places = [
  ['/machine', 'How it runs', 'Health, mail, copies, signed heads, and the proof of the ledger.'],
  ['/directory', 'Logins', 'Who can come in; give and end a way in.'],
  ['/programs', 'Programs that are told', 'Which of your systems hear that something moved.'],
  ['/setup', 'Setting up', 'What is arranged and what is still open.'],
] as const;

/** What an administrator looks after: they are asked for little, and begin from here. */
export function LookingAfter() {
  const found = useHowFar();
  return (
    <Section title="What you look after" says="You run the machine. You read no people.">
      {found.data?.founding === true ? (
        <div className="note note-missing">
          <p className="note-title">This installation is new</p>
          <p>Seven steps, and people can begin to work here.</p>
          <p>
            <Link to="/setup" className="button button-main">
              Set it up
            </Link>
          </p>
        </div>
      ) : null}
      <ul className="cards plain">
        {places.map(([to, name, says]) => (
          <li key={to} className="card">
            <h3>
              <Link to={to}>{name}</Link>
            </h3>
            <p className="card-about">{says}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
