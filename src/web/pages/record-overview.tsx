import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { commandsQuery, waitingQuery } from '../app/queries.ts';
import type { CommandLine, ShownCase } from '../app/types.ts';
import { isTold } from '../../domain/kernel/why.ts';
import { actName } from '../parts/acts.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { WhyWaiting, askText, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';
import { AskedHere, keyOf } from './record-asked.tsx';
import { OfferView, SheetsView } from './record-offer.tsx';
import { Applications } from './record-search.tsx';

/** Everything one may decide here, to look through; most of it has a meaning only at its time. */
function Everything({ id, list }: { readonly id: string; readonly list: readonly CommandLine[] }) {
  const [word, setWord] = useState('');
  const wanted = list.filter((one) =>
    `${actName(one)} ${one.doing ?? ''}`.toLowerCase().includes(word.trim().toLowerCase()),
  );
  if (list.length === 0) return null;
  return (
    <details className="everything">
      <summary>
        Everything you may decide here <span className="count">{list.length}</span>
      </summary>
      <div className="field">
        <label htmlFor="find-command">Find</label>
        <input id="find-command" value={word} onChange={(event) => setWord(event.target.value)} />
      </div>
      <ul className="command-list">
        {wanted.map((one) => (
          <li key={one.type}>
            <Link to="/cases/$case/do/$type" params={{ case: id, type: one.type }}>
              {actName(one)}
            </Link>
            {one.doing === null ? null : (
              <span className="fine">
                {' '}
                {one.doing} · {one.code}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Why the case waits, and what its reader can do about it. */
export function Overview({ shown, now }: { readonly shown: ShownCase; readonly now: number }) {
  const id = shown.case;
  const commands = useQuery(commandsQuery(id));
  const mine = useQuery(waitingQuery({ mine: true }));
  const owed = new Set((mine.data?.list ?? []).filter((one) => one.case === id).map(keyOf));
  const list = commands.data?.list ?? [];
  const own = shown.waiting.filter((one) => owed.has(keyOf(one)));
  const others = shown.waiting.filter((one) => !owed.has(keyOf(one)));
  return (
    <>
      <AskedHere own={own} now={now} shown={shown} list={commands.isSuccess ? list : null} />
      <Section title="Why it waits">
        {shown.waiting.length === 0 ? (
          <Empty title="It waits for nobody">
            {shown.status === 'final'
              ? 'The case is closed, and nothing is owed any more.'
              : 'Nothing is owed here now.'}
          </Empty>
        ) : null}
        {others.slice(0, 1).map((one) => (
          <div key={keyOf(one)} className="panel">
            <WhyWaiting one={one} now={now} />
          </div>
        ))}
        {others.length < 2 ? null : (
          <ul className="waits">
            {others.slice(1).map((one) => (
              <li key={keyOf(one)}>
                <details>
                  <summary>
                    <span className="waits-what">{askText(one)}</span>
                    <span className="fine">{one.who === null ? 'HR' : whoText(one.who)}</span>
                    <Due due={one.why.due} now={now} told={isTold(one.why)} />
                  </summary>
                  <WhyWaiting one={one} now={now} />
                </details>
              </li>
            ))}
          </ul>
        )}
        {others.length === 0 && own.length > 0 ? <p>On nobody but you.</p> : null}
      </Section>
      {shown.kind === 'employment' ? (
        <p>
          <Link className="button" to="/cases/$case/$view" params={{ case: id, view: 'sessions' }}>
            Sessions: what comes, what was agreed, the log
          </Link>
        </p>
      ) : null}
      {shown.kind === 'opening' ? <Applications id={id} /> : null}
      {shown.kind === 'candidacy' ? <OfferView id={id} /> : null}
      {shown.kind === 'candidacy' ? <SheetsView id={id} /> : null}
      {commands.isError ? <ProblemNote error={commands.error} /> : <Everything id={id} list={list} />}
    </>
  );
}
