import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ask } from '../app/api.ts';
import { browserZone, timeText } from '../app/words.ts';
import { ActButton, useAct } from '../parts/act.tsx';
import { Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { Table } from '../parts/table.tsx';

interface Token {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly endsAt: number;
  readonly usedAt: number | null;
}

/** What a program is commonly made for; whoever may not do it themselves is told so. */
const kinds = [
  ['read:work', 'Read the cases I may see'],
  ['read:history', 'Search the history'],
  ['read:reports', 'Read reports'],
  ['read:proof', 'Prove the ledger'],
  ['manage:machine', 'Read counts of the machine (Prometheus)'],
  ['import', 'Bring in applications'],
  ['decide', 'Decide in my name (no offer, no ending of work)'],
] as const;

function There({ list }: { readonly list: readonly Token[] }) {
  if (list.length === 0) return <p>You have no token. A program that acts in your name needs one.</p>;
  return (
    <Table
      caption="Your tokens"
      rows={list}
      keyOf={(one) => one.id}
      columns={[
        { name: 'May', cell: (one) => one.scopes.map(wordsOf).join('; ') },
        { name: 'Ends', cell: (one) => timeText(one.endsAt, browserZone) },
        {
          name: 'Last used',
          cell: (one) => (one.usedAt === null ? 'never' : timeText(one.usedAt, browserZone)),
        },
        {
          name: 'End it',
          cell: (one) => (
            <ActButton
              words="End it"
              about={`the token that ends ${timeText(one.endsAt, browserZone)}`}
              send={() => ask('DELETE', `/tokens/${encodeURIComponent(one.id)}`)}
            />
          ),
        },
      ]}
    />
  );
}

const wordsOf = (scope: string): string => kinds.find(([known]) => known === scope)?.[1] ?? scope;

function Make() {
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [days, setDays] = useState('30');
  const [secret, setSecret] = useState<string | null>(null);
  const { act, stepUp, fault } = useAct(
    () => ask<{ readonly secret: string }>('POST', '/tokens', { scopes, days: Number(days) }),
    (made) => {
      setSecret(made.secret);
      setScopes([]);
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.mutate();
  };
  return (
    <>
      {secret === null ? null : (
        <ShownOnce name="Your new token" value={secret} onClose={() => setSecret(null)}>
          Put it into a file that only the program reads (<code>PEER_HIRE_TOKEN_FILE</code>).
        </ShownOnce>
      )}
      <details className="twin">
        <summary>Make a token for a program</summary>
        <form className="command" onSubmit={submit}>
          <fieldset className="choices">
            <legend>What it may do (at least one)</legend>
            {kinds.map(([scope, words]) => (
              <label key={scope} className="choice">
                <input
                  type="checkbox"
                  checked={scopes.includes(scope)}
                  onChange={() =>
                    setScopes(
                      scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope],
                    )
                  }
                />
                {words}
              </label>
            ))}
          </fieldset>
          <div className="field">
            <label htmlFor="token-days">For how many days</label>
            <input
              id="token-days"
              type="number"
              inputMode="numeric"
              min={1}
              max={366}
              required
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </div>
          {fault}
          <div className="buttons">
            <button
              type="submit"
              className="button button-main"
              disabled={act.isPending || scopes.length === 0}
            >
              Make the token
            </button>
          </div>
        </form>
      </details>
      {stepUp}
    </>
  );
}

/** Tokens of one's own, for programs. */
export function Tokens() {
  const found = useQuery({
    queryKey: ['tokens'],
    queryFn: () => ask<{ readonly list: readonly Token[] }>('GET', '/tokens'),
  });
  return (
    <Section
      title="Programs that act in your name"
      says="A token may part of what you may, ends by itself, and ends with you."
    >
      {found.isPending ? <Loading /> : null}
      {found.isError ? <ProblemNote error={found.error} /> : null}
      {found.data === undefined ? null : <There list={found.data.list} />}
      <Make />
    </Section>
  );
}
