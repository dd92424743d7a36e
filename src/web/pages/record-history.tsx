import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { timelineQuery } from '../app/queries.ts';
import type { Happened } from '../app/types.ts';
import { spaced, timeText, titled } from '../app/words.ts';
import { Empty, Loading, Section } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';
import { useSaid } from '../parts/said.ts';
import { Table } from '../parts/table.tsx';

/** What the rules did by themselves: a policy at a date, a notice of another case. */
const byRules = (actor: string | null): string =>
  actor?.startsWith('policy:') === true ? 'the policy' : 'the rules';

/** Who did it, as far as the reader may know. */
export function actorText({ actorName, actor, capacity, masked }: Happened): string {
  if (masked) return 'not for you to see';
  const who =
    actorName ??
    (actor?.startsWith('prs_') === true ? `person ${actor.slice(4, 8).toUpperCase()}` : byRules(actor));
  return capacity === null || capacity === '' ? spaced(who) : `${who} (${spaced(capacity)})`;
}

/** Milliseconds since 1970; counts and days are far smaller. */
const isInstant = (value: unknown): value is number => typeof value === 'number' && value > 1e11;

/** What a row says: codes and numbers by name; sealed texts by their ref. */
function BodyText({ body, zone }: { readonly body: Happened['body']; readonly zone: string }) {
  const said = useSaid();
  if (body === null) return null;
  const entries = Object.entries(body).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return (
    <dl className="row-body">
      {entries.slice(0, 8).map(([name, value]) => (
        <div key={name}>
          <dt>{spaced(name)}</dt>
          <dd>{isInstant(value) ? timeText(value, zone) : said(String(value))}</dd>
        </div>
      ))}
    </dl>
  );
}

const PAGE = 60;

/** Every row of the case in the ledger, newest first, to look through. */
export function History({ id }: { readonly id: string }) {
  const [word, setWord] = useState('');
  const [most, setMost] = useState(PAGE);
  const found = useQuery(timelineQuery(id));
  if (found.isPending) return <Loading />;
  if (found.isError) return <ProblemNote error={found.error} />;
  const { past, zone } = found.data;
  const wanted = word.trim().toLowerCase();
  const rows = past
    .filter((one) => `${spaced(one.kind ?? '')} ${actorText(one)}`.toLowerCase().includes(wanted))
    .toReversed();
  return (
    <Section
      title="History"
      says="Every entry of this case in the ledger, newest first. An entry is never changed."
    >
      <div className="field">
        <label htmlFor="find-row">Find: what happened, or who did it</label>
        <input id="find-row" type="search" value={word} onChange={(event) => setWord(event.target.value)} />
      </div>
      <p role="status" className="fine">
        {rows.length} of {past.length} entries
      </p>
      {rows.length === 0 ? <Empty title="No entry fits">Try another word, or empty the field.</Empty> : null}
      {rows.length === 0 ? null : (
        <Table
          caption="Entries of this case"
          rows={rows.slice(0, most)}
          keyOf={(one) => String(one.position)}
          columns={[
            { name: 'When', cell: (one) => timeText(one.at, zone) },
            { name: 'What', cell: (one) => titled(one.kind ?? 'something confidential') },
            { name: 'Who', cell: actorText },
            { name: 'It says', cell: (one) => <BodyText body={one.body} zone={zone} /> },
            { name: 'Entry', cell: (one) => one.sequence ?? '', number: true },
          ]}
        />
      )}
      {rows.length <= most ? null : (
        <p>
          <button type="button" className="button" onClick={() => setMost(most + PAGE)}>
            Show {Math.min(PAGE, rows.length - most)} more
          </button>
        </p>
      )}
    </Section>
  );
}
