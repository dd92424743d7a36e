import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { commandsQuery, waitingQuery } from '../app/queries.ts';
import type { CommandLine, ShownCase, Waiting } from '../app/types.ts';
import { commandName } from '../app/command-words.ts';
import { answering } from '../forms/answering.ts';
import { Empty, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { WhyWaiting, askText, whoText } from '../parts/waiting.tsx';
import { Due } from '../parts/when.tsx';
import { BriefView } from './record-brief.tsx';
import { OfferView, SheetsView } from './record-offer.tsx';
import { Applications } from './record-search.tsx';

const keyOf = (one: Waiting): string => (one.why.masked ? String(one.why.due) : one.why.id);
const MOST_ANSWERS = 3;

function Doing({ id, list }: { readonly id: string; readonly list: readonly CommandLine[] }) {
  if (list.length === 0) return null;
  return (
    <p className="buttons">
      {list.slice(0, MOST_ANSWERS).map((one, n) => (
        <Link
          key={one.type}
          className={n === 0 ? 'button button-main' : 'button'}
          to="/cases/$case/do/$type"
          params={{ case: id, type: one.type }}
        >
          {commandName(one.kind, one.type)}
        </Link>
      ))}
    </p>
  );
}

/** What to do where no button answers: it is settled in another case, or by what others record. */
function Elsewhere({ one }: { readonly one: Waiting }) {
  const inApplications = one.kind === 'opening';
  return (
    <p className="fine">
      {inApplications
        ? 'This is answered in the applications of this search: they stand below.'
        : 'No button of yours answers this: it is settled when those who look after it have recorded it. You are told when it is your turn.'}
    </p>
  );
}

/** Everything one may decide here, to look through; most of it has a meaning only at its time. */
function Everything({ id, list }: { readonly id: string; readonly list: readonly CommandLine[] }) {
  const [word, setWord] = useState('');
  const wanted = list.filter((one) =>
    `${commandName(one.kind, one.type)} ${one.doing ?? ''}`.toLowerCase().includes(word.trim().toLowerCase()),
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
              {commandName(one.kind, one.type)}
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
      {own.length === 0 ? null : (
        <Section title="You are asked">
          {own.map((one) => (
            <div key={keyOf(one)} className="panel">
              <WhyWaiting one={one} now={now} />
              {commands.isSuccess && answering(one, list).length === 0 ? <Elsewhere one={one} /> : null}
              <Doing id={id} list={answering(one, list)} />
            </div>
          ))}
        </Section>
      )}
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
                    <Due due={one.why.due} now={now} />
                  </summary>
                  <WhyWaiting one={one} now={now} />
                </details>
              </li>
            ))}
          </ul>
        )}
        {others.length === 0 && own.length > 0 ? <p>On nobody but you.</p> : null}
      </Section>
      {shown.kind === 'employment' ? <BriefView id={id} /> : null}
      {shown.kind === 'opening' ? <Applications id={id} /> : null}
      {shown.kind === 'candidacy' ? <OfferView id={id} /> : null}
      {shown.kind === 'candidacy' ? <SheetsView id={id} /> : null}
      {commands.isError ? <ProblemNote error={commands.error} /> : <Everything id={id} list={list} />}
    </>
  );
}
